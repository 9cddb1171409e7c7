package gate

import (
	"cmp"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// Threshold decides which findings fail a check.
type Threshold struct {
	FailOn  diag.Severity       // Off: none
	Changed bool                // only findings about new or changed uses, and those that count everywhere
	Files   map[string]Stricter // by the file name of a manifest, as in findings
}

// Stricter is what one manifest adds to the threshold of the run.
type Stricter struct {
	FailOn diag.Severity // Off asks for nothing
	All    bool          // findings about unchanged uses fail the check too
}

// Counts reports whether a finding fails the check. VG-REG-007 does not: it leaves the check without a verdict.
func (g Threshold) Counts(f diag.Finding) bool {
	stricter := g.Files[cmp.Or(f.Manifest, f.Pos.File)]
	failOn := g.FailOn
	if policy.Laxer(failOn, stricter.FailOn) {
		failOn = stricter.FailOn
	}
	return failOn != diag.Off && f.Severity >= failOn && !f.Waived() && f.Rule != unreadable &&
		(!g.Changed || stricter.All || f.Introduced || f.Everywhere)
}

// Fails reports whether any finding fails the check.
func (g Threshold) Fails(findings []diag.Finding) bool {
	for _, f := range findings {
		if g.Counts(f) {
			return true
		}
	}
	return false
}

// Mark sets Blocks on each finding that fails the check.
func (g Threshold) Mark(findings []diag.Finding) {
	for i := range findings {
		findings[i].Blocks = g.Counts(findings[i])
	}
}

// Vendors sets the verdicts in the rows of a report.
func (g Threshold) Vendors(rows []diag.Vendor, findings []diag.Finding) {
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

const unreadable = rules.Unreadable

// Undecided reports whether anything could not be judged.
func Undecided(findings []diag.Finding) bool {
	for _, f := range findings {
		if f.Rule == unreadable {
			return true
		}
	}
	return false
}
