// Package explain holds a page for each rule, with an example that fails and one that passes. A test runs both. The
// package evaluates nothing itself.
package explain

import (
	"embed"
	"slices"
	"strings"
)

//go:embed pages/*.md
var pages embed.FS

// IDs returns the ids of all rules that have a page, sorted.
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

// Page returns the page of a rule in Markdown, and whether there is one.
func Page(id string) (string, bool) {
	data, err := pages.ReadFile("pages/" + id + ".md")
	if err != nil {
		return "", false
	}
	return string(data), true
}

// URL returns the address of the page of a rule in the documentation. Ids are permanent, so the newest version has all of them.
func URL(id string) string {
	return "https://github.com/vendorgate/vendorgate/blob/main/docs/rules.md#" + strings.ToLower(id)
}

// Text returns a page as a terminal shows it: each example starts with a comment that names its file.
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

// Example returns the files of one of a page's two examples, by path. The outcome is "fails" or "passes". Files that the
// page does not show come from a setup that all pages share.
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

// opening parses the line that opens an example, such as "```yaml fails vendors.yaml".
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
