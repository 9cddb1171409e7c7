package registry

import (
	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Plain is the files of a registry as plain data, which judges nothing. A lint reads it, also where a change wrote it.
// Several may read at once.
type Plain struct {
	Tree     *source.Tree
	embedded *source.Tree
}

// AsData treats a tree as data without trust. Records inherit identity from the embedded registry.
func AsData(tree, embedded *source.Tree) *Plain { return &Plain{tree, embedded} }

// Vendor reads the bytes of vendors/<id>.yaml.
func (p *Plain) Vendor(id string, data []byte) *Vendor {
	var identity *attr.Record
	if known, err := readVendor(p.embedded, id, nil); err == nil && known != nil {
		identity = known.Record
	}
	return parseVendor(id, p.Tree.Name("vendors/"+id+".yaml"), data, identity)
}

// Waiver reads the bytes of waivers/<id>.yaml.
func (p *Plain) Waiver(id string, data []byte) *Waiver {
	return parseWaiver(id, p.Tree.Name("waivers/"+id+".yaml"), data)
}

// Unproven returns the files as a registry, for what rules read beside a record, such as probe results. Nothing may be approved by it.
func (p *Plain) Unproven() *Registry { return open(p.Tree, p.embedded) }

// Known lists the vendors of the embedded registry, sorted.
func (p *Plain) Known() []string {
	ids, _ := p.embedded.List("vendors", ".yaml") // it is built into vendorgate
	return ids
}
