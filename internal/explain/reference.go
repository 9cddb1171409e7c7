package explain

import (
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// Reference returns all pages as one, without the examples. The heading of each rule is its id, so that its anchor is that of URL.
func Reference() string {
	var list, out strings.Builder
	for _, id := range IDs() {
		page, _ := Page(id)
		title := title(page)
		list.WriteString("- [" + id + "](#" + strings.ToLower(id) + "): " + title + "\n")
		out.WriteString("\n## " + id + "\n\n**" + diag.Capital(title) + ".**\n")
		for _, section := range []string{"What", "Why", "Fix", "Who acts"} {
			_, rest, _ := strings.Cut(page, "\n## "+section+"\n")
			text, _, _ := strings.Cut(rest, "\n## ")
			out.WriteString("\n### " + section + "\n\n" + strings.TrimSpace(text) + "\n")
		}
	}
	return "# Rules\n\nThis page explains every rule. It is generated from the pages of `vendorgate explain`, which also show an example that fails\n" +
		"and one that passes.\n\n" + list.String() + out.String()
}

// title returns the title of a page without the id.
func title(page string) string {
	first, _, _ := strings.Cut(page, "\n")
	_, title, _ := strings.Cut(first, ": ")
	return title
}
