package rules_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// TestRegulatedData: no preset lets regulated data go to a vendor that has proven nothing. For personal data that is not special, the
// essentials only warn, however critical the vendor is and whatever else the use sends that needs no proof.
func TestRegulatedData(t *testing.T) {
	t.Parallel()
	const proven = "compliance: {dpa: {status: signed, signed_on: 2026-01-15}}\ndata: {storage_locations: [IE], processing_locations: [IE]}\n"
	for classes, want := range map[string][3]string{ // essentials, standard, rollout
		"cardholder":                 {"error VG-CMP-001, error VG-CMP-001", "error VG-CMP-001, error VG-CMP-001", "warning VG-CMP-001, warning VG-CMP-001"},
		"health":                     {"error VG-CMP-002", "error VG-CMP-002", "warning VG-CMP-002"},
		"personal":                   {"warning VG-CMP-003", "error VG-CMP-003", "warning VG-CMP-003"},
		"personal, financial":        {"warning VG-CMP-003", "error VG-CMP-003", "warning VG-CMP-003"},
		"personal-special":           {"error VG-CMP-003", "error VG-CMP-003", "warning VG-CMP-003"},
		"personal, personal-special": {"error VG-CMP-003", "error VG-CMP-003", "warning VG-CMP-003"},
		"internal":                   {},
	} {
		for i, preset := range []string{"essentials", "standard", "rollout"} {
			for _, tier := range []string{"1", "3"} {
				f := gatetest.World(t, proven, "", "tier: 2", "tier: "+tier, "internal, personal, financial", "internal, "+strings.TrimPrefix(classes, "internal")).
					Using(t, "data: [personal]", "data: ["+classes+"]").With(gatetest.Files{"registry/policy.yaml": gatetest.Extends("vendorgate/" + preset + "@1")})
				var got []string
				for _, line := range gatetest.Findings(t, f, gatetest.Today, gatetest.Repository) {
					if words := strings.Fields(line); strings.HasPrefix(words[1], "VG-CMP-") {
						got = append(got, words[0]+" "+words[1])
					}
				}
				if strings.Join(got, ", ") != want[i] {
					t.Errorf("%s under %s at tier %s: got %q, want %q", classes, preset, tier, got, want[i])
				}
			}
		}
	}
}

// TestUnknownLocations: where VG-CMP-003 only warns, what it does not know is part of the warning, and no error of VG-REG-005. Knowing
// more never makes it worse.
func TestUnknownLocations(t *testing.T) {
	t.Parallel()
	const dpa, places = "compliance: {dpa: {status: signed, signed_on: 2026-01-15}}\n", "data: {storage_locations: [IE], processing_locations: [IE]}\n"
	for _, c := range []struct {
		why, use, want string
		record         []string
	}{
		{"nothing", "[personal]", "warning VG-CMP-003", []string{dpa, "", places, ""}},
		{"the agreement", "[personal]", "warning VG-CMP-003", []string{places, ""}},
		{"the places", "[personal]", "warning VG-CMP-003", []string{dpa, ""}},
		{"a place that is unknown", "[personal]", "warning VG-CMP-003", []string{"processing_locations: [IE]", "processing_locations: unknown"}},
		{"a list without a place", "[personal]", "warning VG-CMP-003", []string{"processing_locations: [IE]", "processing_locations: []"}},
		{"no place of storage", "[personal]", "warning VG-CMP-003", []string{"storage_locations: [IE]", "storage_locations: []"}},
		{"nothing is stored", "[personal]", "", []string{"storage_locations: [IE]", "stores_customer_data: false, storage_locations: []"}},
		{"all", "[personal]", "", nil},
		{"special data, all of it", "[personal-special]", "error VG-CMP-003", []string{dpa, "", places, "", "internal, personal,", "internal, personal-special,"}},
		{"special data, the agreement", "[personal-special]", "error VG-REG-005", []string{places, "", "internal, personal,", "internal, personal-special,"}},
	} {
		f := gatetest.World(t, c.record...).Using(t, "[personal]", c.use)
		var got []string
		for _, line := range gatetest.Findings(t, f, gatetest.Today, gatetest.Repository) {
			got = append(got, strings.Join(strings.Fields(line)[:2], " "))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: got %q, want %q", c.why, got, c.want)
		}
	}
}

// TestTransferMechanism: a country without an adequacy decision needs a mechanism that is one there.
func TestTransferMechanism(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ countries, mechanism, want, outside string }{
		{"[BR]", "", "", ""},
		{"[BR, NZ, IE]", "not-required", "", ""},
		{"[BR]", "adequacy", "", ""},
		{"[US]", "", "data goes to US without a transfer mechanism", "US"},
		{"[US]", "not-required", "data goes to US without a transfer mechanism", "US"},
		{"[US]", "dpf", "", ""},
		{"[US, IN]", "scc", "", ""},
		{"[US, IN]", "bcr", "", ""},
		{"[US, IN]", "dpf", "data goes to IN, and the record names the Data Privacy Framework (dpf), which covers only the US", "IN"},
		{"[IN, BR]", "adequacy", "the record claims an adequacy decision for IN, which is not in adequate_countries", "IN"},
		{"[US]", "adequacy", "the record claims an adequacy decision for US, which is not in adequate_countries", "US"},
	} {
		dpa := "dpa: {status: signed, signed_on: 2026-01-15}"
		mechanism := dpa
		if c.mechanism != "" {
			mechanism = strings.TrimSuffix(dpa, "}") + ", transfer_mechanism: " + c.mechanism + "}"
		}
		f := gatetest.World(t, dpa, mechanism, "processing_locations: [IE]", "processing_locations: "+c.countries)
		want := []string{}
		if c.want != "" {
			want = append(want, `warning VG-CMP-003 vendors.yaml:5:9 personal data must not be sent to "acme-pay": `+c.want)
			hint := gatetest.One(t, gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository), "VG-CMP-003").Hint
			if !strings.Contains(hint, "has recorded a transfer mechanism that covers "+c.outside+" in ") || strings.Contains(hint, "proof") {
				t.Errorf("%s by %s: got the hint %q", c.countries, c.mechanism, hint)
			}
		}
		gatetest.Diff(t, c.countries+" by "+c.mechanism, want, gatetest.Findings(t, f, gatetest.Today, gatetest.Repository))
	}
}
