package attr

import "slices"

// Order is a mapping with its keys in the table's order, for code that writes files. The zero Order has no keys.
type Order struct {
	n     *node
	items bool // n is a list of mappings or has free keys, and this is one of the mappings in it
}

// Order returns the root of the table.
func (t *Table) Order() Order { return Order{n: t.root} }

// Index returns the place of a key among the keys of the mapping, or -1. The organisation's own keys come last.
func (o Order) Index(key string) int {
	switch {
	case Own(key):
		return len(o.children())
	case key == SchemaKey:
		return 0
	}
	return slices.IndexFunc(o.children(), func(c *node) bool { return c.name == key })
}

// Below returns the mapping under a key, or each mapping in the list under it. It has no keys if the key has a scalar.
// If the mapping has free keys, they are unordered, and all have the same contents.
func (o Order) Below(key string) Order {
	if o.Free() {
		return Order{n: o.n, items: true}
	}
	if i := o.Index(key); i >= 0 && !Own(key) && key != SchemaKey {
		below := o.children()[i]
		return Order{n: below, items: below.items != nil && !below.free}
	}
	return Order{}
}

// Free reports whether the mapping's keys are the writer's own.
func (o Order) Free() bool { return o.n != nil && o.n.free && !o.items }

// Empty reports whether the mapping has no keys of which anything is known.
func (o Order) Empty() bool { return !o.Free() && len(o.children()) == 0 }

func (o Order) children() []*node {
	switch {
	case o.n == nil || o.Free():
		return nil
	case o.items:
		return o.n.items.root.children
	default:
		return o.n.children
	}
}
