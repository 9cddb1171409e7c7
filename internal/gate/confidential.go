package gate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// conceal leaves out of a result what a confidential policy hides: everything that says more about a record than whether the vendor may be
// used. It runs after the waivers, which cover rules.
func (e *evaluation) conceal(r Result) Result {
	if !e.in.Policy.Confidential.Value {
		return r
	}
	r.Uses, r.Lapsed = nil, 0
	for i := range r.Vendors {
		row := &r.Vendors[i]
		if v, err := e.in.Registry.Vendor(row.ID); err != nil || v == nil || !v.Reviewed() || row.Status == unreadStatus {
			continue
		}
		row.Status, row.Expires = e.concealedStatus(*row), ""
		if e.unvetted[row.ID] {
			r.Unvetted--
		}
	}
	return r
}

// concealedStatus returns the status of a vendor that follows from its findings alone.
func (e *evaluation) concealedStatus(row diag.Vendor) string {
	forbidden := slices.ContainsFunc(e.findings, func(f gradedFinding) bool {
		return f.Vendor == row.ID && f.Rule == rules.StatusForbids && f.Severity == diag.Error && !f.Waived()
	})
	undeclared := strings.HasPrefix(row.Status, undeclaredStatus)
	switch {
	case undeclared && forbidden:
		return undeclaredStatus + ", not-approved"
	case undeclared:
		return undeclaredStatus
	case forbidden:
		return "not-approved"
	}
	return "approved"
}

// hideReasons removes the reasons from all findings if the policy is confidential: all findings about a record become findings of
// one rule. What must be done at once stays.
func (e *evaluation) hideReasons() {
	if !e.in.Policy.Confidential.Value {
		return
	}
	failing := map[string]bool{} // places with an error, which says all that may be said
	for i := range e.findings {
		f := &e.findings[i]
		if r, _ := rules.ByID(f.Rule); f.Vendor == "" || r.Public == rules.AboutUse {
			continue
		}
		if f.Rule == rules.Undeclared { // to declare it is no secret, and helps whatever the record says
			f.Message, f.Hint = f.private, f.urgent
			continue
		}
		ask := e.in.Policy.Owner()
		f.Message = fmt.Sprintf("%q is not approved for this use; ask %s", f.Vendor, ask)
		if f.Severity < diag.Error || f.Waived() {
			f.Message = fmt.Sprintf("the approval of %q needs attention; ask %s", f.Vendor, ask)
		}
		place, _, _ := strings.Cut(f.Key, "\x00") // findings that count differently stay separate
		f.Key = fmt.Sprintf("%s\x00kept %s %s %t", place, f.Severity, f.Waiver, f.Everywhere)
		if at := place + f.Pos.String(); f.Severity == diag.Error && !f.Waived() {
			failing[at] = true
		}
		f.Rule, f.Hint, f.Paste, f.Related, f.Owner = rules.StatusForbids, f.urgent, "", nil, ask
	}
	e.findings = slices.DeleteFunc(e.findings, func(f gradedFinding) bool {
		place, kept, _ := strings.Cut(f.Key, "\x00kept ")
		return kept != "" && f.Severity < diag.Error && !f.Waived() && failing[place+f.Pos.String()]
	})
}
