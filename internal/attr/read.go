package attr

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Parse reads a file through the table. It reports everything that is wrong at once, up to diag.MaxProblems. The record
// contains the valid values, and is nil only if the file has no mapping at its root. See Record.Newer for files of later versions.
func (t *Table) Parse(file string, data []byte) (*Record, []diag.Problem) {
	tree, problems := yamltree.Parse(file, data)
	if tree == nil {
		return nil, problems
	}
	r := &reader{problems: problems}
	if tree.Kind != yamltree.Map {
		r.add(tree.Pos, "the file is "+kindName(tree)+" where a mapping is expected", "start with `apiVersion: vendorgate/v1`")
		r.secrets(tree)
		return nil, diag.FirstProblems(r.problems)
	}
	rec := r.file(t, tree)
	return rec, diag.FirstProblems(r.problems)
}

// Read reads a tree that is part of another file, as Parse reads a file. The tree must be a mapping.
func (t *Table) Read(tree *yamltree.Node) (*Record, []diag.Problem) {
	r := &reader{}
	rec := r.file(t, tree)
	return rec, diag.FirstProblems(r.problems)
}

// file reads a whole file. Of a file for a later version of the format, it reports nothing else but credentials.
func (r *reader) file(t *Table, tree *yamltree.Node) *Record {
	tree = withoutSchema(tree)
	if !r.newer(t, tree) {
		return r.record(t, tree)
	}
	guess := &reader{}
	out := guess.record(t, tree) // knows which values are digests, and no credentials
	out.newer = true
	r.problems = append(r.problems, slices.DeleteFunc(guess.problems, func(p diag.Problem) bool { return !p.Secret })...)
	return out
}

func (r *reader) record(t *Table, tree *yamltree.Node) *Record {
	rec := &Record{Pos: tree.Pos, table: t, values: make([]*Value, len(t.slots))}
	r.mapping(rec, t.root, tree)
	return rec
}

// mapping reads the pairs of one mapping; mappings inside it belong to the same record.
func (r *reader) mapping(rec *Record, n *node, tree *yamltree.Node) {
	if tree.Broken {
		defer rec.doubt(n, tree.Pos)
	}
	if n.path != "" {
		rec.opened = append(rec.opened, opened{n.path, tree.Pos})
	}
	for _, pair := range tree.Pairs {
		if Own(pair.Key) {
			r.own(pair)
			continue
		}
		child := n.child(pair.Key)
		if child == nil {
			r.unknownKey(rec, n, tree, pair)
			continue
		}
		r.pair(rec, child, pair)
	}
	for _, child := range n.children {
		row := cmp.Or(child.row, child.list)
		if row == nil || !row.Required || tree.Broken || hasKey(tree, child.name) || !r.tooManyProblems() && n.misspelt(tree, child.name) {
			continue
		}
		r.add(tree.Pos, Missing(child.name), missing(child, row))
	}
}

func (r *reader) pair(rec *Record, n *node, pair yamltree.Pair) {
	v := pair.Value
	switch {
	case v.Kind == yamltree.Null && v.Broken:
		rec.doubt(n, v.Pos)
	case n.row != nil:
		rec.values[n.slot] = orInvalid(r.leaf(n, v), v.Pos)
	case n.items != nil && n.free:
		rec.values[n.slot] = orInvalid(r.freeMapping(n, v), v.Pos)
	case n.items != nil:
		rec.values[n.slot] = orInvalid(r.list(n, v), v.Pos)
	case v.Kind != yamltree.Map:
		r.add(v.Pos, fmt.Sprintf("%s is %s where a mapping is expected", n.path, kindName(v)), "use the keys "+names(n))
		r.secrets(v)
		rec.doubt(n, v.Pos)
	default:
		r.mapping(rec, n, v)
	}
}

// doubt marks what a record does not say at or below n as wrong, because a part of the file that may say it was refused.
func (r *Record) doubt(n *node, pos diag.Pos) {
	for slot, s := range r.table.slots {
		if r.values[slot] == nil && (n.path == "" || s.path == n.path || strings.HasPrefix(s.path, n.path+".")) {
			r.values[slot] = &Value{State: Invalid, Pos: pos}
		}
	}
}

