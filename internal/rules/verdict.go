package rules

import (
	"github.com/vendorgate/vendorgate/internal/policy"
)

// RuleOutcome is what one rule or requirement says of one use.
type RuleOutcome struct {
	ID      string
	Outcome policy.Outcome // Holds, Fails or IsUnknown
	Missing []Missing      // what nobody has established
}

// Conclude keeps what a rule or requirement says, where somebody wants to know.
func (u *Subject) Conclude(id string, outcome policy.Outcome, missed []Missing) {
	if !u.TrackOutcomes {
		return
	}
	if outcome == policy.NotApplicable {
		outcome = policy.Holds
	}
	u.Outcomes = append(u.Outcomes, RuleOutcome{id, outcome, missed})
}

// FaultOutcome is what a structural rule says: what it finds outweighs what it could not see.
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
