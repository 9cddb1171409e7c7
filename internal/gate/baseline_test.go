package gate_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// TestIntroduced: which edits of a manifest make a use new or changed.
func TestIntroduced(t *testing.T) {
	t.Parallel()
	plain := gatetest.World(t, "expires: 2027-05-31", "expires: 2026-11-20")
	for _, c := range []struct {
		why   string
		pairs []string // from the base to the head
		want  bool
	}{
		{"nothing", nil, false},
		{"a comment", []string{"    data:", "    # a comment\n    data:"}, false},
		{"a moved line", []string{"    purpose: Charge cards at checkout\n", "", "    data: [personal]\n", "    data: [personal]\n    purpose: Charge cards at checkout\n"}, false},
		{"another form", []string{"[prod]", "\n      - \"prod\""}, false},
		{"long form of data", []string{"[personal]", "[{class: personal}]"}, false},
		{"another use before it", []string{"vendors:\n", "vendors:\n  - {id: other-pay, purpose: A test, environments: [prod], data: [personal]}\n"}, false},
		{"something at the top", []string{"owner:", "registry: acme/registry\nowner:"}, false},
		{"purpose", []string{"Charge", "Refund"}, true},
		{"environment", []string{"[prod]", "[prod, staging]"}, true},
		{"class of data", []string{"[personal]", "[personal, internal]"}, true},
		{"a class less", []string{"[personal]", "[none]"}, true},
		{"direction", []string{"[personal]", "[{class: personal, direction: send}]"}, true},
		{"owner at the top", []string{"team-checkout", "team-ops"}, true},
		{"component", []string{"owner:", "component: shop\nowner:"}, true},
		{"endpoint", []string{"    data:", "    endpoints: [https://api.acme.example]\n    data:"}, true},
		{"auth method", []string{"    data:", "    auth_method: mtls\n    data:"}, true},
		{"version", []string{"    data:", "    api: {version: \"1\"}\n    data:"}, true},
		{"criticality", []string{"    data:", "    criticality: tier-3\n    data:"}, true},
		{"secret", []string{"    data:", "    secrets: [PAY_KEY]\n    data:"}, true},
		{"waiver", []string{"    data:", "    waiver: WVR-1\n    data:"}, true},
		{"a field that no rule reads", []string{"    data:", "    contact: \"#ops\"\n    data:"}, true},
		{"the vendor", []string{"acme-pay", "acme-old"}, true},
	} {
		f := plain.Unchanged().Using(t, c.pairs...)
		if c.why == "the vendor" {
			f = plain.With(gatetest.Files{"base/vendors.yaml": gatetest.Edit(t, gatetest.PlainManifest, c.pairs...)})
		}
		r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)
		if got := gatetest.One(t, r, "VG-APR-002").Introduced; got != c.want {
			t.Errorf("%s: got introduced %v, want %v", c.why, got, c.want)
		}
	}
	for why, base := range map[string]gatetest.Files{
		"no base": {}, "another file": {"base/jobs/vendors.yaml": gatetest.PlainManifest}, "an empty base": {"base/vendors.yaml": ""},
		"a base of another form": {"base/vendors.yaml": "[]\n"}, "none before": {"base/vendors.yaml": "apiVersion: vendorgate/v1\nkind: VendorManifest\nvendors: []\n"},
	} {
		if r := gatetest.Evaluate(t, plain.With(base), gatetest.Today, gatetest.Repository); len(r.Findings) != 1 || !r.Findings[0].Introduced {
			t.Errorf("%s: got %v, want one finding that is introduced", why, gatetest.Lines(r))
		}
	}
	wrong := plain.With(gatetest.Files{"base/vendors.yaml": gatetest.PlainManifest + "    colour: red\n"})
	if r := gatetest.Evaluate(t, wrong, gatetest.Today, gatetest.Repository); len(r.Findings) != 1 || r.Findings[0].Introduced {
		t.Errorf("a base with a problem beside the use: got %v, want one finding that is not introduced", gatetest.Lines(r))
	}
}

