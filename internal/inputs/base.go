package inputs

import (
	"io/fs"
	"path"

	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Base is the tree as it was before the change.
type Base struct {
	Name  string                                               // as reports show it
	read  func(path string) (name string, b []byte, err error) // reads a manifest; fs.ErrNotExist if there was none
	find  func() (manifest.Found, error)                       // finds the manifests; nil for a single file
	files fs.FS                                                // nil unless it is a directory
	tree  func() (fs.FS, error)                                // all files; nil for a single file

	commit  string             // of a base that is a commit; empty if it is unknown
	archive source.ReadArchive // of a base that is a commit: reads all files at once
	tip     *Base              // outside CI, the branch that the base is on, where exemptions count from; nil if that is the base itself
}

// remembering returns a function that calls read once for each path.
func remembering(read func(path string) (string, []byte, error)) func(string) (string, []byte, error) {
	type answer struct {
		name string
		data []byte
		err  error
	}
	known := map[string]answer{}
	return func(path string) (string, []byte, error) {
		a, ok := known[path]
		if !ok {
			a.name, a.data, a.err = read(path)
			known[path] = a
		}
		return a.name, a.data, a.err
	}
}

// manifests returns the paths of the manifests in the base.
func (b *Base) manifests() (manifest.Found, error) {
	if b.find != nil {
		return b.find()
	}
	name, data, err := b.read("")
	if err == nil && len(data) > 0 {
		return manifest.Found{Paths: []string{path.Base(name)}}, nil
	}
	return manifest.Found{}, err
}

// sameBlob reports whether a file in the tree of a commit has the given content.
func sameBlob(files fs.FS, name string, data []byte) bool {
	info, err := fs.Stat(files, name)
	if err != nil {
		return false
	}
	blob, ok := info.Sys().(source.Blob)
	return ok && blob == source.BlobOf(data)
}
