package registry

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Glimpse finds the names that identify a vendor in a record that cannot be used, because it does not parse or has a wrong file
// name. named has what a reader of the file finds, if it can be read as a record, and anything that looks like a host, a package or a name below a key that is, or nearly is, a key of an identity. If
// there is nothing, or an alias that stands for something, guessed has the hosts and packages anywhere in the file. They may be those
// of others. Glimpse runs in linear time and never fails. Nothing is found in a pointer of Git LFS.
func Glimpse(id string, data []byte) (named, guessed Identity) {
	g := glimpser{named: Identity{ID: id}, guessed: Identity{ID: id}, namedSeen: map[string]bool{}, guessedSeen: map[string]bool{}}
	switch {
	case source.IsPointer(data):
		return g.named, g.guessed
	case source.IsUTF16(data):
		data = source.FromUTF16(data)
	}
	g.parsed(data)
	data = unescaped(bytes.ReplaceAll(data, []byte{0}, nil)) // a NUL may be left of UTF-16 without a mark
	for line := range bytes.FieldsFuncSeq(data, func(r rune) bool { return r == '\n' || r == '\r' }) {
		g.line(withoutComment(string(line)))
	}
	if g.named.Recognisable() && !g.alias {
		g.guessed = Identity{ID: id}
	}
	return g.named, g.guessed
}

// Recognisable reports whether there is a name that a vendor can be recognised by.
func (i Identity) Recognisable() bool {
	return len(i.APIHosts)+len(i.Domains)+len(i.ScriptHosts)+len(i.SDKs)+len(i.EnvNames)+len(i.Imports)+len(i.Resources)+len(i.URLs)+len(i.Files)+len(i.Symbols) > 0
}

// parsed adds the names that the reader of records finds. It knows aliases, and texts of several lines.
func (g *glimpser) parsed(data []byte) {
	if len(data) > source.MaxFile {
		return
	}
	known := IdentityOf(g.named.ID, data)
	for key, names := range map[string][]string{ // each has its own list, so their order does not matter
		"api_hosts": known.APIHosts, "domains": known.Domains, "script_hosts": known.ScriptHosts, "sdks": known.SDKs, "env_names": known.EnvNames,
		"imports": known.Imports, "resources": known.Resources, "urls": known.URLs, "files": known.Files, "symbols": known.Symbols,
	} {
		for _, name := range names {
			g.named.add(g.namedSeen, key, name)
		}
	}
}

// glimpser collects the names below the keys that it knows.
type glimpser struct {
	named   Identity
	guessed Identity // names anywhere

	namedSeen, guessedSeen map[string]bool // keys and values that were added

	detect bool // the line is in detect, or in what may be meant as it
	alias  bool // there is an alias below a key

	key  string // the current one; empty if names are not taken from it
	last string // word before, which is a key if a colon follows
}

// escape is what a text in double quotes can have instead of a character, or a line break that means nothing.
var escape = regexp.MustCompile(`\\(?:\\|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|/|\r?\n[ \t]*)`)

// unescaped replaces the escapes of printable characters.
func unescaped(data []byte) []byte {
	if bytes.IndexByte(data, '\\') < 0 {
		return data
	}
	return escape.ReplaceAllFunc(data, func(found []byte) []byte {
		switch found[1] {
		case '\\':
			return found
		case '/':
			return []byte("/")
		case '\r', '\n':
			return nil
		}
		if n, err := strconv.ParseInt(string(found[2:]), 16, 32); err == nil && unicode.IsPrint(rune(n)) {
			return utf8.AppendRune(nil, rune(n))
		}
		return found
	})
}

// withoutComment cuts the comment off a line.
func withoutComment(line string) string {
	if strings.HasPrefix(line, "#") {
		return ""
	}
	line, _, _ = strings.Cut(line, " #")
	return line
}

