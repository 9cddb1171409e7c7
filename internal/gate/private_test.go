package gate_test

import (
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// TestPrivateKeepsTheMostSevere: two findings of a private record look the same without their details. The error stays, whatever
// the order of the record.
func TestPrivateKeepsTheMostSevere(t *testing.T) {
	t.Parallel()
	const near, overdue = "{id: pin, text: Pin the version, due: 2026-12-01, status: open}", "{id: rotate, text: Rotate the keys, due: 2026-11-20, status: open}"
	for _, conditions := range []string{near + ", " + overdue, overdue + ", " + near} {
		f := gatetest.World(t, "risk:", "  conditions: ["+conditions+"]\nrisk:")
		f["registry/vendors/acme-pay.yaml"] += "evidence: [{id: report, type: evidence, assurance: documented, access: nda}]\n"
		r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)
		if got := gatetest.One(t, r, "VG-APR-005").Severity; got != diag.Error {
			t.Errorf("%s: got severity %s, want error", conditions, got)
		}
	}
}
