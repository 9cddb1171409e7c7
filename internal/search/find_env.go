package search

import (
	"bytes"
	"path"
	"slices"
	"strings"
)

// findEnv visits the upper-case names, with at least two words, that match a vendor. It searches from underscore to underscore.
func (c *Catalogue) findEnv(data []byte, visit func(at, end, vendor int) bool) {
	for pos := 0; ; {
		i := bytes.IndexByte(data[pos:], '_')
		if i < 0 {
			return
		}
		mark := pos + i
		start, end := mark, mark+1
		for end < len(data) && (byteClass[data[end]]&(upper|digit) != 0 || data[end] == '_') {
			end++
		}
		if mark == 0 || byteClass[data[mark-1]]&(upper|digit) == 0 {
			pos = end
			continue
		}
		for start > pos && (byteClass[data[start-1]]&(upper|digit) != 0) {
			start--
		}
		pos = end
		if start > 0 && WordByte(data[start-1]) || end < len(data) && WordByte(data[end]) || end-start > 100 {
			continue
		}
		name := data[start:end]
		for len(name) > 0 && name[len(name)-1] == '_' {
			name = name[:len(name)-1]
		}
		if vendor, ok := c.env.vendor(string(name)); ok && !visit(start, start+len(name), vendor) {
			return
		}
	}
}

// settings reports whether a file holds settings or infrastructure, where names of credentials are in lower case, too.
func settings(name string) bool {
	switch path.Ext(name) {
	case ".tf", ".tofu", ".tfvars", ".hcl", ".yml", ".yaml", ".properties", ".toml", ".ini", ".cfg", ".conf":
		return true
	}
	return false
}

// findLower visits the names of secrets in lower case that match a vendor, such as mailer_api_key and prod/mailer/api-key. They
// stand alone: as a key, or as a whole value.
func (c *Catalogue) findLower(data []byte, visit func(at, end, vendor int) bool) {
	const longest = 100
	part := func(b byte) bool {
		return 'a' <= b && b <= 'z' || byteClass[b]&digit != 0 || b == '_' || b == '-' || b == '/'
	}
	endings := []string{"key", "token", "secret", "password", "dsn", "credentials", "webhook", "pat"}
	for _, ending := range endings {
		for i := range eachIndex(data, ending) {
			at, end := i, i+len(ending)
			for end < len(data) && part(data[end]) {
				end++
			}
			if slices.ContainsFunc(endings, func(later string) bool { return bytes.Contains(data[i+1:end], []byte(later)) }) {
				continue // found by the later word
			}
			for at > 0 && part(data[at-1]) && end-at <= longest {
				at--
			}
			if end-at > longest || at > 0 && strings.IndexByte(" \t\n\"'{[(,", data[at-1]) < 0 || end < len(data) && strings.IndexByte(" \t\r\n\"':=,}])", data[end]) < 0 {
				continue
			}
			name := strings.Trim(strings.ToUpper(strings.NewReplacer("-", "_", "/", "_").Replace(string(data[at:end]))), "_")
			if !secretLike(name) || strings.IndexByte(name, '_') < 0 {
				continue
			}
			if vendor, ok := c.env.vendor(name); ok && !visit(at, end, vendor) {
				return
			}
		}
	}
}

// findNested visits the keys of secrets below a key that names the vendor: stripe: {secretKey: …}.
func (c *Catalogue) findNested(data []byte, visit func(at, end, vendor int) bool) {
	const shortest = 4 // letters of the outer key
	for _, ending := range []string{"ey", "oken", "ecret", "assword", "sn"} {
		for i := range eachIndex(data, ending) {
			end := i + len(ending)
			if rest := data[end:min(len(data), end+2)]; !bytes.HasPrefix(rest, []byte(":")) && !bytes.HasPrefix(rest, []byte(`":`)) {
				continue
			}
			at := i
			for at > 0 && (byteClass[data[at-1]]&(letter|digit) != 0 || data[at-1] == '_' || data[at-1] == '-') {
				at--
			}
			outer := outerKey(data, at)
			if len(outer) < shortest || ordinary(strings.ToLower(outer)) {
				continue
			}
			inner := upperName(string(data[at:end]))
			if !secretLike("_" + inner) {
				continue
			}
			vendor, ok := c.env.vendor(strings.ToUpper(strings.ReplaceAll(outer, "-", "_")) + "_" + inner) // OPENAI of OpenAI
			if !ok {
				vendor, ok = c.env.vendor(upperName(outer) + "_" + inner) // GOOGLE_MAPS of GoogleMaps
			}
			if ok && !visit(at, end, vendor) {
				return
			}
		}
	}
}

// outerKey returns the key whose value contains the key at an offset: the nearest one above it with less indentation.
func outerKey(data []byte, at int) string {
	const most = 40 // lines
	from, _ := Line(data, at)
	indent := at - from
	if strings.Trim(string(data[from:at]), " \t\"") != "" {
		return ""
	}
	for range most {
		if from == 0 || indent == 0 {
			return ""
		}
		var to int
		from, to = Line(data, from-1)
		line := string(data[from:to])
		text := strings.TrimLeft(line, " \t\"")
		if text == "" || len(line)-len(text) >= indent || strings.HasPrefix(text, "#") {
			continue
		}
		key, rest, ok := strings.Cut(text, ":")
		if !ok || strings.Trim(rest, " \t\r{|>") != "" {
			return ""
		}
		return strings.TrimRight(key, "\"")
	}
	return ""
}

// upperName returns a key as the name of a variable: SECRET_KEY for secretKey and secret-key.
func upperName(key string) string {
	var out strings.Builder
	for i := range len(key) {
		if c := key[i]; c == '-' || c == '.' {
			out.WriteByte('_')
			continue
		} else if byteClass[c]&upper != 0 && i > 0 && byteClass[key[i-1]]&(upper|digit) == 0 && key[i-1] != '_' && key[i-1] != '-' {
			out.WriteByte('_')
		}
		out.WriteByte(key[i])
	}
	return strings.ToUpper(out.String())
}

// nested reports whether a file holds settings below keys.
func nested(name string) bool {
	base := path.Base(name)
	return path.Ext(base) == ".yml" || path.Ext(base) == ".yaml" || path.Ext(base) == ".json" && strings.HasPrefix(base, "appsettings")
}
