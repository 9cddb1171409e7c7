// Package control knows the standards and laws whose controls attributes, rules and requirements name: their editions, how people
// spell them, and which of their controls no record can answer. Which attribute or rule answers a control is written in its own row.
package control

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Framework is an edition of a standard or a law.
type Framework struct {
	Name    string   // as the controls of a row begin, with the edition if people need it to find a control
	Title   string   // in full
	Edition string   // version, year or number in the official journal
	Names   []string // further ways to write Name
	Letter  string   // with which every number begins, so that people leave it out: A of A.5.21

	Questions bool              // questions have the number of their control, and one of their own: STA-08.1
	Successor string            // name of a later edition, for which controls are written instead
	Moved     map[string]string // the controls that have another number there

	All     []string          // the controls that vendorgate accounts for, in their order; nil if it maps what fits
	Without map[string]string // those of All that no attribute or rule answers, and why
}

// ID is a control of a framework.
type ID struct {
	Framework *Framework // nil if the text names none that vendorgate knows
	Number    string     // as the framework writes it; the whole text if there is no framework
}

// String returns the control as rows write it.
func (id ID) String() string {
	switch {
	case id.Framework == nil || id.Framework.Name == "":
		return id.Number
	case id.Number == "":
		return id.Framework.Name
	default:
		return id.Framework.Name + " " + id.Number
	}
}

// Edition returns the edition of the framework; empty if it is unknown.
func (id ID) Edition() string {
	if id.Framework == nil {
		return ""
	}
	return id.Framework.Edition
}

// Parse reads a control as rows, rules and policies write it, whatever its spelling.
func Parse(text string) ID {
	words := split(text)
	f, rest := named(words)
	if f == nil {
		if f, rest = bare(words), words; f == nil {
			return ID{Number: strings.TrimSpace(text)}
		}
	}
	return ID{f, f.number(text, len(rest))}
}

// ParseList reads a line that lists controls: "DORA 28(3), 28(8); ISO/IEC 27001:2022 A.5.22". After a comma, the framework before it
// goes on.
func ParseList(line string) []ID {
	var out []ID
	for group := range strings.SplitSeq(strings.TrimSuffix(strings.TrimSpace(line), "."), ";") {
		var last *Framework
		for part := range strings.SplitSeq(group, ",") {
			id := Parse(part)
			if id.Framework == nil && last != nil {
				id = ID{last, strings.TrimSpace(part)}
			}
			last = id.Framework
			out = append(out, id)
		}
	}
	return out
}

// number returns the end of a text that has the last n of its words, as it is written there.
func (f *Framework) number(text string, n int) string {
	text = strings.TrimSpace(text)
	for i, r := range text {
		if !isWord(r) || i > 0 && isWord(rune(text[i-1])) && sameKind(rune(text[i-1]), r) {
			continue
		}
		rest := strings.ToLower(text[i:])
		if w := split(rest); len(w) == n && n > 0 && w[0] == words(rest)[0] {
			return text[i:]
		}
	}
	return ""
}

// Query is what somebody asks about: a control, a group of controls such as DORA 28, or a framework.
type Query struct {
	words []string
	f     *Framework
}

// Ask reads what somebody typed. It returns false if it names no framework and has no number.
func Ask(text string) (Query, bool) {
	all := split(text)
	f, rest := named(all)
	hasNumber := strings.ContainsFunc(text, unicode.IsDigit)
	return Query{rest, f}, f != nil || hasNumber
}

// Matches reports whether a control is the one that is asked for, or belongs to the group or framework.
func (q Query) Matches(id ID) bool {
	if id.Framework == nil {
		return q.f == nil && len(q.words) > 0 && slices.Equal(q.words, split(id.Number))
	}
	if q.f != nil && q.f != id.Framework {
		return false
	}
	have := split(id.Number)
	return starts(have, q.words) || id.Framework.Letter != "" && starts(have, append([]string{strings.ToLower(id.Framework.Letter)}, q.words...))
}

// starts reports whether a number begins with words.
func starts(have, words []string) bool {
	return len(have) >= len(words) && slices.Equal(have[:len(words)], words)
}

// OfQuestion returns the control that a question belongs to, as in CAIQ STA-08.1; false if the query can be no question.
func (q Query) OfQuestion() (Query, bool) {
	if q.f == nil || !q.f.Questions || len(q.words) < 3 {
		return q, false
	}
	return Query{q.words[:len(q.words)-1], q.f}, true
}

