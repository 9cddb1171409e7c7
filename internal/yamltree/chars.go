package yamltree

import (
	"bytes"
	"fmt"
	"sort"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// source is a sanitised file: UTF-8 without forbidden characters, with LF line ends, and with the lines and columns of
// the original. Its text starts with an extra empty line, so that lines count from 1 and yaml.v3 never reports line 0,
// which it uses for "unknown".
type source struct {
	file   string
	text   []byte
	starts []int // offset of each line in text
	widths []int // characters of each line, without its break

	// dropped has for each line with characters that text lacks the column in text before which each of them was.
	dropped map[int][]int
}

// newSource copies the data. It reports and replaces characters that a file must not contain.
func newSource(file string, data []byte, found *collector) *source {
	lines := bytes.Count(data, []byte{'\n'}) + 2
	s := &source{file: file, text: make([]byte, 0, len(data)+1), starts: make([]int, 1, lines), widths: make([]int, 0, lines), dropped: map[int][]int{}}
	s.endLine(0)
	data = bytes.TrimPrefix(plainSpaces(file, data, found), []byte("\uFEFF"))
	col, inBadBytes := 1, false
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		bad := faultOf(r, size)
		switch {
		case r == '\n':
			s.endLine(col - 1)
			col = 0
		case r == '\r' && i+1 < len(data) && data[i+1] == '\n':
			col-- // the pair is one line end
		case bad.what == "":
			s.text = append(s.text, data[i:i+size]...)
		default:
			if bad.drop {
				line := len(s.starts) - 1
				s.dropped[line] = append(s.dropped[line], col-len(s.dropped[line]))
			} else {
				s.text = append(s.text, bad.swap)
			}
			if !bad.encoding {
				found.addSpelling(s.here(col), bad.hint, fmt.Sprintf("%s (U+%04X)", bad.what, r))
			} else if !inBadBytes {
				found.addSpelling(s.here(col), bad.hint, bad.what)
			}
		}
		inBadBytes = bad.encoding
		i, col = i+size, col+1
	}
	s.widths = append(s.widths, col-1)
	s.replaceTabs(found)
	s.refuseDirectives(found)
	return s
}

func (s *source) endLine(width int) {
	s.text = append(s.text, '\n')
	s.starts, s.widths = append(s.starts, len(s.text)), append(s.widths, width)
}

// here returns a position on the current line.
func (s *source) here(col int) diag.Pos {
	return diag.Pos{File: s.file, Line: len(s.starts) - 1, Col: col}
}

// lines returns the number of lines, at least 1. An empty line after the last line break does not count.
func (s *source) lines() int {
	last := len(s.starts) - 1
	if last > 1 && s.widths[last] == 0 {
		last--
	}
	return last
}

// line returns the text of an existing line, without its line break.
func (s *source) line(n int) []byte {
	end := len(s.text)
	if n+1 < len(s.starts) {
		end = s.starts[n+1] - 1
	}
	return s.text[s.starts[n]:end]
}

// pos returns the given position, or the nearest one inside the file. The position after the last character of a line is inside.
func (s *source) pos(line, col int) diag.Pos {
	switch last := s.lines(); {
	case line < 1:
		line, col = 1, 1
	case line > last:
		line, col = last, s.widths[last]+1
	default:
		gaps := s.dropped[line]
		col += sort.Search(len(gaps), func(i int) bool { return gaps[i] > col })
	}
	return diag.Pos{File: s.file, Line: line, Col: max(1, min(col, s.widths[line]+1))}
}

// crowded returns the position at which the file exceeds the limit on line breaks, commas and complex keys. Limiting them limits
// the memory that yaml.v3 needs: without them, a file has only a few values per nesting level.
func (s *source) crowded() (pos diag.Pos, over bool) {
	line, count := 0, 0
	for i, c := range s.text {
		complexKey := c == '?' && i+1 < len(s.text) && (s.text[i+1] == ' ' || s.text[i+1] == '\n')
		if c != '\n' && c != ',' && !complexKey {
			continue
		}
		if count++; count > MaxNodes+1 { // the empty line in front has an end, too
			return s.pos(line, utf8.RuneCount(s.text[s.starts[line]:i])+1), true
		}
		if c == '\n' {
			line++
		}
	}
	return diag.Pos{}, false
}

// replaceTabs reports lines that are indented with a tab, and replaces the tabs with spaces. It does not report lines
// with only a comment, which yaml.v3 would stop at.
func (s *source) replaceTabs(found *collector) {
	for n := 1; n < len(s.starts); n++ {
		line := s.line(n)
		rest := bytes.TrimLeft(line, " \t")
		indent := line[:len(line)-len(rest)]
		tab := bytes.IndexByte(indent, '\t')
		if tab < 0 {
			continue
		}
		if len(rest) > 0 && rest[0] != '#' {
			found.addSpelling(s.pos(n, tab+1), "indent with spaces", tabbed)
		}
		for i := range indent {
			indent[i] = ' '
		}
	}
}

// fault is what is wrong with a character. The zero value means that it is allowed.
type fault struct {
	what, hint string
	swap       byte // replaces the character
	drop       bool // nothing replaces it: without it, the text is what it looks like
	encoding   bool // the bytes are no character at all
}

// invisible reports whether a character is invisible but not a space. Names that contain one look like other names.
func invisible(r rune) bool {
	switch r {
	case 0xAD, 0x34F, 0x115F, 0x1160, 0x180E, 0x2800, 0x3164, 0xFFA0:
		return true
	default:
		return r >= 0x200B && r <= 0x200D || r >= 0x2060 && r <= 0x2064 || r >= 0xE0000 && r <= 0xE007F
	}
}

// refuseDirectives reports lines that start with "%" and turns them into comments. Our files do not need YAML directives.
func (s *source) refuseDirectives(found *collector) {
	for line := 1; line < len(s.starts); line++ {
		if at := s.starts[line]; at < len(s.text) && s.text[at] == '%' {
			found.add(s.pos(line, 1), "delete it, or put the value in quotes", `a line that begins with "%%"`)
			s.text[at] = '#'
		}
	}
}

// faultOf returns what is wrong with a character that was decoded from size bytes.
func faultOf(r rune, size int) fault {
	switch {
	case r >= ' ' && r < 0x7F, r == '\n', r == '\t':
		return fault{}
	case r == utf8.RuneError && size == 1:
		return fault{what: "bytes that are not UTF-8", hint: "save the file as UTF-8", swap: '_', encoding: true}
	case r == '\r':
		return fault{what: "a carriage return without a line feed", hint: "end lines with LF or CRLF", swap: ' '}
	case r == 0x85, r == 0x2028, r == 0x2029:
		return fault{what: "a line break that most editors do not show", hint: "end lines with LF or CRLF", swap: ' '}
	case r == 0:
		return fault{what: "a NUL character", hint: "delete it", drop: true}
	case r < ' ', r >= 0x7F && r < 0xA0:
		return fault{what: "a control character", hint: "delete it", drop: true}
	case r == 0x61C, r == 0x200E, r == 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return fault{what: "a character that changes the text direction", hint: "delete it", drop: true}
	case r == 0xFEFF:
		return fault{what: "a byte order mark inside the file", hint: "delete it", drop: true}
	case invisible(r):
		return fault{what: "an invisible character", hint: "delete it", drop: true}
	case r == 0xFFFE, r == 0xFFFF:
		return fault{what: "a code point that is not a character", hint: "delete it", swap: '_'}
	}
	return fault{}
}
