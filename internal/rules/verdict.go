package rules

import (
	"github.com/vendorgate/vendorgate/internal/policy"
)

// RuleOutcome is the outcome of one rule or requirement for one use.
type RuleOutcome struct {
	ID      string
	Outcome policy.Outcome // Holds, Fails or IsUnknown
	Missing []Missing      // what the record does not have
}

// AddOutcome stores the outcome of a rule or requirement if TrackOutcomes is set.
func (u *Subject) AddOutcome(id string, outcome policy.Outcome, missed []Missing) {
	if !u.TrackOutcomes {
		return
	}
	if outcome == policy.NotApplicable {
		outcome = policy.Holds
	}
	u.Outcomes = append(u.Outcomes, RuleOutcome{id, outcome, missed})
}

// FaultOutcome returns the outcome of a structural rule. Faults outweigh missing attributes.
func FaultOutcome(faults []Fault, missed []Missing) policy.Outcome {
	switch {
	case len(faults) > 0:
		return policy.Fails
	case len(missed) > 0:
		return policy.IsUnknown
	default:
		return policy.Holds
	}
}
