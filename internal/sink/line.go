// Package sink does all escaping. It turns text into a Line, a Document or the bytes of a file, and a Stream accepts
// nothing else. It knows no findings or verdicts, and it shortens text only where the GitHub Actions runner would.
//
// # Why
//
// Whoever opened the pull request wrote much of what vendorgate prints, and each sink has its own syntax: the runner
// looks for commands in every log line, GitHub for mentions in Markdown, and a value can end early in an outputs file.
// A single forgotten escape would be enough. So the types enforce it: a string can reach a sink only through that
// sink's escape. Unescaped text (a format, mark-up) has the type literal, which callers in other packages can only give
// as a constant.
package sink

import (
	"fmt"
	"strings"
	"unicode"
)

// literal is text from vendorgate's own source. In other packages, an untyped constant converts to it, but a variable
// or a string of another type does not.
type literal string

// Line is a line that is safe for a terminal and for the log of a GitHub Actions job. The zero Line is empty.
type Line struct{ text string }

// Text turns text into a line. It escapes unprintable characters (controls, bidi, line separators), replaces white space with
// spaces, and breaks up the two ways to start a workflow command, "::" at the start of a line and "##[" anywhere in it, with a
// backslash. Text is idempotent.
func Text(text string) Line {
	text = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ").Replace(text)
	return Line{unspoken(visible(text, ""))}
}

// Linef formats like fmt.Sprintf and passes the result to Text.
func Linef(format literal, args ...any) Line { return Text(fmt.Sprintf(string(format), args...)) }

// Join concatenates lines without separators.
func Join(parts ...Line) Line {
	var out strings.Builder
	for _, p := range parts {
		out.WriteString(p.text)
	}
	return Line{unspoken(out.String())}
}

// String returns the line as printed, without a line break.
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

// visible escapes unprintable characters except those in keep.
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

// unspoken breaks up text that the runner would interpret as a command.
func unspoken(line string) string {
	line = strings.ReplaceAll(line, "##[", "##\\[")
	if rest := strings.TrimLeft(line, " \t"); strings.HasPrefix(rest, "::") {
		line = line[:len(line)-len(rest)] + "\\" + rest
	}
	return line
}
