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
	w := u.shortfalls(WeakConsole)
	w.requireTrue("access.rbac.supported", "no roles")
	w.requireTrue("access.rbac.api_key_scoping", "keys cannot be restricted")
	w.requireTrue("access.mfa.enforced", "multi-factor authentication is not enforced")
	if u.Tier <= 2 {
		w.requireAny("access.sso.protocols", "no single sign-on")
	}
	out := w.fault(u.subject("console access"), u.ownerMust("enforces what the console can, and asks the vendor for the rest."))
	if cost := u.Attr("access.sso.extra_cost"); cost.True() {
		w = u.shortfalls(WeakConsole)
		w.add("access.sso.extra_cost", "single sign-on costs extra")
		out = append(out, withLimit(diag.Note, "cost", w.fault(u.subject("console access"), u.ownerMust("asks for it at no cost at renewal.")))...)
	}
	return out
}
