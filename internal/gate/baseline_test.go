package gate_test

import (
	"path"
	"strings"
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
		{"another use before it", []string{"vendors:\n", "vendors:\n  - {id: other-pay, purpose: Charge, environments: [prod], data: [personal]}\n"}, false},
		{"something at the top", []string{"owner:", "registry: acme/registry\nowner:"}, false},
		{"purpose", []string{"Charge", "Refund"}, false},
		{"environment", []string{"[prod]", "[prod, staging]"}, true},
		{"class of data", []string{"[personal]", "[personal, internal]"}, true},
		{"a class less", []string{"[personal]", "[none]"}, false},
		{"direction", []string{"[personal]", "[{class: personal, direction: send}]"}, false},
		{"owner at the top", []string{"team-checkout", "team-ops"}, false},
		{"component", []string{"owner:", "component: shop\nowner:"}, false},
		// What the record does not limit is only noted.
		{"endpoint", []string{"    data:", "    endpoints: [https://api.acme.example]\n    data:"}, false},
		{"auth method", []string{"    data:", "    auth_method: mtls\n    data:"}, false},
		{"version", []string{"    data:", "    api: {version: \"1\"}\n    data:"}, false},
		{"criticality of the record", []string{"    data:", "    criticality: tier-3\n    data:"}, false},
		{"more critical than the record", []string{"    data:", "    criticality: tier-1\n    data:"}, false},
		{"secret", []string{"    data:", "    secrets: [PAY_KEY]\n    data:"}, false},
		{"package", []string{"    data:", "    sdks: [\"pkg:npm/acme-pay\"]\n    data:"}, false},
		{"webhooks", []string{"    data:", "    webhooks: {receives: true}\n    data:"}, true},
		{"critical function", []string{"    data:", "    critical_or_important_function: true\n    data:"}, true},
		{"waiver", []string{"    data:", "    waiver: WVR-1\n    data:"}, false},
		{"a field that no rule reads", []string{"    data:", "    contact: \"#ops\"\n    data:"}, false},
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
		"no base": {}, "an empty base": {"base/vendors.yaml": ""},
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

// TestWidened: what a use does more than before makes it new, and what it gives up does not.
func TestWidened(t *testing.T) {
	t.Parallel()
	plain := gatetest.World(t, "expires: 2027-05-31", "expires: 2026-11-20", "encryption:", "api_hosts: [api.acme.example, eu.acme.example]\nauthentication: {methods: [mtls, api-key-header]}\nencryption:").
		Using(t, "[prod]", "[staging, prod]", "[personal]", "[internal, personal]\n    criticality: tier-2\n    endpoints: [https://api.acme.example, https://eu.acme.example]\n    auth_method: mtls\n    regions: [IE, DE]")
	for _, c := range []struct {
		why, wide, narrow string
	}{
		{"environments", "[staging, prod]", "[prod]"},
		{"data", "[internal, personal]", "[personal]"},
		{"no data", "[internal, personal]", "[none]"},
		{"endpoints", "[https://api.acme.example, https://eu.acme.example]", "[https://eu.acme.example]"},
		{"regions", "[IE, DE]", "[DE]"},
		{"criticality", "criticality: tier-2", "criticality: tier-4"},
	} {
		narrow := plain.Using(t, c.wide, c.narrow)
		wider, narrower := plain.With(gatetest.Files{"base/vendors.yaml": narrow["vendors.yaml"]}), narrow.With(gatetest.Files{"base/vendors.yaml": plain["vendors.yaml"]})
		for f, want := range map[*gatetest.Files]bool{&wider: true, &narrower: false} {
			if got := gatetest.One(t, gatetest.Evaluate(t, *f, gatetest.Today, gatetest.Repository), "VG-APR-002").Introduced; got != want {
				t.Errorf("%s, wider: %v: got introduced %v", c.why, want, got)
			}
		}
	}
	other := plain.With(gatetest.Files{"base/vendors.yaml": plain["vendors.yaml"]}).Using(t, "auth_method: mtls", "auth_method: api-key-header")
	if !gatetest.One(t, gatetest.Evaluate(t, other, gatetest.Today, gatetest.Repository), "VG-APR-002").Introduced {
		t.Error("another way to authenticate is not introduced")
	}
}

// TestLimitedWords: other words and another team make a use new only if the record limits them, and the new ones are not approved.
func TestLimitedWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why, scope string
		pairs      []string
		want       bool
	}{
		{"a team", "", []string{"team-checkout", "team-ops"}, false},
		{"an approved team", "teams: [team-checkout, team-ops]", []string{"team-checkout", "team-ops"}, false},
		{"a team that is not approved", "teams: [team-checkout]", []string{"team-checkout", "team-ops"}, true},
		{"neither team is approved", "teams: [team-mail]", []string{"team-checkout", "team-ops"}, false},
		{"an approved purpose", "purposes: [refunds]", []string{"Charge cards at checkout", "refunds"}, false},
		{"a purpose that is not approved", "purposes: [refunds]", []string{"Charge cards at checkout", "payouts"}, true},
		{"a purpose in words", "purposes: [refunds]", []string{"Charge cards at checkout", "Charge cards"}, false},
	} {
		f := gatetest.World(t, "expires: 2027-05-31", "expires: 2026-11-20", "  environments: [dev, staging, prod]\n", "  environments: [dev, staging, prod]\n  "+c.scope+"\n").Unchanged().Using(t, c.pairs...)
		if got := gatetest.One(t, gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository), "VG-APR-002").Introduced; got != c.want {
			t.Errorf("%s: got introduced %v, want %v", c.why, got, c.want)
		}
	}
}

