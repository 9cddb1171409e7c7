package registry

import (
	"cmp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Format puts the keys of a file into the order of its table. Whole lines move, with the comments and blank lines above
// them; no value, quote, flow style, line end or byte order mark changes. Blank lines become empty, and the last line is ended. A file that the
// table does not accept is not touched: the problems say why, and the bytes are nil.
//
// What belongs to a key: the comments above it that are indented no deeper than the key itself. A comment that is
// indented deeper belongs to what is above it. Above the first key of a mapping only what follows the last blank
// line belongs to the key; the rest, as the comments below the last key, belongs to the mapping and stays. So do comments
// at the top of a file that no blank line parts from the first key.
func Format(table *attr.Table, file string, data []byte) ([]byte, []diag.Problem) {
	before, problems := table.Parse(file, data)
	if len(problems) > 0 {
		return nil, problems
	}
	tree, _ := yamltree.Parse(file, data)
	f := newFormatter(data)
	f.markTexts(tree, -1)
	f.emptyBlanks()
	out := f.bom + strings.Join(f.arrange(tree, table.Order(), 1, len(f.lines)), "")
	after, problems := table.Parse(file, []byte(out))
	if len(problems) > 0 || !before.Same(after) {
		return nil, []diag.Problem{{
			Pos: diag.Pos{File: file, Line: 1, Col: 1}, Message: "the keys of this file cannot be reordered without changing its meaning",
			Hint: "end the last line of a block of text, write | in place of |+, or put the keys in order by hand",
		}}
	}
	return []byte(out), nil
}

// part is a pair of a mapping with the lines that move with it: [from, to), its key on the line key.
type part struct {
	pair          yamltree.Pair
	from, key, to int
	blanks        []string // blank lines above it
	head          []string // comments above it
	body          []string // its own lines
}

// arrange returns the lines [from, to), which hold the tree, in order.
func (f *formatter) arrange(tree *yamltree.Node, order attr.Order, from, to int) []string {
	switch {
	case order.Empty():
		return f.lines[from:to]
	case tree.Kind == yamltree.Map && f.movable(tree):
		return f.mapping(tree, order, from, to)
	case tree.Kind == yamltree.List && f.at(tree.Pos) == '-':
		return f.list(tree, order, from, to)
	default:
		return f.lines[from:to]
	}
}

// movable reports whether each key of a mapping is on its own line. The first may follow the dash of its item.
func (f *formatter) movable(tree *yamltree.Node) bool {
	if len(tree.Pairs) == 0 || tree.Pos != tree.Pairs[0].KeyPos {
		return false // in braces, or with a question mark
	}
	for i, p := range tree.Pairs {
		allowed := " "
		if i == 0 {
			allowed = " -"
		}
		line, indent := f.lines[p.KeyPos.Line], tree.Pos.Col-1
		if p.KeyPos.Col-1 != indent || len(line) < indent || strings.Trim(line[:indent], allowed) != "" {
			return false
		}
	}
	return true
}

func (f *formatter) list(tree *yamltree.Node, order attr.Order, from, to int) []string {
	var starts []int
	for _, item := range tree.Items {
		start := item.Pos.Line
		for start > from && !strings.HasPrefix(strings.TrimLeft(f.lines[start], " "), "-") {
			start--
		}
		starts = append(starts, start)
	}
	out := slices.Clone(f.lines[from:starts[0]])
	for i, item := range tree.Items {
		end := to
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		begin := starts[i]
		if item.Pos.Line > begin { // the dash is on its own line
			out = append(out, f.lines[begin])
			begin++
		}
		out = append(out, f.arrange(item, order, begin, end)...)
	}
	return out
}

// mapping sorts the pairs of a mapping. Lines above and below all of them stay in place.
func (f *formatter) mapping(tree *yamltree.Node, order attr.Order, from, to int) []string {
	parts, tail := f.parts(tree, order, from, to)
	out := slices.Clone(f.lines[from:parts[0].from])
	first := parts[0]
	if !order.Free() {
		slices.SortStableFunc(parts, func(a, b *part) int {
			return cmp.Compare(order.Index(a.pair.Key), order.Index(b.pair.Key))
		})
	}
	if now := parts[0]; now != first {
		now.blanks, first.blanks = first.blanks, now.blanks // a gap parts keys, and none begins a mapping
		f.exchange(first, now, tree.Pos.Col-1)
	}
	for _, p := range parts {
		out = slices.Concat(out, p.blanks, p.head, p.body)
	}
	return append(out, f.lines[tail:to]...)
}

// exchange hands the dash of an item, and the margin of its comments, from the key that was the first to the one that is.
func (f *formatter) exchange(first, now *part, indent int) {
	dash := first.body[0][:indent]
	first.body[0] = strings.Repeat(" ", indent) + first.body[0][indent:]
	now.body[0] = dash + now.body[0][indent:]
	if margin, _, found := strings.Cut(dash, "-"); found {
		for i, line := range now.head {
			now.head[i] = margin + strings.TrimLeft(line, " \t")
		}
	}
}

// parts splits the lines [from, to) at the keys of a mapping. The lines from tail on belong to the mapping.
func (f *formatter) parts(tree *yamltree.Node, order attr.Order, from, to int) (parts []*part, tail int) {
	indent := tree.Pos.Col - 1
	for i, pair := range tree.Pairs {
		p := &part{pair: pair, key: pair.KeyPos.Line}
		p.from = f.above(p.key, from, indent)
		if i == 0 {
			p.from = f.afterBlank(p.from, p.key, from == 1)
		} else {
			parts[i-1].to = p.from
		}
		parts, from = append(parts, p), p.key+1
	}
	tail = f.above(to, from, indent)
	parts[len(parts)-1].to = tail
	for _, p := range parts {
		gap := p.from
		for gap < p.key && f.blank(gap) {
			gap++
		}
		p.blanks, p.head = f.lines[p.from:gap], slices.Clone(f.lines[gap:p.key])
		p.body = append([]string{f.lines[p.key]}, f.arrange(p.pair.Value, order.Below(p.pair.Key), p.key+1, p.to)...)
	}
	return parts, tail
}

// above returns the first line of the comments and blank lines that end before a line and belong to no deeper mapping.
func (f *formatter) above(line, from, indent int) int {
	first := line
	for first > from && (f.blank(first-1) || f.comment(first-1)) {
		first--
	}
	for i := line - 1; i >= first; i-- {
		if f.comment(i) && f.margin(i) > indent {
			return i + 1
		}
	}
	return first
}

// afterBlank returns where the comments of the first key begin: after the last blank line in [from, to). Without a blank line
// they are all the key's, but at the top of a file they are the file's.
func (f *formatter) afterBlank(from, to int, top bool) int {
	for i := to - 1; i >= from; i-- {
		if f.blank(i) {
			return i + 1
		}
	}
	if top {
		return to
	}
	return from
}
