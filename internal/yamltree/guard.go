package yamltree

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// walker copies the nodes of yaml.v3 and reports everything that a strict file must not contain. It does not follow
// aliases or go deeper than MaxDepth, and stops after MaxNodes.
type walker struct {
	src   *source
	found *collector
	nodes int      // so far, keys included
	deep  bool     // reported that the file is nested too deeply
	at    diag.Pos // cursor of markOf
	rest  []byte   // what follows it on its line

	anchors []*yaml.Node        // in file order
	used    map[*yaml.Node]bool // those that an alias names; the alias is the mistake that is reported
}

// node copies y, which is nested in depth collections. If y has no text, problems are reported at the owner.
func (w *walker) node(y *yaml.Node, depth int, owner diag.Pos) *Node {
	n := &Node{Pos: w.pos(y)}
	if isEmpty(y) {
		n.Pos = owner
	}
	if !w.counted(n.Pos) {
		return n
	}
	w.refuseMarks(y)
	switch y.Kind {
	case yaml.MappingNode, yaml.SequenceNode:
		if depth == MaxDepth {
			w.reportDepth(n.Pos)
			n.Broken = true
			return n
		}
		if y.Kind == yaml.SequenceNode {
			n.Kind, n.Items = List, w.items(y, depth+1)
		} else {
			n.Kind = Map
			n.Pairs, n.Broken = w.pairs(y, depth+1)
		}
	case yaml.ScalarNode:
		if !isNull(y) {
			w.refuseEscapes(y)
			n.Kind, n.Text, n.Quoted = Scalar, y.Value, isQuoted(y)
		}
	default: // an alias stays a Null, and refuseMarks has said so
		n.Broken = true
	}
	return n
}

func (w *walker) items(y *yaml.Node, depth int) []*Node {
	items := make([]*Node, 0, len(y.Content))
	for _, item := range y.Content {
		if w.nodes > MaxNodes {
			break
		}
		items = append(items, w.node(item, depth, w.pos(item)))
	}
	return items
}

// pairs returns the pairs of a map, and whether some of it cannot be told: a key that is none, or keys that are merged from elsewhere.
func (w *walker) pairs(y *yaml.Node, depth int) (pairs []Pair, broken bool) {
	size := min(len(y.Content)/2, MaxKeys)
	pairs = make([]Pair, 0, size)
	lines := make(map[string]int, size)
	for i := 0; i+1 < len(y.Content) && w.nodes <= MaxNodes; i += 2 {
		key, pos := y.Content[i], w.pos(y.Content[i])
		if i/2 == MaxKeys {
			w.found.add(pos, "split the map", "a map with %d keys; at most %d are read", len(y.Content)/2, MaxKeys)
			break
		}
		if !w.counted(pos) {
			break
		}
		divide(key, y.Content[i+1])
		good := w.isKey(key, pos)
		broken = broken || !good
		if isMerge(key) {
			w.refuseMerge(y.Content[i+1], pos)
			continue
		}
		value := w.node(y.Content[i+1], depth, pos)
		first, twice := lines[key.Value]
		switch {
		case !good:
		case twice:
			w.found.add(pos, "keep one of them", "%s is written twice; the first is on line %d", quoteKey(key.Value), first)
		default:
			lines[key.Value] = pos.Line
			pairs = append(pairs, Pair{Key: key.Value, KeyPos: pos, Value: value})
		}
	}
	return pairs, broken
}

func isMerge(y *yaml.Node) bool {
	return y.Kind == yaml.ScalarNode && y.Value == "<<" && !isQuoted(y)
}

// refuseMerge reports a merge key at its position, once for all that it merges.
func (w *walker) refuseMerge(value *yaml.Node, pos diag.Pos) {
	anchor := ""
	for _, y := range append([]*yaml.Node{value}, value.Content...) {
		if y.Kind == yaml.AliasNode {
			anchor = cmp.Or(anchor, w.orAnchor(y))
		}
	}
	w.found.add(pos, "copy the keys to where they are used"+anchor, `a merge key ("<<")`)
}

// orAnchor notes that an alias names an anchor, and returns the rest of a hint that says where.
func (w *walker) orAnchor(alias *yaml.Node) string {
	if alias.Alias == nil {
		return ""
	}
	w.used[alias.Alias] = true
	return fmt.Sprintf(", and delete the anchor (&name) on line %d", w.pos(alias.Alias).Line)
}

