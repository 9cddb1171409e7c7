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

// weakConsole implements VG-IAM-001.
func weakConsole(u *Subject) []Fault {
	w := u.shortfalls(WeakConsole)
	w.requireTrue("access.rbac.supported", "no role-based access")
	w.requireTrue("access.rbac.api_key_scoping", "API keys cannot be scoped")
	w.requireTrue("access.mfa.enforced", "multi-factor authentication is not enforced")
	if u.Tier <= 2 {
		w.requireAny("access.sso.protocols", "no single sign-on")
	}
	out := w.fault(u.about("the console of %q is not locked down"), u.ownerMust("enforce what the console allows, and ask the vendor for the rest."))
	if cost := u.Attr("access.sso.extra_cost"); cost.True() {
		w = u.shortfalls(WeakConsole)
		w.add("access.sso.extra_cost", "single sign-on costs extra")
		out = append(out, withLimit(diag.Note, "cost", w.fault(u.about("the console of %q is not locked down"), u.ownerMust("ask the vendor to include single sign-on at renewal.")))...)
	}
	return out
}
