package gate_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// entries is the plain world with a manifest of entries.
func entries(t *testing.T, lines ...string) gatetest.Files {
	t.Helper()
	return gatetest.World(t, "[public, synthetic, internal, personal, financial]", "[synthetic, personal]").With(gatetest.Files{
		"vendors.yaml": "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: team-checkout\nvendors:\n  - " + strings.Join(lines, "\n  - ") + "\n",
	})
}

const (
	production = "{id: acme-pay, purpose: Charge cards, environments: [prod], data: [personal]}"
	testing1   = "{id: acme-pay, purpose: Try it out, environments: [dev], data: [synthetic]}"
	testing2   = "{id: acme-pay, use: load-test, purpose: Test the load, environments: [dev], data: [synthetic]}"
	tooMuch    = "{id: acme-pay, purpose: Try it out, environments: [dev], data: [synthetic, financial]}"
)

// Each entry of a vendor is judged for itself: production does not make a sandbox more critical, and the sandbox does not need what only
// production may have.
func TestEachUseIsJudgedForItself(t *testing.T) {
	t.Parallel()
	if got := gatetest.Findings(t, entries(t, production, testing1, testing2), gatetest.Today, gatetest.Repository); len(got) > 0 {
		t.Errorf("three good uses: got %q", got)
	}
	r := gatetest.Evaluate(t, entries(t, production, tooMuch), gatetest.Today, gatetest.Repository)
	if f := gatetest.One(t, r, "VG-SCP-001"); f.Pos.Line != 6 || len(r.Findings) != 1 {
		t.Errorf("card data in a test: got %q", gatetest.Lines(r))
	}
	if len(r.Vendors) != 1 || r.Vendors[0].Tier != 1 {
		t.Errorf("the row of the vendor: got %+v", r.Vendors)
	}
	f := entries(t, production, testing1)
	f["registry/vendors/acme-pay.yaml"] = gatetest.Edit(t, f["registry/vendors/acme-pay.yaml"], "[dev, staging, prod]", "[dev]")
	if one := gatetest.One(t, gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository), "VG-SCP-002"); one.Pos.Line != 5 {
		t.Errorf("production that is not approved: got %+v", one)
	}
}

// What is wrong with the vendor, and the same for all uses, is one finding that names the places of the others.
func TestOneFindingForAllUses(t *testing.T) {
	t.Parallel()
	f := entries(t, production, testing2, testing1)
	f["registry/vendors/acme-pay.yaml"] = gatetest.Edit(t, f["registry/vendors/acme-pay.yaml"], "expires: 2027-05-31", "expires: 2026-11-01")
	one := gatetest.One(t, gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository), "VG-APR-002")
	var others []int
	for _, related := range one.Related {
		if related.Message == "another use of the vendor" {
			others = append(others, related.Pos.Line)
		}
	}
	if one.Pos.Line != 5 || !slices.Equal(others, []int{6, 7}) {
		t.Errorf("an approval that expired: got %+v", one)
	}
	f["base/vendors.yaml"] = entries(t, production)["vendors.yaml"]
	f["vendors.yaml"] = entries(t, production, testing2)["vendors.yaml"]
	var introduced []bool
	for _, f := range gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository).Findings {
		introduced = append(introduced, f.Introduced)
	}
	if !slices.Equal(introduced, []bool{false, true}) {
		t.Errorf("a use that is new beside one that is not: got %v", introduced)
	}
}

// The fingerprint of a finding does not depend on the order of the entries, and a second entry does not change those of production.
func TestFingerprintsOfSeveralUses(t *testing.T) {
	t.Parallel()
	prints := func(lines ...string) (out []string) {
		f := entries(t, lines...)
		f["registry/vendors/acme-pay.yaml"] = gatetest.Edit(t, f["registry/vendors/acme-pay.yaml"], "[dev, staging, prod]", "[staging]", "[synthetic, personal]", "[public]")
		for _, f := range gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository).Findings {
			out = append(out, f.Fingerprint)
		}
		slices.Sort(out)
		return out
	}
	alone, all := prints(production), prints(production, testing1, testing2)
	for _, print := range alone {
		if !slices.Contains(all, print) {
			t.Errorf("production alone has %q, which is not among %q", print, all)
		}
	}
	for _, order := range [][]string{{testing1, production, testing2}, {testing2, testing1, production}} {
		if got := prints(order...); !slices.Equal(got, all) {
			t.Errorf("%q: got %q, want %q", order, got, all)
		}
	}
	if distinct := slices.Compact(slices.Clone(all)); len(distinct) != len(all) || len(all) != 6 {
		t.Errorf("fingerprints of three uses with two faults each: got %q", all)
	}
}

// A finding names the use that it is about.
func TestFindingsNameTheUse(t *testing.T) {
	t.Parallel()
	f := entries(t, production, strings.Replace(testing2, "[synthetic]", "[financial]", 1))
	one := gatetest.One(t, gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository), "VG-SCP-001")
	if one.Use != "load-test" || one.Severity != diag.Error {
		t.Errorf("got %+v", one)
	}
}

