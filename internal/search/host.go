package search

import (
	"bytes"
	"strings"
)

// host says which vendors a domain belongs to. Vendors are their numbers in the catalogue plus one; 0 means none.
type host struct {
	exact, below, brand      int32 // vendor of the domain itself, of its subdomains, and of its pages
	exactScript, belowScript bool
	urls                     bool // there are entries for URLs of the domain
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

// regional returns the pattern of a host with a computed label: sqs.*.amazonaws.com for sqs.eu-west-1.amazonaws.com. It is empty if
// no label looks like the name of a region.
func regional(name string) string {
	first, rest, _ := strings.Cut(name, ".")
	second, rest, _ := strings.Cut(rest, ".")
	if strings.Count(rest, ".") < 1 || strings.IndexByte(second, '-') < 0 && strings.Trim(second, "0123456789") == second {
		return ""
	}
	return first + ".*." + rest
}

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

// sharedURL is the start of a URL on a host that several vendors share.
type sharedURL struct {
	host, rest string
	vendor     int32
}

func (c *Catalogue) addURL(url string, vendor int32) {
	end := strings.IndexByte(url, '/')
	if end <= 0 {
		return
	}
	c.urls = append(c.urls, sharedURL{url[:end], url[end:], vendor})
	h := c.hosts[url[:end]]
	h.urls = true
	c.hosts[url[:end]] = h
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
