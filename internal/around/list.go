package around

import (
	"bytes"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/deps"
	"github.com/vendorgate/vendorgate/internal/search"
)

// Listed reports whether a name is one of several in a list of names, each in quotes and on its own line.
func Listed(data []byte, at, end int) bool {
	from, to := search.Line(data, at)
	if !IsListItem(bytes.TrimSpace(data[from:to])) || end < len(data) && data[end] == ':' {
		return false
	}
	if from > 0 {
		before, last := search.Line(data, from-1)
		if QuotedName(data[before:last]) {
			return true
		}
	}
	if to < len(data) {
		next, last := search.Line(data, to+1)
		return QuotedName(data[next:last])
	}
	return false
}

// QuotedName reports whether a line has only a dotted name in quotes.
func QuotedName(line []byte) bool {
	text := bytes.TrimSpace(line)
	inner := bytes.Trim(text, "\"'`,")
	if len(inner) == len(text) || bytes.IndexByte(inner, '.') <= 0 || bytes.ContainsAny(inner, " /\"'`=:(") {
		return false
	}
	return true
}

// IsListItem reports whether a line contains only values.
func IsListItem(line []byte) bool {
	return len(line) == 0 || !bytes.ContainsAny(line, "={}();") && bytes.ContainsAny(line[:1], "\"'`-h*") || bytes.HasPrefix(line, []byte("//")) || bytes.HasPrefix(line, []byte("#"))
}

// Beside reports whether a name in quotes has a neighbour in a list on its line: another dotted name in quotes, of another domain.
func Beside(data []byte, at, end int) bool {
	from, to := search.Line(data, at)
	own := lastLabels(string(data[at:end]))
	after, before := string(data[end:to]), string(data[from:at])
	if rest, ok := strings.CutPrefix(strings.TrimLeft(strings.TrimLeft(after, "\"'`"), " "), ","); ok && len(after) > 0 && isQuote(after[0]) {
		if name := quotedFirst(strings.TrimLeft(rest, " ")); name != "" && lastLabels(name) != own {
			return true
		}
	}
	if rest, ok := strings.CutSuffix(strings.TrimRight(strings.TrimRight(before, "\"'`"), " "), ","); ok && len(before) > 0 && isQuote(before[len(before)-1]) {
		if name := quotedLast(strings.TrimRight(rest, " ")); name != "" && lastLabels(name) != own {
			return true
		}
	}
	return false
}

// Enumerated reports whether a name in quotes is in a list on its line that the code below compares hosts with:
// vimeoDomains = ["vimeo.com", "player.vimeo.com"] and vimeoDomains.includes(host).
func Enumerated(data []byte, at int) bool {
	const below = 10_000
	from, _ := search.Line(data, at)
	key, list, ok := strings.Cut(string(data[from:at]), "[")
	if !ok || strings.ContainsAny(list, "/:={}();") {
		return false
	}
	name, _, _ := lastName(strings.TrimRight(key, " =:("))
	if name == "" {
		return false
	}
	rest := data[at:min(len(data), at+below)]
	for _, compares := range []string{".includes(", ".contains(", ".include?(", ".has(", ".some(", ".any(", ".indexOf("} {
		if bytes.Contains(rest, []byte(name+compares)) {
			return true
		}
	}
	return bytes.Contains(rest, []byte(" in "+name))
}

// Keyed reports whether a name in quotes is the key of a table in code: "x": y, 'x' => y.
func Keyed(data []byte, at, end int) bool {
	if at == 0 || end >= len(data) || !isQuote(data[end]) || !isQuote(data[at-1]) {
		return false
	}
	from, _ := search.Line(data, at)
	if before := bytes.TrimRight(data[from:at-1], " \t"); len(before) > 0 && bytes.IndexByte([]byte("{,(["), before[len(before)-1]) < 0 {
		return false // a choice: x ? "y" : "z"
	}
	rest := bytes.TrimLeft(data[end+1:min(len(data), end+10)], " ")
	return bytes.HasPrefix(rest, []byte(":")) && !bytes.HasPrefix(rest, []byte("::")) || bytes.HasPrefix(rest, []byte("=>"))
}

func isQuote(c byte) bool { return c == '"' || c == '\'' || c == '`' }

// quotedFirst returns the dotted name in quotes that a text starts with; empty if there is none.
func quotedFirst(text string) string {
	if text == "" || !isQuote(text[0]) {
		return ""
	}
	name, _, ok := strings.Cut(text[1:], text[:1])
	return dottedName(name, ok)
}

// quotedLast returns the dotted name in quotes that a text ends with; empty if there is none.
func quotedLast(text string) string {
	if text == "" || !isQuote(text[len(text)-1]) {
		return ""
	}
	quote := text[len(text)-1:]
	text = text[:len(text)-1]
	i := strings.LastIndex(text, quote)
	return dottedName(text[i+1:], i >= 0)
}

func dottedName(text string, quoted bool) string {
	if i := strings.IndexByte(text, '.'); !quoted || i <= 0 || i == len(text)-1 || strings.ContainsAny(text, " /:=(){}@") {
		return ""
	}
	return text
}

