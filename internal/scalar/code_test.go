package scalar_test

import (
	"strings"
	"testing"

	"github.com/package-url/packageurl-go"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

func TestParsePurl(t *testing.T) {
	t.Parallel()
	checkParser(t, "ParsePurl", scalar.ParsePurl, []verdict{
		{"pkg:npm/%40calderwick/sdk", ""},
		{"pkg:npm/left-pad", ""},
		{"pkg:golang/github.com/stripe/stripe-go", ""},
		{"pkg:maven/org.slf4j/slf4j-api", ""},
		{"pkg:pypi/django", ""},
		{"pkg:github/acme/checkout", ""},
		{"", "start it with pkg:"},
		{"npm/lodash", "start it with pkg:"},
		{"PKG:npm/left-pad", "start it with pkg:"},
		{"pkg:npm/left-pad@1.2.3", "it has a version"},
		{"pkg:npm/%40calderwick/sdk@7.2.0", "it has a version"},
		{"pkg:npm/left-pad@", "canonical form"},
		{"pkg:npm/left-pad?arch=x", "qualifiers"},
		{"pkg:npm/left-pad?", "qualifiers"},
		{"pkg:npm/left-pad#lib", "subpath"},
		{"pkg:npm/@calderwick/sdk", "%40"},
		{"pkg:NPM/left-pad", "canonical form"},
		{"pkg://npm/left-pad", "canonical form"},
		{"pkg:pypi/Django", "canonical form"},
		{"pkg:npm/left-pad/", "not a valid package URL"},
		{"pkg:npm/", "not a valid package URL"},
		{"pkg:npm", "not a valid package URL"},
		{"pkg:npm/left%zz", "not a valid package URL"},
		{"pkg:npm/left pad", "canonical form"},
		{"pkg:npm/left-pad\n", "canonical form"},
	})
}

func FuzzPurl(f *testing.F) {
	for _, s := range []string{"pkg:npm/%40a/b", "pkg:golang/github.com/a/b", "pkg:npm/a@1", "pkg:npm/a?b=c#d", "pkg:", "pkg:swift/a/b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if err := scalar.ParsePurl(s); err != nil {
			mustNotQuote(t, err, s)
			return
		}
		p, err := packageurl.FromString(s)
		if err != nil || p.String() != s || p.Version != "" || len(p.Qualifiers) > 0 || p.Subpath != "" {
			t.Errorf("ParsePurl(%q) accepted, but it is %#v, %v", s, p, err)
		}
	})
}

func TestParseCountry(t *testing.T) {
	t.Parallel()
	const unassigned = "not an officially assigned country code"
	const shape = "not a country code"
	checkParser(t, "ParseCountry", scalar.ParseCountry, []verdict{
		{"IE", ""},
		{"GB", ""},
		{"AD", ""},
		{"ZW", ""},
		{"SS", ""},
		{"UK", "write GB"},
		{"EU", unassigned},
		{"XX", unassigned},
		{"ZZ", unassigned},
		{"AA", unassigned},
		{"XK", unassigned},
		{"SU", unassigned},
		{"uk", unassigned},
		{"ie", "use upper case"},
		{"Ie", "use upper case"},
		{"", shape},
		{"I", shape},
		{"E ", shape},
		{" A", shape},
		{"IRL", shape},
		{"AD AE", shape},
		{"Ireland", shape},
		{"ï", shape},
	})
	accepted := 0
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			if scalar.ParseCountry(string(a)+string(b)) == nil {
				accepted++
			}
		}
	}
	if accepted != 249 {
		t.Errorf("%d of 676 pairs are countries, want 249", accepted)
	}
}

func TestParseRegion(t *testing.T) {
	t.Parallel()
	const shape = "not a country;"
	checkParser(t, "ParseRegion", scalar.ParseRegion, []verdict{
		{"IE", ""},
		{"EU", ""},
		{"EEA", ""},
		{"NORDICS", ""},
		{"G7-2026", ""},
		{"eu", "use upper case, as in EU"},
		{"Eea", "use upper case, as in EU"},
		{"ie", "use upper case, as in IE"},
		{"UK", "write GB"},
		{"XX", "not an officially assigned country code"},
		{"", shape},
		{"E", shape},
		{"Nordics", shape},
		{"us-east-1", shape},
		{"A B", shape},
		{"7G-X", shape},
		{strings.Repeat("A", 41), shape},
	})
	for group, want := range map[string]int{"EU": 27, "EEA": 30, "NORDICS": 0} {
		countries := scalar.CountryGroup(group)
		if len(countries) != want {
			t.Errorf("%s has %d countries, want %d", group, len(countries), want)
		}
		for _, c := range countries {
			if err := scalar.ParseCountry(c); err != nil {
				t.Errorf("%s of %s: %v", c, group, err)
			}
		}
	}
}

func TestParseLEI(t *testing.T) {
	t.Parallel()
	checkParser(t, "ParseLEI", scalar.ParseLEI, []verdict{
		{"9999CALDERWICKPAY098", ""},
		{"5493001KJTIIGC8Y1R12", ""}, // Bloomberg Finance L.P.
		{"529900T8BM49AURSDO55", ""}, // ISO 17442, the usual example
		{"9999CALDERWICKPAY099", "check digits"},
		{"9999CALDERWICKPAY089", "check digits"},
		{"9999CALDERWCIKPAY098", "check digits"},
		{"9999calderwickpay098", "upper-case letters"},
		{"9999CALDERWICKPAY0 8", "upper-case letters"},
		{"9999CALDERWICKPAY0A8", "two check digits"},
		{"9999CALDERWICKPAY09", "20 characters"},
		{"9999CALDERWICKPAY0981", "20 characters"},
		{"", "20 characters"},
		{"9999CALDERWICKPAYé8", "upper-case letters"},
	})
}
