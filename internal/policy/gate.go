package policy

import "github.com/vendorgate/vendorgate/internal/diag"

// Gate says which findings fail a check.
type Gate struct {
	FailOn  diag.Severity // Off: none
	Changed bool          // only those about new or changed uses, and those that count everywhere
}

// Counts reports whether a finding fails the check. What could not be judged (VG-REG-007) is no certain no.
func (g Gate) Counts(f diag.Finding) bool {
	return g.FailOn != diag.Off && f.Severity >= g.FailOn && !f.Waived() && f.Rule != unreadable &&
		(!g.Changed || f.Introduced || f.Everywhere)
}

// Fails reports whether any finding fails the check.
func (g Gate) Fails(findings []diag.Finding) bool {
	for _, f := range findings {
		if g.Counts(f) {
			return true
		}
	}
	return false
}

// Vendors gives the rows of a report their verdicts.
func (g Gate) Vendors(rows []diag.Vendor, findings []diag.Finding) {
	failing := map[string]bool{}
	for _, f := range findings {
		if g.Counts(f) {
			failing[f.Vendor] = true
		}
	}
	for i := range rows {
		if failing[rows[i].ID] {
			rows[i].Verdict = diag.Fail
		}
	}
}

const unreadable = "VG-REG-007"

// Undecided reports whether something could not be judged.
func Undecided(findings []diag.Finding) bool {
	for _, f := range findings {
		if f.Rule == unreadable {
			return true
		}
	}
	return false
}
