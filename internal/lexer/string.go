package lexer

import (
	"bytes"
	"strings"
)

func (l *lexer) string() bool {
	c := l.src[l.pos]
	has := func(set string) bool { return strings.IndexByte(set, c) >= 0 }
	switch {
	case l.rules.template && c == '`':
		l.close(Code, l.begun, l.pos)
		l.pos++
		l.template()
	case l.rules.template && c == '/' && l.regexpAllowed():
		l.regexp()
	case l.rules.char && c == '\'':
		l.char()
	case has(l.rules.triple) && l.at(strings.Repeat(string(c), 3)):
		l.triple(strings.Repeat(string(c), 3))
	case has(l.rules.raw):
		end := l.find(l.pos+1, string(c))
		l.piece(String, l.pos+1, end, min(end+1, len(l.src)))
	case has(l.rules.long):
		l.quoted(c, true)
	case has(l.rules.quotes) && (!l.rules.valueStart || l.valueBegins()):
		l.quoted(c, false)
	default:
		return false
	}
	return true
}

// quoted reads a string with escapes. One that may not span lines and does not end on its own has its opening quote
// taken for a letter: the rest of the line is code, as an apostrophe in a text wants it.
func (l *lexer) quoted(quote byte, long bool) {
	if l.pos < l.unclosed[quote] {
		l.pos++
		return
	}
	for i := l.pos + 1; i < len(l.src); i++ {
		switch c := l.src[i]; {
		case c == '\\':
			i++
		case c == quote:
			l.piece(String, l.pos+1, i, i+1)
			return
		case c == '\n' && !long:
			l.unclosed[quote] = i
			l.pos++
			return
		}
	}
	if long {
		l.piece(String, l.pos+1, len(l.src), len(l.src))
		return
	}
	l.unclosed[quote] = len(l.src)
	l.pos++
}

func (l *lexer) triple(marks string) {
	state := String
	if l.rules.docstrings {
		const enough = 80 // for @moduledoc and its like
		line := l.src[max(0, l.pos-enough):l.pos]
		line = bytes.TrimLeft(line[bytes.LastIndexByte(line, '\n')+1:], " \t")
		last, begins := l.significant(l.pos)
		if begins && !strings.ContainsRune("([{,=+\\%:", rune(last)) || begins && last == ':' || bytes.HasPrefix(line, []byte("@")) && bytes.Contains(line, []byte("doc")) {
			state = Comment
		}
	}
	end := l.find(l.pos+3, marks)
	l.piece(state, l.pos+3, end, min(end+3, len(l.src)))
}

// char reads one character in single quotes. Any other single quote, such as that of a lifetime, is code.
func (l *lexer) char() {
	const longest = 12 // '\U0010FFFF'
	for i := l.pos + 1; i < len(l.src) && i < l.pos+longest && l.src[i] != '\n'; i++ {
		switch {
		case l.src[i] == '\\':
			i++
		case l.src[i] == '\'':
			l.piece(String, l.pos+1, i, i+1)
			return
		case l.src[i] < 0x80 && i > l.pos+1 && l.src[l.pos+1] != '\\' && l.src[l.pos+1] < 0x80:
			l.pos++ // two letters and no end: a lifetime
			return
		}
	}
	l.pos++
}

// template reads a piece of a JavaScript template, up to its end or to code inside it.
func (l *lexer) template() {
	start := l.pos
	for i := start; i < len(l.src); i++ {
		switch {
		case l.src[i] == '\\':
			i++
		case l.src[i] == '`':
			l.close(String, start, i+1)
			l.pos, l.begun = i+1, i+1
			return
		case l.src[i] == '$' && i+1 < len(l.src) && l.src[i+1] == '{':
			l.close(String, start, i+2)
			l.pos, l.begun = i+2, i+2
			l.nested = append(l.nested, 1)
			return
		}
	}
	l.close(String, start, len(l.src))
	l.pos, l.begun = len(l.src), len(l.src)
}

// regexpAllowed reports whether a slash opens a regular expression: there is no value before it that could be divided.
func (l *lexer) regexpAllowed() bool {
	last, begins := l.significant(l.pos)
	return begins && last != ')' && last != '>' || strings.IndexByte("(,=:[!&|?{;", last) >= 0
}

func (l *lexer) regexp() {
	class, i := false, l.pos+1
	for ; l.pos >= l.unclosed['/'] && i < len(l.src) && l.src[i] != '\n'; i++ {
		switch c := l.src[i]; {
		case c == '\\':
			i++
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '/' && !class:
			l.piece(String, l.pos+1, i, i+1)
			return
		}
	}
	l.unclosed['/'] = max(i, l.unclosed['/'])
	l.pos++
}

// valueBegins reports whether a quote is where a value can start: after punctuation, and not inside a word.
func (l *lexer) valueBegins() bool {
	last, begins := l.significant(l.pos)
	return begins || strings.IndexByte(":-[{,=(", last) >= 0
}
