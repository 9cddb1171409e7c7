package policy_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

func TestWithin(t *testing.T) {
	t.Parallel()
	p := gatetest.Load(t, gatetest.PolicyHead+"country_groups: {NORDICS: [DK, FI, IS, \"NO\", SE], HOME: [EU, CH]}\n")
	for _, c := range []struct {
		region, others string
		want           bool
	}{
		{"IE", "IE", true},
		{"IE", "DE", false},
		{"IE", "", false},
		{"IE", "EU", true},
		{"GB", "EU", false},
		{"GB", "EU GB", true},
		{"NO", "EU", false},
		{"NO", "EEA", true},
		{"EU", "EU", true},
		{"EU", "EEA", true},
		{"EEA", "EU", false},
		{"EEA", "EU IS LI NO", true},
		{"EU", "IE DE", false},
		{"EU", "HOME", true},
		{"HOME", "EU", false},
		{"HOME", "EEA CH", true},
		{"CH", "HOME", true},
		{"NORDICS", "EEA", true},
		{"NORDICS", "EU", false},
		{"SE", "NORDICS", true},
		{"APAC", "APAC", false}, // nobody knows what it is
		{"JP", "APAC", false},
		{"XX", "XX", false},
	} {
		if got := p.Within(c.region, strings.Fields(c.others)); got != c.want {
			t.Errorf("Within(%s, %s) = %v", c.region, c.others, got)
		}
	}
}

func TestCountryGroupProblems(t *testing.T) {
	t.Parallel()
	const unknown = "write the two letters of ISO 3166-1, such as IE, EU or EEA, or define the group in the policy, under country_groups"
	for _, c := range []struct{ body, want string }{
		{"country_groups: {EU: [IE, DE]}\n", `p.yaml:4:18 the group of countries "EU" is built in | choose another name`},
		{"country_groups: {DE: [IE]}\n", `p.yaml:4:18 "DE" cannot be the name of a group of countries | use at least three capital letters, digits and hyphens, such as NORDICS`},
		{"country_groups: {nordics: [DK]}\n", `p.yaml:4:18 "nordics" cannot be the name of a group of countries | use at least three capital letters, digits and hyphens, such as NORDICS`},
		{"country_groups: {NORDICS: []}\n", `p.yaml:4:27 the group of countries "NORDICS" is empty | name its countries, or remove it`},
		{"country_groups: {NORDICS: [DK], WIDE: [NORDICS, GB]}\n", `p.yaml:4:40 the group of countries "WIDE" contains another group, "NORDICS" | list countries, EU or EEA`},
		{"adequate_countries: [EEA, NORDIC]\ncountry_groups: {NORDICS: [DK]}\n", `p.yaml:4:27 unknown group of countries "NORDIC" | did you mean "NORDICS"?`},
		{"adequate_countries: [EMEA]\n", `p.yaml:4:22 unknown group of countries "EMEA" | ` + unknown}, // which EEA is not
		{"adequate_countries: [EEA, JAPAN]\n", `p.yaml:4:27 unknown group of countries "JAPAN" | ` + unknown},
		{"adequate_countries: [eea]\n", `p.yaml:4:22 adequate_countries: "eea" is not a country or group: it is in lower case | use upper case, as in EU`},
		{"requirements: [{id: HOME, attr: data.storage_locations, subset_of: [IE, MARS]}]\n", `p.yaml:4:73 unknown group of countries "MARS" | ` + unknown},
		{"requirements: [{id: HOME, attr: data.storage_locations, contains: Ireland}]\n", `p.yaml:4:67 data.storage_locations contains: "Ireland" is not a valid value | `},
	} {
		got := gatetest.Problems(t, c.body)
		if len(got) != 1 || got[0] != c.want && (!strings.HasSuffix(c.want, "| ") || !strings.HasPrefix(got[0], c.want)) {
			t.Errorf("Load(%q):\n got %q\nwant %q", c.body, got, c.want)
		}
	}
}

// Requirements compare the countries of groups, not their names.
func TestRequirementOnRegions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		stated, asks string
		want         bool
	}{
		{"[IE, DE]", "subset_of: [EU]", true},
		{"[EU]", "subset_of: [EEA, CH]", true},
		{"[EEA]", "subset_of: [EU]", false},
		{"[EU, US]", "subset_of: [EU]", false},
		{"[SE]", "subset_of: [NORDICS]", true},
		{"[EU]", "contains: IE", true},
		{"[EU]", "contains: [IE, US]", false},
		{"[IE, DE]", "contains: EU", false},
		{"[APAC]", "subset_of: [EU]", false},
	} {
		f := gatetest.World(t, "data: {storage_locations: [IE]", "data: {storage_locations: "+c.stated).
			Rules("country_groups: {NORDICS: [DK, FI, IS, \"NO\", SE]}\nrequirements: [{id: HOME, attr: data.storage_locations, " + c.asks + "}]\n")
		got := gatetest.Only(gatetest.Findings(t, f, gatetest.Today, gatetest.Repository), "HOME")
		if (len(got) == 0) != c.want {
			t.Errorf("%s, %s: got %q, want holds = %v", c.stated, c.asks, got, c.want)
		}
	}
	for country, want := range map[string]int{"IE": 1, "US": 0} {
		f := gatetest.World(t, "risk: {tier: 2}", "risk: {tier: 2}\nprovider: {country: "+country+"}").Rules("requirements: [{id: AWAY, attr: provider.country, not_in: [EU]}]\n")
		if got := gatetest.Only(gatetest.Findings(t, f, gatetest.Today, gatetest.Repository), "AWAY"); len(got) != want {
			t.Errorf("a provider in %s outside the EU: got %q", country, got)
		}
	}
}
