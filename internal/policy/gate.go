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

// Vendor is the verdict on one vendor of the report.
func (g Gate) Vendor(v diag.Vendor, findings []diag.Finding) diag.Verdict {
	for _, f := range findings {
		if f.Vendor == v.ID && g.Counts(f) {
			return diag.Fail
		}
	}
	return v.Verdict
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