// line reads the words of a line. Quotes and brackets only separate them. Some names have blanks, so what is between two separators may
// be one name, too.
func (g *glimpser) line(line string) {
	if line != "" && !strings.ContainsAny(line[:1], " \t-") {
		g.detect = false
	}
	const separators = `,[]{}"'`
	for line != "" {
		chunk, after := line, ""
		if i := strings.IndexAny(line, separators); i >= 0 {
			chunk, after = line[:i], line[i:]
		}
		g.chunk(chunk, after == "" || after[0] == '[')
		line = strings.TrimLeft(after, separators)
	}
}

// chunk reads the words between two separators. A list may follow it.
func (g *glimpser) chunk(chunk string, list bool) {
	words := strings.FieldsFunc(chunk, func(r rune) bool { return r <= ' ' || r == '\ufeff' })
	for len(words) > 0 && (words[0] == "-" || words[0] == "?") {
		words = words[1:]
	}
	phrase := 0 // where a name with blanks may begin
	for i, word := range words {
		g.guess(word)
		if g.isKey(word, list && len(words) == 1) {
			phrase = i + 1
		}
		g.last = word
	}
	g.named.addPhrase(g.namedSeen, g.key, words[phrase:])
}

// isKey reads a word. It reports whether the word is, or begins with, a key. One without a colon is alone before a list.
func (g *glimpser) isKey(word string, alone bool) bool {
	key, value, colon := strings.Cut(word, ":")
	near := ""
	if colon {
		near = g.keyed(key)
	}
	switch {
	case word == ":":
		g.key = g.keyed(g.last)
	case colon && value == "":
		g.key = near
		g.detect = g.detect || diag.Nearest(key, []string{"detect"}) != ""
	case near != "" && hasBlanks(g.key): // as in files:*
		g.named.add(g.namedSeen, near, value)
		return false
	case near != "":
		g.key = near
		g.named.add(g.namedSeen, g.key, value)
	case slices.Contains(glimpsed(), word) && (alone || !slices.Contains(plainWords(), word)):
		g.key = word
	default:
		if !hasBlanks(g.key) {
			g.named.add(g.namedSeen, g.key, word)
		}
		g.alias = g.alias || g.key != "" && g.key != "env_names" && isAlias(word)
		return false
	}
	return true
}

// guess takes a host or a purl, whatever key it is below.
func (g *glimpser) guess(word string) {
	switch {
	case strings.HasPrefix(word, "pkg:"), strings.HasPrefix(word, "@"):
		g.guessed.add(g.guessedSeen, "sdks", word)
	case strings.Contains(word, "."):
		g.guessed.add(g.guessedSeen, "api_hosts", word)
	}
}

// isAlias reports whether a word stands for a value elsewhere in the file.
func isAlias(word string) bool {
	return len(word) > 1 && word[0] == '*' && word[1] != '.'
}

// glimpsed are the keys that names are taken from. A scope's hosts are the vendor's.
func glimpsed() []string {
	return append([]string{"api_hosts", "domains", "script_hosts", "sdks", "env_names", "imports", "hosts"}, plainWords()...)
}

// plainWords are the keys that are also words of texts.
func plainWords() []string { return []string{"resources", "urls", "files", "symbols"} }

// keyed returns the key that a word is, or nearly is; empty if names are not taken from it. Outside of detect, another key of a record,
// such as url, is not taken for one.
func (g *glimpser) keyed(word string) string {
	if len(word) > 40 {
		return ""
	}
	near := diag.Nearest(word, glimpsed())
	if near != word && !g.detect && slices.Contains(plainWords(), near) && ownKeys()[word] {
		return ""
	}
	return near
}

// ownKeys are the parts of the names of a record's attributes.
//
//nolint:gochecknoglobals // an immutable table
var ownKeys = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, path := range record.Table().Paths() {
		for part := range strings.SplitSeq(path, ".") {
			out[part] = true
		}
	}
	return out
})
