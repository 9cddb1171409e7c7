package scalar

import (
	"errors"
	"net/url"
	"strings"
)

// ParseURL accepts an absolute https URL (RFC 3986) whose host passes [ParseHost], and returns that host. Path and
// query can be anything; user information, port, fragment and characters that must be escaped are errors.
func ParseURL(s string) (host string, err error) {
	rest, ok := strings.CutPrefix(s, "https://")
	switch {
	case !ok:
		return "", errors.New("not an absolute https URL; start it with https:// in lower case")
	case !all(rest, func(c byte) bool { return ' ' < c && c < 0x7f }):
		return "", errors.New("it has a space, control or non-ASCII character; percent-encode it")
	case strings.ContainsAny(rest, "\\\"<>^`{|}"):
		return "", errors.New("it has a character that is not allowed; percent-encode quotes, braces and backslashes")
	case strings.Contains(rest, "#"):
		return "", errors.New("it has a fragment; remove the # and what follows")
	}
	host = rest
	if end := strings.IndexAny(rest, "/?"); end >= 0 {
		host = rest[:end]
	}
	if err := ParseHost(host); err != nil {
		return "", err
	}
	// Reject URLs in which another parser would see a different host.
	if u, err := url.Parse(s); err != nil || u.Host != host || u.User != nil {
		return "", errors.New("not a valid URL; write each % with two hexadecimal digits")
	}
	return host, nil
}

// ParseEndpoint is like [ParseURL], but also rejects a query, which often contains keys.
func ParseEndpoint(s string) (host string, err error) {
	if strings.Contains(s, "?") {
		return "", errors.New("it has a query; remove the ? and what follows")
	}
	return ParseURL(s)
}
