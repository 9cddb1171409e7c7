package edit

import (
	"bytes"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// editor changes one attribute in a text.
type editor struct{ Text }

// block is a mapping with the part of the text that it takes up.
type block struct {
	node     *yamltree.Node
	order    attr.Order
	from, to int // from is the start of the line after its key; to is the start of the line of what follows
	indent   int // of its key; -1 if it has none
}

func (e *editor) flow(n *yamltree.Node) bool { return e.At(n.Pos) == '{' }

// change sets the attribute with these keys, or removes it if the value is empty.
func (e *editor) change(b block, keys []string, value string) []byte {
	i := find(b.node, keys[0])
	if i < 0 {
		return e.insert(b, keys, value)
	}
	pair := b.node.Pairs[i]
	to := e.next(b, i)
	switch below := pair.Value; {
	case len(keys) > 1 && below.Kind == yamltree.Map && len(below.Pairs) > 0:
		inner := block{node: below, order: b.order.Below(keys[0]), from: e.LineEnd(e.Offset(pair.KeyPos)), to: to, indent: pair.KeyPos.Col - 1}
		return e.change(inner, keys[1:], value)
	case value == "":
		return e.remove(b, i)
	case len(keys) > 1 && below.Kind == yamltree.Null && !e.flow(b.node) && below.Pos == pair.KeyPos:
		return e.Insert(e.LineEnd(e.Offset(pair.KeyPos)), lines(pair.KeyPos.Col+1, keys[1:], value))
	default:
		return e.replace(b, i, nested(keys[1:], value))
	}
}

func find(n *yamltree.Node, key string) int {
	for i, p := range n.Pairs {
		if p.Key == key {
			return i
		}
	}
	return -1
}

// next returns the start of the line of what follows a pair of a block mapping.
func (e *editor) next(b block, i int) int {
	if i+1 < len(b.node.Pairs) && !e.flow(b.node) {
		return e.LineStart(e.Offset(b.node.Pairs[i+1].KeyPos))
	}
	return b.to
}

// nested returns a value below keys as a flow mapping.
func nested(keys []string, value string) string {
	if len(keys) == 0 {
		return value
	}
	return "{" + keys[0] + ": " + nested(keys[1:], value) + "}"
}

// lines returns a value below keys as a block mapping with an indentation.
func lines(indent int, keys []string, value string) string {
	head := strings.Repeat(" ", indent) + keys[0] + ":"
	if len(keys) == 1 {
		return head + " " + value + "\n"
	}
	return head + "\n" + lines(indent+2, keys[1:], value)
}

// extent returns where the value of a pair is. The text from the end of its key to from is white space and comments.
func (e *editor) extent(b block, i int) (colon, from, to int) {
	pair := b.node.Pairs[i]
	colon = e.colon(e.Offset(pair.KeyPos))
	v, flow := pair.Value, e.flow(b.node)
	from = e.Offset(v.Pos)
	switch c := e.At(v.Pos); {
	case v.Kind == yamltree.Null && from < colon:
		return colon, colon, colon
	case v.Kind == yamltree.Null && c == '~':
		return colon, from, from + 1
	case v.Kind == yamltree.Null:
		return colon, from, from + len("null")
	case c == '"' || c == '\'':
		return colon, from, e.Quoted(from)
	case v.Kind == yamltree.Scalar && (c == '|' || c == '>') && !flow:
		return colon, from, e.lastLine(from, e.next(b, i), pair.KeyPos.Col-1)
	case v.Kind == yamltree.Scalar:
		return colon, from, e.plain(from, v.Text, flow)
	case c == '[' || c == '{':
		to, _ = e.Closing(from)
		return colon, from, to
	default:
		return colon, from, e.lastLine(from, e.next(b, i), pair.KeyPos.Col-1)
	}
}

// colon returns the offset after the colon of a key.
func (e *editor) colon(key int) int {
	if c := e.Bytes[key]; c == '"' || c == '\'' {
		key = e.Quoted(key)
	}
	for i := key; i < len(e.Bytes); i++ {
		if e.Bytes[i] == ':' {
			return i + 1
		}
	}
	return len(e.Bytes)
}

// plain returns the end of a scalar without quotes, which may continue on the next lines; -1 if it cannot be found.
func (e *editor) plain(from int, text string, flow bool) int {
	read := ""
	for line := from; line < len(e.Bytes); line = e.LineEnd(line) {
		end := line
		for ; end < len(e.Bytes) && e.Bytes[end] != '\n'; end++ {
			c := e.Bytes[end]
			if flow && strings.IndexByte(",[]{}", c) >= 0 || c == '#' && end > line && (e.Bytes[end-1] == ' ' || e.Bytes[end-1] == '\t') {
				break
			}
		}
		end = line + len(bytes.TrimRight(e.Bytes[line:end], " \t\r"))
		read = strings.TrimSpace(read + " " + strings.TrimLeft(string(e.Bytes[line:end]), " \t"))
		if read == text {
			return end
		}
	}
	return -1
}

// lastLine returns the end of the last line of a value that begins at from, without its line end. to is the start of what follows. Blank
// lines and comments in front of that belong to it, except for comments that are indented deeper than the key.
func (e *editor) lastLine(from, to, indent int) int {
	for at := to; at > from; {
		start := e.LineStart(at - 1)
		line := e.Bytes[start:at]
		margin := len(line) - len(bytes.TrimLeft(line, " \t"))
		line = bytes.TrimSpace(line)
		blank := len(line) == 0
		comment := len(line) > 0 && line[0] == '#' && margin <= indent
		if start <= from || !blank && !comment && string(line) != "..." {
			return start + len(bytes.TrimRight(e.Bytes[start:at], " \t\r\n"))
		}
		at = start
	}
	return from
}
