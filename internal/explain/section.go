package explain

import (
	"regexp"
	"strings"
)

// reference is the id of a statement about API procurement in parentheses, as pages cite it.
var reference = regexp.MustCompile(`\s\([A-Z][0-9][a-z]?\)`)

// Section is the text of one section of a page on one line: "Why", "Who acts". The controls and the ids of statements, which
// mean nothing to a reader in a hurry, are left out. It is empty if the page has no such section.
func Section(page, title string) string {
	_, rest, found := strings.Cut(page, "\n## "+title+"\n")
	if !found {
		return ""
	}
	text, _, _ := strings.Cut(rest, "\n## ")
	text, _, _ = strings.Cut(text, "\nControls: ")
	text = strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "`", `"`)
	return reference.ReplaceAllString(text, "")
}
