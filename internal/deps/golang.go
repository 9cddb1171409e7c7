package deps

import (
	"bytes"
	"errors"
	"slices"

	"golang.org/x/mod/modfile"
)

func gomod(name string, data []byte) ([]Dependency, error) {
	file, err := modfile.ParseLax(name, data, nil)
	if err != nil {
		return nil, errors.New("not a go.mod file")
	}
	var out []Dependency
	for _, r := range file.Require {
		at := min(r.Syntax.Start.Byte, max(0, len(data)-1))
		if i := bytes.Index(data[at:], []byte(r.Mod.Path)); i > 0 && i <= len("require ") {
			at += i
		}
		out = append(out, Dependency{Ecosystem: "golang", Name: r.Mod.Path, Offset: at, Indirect: r.Indirect})
	}
	return append(out, replacements(file)...), nil
}

// replacements returns the modules that take the place of others, whose paths the code still imports.
func replacements(file *modfile.File) (out []Dependency) {
	add := func(line *modfile.Line) {
		i := slices.Index(line.Token, "=>")
		if i < 0 || i+1 >= len(line.Token) {
			return
		}
		if path := line.Token[i+1]; path[0] != '.' && path[0] != '/' && !slices.Contains(line.Token[:i], path) {
			out = append(out, Dependency{Ecosystem: "golang", Name: path, Offset: line.Start.Byte, Renamed: true})
		}
	}
	for _, statement := range file.Syntax.Stmt {
		switch s := statement.(type) {
		case *modfile.Line:
			if s.Token[0] == "replace" {
				add(s)
			}
		case *modfile.LineBlock:
			if s.Token[0] == "replace" {
				for _, line := range s.Line {
					add(line)
				}
			}
		}
	}
	return out
}
