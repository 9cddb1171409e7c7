package diag

import (
	"fmt"
	"regexp"
	"strings"
)

// Count returns a number of things in words: "1 file", "2 files".
func Count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// Ahead says how far a day is in the future, or in the past if it is negative: "in 3 days", "tomorrow", "1 day ago".
func Ahead(days int) string {
	switch {
	case days == 0:
		return "today"
	case days == 1:
		return "tomorrow"
	case days < 0:
		return Count(-days, "day") + " ago"
	default:
		return fmt.Sprintf("in %d days", days)
	}
}

var aheadPattern = regexp.MustCompile(`\b(?:today|tomorrow|in \d+ days|\d+ days? ago)\b`)

// Timeless replaces what Ahead says in a text, so that the text is the same on every day.
func Timeless(text string) string { return aheadPattern.ReplaceAllString(text, "then") }

// Capital starts a sentence with a capital letter if its first word is plain: only lower-case letters, so that scope.repos, vendors[],
// min_tls and k.nakagawa stay as they are.
func Capital(text string) string {
	first, _, _ := strings.Cut(text, " ")
	if first == "" || strings.Trim(first, "abcdefghijklmnopqrstuvwxyz") != "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// ShellWord writes a text as one word of a command line.
func ShellWord(text string) string {
	if strings.Trim(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./@:") == "" {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// OrList joins words: "text, json or markdown".
func OrList(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
