package policy

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var bare = regexp.MustCompile(`^[A-Za-z_/][A-Za-z0-9_./@&-]*$`)

// quoteYAML formats a text as a YAML scalar, with quotes if it needs them.
func quoteYAML(text string) string {
	words := []string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
	if bare.MatchString(text) && !slices.Contains(words, strings.ToLower(text)) {
		return text
	}
	return strings.ReplaceAll(strconv.Quote(text), "##[", `\x23#[`) // a job log would take that for a command
}

// ListInYAML formats texts as a YAML flow sequence.
func ListInYAML(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = quoteYAML(w)
	}
	return "[" + strings.Join(out, ", ") + "]"
}
