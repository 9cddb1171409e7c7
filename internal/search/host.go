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

// sharedURL is the start of a URL on a host that several vendors share.
type sharedURL struct {
	host, rest string
	vendor     int32
}

// PageHost reports whether a host serves pages for people, by its first label.
func PageHost(name []byte) bool {
	label, _, _ := bytes.Cut(name, []byte("."))
	switch string(label) {
	case "www", "docs", "doc", "developer", "developers", "dev", "help", "support", "blog", "wiki", "learn", "status", "about", "forum", "forums",
		"community", "news", "kb", "faq", "guide", "guides", "user-guide", "userguide", "handbook", "academy", "careers", "jobs", "shop", "store", "dashboard", "console", "portal",
		"manage", "marketplace", "trust", "security", "policies", "legal", "press", "investors", "events", "download", "downloads", "documentation", "manual":
		return true
	}
	return false
}
