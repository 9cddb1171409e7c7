package deps

import (
	"path"
	"regexp"

	"github.com/vendorgate/vendorgate/internal/lexer"
)

// Template reports whether a manifest has placeholders outside of strings and comments, such as {{ name }}, <%= name %>, ${name},
// __NAME__ or @name@. No package manager reads such a file before a generator has filled it in.
func Template(name string, data []byte) bool {
	const most = 1000
	marks := placeholders().FindAllSubmatchIndex(data, most)
	places := make([]int, len(marks))
	for i, m := range marks {
		places[i] = m[2]
	}
	family := lexer.Of(name)
	switch path.Ext(name) {
	case "": // Pipfile
		family = lexer.Settings
	case ".xml", ".csproj", ".fsproj", ".vbproj", ".props", ".config":
		return xmlTemplate(data)
	}
	for i, span := range lexer.At(family, data, places) {
		if span.State == lexer.Code || span.State == lexer.String && marks[i][3] > span.End { // {{ name | default("x") }} ends the string
			return true
		}
	}
	return false
}

func placeholders() *regexp.Regexp {
	return regexp.MustCompile(`(\{\{[^\n{}]+\}\}|\{%[^\n]*?%\}|<%[^\n]*?%>|\$\{[^\n{}]+\}|@[A-Za-z][\w.-]*@|[:=][ \t]*__[A-Za-z]\w*__)`)
}

// xmlTemplate is Template for XML, in which such marks may also be text. Only those that break a tag count.
func xmlTemplate(data []byte) bool {
	return regexp.MustCompile(`<%[^\n]*?%>|</?\{[{%]`).Match(data)
}
