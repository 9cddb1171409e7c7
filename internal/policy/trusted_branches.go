package policy

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// TrustsBranch reports whether the policy lists a branch in trusted_branches. The name has no refs/heads/. In a pattern, * does
// not match a slash. Branch names are case-sensitive.
func (p *Policy) TrustsBranch(branch string) bool {
	return slices.ContainsFunc(p.trustedBranches, func(pattern string) bool {
		ok, err := path.Match(pattern, branch)
		return err == nil && ok
	})
}

// trustedBranches reads the patterns. It reports patterns that match no branch, or every branch.
func (l *loader) trustedBranches(p *Policy, v *attr.Value) {
	if !v.Known() {
		return
	}
	p.trustedBranches, p.origins["trusted_branches"] = v.Texts(), v.Pos
	for _, item := range v.Items {
		text := item.Text
		problem, hint := scalar.BranchPattern(text)
		switch {
		case strings.Contains(text, "**"):
			l.problem(item.Pos, fmt.Sprintf("trusted_branches: ** has no meaning in %q", FirstRunes(text, 60)), "write * for one part of the name, such as release/*")
		case strings.ContainsAny(text, "*?[") && scalar.Unnamed(text):
			l.problem(item.Pos, fmt.Sprintf("trusted_branches: %q matches branches that anyone can create", FirstRunes(text, 60)), "name branches that only reviewed changes reach, such as release/*")
		case problem != "":
			l.problem(item.Pos, fmt.Sprintf("trusted_branches: no branch is called %q: %s", FirstRunes(text, 60), problem), FirstRunes(hint, 90))
		}
	}
}
