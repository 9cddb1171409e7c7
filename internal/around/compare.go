package around

import (
	"bytes"
	"strings"

	"github.com/vendorgate/vendorgate/internal/search"
)

// Compared reports whether code compares a text and does not call it: host == "x", url.includes("x"), [src*="x"].
func Compared(data []byte, start, end int) bool {
	from, to := search.Line(data, start)
	before := strings.TrimRight(string(data[from:start]), "\"'`")
	if matches(before) {
		return true
	}
	if before == string(data[from:start]) {
		return false
	}
	if strings.HasSuffix(before, "*=") || strings.HasSuffix(before, "^=") {
		return true
	}
	text := strings.TrimRight(before, " ")
	if strings.HasSuffix(text, "case") && text != before {
		return true
	}
	for _, mark := range []string{
		"==", "!=", "endsWith(", "startsWith(", "includes(", "endswith(", "startswith(", "end_with?(", "start_with?(", "include?(",
		"hasSuffix(", "hasPrefix(", "contains(", "equals(", "equalsIgnoreCase(", "indexOf(",
	} {
		if strings.HasSuffix(text, mark) {
			return true
		}
	}
	after := data[end:to]
	i := bytes.IndexAny(after, "\"'`")
	return i >= 0 && (bytes.HasPrefix(after[i+1:], []byte(" in ")) || bytes.HasPrefix(after[i+1:], []byte(" ==")))
}

// matches reports whether a text is in a call that holds texts against each other.
func matches(text string) bool {
	for _, call := range []string{
		"strings.HasSuffix(", "strings.HasPrefix(", "strings.Contains(", "regexp.MustCompile(", "re.compile(", "re.match(", "re.search(", "Regex(", "RegExp(", "preg_match(", "str_contains(", "strpos(", "str_starts_with(", "str_ends_with(", "String.ends_with?(", "String.starts_with?(", "String.contains?(", "String.match?(", "Str::contains(", "Str::startsWith(", "Str::endsWith(", "strings.EqualFold(",
	} {
		if !strings.Contains(text, call) { // much faster than LastIndex
			continue
		}
		if i := strings.LastIndex(text, call); strings.Count(text[i:], "(") > strings.Count(text[i:], ")") {
			return true
		}
	}
	return false
}
