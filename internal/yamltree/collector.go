package yamltree

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// collector collects problems. It keeps enough to report the first ones in the file, and counts the rest.
type collector struct {
	problems []diag.Problem
	left     int
	spelling map[string]bool // messages about the characters of the file
}

const maxKept = 1000

func (c *collector) add(pos diag.Pos, hint, format string, args ...any) {
	if len(c.problems) == maxKept {
		c.left++
		return
	}
	c.problems = append(c.problems, diag.Problem{Pos: pos, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// addSpelling adds a problem with the characters of the file. Whoever made one mistake of a kind made all in the same way, so those that say
// the same are one problem.
func (c *collector) addSpelling(pos diag.Pos, hint, message string) {
	if c.spelling == nil {
		c.spelling = map[string]bool{}
	}
	c.spelling[message] = true
	c.add(pos, hint, "%s", message)
}

// has reports whether there is a problem on a line.
func (c *collector) has(line int) bool {
	return slices.ContainsFunc(c.problems, func(p diag.Problem) bool { return p.Pos.Line == line })
}

// fold joins problems with characters that say the same.
func (c *collector) fold() {
	lines := map[string][]int{}
	c.problems = slices.DeleteFunc(c.problems, func(p diag.Problem) bool {
		if !c.spelling[p.Message] {
			return false
		}
		lines[p.Message] = append(lines[p.Message], p.Pos.Line)
		return len(lines[p.Message]) > 1
	})
	for i := range c.problems {
		if others := slices.Compact(lines[c.problems[i].Message]); len(others) > 1 {
			c.problems[i].Message += "; also on " + places(others[1:])
		}
	}
}

// places names a few lines.
func places(lines []int) string {
	const most = 5
	var words []string
	for _, n := range lines[:min(len(lines), most)] {
		words = append(words, strconv.Itoa(n))
	}
	if more := len(lines) - most; more > 0 {
		words = append(words, diag.Count(more, "other"))
	}
	if len(lines) == 1 {
		return "line " + words[0]
	}
	last := len(words) - 1
	return "lines " + strings.Join(words[:last], ", ") + " and " + words[last]
}

// sorted returns the first problems of the file. If there are more, the last one says how many.
func (c *collector) sorted() []diag.Problem {
	slices.SortStableFunc(c.problems, func(a, b diag.Problem) int {
		return cmp.Or(cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col))
	})
	c.problems = slices.Compact(c.problems) // a lone "!" counts for a map and for its first key
	c.problems = slices.Compact(c.problems) // a lone "!" is before a map and before its first key
	c.fold()
	if len(c.problems) <= MaxProblems {
		return c.problems
	}
	more := &c.problems[MaxProblems-1]
	*more = diag.Problem{Pos: more.Pos, Message: fmt.Sprintf("%d more problems in this file", len(c.problems)-MaxProblems+1+c.left)}
	return c.problems[:MaxProblems:MaxProblems]
}
