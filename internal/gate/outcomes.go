package gate

import (
	"cmp"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// outcomes keeps what the rules and requirements said of a use, so that a pass can be shown too.
func (e *evaluation) outcomes(u *subject.Subject) {
	use := diag.Use{Vendor: u.ID.Value, Label: u.Label.Value, Pos: u.ID.Pos, Tier: u.Tier, Asked: []diag.Asked{{Rule: rules.Unregistered, Outcome: diag.Passed}}}
	for _, o := range u.Outcomes {
		use.Asked = append(use.Asked, diag.Asked{Rule: o.ID, Outcome: OutcomeOf(o)})
	}
	e.judged = append(e.judged, use)
}

// OutcomeOf returns an outcome as reports have it, before waivers. What holds until a last day that comes near passes.
func OutcomeOf(o subject.RuleOutcome) diag.Outcome {
	outcome := o.Outcome
	if o.Soon {
		outcome = o.Apart
	}
	return [...]diag.Outcome{policy.Holds: diag.Passed, policy.Fails: diag.Failed, policy.IsUnknown: diag.Unknown, policy.NotApplicable: diag.Passed, policy.NotAsked: diag.NotAsked}[outcome]
}

// judgedUses returns what was asked about each use, after the waivers.
func (e *evaluation) judgedUses() []diag.Use {
	for i := range e.judged {
		use := &e.judged[i]
		for k := range use.Asked {
			if a := &use.Asked[k]; a.Outcome == diag.Failed || a.Outcome == diag.Unknown {
				e.excuse(use, a)
			}
		}
	}
	slices.SortStableFunc(e.judged, func(a, b diag.Use) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col))
	})
	return e.judged
}

// excuse marks a rule that does not hold for a use if waivers cover all that it found about the use, and about the vendor.
func (e *evaluation) excuse(use *diag.Use, a *diag.Asked) {
	var by *gradedFinding
	for i := range e.findings {
		f := &e.findings[i]
		switch {
		case f.Vendor != use.Vendor || f.Rule != a.Rule || f.Use != use.Label && !f.joined:
		case !f.Waived():
			return
		case by == nil || f.WaivedUntil < by.WaivedUntil:
			by = f
		}
	}
	if by != nil {
		a.Outcome, a.Waiver, a.Until = diag.Excused, by.Waiver, by.WaivedUntil
	}
}
