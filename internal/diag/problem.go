package diag

import (
	"cmp"
	"fmt"
	"slices"
)

// MaxProblems is the number of problems of a file that are listed individually. A small file can contain half a
// million.
const MaxProblems = 100

// FirstProblems keeps the first problems of a file, credentials first, and counts the rest in the last one.
func FirstProblems(problems []Problem) []Problem {
	if len(problems) <= MaxProblems {
		return problems
	}
	sorted := slices.Clone(problems)
	slices.SortStableFunc(sorted, func(a, b Problem) int {
		return cmp.Or(secretsFirst(a, b), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col))
	})
	last := sorted[MaxProblems-1].Pos
	more := Problem{Pos: last, Message: fmt.Sprintf("%d more problems in this file", len(problems)-MaxProblems+1)}
	return append(slices.Clone(sorted[:MaxProblems-1]), more)
}

func secretsFirst(a, b Problem) int {
	switch {
	case a.Secret == b.Secret:
		return 0
	case a.Secret:
		return -1
	default:
		return 1
	}
}
