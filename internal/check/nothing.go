package check

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
)

// nothing says whether there is nothing to check, and why.
type nothing struct {
	why     string // empty if there is something
	allowed bool   // the settings allow it
}

// nothingToCheck decides whether a tree may have no manifest. With WhenUsed it may not if its code uses a vendor, or was not
// searched.
func (in Inputs) nothingToCheck(scan *gate.CodeScan) (nothing, remarks) {
	out := nothing{in.Declared.Nothing, in.Declared.Allowed}
	if out.why == "" || !in.WhenUsed || !out.allowed {
		return out, remarks{}
	}
	if scan == nil {
		out.allowed = false
		return out, remarks{}
	}
	for _, v := range scan.Vendors {
		if v.Confidence >= detect.Likely {
			out.why = "" // the vendors that were found are checked
			return out, remarks{}
		}
	}
	return out, noticed(fmt.Sprintf("no vendor was found in %s", diag.Count(scan.Files, "file")))
}

// enforceManifest withdraws the permission to have no manifest if the policy requires one.
func (in Inputs) enforceManifest(n nothing) (nothing, remarks) {
	if rules := in.Trusted.Policy; n.why == "" || !n.allowed || rules == nil || !rules.MinimumGate.Manifest.Value {
		return n, remarks{}
	}
	n.allowed = false
	return n, noticed("missing-manifest is fail, because the policy is stricter")
}
