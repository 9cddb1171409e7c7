package manifest

import (
	"bytes"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/edit"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// extension is a manifest that is about to be extended.
type extension struct {
	edit.Text

	margin  int           // of its keys
	inBrace bool          // it is a flow map, as in JSON
	vendors yamltree.Pair // without a key if there is none
	end     int           // offset of the line after the vendors, with the blank lines and comments in front of it
}

func newExtension(text []byte, root *yamltree.Node) *extension {
	t := &extension{Text: edit.NewText(text), margin: root.Pairs[0].KeyPos.Col - 1, vendors: yamltree.Pair{Value: &yamltree.Node{}}}
	t.inBrace = t.At(root.Pos) == '{'
	t.end = len(text)
	if i := bytes.LastIndex(text, []byte("\n...")); i >= 0 {
		t.end = i + 1
	}
	for i, pair := range root.Pairs {
		if pair.Key == "vendors" {
			t.vendors = pair
			if i+1 < len(root.Pairs) {
				t.end = t.Offset(diag.Pos{Line: root.Pairs[i+1].KeyPos.Line, Col: 1})
			}
		}
	}
	return t
}

// afterKey adds an entry to an empty list on the line of its key, or to a manifest without a list. It returns nil for others.
func (t *extension) afterKey(entry Draft) []byte {
	if t.inBrace || len(t.vendors.Value.Items) > 0 {
		return nil
	}
	if t.vendors.Key == "" {
		return t.Insert(t.end, strings.Repeat(" ", t.margin)+"vendors:\n"+entry.block(t.margin+margin))
	}
	key := t.Offset(t.vendors.KeyPos)
	line := t.LineEnd(key)
	out := t.Text
	if value := t.Offset(t.vendors.Value.Pos); value != key {
		end := value + len("null")
		switch t.At(t.vendors.Value.Pos) {
		case '[':
			end, _ = t.Closing(value)
		case '~':
			end = value + 1
		default:
		}
		if value > line || end < 0 || bytes.ContainsRune(t.Bytes[value:end], '\n') {
			return nil
		}
		head := bytes.TrimRight(t.Bytes[:value], " \t")
		out.Bytes = slices.Concat(head, t.Bytes[end:])
		line -= len(t.Bytes) - len(out.Bytes)
	}
	return out.Insert(line, entry.block(t.margin+margin))
}

// afterLast adds an entry after the last one of a block sequence, in front of the comments about what follows.
func (t *extension) afterLast(entry Draft) []byte {
	indent := t.vendors.Value.Pos.Col - 1
	end := t.end
	for end > 0 {
		start := bytes.LastIndexByte(t.Bytes[:end-1], '\n') + 1
		line := bytes.TrimLeft(t.Bytes[start:end], " \t")
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
	if t.vendors.Value.Kind != yamltree.List || t.At(t.vendors.Value.Pos) != '-' {
		return nil
	}
	return t.Insert(at, entry.block(t.vendors.Value.Pos.Col-1))
}

// inFlow adds an entry to a flow sequence. It returns nil for other lists, and for an empty one that can become a block sequence.
func (t *extension) inFlow(entry Draft) []byte {
	list := t.vendors.Value
	open := t.Offset(list.Pos)
	if list.Kind != yamltree.List || t.At(list.Pos) != '[' {
		return nil
	}
	after, last := t.Closing(open)
	end := after - 1
	if end < 0 || len(list.Items) == 0 && !t.inBrace && !bytes.ContainsRune(t.Bytes[open:end], '\n') && t.vendors.KeyPos.Line == list.Pos.Line {
		return nil
	}
	indent := t.margin + margin
	lineStart := bytes.LastIndexByte(t.Bytes[:end], '\n') + 1
	alone := len(bytes.TrimSpace(t.Bytes[lineStart:end])) == 0 // the bracket is on a line of its own
	if n := len(list.Items); n > 0 && alone {
		if first := t.lineMargin(list.Items[n-1].Pos); first >= 0 {
			indent = first
		}
	}
	comma := ","
	if last := t.Bytes[last]; last == ',' || last == '[' {
		comma = ""
	}
	head := slices.Concat(t.Bytes[:last+1], []byte(comma))
	rest := entry.flow(indent)
	if alone {
		head = slices.Concat(head, t.Bytes[last+1:lineStart])
		return slices.Concat(head, []byte(t.Lines(rest+"\n")), t.Bytes[lineStart:])
	}
	return slices.Concat(head, []byte(t.Lines("\n")+t.Lines(rest)), t.Bytes[end:])
}

// lineMargin returns the indentation of the line of a position, or -1 if something precedes the position.
func (t *extension) lineMargin(pos diag.Pos) int {
	at := t.Offset(pos)
	start := bytes.LastIndexByte(t.Bytes[:at], '\n') + 1
	if len(bytes.Trim(t.Bytes[start:at], " ")) > 0 {
		return -1
	}
	return at - start
}
