package check

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// absentFiles returns the paths that git tracks and the checkout does not have.
func absentFiles(h inputs.Head) []string {
	listing, err := h.Listed()
	if err != nil {
		return nil // the callers that need the list report the error
	}
	var out []string
	for _, s := range listing.Skipped {
		if s.Absent() {
			out = append(out, s.Path)
		}
	}
	return out
}

// whole returns the head to search if no file may be missing, with a gap if one is missing or that is unknown. required means that the
// policy requires the search.
func whole(ctx context.Context, h inputs.Head, required bool) (inputs.Head, remarks) {
	all, err := h.Complete(ctx)
	switch {
	case err != nil:
		return h, gap(h.Dir, "it is not a git checkout, so it is unknown whether all files of the repository are there, and the commit cannot be read instead: "+err.Error())
	case all.Away != h.Away:
		return all, noticed(fmt.Sprintf("the workspace is not a git checkout, so the code was read from commit %s", all.Away[:min(7, len(all.Away))]))
	}
	return h, unsearched(h, !required && h.Commit == "")
}

// unsearched returns a gap if the checkout lacks files that should be searched, or if that is unknown. A directory without git may be
// plain by choice; plain allows that.
func unsearched(h inputs.Head, plain bool) remarks {
	if h.Plain && !plain {
		return gap(h.Dir, "it is not a git checkout, so it is unknown whether all files of the repository are there to be searched; check out the repository with git")
	}
	listing, err := h.Listed()
	if i := slices.IndexFunc(listing.Skipped, worktree.Skipped.Unindexed); err == nil && i >= 0 {
		return gap(h.Name(listing.Skipped[i].Path), "it is unknown whether the checkout has all tracked files: "+listing.Skipped[i].Reason)
	}
	absent := absentFiles(h)
	if len(absent) == 0 {
		return remarks{}
	}
	return gap(h.Dir, fmt.Sprintf("the checkout does not have %s, so the search for vendors is incomplete: %s", diag.Count(len(absent), "tracked path"), firstNames(absent, h.Name)))
}

// outside returns a notice about paths that are not part of the repository, for a run that does not search the code.
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
	return noticed(fmt.Sprintf("not searched for manifests: %s (%s); `vendorgate scan` lists them", diag.Count(len(left), "path"), reasons(left)))
}

// firstNames returns the first few files of a list, for a message.
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

// reasons counts the paths for each reason.
func reasons(skipped []detect.Skipped) string {
	counts := map[string]int{}
	for _, s := range skipped {
		counts[s.Reason]++
	}
	var parts []string
	for reason, n := range counts {
		parts = append(parts, fmt.Sprintf("%s: %d", reason, n))
	}
	slices.Sort(parts)
	if more := len(parts) - 5; more > 0 {
		parts = append(parts[:5], fmt.Sprintf("and %d more reasons", more))
	}
	return strings.Join(parts, "; ")
}
