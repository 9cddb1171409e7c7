package search

import (
	"bytes"
	"path"
	"strings"
)

// Marks are what only users of a service have in a repository, besides its hosts, packages and credentials: files that the service
// reads, and symbols, which are names of classes, adapters, actions and keys of settings.

// fileNames are the names of files that services read.
type fileNames struct {
	exact map[string]int32 // by the last part of the path, or the last two, in lower case
	globs []fileGlob
}

type fileGlob struct {
	glob   string
	vendor int32
}

func newFileNames() fileNames { return fileNames{exact: map[string]int32{}} }

// vendor returns the vendor whose service reads a file.
func (n *fileNames) vendor(name string) (int, bool) {
	name = strings.ToLower(name)
	slash := strings.LastIndexByte(name, '/')
	base, withFolder := name[slash+1:], name[strings.LastIndexByte(name[:max(slash, 0)], '/')+1:]
	for _, key := range []string{base, withFolder} {
		if vendor, ok := n.exact[key]; ok {
			return int(vendor), true
		}
	}
	for _, g := range n.globs {
		if ok, err := path.Match(g.glob, base); ok && err == nil {
			return int(g.vendor), true
		}
	}
	return 0, false
}

// symbols are the symbols of a language. Most words of a file are sorted out by their first two bytes.
type symbols struct {
	vendors map[string]int32
	lengths [maxSymbol + 1]bool
	starts  pairs
}

const maxSymbol = 100 // bytes

// addMarks adds the files and symbols of an entry.
func (c *Catalogue) addMarks(e *Entry, vendor int32) {
	for _, glob := range e.Files {
		if glob = strings.ToLower(glob); strings.Contains(glob, "*") {
			c.files.globs = append(c.files.globs, fileGlob{glob, vendor})
			continue
		}
		c.files.exact[glob] = vendor
	}
	for _, text := range e.Symbols {
		language, name, ok := strings.Cut(text, ":")
		if !ok || len(name) < 2 || len(name) > maxSymbol {
			continue
		}
		s := c.symbols[language]
		if s == nil {
			s = &symbols{vendors: map[string]int32{}}
			c.symbols[language] = s
		}
		s.vendors[name], s.lengths[len(name)] = vendor, true
		s.starts.add(name[0], name[1])
	}
}

// marks finds the file itself, and the symbols in it.
func (f *finder) marks() {
	if vendor, ok := f.c.files.vendor(f.name); ok {
		f.add(Hit{Kind: File, Vendor: vendor, Text: path.Base(f.name)})
	}
	for _, language := range symbolsOf(f.name) {
		if s := f.c.symbols[language]; s != nil {
			s.find(f.data, func(at, end, vendor int) bool {
				f.add(Hit{Kind: Symbol, Vendor: vendor, At: at, End: end})
				return f.room()
			})
		}
	}
}

// find visits the symbols of a text, with or without further parts before and after them, joined by dots. It only looks at
// words whose first two bytes a symbol has.
func (s *symbols) find(data []byte, visit func(at, end, vendor int) bool) {
	for at := 0; at+1 < len(data); at++ {
		if !s.starts.has(data[at], data[at+1]) || !inSymbol[data[at]] || at > 0 && inSymbol[data[at-1]] {
			continue
		}
		end := at
		for end < len(data) && (inSymbol[data[end]] || data[end] == '.' && end+1 < len(data) && inSymbol[data[end+1]]) {
			end++
		}
		if end-at > 2*maxSymbol {
			continue
		}
		if length, vendor, ok := s.longest(data[at:end]); ok {
			if !visit(at, at+length, vendor) {
				return
			}
			at = end - 1
		}
	}
}

// pairs is a set of two bytes.
type pairs [1 << 10]uint64

func (p *pairs) add(a, b byte) { p[uint16(a)<<2|uint16(b)>>6] |= 1 << (b & 63) }

func (p *pairs) has(a, b byte) bool { return p[uint16(a)<<2|uint16(b)>>6]&(1<<(b&63)) != 0 }

// longest returns the longest symbol that a name starts with, cut at a dot.
func (s *symbols) longest(name []byte) (length, vendor int, ok bool) {
	for length = len(name); length > 0; length = bytes.LastIndexByte(name[:length], '.') {
		if length > maxSymbol || !s.lengths[length] {
			continue
		}
		if vendor, ok := s.vendors[string(name[:length])]; ok {
			return length, int(vendor), true
		}
	}
	return 0, 0, false
}

// inSymbol holds the bytes of symbols, apart from dots.
//
//nolint:gochecknoglobals // an immutable table
var inSymbol = func() (out [256]bool) {
	for b := range out {
		out[b] = WordByte(byte(b)) || b == '/'
	}
	return out
}()

// symbolLanguages are those whose symbols are searched for.
func symbolLanguages() []string {
	return []string{"csharp", "elixir", "go", "gradle", "java", "js", "php", "python", "ruby", "rust", "settings", "swift", "terraform", "xml"}
}

// symbolsOf returns the languages of the symbols in a file.
func symbolsOf(name string) []string {
	base := strings.ToLower(path.Base(name))
	switch base {
	case "libs.versions.toml":
		return []string{"gradle", "settings"}
	case "fastfile", "matchfile", "appfile", "gemfile":
		return []string{"ruby"}
	}
	switch path.Ext(base) {
	case ".cs":
		return []string{"csharp"}
	case ".ex", ".exs":
		return []string{"elixir"}
	case ".go":
		return []string{"go"}
	case ".gradle":
		return []string{"gradle"}
	case ".kts":
		return []string{"gradle", "java"}
	case ".java", ".kt", ".scala", ".groovy":
		return []string{"java"}
	case ".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".vue", ".svelte", ".astro",
		".html", ".htm", ".erb", ".hbs", ".ejs", ".cshtml", ".twig", ".jsp", ".heex", ".eex", ".slim", ".haml", ".pug":
		return []string{"js"}
	case ".php":
		return []string{"js", "php"}
	case ".py":
		return []string{"python"}
	case ".rb", ".rake", ".ru":
		return []string{"ruby"}
	case ".rs":
		return []string{"rust"}
	case ".yml", ".yaml", ".properties", ".ini", ".cfg", ".conf", ".json", ".toml":
		return []string{"settings"}
	case ".swift", ".m", ".mm":
		return []string{"swift"}
	case ".tf", ".tofu":
		return []string{"terraform"}
	case ".plist", ".entitlements", ".xml":
		return []string{"xml"}
	}
	return nil
}