// lastLabels returns the last two labels of a name.
func lastLabels(name string) string {
	labels := strings.Split(strings.ToLower(name), ".")
	return strings.Join(labels[max(0, len(labels)-2):], ".")
}

// Admitted reports whether code lists a host to let it through or to keep it out: allowedHosts = ["x"], blocklist.add("x"),
// images: {remotePatterns: [{hostname: "x"}]}. It must be an element of a list, or part of one.
func Admitted(data []byte, at int) bool {
	const reach = 3000
	if !mayAdmit(data[max(0, at-reach):at]) {
		return false // the usual case, quickly
	}
	list := false
	for _, e := range Enclosing(data, at) {
		if e.Assigned && !list {
			return false
		}
		list = list || !e.Assigned
		if admits(e.Key) || slices.ContainsFunc(e.Chain, admits) {
			return true
		}
	}
	return false
}

func mayAdmit(text []byte) bool {
	for _, part := range []string{"llow", "LLOW", "hite", "HITE", "rust", "RUST", "lock", "LOCK", "lack", "LACK", "den", "DEN", "atterns", "anitiz", "ANITIZ", "ermit", "afe"} {
		if bytes.Contains(text, []byte(part)) {
			return true
		}
	}
	return false
}

// admits reports whether a name stands for hosts that are let through or kept out.
func admits(name string) bool {
	words := Words(name)
	for i, word := range words {
		switch word {
		case "allowed", "allowlist", "whitelist", "whitelisted", "permitted", "trusted", "blocked", "blocklist", "blacklist", "blacklisted", "denylist", "denied", "disallowed", "safelist", "sanitize", "sanitizer", "sanitized":
			return true
		case "white", "black", "allow", "block", "deny", "safe":
			if i+1 < len(words) && (words[i+1] == "list" || words[i+1] == "listed" || words[i+1] == "hosts" || words[i+1] == "domains" || words[i+1] == "origins") {
				return true
			}
		case "remote":
			if i+1 < len(words) && words[i+1] == "patterns" {
				return true
			}
		}
	}
	return false
}

// Printed reports whether a value follows a word in what a script prints: echo "App: https://x". A value that starts the text, or follows
// an equals sign, is handed on to a file or a command.
func Printed(data []byte, start int) bool {
	from, _ := search.Line(data, start)
	if start == from || data[start-1] != ' ' {
		return false
	}
	return deps.Prints(string(data[from:start]))
}

// expression reports whether the path of a URL is that of a regular expression: /api/webhooks/(?<secret>[\w-]+).
func expression(path []byte) bool {
	for _, part := range []string{"(?", `[\w`, `[^/`, "[a-z", "[A-Z", "[0-9", `\w+`, `\d+`, "/.*", "/.+"} {
		if bytes.Contains(path, []byte(part)) {
			return true
		}
	}
	return false
}

// Pattern reports whether a text with a host is a pattern that texts are compared with: LIKE '%x%', [Op.iLike]: 'https://x/%', or a regular
// expression.
func Pattern(data []byte, start, end int) bool {
	from, to := search.Line(data, start)
	rest := data[end:to]
	if i := bytes.IndexAny(rest, "\"'` \t"); i >= 0 {
		rest = rest[:i]
	}
	ends := bytes.HasSuffix(rest, []byte("%"))
	starts := start > from && data[start-1] == '%'
	if expression(rest) && UseOf(data, start).Form != Called {
		return true
	}
	return starts && ends || (starts || ends) && bytes.Contains(bytes.ToLower(data[from:start]), []byte("like"))
}

// inLocations reports whether an offset is in the attribute schemaLocation, which lists names and addresses of schemas.
func inLocations(data []byte, at int) bool {
	const longest = 2000
	before := data[max(0, at-longest):at]
	i := bytes.LastIndex(before, []byte("chemaLocation="))
	return i >= 0 && bytes.Count(before[i:], []byte(`"`)) == 1
}

// Namespace reports whether a URL is the name of a schema and no address: xmlns="x", "$schema": "x", targetNamespace="x".
func Namespace(data []byte, start int) bool {
	from, _ := search.Line(data, start)
	before := strings.TrimRight(string(data[from:start]), " \t\"'")
	trimmed := strings.TrimRight(before, ":= \t\"'")
	if trimmed == before {
		return inLocations(data, start)
	}
	key := strings.ToLower(trimmed[strings.LastIndexAny(trimmed, " \t\"'<{,")+1:])
	switch key {
	case "$schema", "$id", "$ref", "@context", "xmlns_uri", "xmlns_url", "namespace_uri", "namespaceuri", "@type", "targetnamespace", "namespace", "soapaction", "xsi:schemalocation", "schemalocation", "typens", "xmlns", "type":
		return true
	}
	return strings.HasPrefix(key, "xmlns:") || strings.HasSuffix(key, "_xmlns_uri") || strings.HasSuffix(key, "_namespace")
}