// TestRemoval: to give up a vendor never makes a finding, whatever its state.
func TestRemoval(t *testing.T) {
	t.Parallel()
	for _, status := range []string{"approved", "suspended", "denied", "retired", "deprecated"} {
		f := gatetest.World(t, "status: approved", "status: "+status, "expires: 2027-05-31", "expires: 2026-11-20").Unchanged()
		f["vendors.yaml"] = "apiVersion: vendorgate/v1\nkind: VendorManifest\nvendors: []\n"
		r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)
		gatetest.Diff(t, status, []string{}, gatetest.Lines(r))
		if len(r.Vendors) > 0 || len(r.Gaps) > 0 {
			t.Errorf("%s: got vendors %v, gaps %v", status, r.Vendors, r.Gaps)
		}
	}
}

func TestGate(t *testing.T) {
	t.Parallel()
	for failOn := diag.Off; failOn <= diag.Error; failOn++ {
		for severity := diag.Note; severity <= diag.Error; severity++ {
			for bits := range 32 {
				changed, introduced, waived, everywhere, unreadable := bits&1 > 0, bits&2 > 0, bits&4 > 0, bits&8 > 0, bits&16 > 0
				f := diag.Finding{Rule: "VG-APR-002", Severity: severity, Vendor: "acme-pay", Introduced: introduced, Everywhere: everywhere}
				if waived {
					f.Waiver = "WVR-1"
				}
				if unreadable {
					f.Rule = "VG-REG-007"
				}
				want := failOn != diag.Off && severity >= failOn && !waived && !unreadable && (!changed || introduced || everywhere)
				threshold := gate.Threshold{FailOn: failOn, Changed: changed}
				if got := threshold.Counts(f); got != want {
					t.Errorf("%+v counts %+v: got %v, want %v", threshold, f, got, want)
				}
				if got := threshold.Fails([]diag.Finding{{}, f}); got != want {
					t.Errorf("%+v fails on %+v: got %v, want %v", threshold, f, got, want)
				}
				verdict := map[bool]diag.Verdict{true: diag.Fail, false: diag.Pass}[want]
				rows := []diag.Vendor{{ID: "acme-pay", Verdict: diag.Pass}, {ID: "other", Verdict: diag.NoVerdict}}
				threshold.Vendors(rows, []diag.Finding{f})
				if got := rows[0].Verdict; got != verdict {
					t.Errorf("%+v on %+v: got verdict %s, want %s", threshold, f, got, verdict)
				}
				if got := rows[1].Verdict; got != diag.NoVerdict {
					t.Errorf("another vendor: got verdict %s", got)
				}
				if got := gate.Undecided([]diag.Finding{f}); got != unreadable {
					t.Errorf("Undecided(%+v): got %v", f, got)
				}
			}
		}
	}
	if (gate.Threshold{FailOn: diag.Note}).Fails(nil) || gate.Undecided(nil) {
		t.Error("nothing fails")
	}
}

// TestStricterManifest: what a manifest adds to the threshold of a run counts for its own findings alone.
func TestStricterManifest(t *testing.T) {
	t.Parallel()
	threshold := gate.Threshold{FailOn: diag.Error, Changed: true, Files: map[string]gate.Stricter{
		"all/vendors.yaml": {All: true}, "warning/vendors.yaml": {FailOn: diag.Warning}, "both/vendors.yaml": {FailOn: diag.Note, All: true},
	}}
	for _, c := range []struct {
		file       string
		severity   diag.Severity
		introduced bool
		want       bool
	}{
		{"all/vendors.yaml", diag.Error, false, true},
		{"all/vendors.yaml", diag.Warning, true, false},
		{"warning/vendors.yaml", diag.Warning, true, true},
		{"warning/vendors.yaml", diag.Note, true, false},
		{"warning/vendors.yaml", diag.Error, false, false},
		{"both/vendors.yaml", diag.Note, false, true},
		{"vendors.yaml", diag.Error, false, false},
		{"vendors.yaml", diag.Warning, true, false},
		{"vendors.yaml", diag.Error, true, true},
	} {
		f := diag.Finding{Rule: "VG-APR-002", Pos: diag.Pos{File: c.file}, Severity: c.severity, Introduced: c.introduced}
		if got := threshold.Counts(f); got != c.want {
			t.Errorf("%s, %s, introduced %v: got %v, want %v", c.file, c.severity, c.introduced, got, c.want)
		}
	}
}

