package search

import (
	"bytes"
)

// host says which vendors a domain belongs to. Vendors are their numbers in the catalogue plus one; 0 means none.
type host struct {
	exact, below, brand      int32 // vendor of the domain itself, of its subdomains, and of its pages
	exactScript, belowScript bool
}

// Strength is what a host does for its vendor.
type Strength int8

// The strengths of hosts.
const (
	NoHost     Strength = iota // not a vendor's
	BrandHost                  // serves the vendor's pages
	APIHost                    // answers API calls
	ScriptHost                 // serves browser scripts
	PathHost                   // answers API calls and serves pages; the path says which
)

// vendorOf returns the vendor of a lower-case host: the one with the longest matching domain. In a partial name, the labels on the
// left are unknown.
func (c *Catalogue) vendorOf(name []byte, partial bool) (int, Strength) {
	rest := name
	for below := partial; ; below = true {
		if h, ok := c.hosts[string(rest)]; ok {
			if vendor, s := h.strength(name, below, bytes.Count(rest, []byte(".")) > 1); s != NoHost {
				return int(vendor) - 1, s
			}
		}
		dot := bytes.IndexByte(rest, '.')
		if dot < 0 {
			return Unknown, NoHost
		}
		rest = rest[dot+1:]
	}
}

// strength returns the vendor and strength for the domain itself, or for a subdomain. deep means that the domain has three or more
// labels.
func (h host) strength(name []byte, below, deep bool) (int32, Strength) {
	as := func(script bool) Strength {
		if script {
			return ScriptHost
		}
		return APIHost
	}
	switch {
	case !below && h.exact > 0 && h.brand == h.exact:
		return h.exact, PathHost
	case !below && h.exact > 0:
		return h.exact, as(h.exactScript)
	case below && h.below > 0 && !PageHost(name):
		return h.below, as(h.belowScript)
	case below && h.exact > 0 && h.exact != h.brand && deep && !PageHost(name):
		return h.exact, as(h.exactScript)
	case h.brand > 0:
		return h.brand, BrandHost
	case below && h.below > 0:
		return h.below, BrandHost
	}
	return 0, NoHost
}

// PageHost reports whether a host serves pages for people, by its first label.
func PageHost(name []byte) bool {
	label, _, _ := bytes.Cut(name, []byte("."))
	switch string(label) {
	case "www", "docs", "doc", "developer", "developers", "dev", "help", "support", "blog", "wiki", "learn", "status", "about", "forum", "forums",
		"community", "news", "kb", "faq", "guide", "guides", "academy", "careers", "jobs", "shop", "store", "dashboard", "console", "portal",
		"manage", "marketplace", "trust", "security", "legal", "press", "investors", "events", "download", "downloads", "documentation", "manual":
		return true
	}
	return false
}

// The classes of bytes.
const (
	hostByte byte = 1 << iota // letters, digits, - and _
	letter
	digit
	upper
)

//nolint:gochecknoglobals // an immutable table
var byteClass = func() (table [256]byte) {
	for c := range table {
		switch {
		case 'a' <= c && c <= 'z':
			table[c] = hostByte | letter
		case 'A' <= c && c <= 'Z':
			table[c] = hostByte | letter | upper
		case '0' <= c && c <= '9':
			table[c] = hostByte | digit
		case c == '-', c == '_':
			table[c] = hostByte
		}
	}
	return table
}()

// longestHost is the limit of DNS.
const longestHost = 253

// findHosts visits the dotted names of a file that belong to a vendor or are in a URL. It searches from dot to dot and extends
// each to the whole name. names counts names outside URLs that look like hosts.
func (c *Catalogue) findHosts(data []byte, visit func(Hit) bool) (names int) {
	last := 0 // end of the previous name
	for pos := 0; ; {
		i := bytes.IndexByte(data[pos:], '.')
		if i < 0 {
			return names
		}
		dot := pos + i
		if pos = dot + 1; pos >= len(data) {
			return names
		}
		if byteClass[data[pos]]&(letter|digit) == 0 {
			continue
		}
		start := dot
		for start > last && byteClass[data[start-1]]&hostByte != 0 {
			start--
		}
		label := dot
		end := pos
		for end < len(data) {
			if byteClass[data[end]]&hostByte != 0 {
				end++
			} else if data[end] == '.' && end+1 < len(data) && byteClass[data[end+1]]&(letter|digit) != 0 {
				label = end
				end++
			} else {
				break
			}
		}
		pos, last = end, end
		url := start > 1 && data[start-1] == '/' && data[start-2] == '/'
		if !url && start > 0 && data[start-1] == '@' {
			url = hasUserInfo(data, start-1)
			if !url {
				continue // an email address
			}
		}
		known := c.labels.has(data[label+1 : end])
		if !known && !url && start != dot || end-start > longestHost {
			continue
		}
		if known && !url {
			names++
		}
		hit := Hit{Kind: HostName, Vendor: Unknown, At: start, End: end, URL: url}
		if start == dot { // .name.example: the text before it is not part of the name
			hit.At, hit.Partial = start+1, true
			if hit.URL = interpolatedURL(data, start); !known && !hit.URL {
				continue
			}
		}
		if known {
			var buffer [longestHost]byte
			name := buffer[:end-hit.At]
			for i, c := range data[hit.At:end] {
				name[i] = lower(c)
			}
			hit.Vendor, hit.Host = c.vendorOf(name, hit.Partial)
		}
		if (hit.Host != NoHost || hit.URL) && !visit(hit) {
			return names
		}
	}
}

// hasUserInfo reports whether the @ at an offset is in a URL, after a user name or key.
func hasUserInfo(data []byte, at int) bool {
	const longest = 300
	for i := at - 1; i > 1 && i > at-longest; i-- {
		switch c := data[i]; {
		case c == '/':
			return data[i-1] == '/' && data[i-2] == ':'
		case c <= ' ', c == '"', c == '\'', c == '`', c == '<', c == ',':
			return false
		}
	}
	return false
}

// interpolatedURL reports whether the dot at an offset follows a computed part of a URL: https://${x}.name,
// https://{x}.name, https://%s.name, https://<x>.name, "https://" + x + ".name".
func interpolatedURL(data []byte, dot int) bool {
	const longest = 80
	from := max(0, dot-longest)
	window := data[from:dot]
	if i := bytes.LastIndexByte(window, '\n'); i >= 0 {
		window = window[i+1:]
	}
	i := bytes.LastIndex(window, []byte("://"))
	return i >= 0 && len(window) > i+3 && !bytes.ContainsAny(window[i+3:], "/;,")
}