// refuseAnchors reports the anchors that no alias names.
func (w *walker) refuseAnchors() {
	for _, y := range w.anchors {
		if !w.used[y] {
			w.found.add(w.pos(y), "delete it, and write the value out where it is used", "an anchor (&name)")
		}
	}
}

// isKey reports whether a key is a plain string, and adds a problem if it is not.
func (w *walker) isKey(y *yaml.Node, pos diag.Pos) bool {
	w.refuseMarks(y)
	switch {
	case y.Kind == yaml.AliasNode:
	case y.Kind == yaml.MappingNode, y.Kind == yaml.SequenceNode:
		w.found.add(pos, "write a name; put a value with { } or [ ] in quotes", "a key that is a map or a list")
	case isNull(y):
		w.found.add(pos, "write a name, or put it in quotes", "a key that is null")
	case isMerge(y): // refuseMerge says so
	default:
		if odd := OddSpace(y.Value); odd != "" {
			w.found.add(pos, spaceHint, "%s in a key", odd)
			y.Value = plainKey(y.Value)
		}
		w.refuseEscapes(y)
		return true
	}
	return false
}

// refuseMarks reports anchors, tags and aliases.
func (w *walker) refuseMarks(y *yaml.Node) {
	mark := w.markOf(y)
	switch {
	case y.Kind == yaml.AliasNode:
		w.found.add(w.pos(y), "write the value out"+w.orAnchor(y), anAlias)
	case y.Anchor != "":
		w.anchors = append(w.anchors, y)
	case y.Style&yaml.TaggedStyle != 0, mark == '!':
		w.found.add(w.pos(y), "delete it; put the value in quotes to make it a string", "a tag (!name)")
	}
}

// markOf returns the first byte of a node; a tag that consists of "!" alone leaves no other trace. Nodes come in the order
// of the file, so that the cursor only moves forward: a file of one long line is read once, not once per node.
func (w *walker) markOf(y *yaml.Node) byte {
	pos := diag.Pos{Line: w.pos(y).Line, Col: y.Column} // in the text, not in the file
	if pos.Line != w.at.Line {
		w.at, w.rest = diag.Pos{Line: pos.Line, Col: 1}, w.src.line(pos.Line)
	}
	for w.at.Col < pos.Col && len(w.rest) > 0 {
		_, size := utf8.DecodeRune(w.rest)
		w.rest = w.rest[size:]
		w.at.Col++
	}
	if w.at.Col != pos.Col || len(w.rest) == 0 {
		return 0
	}
	return w.rest[0]
}

// refuseEscapes applies the rules for characters in the file to characters written as escapes.
func (w *walker) refuseEscapes(y *yaml.Node) {
	if y.Style&yaml.DoubleQuotedStyle == 0 {
		return
	}
	for _, r := range y.Value {
		if bad := faultOf(r, utf8.RuneLen(r)); bad.what != "" {
			w.found.add(w.pos(y), "delete the escape", "%s (U+%04X), written as an escape", bad.what, r)
			y.Value = strings.Map(func(r rune) rune {
				if faultOf(r, utf8.RuneLen(r)).drop {
					return -1
				}
				return r
			}, y.Value)
			return
		}
	}
}

// counted counts a node, and reports whether the limit allows it.
func (w *walker) counted(pos diag.Pos) bool {
	w.nodes++
	if w.nodes == MaxNodes+1 {
		w.found.add(pos, "split the file", "the file contains more than %d values", MaxNodes)
	}
	return w.nodes <= MaxNodes
}

func (w *walker) reportDepth(pos diag.Pos) {
	if !w.deep {
		w.deep = true
		w.found.add(pos, "", "%s", tooDeep)
	}
}

func (w *walker) pos(y *yaml.Node) diag.Pos { return w.src.pos(y.Line-1, y.Column) }

func isQuoted(y *yaml.Node) bool {
	return y.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
}

func isNull(y *yaml.Node) bool {
	return y.Kind == yaml.ScalarNode && y.Tag == "!!null" && !isQuoted(y)
}

// isEmpty reports whether there is no node in the text. yaml.v3 then gives the position of the next token, or none.
func isEmpty(y *yaml.Node) bool { return isNull(y) && y.Value == "" }

var harmlessKey = regexp.MustCompile(`^[A-Za-z0-9_.<-]{1,31}$`)

// quoteKey quotes a key, unless it may be a misplaced secret.
func quoteKey(key string) string {
	if harmlessKey.MatchString(key) && !scalar.LooksSecret(key) {
		return fmt.Sprintf("key %q", key)
	}
	return "a key"
}
