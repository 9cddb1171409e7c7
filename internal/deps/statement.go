package deps

import (
	"bytes"
	"errors"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/lexer"
)

// errUnclosed means that a program ends inside brackets, so nothing can run it.
var errUnclosed = errors.New("a bracket is not closed")

// endOfArguments returns where the arguments at the start of a text end: behind the bracket that closes the first, if they begin with
// one, and else at the end of the statement. A statement goes on behind a comma and inside brackets. closed is false if the text ends first.
func endOfArguments(text []byte, comment string) (end int, closed bool) {
	depth, last := 0, byte(',')
	bracketed := len(text) > 0 && strings.IndexByte("([{", text[0]) >= 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case bytes.HasPrefix(text[i:], []byte(comment)):
			i += lengthTo(text[i:], "\n") - 1
			continue
		case comment == "//" && bytes.HasPrefix(text[i:], []byte("/*")):
			i += lengthTo(text[i:], "*/") + 1
			continue
		case c == '"' || c == '\'':
			i += literal(text[i:]) - 1
		case c == '{' && depth == 0 && !bracketed, c == ';' && depth == 0, c == '\n' && depth == 0 && last != ',':
			return i, true
		case c == '(' || c == '[' || c == '{':
			depth++
		case c == ')' || c == ']' || c == '}':
			if depth--; depth < 0 {
				return i, true
			}
			if depth == 0 && bracketed {
				return i + 1, true
			}
		}
		if c > ' ' {
			last = c
		}
	}
	return len(text), !bracketed && depth == 0
}

// lengthTo returns the length of a text up to a mark, or all of it.
func lengthTo(text []byte, mark string) int {
	if i := bytes.Index(text, []byte(mark)); i >= 0 {
		return i
	}
	return len(text)
}

// literal returns the length of the string at the start of a text, with its quotes. One of three quotes may span lines.
func literal(text []byte) int {
	quote := text[:1]
	if triple := bytes.Repeat(quote, 3); bytes.HasPrefix(text, triple) {
		return min(3+lengthTo(text[3:], string(triple))+3, len(text))
	}
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case quote[0]:
			return i + 1
		case '\n':
			return i
		}
	}
	return len(text)
}

// literals returns where the contents of the strings of a text begin and end.
func literals(text []byte, comment string) [][2]int {
	var out [][2]int
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case bytes.HasPrefix(text[i:], []byte(comment)):
			i += lengthTo(text[i:], "\n")
		case c == '"' || c == '\'':
			n := literal(text[i:])
			quotes := 1
			if n >= 6 && text[i+1] == c && text[i+2] == c {
				quotes = 3
			}
			out = append(out, [2]int{i + quotes, max(i+quotes, i+n-quotes)})
			i += n - 1
		}
	}
	return out
}

// closed returns errUnclosed if a program has more opening than closing brackets outside of strings and comments. A bracket behind a
// backslash is part of a regular expression.
func closed(name string, data []byte) error {
	family := lexer.Of(name)
	var places []int
	for i, c := range data {
		switch {
		case strings.IndexByte("()[]{}", c) < 0:
		case i > 0 && (data[i-1] == '\\' || data[i-1] == '?' && (family == lexer.Ruby || family == lexer.Elixir)):
		default:
			places = append(places, i)
		}
	}
	var open [3]int
	for i, span := range lexer.At(family, data, places) {
		if span.State == lexer.Code {
			kind := strings.IndexByte("()[]{}", data[places[i]])
			open[kind/2] += 1 - kind%2*2
		}
	}
	if slices.Max(open[:]) > 0 {
		return errUnclosed
	}
	return nil
}

// byPlace sorts dependencies by their place, and keeps the last of those at the same one.
func byPlace(found []Dependency) []Dependency {
	slices.SortStableFunc(found, func(a, b Dependency) int { return a.Offset - b.Offset })
	out := found[:0]
	for _, d := range found {
		if n := len(out); n > 0 && out[n-1].Offset == d.Offset {
			out[n-1] = d
			continue
		}
		out = append(out, d)
	}
	return out
}
