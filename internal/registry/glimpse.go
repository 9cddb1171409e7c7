package registry

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Glimpse finds the names that identify a vendor in a record that cannot be used, because it does not parse or has a wrong file
// name. named has anything that looks like a host, a package or a name below a key that is, or nearly is, a key of an identity. If
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
	return len(i.APIHosts)+len(i.Domains)+len(i.ScriptHosts)+len(i.SDKs)+len(i.EnvNames)+len(i.Imports) > 0
}

// glimpser collects the names below the keys that it knows.
type glimpser struct {
	named   Identity
	guessed Identity // names anywhere

	namedSeen, guessedSeen map[string]bool // keys and values that were added

	alias bool   // there is an alias below a key
	key   string // the current one; empty if names are not taken from it
	last  string // word before, which is a key if a colon follows
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

// line reads the words of a line. Quotes and brackets only separate them.
func (g *glimpser) line(line string) {
	for word := range strings.FieldsFuncSeq(line, func(r rune) bool { return r <= ' ' || strings.ContainsRune(`,[]{}"'`, r) || r == '\ufeff' }) {
		g.guess(word)
		key, value, colon := strings.Cut(word, ":")
		switch {
		case word == ":":
			g.key = keyed(g.last)
		case colon && value == "":
			g.key = keyed(key)
		case colon && keyed(key) != "":
			g.key = keyed(key)
			g.named.add(g.namedSeen, g.key, value)
		case slices.Contains(glimpsed(), word):
			g.key = word
		default:
			g.named.add(g.namedSeen, g.key, word)
			g.alias = g.alias || g.key != "" && g.key != "env_names" && isAlias(word)
		}
		g.last = word
	}
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
	return []string{"api_hosts", "domains", "script_hosts", "sdks", "env_names", "imports", "hosts"}
}

// keyed returns the key that a word is, or nearly is; empty if names are not taken from it.
func keyed(word string) string {
	if len(word) > 40 {
		return ""
	}
	return diag.Nearest(word, glimpsed())
}

// add adds the names in a value below a key, each once.
func (i *Identity) add(seen map[string]bool, key, word string) {
	list, names := i.named(key, word)
	for _, name := range names {
		if known := key + ":" + name; name != "" && !seen[known] {
			seen[known] = true
			*list = append(*list, name)
		}
	}
}

// named returns the names in a value below a key, and the list that they belong to; none for other keys.
func (i *Identity) named(key, word string) (list *[]string, names []string) {
	switch key {
	case "api_hosts", "hosts":
		return &i.APIHosts, hostsIn(word)
	case "domains":
		return &i.Domains, hostsIn(word)
	case "script_hosts":
		return &i.ScriptHosts, hostsIn(word)
	case "sdks":
		if strings.HasPrefix(word, "@") && strings.Contains(word, "/") { // as npm writes a scope
			word = "npm/" + word
		}
		return &i.SDKs, []string{purlIn(word)}
	case "env_names":
		return &i.EnvNames, []string{envIn(word)}
	case "imports":
		return &i.Imports, []string{importIn(word)}
	}
	return nil, nil
}

// hostsIn returns the host that a word is. Of a word that is malformed, with a wrong star or a stray character, it returns the names
// that look like hosts, and all below them.
func hostsIn(word string) []string {
	if host := hostIn(word); host != "" {
		return []string{host}
	}
	var out []string
	part := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != '-' }
	for name := range strings.FieldsFuncSeq(strings.ToLower(word), part) {
		for strings.Contains(name, "..") {
			name = strings.ReplaceAll(name, "..", ".")
		}
		if name = strings.Trim(name, ".-"); scalar.ParseHost(name) != nil || scalar.PublicSuffix(name) {
			continue
		}
		if out = append(out, name); !scalar.BroadHost("*." + name) {
			out = append(out, "*."+name)
		}
	}
	return out
}

// hostIn returns the host of a word, which may be a URL; empty if there is none.
func hostIn(word string) string {
	if _, rest, ok := strings.Cut(word, "://"); ok {
		word = rest
	}
	word, _, _ = strings.Cut(word, "/")
	word, _, _ = strings.Cut(word, ":")
	word = strings.TrimSuffix(strings.ToLower(word), ".")
	if scalar.ParseHostPattern(word) != nil {
		return ""
	}
	return word
}

// purlIn returns the purl of a package that a word names, in canonical form; empty if it names none.
func purlIn(word string) string {
	if _, after, ok := strings.Cut(word, "npmjs.com/package/"); ok {
		word = "npm/" + after
	}
	if len(word) > 4 && strings.EqualFold(word[:4], "pkg:") {
		word = word[4:]
	}
	if kind, name, ok := strings.Cut(word, ":"); ok && !strings.Contains(kind, "/") { // npm:@acme/sdk
		word = kind + "/" + name
	}
	kind, name, ok := strings.Cut(word, "/")
	if !ok {
		return ""
	}
	name = strings.Trim(name, "/")
	for _, end := range []string{"#", "?"} {
		name, _, _ = strings.Cut(name, end)
	}
	if at := strings.LastIndex(name, "@"); at > 0 && name[at-1] != '/' { // a version
		name = name[:at]
	}
	name = strings.ReplaceAll(name, "@", "%40")
	for _, purl := range []string{"pkg:" + kind + "/" + name, "pkg:" + strings.ToLower(kind) + "/" + name, "pkg:" + strings.ToLower(kind+"/"+name)} {
		if scalar.ParsePurl(purl) == nil {
			return purl
		}
	}
	return ""
}

// envIn returns a word that can be the name of an environment variable of one vendor, with stars; empty otherwise.
func envIn(word string) string {
	const least = 2 // characters besides stars and underscores; fewer would match the variables of others
	if !plainGlob(word) || strings.ToUpper(word) != word || len(strings.NewReplacer("*", "", "_", "").Replace(word)) < least {
		return ""
	}
	return word
}

// importIn returns a word that names what code of a language imports; empty otherwise.
func importIn(word string) string {
	if language, name, ok := strings.Cut(word, ":"); !ok || language == "" || name == "" || !plainText(word) {
		return ""
	}
	return strings.ReplaceAll(word, `\\`, `\`) // as in quotes
}
