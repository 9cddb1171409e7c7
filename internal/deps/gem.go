package deps

import (
	"regexp"
	"slices"
	"strings"
)

// rubyName is a string of Ruby, in quotes or as %q<name>.
const rubyName = `(?:["']([^"'\n]+)["']|%[qQ]?[<({\[|!]([^<>(){}\[\]|!\n]+)[>)}\]|!])`

// rubyCalls returns the names that a method gets as its first argument, wherever a call stands in a line, and those that a loop over a list
// passes on to it. method is a regular expression without groups. The names are in file order, as Dependency.Name and Dependency.Offset.
func rubyCalls(data []byte, method string) []Dependency {
	call := regexp.MustCompile(`(?:^|[^\w:"'\-])` + method + `(?:\s*\(\s*|[ \t]+(?:\\\r?\n\s*)?)` + rubyName)
	loop := regexp.MustCompile(`(?:%[wWiI][<({\[|!]([^<>(){}\[\]|!]*)[>)}\]|!]|\[([^\[\]]*)\])\s*\.\s*(?:each|map)\s*(?:do|\{)\s*\|\s*(\w+)[^|\n]*\|[^|]{0,200}?\b` + method + `[\s(]+(\w+)\b`)
	word, text := regexp.MustCompile(`\S+`), regexp.MustCompile(`["']([^"'\n]+)["']`)
	var out []Dependency
	add := func(from, to int) { out = append(out, Dependency{Name: string(data[from:to]), Offset: from}) }
	for _, m := range call.FindAllSubmatchIndex(data, -1) {
		add(max(m[2], m[4]), max(m[3], m[5]))
	}
	for _, m := range loop.FindAllSubmatchIndex(data, -1) {
		switch {
		case string(data[m[6]:m[7]]) != string(data[m[8]:m[9]]):
		case m[2] >= 0:
			for _, w := range word.FindAllIndex(data[m[2]:m[3]], -1) {
				add(m[2]+w[0], m[2]+w[1])
			}
		default:
			for _, s := range text.FindAllSubmatchIndex(data[m[4]:m[5]], -1) {
				add(m[4]+s[2], m[4]+s[3])
			}
		}
	}
	return byPlace(out)
}

func gemfile(name string, data []byte) ([]Dependency, error) {
	opens := regexp.MustCompile(`(?:^\s*(?:if|unless|case|begin|def|while)\b)|\bdo\s*(?:\|[^|]*\|)?\s*$`)
	closes := regexp.MustCompile(`\bend\s*$`)
	calls := rubyCalls(data, "gem")
	next := 0
	var blocks []bool // of each open block, whether it is for development
	eachLine(data, func(at int, line string) {
		code, _, _ := strings.Cut(line, " #")
		trimmed := strings.TrimSpace(code)
		inside := len(blocks) > 0 && blocks[len(blocks)-1]
		for ; next < len(calls) && calls[next].Offset <= at+len(line); next++ {
			d := &calls[next]
			d.Ecosystem, d.Dev = "gem", inside || gemForDevelopment(line, max(0, d.Offset-at))
		}
		switch {
		case opens.MatchString(code) && !closes.MatchString(code):
			blocks = append(blocks, inside || strings.HasPrefix(trimmed, "group") && devGroup(trimmed))
		case trimmed == "end" && len(blocks) > 0:
			blocks = blocks[:len(blocks)-1]
		}
	})
	return calls, closed(name, data)
}

// gemForDevelopment reports whether the line of a gem says that it is for development, by its options or by a block on that line. at is
// where its name is. In a very long line, only what is near counts.
func gemForDevelopment(line string, at int) bool {
	const near = 500
	at = min(at, len(line))
	before, options := line[max(0, at-near):at], line[at:min(len(line), at+near)]
	if i := strings.IndexAny(options, ";}"); i >= 0 {
		options = options[:i]
	}
	before = before[strings.LastIndexAny(before, ";}")+1:]
	inBlock := strings.Contains(before, " do ") || strings.Contains(before, "{")
	return devGroup(options) || inBlock && devGroup(before) && !strings.Contains(before, " end")
}

// devGroup reports whether a text names groups, and only development groups.
func devGroup(text string) bool {
	if !strings.Contains(text, "group") {
		return false
	}
	return (strings.Contains(text, "development") || strings.Contains(text, "test")) && !strings.Contains(text, "production") && !strings.Contains(text, "default")
}

func gemspec(name string, data []byte) ([]Dependency, error) {
	out := gemspecCalls(data, `\w+\.add_(?:runtime_)?dependency`, false)
	out = slices.Concat(out, gemspecCalls(data, `\w+\.add_development_dependency`, true))
	return byPlace(out), closed(name, data)
}

func gemspecCalls(data []byte, method string, dev bool) []Dependency {
	out := rubyCalls(data, method)
	for i := range out {
		out[i].Ecosystem, out[i].Dev = "gem", dev
	}
	return out
}

// podfile reads pod 'Name/Part'.
func podfile(name string, data []byte) ([]Dependency, error) {
	out := rubyCalls(data, "pod")
	for i := range out {
		out[i].Ecosystem = "cocoapods"
		out[i].Name, _, _ = strings.Cut(out[i].Name, "/")
	}
	return out, closed(name, data)
}
