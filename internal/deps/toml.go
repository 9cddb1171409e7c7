package deps

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

func cargo(_ string, data []byte) ([]Dependency, error) {
	var out []Dependency
	err := tomlPairs(data, func(keys []string, at int, value *unstable.Node) {
		i := slices.IndexFunc(keys, func(k string) bool { return strings.HasSuffix(k, "dependencies") })
		if i < 0 || i+1 >= len(keys) {
			return
		}
		d := Dependency{Ecosystem: "cargo", Name: keys[i+1], Offset: at, Dev: keys[i] != "dependencies"}
		switch {
		case len(keys) == i+2: // name = "1" or name = { package = "real" }
			d.Name = renamed(value, d.Name)
		case keys[i+2] == "package" && value.Kind == unstable.String:
			d.Name = string(value.Data)
		}
		d.Renamed = d.Name != keys[i+1]
		if n := len(out); n > 0 && out[n-1].Offset == at { // further keys of [dependencies.name]
			if len(keys) > i+2 && keys[i+2] == "package" {
				out[n-1] = d
			}
			return
		}
		out = append(out, d)
	})
	return out, err
}

// renamed returns the text at "package" of an inline table.
func renamed(value *unstable.Node, name string) string {
	if text := field(value, "package"); text != "" {
		return text
	}
	return name
}

func field(value *unstable.Node, key string) string {
	if value.Kind != unstable.InlineTable {
		return ""
	}
	for items := value.Children(); items.Next(); {
		pair := items.Node()
		if keys := keysOf(pair.Key()); len(keys) == 1 && keys[0] == key && pair.Value().Kind == unstable.String {
			return string(pair.Value().Data)
		}
	}
	return ""
}

func pyproject(_ string, data []byte) ([]Dependency, error) {
	var out []Dependency
	specs := func(value *unstable.Node, dev bool) {
		if value.Kind != unstable.Array {
			return
		}
		for items := value.Children(); items.Next(); {
			if item := items.Node(); item.Kind == unstable.String {
				if name := requirementName(string(item.Data)); name != "" {
					out = append(out, Dependency{Ecosystem: "pypi", Name: name, Offset: int(item.Raw.Offset) + 1, Dev: dev})
				}
			}
		}
	}
	err := tomlPairs(data, func(keys []string, at int, value *unstable.Node) {
		under := func(prefix ...string) bool {
			return len(keys) > len(prefix) && slices.Equal(keys[:len(prefix)], prefix)
		}
		switch {
		case len(keys) == 2 && under("project") && keys[1] == "dependencies":
			specs(value, false)
		case len(keys) == 3 && under("project", "optional-dependencies"):
			specs(value, forDevelopment(keys[2]))
		case len(keys) == 2 && (under("dependency-groups") || under("build-system")), under("tool", "pdm", "dev-dependencies"),
			under("tool", "uv") && keys[2] == "dev-dependencies":
			specs(value, true)
		case under("tool", "poetry", "dependencies"):
			out = append(out, Dependency{Ecosystem: "pypi", Name: keys[3], Offset: at})
		case under("tool", "poetry", "dev-dependencies"):
			out = append(out, Dependency{Ecosystem: "pypi", Name: keys[3], Offset: at, Dev: true})
		case under("tool", "poetry", "group") && len(keys) > 5 && keys[4] == "dependencies":
			out = append(out, Dependency{Ecosystem: "pypi", Name: keys[5], Offset: at, Dev: forDevelopment(keys[3])})
		}
	})
	return out, err
}

func pipfile(_ string, data []byte) ([]Dependency, error) {
	var out []Dependency
	err := tomlPairs(data, func(keys []string, at int, _ *unstable.Node) {
		if len(keys) > 1 && (keys[0] == "packages" || keys[0] == "dev-packages") {
			out = append(out, Dependency{Ecosystem: "pypi", Name: keys[1], Offset: at, Dev: keys[0] == "dev-packages"})
		}
	})
	return out, err
}

// gradleCatalogue reads the libraries of a version catalogue, which build files name by an alias.
func gradleCatalogue(_ string, data []byte) ([]Dependency, error) {
	var out []Dependency
	err := tomlPairs(data, func(keys []string, at int, value *unstable.Node) {
		if len(keys) != 2 || keys[0] != "libraries" {
			return
		}
		module := field(value, "module")
		if group := field(value, "group"); group != "" {
			module = group + ":" + field(value, "name")
		}
		if value.Kind == unstable.String {
			module = string(value.Data)
		}
		if parts := strings.Split(module, ":"); len(parts) >= 2 {
			out = append(out, Dependency{Ecosystem: "maven", Name: parts[0] + "/" + parts[1], Offset: at})
		}
	})
	return out, err
}

// tomlPairs visits the pairs of a file, those of inline tables only as values, with all keys from the root and the
// offset of the first key of the pair, or, below [dependencies.name], of the last key of the table.
func tomlPairs(data []byte, visit func(keys []string, at int, value *unstable.Node)) error {
	var p unstable.Parser
	p.Reset(data)
	var table []string
	tableAt := 0
	for p.NextExpression() {
		switch e := p.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = keysOf(e.Key())
			tableAt = lastKey(e.Key())
		case unstable.KeyValue:
			keys := e.Key()
			keys.Next()
			at := int(keys.Node().Raw.Offset)
			if n := len(table); n > 1 && strings.HasSuffix(table[n-2], "dependencies") {
				at = tableAt
			}
			visit(append(slices.Clip(table), keysOf(e.Key())...), at, e.Value())
		default:
		}
	}
	if err := p.Error(); err != nil {
		return fmt.Errorf("not TOML: %w", err)
	}
	return nil
}

func keysOf(keys unstable.Iterator) []string {
	var out []string
	for keys.Next() {
		out = append(out, string(keys.Node().Data))
	}
	return out
}

func lastKey(keys unstable.Iterator) int {
	at := 0
	for keys.Next() {
		at = int(keys.Node().Raw.Offset)
	}
	return at
}
