package lexer

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
		if l.comment() || l.string() {
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
