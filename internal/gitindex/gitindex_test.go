package gitindex_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/gitindex"
)

// tracked is what all indexes of testdata hold; git wrote them.
func tracked() []gitindex.Entry {
	return []gitindex.Entry{
		{Path: "a.txt"},
		{Path: "docs/d.md"},
		{Path: "link", Kind: gitindex.Symlink},
		{Path: "src/b.go"},
		{Path: "src/deep/c.go"},
		{Path: "sub", Kind: gitindex.Submodule},
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	skipped := tracked()
	skipped[3].Absent = true
	sparse := []gitindex.Entry{
		{Path: "a.txt"},
		{Path: "docs/d.md"},
		{Path: "link", Kind: gitindex.Symlink},
		{Path: "src/", Kind: gitindex.Dir, Absent: true},
		{Path: "sub", Kind: gitindex.Submodule},
	}
	for name, want := range map[string][]gitindex.Entry{
		"v2": tracked(), "v3": skipped, "v4": tracked(), "sha256": tracked(), "sparse": sparse, "untracked": tracked(),
		"conflict": tracked(),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := gitindex.Parse(read(t, name))
			if err != nil {
				t.Fatalf("Parse(%s): %v", name, err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Parse(%s) (-want +got):\n%s", name, diff)
			}
		})
	}
}

// A split index has entries that are new, entries that replace those of the shared index, and positions of those that are deleted.
func TestParseSplit(t *testing.T) {
	t.Parallel()
	shared := func(name string) ([]byte, error) { return os.ReadFile("testdata/" + name) }
	for _, name := range []string{"split-v2", "split-v4", "split-sha256", "v2"} {
		got, err := gitindex.ParseSplit(read(t, name), shared)
		if err != nil {
			t.Fatalf("ParseSplit(%s): %v", name, err)
		}
		if diff := cmp.Diff(tracked(), got); diff != "" {
			t.Errorf("ParseSplit(%s) (-want +got):\n%s", name, diff)
		}
	}
	if _, err := gitindex.ParseSplit(read(t, "split"), shared); !errors.Is(err, gitindex.ErrSplit) || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("ParseSplit(without its shared index): got error %v", err)
	}
	split := string(read(t, "split-v2"))
	for name, other := range map[string]string{"no index": "x", "a smaller index": string(read(t, "v2")), "an index that is split, too": split} {
		if _, err := gitindex.ParseSplit([]byte(split), func(string) ([]byte, error) { return []byte(other), nil }); !errors.Is(err, gitindex.ErrSplit) {
			t.Errorf("ParseSplit(with %s): got error %v", name, err)
		}
	}
	link := strings.Index(split, "link")
	for name, data := range map[string]string{
		"without bitmaps":     split[:link] + "link\x00\x00\x00\x18" + split[link+8:link+32] + split[len(split)-20:],
		"with a short hash":   split[:link] + "link\x00\x00\x00\x02xx" + split[len(split)-20:],
		"with a long literal": strings.Replace(split, split[link+36:link+44], "\xff\xff\xff\xff\xff\xff\xff\xff", 1),
	} {
		if got, err := gitindex.ParseSplit([]byte(data), shared); err == nil {
			t.Errorf("ParseSplit(%s): got %v, want an error", name, got)
		}
	}
}

func TestParseErrors(t *testing.T) {
	t.Parallel()
	if _, err := gitindex.Parse(read(t, "split")); !errors.Is(err, gitindex.ErrSplit) {
		t.Errorf("Parse(split): got %v, want %v", err, gitindex.ErrSplit)
	}
	v2 := string(read(t, "v2"))
	for name, test := range map[string]struct{ data, want string }{
		"empty":         {"", "not a git index"},
		"other":         {"PACK\x00\x00\x00\x02\x00\x00\x00\x00", "not a git index"},
		"version 5":     {"DIRC\x00\x00\x00\x05\x00\x00\x00\x00", "version 5"},
		"huge count":    {"DIRC\x00\x00\x00\x02\xff\xff\xff\xff" + strings.Repeat("\x00", 100), "ends early"},
		"cut":           {v2[:len(v2)-25], "ends early"},
		"cut in a name": {v2[:100], "ends early"},
		"extension":     {v2[:len(v2)-20] + "abcd\x00\x00\x00\x00" + v2[len(v2)-20:], `extension "abcd"`},
	} {
		if got, err := gitindex.Parse([]byte(test.data)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("Parse(%s): got %v, %v, want an error with %q", name, got, err, test.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	names, err := filepath.Glob("testdata/*")
	if err != nil || len(names) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, name := range names {
		if filepath.Base(name) != "fuzz" {
			data, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		entries, err := gitindex.ParseSplit(data, func(string) ([]byte, error) { return data, nil })
		if err != nil && entries != nil {
			t.Errorf("Parse: entries and the error %v", err)
		}
		for _, e := range entries {
			if e.Path == "" || strings.Contains(e.Path, "\x00") {
				t.Errorf("Parse: path %q", e.Path)
			}
		}
	})
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
