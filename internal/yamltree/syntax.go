package yamltree

import (
	"bytes"
	"regexp"
	"strconv"
	"unicode/utf8"
)

// reportSyntax turns an error of yaml.v3 into a problem. yaml.v3 reports only the first error. If there is already a
// problem on that line, the error is a consequence of it and is not reported.
func reportSyntax(src *source, r reading, found *collector) {
	number, text := splitError(r.err)
	w := rewordingOf(text)
	var line int
	switch w.place {
	case exact:
		line = number
	case above:
		line = number - 1
	case unknown:
		line = src.furthest(r)
	}
	line = src.pos(line, 1).Line
	content := src.line(line)
	if bytes.HasPrefix(content, []byte("%")) {
		w.message, w.hint = `a line that begins with "%"`, "delete it, or put the value in quotes"
	}
	if found.has(line) {
		return
	}
	if tab := bytes.IndexByte(content, '\t'); w.message == reserved && tab >= 0 && !bytes.ContainsAny(content, "@`%") {
		found.add(src.pos(line, utf8.RuneCount(content[:tab])+1), "replace it with a space", "a tab where YAML needs a space")
		return
	}
	before := bytes.IndexFunc(content, func(c rune) bool { return c != ' ' && c != '\t' })
	if star := bytes.IndexByte(content, '*'); w.place == unknown && w.message == anAlias {
		before = star
	}
	found.add(src.pos(line, utf8.RuneCount(content[:max(0, before)])+1), w.hint, "%s", w.message)
}

// reportSecond reports text after the first document.
func reportSecond(src *source, r reading, found *collector) {
	const second, hint = "a second document starts here", "keep one document per file"
	number, text := splitError(r.err)
	switch start := src.marker(r.line - 1); {
	case r.second > 0:
		found.add(src.pos(r.second-1, 1), hint, second)
	case rewordingOf(text).message == trailing:
		found.add(src.pos(number, 1), hint, trailing)
	case start > 0:
		found.add(src.pos(start, 1), hint, second)
	default:
		reportSyntax(src, r, found)
	}
}

// marker returns the first line below the given one that is the start of a document, or 0.
func (s *source) marker(line int) int {
	for n := line + 1; n < len(s.starts); n++ {
		if rest, ok := bytes.CutPrefix(s.line(n), []byte("---")); ok && (len(rest) == 0 || rest[0] == ' ' || rest[0] == '\t') {
			return n
		}
	}
	return 0
}

// furthest finds the line of an error for which yaml.v3 gives no line, or only the first line of the surrounding block.
// yaml.v3 stops reading at the error, or a line or two later to find the end of a value. So the error is on the first
// line that it cannot get past.
func (s *source) furthest(r reading) int {
	const tries, affordable = 3, 128 << 10
	line := s.pos(r.head-1, 1).Line
	for above, left := line, tries; above > 1 && left > 0 && s.starts[line] < affordable; {
		if above--; s.isIdle(above) {
			continue
		}
		left--
		shorter := read(s.text[:s.starts[above+1]])
		if shorter.err == nil || shorter.err.Error() != r.err.Error() {
			break
		}
		line = above
	}
	return line
}

func (s *source) isIdle(line int) bool {
	text := bytes.TrimLeft(s.line(line), " \t")
	return len(text) == 0 || text[0] == '#'
}

var errorText = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)`)

// splitError splits an error of yaml.v3 into its line and text. The number is 0 if there is no line.
func splitError(err error) (number int, text string) {
	if err == nil {
		return 0, ""
	}
	parts := errorText.FindStringSubmatch(err.Error())
	if parts == nil {
		return 0, ""
	}
	number, _ = strconv.Atoi(parts[1])
	return number, parts[2]
}
