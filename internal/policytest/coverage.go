package policytest

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// Coverage is how many of the rules and requirements in force the cases test both ways: passing and failing.
type Coverage struct {
	InForce int
	Covered int
	Gaps    []CoverageGap // by rule, then requirement; pass before fail
}

// CoverageGap is an outcome that no case tests.
type CoverageGap struct {
	ID   string
	Want policy.Outcome // Holds or Fails; IsUnknown for what cannot fail
}

// Covered computes the coverage of trials. Only expectations that are met count.
func Covered(p *policy.Policy, trials []Trial) Coverage {
	shown := map[CoverageGap]bool{}
	for _, t := range trials {
		for _, s := range t.Said {
			shown[CoverageGap{s.ID.Value, s.Got}] = shown[CoverageGap{s.ID.Value, s.Got}] || s.Met()
		}
	}
	var c Coverage
	for _, id := range testable(p) {
		if !p.InForce(id) {
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

// opposite returns the outcome that a test must cover besides Holds. A requirement that only checks whether an attribute is known
// cannot fail, and neither can the rule about what nobody knows.
func opposite(p *policy.Policy, id string) policy.Outcome {
	if id == gate.Incomplete {
		return policy.IsUnknown
	}
	for i := range p.Requirements {
		if q := &p.Requirements[i]; q.ID == id && slices.ContainsFunc(q.Branches, policy.Branch.OnlyPresent) {
			return policy.IsUnknown
		}
	}
	return policy.Fails
}
