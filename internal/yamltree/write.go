package yamltree

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// bare matches a text that needs no quotes.
var bare = regexp.MustCompile(`^[A-Za-z_/][A-Za-z0-9_./@&-]*$`)

// Quote formats a text as a YAML scalar, with quotes if it needs them.
func Quote(text string) string {
	words := []string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
	if bare.MatchString(text) && !slices.Contains(words, strings.ToLower(text)) {
		return text
	}
	return strings.ReplaceAll(strconv.Quote(text), "##[", `\x23#[`) // a job log would take that for a command
}

// FlowList formats texts as a YAML flow sequence.
func FlowList(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = Quote(w)
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// Assignment is an attribute and its value in YAML.
type Assignment struct{ Path, Value string }

// FlowMap formats attributes as a YAML flow mapping. Of several values for a path, the last counts.
func FlowMap(all []Assignment) string { return flowMap("", all) }

func flowMap(prefix string, all []Assignment) string {
	var parts, done []string
	for i, a := range all {
		rest, ok := strings.CutPrefix(a.Path, prefix)
		key, _, deeper := strings.Cut(rest, ".")
		if !ok || slices.Contains(done, key) {
			continue
		}
		done = append(done, key)
		value := flowMap(prefix+key+".", all)
		if !deeper {
			for _, later := range all[i:] {
				if later.Path == a.Path {
					value = later.Value
				}
			}
		}
		parts = append(parts, key+": "+value)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}
