package lexer

import "bytes"

// At returns the states of positions, which must be ascending and inside the source.
func At(f Family, src []byte, places []int) []Span {
	l := lexer{rules: rulesOf(f), src: src, places: places, out: make([]Span, 0, len(places))}
	l.stops = l.rules.stops()
	l.run()
	for len(l.out) < len(places) { // at the end, as in an empty file
		l.out = append(l.out, Span{State: Code, Start: len(src), End: len(src)})
	}
	return l.out
}

func (l *lexer) run() {
	for l.pos < len(l.src) && len(l.out) < len(l.places) {
		if !l.stops[l.src[l.pos]] {
			l.pos++
			continue
		}
		if l.heredoc() || l.comment() || l.string() {
			continue
		}
		switch c := l.src[l.pos]; {
		case len(l.nested) > 0 && c == '{':
			l.nested[len(l.nested)-1]++
		case len(l.nested) > 0 && c == '}':
			if l.nested[len(l.nested)-1]--; l.nested[len(l.nested)-1] == 0 {
				l.nested = l.nested[:len(l.nested)-1]
				l.close(Code, l.begun, l.pos)
				l.pos++
				l.template()
				continue
			}
		}
		l.pos++
	}
	l.close(Code, l.begun, len(l.src))
}

// heredoc skips the lines of a text such as <<EOT … EOT. Comments in it are those of shells.
func (l *lexer) heredoc() bool {
	if !l.rules.heredoc || !l.at("<<") {
		return false
	}
	first := l.lineEnd(l.pos)
	tag := bytes.TrimSpace(bytes.TrimPrefix(l.src[l.pos+len("<<"):first], []byte("-")))
	if len(tag) == 0 || bytes.ContainsAny(tag, " \t\"()") {
		return false
	}
	var comments [][2]int
	for from := first + 1; from < len(l.src); {
		end := l.lineEnd(from)
		switch line := bytes.TrimSpace(l.src[from:end]); {
		case bytes.Equal(line, tag):
			for _, c := range comments {
				l.pos = c[0]
				l.piece(Comment, c[0], c[1], c[1])
			}
			l.pos = end
			return true
		case bytes.HasPrefix(line, []byte("#")) && !bytes.HasPrefix(line, []byte("#!")):
			comments = append(comments, [2]int{from, end})
		}
		from = end + 1
	}
	l.rules.heredoc = false // nothing ends it, nor any later one
	return false
}
