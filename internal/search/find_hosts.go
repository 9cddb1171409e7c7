package search

import (
	"bytes"
)

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
		if start > 0 && (start+1 == dot && data[start-1] == '%' || data[start-1] == '$') { // %s.name.example, $x.name.example
			start = dot
		}
		pos, last = end, end
		escaped := start > 0 && start+2 < dot && data[start-1] == '%' && data[start] == '2' && data[start+1]|0x20 == 'f' // %2F
		if escaped {
			start += 2
		}
		url := escaped || start > 1 && data[start-1] == '/' && data[start-2] == '/'
		if !url && start > 0 && data[start-1] == '@' {
			url = hasUserInfo(data, start-1)
			if !url {
				continue // an email address
			}
		}
		known := c.labels.has(data[label+1 : end])
		named := !url && start != dot && end-start <= longestHost && isTarget(data, start, end)
		if !known && (!url || escaped) && start != dot && !named || end-start > longestHost {
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
			if hit.Partial && start > 0 {
				if vendor, at, ok := c.computed(data, start, end); ok {
					hit.Vendor, hit.Host, hit.At = vendor, APIHost, at
					hit.URL = hit.URL || at > 1 && data[at-1] == '/' && data[at-2] == '/'
				}
			}
			if vendor, ok := c.urlOf(name, data[end:]); ok && !hit.Partial {
				hit.Vendor, hit.Host = vendor, APIHost
			}
		}
		hit.Target = named && hit.Host == NoHost
		if (hit.Host != NoHost || hit.URL || hit.Target) && !visit(hit) {
			return names
		}
	}
}

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
	if !bytes.Contains(window, []byte("://")) {
		return false // the usual case: the search from the end takes longer
	}
	i := bytes.LastIndex(window, []byte("://"))
	return len(window) > i+3 && !bytes.ContainsAny(window[i+3:], "/;,")
}

// longestHost is the limit of DNS.
const longestHost = 253
