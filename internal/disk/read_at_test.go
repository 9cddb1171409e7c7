package disk_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/vendorgate/vendorgate/internal/disk"
)

// Files can be read anywhere, as the packs of a git repository must be.
func TestReadAt(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "f"), []byte("0123456789"), 0o600); err != nil {
		t.Fatal(err)
	}
	var files disk.Disk
	tree, err := files.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	f, err := tree.Open("f")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // nothing was written
	at, ok := f.(io.ReaderAt)
	if !ok {
		t.Fatalf("%T is no io.ReaderAt", f)
	}
	data := make([]byte, 4)
	if n, err := at.ReadAt(data, 3); n != 4 || err != nil || string(data) != "3456" {
		t.Errorf("got %d %q, %v", n, data, err)
	}
	if n, err := at.ReadAt(data, 8); n != 2 || !errors.Is(err, io.EOF) {
		t.Errorf("at the end: got %d, %v", n, err)
	}
}
