package manifest

import (
	"bytes"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// extension is a manifest that is about to be extended.
type extension struct {
	text    []byte
	newline string
	margin  int           // of its keys
	inBrace bool          // it is a flow map, as in JSON
	vendors yamltree.Pair // without a key if there is none
	end     int           // offset of the line after the vendors, with the blank lines and comments in front of it
}

func newExtension(text []byte, root *yamltree.Node) *extension {
	t := &extension{text: text, newline: "\n", margin: root.Pairs[0].KeyPos.Col - 1, vendors: yamltree.Pair{Value: &yamltree.Node{}}}
	if first, _, _ := bytes.Cut(text, []byte("\n")); bytes.HasSuffix(first, []byte("\r")) {
		t.newline = "\r\n"
	}
	t.inBrace = t.byteAt(root.Pos) == '{'
	t.end = len(text)
	if i := bytes.LastIndex(text, []byte("\n...")); i >= 0 {
		t.end = i + 1
	}
	for i, pair := range root.Pairs {
		if pair.Key == "vendors" {
			t.vendors = pair
			if i+1 < len(root.Pairs) {
				t.end = t.offset(diag.Pos{Line: root.Pairs[i+1].KeyPos.Line, Col: 1})
			}
		}
	}
	return t
}

// offset returns where a position is in the text.
func (t *extension) offset(pos diag.Pos) int {
	at := len(t.text) - len(bytes.TrimPrefix(t.text, []byte("\uFEFF")))
	for range pos.Line - 1 {
		at += bytes.IndexByte(t.text[at:], '\n') + 1
	}
	rest := string(t.text[at:])
	for i := range rest {
		if pos.Col--; pos.Col == 0 {
			return at + i
		}
	}
	return len(t.text)
}

func (t *extension) byteAt(pos diag.Pos) byte {
	if at := t.offset(pos); at < len(t.text) {
		return t.text[at]
	}
	return 0
}

// afterKey adds an entry to an empty list on the line of its key, or to a manifest without a list. It returns nil for others.
func (t *extension) afterKey(entry Draft) []byte {
	if t.inBrace || len(t.vendors.Value.Items) > 0 {
		return nil
	}
	if t.vendors.Key == "" {
		return t.insert(t.end, strings.Repeat(" ", t.margin)+"vendors:\n"+entry.block(t.margin+margin))
	}
	key := t.offset(t.vendors.KeyPos)
	line := t.lineEnd(key)
	out := &extension{text: t.text, newline: t.newline}
	if value := t.offset(t.vendors.Value.Pos); value != key {
		end := value + len("null")
		switch t.byteAt(t.vendors.Value.Pos) {
		case '[':
			end, _ = t.closing(value)
		case '~':
			end = value + 1
		default:
		}
		if value > line || end < 0 || bytes.ContainsRune(t.text[value:end], '\n') {
			return nil
		}
		head := bytes.TrimRight(t.text[:value], " \t")
		out.text = slices.Concat(head, t.text[end:])
		line -= len(t.text) - len(out.text)
	}
	return out.insert(line, entry.block(t.margin+margin))
}

// afterLast adds an entry after the last one of a block sequence, in front of the comments about what follows.
func (t *extension) afterLast(entry Draft) []byte {
	indent := t.vendors.Value.Pos.Col - 1
	end := t.end
	for end > 0 {
		start := bytes.LastIndexByte(t.text[:end-1], '\n') + 1
		line := bytes.TrimLeft(t.text[start:end], " \t")
		left := end - start - len(line)
		line = bytes.TrimSpace(line)
		if len(line) > 0 && (line[0] != '#' || left > indent) {
			break
		}
		end = start
	}
	return t.inBlock(end, entry)
}

// beforeNext adds an entry directly in front of the key that follows the vendors.
func (t *extension) beforeNext(entry Draft) []byte { return t.inBlock(t.end, entry) }

// inBlock adds an entry to a block sequence, at an offset. It returns nil for other lists.
func (t *extension) inBlock(at int, entry Draft) []byte {
	if t.vendors.Value.Kind != yamltree.List || t.byteAt(t.vendors.Value.Pos) != '-' {
		return nil
	}
	return t.insert(at, entry.block(t.vendors.Value.Pos.Col-1))
}

// inFlow adds an entry to a flow sequence. It returns nil for other lists, and for an empty one that can become a block sequence.
func (t *extension) inFlow(entry Draft) []byte {
	list := t.vendors.Value
	open := t.offset(list.Pos)
	if list.Kind != yamltree.List || t.byteAt(list.Pos) != '[' {
		return nil
	}
	after, last := t.closing(open)
	end := after - 1
	if end < 0 || len(list.Items) == 0 && !t.inBrace && !bytes.ContainsRune(t.text[open:end], '\n') && t.vendors.KeyPos.Line == list.Pos.Line {
		return nil
	}
	indent := t.margin + margin
	lineStart := bytes.LastIndexByte(t.text[:end], '\n') + 1
	alone := len(bytes.TrimSpace(t.text[lineStart:end])) == 0 // the bracket is on a line of its own
	if n := len(list.Items); n > 0 && alone {
		if first := t.lineMargin(list.Items[n-1].Pos); first >= 0 {
			indent = first
		}
	}
	comma := ","
	if last := t.text[last]; last == ',' || last == '[' {
		comma = ""
	}
	head := slices.Concat(t.text[:last+1], []byte(comma))
	rest := entry.flow(indent)
	if alone {
		head = slices.Concat(head, t.text[last+1:lineStart])
		return slices.Concat(head, []byte(t.lines(rest+"\n")), t.text[lineStart:])
	}
	return slices.Concat(head, []byte(t.newline+t.lines(rest)), t.text[end:])
}

// lineMargin returns the indentation of the line of a position, or -1 if something precedes the position.
func (t *extension) lineMargin(pos diag.Pos) int {
	at := t.offset(pos)
	start := bytes.LastIndexByte(t.text[:at], '\n') + 1
	if len(bytes.Trim(t.text[start:at], " ")) > 0 {
		return -1
	}
	return at - start
}

// insert inserts whole lines at an offset, which is the start of a line or the end of the text.
func (t *extension) insert(at int, lines string) []byte {
	head := t.text[:at]
	if len(head) > 0 && head[len(head)-1] != '\n' {
		lines = "\n" + lines
	}
	return slices.Concat(head, []byte(t.lines(lines)), t.text[at:])
}

// lines gives lines the line ends of the manifest.
func (t *extension) lines(text string) string { return strings.ReplaceAll(text, "\n", t.newline) }

func (t *extension) lineEnd(at int) int {
	if i := bytes.IndexByte(t.text[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(t.text)
}

// closing returns the offset after the bracket that closes the one at an offset, -1 if there is none, and the offset of the last
// character in between that is no space and in no comment. A quote begins only where a value can, and a comment after a space.
func (t *extension) closing(open int) (end, last int) {
	depth, last := 0, open
	for i := open; i < len(t.text); i++ {
		switch c := t.text[i]; {
		case c == ' ', c == '\t', c == '\r', c == '\n':
			continue
		case c == '#' && strings.IndexByte(" \t\n", t.text[i-1]) >= 0:
			i = t.lineEnd(i) - 1
			continue
		case (c == '"' || c == '\'') && strings.IndexByte("[{,:", t.text[last]) >= 0:
			i = t.quoted(i)
		case c == '[', c == '{':
			depth++
		case c == ']', c == '}':
			if depth--; depth == 0 {
				return i + 1, last
			}
		}
		last = min(i, len(t.text)-1)
	}
	return -1, open
}

// quoted returns the offset of the quote that closes the one at an offset, or the end of the text.
func (t *extension) quoted(open int) int {
	for i := open + 1; i < len(t.text); i++ {
		switch {
		case t.text[i] == '\\' && t.text[open] == '"':
			i++
		case t.text[i] != t.text[open]:
		case t.text[open] == '\'' && i+1 < len(t.text) && t.text[i+1] == '\'':
			i++
		default:
			return i
		}
	}
	return len(t.text)
}
