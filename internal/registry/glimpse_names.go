package registry

import (
	"slices"
	"strings"
	"unicode"

	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/search"
)

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

// hasBlanks reports whether the names below a key may have blanks.
func hasBlanks(key string) bool {
	return slices.Contains([]string{"resources", "files", "imports", "symbols"}, key)
}

// addPhrase adds what the words between two separators mean together, below a key whose names may have blanks. A comma may be missing
// between imports, so each of them counts, too.
func (i *Identity) addPhrase(seen map[string]bool, key string, words []string) {
	if !hasBlanks(key) || len(words) == 0 {
		return
	}
	i.add(seen, key, strings.Join(words, " "))
	for _, word := range words {
		if len(words) > 1 && (key == "imports" || key == "symbols") {
			i.add(seen, key, word)
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
	case "symbols":
		return &i.Symbols, []string{importIn(word)}
	case "resources":
		return &i.Resources, []string{resourceIn(word)}
	case "files":
		return &i.Files, []string{fileIn(word)}
	case "urls":
		return &i.URLs, urlsIn(word)
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
	if !plainGlob(word) || len(strings.NewReplacer("*", "", "_", "").Replace(word)) < least {
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

// resourceIn returns a text that can be the type of a resource, a backend, a permission or a command; empty otherwise.
func resourceIn(text string) string {
	const least = 2 // characters besides stars and separators
	if !plainText(text) || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) || strings.IndexFunc(text, isWord) < 0 {
		return ""
	}
	if n := len(strings.Join(strings.FieldsFunc(text, func(r rune) bool { return !isWord(r) }), "")); n < least {
		return ""
	}
	return strings.ReplaceAll(text, `\\`, `\`) // as in quotes
}

func isWord(r rune) bool {
	return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

// fileIn returns a text that can be the name of a file, with stars and the name of its folder; empty otherwise.
func fileIn(text string) string {
	text = strings.TrimLeft(strings.TrimPrefix(text, "./"), "/")
	if problem, _ := search.FileFault(text); problem != "" {
		return ""
	}
	return resourceIn(text)
}

// urlsIn returns the URLs of a word, without a scheme: a host and the start of a path.
func urlsIn(word string) []string {
	if i := strings.Index(word, ":/"); i >= 0 {
		word = word[i+1:]
	}
	word = strings.TrimLeft(word, "/")
	host, path, _ := strings.Cut(word, "/")
	host = host[strings.LastIndexByte(host, '@')+1:]
	if i := strings.IndexAny(path, "?#"); i >= 0 {
		path = path[:i]
	}
	var out []string
	for _, name := range hostsIn(strings.TrimPrefix(host, "*.")) {
		if !strings.Contains(name, "*") && plainText(path+"/") {
			out = append(out, name+"/"+path)
		}
	}
	return out
}
