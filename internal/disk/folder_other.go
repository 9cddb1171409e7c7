//go:build !unix

package disk

import (
	"io/fs"
	"os"
	"path"
)

// folder is an open directory.
type folder struct {
	path string
	root *os.Root
}

func openFolder(root *os.Root, name string) (*folder, error) {
	folderRoot, err := root.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return &folder{name, folderRoot}, nil
}

// below opens a folder in the folder, by its path from the root.
func (f *folder) below(name string) (*folder, error) {
	root, err := f.root.OpenRoot(path.Base(name))
	if err != nil {
		return nil, err
	}
	return &folder{name, root}, nil
}

// list lists the folder.
func (f *folder) list() ([]fs.DirEntry, error) {
	in, err := f.root.Open(".")
	if err != nil {
		return nil, err
	}
	defer in.Close() //nolint:errcheck // nothing was written
	return in.ReadDir(-1)
}

// open opens a file by its name in the folder.
func (f *folder) open(name string) (fs.File, error) { return f.root.Open(name) }

func (f *folder) close() {
	f.root.Close() //nolint:errcheck,gosec // nothing was written
}
