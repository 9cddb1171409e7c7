// Package sink owns every escape: text becomes a Line, a Document or bytes of a file here, and a Stream takes nothing else.
// It knows no finding and no verdict, and it does not shorten but where the runner of GitHub Actions would.
//
// # Why
//
// Much of what vendorgate prints was written by whoever opened the pull request, and each sink has a language of its own:
// the runner finds commands in every line of the log, GitHub finds mentions in Markdown, a value ends early in a file of
// outputs. One forgotten escape is enough. So the types forget nothing: a string cannot reach a sink but through the escape
// of that sink, and what is not escaped (a format, mark-up) is of the type literal, which a caller in another package can
// give as a constant only.
package sink

import (
	"fmt"
	"strings"
	"unicode"
)

// literal is text that stands in the source of vendorgate. Outside this package an untyped constant is one, and no variable
// and no string of another type.
type literal string

// Line is a line that is safe for a terminal and for the log of a GitHub Actions job. The zero Line is empty.
type Line struct{ text string }

// Text makes a line of a text. Characters that are not printed (controls, bidi, line separators) become escapes, white space
// becomes a space; the two beginnings of a workflow command, "::" at the start of a line and "##[" anywhere in it, are broken
// by a backslash. Text of what Text made is the same.
func Text(text string) Line {
	text = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ").Replace(text)
	return Line{unspoken(visible(text, ""))}
}

// Linef is Text of what fmt.Sprintf makes.
func Linef(format literal, args ...any) Line { return Text(fmt.Sprintf(string(format), args...)) }

// Join returns one line of several, with nothing between them.
func Join(parts ...Line) Line {
	var out strings.Builder
	for _, p := range parts {
		out.WriteString(p.text)
	}
	return Line{unspoken(out.String())}
}

// String returns the line as it is printed, without a line end.
func (l Line) String() string { return l.text }

// Style is how a terminal shows a line. The zero Style is plain.
type Style int

// The styles of a terminal.
const (
	Plain Style = iota
	Bold
	Faint
	Red
	Yellow
	Cyan
)

// In returns the line in a style.
func (l Line) In(style Style) Line {
	code := map[Style]string{Bold: "1", Faint: "2", Red: "31", Yellow: "33", Cyan: "36"}[style]
	if code == "" {
		return l
	}
	return Line{"\x1b[" + code + "m" + l.text + "\x1b[0m"}
}

// visible makes escapes of the characters that are not printed, less those of keep.
func visible(text, keep string) string {
	var out strings.Builder
	for _, r := range text {
		if unicode.IsPrint(r) || strings.ContainsRune(keep, r) {
			out.WriteRune(r)
		} else {
			fmt.Fprintf(&out, "\\u%04x", r)
		}
	}
	return out.String()
}

// unspoken breaks what the runner would take for a command in a line.
func unspoken(line string) string {
	line = strings.ReplaceAll(line, "##[", "##\\[")
	if rest := strings.TrimLeft(line, " \t"); strings.HasPrefix(rest, "::") {
		line = line[:len(line)-len(rest)] + "\\" + rest
	}
	return line
}
