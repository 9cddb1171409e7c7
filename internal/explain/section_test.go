package explain_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/explain"
)

func TestSection(t *testing.T) {
	t.Parallel()
	const page = "# X\n\n## Why\n\nOne thing, and\nthe word `approved`.\n\nControls: A 1.\n\n## Fails\n\nx\n\n## Who acts\n\nYou.\n"
	for title, want := range map[string]string{"Why": `One thing, and the word "approved".`, "Who acts": "You.", "Fails": "x", "Fix": ""} {
		if got := explain.Section(page, title); got != want {
			t.Errorf("Section(%q): got %q, want %q", title, got, want)
		}
	}
	if got := explain.Controls(page); got != "A 1." {
		t.Errorf("Controls: got %q", got)
	}
	for _, id := range explain.IDs() {
		text, _ := explain.Page(id)
		for _, title := range []string{"Why", "Who acts"} {
			if s := explain.Section(text, title); len(s) < 10 || len(s) > 600 || strings.ContainsAny(s, "\n`#") {
				t.Errorf("%s, %s: %q", id, title, s)
			}
		}
	}
}
