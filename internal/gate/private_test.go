package gate_test

import (
	"strings"
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

// TestPrivateValues: a finding about a private record quotes values that come from a list, and no text that somebody wrote.
func TestPrivateValues(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t, "name: Acme Pay", "name: Acme Pay\ndescription: Handed over in confidence").Rules(
		"requirements: [{id: TLS-13, attr: encryption.in_transit.min_tls, gte: \"1.3\"}, {id: TEXT, attr: description, matches: \"x+\"}]\n")
	private := f.With(gatetest.Files{"registry/vendors/acme-pay.yaml": f["registry/vendors/acme-pay.yaml"] + "evidence: [{id: report, type: evidence, assurance: documented, access: nda}]\n"})
	for _, c := range []struct {
		gatetest.Files
		rule, want string
	}{
		{f, "TLS-13", "is 1.2;"},
		{private, "TLS-13", "is 1.2;"},
		{f, "TEXT", "is Handed over in confidence;"},
		{private, "TEXT", "is kept in the registry;"},
	} {
		r := gatetest.Evaluate(t, c.Files, gatetest.Today, gatetest.Repository)
		if got := gatetest.One(t, r, c.rule).Message; !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q in it", c.rule, got, c.want)
		}
	}
}
