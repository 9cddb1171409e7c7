package gate_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// TestGraceIsForErrors: a grace period turns an error into a warning, and leaves a finding that is a warning already as it is.
func TestGraceIsForErrors(t *testing.T) {
	t.Parallel()
	for tier, want := range map[int]bool{2: true, 3: false, 4: false} {
		f := gatetest.Tiered(t, tier, "last_review: 2026-06-01", "last_review: 2026-06-01\n  review_cadence: P3M").Rules("params: {grace: P10Y}\n").Unchanged()
		g := gatetest.One(t, gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository), "VG-APR-003")
		if got := strings.Contains(g.Hint, "It fails the check after"); got != want || len(g.Related) == 3 != want {
			t.Errorf("tier %d: got hint %q and %d related positions, want grace %v", tier, g.Hint, len(g.Related), want)
		}
	}
}

// TestGraceEndsInTheZoneOfThePolicy: a version ends in UTC, and the grace after its last whole day with a day of the organisation.
func TestGraceEndsInTheZoneOfThePolicy(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t, "encryption:", "apis: [{id: core, versions: [{id: '1', status: deprecated, sunset: 2026-11-20}]}]\nencryption:").
		Using(t, "    data:", "    api: {version: '1'}\n    data:")
	for _, c := range []struct{ zone, asOf, want string }{
		{"UTC", "2026-11-23T23:59:59Z", "warning VG-SCP-003"},
		{"UTC", "2026-11-24T00:00:00Z", "error VG-SCP-003"},
		{"Asia/Tokyo", "2026-11-23T14:59:59Z", "warning VG-SCP-003"},
		{"Asia/Tokyo", "2026-11-23T15:00:00Z", "error VG-SCP-003"},
		{"America/Los_Angeles", "2026-11-23T07:59:59Z", "warning VG-SCP-003"},
		{"America/Los_Angeles", "2026-11-23T08:00:00Z", "error VG-SCP-003"},
	} {
		late := f.Rules("timezone: " + c.zone + "\nparams: {grace: P3D}\n").Unchanged()
		if got := gatetest.Short(gatetest.Evaluate(t, late, c.asOf, gatetest.Repository)); got != c.want {
			t.Errorf("%s, %s: got %q, want %q", c.zone, c.asOf, got, c.want)
		}
	}
}

// TestSameProblemTwice: a problem of two entries is two findings, also where no other finding lies between them.
func TestSameProblemTwice(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t).With(gatetest.Files{"vendors.yaml": gatetest.PlainManifest + "    colour: red\n  - {colour: red, id: other-pay, purpose: Charge, environments: [prod], data: [none]}\n"})
	gatetest.Diff(t, "problems", []string{
		`error VG-MAN-001 vendors.yaml:9:5 unknown key "colour" in vendors[]`,
		`error VG-MAN-001 vendors.yaml:10:6 unknown key "colour" in vendors[]`,
	}, gatetest.Only(gatetest.Findings(t, f, gatetest.Today, gatetest.Repository), "VG-MAN-001"))
}

// TestReasonsOfGaps: a gap counts the problems of a file.
func TestReasonsOfGaps(t *testing.T) {
	t.Parallel()
	for want, pairs := range map[string][]string{
		"it has a problem":  {"2027-05-31", "soon"},
		"it has 2 problems": {"2027-05-31", "soon", "tier: 2", "tier: two"},
	} {
		r := gatetest.Evaluate(t, gatetest.World(t, pairs...), gatetest.Today, gatetest.Repository)
		if len(r.Gaps) != 1 || r.Gaps[0].Reason != want {
			t.Errorf("got gaps %v, want one: %s", r.Gaps, want)
		}
	}
}

// TestMistypedDataClass: a class that is nearly right gets a suggestion.
func TestMistypedDataClass(t *testing.T) {
	t.Parallel()
	r := gatetest.Evaluate(t, gatetest.World(t).Using(t, "[personal]", "[persnal]"), gatetest.Today, gatetest.Repository)
	if got, want := gatetest.One(t, r, "VG-MAN-001").Hint, `did you mean "personal"?`; got != want {
		t.Errorf("got hint %q, want %q", got, want)
	}
}

// TestRequirementsCanBeWaived: a waiver covers a requirement of the policy as it covers a rule.
func TestRequirementsCanBeWaived(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t).Rules("requirements: [{id: TLS-13, attr: encryption.in_transit.min_tls, gte: \"1.3\"}]\n").
		With(gatetest.Files{"registry/waivers/WVR-1.yaml": gatetest.Edit(t, gatetest.PlainWaiver, "VG-APR-002", "TLS-13")})
	r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)
	if g := gatetest.One(t, r, "TLS-13"); g.Waiver != "WVR-1" || g.WaivedUntil != "2026-12-31" {
		t.Errorf("got waiver %q until %q, want WVR-1 until 2026-12-31", g.Waiver, g.WaivedUntil)
	}
}

// TestPilotIsVetted: a use that a pilot covers is vetted, and one outside of it is not.
func TestPilotIsVetted(t *testing.T) {
	t.Parallel()
	pilot := gatetest.World(t, "status: approved", "status: pilot\npilot: {until: 2026-12-31}", "scope:\n", "scope:\n  repos: [acme/shop]\n")
	for environment, want := range map[string]int{"staging": 0, "prod": 1} {
		f := pilot.Using(t, "[prod]", "["+environment+"]", "[personal]", "[synthetic]")
		if got := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository).Unvetted; got != want {
			t.Errorf("%s: got %d unvetted vendors, want %d", environment, got, want)
		}
	}
}

// TestStricterTier: a vendor that two manifests declare is shown with the stricter tier, whichever comes first.
func TestStricterTier(t *testing.T) {
	t.Parallel()
	strict := gatetest.World(t, "risk: {tier: 2}", "risk: {tier: 4}")
	mild := gatetest.Edit(t, strict["vendors.yaml"], "[personal]", "[public]")
	for name, f := range map[string]gatetest.Files{
		"the stricter first": strict.With(gatetest.Files{"web/vendors.yaml": mild}),
		"the stricter last":  strict.With(gatetest.Files{"vendors.yaml": mild, "web/vendors.yaml": strict["vendors.yaml"]}),
	} {
		r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)
		if len(r.Vendors) != 1 || r.Vendors[0].Tier != 2 {
			t.Errorf("%s: got %+v, want one vendor of tier 2", name, r.Vendors)
		}
	}
}

// TestUnvettedStatuses: a vendor about which the organisation has decided nothing yet is unvetted.
func TestUnvettedStatuses(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]int{
		"proposed": 1, "in-review": 1, "approved": 0, "conditional": 0, "deprecated": 0, "suspended": 0, "denied": 0, "retired": 0,
	} {
		if got := gatetest.Evaluate(t, gatetest.World(t, "status: approved", "status: "+status), gatetest.Today, gatetest.Repository).Unvetted; got != want {
			t.Errorf("%s: got %d unvetted vendors, want %d", status, got, want)
		}
	}
}
