package policy

import (
	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

type loader struct {
	version  string
	table    *attr.Table
	problems []diag.Problem

	limited *attr.Value // severity_limit of the preset; nil if it has none

	classesUsed    []diag.At[string]
	regionsUsed    []diag.At[string]
	groups         scalar.CountryGroups // of all files read so far
	requirementIDs map[string]bool      // of the current file
	patterns       int                  // total size of the compiled regular expressions
}

// tooManyProblems reports whether to stop suggesting.
func (l *loader) tooManyProblems() bool { return len(l.problems) > diag.MaxProblems }

// nearest is diag.Nearest until there are too many problems.
func (l *loader) nearest(word string, choices []string) string {
	if l.tooManyProblems() {
		return ""
	}
	return diag.Nearest(word, choices)
}

func (l *loader) problem(pos diag.Pos, message, hint string) {
	l.problems = append(l.problems, diag.Problem{Pos: pos, Message: message, Hint: hint})
}

// FirstRunes shortens a text to n characters, with ... at the end.
func FirstRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "..."
	}
	return s
}
