package around

import (
	"bytes"
	"slices"
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
	text := strings.ToLower(strings.TrimRight(before, " "))
	if word := text[strings.LastIndexAny(text, " \t")+1:]; len(text) < len(before) && (strings.HasSuffix(word, "case") || word == "when") {
		return true
	}
	for _, mark := range []string{
		"==", "!=", "=~", "!~", "endswith(", "startswith(", "ends_with(", "starts_with(", "ends_with?(", "end_with?(", "starts_with?(", "start_with?(",
		"includes(", "include?(", "contains(", "contains?(", "hassuffix(", "hasprefix(", "equals(", "equalsignorecase(", "indexof(", "removeprefix(", "removesuffix(",
	} {
		if strings.HasSuffix(text, mark) {
			return true
		}
	}
	after := data[end:to]
	i := bytes.IndexAny(after, "\"'`")
	return i >= 0 && slices.ContainsFunc([]string{" in ", " ==", " !=", " ->"}, func(mark string) bool { return bytes.HasPrefix(after[i+1:], []byte(mark)) })
}

// matches reports whether a text is in a call that holds texts against each other.
func matches(text string) bool {
	for _, call := range []string{
		"strings.HasSuffix(", "strings.HasPrefix(", "strings.Contains(", "strings.TrimPrefix(", "strings.TrimSuffix(", "strings.Index(", "strings.Cut(", "regexp.MustCompile(", "re.compile(", "re.match(", "re.search(", "Regex(", "RegExp(", "preg_match(", "str_contains(", "strpos(", "stripos(", "strcmp(", "Objects.equals(", "Regex.match?(", "Regex.IsMatch(", "str_starts_with(", "str_ends_with(", "String.ends_with?(", "String.starts_with?(", "String.contains?(", "String.match?(", "Str::contains(", "Str::startsWith(", "Str::endsWith(", "strings.EqualFold(",
	} {
		if !strings.Contains(text, call) { // much faster than LastIndex
			continue
		}
		if i := strings.LastIndex(text, call); open(text[i+len(call):]) {
			return true
		}
	}
	return false
}

// open reports whether a text leaves the call that it is in open.
func open(text string) bool {
	depth := 1
	for _, c := range []byte(text) {
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 {
			return false
		}
	}
	return true
}
