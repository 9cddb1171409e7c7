package source_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/source"
)

// The names are what git hash-object prints.
func TestBlobOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]source.Blob{
		"":        "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
		"hello\n": "ce013625030ba8dba906f756967f9e9ca394464a",
	} {
		if got := source.BlobOf([]byte(text)); got != want {
			t.Errorf("BlobOf(%q) = %s, want %s", text, got, want)
		}
	}
}

// named is a tree of which git's names are known and the contents are not.
type named struct {
	fs.FS
	blobs fstest.MapFS
}

func (n named) Open(name string) (fs.File, error)     { return n.blobs.Open(name) }
func (named) ReadFile(string) ([]byte, error)         { return nil, fs.ErrPermission }
func (n named) Stat(name string) (fs.FileInfo, error) { return fs.Stat(n.blobs, name) }

func TestUnchanged(t *testing.T) {
	t.Parallel()
	after := fstest.MapFS{"new/a": {Data: []byte("hello\n")}, "new/b": {Data: []byte("other\n")}}
	contents := fstest.MapFS{"a": {Data: []byte("hello\n")}, "b": {Data: []byte("hello\n")}}
	hello := source.BlobOf([]byte("hello\n"))
	blobs := named{blobs: fstest.MapFS{"a": {Sys: hello}, "b": {Sys: hello}}}
	for _, before := range []fs.FS{contents, blobs} {
		for name, want := range map[string]bool{"a": true, "b": false, "c": false} {
			if got, err := source.Unchanged(after, "new/"+name, before, name); got != want || err != nil {
				t.Errorf("%T, %s: %v, %v; want %v", before, name, got, err, want)
			}
		}
		if got, err := source.Unchanged(after, "gone", before, "a"); got || err != nil {
			t.Errorf("%T: a file that is gone: %v, %v", before, got, err)
		}
	}
	unreadable := named{blobs: fstest.MapFS{"a": {}}}
	if _, err := source.Unchanged(after, "new/a", unreadable, "a"); err == nil {
		t.Error("a base that cannot be read: no error")
	}
}
