package manifest

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// oursByEntries reports whether the value of vendors has entries like ours: a list in which one has an id and another key of a
// manifest, an empty list that is all the file has, or a mapping with such entries.
func oursByEntries(vendors *yamltree.Node, alone bool) bool {
	if vendors.Kind != yamltree.List {
		return plainlyOurs(vendors)
	}
	if len(vendors.Items) == 0 {
		return alone
	}
	return slices.ContainsFunc(vendors.Items, func(item *yamltree.Node) bool {
		k := keysOfEntry(item)
		return k.id && (k.ours > 0 || len(item.Pairs) == 1) || k.ours > 1
	})
}

// plainlyOurs reports whether a value is an entry of a manifest, or a list or mapping with one, by two keys of which one is rare
// elsewhere. Other tools have mappings of vendors with an id, an owner or endpoints, too.
func plainlyOurs(vendors *yamltree.Node) bool {
	entry := func(n *yamltree.Node) bool {
		k := keysOfEntry(n)
		return k.rare && (k.ours > 1 || k.id || k.owner)
	}
	return entry(vendors) || slices.ContainsFunc(vendors.Items, entry) ||
		slices.ContainsFunc(vendors.Pairs, func(pair yamltree.Pair) bool { return entry(pair.Value) })
}

// hasOurKeys reports whether a file has an owner and vendors, as a manifest does, or vendors with a key of an entry that is rare elsewhere.
func hasOurKeys(root *yamltree.Node) bool {
	owner, vendors, rare := false, false, false
	for _, pair := range root.Pairs {
		switch foldKey(pair.Key) {
		case "owner":
			owner = true
		case "vendors", "vendor":
			vendors = true
			rare = rare || slices.ContainsFunc(pair.Value.Items, func(item *yamltree.Node) bool { return keysOfEntry(item).rare })
		}
	}
	return vendors && (owner || rare)
}

// entryKeys says which keys of a manifest's entry a mapping has.
type entryKeys struct {
	id, owner bool
	ours      int  // without those two
	rare      bool // one of them is rare in other tools' files
}

func keysOfEntry(n *yamltree.Node) entryKeys {
	var k entryKeys
	for _, pair := range n.Pairs {
		switch foldKey(pair.Key) {
		case "id":
			k.id = true
		case "owner":
			k.owner = true
		case "data", "endpoints", "secrets":
			k.ours++
		case "purpose", "environments", "authmethod", "criticality", "criticalorimportantfunction", "waiver":
			k.ours++
			k.rare = true
		}
	}
	return k
}
