package check

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
)

// nothing says that there is nothing to check.
type nothing struct {
	why     string // empty if there is something
	allowed bool   // it is what the settings allow
}

// nothingToCheck decides on a tree without a manifest, by what was found in its code if the settings say so. Where nobody
// searched, that is no permission.
func (in Inputs) nothingToCheck(traces *gate.Traces) (nothing, remarks) {
	out := nothing{in.Declared.Nothing, in.Declared.Allowed}
	if out.why == "" || !in.WhenUsed || !out.allowed {
		return out, remarks{}
	}
	if traces == nil {
		out.allowed = false
		return out, remarks{}
	}
	for _, v := range traces.Vendors {
		if v.Confidence >= detect.Likely {
			out.why = "" // the vendors that were found are what there is to check
			return out, remarks{}
		}
	}
	return out, noticed(fmt.Sprintf("no vendor was found in %s", diag.Count(traces.Files, "file")))
}

// enforceManifest withdraws the permission to have no manifest where the policy asks for one.
func (in Inputs) enforceManifest(n nothing) (nothing, remarks) {
	if rules := in.Trusted.Policy; n.why == "" || !n.allowed || rules == nil || !rules.MinimumGate.Manifest.Value {
		return n, remarks{}
	}
	n.allowed = false
	return n, noticed("the run asks for missing-manifest pass, and the policy for fail; the stricter wins")
}
