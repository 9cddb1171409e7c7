package registry

import (
	"strings"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// markTexts finds the lines in which # is text: those of block scalars, and the continuation lines of quoted text.
// indent is the number of characters before the mapping or list that contains the node.
func (f *formatter) markTexts(n *yamltree.Node, indent int) {
	switch n.Kind {
	case yamltree.Map:
		for _, p := range n.Pairs {
			f.markTexts(p.Value, n.Pos.Col-1)
		}
	case yamltree.List:
		for _, item := range n.Items {
			f.markTexts(item, n.Pos.Col-1)
		}
	case yamltree.Scalar:
		switch quote := f.at(n.Pos); quote {
		case '"', '\'':
			f.markQuoted(n.Pos, quote)
		case '|', '>':
			f.markBlock(n.Pos, indent)
		}
	case yamltree.Null:
	}
}

// rest returns a line from a position on. Positions mostly come in the order of the file: a long line is read once, not once for
// each of its values.
func (f *formatter) rest(pos diag.Pos) string {
	if pos.Line != f.cursor.Line || pos.Col < f.cursor.Col {
		f.cursor, f.ahead = diag.Pos{Line: pos.Line, Col: 1}, f.lines[pos.Line]
	}
	for ; f.cursor.Col < pos.Col && f.ahead != ""; f.cursor.Col++ {
		_, size := utf8.DecodeRuneInString(f.ahead)
		f.ahead = f.ahead[size:]
	}
	return f.ahead
}

func (f *formatter) at(pos diag.Pos) byte {
	if rest := f.rest(pos); rest != "" {
		return rest[0]
	}
	return 0
}

// markQuoted marks the lines of quoted text after the first, including the one with the closing quote.
func (f *formatter) markQuoted(pos diag.Pos, quote byte) {
	text := f.rest(pos)[1:]
	for line := pos.Line; ; {
		for i := 0; i < len(text); i++ {
			switch {
			case quote == '"' && text[i] == '\\', quote == '\'' && strings.HasPrefix(text[i:], "''"):
				i++
			case text[i] == quote:
				return
			}
		}
		if line++; line == len(f.lines) {
			return
		}
		f.within[line], text = true, f.lines[line]
	}
}

// markBlock marks the lines of a block of text, which its first line or its header says how deep to look for. Of the blank
// lines after it those count that its header keeps.
func (f *formatter) markBlock(pos diag.Pos, indent int) {
	header := strings.Fields(f.rest(pos))[0]
	keeps := strings.Contains(header, "+")
	depth := 0
	if i := strings.IndexAny(header, "123456789"); i >= 0 {
		depth = max(0, indent) + int(header[i]-'0')
	} else {
		for line := pos.Line + 1; line < len(f.lines) && depth == 0; line++ {
			if strings.TrimSpace(f.lines[line]) != "" {
				depth = max(f.spaces(line), indent+1)
			}
		}
	}
	last := pos.Line
	for line := pos.Line + 1; line < len(f.lines); line++ {
		empty := strings.TrimSpace(f.lines[line]) == ""
		if !empty && f.spaces(line) < depth {
			break
		}
		if !empty || keeps || f.spaces(line) > depth {
			last = line
		}
	}
	for line := pos.Line + 1; line <= last; line++ {
		f.within[line] = true
	}
}

// spaces returns the indentation of a line.
func (f *formatter) spaces(line int) int {
	text := strings.TrimRight(f.lines[line], "\r\n")
	return len(text) - len(strings.TrimLeft(text, " "))
}
