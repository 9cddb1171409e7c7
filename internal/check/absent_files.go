package check

import (
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// absentFiles lists the paths that git tracks and the checkout does not have.
func absentFiles(h inputs.Head) []string {
	listing, err := h.Listed()
	if err != nil {
		return nil // whoever needs the list has reported it
	}
	var out []string
	for _, s := range listing.Skipped {
		if s.Absent() {
			out = append(out, s.Path)
		}
	}
	return out
}

// unsearched is the gap of files that were to be searched and are not in the checkout.
func unsearched(h inputs.Head) remarks {
	absent := absentFiles(h)
	if len(absent) == 0 {
		return remarks{}
	}
	return gap(h.Dir, fmt.Sprintf("%s that git tracks: not in the working tree, so not searched for vendors: %s", diag.Count(len(absent), "path"), firstNames(absent, h.Name)))
}

// outside is the notice about what does not belong to the repository, for a run that does not search the code.
func outside(h inputs.Head) remarks {
	listing, err := h.Listed()
	if err != nil {
		return remarks{}
	}
	var left []worktree.Skipped
	for _, s := range listing.Skipped {
		if s.Outside() {
			left = append(left, s)
		}
	}
	if len(left) == 0 {
		return remarks{}
	}
	return noticed(fmt.Sprintf("%s not searched for manifests (%s); `vendorgate scan` lists them", were(len(left)), reasons(left)))
}

// firstNames shows some of many files.
func firstNames(files []string, name func(string) string) string {
	const most = 3
	var shown []string
	for _, file := range files[:min(len(files), most)] {
		shown = append(shown, name(file))
	}
	if more := len(files) - most; more > 0 {
		shown = append(shown, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(shown, ", ")
}
