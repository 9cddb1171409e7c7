package rules

import (
	"github.com/vendorgate/vendorgate/internal/diag"
)

// weakConsole: VG-IAM-001.
func weakConsole(u *Subject) []Fault {
	w := u.gaps("VG-IAM-001")
	w.yes("access.rbac.supported", "no roles")
	w.yes("access.rbac.api_key_scoping", "keys cannot be restricted")
	w.yes("access.mfa.enforced", "multi-factor authentication is not enforced")
	if u.Tier <= 2 {
		w.any("access.sso.protocols", "no single sign-on")
	}
	out := w.fault(u.subject("console access"), u.team("enforces what the console can, and asks the vendor for the rest."))
	if cost := u.Fact("access.sso.extra_cost"); cost.True() {
		w = u.gaps("VG-IAM-001")
		w.lack("access.sso.extra_cost", "single sign-on costs extra")
		out = append(out, capped(diag.Note, "cost", w.fault(u.subject("console access"), u.team("asks for it at no cost at renewal.")))...)
	}
	return out
}
