package around

import (
	"bytes"

	"github.com/vendorgate/vendorgate/internal/search"
)

// Name is an identifier with its offsets.
type Name struct {
	Text    string
	At, End int
}

// Identifiers returns the Identifiers in a text.
func Identifiers(data []byte) []Name {
	var out []Name
	for i := 0; i < len(data); {
		if !search.WordByte(data[i]) || data[i] == '-' {
			i++
			continue
		}
		from := i
		for i < len(data) && search.WordByte(data[i]) && data[i] != '-' {
			i++
		}
		if data[from] < '0' || data[from] > '9' {
			out = append(out, Name{string(data[from:i]), from, i})
		}
	}
	return out
}

// Keyword reports whether a word of an import or assignment is no name.
func Keyword(word string) bool {
	switch word {
	case "import", "from", "const", "let", "var", "require", "await", "type", "as", "default", "use", "using", "static", "export", "alias", "com", "org", "io", "github", "_":
		return true
	}
	return false
}

// Interpolated reports whether a name is code inside a string, such as ${a.b}, #{a.b} or {{a.b}}, and not a host.
func Interpolated(data []byte, at int) bool {
	from, _ := search.Line(data, at)
	window := data[max(from, at-120):at]
	open := bytes.LastIndexAny(window, "{}")
	if open <= 0 || window[open] == '}' {
		return false
	}
	return (window[open-1] == '$' || window[open-1] == '#' || window[open-1] == '{') && !bytes.ContainsAny(window[open:], "\"'`")
}
