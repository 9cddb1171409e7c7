package policy_test

import (
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// TestIntroduced: which edits of a manifest make a use new or changed.
func TestIntroduced(t *testing.T) {
	t.Parallel()
	plain := world(t, "expires: 2027-05-31", "expires: 2026-11-20")
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
		f := plain.unchanged().using(t, c.pairs...)
		if c.why == "the vendor" {
			f = plain.with(files{"base/vendors.yaml": edit(t, plainManifest, c.pairs...)})
		}
		for _, g := range evaluate(t, f, today, repository).Findings {
			if g.Rule == "VG-APR-002" && g.Introduced != c.want {
				t.Errorf("%s: got introduced %v, want %v", c.why, g.Introduced, c.want)
			}
		}
	}
	for why, base := range map[string]files{
		"no base": {}, "another file": {"base/jobs/vendors.yaml": plainManifest}, "an empty base": {"base/vendors.yaml": ""},
		"a base of another form": {"base/vendors.yaml": "[]\n"}, "none before": {"base/vendors.yaml": "apiVersion: vendorgate/v1\nkind: VendorManifest\nvendors: []\n"},
	} {
		if r := evaluate(t, plain.with(base), today, repository); len(r.Findings) != 1 || !r.Findings[0].Introduced {
			t.Errorf("%s: got %v, want one finding that is introduced", why, lines(r))
		}
	}
	wrong := plain.with(files{"base/vendors.yaml": plainManifest + "    colour: red\n"})
	if r := evaluate(t, wrong, today, repository); len(r.Findings) != 1 || r.Findings[0].Introduced {
		t.Errorf("a base with a problem beside the use: got %v, want one finding that is not introduced", lines(r))
	}
}

// TestRemoval: to give up a vendor never makes a finding, whatever its state.
func TestRemoval(t *testing.T) {
	t.Parallel()
	for _, status := range []string{"approved", "suspended", "denied", "retired", "deprecated"} {
		f := world(t, "status: approved", "status: "+status, "expires: 2027-05-31", "expires: 2026-11-20").unchanged()
		f["vendors.yaml"] = "apiVersion: vendorgate/v1\nkind: VendorManifest\nvendors: []\n"
		r := evaluate(t, f, today, repository)
		diff(t, status, []string{}, lines(r))
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
				gate := policy.Gate{FailOn: failOn, Changed: changed}
				if got := gate.Counts(f); got != want {
					t.Errorf("%+v counts %+v: got %v, want %v", gate, f, got, want)
				}
				if got := gate.Fails([]diag.Finding{{}, f}); got != want {
					t.Errorf("%+v fails on %+v: got %v, want %v", gate, f, got, want)
				}
				verdict := map[bool]diag.Verdict{true: diag.Fail, false: diag.Pass}[want]
				rows := []diag.Vendor{{ID: "acme-pay", Verdict: diag.Pass}, {ID: "other", Verdict: diag.NoVerdict}}
				gate.Vendors(rows, []diag.Finding{f})
				if got := rows[0].Verdict; got != verdict {
					t.Errorf("%+v on %+v: got verdict %s, want %s", gate, f, got, verdict)
				}
				if got := rows[1].Verdict; got != diag.NoVerdict {
					t.Errorf("another vendor: got verdict %s", got)
				}
				if got := policy.Undecided([]diag.Finding{f}); got != unreadable {
					t.Errorf("Undecided(%+v): got %v", f, got)
				}
			}
		}
	}
	if (policy.Gate{FailOn: diag.Note}).Fails(nil) || policy.Undecided(nil) {
		t.Error("nothing fails")
	}
}

// TestFingerprints: the same for the same fault, wherever its line is and whatever the day; another for another.
func TestFingerprints(t *testing.T) {
	t.Parallel()
	plain := world(t, "expires: 2027-05-31", "expires: 2026-11-20", "internal, personal, ", "").using(t, "[personal]", "[personal, internal]")
	prints := func(f files, asOf string) map[string]string {
		out := map[string]string{}
		for _, g := range evaluate(t, f, asOf, repository).Findings {
			out[g.Rule+" "+g.Vendor+" "+g.Key] = g.Fingerprint
		}
		return out
	}
	want := prints(plain, today)
	if len(want) != 3 { // evaluate has seen that they differ
		t.Fatalf("got %d findings, want 3", len(want))
	}
	for why, c := range map[string]struct {
		files
		asOf string
	}{
		"another day":         {plain, "2026-12-24"},
		"moved lines":         {plain.using(t, "vendors:\n", "# one\n\n# two\nvendors:\n"), today},
		"moved in the record": {plain.with(files{"registry/vendors/acme-pay.yaml": "# one\n" + plain["registry/vendors/acme-pay.yaml"]}), today},
		"unchanged use":       {plain.unchanged(), today},
		"another severity":    {plain.rules("rules: {VG-SCP-001: {severity: note}, VG-APR-002: {severity: warning}}\n"), today},
		"another order":       {plain.using(t, "[personal, internal]", "[internal, personal]"), today},
		"another reader":      {plain.rules("contact: someone\n"), today},
	} {
		for key, got := range prints(c.files, c.asOf) {
			if got != want[key] {
				t.Errorf("%s: the fingerprint of %q has changed", why, key)
			}
		}
	}
	elsewhere := plain.with(files{"jobs/vendors.yaml": plain["vendors.yaml"]})
	other := plain.with(files{"registry/vendors/other-pay.yaml": edit(t, plain["registry/vendors/acme-pay.yaml"], "id: acme-pay", "id: other-pay")})
	other["vendors.yaml"] += "  - {id: other-pay, purpose: A test, environments: [prod], data: [personal, internal]}\n"
	for why, f := range map[string]files{"two files": elsewhere, "two vendors": other} {
		if got := len(evaluate(t, f, today, repository).Findings); got != 6 { // and all differ
			t.Errorf("%s: got %d findings, want 6", why, got)
		}
	}
}

// TestDeterminism: the order of the manifests and of their entries changes nothing but the places.
func TestDeterminism(t *testing.T) {
	t.Parallel()
	f := world(t, "expires: 2027-05-31", "expires: 2026-11-20", "personal, ", "").with(files{"jobs/vendors.yaml": plainManifest})
	in := input(t, f, today, repository)
	want := lines(policy.Evaluate(in))
	in.Manifests[0], in.Manifests[1] = in.Manifests[1], in.Manifests[0]
	diff(t, "reversed", want, lines(policy.Evaluate(in)))
	for range 10 {
		diff(t, "again", want, findings(t, f, today, repository))
	}
}