// orInvalid replaces a value that was wrong.
func orInvalid(v *Value, pos diag.Pos) *Value {
	if v == nil {
		return &Value{State: Invalid, Pos: pos}
	}
	return v
}

// list reads a list of mappings. An item may be the shorthand scalar, if the table has one.
func (r *reader) list(n *node, tree *yamltree.Node) *Value {
	out := &Value{State: Set, Pos: tree.Pos}
	if tree.Kind != yamltree.List {
		hint := "start each item with `- `"
		if short := n.items.shorthand(); short != nil && tree.Kind == yamltree.Scalar {
			hint = "put it in brackets: `" + keyed(n, bracketed(short.row, tree)) + "`"
		}
		r.add(tree.Pos, fmt.Sprintf("%s is %s where a list is expected", n.path, kindName(tree)), hint)
		r.secrets(tree)
		return nil
	}
	if len(tree.Items) == 0 && n.list != nil && n.list.Filled {
		return r.empty(n, n.list, tree)
	}
	if len(tree.Items) > maxItems {
		r.add(tree.Pos, fmt.Sprintf("%s has %d items; at most %d are read", n.path, len(tree.Items), maxItems), "split the file")
	}
	for _, item := range tree.Items[:min(len(tree.Items), maxItems)] {
		if item.Kind == yamltree.Null && item.Broken {
			continue
		}
		if item.Kind == yamltree.Scalar {
			if short := n.items.shorthand(); short != nil {
				item = &yamltree.Node{Kind: yamltree.Map, Pos: item.Pos, Pairs: []yamltree.Pair{{Key: short.name, KeyPos: item.Pos, Value: item}}}
			}
		}
		if item.Kind != yamltree.Map {
			r.add(item.Pos, fmt.Sprintf("an item of %s is %s where a mapping is expected", n.path, kindName(item)), "use the keys "+names(n.items.root))
			r.secrets(item)
			continue
		}
		out.Records = append(out.Records, r.record(n.items, item))
	}
	if len(out.Records) == 0 && len(tree.Items) > 0 {
		return nil // an empty list would be another statement
	}
	return out
}

func (r *reader) freeMapping(n *node, tree *yamltree.Node) *Value {
	out := &Value{State: Set, Pos: tree.Pos}
	if tree.Kind != yamltree.Map {
		r.add(tree.Pos, fmt.Sprintf("%s is %s where a mapping is expected", n.path, kindName(tree)), "")
		r.secrets(tree)
		return nil
	}
	for _, pair := range tree.Pairs {
		if Own(pair.Key) {
			r.own(pair)
			continue
		}
		if scalar.LooksSecret(pair.Key) {
			r.secret(pair.KeyPos)
			continue
		}
		rec := &Record{Pos: pair.Value.Pos, table: n.items, values: make([]*Value, len(n.items.slots))}
		rec.Key = diag.At[string]{Value: pair.Key, Pos: pair.KeyPos}
		if only := n.items.root.child(""); only != nil { // the row's path ends in *, so the value is a leaf
			rec.values[only.slot] = orInvalid(r.leaf(only, pair.Value), pair.Value.Pos)
		} else if pair.Value.Kind != yamltree.Map {
			r.add(pair.Value.Pos, fmt.Sprintf("an entry of %s is %s where a mapping is expected", n.path, kindName(pair.Value)), "use the keys "+names(n.items.root))
			r.secrets(pair.Value)
			continue
		} else {
			r.mapping(rec, n.items.root, pair.Value)
		}
		out.Records = append(out.Records, rec)
	}
	return out
}

func (t *Table) shorthand() *node {
	for _, c := range t.root.children {
		if c.row != nil && c.row.Shorthand {
			return c
		}
	}
	return nil
}