// A waiver covers the findings about every use of its vendor, and the most critical use decides how long it may be.
func TestWaiverCoversAllUses(t *testing.T) {
	t.Parallel()
	f := entries(t, strings.Replace(production, "[personal]", "[internal]", 1), strings.Replace(testing1, "[synthetic]", "[internal]", 1))
	f["registry/waivers/WVR-1.yaml"] = gatetest.Edit(t, gatetest.PlainWaiver, "VG-APR-002", "VG-SCP-001")
	r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)
	if len(r.Findings) != 2 || !r.Findings[0].Waived() || !r.Findings[1].Waived() {
		t.Errorf("got %q", gatetest.Lines(r))
	}
}

// A waiver of one use covers the findings about that use alone, and its tier decides how long the waiver may be. What is wrong with the
// vendor, too, stays as it is for the other uses.
func TestWaiverOfOneUse(t *testing.T) {
	t.Parallel()
	reporting := strings.NewReplacer("{id: acme-pay,", "{id: acme-pay, use: reporting,").Replace(production)
	of := func(use, rule string, lines ...string) gatetest.Files {
		f := entries(t, lines...)
		f["registry/vendors/acme-pay.yaml"] = gatetest.Edit(t, f["registry/vendors/acme-pay.yaml"], "expires: 2027-05-31", "expires: 2026-11-20")
		f["registry/waivers/WVR-1.yaml"] = gatetest.Edit(t, gatetest.PlainWaiver, "VG-APR-002", rule, "2026-12-31", "2026-12-01") + use
		return f
	}
	const (
		expired = ` VG-APR-002 vendors.yaml:%s:10 the approval of "acme-pay" expired on 2026-11-20 (3 days ago)`
		covered = " (WVR-1 until 2026-12-01)"
		about   = ` VG-WVR-001 vendors.yaml:%s waiver WVR-1 for "acme-pay": `
	)
	at := func(text, place string) string { return strings.Replace(text, "%s", place, 1) }
	for _, c := range []struct {
		why  string
		f    gatetest.Files
		want []string
	}{
		{"all uses", of("", "VG-APR-002", production, reporting, testing1), []string{"error" + at(expired, "5") + covered}},
		{"one of three", of("use: reporting\n", "VG-APR-002", production, reporting, testing1), []string{"error" + at(expired, "5"), "error" + at(expired, "6") + covered}},
		{"the only one", of("use: reporting\n", "VG-APR-002", reporting), []string{"error" + at(expired, "5") + covered}},
		{"one that finds nothing", of("use: reporting\n", "VG-SCP-002", production, reporting), []string{
			"error" + at(expired, "5"), "note" + at(about, "6:10") + "it covers no finding",
		}},
		{"a name of nobody", of("use: reports\n", "VG-APR-002", production, reporting), []string{
			"error" + at(expired, "5"), "note" + at(about, "5:10") + `no entry here has the name "reports" (use)`,
		}},
		{"another use names it", of("use: reporting\n", "VG-APR-002", strings.Replace(production, "data:", "waiver: WVR-1, data:", 1), testing1), []string{
			"error" + at(expired, "5"), "error" + at(about, "5:73") + `it is only for the use "reporting"`,
		}},
		{"the use names it", of("use: reporting\n", "VG-APR-002", strings.Replace(reporting, "data:", "waiver: WVR-1, data:", 1), testing1), []string{
			"error" + at(expired, "5") + covered, "error" + at(expired, "6"),
		}},
	} {
		gatetest.Diff(t, c.why, c.want, gatetest.Findings(t, c.f, gatetest.Today, gatetest.Repository))
	}
	long := of("use: load-test\n", "VG-APR-002", production, testing2)
	long["registry/waivers/WVR-1.yaml"] = gatetest.Edit(t, long["registry/waivers/WVR-1.yaml"], "2026-12-01", "2027-02-01")
	gatetest.Diff(t, "longer than another use allows", []string{"error" + at(expired, "5"), "error" + at(expired, "6") + " (WVR-1 until 2027-02-01)"}, gatetest.Findings(t, long, gatetest.Today, gatetest.Repository))
	two := of("use: reporting\n", "VG-APR-002", production, reporting)
	two["registry/waivers/WVR-2.yaml"] = gatetest.Edit(t, gatetest.PlainWaiver, "WVR-1", "WVR-2", "2026-12-31", "2026-12-15")
	gatetest.Diff(t, "beside one of all uses that lasts longer", []string{
		"error" + at(expired, "5") + " (WVR-2 until 2026-12-15)", "note" + at(about, "6:10") + "WVR-2 covers the same findings for longer",
	}, gatetest.Findings(t, two, gatetest.Today, gatetest.Repository))
	asked := map[string]diag.Outcome{}
	for _, u := range gatetest.Evaluate(t, of("use: reporting\n", "VG-APR-002", production, reporting), gatetest.Today, gatetest.Repository).Uses {
		for _, a := range u.Asked {
			if a.Rule == "VG-APR-002" {
				asked[u.Label] = a.Outcome
			}
		}
	}
	if asked["reporting"] != diag.Excused || asked[""] != diag.Failed {
		t.Errorf("outcomes by use: got %v", asked)
	}
}
