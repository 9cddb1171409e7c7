package edit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Change sets the value of an attribute, or removes the attribute.
type Change struct {
	Path  string // its keys, joined with dots; none of them is a list
	Value string // in YAML, on one line; empty to remove the attribute
}

// Apply returns a file with changes. A value is replaced where it is, and a new attribute gets a line of its own at its place in the
// order. A comment inside a value that is replaced or removed moves above it, unless it is about an item of a list that is gone. file is the name to report. Apply returns an error if the
// file has a problem, or if it is written in a form in which a change would affect something else.
func Apply(file string, data []byte, order attr.Order, changes []Change) ([]byte, error) {
	for _, c := range changes {
		root, err := parse(file, data)
		if err != nil {
			return nil, err
		}
		value, err := parseValue(c.Value)
		if err != nil {
			return nil, fmt.Errorf("the value of %s: %w", c.Path, err)
		}
		keys := strings.Split(c.Path, ".")
		want := with(root, keys, value)
		if same(root, want) {
			continue
		}
		e := &editor{Text: NewText(data)}
		out := e.change(block{node: root, order: order, to: len(data), indent: -1}, keys, c.Value)
		after, problems := yamltree.Parse(file, out)
		if len(problems) > 0 || after == nil || !same(after, want) {
			return nil, fmt.Errorf("%s is written in a form in which %s cannot be changed alone; set it by hand to: %s", file, c.Path, c.Value)
		}
		data = out
	}
	return data, nil
}

// parse reads a file, which must have attributes and no problem.
func parse(file string, data []byte) (*yamltree.Node, error) {
	root, problems := yamltree.Parse(file, data)
	switch {
	case len(problems) > 0:
		return nil, fmt.Errorf("%s: %s", problems[0].Pos, problems[0].Message)
	case root == nil || root.Kind != yamltree.Map || len(root.Pairs) == 0:
		return nil, fmt.Errorf("%s has no attributes", file)
	}
	return root, nil
}

// parseValue reads a value; nil if it is empty.
func parseValue(value string) (*yamltree.Node, error) {
	if value == "" {
		return nil, nil //nolint:nilnil // nil means that the attribute is to be removed
	}
	root, problems := yamltree.Parse("value", []byte("value: "+value+"\n"))
	if len(problems) > 0 {
		return nil, fmt.Errorf("%s", problems[0].Message)
	}
	if len(root.Pairs) != 1 || strings.Contains(value, "\n") {
		return nil, fmt.Errorf("%q is not one value on one line", value)
	}
	return root.Pairs[0].Value, nil
}

// with returns a tree in which the attribute with these keys has a value; nil to remove it. It shares nodes with the tree.
func with(n *yamltree.Node, keys []string, value *yamltree.Node) *yamltree.Node {
	if len(keys) == 0 {
		return value
	}
	out := &yamltree.Node{Kind: yamltree.Map}
	if n != nil && n.Kind == yamltree.Map {
		out.Pairs = slices.Clone(n.Pairs)
	} else if value == nil {
		return n
	}
	i := find(out, keys[0])
	if i < 0 {
		if value == nil {
			return n
		}
		out.Pairs = append(out.Pairs, yamltree.Pair{Key: keys[0]})
		i = len(out.Pairs) - 1
	}
	if below := with(out.Pairs[i].Value, keys[1:], value); below != nil {
		out.Pairs[i].Value = below
	} else {
		out.Pairs = slices.Delete(out.Pairs, i, i+1)
	}
	return out
}

// same reports whether two trees have the same values. The order of keys does not count.
func same(a, b *yamltree.Node) bool {
	if a.Kind != b.Kind || a.Text != b.Text || a.Quoted != b.Quoted || len(a.Pairs) != len(b.Pairs) || len(a.Items) != len(b.Items) {
		return false
	}
	for i := range a.Items {
		if !same(a.Items[i], b.Items[i]) {
			return false
		}
	}
	for i, p := range a.Pairs {
		if q := b.Pairs[i]; q.Key == p.Key {
			if !same(p.Value, q.Value) {
				return false
			}
			continue
		}
		j := find(b, p.Key)
		if j < 0 || !same(p.Value, b.Pairs[j].Value) {
			return false
		}
	}
	return true
}
