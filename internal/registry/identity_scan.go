package registry

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/record"
)

// maxScanned is the size in bytes above which a record is not scanned for its identity but parsed.
const maxScanned = 256 << 10

// identityScanner reads a record line by line. It knows block mappings whose keys begin lines, block lists, lists in
// brackets on one line, plain and quoted texts on one line. Of the blocks that do not belong to the identity it makes sure
// of one thing: that no text, list or mapping is still open at the end of a line, so that a line that begins with a key is
// one. It gives up on all else.
type identityScanner struct {
	rest  string // lines that have not been read
	out   *Identity
	seen  int      // bits of the fields that were read
	items []string // of the list that is being read; kept from record to record
	last  string   // the one that comes last by the alphabet

	open     brackets // in a block of no interest
	skipping bool     // indented lines belong to a block of no interest
	text     int      // the indentation of the key above a block of text; -1 outside
	within   int      // the indentation of the lines of that block; 0 before the first one
}

//nolint:gochecknoglobals // an immutable table
var scannedFields = identityFields()

// scan reads the identity of a record that has the plain form. It is false for any other file.
func (s *identityScanner) scan(file string, out *Identity) bool {
	if len(file) > maxScanned {
		return false
	}
	*s = identityScanner{rest: file, out: out, text: -1, items: s.items[:0]}
	for s.rest != "" {
		if !s.line() {
			return false
		}
	}
	return s.seen != 0 && s.open.depth == 0
}

// peek is the next line, without its end.
func (s *identityScanner) peek() string {
	if i := strings.IndexByte(s.rest, '\n'); i >= 0 {
		return s.rest[:i]
	}
	return s.rest
}

// drop is told that a line was read.
func (s *identityScanner) drop(line string) { s.rest = s.rest[min(len(s.rest), len(line)+1):] }

// line reads a line at the top of the file, and what belongs to it if it has a key of the identity.
func (s *identityScanner) line() bool {
	line := s.peek()
	s.drop(line)
	switch {
	case s.open.depth > 0 && (line == "" || line[0] != ' '):
		return false
	case line == "":
		return true
	case line[0] == ' ', strings.HasPrefix(line, "- "):
		return s.skip(line)
	case line[0] == '#':
		s.text = -1
		return true
	}
	key, value, ok := splitKey(line)
	if !ok {
		return false
	}
	s.skipping, s.text = false, -1
	if key == "detect" {
		return s.once(len(scannedFields)) && (blank(value) && s.nested() || value != "" && value[0] == '{' && s.braces(value))
	}
	if i := fieldAt("", key); i >= 0 {
		return s.field(i, value, 0)
	}
	s.skipping = true
	return topLevel.Index(key) >= 0 && s.closed(value, 0) // another key may be a misspelt one
}

// topLevel are the keys of a record.
//
//nolint:gochecknoglobals // an immutable table
var topLevel = record.Table().Order()

// nested reads the block below detect.
func (s *identityScanner) nested() bool {
	const tokens = "token_patterns"
	margin := 0
	for {
		line := s.peek()
		indent, text := margined(line)
		switch {
		case s.open.depth > 0 && (!s.skipping || indent <= margin):
			return false
		case s.rest == "", text != "" && indent == 0 && text[0] != '#':
			s.skipping = false
			return margin > 0
		case text == "" && line == "", text != "" && text[0] == '#':
			s.drop(line)
			s.text = -1
			continue
		case s.skipping && (indent > margin || s.text >= 0 && text == ""):
			s.drop(line)
			if !s.skip(line) {
				return false
			}
			continue
		}
		if margin == 0 {
			margin = indent
		}
		key, value, ok := splitKey(text)
		i := fieldAt("detect.", key)
		if !ok || indent != margin || i < 0 && key != tokens {
			return false
		}
		s.drop(line)
		s.skipping, s.text = i < 0, -1
		if i < 0 && !s.closed(value, indent) || i >= 0 && !s.field(i, value, indent) {
			return false
		}
	}
}

// field reads the value of a key of the identity that is indented by margin.
func (s *identityScanner) field(i int, value string, margin int) bool {
	f := &scannedFields[i]
	if !s.once(i) {
		return false
	}
	if f.text != nil {
		text, after, ok := plainScalar(value, false)
		if !ok || !blank(after) || !f.plain(text) {
			return false
		}
		*f.text(s.out) = text
		return s.ended(margin)
	}
	if blank(value) {
		return s.block(f, margin) && s.ended(margin)
	}
	after, ok := s.brackets(f, value)
	return ok && blank(after) && s.ended(margin)
}

// once reports whether a key comes for the first time.
func (s *identityScanner) once(i int) bool {
	first := s.seen&(1<<i) == 0
	s.seen |= 1 << i
	return first
}

// skip reads a line of a block of no interest.
func (s *identityScanner) skip(line string) bool {
	if !s.skipping {
		return false
	}
	indent, text := margined(line)
	if s.open.depth > 0 {
		after, ok := s.open.read(text)
		return ok && (s.open.depth > 0 || blank(after))
	}
	if s.text >= 0 {
		if text == "" {
			return true
		}
		if indent > s.text {
			if s.within == 0 {
				s.within = indent
			}
			return indent >= s.within && text[0] != '\t'
		}
		s.text = -1
	}
	if !opening(text) {
		return true
	}
	for strings.HasPrefix(text, "- ") {
		rest := strings.TrimLeft(text[2:], " ")
		if key, _, ok := splitKey(rest); rest != "" && (!ok || key == "") && (rest[0] == '|' || rest[0] == '>') {
			return s.closed(rest, indent)
		}
		indent += len(text) - len(rest)
		text = rest
	}
	if _, value, ok := splitKey(text); ok {
		return s.closed(value, indent)
	}
	return text == "" || text[0] != '|' && text[0] != '>' && s.closed(text, indent)
}

