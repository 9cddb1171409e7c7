package gate_test

import (
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// VG-DAT-001 compares the countries of groups, wherever a group stands.
func TestRegions(t *testing.T) {
	t.Parallel()
	const policy = "extends: vendorgate/standard@1\ncountry_groups: {NORDICS: [DK, FI, IS, \"NO\", SE]}\n"
	for _, c := range []struct {
		approved, stored, used string
		want                   string
	}{
		{"[EU]", "[IE]", "[DE]", ""},
		{"[EU]", "[EU]", "[EU]", ""},
		{"[EEA]", "[EU, NORDICS]", "[NORDICS]", ""},
		{"[EU]", "[EEA]", "[IE]", "data goes to EEA, outside the approved regions EU"},
		{"[EU]", "[NORDICS]", "[IE]", "data goes to NORDICS, outside the approved regions EU"},
		{"[IE, DE]", "[IE]", "[EU]", "this use names the region EU, outside the approved regions IE, DE"},
		{"[NORDICS]", "[SE]", "[IE]", "this use names the region IE, outside the approved regions NORDICS"},
	} {
		f := gatetest.World(t, "data: {storage_locations: [IE], processing_locations: [IE]}", "data: {storage_locations: "+c.stored+", processing_locations: "+c.stored+", retention: {default: P1Y}, deletion: {on_termination: P30D}, "+
			"subprocessors: {url: https://acme.example/sub, notice: P30D, reviewed_on: 2026-10-02}}", "  environments: [dev", "  regions: "+c.approved+"\n  environments: [dev").
			Using(t, "data: [personal]", "data: [personal]\n    regions: "+c.used).Rules(policy)
		got := gatetest.Only(gatetest.Findings(t, f, gatetest.Today, gatetest.Repository), "VG-DAT-001")
		want := []string{}
		if c.want != "" {
			want = []string{`error VG-DAT-001 vendors.yaml:5:9 data handling at "acme-pay" does not meet the policy: ` + c.want}
		}
		gatetest.Diff(t, c.approved+" "+c.stored+" "+c.used, want, got)
	}
}

// A group that the policy does not define is reported where it stands, in the manifest and in the record.
func TestUnknownRegion(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t, "data: {storage_locations: [IE], processing_locations: [IE]}", "data: {storage_locations: [USA], processing_locations: [EMEA]}", "  environments: [dev", "  regions: [APAC]\n  environments: [dev").
		Using(t, "data: [personal]", "data: [internal]\n    regions: [NORDICS]")
	all := gatetest.Findings(t, f, gatetest.Today, gatetest.Repository)
	gatetest.Diff(t, "the manifest", []string{`error VG-MAN-001 vendors.yaml:9:15 unknown group of countries "NORDICS"`}, gatetest.Only(all, "VG-MAN-001"))
	gatetest.Diff(t, "the record", []string{
		`error VG-REG-003 vendors.yaml:5:9 the record of "acme-pay": unknown group of countries "EMEA"`,
		`error VG-REG-003 vendors.yaml:5:9 the record of "acme-pay": unknown group of countries "USA"`,
		`error VG-REG-003 vendors.yaml:5:9 the record of "acme-pay": unknown group of countries "APAC"`,
	}, gatetest.Only(all, "VG-REG-003"))
	f = f.Rules("country_groups: {NORDICS: [SE], APAC: [JP], USA: [US], EMEA: [EU, AE]}\n")
	gatetest.Diff(t, "with the groups", []string{}, gatetest.Findings(t, f, gatetest.Today, gatetest.Repository))
}
