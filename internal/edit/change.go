package edit

import (
	"bytes"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// replace replaces the value of a pair.
func (e *editor) replace(b block, i int, value string) []byte {
	colon, from, to := e.extent(b, i)
	if to < 0 {
		return nil
	}
	key := e.Offset(b.node.Pairs[i].KeyPos)
	above := e.above(key, e.kept(b.node.Pairs[i].Value, value, from, to))
	start := e.LineStart(key)
	head := string(e.Bytes[start:colon]) + " " + value
	if e.LineStart(from) == start {
		return e.Replace(start, to, above+head)
	}
	rest := strings.TrimRight(string(e.Bytes[colon:e.LineEnd(colon)]), "\r\n") // a comment beside the key
	between := e.kept(b.node.Pairs[i].Value, value, e.LineEnd(colon), from)
	return e.Replace(start, to, e.above(key, between)+above+head+rest)
}

// remove removes a pair.
func (e *editor) remove(b block, i int) []byte {
	_, from, to := e.extent(b, i)
	if to < 0 {
		return nil
	}
	key := e.Offset(b.node.Pairs[i].KeyPos)
	if !e.flow(b.node) {
		end := e.LineEnd(to)
		return e.Replace(e.LineStart(key), end, e.above(key, e.comments(key, end)))
	}
	above := e.above(key, e.comments(from, to))
	start := e.LineStart(key)
	switch {
	case i > 0:
		_, _, before := e.extent(b, i-1)
		return e.Replace(start, to, above+string(e.Bytes[start:before]))
	case len(b.node.Pairs) > 1:
		return e.Replace(start, e.Offset(b.node.Pairs[1].KeyPos), above+string(e.Bytes[start:key]))
	default:
		return e.Replace(start, to, above+string(e.Bytes[start:key]))
	}
}

// insert adds an attribute that the mapping does not have.
func (e *editor) insert(b block, keys []string, value string) []byte {
	if value == "" {
		return e.Bytes
	}
	before := b.before(keys[0])
	if e.flow(b.node) {
		return e.insertInFlow(b, before, keys[0]+": "+nested(keys[1:], value))
	}
	return e.place(b, before, lines(b.node.Pairs[0].KeyPos.Col-1, keys, value))
}

// place inserts the lines of a new key after a pair of a block mapping, or first if before is -1.
func (e *editor) place(b block, before int, text string) []byte {
	switch {
	case before >= 0:
		pair := b.node.Pairs[before]
		at := e.lastLine(e.Offset(pair.KeyPos), e.next(b, before), pair.KeyPos.Col-1)
		return e.Insert(e.LineEnd(at), text)
	case b.indent >= 0:
		return e.Insert(b.from, text)
	default:
		return e.Insert(e.LineStart(e.Offset(b.node.Pairs[0].KeyPos)), text)
	}
}

// before returns the pair after which a new key belongs; -1 if it comes first.
func (b block) before(key string) int {
	if b.order.Free() || b.order.Empty() {
		return len(b.node.Pairs) - 1
	}
	out, most := -1, -1
	for i, p := range b.node.Pairs {
		if at := b.order.Index(p.Key); at > most && at < b.order.Index(key) {
			out, most = i, at
		}
	}
	return out
}

func (e *editor) insertInFlow(b block, before int, text string) []byte {
	if before >= 0 {
		if _, _, to := e.extent(b, before); to >= 0 {
			return e.Replace(to, to, ", "+text)
		}
		return nil
	}
	if len(b.node.Pairs) > 0 {
		at := e.Offset(b.node.Pairs[0].KeyPos)
		return e.Replace(at, at, text+", ")
	}
	at := e.Offset(b.node.Pos) + 1
	return e.Replace(at, at, text)
}

// comments returns the comments between two offsets, without their line ends.
func (e *editor) comments(from, to int) []string {
	var out []string
	for _, at := range e.commentsAt(from, to) {
		out = append(out, e.comment(at))
	}
	return out
}

// comment returns the comment at an offset, without its line end.
func (e *editor) comment(at int) string { return strings.TrimSpace(string(e.Bytes[at:e.LineEnd(at)])) }

// kept returns the comments between two offsets of a value, without those about items of a list that the new value does not have.
func (e *editor) kept(old *yamltree.Node, value string, from, to int) []string {
	is, err := parseValue(value)
	var out []string
	for _, at := range e.commentsAt(from, to) {
		item := e.itemOf(old, at)
		dropped := item != nil && err == nil && is.Kind == yamltree.List && !slices.ContainsFunc(is.Items, func(other *yamltree.Node) bool { return same(item, other) })
		if !dropped {
			out = append(out, e.comment(at))
		}
	}
	return out
}

// itemOf returns the item of a list that a comment is about: the one that it is beside or in, or that begins below it. It is nil if there is
// none.
func (e *editor) itemOf(list *yamltree.Node, comment int) *yamltree.Node {
	var item *yamltree.Node
	for _, next := range list.Items {
		at := e.Offset(next.Pos)
		if at > comment && len(bytes.TrimSpace(e.Bytes[e.LineStart(comment):comment])) > 0 { // beside what is before
			break
		}
		if at > comment && len(e.uncommented(comment, at)) > 0 {
			break
		}
		if item = next; at > comment {
			return item
		}
	}
	if last := len(list.Items) - 1; last >= 0 && item == list.Items[last] && len(bytes.TrimSpace(e.Bytes[e.LineStart(comment):comment])) == 0 {
		return nil // below all of them
	}
	return item
}

// uncommented returns what is between two offsets on whole lines, apart from comments, blanks and the dash of the last line.
func (e *editor) uncommented(from, to int) []byte {
	var out []byte
	for at := from; e.LineEnd(at) <= to; at = e.LineEnd(at) {
		if line := bytes.TrimSpace(e.Bytes[at:e.LineEnd(at)]); len(line) > 0 && line[0] != '#' {
			out = append(out, line...)
		}
	}
	return out
}

// commentsAt returns where the comments between two offsets begin.
func (e *editor) commentsAt(from, to int) []int {
	var out []int
	last := max(0, len(bytes.TrimRight(e.Bytes[:from], " \t\r\n"))-1)
	for i := from; i < to; {
		next, comment := e.token(i, last)
		switch c := e.Bytes[i]; {
		case comment:
			out = append(out, i)
		case (c == '|' || c == '>') && (e.Bytes[last] == ':' || e.isDash(last, i)):
			next = e.afterText(i)
		case strings.IndexByte(" \t\r\n", c) < 0:
			last = next - 1
		}
		i = next
	}
	return slices.Clip(out)
}

// afterText returns the start of the line after a block of text. # begins no comment in it.
func (e *editor) afterText(at int) int {
	margin := func(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " ")) }
	of := margin(e.Bytes[e.LineStart(at):])
	for at = e.LineEnd(at); at < len(e.Bytes); at = e.LineEnd(at) {
		if line := e.Bytes[at:e.LineEnd(at)]; margin(line) <= of && len(bytes.TrimSpace(line)) > 0 {
			break
		}
	}
	return at
}

// above returns comments as lines with the indentation of the line of a key.
func (e *editor) above(key int, comments []string) string {
	start := e.LineStart(key)
	line := string(e.Bytes[start:key])
	margin := line[:len(line)-len(strings.TrimLeft(line, " "))]
	var out strings.Builder
	for _, c := range comments {
		out.WriteString(margin + c + "\n")
	}
	return e.Lines(out.String())
}
