package snapshot

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// The server lists names that are not UTF-8 with U+FFFD in place of some bytes, and its archives have the bytes. So two files can be
// listed under one name, and a listed file may have one of several names in the archive.

const replaced = string(utf8.RuneError)

var replacedRun = regexp.MustCompile(replaced + "+")

// alike returns what a name in the archive and the listed name have in common: bytes that are not UTF-8 are one U+FFFD.
func alike(name string) string {
	return replacedRun.ReplaceAllString(strings.ToValidUTF8(name, replaced), replaced)
}

// IsOdd reports whether a listed name may stand for one that is not UTF-8.
func IsOdd(name string) bool { return strings.Contains(name, replaced) }

// Another returns a name like an odd one that is not taken yet.
func Another(name string, taken func(string) bool) string {
	for taken(name) {
		name = strings.Replace(name, replaced, replaced+replaced, 1)
	}
	return name
}

var hashPattern = regexp.MustCompile(`^[0-9a-f]{40}$`)

// IsHash reports whether a text is git's name of a commit or a content.
func IsHash(text string) bool { return hashPattern.MatchString(text) }
