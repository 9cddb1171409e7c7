//go:build !unix

package disk

import (
	"io/fs"
	"os"
)

// folder is an open directory.
type folder struct {
	path string
	root *os.Root
}

func openFolder(root *os.Root, path string) (*folder, error) {
	folderRoot, err := root.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	return &folder{path, folderRoot}, nil
}

// reopened opens a folder of a root.
func reopened(root *os.Root, name string) (*os.File, error) { return root.Open(name) }

// open opens a file by its name in the folder.
func (f *folder) open(name string) (fs.File, error) { return f.root.Open(name) }

func (f *folder) close() {
	f.root.Close() //nolint:errcheck,gosec // nothing was written
}
