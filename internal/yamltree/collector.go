package yamltree

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// collector collects problems. It keeps enough to report the first ones in the file, and counts the rest.
type collector struct {
	problems []diag.Problem
	left     int
}

const maxKept = 1000

func (c *collector) add(pos diag.Pos, hint, format string, args ...any) {
	if len(c.problems) == maxKept {
		c.left++
		return
	}
	c.problems = append(c.problems, diag.Problem{Pos: pos, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// has reports whether there is a problem on a line.
func (c *collector) has(line int) bool {
	return slices.ContainsFunc(c.problems, func(p diag.Problem) bool { return p.Pos.Line == line })
}

// sorted returns the first problems of the file. If there are more, the last one says how many.
func (c *collector) sorted() []diag.Problem {
	slices.SortStableFunc(c.problems, func(a, b diag.Problem) int {
		return cmp.Or(cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col))
	})
	c.problems = slices.Compact(c.problems) // a lone "!" counts for a map and for its first key
	c.problems = slices.Compact(c.problems) // a lone "!" is before a map and before its first key
	if len(c.problems) <= MaxProblems {
		return c.problems
	}
	more := &c.problems[MaxProblems-1]
	*more = diag.Problem{Pos: more.Pos, Message: fmt.Sprintf("%d more problems in this file", len(c.problems)-MaxProblems+1+c.left)}
	return c.problems[:MaxProblems:MaxProblems]
}
