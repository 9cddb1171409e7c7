package gate

import (
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"

	"github.com/vendorgate/vendorgate/internal/rules"
)

// hideReasons takes the reasons out of all findings, under a confidential policy: what speaks against a vendor becomes one finding
// of a use, under one rule. It comes after the waivers, which cover rules.
func (e *evaluation) hideReasons() {
	if !e.in.Policy.Confidential {
		return
	}
	for i := range e.findings {
		f := &e.findings[i]
		if r, _ := rules.ByID(f.Rule); f.Vendor == "" || r.Public == rules.AboutUse {
			continue
		}
		ask := e.in.Policy.Owner()
		f.Message = fmt.Sprintf("%q is not approved for this use; ask %s", f.Vendor, ask)
		if f.Severity < diag.Error {
			f.Message = fmt.Sprintf("the approval of %q is to be looked at; ask %s", f.Vendor, ask)
		}
		place, _, _ := strings.Cut(f.Key, "\x00") // what counts differently stays apart
		f.Key = fmt.Sprintf("%s\x00kept %s %s %t", place, f.Severity, f.Waiver, f.Everywhere)
		f.Rule, f.Hint, f.Related, f.Owner = rules.StatusForbids, "", nil, ask
	}
}
