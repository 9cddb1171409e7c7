package rules

import (
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/subject"
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
func weakConsole(u *subject.Subject) []subject.Fault {
	w := u.Shortfalls(WeakConsole)
	w.RequireTrue("access.rbac.supported", "no role-based access")
	w.RequireTrue("access.rbac.api_key_scoping", "API keys cannot be scoped")
	w.RequireTrue("access.mfa.enforced", "multi-factor authentication is not enforced")
	if u.Tier <= 2 {
		w.RequireAny("access.sso.protocols", "no single sign-on")
	}
	out := w.Fault(u.About("the console of %q is not locked down"), u.OwnerMust("enforce what the console allows, and ask the vendor for the rest."))
	if cost := u.Attr("access.sso.extra_cost"); cost.True() {
		w = u.Shortfalls(WeakConsole)
		w.Add("access.sso.extra_cost", "single sign-on costs extra")
		out = append(out, subject.WithLimit(diag.Note, "cost", w.Fault(u.About("the console of %q is not locked down"), u.OwnerMust("ask the vendor to include single sign-on at renewal.")))...)
	}
	return out
}
