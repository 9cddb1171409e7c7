// Package explain holds one page for each rule, with an example that fails and one that passes; a test runs both.
// It judges nothing.
package explain

import (
	"embed"
	"slices"
	"strings"
)

//go:embed pages/*.md
var pages embed.FS

// IDs lists the rules that have a page, sorted.
func IDs() []string {
	entries, err := pages.ReadDir("pages")
	if err != nil {
		panic(err) // the folder is embedded
	}
	var out []string
	for _, e := range entries {
		out = append(out, strings.TrimSuffix(e.Name(), ".md"))
	}
	slices.Sort(out)
	return out
}

// Page is the page of a rule, in Markdown; false if there is none.
func Page(id string) (string, bool) {
	data, err := pages.ReadFile("pages/" + id + ".md")
	if err != nil {
		return "", false
	}
	return string(data), true
}

// Text is a page for a terminal: the line that opens an example says which file it is.
func Text(page string) string {
	var out strings.Builder
	for line := range strings.Lines(page) {
		if _, file, ok := opening(line); ok {
			line = "```yaml\n# " + file + "\n"
		}
		out.WriteString(line)
	}
	return out.String()
}

// Example are the files of one of the two examples of a page, by path: fails or passes. A file that a page does not
// show is as in the setting that all pages share.
func Example(page, outcome string) map[string]string {
	out := map[string]string{}
	var file string
	for line := range strings.Lines(page) {
		kind, name, ok := opening(line)
		switch {
		case ok && kind == outcome:
			file = name
			out[file] = ""
		case strings.HasPrefix(line, "```"):
			file = ""
		case file != "":
			out[file] += line
		}
	}
	return out
}

// opening reads the line that opens an example, such as "```yaml fails vendors.yaml".
func opening(line string) (outcome, file string, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(line), "```")
	if !ok {
		return "", "", false
	}
	fields := strings.Fields(rest)
	if len(fields) != 3 || fields[1] != "fails" && fields[1] != "passes" {
		return "", "", false
	}
	return fields[1], fields[2], true
}
