package detect

import (
	"bytes"
	"unicode/utf8"
)

// lineCounter turns ascending offsets into lines and columns.
type lineCounter struct {
	data      []byte
	pos       int // lines and columns are counted up to here
	line, col int // of pos, from 0
}

func (l *lineCounter) at(offset int) (line, col int) {
	piece := l.data[l.pos:offset]
	if i := bytes.LastIndexByte(piece, '\n'); i >= 0 {
		l.line += bytes.Count(piece, []byte("\n"))
		l.col = 0
		piece = piece[i+1:]
	}
	l.col += utf8.RuneCount(piece)
	l.pos = offset
	return l.line + 1, l.col + 1
}