// TestMovedEntries: an entry that only moved is no new use, and neither is one that a manifest above declared. A copy elsewhere is.
func TestMovedEntries(t *testing.T) {
	t.Parallel()
	const empty = "apiVersion: vendorgate/v1\nkind: VendorManifest\nvendors: []\n"
	for _, c := range []struct {
		why        string
		base, head string // folders of manifests with the entry; with - before it, of those with none
		introduced string // folders of entries that are new
	}{
		{"down", ".", "a", ""},
		{"down, and the manifest stays", ".", "a -.", ""},
		{"to two folders below", ".", "a b", ""},
		{"a copy below", ".", ". a", ""},
		{"up", "a", ".", ""},
		{"up into a manifest that was there", "a -.", ".", ""},
		{"aside", "a", "b", ""},
		{"aside, and the manifest stays", "a", "b -a", ""},
		{"aside, twice", "a", "b c", "c"},
		{"two that move", "a b", "c d", ""},
		{"a copy beside", "a", "a b", "b"},
		{"a copy above", "a", "a .", "."},
	} {
		f := gatetest.World(t, "expires: 2027-05-31", "expires: 2026-11-20")
		delete(f, "vendors.yaml")
		put := func(folders, below string) {
			for folder := range strings.FieldsSeq(folders) {
				text := gatetest.PlainManifest
				if rest, none := strings.CutPrefix(folder, "-"); none {
					folder, text = rest, empty
				}
				f[below+strings.TrimPrefix(folder+"/vendors.yaml", "./")] = text
			}
		}
		put(c.base, "base/")
		put(c.head, "")
		var got []string
		for _, found := range gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository).Findings {
			if found.Introduced {
				got = append(got, path.Dir(found.Pos.File))
			}
		}
		if strings.Join(got, " ") != c.introduced {
			t.Errorf("%s: introduced in %q, want %q", c.why, got, c.introduced)
		}
	}
	wider := gatetest.World(t, "expires: 2027-05-31", "expires: 2026-11-20").With(gatetest.Files{"base/a/vendors.yaml": gatetest.Edit(t, gatetest.PlainManifest, "[prod]", "[staging]")})
	if !gatetest.One(t, gatetest.Evaluate(t, wider, gatetest.Today, gatetest.Repository), "VG-APR-002").Introduced {
		t.Error("an entry that moved and does more is not introduced")
	}
}

// TestNewlyNamedWaiver: a reference to a waiver that a change adds is its own, even if the use is old.
func TestNewlyNamedWaiver(t *testing.T) {
	t.Parallel()
	old := gatetest.World(t)
	named := old.Using(t, "    data:", "    waiver: WVR-1\n    data:")
	for f, want := range map[*gatetest.Files]bool{ptr(named.With(gatetest.Files{"base/vendors.yaml": old["vendors.yaml"]})): true, ptr(named.Unchanged()): false} {
		if got := gatetest.One(t, gatetest.Evaluate(t, *f, gatetest.Today, gatetest.Repository), "VG-WVR-001"); got.Introduced != want {
			t.Errorf("%s: got introduced %v, want %v", got.Message, got.Introduced, want)
		}
	}
}

func ptr[T any](v T) *T { return &v }

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
	other["vendors.yaml"] += "  - {id: other-pay, purpose: Charge, environments: [prod], data: [personal, internal]}\n"
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
