// Package lexer tells whether positions in a source file are in code, a comment or a string. It has no grammar, so
// errors end with the line.
//
// # Why
//
// A simple lexer is sometimes wrong, but must not stay wrong for the rest of the file. So a string that cannot span
// lines ends with its line, whatever the line contains: an apostrophe in prose, a regular expression, a lifetime.
package lexer

import (
	"bytes"
)

// State tells where a position is: in code, in a comment or in a string.
type State int8

// The states.
const (
	Code State = iota
	Comment
	String
)

// Span is the state of a position, and where its comment or string starts and ends, without delimiters. For code, Start
// and End delimit the piece of code.
type Span struct {
	State      State
	Start, End int
}

type lexer struct {
	rules  rules
	stops  [256]bool // bytes that may begin something
	src    []byte
	pos    int
	begun  int // of the current piece of code
	places []int
	out    []Span
	nested []int // JavaScript: open braces in each template around this place
	script bool  // HTML: between script tags

	// unclosed is, for a quote that is not closed on its line, where the line ends: up to there it is a letter, and
	// looking for its end once more would take quadratic time.
	unclosed [128]int
}

// close gives all places before end, which have none yet, their state.
func (l *lexer) close(state State, start, end int) {
	for len(l.out) < len(l.places) && l.places[len(l.out)] < end {
		l.out = append(l.out, Span{state, start, end})
	}
}

// piece ends the code before pos, sets the state from start to end, and continues at next.
func (l *lexer) piece(state State, start, end, next int) {
	l.close(Code, l.begun, l.pos)
	l.close(state, start, end)
	l.close(state, start, next) // the closing marks
	l.pos, l.begun = next, next
}

func (l *lexer) at(text string) bool {
	return len(l.src)-l.pos >= len(text) && string(l.src[l.pos:l.pos+len(text)]) == text
}

// find returns the place of text at or after from, or the end of the source.
func (l *lexer) find(from int, text string) int {
	if from >= len(l.src) {
		return len(l.src)
	}
	if i := bytes.Index(l.src[from:], []byte(text)); i >= 0 {
		return from + i
	}
	return len(l.src)
}

func (l *lexer) lineEnd(from int) int { return l.find(from, "\n") }

// before returns the byte in front of a place, a line feed at the start of the file.
func (l *lexer) before(pos int) byte {
	if pos == 0 {
		return '\n'
	}
	return l.src[pos-1]
}

// significant returns the last byte before pos that is neither blank nor a line break, and whether pos begins its line.
func (l *lexer) significant(pos int) (last byte, begins bool) {
	for i := pos - 1; i >= 0; i-- {
		switch c := l.src[i]; c {
		case ' ', '\t', '\r':
		case '\n':
			begins = true
		default:
			return c, begins
		}
	}
	return '\n', true
}
