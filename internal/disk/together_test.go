package disk_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/vendorgate/vendorgate/internal/disk"
	"github.com/vendorgate/vendorgate/internal/source"
)

// WriteFiles writes all files or none.
func TestWriteFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := disk.Disk{Dir: dir}
	write := func(files ...source.File) error { return d.WriteFiles(files) }
	if err := write(source.File{Name: "a/b/new", Data: []byte("1")}, source.File{Name: "old", Data: []byte("1")}); err != nil {
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
	two := []byte("2")
	for _, bad := range []string{"folder", "old/below", ""} {
		if err := write(source.File{Name: "old", Data: two}, source.File{Name: "fresh", Data: two}, source.File{Name: bad, Data: two}); err == nil {
			t.Errorf("%q was written", bad)
		}
		want("old", "1")
	}
	if err := write(source.File{Name: "old", Data: two}, source.File{Name: "a/b/new", Data: two}); err != nil {
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
