package explain

import "strings"

// Section returns the text of one section of a page, such as "Why" or "Who acts", on one line. It leaves out the list of
// controls and replaces backquotes with quotation marks. It is empty if the page has no such section.
func Section(page, title string) string {
	_, rest, found := strings.Cut(page, "\n## "+title+"\n")
	if !found {
		return ""
	}
	text, _, _ := strings.Cut(rest, "\n## ")
	text, _, _ = strings.Cut(text, "\nControls: ")
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "`", `"`)
}

// Controls returns the list of controls that a page names, on one line: groups with a semicolon between them.
func Controls(page string) string {
	_, text, _ := strings.Cut(page, "\nControls: ")
	text, _, _ = strings.Cut(text, "\n\n")
	return strings.Join(strings.Fields(text), " ")
}
