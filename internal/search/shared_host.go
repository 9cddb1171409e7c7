package search

import "strings"

// computed returns the vendor of a host with one computed label, such as sqs.${region}.amazonaws.com, and where the host starts. dot is
// the offset after the computed label, and end that of the end of the host.
func (c *Catalogue) computed(data []byte, dot, end int) (vendor, at int, ok bool) {
	const longest = 80
	i := dot
	switch data[i-1] {
	case '}', '>', ']', ')':
		open := map[byte]byte{'}': '{', '>': '<', ']': '[', ')': '('}[data[i-1]]
		for i--; i > max(0, dot-longest) && data[i] != open && data[i] != '\n'; i-- {
		}
		for i > 0 && strings.IndexByte("$#%", data[i-1]) >= 0 {
			i--
		}
	case 's', 'v', 'd': // %s
		if i--; i == 0 || data[i-1] != '%' {
			return 0, 0, false
		}
		i--
	case '*':
		i--
	default:
		return 0, 0, false
	}
	if i <= 0 || data[i-1] != '.' {
		return 0, 0, false
	}
	at = i - 1
	for at > 0 && (byteClass[data[at-1]]&(letter|digit) != 0 || data[at-1] == '-') {
		at--
	}
	number, ok := c.regional[strings.ToLower(string(data[at:i])+"*"+string(data[dot:end]))]
	return int(number), at, ok
}

// Listed reports whether an entry lists the start of the URL that has a host, in lower case, and goes on with a text. What is downloaded
// there is what the service is used with, such as a program that sends it reports.
func (c *Catalogue) Listed(host string, after []byte) bool {
	_, ok := c.urlOf([]byte(host), after)
	return ok
}

// urlOf returns the vendor of a URL on a shared host, by what follows the host: the one with the longest entry.
func (c *Catalogue) urlOf(host, after []byte) (int, bool) {
	if h := c.hosts[string(host)]; !h.urls {
		return 0, false
	}
	best, length := 0, 0
	for _, u := range c.urls {
		if u.host == string(host) && len(u.rest) >= length && len(after) >= len(u.rest) && strings.EqualFold(string(after[:len(u.rest)]), u.rest) {
			best, length = int(u.vendor), len(u.rest)
		}
	}
	return best, length > 0
}
