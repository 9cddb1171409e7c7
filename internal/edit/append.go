package edit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Append returns a file with another item at the end of a list. key is a key of the file, and item a value in YAML on one line. If the file
// does not have the list, it gets one with an item on each line. Append returns an error where Apply does.
func Append(file string, data []byte, order attr.Order, key, item string) ([]byte, error) {
	root, err := parse(file, data)
	if err != nil {
		return nil, err
	}
	value, err := parseValue(item)
	switch {
	case err != nil:
		return nil, fmt.Errorf("an item of %s: %w", key, err)
	case value == nil:
		return nil, fmt.Errorf("an item of %s is empty", key)
	}
	list := &yamltree.Node{Kind: yamltree.List}
	if i := find(root, key); i >= 0 && root.Pairs[i].Value.Kind == yamltree.List {
		list.Items = slices.Clone(root.Pairs[i].Value.Items)
	}
	list.Items = append(list.Items, value)
	e := &editor{Text: NewText(data)}
	out := e.addItem(block{node: root, order: order, to: len(data), indent: -1}, key, item)
	after, problems := yamltree.Parse(file, out)
	if len(problems) > 0 || after == nil || !same(after, with(root, []string{key}, list)) {
		return nil, fmt.Errorf("%s is written in a form in which nothing can be added to %s; add by hand: %s", file, key, item)
	}
	return out, nil
}

// addItem adds an item to the list of a key.
func (e *editor) addItem(b block, key, item string) []byte {
	i := find(b.node, key)
	if i < 0 {
		if e.flow(b.node) {
			return e.insert(b, []string{key}, "["+item+"]")
		}
		margin := strings.Repeat(" ", b.node.Pairs[0].KeyPos.Col-1)
		return e.place(b, b.before(key), margin+key+":\n"+margin+"  - "+item+"\n")
	}
	pair := b.node.Pairs[i]
	_, from, to := e.extent(b, i)
	switch v := pair.Value; {
	case v.Kind == yamltree.List && e.At(v.Pos) == '-':
		return e.Insert(e.LineEnd(to), strings.Repeat(" ", v.Pos.Col-1)+"- "+item+"\n")
	case v.Kind == yamltree.List:
		end, last := e.Closing(from)
		if end < 0 {
			return nil
		}
		text := item
		if e.Bytes[last] == ',' {
			text = " " + item
		} else if len(v.Items) > 0 {
			text = ", " + item
		}
		return e.Replace(last+1, last+1, text)
	default:
		return e.replace(b, i, "["+item+"]")
	}
}