// TestFingerprints: the same for the same fault, wherever its line is and whatever the day; another for another.
func TestFingerprints(t *testing.T) {
	t.Parallel()
	plain := gatetest.World(t, "expires: 2027-05-31", "expires: 2026-11-20", "internal, personal, ", "").Using(t, "[personal]", "[personal, internal]")
	prints := func(f gatetest.Files, asOf string) map[string]string {
		out := map[string]string{}
		for _, g := range gatetest.Evaluate(t, f, asOf, gatetest.Repository).Findings {
			out[g.Rule+" "+g.Vendor+" "+g.Key] = g.Fingerprint
		}
		return out
	}
	want := prints(plain, gatetest.Today)
	if len(want) != 3 { // evaluate has seen that they differ
		t.Fatalf("got %d findings, want 3", len(want))
	}
	for why, c := range map[string]struct {
		gatetest.Files
		asOf string
	}{
		"another day":         {plain, "2026-12-24"},
		"moved lines":         {plain.Using(t, "vendors:\n", "# one\n\n# two\nvendors:\n"), gatetest.Today},
		"moved in the record": {plain.With(gatetest.Files{"registry/vendors/acme-pay.yaml": "# one\n" + plain["registry/vendors/acme-pay.yaml"]}), gatetest.Today},
		"unchanged use":       {plain.Unchanged(), gatetest.Today},
		"another severity":    {plain.Rules("rules: {VG-SCP-001: {severity: note}, VG-APR-002: {severity: warning}}\n"), gatetest.Today},
		"another order":       {plain.Using(t, "[personal, internal]", "[internal, personal]"), gatetest.Today},
		"another reader":      {plain.Rules("contact: someone\n"), gatetest.Today},
	} {
		if d := cmp.Diff(want, prints(c.Files, c.asOf)); d != "" {
			t.Errorf("%s (-want +got):\n%s", why, d)
		}
	}
	elsewhere := plain.With(gatetest.Files{"jobs/vendors.yaml": plain["vendors.yaml"]})
	other := plain.With(gatetest.Files{"registry/vendors/other-pay.yaml": gatetest.Edit(t, plain["registry/vendors/acme-pay.yaml"], "id: acme-pay", "id: other-pay")})
	other["vendors.yaml"] += "  - {id: other-pay, purpose: A test, environments: [prod], data: [personal, internal]}\n"
	for why, f := range map[string]gatetest.Files{"two files": elsewhere, "two vendors": other} {
		if got := len(gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository).Findings); got != 6 { // and all differ
			t.Errorf("%s: got %d findings, want 6", why, got)
		}
	}
}

// TestDeterminism: the order of the manifests and of their entries changes nothing but the places.
func TestDeterminism(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t, "expires: 2027-05-31", "expires: 2026-11-20", "personal, ", "").With(gatetest.Files{"jobs/vendors.yaml": gatetest.PlainManifest})
	in := gatetest.Input(t, f, gatetest.Today, gatetest.Repository)
	want := gatetest.Lines(gate.Evaluate(in))
	in.Manifests[0], in.Manifests[1] = in.Manifests[1], in.Manifests[0]
	gatetest.Diff(t, "reversed", want, gatetest.Lines(gate.Evaluate(in)))
	for range 10 {
		gatetest.Diff(t, "again", want, gatetest.Findings(t, f, gatetest.Today, gatetest.Repository))
	}
}
