package attr

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// State tells what is known about an attribute. Not asked, asked but not answered, and answered are different states.
type State uint8

// The states of an attribute.
const (
	Absent        State = iota // not written
	Invalid                    // written wrongly; a problem says so
	Unknown                    // written as unknown
	NotApplicable              // written as null or n/a
	None                       // written as none: it is known that there is none
	Set
)

// Value is an attribute as it was written.
type Value struct {
	State   State
	Pos     diag.Pos // of the value; for an absent one the mapping that should hold it
	Text    string   // the scalar, verbatim
	Int     int      // of Int; of an ordered Enum the index in Row.Values
	Day     scalar.Date
	Span    scalar.Period
	Items   []Value        // of a list
	Records []*Record      // of a list of mappings, or of a mapping with free keys
	Node    *yamltree.Node // of Raw
}

// Known reports whether a value was given.
func (v *Value) Known() bool { return v.State == Set }

// True reports whether a yes/no attribute is known to be true.
func (v *Value) True() bool { return v.State == Set && v.Text == "true" }

// False reports whether a yes/no attribute is known to be false.
func (v *Value) False() bool { return v.State == Set && v.Text == "false" }

// At returns the scalar with its place.
func (v *Value) At() diag.At[string] { return diag.At[string]{Value: v.Text, Pos: v.Pos} }

// Texts returns the scalars of a list.
func (v *Value) Texts() []string {
	out := make([]string, len(v.Items))
	for i := range v.Items {
		out[i] = v.Items[i].Text
	}
	return out
}

// Has reports whether a list holds text.
func (v *Value) Has(text string) bool {
	return slices.ContainsFunc(v.Items, func(i Value) bool { return i.Text == text })
}

// Record is a mapping that was read through a table.
type Record struct {
	Pos diag.Pos
	Key diag.At[string] // its key, in a mapping with free keys

	table  *Table
	values []*Value
	opened []opened
	newer  bool
}

// opened is a mapping that was written, so that an absent attribute can be missed at the right place.
type opened struct {
	path string
	pos  diag.Pos
}

// Get returns an attribute by its path. It never returns nil: an absent attribute has the position of the innermost
// mapping that was written. It panics if the table has no such path, which is a bug in vendorgate.
func (r *Record) Get(path string) *Value {
	slot, _, ok := r.table.Lookup(path)
	if !ok {
		panic("attr: no attribute " + path)
	}
	return r.At(slot)
}

// At finds an attribute by its slot. As Get, it never returns nil.
func (r *Record) At(slot Slot) *Value {
	if v := r.values[slot]; v != nil {
		return v
	}
	return &Value{Pos: r.missed(r.table.slots[slot].path)}
}

// Peek is At for look-ups that are made often: nil for an absent attribute.
func (r *Record) Peek(slot Slot) *Value { return r.values[slot] }

// Newer reports whether the file is written for a later version of its format. Its values are then a guess: they may help to identify
// what it is about, and must not be judged.
func (r *Record) Newer() bool { return r.newer }

// Table returns the table that the record was read through.
func (r *Record) Table() *Table { return r.table }

func (r *Record) missed(path string) diag.Pos {
	best, pos := -1, r.Pos
	for _, o := range r.opened {
		if len(o.path) > best && len(path) > len(o.path) && path[:len(o.path)] == o.path && path[len(o.path)] == '.' {
			best, pos = len(o.path), o.pos
		}
	}
	return pos
}

// Inherit copies attributes that r does not have from base, which was read through the same table. It copies only those
// named by paths; a name without a dot includes all attributes below it.
func (r *Record) Inherit(base *Record, paths ...string) {
	for i, n := range r.table.slots {
		if r.values[i] != nil || base.values[i] == nil {
			continue
		}
		for _, path := range paths {
			if n.path == path || len(n.path) > len(path) && n.path[:len(path)+1] == path+"." {
				r.values[i] = base.values[i]
			}
		}
	}
}

// Only returns a record with just the attributes named by paths; a name without a dot includes all attributes below it.
func (r *Record) Only(paths ...string) *Record {
	out := &Record{Pos: r.Pos, Key: r.Key, table: r.table, values: make([]*Value, len(r.values)), opened: r.opened}
	out.Inherit(r, paths...)
	return out
}

// Same reports whether two records of one table say the same, wherever they say it. Attributes at the top of the table
// may be left out.
func (r *Record) Same(other *Record, except ...string) bool {
	for i := range r.values {
		if !slices.Contains(except, r.table.slots[i].name) && !sameValue(r.values[i], other.values[i]) {
			return false
		}
	}
	return true
}

func sameValue(a, b *Value) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.State == b.State && a.Text == b.Text && sameNode(a.Node, b.Node) &&
		slices.EqualFunc(a.Items, b.Items, func(x, y Value) bool { return sameValue(&x, &y) }) &&
		slices.EqualFunc(a.Records, b.Records, func(x, y *Record) bool { return x.Key.Value == y.Key.Value && x.Same(y) })
}

func sameNode(a, b *yamltree.Node) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Kind == b.Kind && a.Text == b.Text && a.Quoted == b.Quoted && slices.EqualFunc(a.Items, b.Items, sameNode) &&
		slices.EqualFunc(a.Pairs, b.Pairs, func(x, y yamltree.Pair) bool { return x.Key == y.Key && sameNode(x.Value, y.Value) })
}
