package gatetest

import (
	"slices"
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// checkOutcomes checks that what was asked about each use agrees with the findings: what fails or is unknown has findings, what passes has
// none but those that only announce a last day, and what a waiver excuses has none that count.
func checkOutcomes(tb testing.TB, p *policy.Policy, r gate.Result) {
	tb.Helper()
	if p.Confidential.Value {
		if len(r.Uses) > 0 {
			tb.Errorf("a confidential policy shows outcomes: %+v", r.Uses)
		}
		return
	}
	outcomes := map[string][]diag.Outcome{} // by vendor and rule, of all uses of the vendor
	for _, u := range r.Uses {
		for _, a := range u.Asked {
			outcomes[u.Vendor+" "+a.Rule] = append(outcomes[u.Vendor+" "+a.Rule], a.Outcome)
			if (a.Outcome == diag.Excused) != (a.Waiver != "" && a.Until != "") {
				tb.Errorf("%s %s is %s by waiver %q until %q", u.Vendor, a.Rule, a.Outcome, a.Waiver, a.Until)
			}
			found := slices.ContainsFunc(r.Findings, func(f diag.Finding) bool { return f.Vendor == u.Vendor && f.Rule == a.Rule })
			if !found && (a.Outcome == diag.Failed || a.Outcome == diag.Excused) {
				tb.Errorf("%s fails %s, and no finding says so", u.Vendor, a.Rule)
			}
		}
	}
	for _, f := range r.Findings {
		asked := outcomes[f.Vendor+" "+f.Rule]
		passed := !slices.ContainsFunc(asked, func(o diag.Outcome) bool { return o != diag.Passed })
		if len(asked) > 0 && passed && f.Severity == diag.Error {
			tb.Errorf("every use of %s passes %s, but: %s", f.Vendor, f.Rule, f.Message)
		}
		excused := slices.ContainsFunc(r.Uses, func(u diag.Use) bool {
			return u.Vendor == f.Vendor && u.Label == f.Use && slices.ContainsFunc(u.Asked, func(a diag.Asked) bool { return a.Rule == f.Rule && a.Outcome == diag.Excused })
		})
		if excused && !f.Waived() {
			tb.Errorf("%s is excused from %s, but no waiver covers: %s", f.Vendor, f.Rule, f.Message)
		}
	}
}
