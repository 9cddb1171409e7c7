// Package edit changes single values in the text of a YAML file. Every other line keeps its bytes, its place and its comments. It does
// not know what the values mean.
package edit

import (
	"bytes"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// Text is the text of a YAML file. Places in it are offsets of bytes.
type Text struct {
	Bytes   []byte
	newline string
}

// NewText returns the text of a file. Its first line says which line ends the file has.
func NewText(data []byte) Text {
	t := Text{Bytes: data, newline: "\n"}
	if first, _, _ := bytes.Cut(data, []byte("\n")); bytes.HasSuffix(first, []byte("\r")) {
		t.newline = "\r\n"
	}
	return t
}

// Offset returns where a position is in the text.
func (t Text) Offset(pos diag.Pos) int {
	at := len(t.Bytes) - len(bytes.TrimPrefix(t.Bytes, []byte("\uFEFF")))
	for range pos.Line - 1 {
		at += bytes.IndexByte(t.Bytes[at:], '\n') + 1
	}
	rest := string(t.Bytes[at:])
	for i := range rest {
		if pos.Col--; pos.Col == 0 {
			return at + i
		}
	}
	return len(t.Bytes)
}

// At returns the byte at a position; 0 at the end.
func (t Text) At(pos diag.Pos) byte {
	if at := t.Offset(pos); at < len(t.Bytes) {
		return t.Bytes[at]
	}
	return 0
}

// Lines gives lines the line ends of the file.
func (t Text) Lines(text string) string { return strings.ReplaceAll(text, "\n", t.newline) }

// LineStart returns the start of the line of an offset.
func (t Text) LineStart(at int) int { return bytes.LastIndexByte(t.Bytes[:at], '\n') + 1 }

// LineEnd returns the start of the line after that of an offset.
func (t Text) LineEnd(at int) int {
	if i := bytes.IndexByte(t.Bytes[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(t.Bytes)
}

// Replace returns the text with other bytes from one offset to another.
func (t Text) Replace(from, to int, text string) []byte {
	return slices.Concat(t.Bytes[:from], []byte(text), t.Bytes[to:])
}

// Insert inserts whole lines at an offset, which is the start of a line or the end of the text.
func (t Text) Insert(at int, lines string) []byte {
	if at > 0 && t.Bytes[at-1] != '\n' {
		lines = "\n" + lines
	}
	return t.Replace(at, at, t.Lines(lines))
}

// Closing returns the offset after the bracket that closes the one at an offset, -1 if there is none, and the offset of the last
// character in between that is no space and in no comment.
func (t Text) Closing(open int) (end, last int) {
	depth, last := 0, open
	for i := open; i < len(t.Bytes); i++ {
		next, comment := t.token(i, last)
		switch c := t.Bytes[i]; {
		case c == ' ', c == '\t', c == '\r', c == '\n':
			continue
		case comment:
			i = next - 1
			continue
		case c == '[', c == '{':
			depth++
		case c == ']', c == '}':
			if depth--; depth == 0 {
				return i + 1, last
			}
		}
		i = next - 1
		last = min(i, len(t.Bytes)-1)
	}
	return -1, open
}

// token returns the end of the quoted text or the comment that begins at an offset, or the next offset if none does. last is the offset
// of the last character before it that is no space: a quote begins only where a value can, and a comment after a space.
func (t Text) token(at, last int) (end int, comment bool) {
	switch c := t.Bytes[at]; {
	case c == '#' && (at == 0 || strings.IndexByte(" \t\n", t.Bytes[at-1]) >= 0):
		return t.LineEnd(at), true
	case (c == '"' || c == '\'') && (strings.IndexByte("[{,:", t.Bytes[last]) >= 0 || t.isDash(last, at)):
		return t.Quoted(at), false
	}
	return at + 1, false
}

// isDash reports whether a character is the dash of an item that begins at an offset.
func (t Text) isDash(dash, item int) bool {
	return t.Bytes[dash] == '-' && dash+1 < item && (dash == 0 || strings.IndexByte(" \n", t.Bytes[dash-1]) >= 0)
}

// Quoted returns the offset after the quote that closes the one at an offset, or the end of the text.
func (t Text) Quoted(open int) int {
	for i := open + 1; i < len(t.Bytes); i++ {
		switch {
		case t.Bytes[i] == '\\' && t.Bytes[open] == '"':
			i++
		case t.Bytes[i] != t.Bytes[open]:
		case t.Bytes[open] == '\'' && i+1 < len(t.Bytes) && t.Bytes[i+1] == '\'':
			i++
		default:
			return i + 1
		}
	}
	return len(t.Bytes)
}
