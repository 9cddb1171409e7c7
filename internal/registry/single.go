package registry

import (
	"io/fs"

	"github.com/vendorgate/vendorgate/internal/source"
)

// Single is a registry that holds one record and nothing else: for the question what would be asked of it.
func Single(id, record string) *Registry {
	tree := source.New("", "", noFiles{})
	return &Registry{Tree: tree, embedded: source.New("", "", noFiles{}), vendors: map[string]*Vendor{id: parseVendor(id, "", []byte(record), nil)}}
}

// noFiles is an empty tree.
type noFiles struct{}

func (noFiles) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}
