package deps

import (
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// errNotYAML means that no package manager can read a file.
var errNotYAML = errors.New("not YAML")

// yamlFile is a file in YAML, with the places of its lines.
type yamlFile struct {
	data  []byte
	lines []int
}

// yamlPairs visits the keys and values at the root of a file. The readers also look at the lines, because a tree lacks what is beyond its
// limits and what an alias stands for.
func yamlPairs(data []byte, visit func(f yamlFile, key string, value *yamltree.Node)) error {
	f, blank := yamlFile{data: data}, true
	eachLine(data, func(at int, line string) {
		f.lines = append(f.lines, at)
		text := strings.TrimSpace(line)
		blank = blank && (text == "" || text == "---" || strings.HasPrefix(text, "#"))
	})
	root, _ := yamltree.Parse("", data)
	if root == nil && !blank {
		return errNotYAML
	}
	if root == nil {
		return nil
	}
	for _, pair := range root.Pairs {
		visit(f, pair.Key, pair.Value)
	}
	return nil
}

// offset returns the place of a name that is in a line, behind a column.
func (f yamlFile) offset(line, col int, name string) int {
	if line < 1 || line > len(f.lines) {
		return 0
	}
	at := f.lines[line-1]
	for ; col > 1 && at < len(f.data) && f.data[at] != '\n'; col-- {
		_, size := utf8.DecodeRune(f.data[at:])
		at += size
	}
	return min(at+max(0, strings.Index(string(f.data[at:min(len(f.data), at+len(name)+100)]), name)), len(f.data)-1)
}

// pubspec reads the keys of dependencies and dev_dependencies.
func pubspec(_ string, data []byte) ([]Dependency, error) {
	out := pubspecLines(data)
	err := yamlPairs(data, func(f yamlFile, key string, value *yamltree.Node) {
		if key != "dependencies" && key != "dev_dependencies" {
			return
		}
		for _, pair := range value.Pairs {
			out = append(out, Dependency{Ecosystem: "pub", Name: pair.Key, Offset: f.offset(pair.KeyPos.Line, pair.KeyPos.Col, pair.Key), Dev: key == "dev_dependencies"})
		}
	})
	return byPlace(out), err
}

func pubspecLines(data []byte) []Dependency {
	key := regexp.MustCompile(`^( *)([A-Za-z_]\w*)\s*:`)
	var out []Dependency
	section, indent := "", 0
	eachLine(data, func(at int, line string) {
		m := key.FindStringSubmatchIndex(line)
		if m == nil {
			return
		}
		name := line[m[4]:m[5]]
		switch depth := m[3]; {
		case depth == 0:
			section, indent = name, 0
		case section != "dependencies" && section != "dev_dependencies":
		case indent == 0 || depth == indent:
			indent = depth
			out = append(out, Dependency{Ecosystem: "pub", Name: name, Offset: at + depth, Dev: section == "dev_dependencies"})
		}
	})
	return out
}

// conda reads the items of the list dependencies in environment.yml, and of the list pip in it.
func conda(_ string, data []byte) ([]Dependency, error) {
	out := condaLines(data)
	err := yamlPairs(data, func(f yamlFile, key string, value *yamltree.Node) {
		if key != "dependencies" {
			return
		}
		for _, item := range value.Items {
			out = append(out, f.condaItem(item)...)
			for _, pair := range item.Pairs {
				for _, of := range pair.Value.Items {
					out = append(out, f.condaItem(of)...)
				}
			}
		}
	})
	return byPlace(out), err
}

func (f yamlFile) condaItem(item *yamltree.Node) []Dependency {
	name := condaName(item.Text)
	if name == "" {
		return nil
	}
	return []Dependency{{Ecosystem: "pypi", Name: name, Offset: f.offset(item.Pos.Line, item.Pos.Col, name)}}
}

// condaName returns the name of a package in channel::name=1.
func condaName(spec string) string {
	if i := strings.LastIndex(spec, "::"); i >= 0 {
		spec = spec[i+2:]
	}
	return requirementName(spec)
}

func condaLines(data []byte) []Dependency {
	var out []Dependency
	inside := false
	eachLine(data, func(at int, line string) {
		text := strings.TrimLeft(line, " \t")
		item, ok := strings.CutPrefix(text, "- ")
		switch {
		case strings.HasPrefix(line, "dependencies:"):
			inside = true
		case text == line && !ok && text != "":
			inside = false
		case inside && ok:
			if name := condaName(strings.Trim(item, "\"' ")); name != "" {
				out = append(out, Dependency{Ecosystem: "pypi", Name: name, Offset: at + strings.Index(line, name)})
			}
		}
	})
	return out
}