// Current returns the query for the edition that controls are written for now, if it names an earlier one, and says where the control
// went; the note is empty otherwise.
func (q Query) Current() (now Query, note string) {
	if q.f == nil || q.f.Successor == "" {
		return q, ""
	}
	next := byName(q.f.Successor)
	now = Query{q.words, next}
	for was, number := range q.f.Moved {
		if w := split(was); len(w) <= len(q.words) && slices.Equal(w, q.words[:len(w)]) {
			now.words = append(split(number), q.words[len(w):]...)
			return now, "In " + next.Name + ", " + was + " is " + number + "."
		}
	}
	return now, "Shown for " + next.Name + "."
}

// Unanswered returns the controls that are asked for and that no record can answer, with the reasons.
func (q Query) Unanswered() []Reason {
	var out []Reason
	for i := range known {
		f := &known[i]
		for _, number := range f.All {
			if why := f.Without[number]; why != "" && q.Matches(ID{f, number}) {
				out = append(out, Reason{ID{f, number}, why})
			}
		}
	}
	return out
}

// Reason says why no attribute or rule answers a control.
type Reason struct {
	ID
	Why string
}

// Compare orders controls by framework, then by number: 28(8) comes before 28(10).
func Compare(a, b ID) int {
	name := func(id ID) string {
		if id.Framework == nil {
			return "\xff" // last
		}
		return id.Framework.Name
	}
	return cmp.Or(cmp.Compare(name(a), name(b)), slices.CompareFunc(split(a.Number), split(b.Number), func(x, y string) int {
		if unicode.IsDigit(rune(x[0])) && unicode.IsDigit(rune(y[0])) {
			return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y))
		}
		return cmp.Compare(x, y)
	}), cmp.Compare(a.Number, b.Number))
}

// Frameworks lists the frameworks in the order of their names. Callers must not modify them.
func Frameworks() []*Framework {
	out := make([]*Framework, len(known))
	for i := range known {
		out[i] = &known[i]
	}
	return out
}

// named returns the framework that words begin with, and the words after it. The longest name wins.
func named(all []string) (found *Framework, rest []string) {
	longest := 0
	for i := range known {
		for _, name := range append([]string{known[i].Name}, known[i].Names...) {
			if n := begins(all, split(name)); n > longest {
				found, longest = &known[i], n
			}
		}
	}
	return found, all[longest:]
}

// begins returns how many words a name takes at the beginning of all; 0 if they do not begin with it. Editions may have a v.
func begins(all, name []string) int {
	n := 0
	for _, w := range name {
		if n > 0 && n < len(all) && all[n] == "v" && w != "v" {
			n++
		}
		if n >= len(all) || all[n] != w {
			return 0
		}
		n++
	}
	return n
}

// bare returns the framework of a control that is written without one: AC-6 is of NIST SP 800-53, B_05.01 of the DORA register.
func bare(all []string) *Framework {
	if len(all) < 2 || !slices.Contains(families, all[0]) {
		return nil
	}
	return byName(sp80053)
}

func byName(name string) *Framework {
	i := slices.IndexFunc(known, func(f Framework) bool { return f.Name == name })
	return &known[i]
}

// split returns the words of a text in lower case, without those that say nothing. A number and the letters beside it are words of
// their own, and leading zeros do not count.
func split(text string) []string {
	return slices.DeleteFunc(words(strings.ToLower(text)), func(w string) bool { return slices.Contains(silent, w) })
}

// silent are words that people write before a number.
var silent = []string{"annex", "article", "articles", "art", "section", "sec", "control", "controls", "requirement", "req", "part", "para", "paragraph", "point", "rev", "version"} //nolint:gochecknoglobals // an immutable list

func words(text string) []string {
	var out []string
	var word []rune
	end := func() {
		if len(word) > 0 {
			w := string(word)
			if trimmed := strings.TrimLeft(w, "0"); trimmed != "" && unicode.IsDigit(word[0]) {
				w = trimmed
			}
			out, word = append(out, w), nil
		}
	}
	for _, r := range text {
		switch {
		case !isWord(r):
			end()
			continue
		case len(word) > 0 && !sameKind(word[len(word)-1], r):
			end()
		}
		word = append(word, r)
	}
	end()
	return out
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func sameKind(a, b rune) bool { return unicode.IsDigit(a) == unicode.IsDigit(b) }