// closed makes sure that a value below a key, or a dash, that is indented by margin opens nothing that its line does not
// close. A block of text is open, and remembered, and so are brackets and braces.
func (s *identityScanner) closed(value string, margin int) bool {
	if value == "" {
		return true
	}
	switch value[0] {
	case '"', '\'':
		_, after, ok := quoted(value)
		return ok && blank(after)
	case '[', '{':
		s.open = brackets{fresh: true}
		after, ok := s.open.read(value)
		return ok && (s.open.depth > 0 || blank(after))
	case '|', '>':
		header := strings.TrimLeft(strings.TrimRight(value[1:], " "), "+-")
		s.text, s.within = margin, 0
		return header == "" && len(strings.TrimRight(value, " ")) <= 2
	case '&', '*', '!', '%', '@', '`', '?', '\t':
		return false
	}
	for i := range len(value) {
		switch value[i] {
		case '"', '\'', '[', '{', '|', '>':
			before := strings.TrimRight(value[:i], " ")
			if before == "" || strings.IndexByte(":-?,", before[len(before)-1]) >= 0 {
				return false
			}
		case '\t':
			return false
		}
	}
	return true
}

// ended reports whether a value is over: the next line of weight is not indented any deeper.
func (s *identityScanner) ended(margin int) bool {
	for rest := s.rest; rest != ""; {
		line, after, _ := strings.Cut(rest, "\n")
		if indent, text := margined(line); text != "" && text[0] != '#' {
			return indent <= margin && (text[0] != '-' || indent < margin)
		} else if text == "" && line != "" {
			return false
		}
		rest = after
	}
	return true
}

// block reads a list whose items begin lines.
func (s *identityScanner) block(f *identityField, margin int) bool {
	at := -1
	s.items = s.items[:0]
	for s.rest != "" {
		line := s.peek()
		indent, text := margined(line)
		if text == "" && line == "" || text != "" && text[0] == '#' {
			s.drop(line)
			continue
		}
		if !strings.HasPrefix(text, "- ") || indent < margin || at >= 0 && indent != at {
			break
		}
		at = indent
		s.drop(line)
		if s.bare(f, text[2:]) {
			continue
		}
		item, after, ok := plainScalar(strings.TrimLeft(text[2:], " "), false)
		if !ok || !blank(after) || !s.item(f, item) {
			return false
		}
	}
	*f.list(s.out) = slices.Clone(s.items)
	return at >= 0
}

// brackets reads a list in brackets.
func (s *identityScanner) brackets(f *identityField, value string) (after string, ok bool) {
	if value == "" || value[0] != '[' {
		return "", false
	}
	s.items = s.items[:0]
	for {
		value = strings.TrimLeft(value[1:], " ")
		if end := strings.IndexAny(value, ",]"); end > 0 && s.bare(f, value[:end]) {
			if value = value[end:]; value[0] == ']' {
				*f.list(s.out) = slices.Clone(s.items)
				return value[1:], true
			}
			continue
		}
		item, rest, ok := plainScalar(value, true)
		value = strings.TrimLeft(rest, " ")
		if !ok || value == "" || value[0] != ',' && value[0] != ']' || !s.item(f, item) {
			return "", false
		}
		if value[0] == ']' {
			*f.list(s.out) = slices.Clone(s.items)
			return value[1:], true
		}
	}
}

// braces reads a mapping in braces that holds lists in brackets.
func (s *identityScanner) braces(value string) bool {
	for {
		key, rest, ok := splitKey(strings.TrimLeft(value[1:], " "))
		i := fieldAt("detect.", key)
		if !ok || i < 0 || !s.once(i) {
			return false
		}
		if rest, ok = s.brackets(&scannedFields[i], rest); !ok {
			return false
		}
		value = strings.TrimLeft(rest, " ")
		switch {
		case strings.HasPrefix(value, "}"):
			return blank(value[1:]) && s.ended(0)
		case !strings.HasPrefix(value, ", "):
			return false
		}
	}
}

// bare takes an item that needs no second look: what makes it valid, no blank and no quote among it, makes it plain, too.
func (s *identityScanner) bare(f *identityField, text string) bool {
	return f.bare && text != "" && plainByte[text[0]]&first != 0 && s.item(f, text)
}

// item takes an item of a list that does not hold it yet.
func (s *identityScanner) item(f *identityField, text string) bool {
	const most = 1000
	if len(s.items) == most || !f.plain(text) {
		return false
	}
	switch {
	case len(s.items) == 0 || text > s.last:
		s.last = text
	case slices.Contains(s.items, text):
		return false
	}
	s.items = append(s.items, text)
	return true
}

// fieldAt is the number of the field with a path, or -1.
func fieldAt(prefix, key string) int {
	for i := range scannedFields {
		if path := scannedFields[i].path; len(path) == len(prefix)+len(key) && path[:len(prefix)] == prefix && path[len(prefix):] == key {
			return i
		}
	}
	return -1
}
