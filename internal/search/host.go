package search

import (
	"bytes"
)

// host is what is known of a name. The vendors are numbers of the catalogue plus one; 0 is none.
type host struct {
	exact, below, brand      int32 // the name itself; names below it; a domain of pages
	exactScript, belowScript bool
}

// Strength is what a host is to its vendor.
type Strength int8

// The strengths of hosts.
const (
	NoHost     Strength = iota // of no vendor
	BrandHost                  // serves the vendor's pages
	APIHost                    // answers API calls
	ScriptHost                 // serves browser scripts
	PathHost                   // answers API calls and serves pages; the path says which
)

// vendorOf finds the vendor of a host in lower case: that of the longest name it lies below. In partial names labels
// on the left are unknown.
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

// strength of a host that is this one, or lies below it. deep tells that this one has three labels or more.
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

// longestHost is what DNS allows.
const longestHost = 253

// findHosts visits the dotted names of a file that belong to a vendor, or that stand in a URL. It runs from dot to dot
// and widens each to the whole name. names counts what looks like a host and is in no URL.
func (c *Catalogue) findHosts(data []byte, visit func(Hit) bool) (names int) {
	last := 0 // end of the name before
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
				continue // an address of mail
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
		if start == dot { // .name.example: what stands in front is not part of the name
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

// hasUserInfo tells that the @ at a place stands in a URL, behind a name or a key.
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

// interpolatedURL tells that the dot at a place follows a part of a URL that is computed: https://${x}.name,
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
