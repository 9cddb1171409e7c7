package gate_test

import (
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// A run that judges no change judges as a change does that touches nothing: grace, deprecation and sunset are the same, and with
// scope changed only what counts everywhere fails. What it is compared with does not matter.
func TestNoChange(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why   string
		pairs []string
		fails bool // in scope changed
	}{
		{"an approval within its grace", []string{"expires: 2027-05-31", "expires: 2026-11-20"}, false},
		{"an approval past its grace", []string{"expires: 2027-05-31", "expires: 2026-06-20"}, false},
		{"deprecated", []string{"status: approved", "status: deprecated"}, false},
		{"deprecated, with a sunset to come", []string{"status: approved", "status: deprecated\nsunset: 2027-02-28"}, false},
		{"deprecated, past its sunset", []string{"status: approved", "status: deprecated\nsunset: 2026-10-31"}, false},
		{"suspended", []string{"status: approved", "status: suspended"}, true},
		{"data outside of the scope", []string{"internal, personal, ", ""}, false},
	} {
		f := gatetest.World(t, c.pairs...)
		want := gate.Evaluate(gatetest.Input(t, f.Unchanged(), gatetest.Today, gatetest.Repository)).Findings
		in := gatetest.Input(t, f, gatetest.Today, gatetest.Repository)
		introduced := gate.Evaluate(in).Findings
		in.NoChange = true
		for what, base := range map[string]gate.Input{"nothing": in, "an empty base": gatetest.Input(t, f.With(gatetest.Files{"base/jobs/vendors.yaml": gatetest.PlainManifest}), gatetest.Today, gatetest.Repository)} {
			base.NoChange = true
			got := gate.Evaluate(base)
			if len(got.Findings) != 1 {
				t.Fatalf("%s, beside %s: %d findings, want 1: %v", c.why, what, len(got.Findings), gatetest.Lines(got))
			}
			gatetest.Diff(t, c.why+", beside "+what, gatetest.Lines(gate.Result{Findings: want}), gatetest.Lines(got))
			if got.Findings[0].Introduced {
				t.Errorf("%s, beside %s: the use counts as introduced", c.why, what)
			}
			if fails := (gate.Threshold{FailOn: diag.Warning, Changed: true}).Fails(got.Findings); fails != c.fails {
				t.Errorf("%s, beside %s: fails in scope changed: %v, want %v", c.why, what, fails, c.fails)
			}
		}
		if len(introduced) != 1 || !introduced[0].Introduced {
			t.Errorf("%s: without a base and with a change, got %v", c.why, introduced)
		}
	}
}
