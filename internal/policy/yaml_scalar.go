package policy

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var bare = regexp.MustCompile(`^[A-Za-z_/][A-Za-z0-9_./@&-]*$`)

// quoteYAML is a text as YAML takes it: quoted where it would mean something else without quotes.
func quoteYAML(text string) string {
	words := []string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
	if bare.MatchString(text) && !slices.Contains(words, strings.ToLower(text)) {
		return text
	}
	return strings.ReplaceAll(strconv.Quote(text), "##[", `\x23#[`) // the log of a job takes that for a command
}

// ListInYAML is a list of texts in brackets.
func ListInYAML(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = quoteYAML(w)
	}
	return "[" + strings.Join(out, ", ") + "]"
}
