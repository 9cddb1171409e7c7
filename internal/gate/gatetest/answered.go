package gatetest

import (
	"regexp"
	"strings"
)

// todo matches a line of an entry that asks, and the answers that its comment offers.
var todo = regexp.MustCompile(`(?m)^(.*)TODO([^#\n]*)# (?:(one of|one or more of|approved:) ([^;\n]*))?.*$`)

// Answered replaces each TODO of a draft with an answer that its comment offers, all of them if several may apply, and what nobody offers with
// an answer of the author.
func Answered(entry string) string {
	return todo.ReplaceAllStringFunc(entry, func(line string) string {
		part := todo.FindStringSubmatch(line)
		answer := part[4]
		switch {
		case part[3] == "one of":
			answer, _, _ = strings.Cut(answer, ", ")
		case part[3] == "" && strings.Contains(line, "purpose:"):
			answer = "Charge cards"
		case part[3] == "" && strings.Contains(line, "owner:"):
			answer = "team-checkout"
		case part[3] == "":
			answer = "internal" // data
		}
		return part[1] + answer + part[2]
	})
}
