package disk_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/vendorgate/vendorgate/internal/disk"
	"github.com/vendorgate/vendorgate/internal/source"
)

// WriteFiles writes all files or none, and none if any of them is not what was read.
func TestWriteFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := disk.Disk{Dir: dir}
	write := func(edits ...source.Edit) error { return d.WriteFiles(edits) }
	one, two := []byte("1"), []byte("2")
	if err := write(source.Edit{Name: "a/b/new", After: one}, source.Edit{Name: "old", After: one}); err != nil {
		t.Fatal(err)
	}
	want := func(name, text string) {
		t.Helper()
		if got, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name))); err != nil || string(got) != text {
			t.Errorf("%s holds %q, %v; want %q", name, got, err, text)
		}
	}
	want("a/b/new", "1")
	want("old", "1")
	if err := os.MkdirAll(filepath.Join(dir, "folder", "full"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"folder", "old/below", ""} {
		if err := write(source.Edit{Name: "old", Before: one, After: two}, source.Edit{Name: "fresh", After: two}, source.Edit{Name: bad, After: two}); err == nil {
			t.Errorf("%q was written", bad)
		}
		want("old", "1")
	}
	for _, stale := range []source.Edit{{Name: "a/b/new", Before: two, After: two}, {Name: "a/b/new", After: two}, {Name: "gone", Before: one, After: two}} {
		if err := write(source.Edit{Name: "old", Before: one, After: two}, stale); !errors.Is(err, source.ErrChanged) {
			t.Errorf("%+v: %v", stale, err)
		}
		want("old", "1")
		want("a/b/new", "1")
	}
	if err := write(source.Edit{Name: "old", Before: one, After: two}, source.Edit{Name: "a/b/new", Before: one, After: two}); err != nil {
		t.Fatal(err)
	}
	want("old", "2")
	want("a/b/new", "2")
	var left []string
	for _, pattern := range []string{"*", ".*", "a/b/.*"} {
		found, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range found {
			left = append(left, filepath.Base(name))
		}
	}
	if slices.Sort(left); !slices.Equal(left, []string{"a", "folder", "old"}) {
		t.Errorf("the folder holds %q", left)
	}
}
