package lint_test

import (
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/lint"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// TestAgedCountries: lint notes a list of adequate countries that was checked more than a year ago, or that does not say when; that of a
// preset carries the day of its source.
func TestAgedCountries(t *testing.T) {
	t.Parallel()
	const own = "adequate_countries: [IE]\n"
	for _, c := range []struct{ policy, asOf, want string }{
		{"", "2026-11-23", ""},
		{"", "2027-11-23", ""},
		{"", "2027-11-24", "r/policy.yaml: note: adequate_countries was last checked on 2026-11-23, more than a year ago [VG-CMP-003]\n"},
		{own, "2026-11-23", "r/policy.yaml: note: adequate_countries does not say when it was last checked [VG-CMP-003]\n"},
		{own + "adequate_countries_checked: 2027-01-02\n", "2028-01-02", ""},
		{own + "adequate_countries_checked: 2027-01-02\n", "2028-01-03", "r/policy.yaml:5:29: note: adequate_countries was last checked on 2027-01-02, more than a year ago [VG-CMP-003]\n"},
		{"adequate_countries_checked: 2027-11-01\n", "2028-01-03", ""},
		{"adequate_countries_checked: 2027-11-01\n", "2027-10-31", "r/policy.yaml:4:29: note: adequate_countries was last checked on 2027-11-01, which is in the future [VG-CMP-003]\n"},
	} {
		text := gatetest.PolicyHead + c.policy
		in := lint.Input{Files: plain(gatetest.Files{"policy.yaml": text, "vendors/other.yaml": lintRecord("other", "status: proposed")}), AsOf: gatetest.Instant(t, c.asOf), Version: "0.1.0"}
		in.Policy, _ = rules.LoadPolicy("r/policy.yaml", []byte(text), "0.1.0")
		l := lint.New(in)
		var all []lint.Linted
		for _, name := range l.Names() {
			all = append(all, l.File(name))
		}
		if got := lintLines(l.Conclude(all).Findings); got != c.want {
			t.Errorf("%q on %s: got %q, want %q", c.policy, c.asOf, got, c.want)
		}
	}
}
