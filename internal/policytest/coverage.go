package policytest

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"

	"github.com/vendorgate/vendorgate/internal/policy"
)

// Coverage says of which rules and requirements in force the cases show both that they pass and that they fail.
type Coverage struct {
	InForce int
	Covered int
	Gaps    []CoverageGap // by rule, then requirement; pass before fail
}

// CoverageGap is an outcome that no case shows.
type CoverageGap struct {
	ID   string
	Want policy.Outcome // Holds or Fails; IsUnknown of what cannot fail
}

// Covered counts what the expectations of the trials show, as far as they are met.
func Covered(p *policy.Policy, trials []Trial) Coverage {
	shown := map[CoverageGap]bool{}
	for _, t := range trials {
		for _, s := range t.Said {
			shown[CoverageGap{s.ID.Value, s.Got}] = shown[CoverageGap{s.ID.Value, s.Got}] || s.Met()
		}
	}
	var c Coverage
	for _, id := range testable(p) {
		if p.Severities(id) == policy.EveryTier(diag.Off) {
			continue
		}
		c.InForce++
		before := len(c.Gaps)
		for _, want := range []policy.Outcome{policy.Holds, opposite(p, id)} {
			if gap := (CoverageGap{id, want}); !shown[gap] {
				c.Gaps = append(c.Gaps, gap)
			}
		}
		if len(c.Gaps) == before {
			c.Covered++
		}
	}
	return c
}

// opposite is the outcome that shows that a rule or requirement matters. One that only asks whether something is known does
// not fail.
func opposite(p *policy.Policy, id string) policy.Outcome {
	for i := range p.Requirements {
		if q := &p.Requirements[i]; q.ID == id && slices.ContainsFunc(q.Branches, policy.Branch.OnlyPresent) {
			return policy.IsUnknown
		}
	}
	return policy.Fails
}
