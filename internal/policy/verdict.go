package policy

// verdict is what one rule or requirement says of one use.
type verdict struct {
	id      string
	outcome Outcome // Holds, Fails or IsUnknown
	missed  []asked // what nobody has established
}

// conclude keeps what a rule or requirement says, where somebody wants to know.
func (u *use) conclude(id string, outcome Outcome, missed []asked) {
	if !u.keeps {
		return
	}
	if outcome == Moot {
		outcome = Holds
	}
	u.verdicts = append(u.verdicts, verdict{id, outcome, missed})
}

// faultOutcome is what a structural rule says: what it finds outweighs what it could not see.
func faultOutcome(faults []fault, missed []asked) Outcome {
	switch {
	case len(faults) > 0:
		return Fails
	case len(missed) > 0:
		return IsUnknown
	default:
		return Holds
	}
}
