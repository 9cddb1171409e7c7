package deps

import (
	"bytes"
	"errors"

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
	return out, nil
}
