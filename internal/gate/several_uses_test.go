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
