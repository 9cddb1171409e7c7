package registry

import (
	"io/fs"

	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Single returns a registry with just one record, to find out what would be asked about it.
func Single(id, record string) *Registry { return only(parseVendor(id, "", []byte(record), nil)) }

// SingleAt is Single for a record that is a mapping in another file.
func SingleAt(id, file string, node *yamltree.Node) *Registry {
	r, problems := record.Table().Read(node)
	return only(newVendor(id, file, r, problems, nil))
}

func only(v *Vendor) *Registry {
	r := open(source.New("", "", noFiles{}), source.New("", "", noFiles{}))
	r.vendors[v.ID] = v
	return r
}

// noFiles is an empty tree.
type noFiles struct{}

func (noFiles) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}
