package registry

import (
	"bytes"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Glimpse finds the names that identify a vendor in a record that cannot be used, because it does not parse or has a wrong file
// name. It accepts anything that looks like a host, a package or a name below a key that is, or nearly is, a key of an
// identity. It runs in linear time and never fails.
func Glimpse(id string, data []byte) Identity {
	g := glimpser{out: Identity{ID: id}}
	data = bytes.ReplaceAll(data, []byte{0}, nil) // what is left of UTF-16
	for line := range bytes.FieldsFuncSeq(data, func(r rune) bool { return r == '\n' || r == '\r' }) {
		g.line(withoutComment(string(line)))
	}
	return g.out
}

// glimpser collects the names below the keys that it knows.
type glimpser struct {
	out  Identity
	add  func(*Identity, string) // takes a value below the current key; nil if the key is another one
	last string                  // word before, which is a key if a colon follows
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
		key, value, colon := strings.Cut(word, ":")
		switch {
		case word == ":":
			g.add = keyed(g.last)
		case colon && value == "":
			g.add = keyed(key)
		case colon && keyed(key) != nil:
			g.add = keyed(key)
			g.add(&g.out, value)
		case exactKey(word):
			g.add = keyed(word)
		case g.add != nil:
			g.add(&g.out, word)
		}
		g.last = word
	}
}

// glimpsed are the keys that names are taken from. A scope's hosts are the vendor's.
func glimpsed() []string {
	return []string{"api_hosts", "domains", "script_hosts", "sdks", "env_names", "imports", "hosts"}
}

func exactKey(word string) bool { return slices.Contains(glimpsed(), word) }

// keyed returns what takes the values below a key; nil if the key is not nearly one that names are taken from.
func keyed(key string) func(*Identity, string) {
	if len(key) > 40 {
		return nil
	}
	switch diag.Nearest(key, glimpsed()) {
	case "api_hosts", "hosts":
		return func(i *Identity, word string) { take(&i.APIHosts, hostIn(word)) }
	case "domains":
		return func(i *Identity, word string) { take(&i.Domains, hostIn(word)) }
	case "script_hosts":
		return func(i *Identity, word string) { take(&i.ScriptHosts, hostIn(word)) }
	case "sdks":
		return func(i *Identity, word string) { take(&i.SDKs, purlIn(word)) }
	case "env_names":
		return func(i *Identity, word string) { take(&i.EnvNames, envIn(word)) }
	case "imports":
		return func(i *Identity, word string) { take(&i.Imports, importIn(word)) }
	}
	return nil
}

// take adds a name, if it is one and there are not too many.
func take(list *[]string, name string) {
	const most = 1000
	if name != "" && len(*list) < most && !slices.Contains(*list, name) {
		*list = append(*list, name)
	}
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
	kind, name, ok := strings.Cut(strings.TrimPrefix(word, "pkg:"), "/")
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
