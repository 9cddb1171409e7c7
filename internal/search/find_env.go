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
