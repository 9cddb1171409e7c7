package lexer

import (
	"bytes"
)

func (l *lexer) comment() bool {
	if l.rules.html {
		l.tags()
	}
	for _, b := range l.rules.blocks {
		if l.src[l.pos] == b.open[0] && l.at(b.open) && (!b.lineStart || l.before(l.pos) == '\n') && (!b.script || l.script) {
			end := l.find(l.pos+len(b.open), b.close)
			l.piece(Comment, l.pos+len(b.open), end, min(end+len(b.close), len(l.src)))
			return true
		}
	}
	for _, mark := range l.rules.lines {
		if l.src[l.pos] == mark[0] && l.at(mark) && l.opensLine(mark) {
			end := l.lineEnd(l.pos)
			l.piece(Comment, l.pos+len(mark), end, end)
			return true
		}
	}
	return false
}

// opensLine reports whether the mark at pos opens a comment and is not part of a word or of a URL.
func (l *lexer) opensLine(mark string) bool {
	c := l.before(l.pos)
	blank := c == ' ' || c == '\t' || c == '\n' || c == '\r'
	switch {
	case l.rules.leading:
		_, begins := l.significant(l.pos)
		return begins
	case mark == "//" && l.rules.html:
		return l.script && c != ':' && c != '"' && c != '\''
	case mark == "#" && l.rules.spaced, mark == ";":
		return blank || mark == "#" && c == ';'
	case mark == "#" && l.rules.attributes: // PHP: #[Attribute]
		return !l.at("#[")
	default:
		return true
	}
}

// tags notes where a page's scripts begin and end.
func (l *lexer) tags() {
	if l.src[l.pos] != '<' || len(l.src)-l.pos < 8 {
		return
	}
	switch {
	case bytes.EqualFold(l.src[l.pos:l.pos+7], []byte("<script")):
		l.script = true
	case bytes.EqualFold(l.src[l.pos:l.pos+8], []byte("</script")):
		l.script = false
	}
}
