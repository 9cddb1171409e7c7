package survey_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/subject"
	"github.com/vendorgate/vendorgate/internal/survey"
)

// What fails one choice of a scope, or everything but the repositories of a waiver, does not fail every use.
func TestPermitForLess(t *testing.T) {
	t.Parallel()
	lapsed := gatetest.Full(t, "expires: 2027-05-31", "expires: 2026-11-20")
	waiver := gatetest.Files{"registry/waivers/WVR-1.yaml": strings.NewReplacer("acme-pay", "calderwick-payments", "[acme/shop]", "[acme/checkout-web]", "2026-12-31", "2026-12-01").Replace(gatetest.PlainWaiver)}
	for name, c := range map[string]struct {
		gatetest.Files
		passes string
		says   string
	}{
		"one of several versions is over": {gatetest.Full(t, "sunset: 2027-02-28", "sunset: 2026-11-01"), "in dev with personal data", "reached its sunset on 2026-11-01"},
		"the approval is over":            {lapsed, "", "expired on 2026-11-20 (3 days ago)"},
		"a waiver of one repository":      {lapsed.With(waiver), "in dev with personal data", "expired on 2026-11-20 (3 days ago); waiver WVR-1 covers it in acme/checkout-web until "},
	} {
		in := gatetest.Input(t, c.Files, gatetest.Today, gatetest.Checkout)
		v, err := in.Registry.Vendor("calderwick-payments")
		if err != nil {
			t.Fatal(err)
		}
		may := survey.PermitOf(in.Policy, in.Registry, v, subject.Surroundings{}, in.AsOf)
		if len(may.Fails) != 1 || may.Passes != c.passes || !strings.Contains(may.Fails[0].Message, c.says) {
			t.Errorf("%s: passes %q, fails %+v", name, may.Passes, may.Fails)
		}
	}
}
