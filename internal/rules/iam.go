package rules

import (
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// Rules about the console.
const (
	WeakConsole = "VG-IAM-001"
)

func consoleRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: WeakConsole, Title: "the console cannot be locked down", Levels: tiered("EEW-"), Waivable: true, Optional: true},
			Judge:    weakConsole,
		},
	}
}

// weakConsole: VG-IAM-001.
func weakConsole(u *Subject) []Fault {
	w := u.gaps(WeakConsole)
	w.yes("access.rbac.supported", "no roles")
	w.yes("access.rbac.api_key_scoping", "keys cannot be restricted")
	w.yes("access.mfa.enforced", "multi-factor authentication is not enforced")
	if u.Tier <= 2 {
		w.any("access.sso.protocols", "no single sign-on")
	}
	out := w.fault(u.subject("console access"), u.team("enforces what the console can, and asks the vendor for the rest."))
	if cost := u.Fact("access.sso.extra_cost"); cost.True() {
		w = u.gaps(WeakConsole)
		w.lack("access.sso.extra_cost", "single sign-on costs extra")
		out = append(out, capped(diag.Note, "cost", w.fault(u.subject("console access"), u.team("asks for it at no cost at renewal.")))...)
	}
	return out
}
