package explain_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/explain"
)

// Every page has its id and a title, then the same sections in the same order, and is short. It does not cite codes
// that a reader could not look up.
func TestPageForm(t *testing.T) {
	t.Parallel()
	sections := []string{"## What", "## Why", "## Fails", "## Passes", "## Fix", "## Who acts"}
	for _, id := range explain.IDs() {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			page, ok := explain.Page(id)
			if !ok {
				t.Fatalf("Page(%q) is missing", id)
			}
			lines := strings.Split(strings.TrimSuffix(page, "\n"), "\n")
			if title, ok := strings.CutPrefix(lines[0], "# "+id+": "); !ok || title == "" {
				t.Errorf("first line %q, want %q and a title", lines[0], "# "+id+": ")
			}
			var got []string
			for _, line := range lines {
				if strings.HasPrefix(line, "## ") {
					got = append(got, line)
				}
				if len(line) > 120 {
					t.Errorf("a line of %d bytes, want 120 at most: %q", len(line), line)
				}
			}
			if !slices.Equal(got, sections) {
				t.Errorf("sections %q, want %q", got, sections)
			}
			if n := len(lines); n < 30 || n > 75 {
				t.Errorf("%d lines, want 30 to 75", n)
			}
			if code := regexp.MustCompile(`\([A-Z][0-9][a-z]?\)`).FindString(page); code != "" {
				t.Errorf("the code %s means nothing to a reader", code)
			}
			if strings.Count(page, "\nControls: ") != 1 {
				t.Error(`want one paragraph that begins with "Controls: "`)
			}
		})
	}
}

// In a terminal every example says which file it is, and the words that mark it for the test are gone.
func TestText(t *testing.T) {
	t.Parallel()
	for _, id := range explain.IDs() {
		page, _ := explain.Page(id)
		text := explain.Text(page)
		for _, outcome := range []string{"fails", "passes"} {
			files := explain.Example(page, outcome)
			if len(files) == 0 {
				t.Errorf("%s has no example that %s", id, outcome)
			}
			for name, content := range files {
				if want := "```yaml\n# " + name + "\n" + content + "```\n"; !strings.Contains(text, want) {
					t.Errorf("Text(%s) = %q, want in it %q", id, text, want)
				}
			}
			if mark := "```yaml " + outcome; strings.Contains(text, mark) {
				t.Errorf("Text(%s) holds %q", id, mark)
			}
		}
	}
}

func TestExample(t *testing.T) {
	t.Parallel()
	const page = "# X\n```yaml fails a.yaml\nx: 1\n```\ntext\n```yaml\nx: 2\n```\n" +
		"```yaml passes a.yaml\nx: 3\n```\n```yaml passes b/c.yaml\nx: 4\n\ny: 5\n```\n"
	for _, tt := range []struct {
		outcome string
		want    map[string]string
	}{
		{"fails", map[string]string{"a.yaml": "x: 1\n"}},
		{"passes", map[string]string{"a.yaml": "x: 3\n", "b/c.yaml": "x: 4\n\ny: 5\n"}},
		{"neither", map[string]string{}},
	} {
		t.Run(tt.outcome, func(t *testing.T) {
			t.Parallel()
			got := explain.Example(page, tt.outcome)
			if len(got) != len(tt.want) {
				t.Errorf("Example(page, %q) = %q, want %q", tt.outcome, got, tt.want)
			}
			for name, want := range tt.want {
				if got[name] != want {
					t.Errorf("Example(page, %q)[%q] = %q, want %q", tt.outcome, name, got[name], want)
				}
			}
		})
	}
}

func TestPageUnknown(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"", "VG-APR-999", "vg-apr-002", "../explain", "VG-APR-002.md"} {
		if page, ok := explain.Page(id); ok || page != "" {
			t.Errorf("Page(%q) = %q, %t, want nothing", id, page, ok)
		}
	}
}

var update = flag.Bool("update", false, "rewrite docs/rules.md")

// docs/rules.md has all pages, each under the anchor that links lead to.
func TestReference(t *testing.T) {
	t.Parallel()
	file, want := filepath.FromSlash("../../docs/rules.md"), explain.Reference()
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != want {
		t.Errorf("docs/rules.md is out of date (%v); run go test ./internal/explain -update", err)
	}
	for _, id := range explain.IDs() {
		page, anchor, _ := strings.Cut(explain.URL(id), "#")
		if !strings.HasSuffix(page, "/vendorgate/vendorgate/blob/main/docs/rules.md") || anchor != strings.ToLower(id) || strings.Count(want, "\n## "+id+"\n") != 1 {
			t.Errorf("URL(%q) = %q, which is no heading of docs/rules.md", id, explain.URL(id))
		}
	}
}
