package detect_test

import (
	"path/filepath"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// No content and no name of a file causes a panic, or a position outside the file.
func FuzzScan(f *testing.F) {
	names, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil || len(names) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if file.Name != "want" {
				f.Add(file.Name, file.Data)
			}
		}
	}
	c := catalogue()
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if name = filepath.ToSlash(filepath.Clean(name)); !filepath.IsLocal(name) || !utf8.ValidString(name) || name == "." || name == ".git/index" {
			return
		}
		tree := fstest.MapFS{name: {Data: data}}
		result, err := detect.Scan(tree, c, detect.Options{})
		if err != nil {
			return // a name that is no path
		}
		whole, err := detect.Scan(tree, c, detect.Options{Listed: func() (worktree.Listing, error) { return worktree.ListCommit(tree) }})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(whole, streamed(t, tree, c, detect.Options{})); diff != "" {
			t.Errorf("Scan(%q) and a Stream differ (-scan +stream):\n%s", data, diff)
		}
		if len(data) > 1 && (data[0] >= 0xEF) {
			return // another encoding: places are those of the decoded text
		}
		for _, v := range result.Vendors {
			for _, e := range v.Sightings {
				inside(t, data, e.Line, e.Col)
				if e.Text == "" || !utf8.ValidString(e.Text) || e.Confidence == detect.None || e.Confidence == detect.Hint && e.Context == "" || e.Confidence == detect.Confirmed && e.Context != "" {
					t.Errorf("Scan(%q): sighting %+v", data, e)
				}
			}
		}
		for _, h := range result.UnknownHosts {
			inside(t, data, h.Line, h.Col)
		}
	})
}

func inside(t *testing.T, data []byte, line, col int) {
	t.Helper()
	at := 1
	width := 0
	for _, r := range string(data) {
		if at == line {
			width++
		}
		if r == '\n' {
			at++
		}
	}
	if line < 1 || line > at || col < 1 || col > width+1 {
		t.Errorf("%d:%d lies outside of %q", line, col, data)
	}
}
