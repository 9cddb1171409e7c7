package scalar

import (
	"strings"
)

// LooksSecret reports whether s looks like a credential or contains one: a token of a known format, a password in a
// URL, an Authorization header, a PEM block, or a long random string. It judges by format only, and the hexadecimal
// digest of a file looks like a key, so do not use it for fields with digests.
func LooksSecret(s string) bool {
	return len(s) >= minSecret && (looksRandom(s) || hasKnownShape(s) || hasURLPassword(s))
}

// hasURLPassword finds scheme://user:password@host anywhere in s. A user without a password does not count.
func hasURLPassword(s string) bool {
	for strings.IndexByte(s, '@') >= 0 {
		_, rest, ok := strings.Cut(s, "://")
		if !ok {
			return false
		}
		authority := rest[:span(rest, inAuthority)]
		if at := strings.LastIndexByte(authority, '@'); at > 0 {
			_, password, _ := strings.Cut(authority[:at], ":")
			if password != "" {
				return true
			}
		}
		s = rest
	}
	return false
}

func inAuthority(c byte) bool {
	return ' ' < c && c != '/' && c != '?' && c != '#' && c != '"' && c != '<' && c != '>'
}