// unknownKey reports a key that the table does not have. What its author probably meant is written wrongly, and not missing.
func (r *reader) unknownKey(rec *Record, n *node, tree *yamltree.Node, pair yamltree.Pair) {
	r.secrets(pair.Value)
	if scalar.LooksSecret(pair.Key) {
		r.secret(pair.KeyPos)
		return
	}
	if r.tooManyProblems() {
		r.add(pair.KeyPos, fmt.Sprintf("unknown key %q", clip(pair.Key)), "")
		return
	}
	hint, meant := "use one of "+names(n), rec.table.elsewhere(n, pair.Key)
	if meant != nil && pair.Value.Kind == yamltree.Map && meant.row != nil && meant.row.Type != Raw { // one value is meant there
		meant = nil
	}
	if meant != nil {
		hint = "move it to " + meant.parent()
		if meant.name != pair.Key {
			hint += fmt.Sprintf(", as %q", meant.name)
		}
	}
	if near := diag.Nearest(pair.Key, n.absent(tree)); near != "" {
		hint, meant = fmt.Sprintf("did you mean %q?", near), n.child(near)
	} else if there := diag.Nearest(pair.Key, n.names()); there != "" {
		hint, meant = fmt.Sprintf("remove it, because there is %q", there), n.child(there)
	} else if own := nearlyOwn(pair.Key); own != "" {
		hint = own
	}
	switch {
	case meant != nil:
		rec.doubt(meant, pair.KeyPos)
	case n != rec.table.root: // one of the few things that the mapping is about
		rec.doubt(n, pair.KeyPos)
	}
	where := ""
	if n.path != "" {
		where = " in " + n.path
	}
	r.add(pair.KeyPos, fmt.Sprintf("unknown key %q%s", clip(pair.Key), where), hint)
}

// elsewhere finds the one attribute in another mapping of the table than n that a key names, by its last part, or by its whole path
// as in api_version; nil if none or several do.
func (t *Table) elsewhere(n *node, key string) *node {
	var found *node
	for _, s := range t.slots {
		path := strings.TrimPrefix(s.path, t.root.path+".")
		whole := n == t.root && strings.Contains(path, ".") && strings.ReplaceAll(path, ".", "_") == strings.ReplaceAll(key, "-", "_")
		if !whole && s.name != key || n.child(key) != nil {
			continue
		}
		if s.parent() == "" || found != nil {
			return nil
		}
		found = s
	}
	return found
}

// parent returns the path of the mapping that holds a node; "" for the root.
func (n *node) parent() string { return strings.TrimSuffix(strings.TrimSuffix(n.path, n.name), ".") }

// Missing is the message about a required key that a mapping does not have.
func Missing(key string) string { return fmt.Sprintf("%q is missing", key) }

func missing(n *node, row *Row) string {
	if row.Missing != "" {
		return row.Missing
	}
	return "add `" + keyed(n, example1(row)) + "`"
}

func hasKey(tree *yamltree.Node, name string) bool {
	for _, p := range tree.Pairs {
		if p.Key == name {
			return true
		}
	}
	return false
}

// misspelt reports whether an unknown key is probably a misspelling of this one. If so, it has been reported.
func (n *node) misspelt(tree *yamltree.Node, name string) bool {
	for _, p := range tree.Pairs {
		if n.child(p.Key) == nil && !Own(p.Key) && diag.Nearest(p.Key, n.absent(tree)) == name {
			return true
		}
	}
	return false
}

// absent lists the keys of a node that a mapping does not have.
func (n *node) absent(tree *yamltree.Node) []string {
	return slices.DeleteFunc(n.names(), func(name string) bool { return hasKey(tree, name) })
}

func (n *node) names() []string {
	var out []string
	for _, c := range n.children {
		out = append(out, c.name)
	}
	return out
}

// names lists the keys of a mapping, up to a readable number.
func names(n *node) string {
	out := n.names()
	if len(out) > fewWords {
		return strings.Join(out[:fewWords], ", ") + " and more"
	}
	return strings.Join(out, ", ")
}
