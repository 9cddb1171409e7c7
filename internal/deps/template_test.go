package deps_test

import (
	"testing"

	"github.com/vendorgate/vendorgate/internal/deps"
)

// Placeholders count where no package manager accepts them, and not in strings and comments.
func TestTemplate(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       bool
	}{
		{"package.json", `{"name": {{ name }}}`, true},
		{"package.json", `{{% if x %}"name": 1}`, true},
		{"package.json", `{"name": <%= name %>}`, true},
		{"package.json", `{"a": 1, ${rest}}`, true},
		{"package.json", `{"a": __NAME__}`, true},
		{"package.json", `{"a": @name@}`, true},
		{"package.json", `{"a": "{{ name | default("x") }}"}`, true},
		{"package.json", `{"a": "{{ name }}", "b": "${x}", "c": "@x@", "d": "__NAME__", "e": "<%= x %>"`, false},
		{"package.json", "{\"a\": 1 // {{ name }}\n", false},
		{"package.json", `{{"a": {"b": {}}}`, false},
		{"package.json", `{`, false},
		{"Cargo.toml", "[package]\nname = {{name}}\n", true},
		{"Cargo.toml", "__NAME__ = [\n# @name@\n", false},
		{"Pipfile", "[packages]\nx = '${x}'\ny = [\n", false},
		{"Pipfile", "[packages]\n${x}\n", true},
		{"go.mod", "module {{ .Module }}\n", true},
		{"pom.xml", "<project><%= dependencies %></project>", true},
		{"pom.xml", "<project><{{tag}}></project>", true},
		{"pom.xml", "<project><version>${version} {{x}} @x@</version", false},
	} {
		if got := deps.Template(test.name, []byte(test.text)); got != test.want {
			t.Errorf("Template(%s, %q): got %v, want %v", test.name, test.text, got, test.want)
		}
	}
}
