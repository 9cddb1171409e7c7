package around

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/vendorgate/vendorgate/internal/lexer"
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

// Prose reports whether a URL is part of text for people, because a word precedes it in the same text. Outside of strings, only
// words that do not precede a URL in code count.
func Prose(data []byte, start int, url bool, span lexer.Span) bool {
	from, _ := search.Line(data, start)
	from = max(from, span.Start)
	if from >= start {
		return false
	}
	before := strings.TrimRight(string(data[from:start]), "(<[\"'`*")
	text := strings.TrimRight(before, " ")
	if text == before || strings.Contains(text, "curl ") || strings.Contains(text, "wget ") || RunsIn(data, start, span) {
		return false // a URL right after a quote is a value
	}
	text = strings.TrimRight(text, " -–—")
	word := strings.ToLower(strings.TrimRight(text[strings.LastIndexAny(text, " \t\"'`(>")+1:], ".,:;!"))
	if word == "e.g" || word == "i.e" {
		return true
	}
	if len(word) < 2 || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") != "" {
		return false
	}
	if span.State == lexer.String && !url {
		return true
	}
	if span.State == lexer.String {
		switch word {
		case "get", "post", "put", "patch", "delete", "head", "options", "url", "src", "href", "uri", "import", "from", "bearer", "https", "http":
			return false
		}
		return true
	}
	switch word {
	case "at", "see", "visit", "to", "from", "on", "in", "the", "our", "is", "via", "and", "or", "here", "more", "using", "with", "go", "read", "by", "of", "for", "docs", "documentation":
		return true
	}
	return false
}

// RunsIn reports whether a string starts with a command that gets a URL, and nobody is shown the string. The further lines of a string are
// more often an example in a text.
func RunsIn(data []byte, start int, span lexer.Span) bool {
	from, _ := search.Line(data, start)
	if span.State != lexer.String || span.Start < from || span.Start >= start {
		return false
	}
	return Runs(string(data[span.Start:start])) && UseOf(data, span.Start).Form != Rendered
}

// tongue matches the name of a file for one language: de.json, pt_BR.ini, zh-Hans.php, messages.fr.yml.
var tongue = regexp.MustCompile(`^(?:\w+[._-])?[a-z]{2,3}(?:[-_](?:[A-Z]{2}|[A-Z][a-z]{3}))?\.\w+$`)

// Tongue reports whether a file has texts in one language, by its name.
func Tongue(base string) bool { return tongue.MatchString(base) }
