package gate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/manifest"
)

// noVendors is a manifest that declares nothing.
const noVendors = "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: team-checkout\nvendors: []\n"

// calls is a scan that found acme-pay in src/pay.js, with the name of a credential.
func calls(changed bool) *gate.CodeScan {
	return &gate.CodeScan{
		Result: &detect.Result{Undeclared: []detect.Vendor{{ID: "acme-pay", Confidence: detect.Confirmed, Sightings: []detect.Sighting{
			{Kind: detect.KindHost, Confidence: detect.Confirmed, File: "src/pay.js", Line: 3, Col: 7, Text: "api.acme-pay.example"},
			{Kind: detect.KindEnv, Confidence: detect.Likely, File: "src/env.js", Line: 1, Col: 1, Text: "ACME_PAY_KEY"},
		}}}},
		Name:    func(file string) string { return file },
		Changed: func(string) bool { return changed },
	}
}

// undeclared evaluates files whose code calls acme-pay although no manifest declares it.
func undeclared(t *testing.T, f gatetest.Files, changed bool) gate.Result {
	t.Helper()
	in := gatetest.Input(t, f.With(gatetest.Files{"vendors.yaml": noVendors}), gatetest.Today, gatetest.Repository)
	in.CodeScan = calls(changed)
	return gate.Evaluate(in)
}

// An undeclared use fails wherever the same use would fail if it were declared, whatever waivers cover.
func TestUndeclaredIsJudgedAsDeclared(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	failing := 0
	for _, edits := range recordEdits() {
		for tier := 1; tier <= 4; tier++ {
			for _, preset := range []string{"essentials", "strict", "rollout"} {
				f := gatetest.World(t).With(gatetest.Files{
					"registry/policy.yaml":           gatetest.Extends("vendorgate/" + preset + "@1"),
					"registry/vendors/acme-pay.yaml": tieredRecord(t, tier, edits...),
				})
				for i, waivers := range waiverSets(t) {
					failing += asStrict(t, f.With(waivers), fmt.Sprintf("%v, tier %d, %s, waivers %d", edits, tier, preset, i))
				}
			}
		}
	}
	if failing < 100 {
		t.Errorf("only %d of the uses fail; this test has lost its way", failing)
	}
}

// waiverSets are the waivers of the property test: none, of the missing entry alone, of other rules too, and soon to end.
func waiverSets(t *testing.T) []gatetest.Files {
	t.Helper()
	waiver := func(id, rules, expires string) string {
		return gatetest.Edit(t, gatetest.PlainWaiver, "id: WVR-1", "id: "+id, "rules: [VG-APR-002]", "rules: ["+rules+"]", "expires: 2026-12-31", "expires: "+expires)
	}
	const every = "VG-REG-002, VG-APR-001, VG-APR-002, VG-APR-003, VG-SCP-001, VG-SCP-002, VG-PIL-001, VG-IAM-001"
	return []gatetest.Files{
		{},
		{"registry/waivers/WVR-1.yaml": waiver("WVR-1", "VG-REG-002", "2026-12-31")},
		{"registry/waivers/WVR-1.yaml": waiver("WVR-1", every, "2026-12-31")},
		{"registry/waivers/WVR-1.yaml": waiver("WVR-1", "VG-REG-002", "2026-12-31"), "registry/waivers/WVR-2.yaml": waiver("WVR-2", "VG-APR-002", "2026-11-25")},
		{"registry/waivers/WVR-1.yaml": waiver("WVR-1", "VG-REG-002, VG-APR-002", "2026-11-20")},
	}
}

// asStrict compares the same use declared and undeclared, for every scope, and returns how many of the declared ones fail.
func asStrict(t *testing.T, f gatetest.Files, title string) (failing int) {
	t.Helper()
	declared := gatetest.Edit(t, gatetest.PlainManifest, "data: [personal]", "data: [none]")
	for _, introduced := range []bool{false, true} {
		asDeclared := f.With(gatetest.Files{"vendors.yaml": declared})
		if !introduced {
			asDeclared = asDeclared.Unchanged()
		}
		want := gatetest.Evaluate(t, asDeclared, gatetest.Today, gatetest.Repository)
		got := undeclared(t, f, introduced)
		for _, failOn := range []diag.Severity{diag.Warning, diag.Error} {
			for _, changed := range []bool{false, true} {
				threshold := gate.Threshold{FailOn: failOn, Changed: changed}
				if !threshold.Fails(want.Findings) && !gate.Undecided(want.Findings) {
					continue
				}
				failing++
				if !threshold.Fails(got.Findings) && (!gate.Undecided(want.Findings) || !gate.Undecided(got.Findings)) {
					t.Errorf("%s, introduced %v, fail on %v, changed only %v: declared: %s; undeclared: %s",
						title, introduced, failOn, changed, gatetest.Short(want), gatetest.Short(got))
				}
			}
		}
	}
	return failing
}

// recordEdits are what records of the property tests differ in.
func recordEdits() [][]string {
	var out [][]string
	for _, status := range []string{"proposed", "in-review", "pilot", "approved", "conditional", "deprecated", "suspended", "denied", "retired"} {
		out = append(out, []string{"status: approved", "status: " + status})
	}
	return append(out,
		[]string{"status: approved", "status: deprecated\nsunset: 2026-11-20"},
		[]string{"status: approved", "status: deprecated\nsunset: 2027-11-20"},
		[]string{"expires: 2027-05-31", "expires: 2026-11-20"},
		[]string{"expires: 2027-05-31", "expires: 2025-11-20"},
		[]string{"[dev, staging, prod]", "[dev, staging]"},
		[]string{"scope:\n", "scope:\n  repos: [acme/other]\n"},
		[]string{"risk: ", "access: {mfa: {enforced: false}}\nrisk: "},
		[]string{"status: approved\n", ""},
		[]string{"apiVersion", "apiVersions"},
	)
}

func tieredRecord(t *testing.T, tier int, edits ...string) string {
	t.Helper()
	text := gatetest.Tiered(t, tier)["registry/vendors/acme-pay.yaml"]
	for i := 0; i < len(edits); i += 2 {
		if !strings.Contains(text, edits[i]) {
			t.Fatalf("the record has no %q:\n%s", edits[i], text)
		}
		text = strings.ReplaceAll(text, edits[i], edits[i+1])
	}
	return text
}

// What is said of an undeclared vendor: the decision where it forbids the use, and otherwise why declaring alone is not enough.
func TestUndeclaredSays(t *testing.T) {
	t.Parallel()
	const traces = `the code uses it, and no manifest declares it (host "api.acme-pay.example", confirmed)`
	for _, c := range []struct {
		title                string
		tier                 int
		edits                []string
		rule, message, hint  string
		everywhere, hasPaste bool
	}{
		{
			"suspended", 4,
			[]string{"status: approved", "status: suspended\nstatus_since: 2026-11-20\nstatus_reason: Its keys leaked\nreplaced_by: other-pay"},
			"VG-APR-001",
			`"acme-pay" has been suspended since 2026-11-20: Its keys leaked; ` + traces,
			"Stop all calls, rotate ACME_PAY_KEY, and wait for the security team to lift the suspension. Use other-pay instead.", true, false,
		},
		{"denied", 3, []string{"status: approved", "status: denied"}, "VG-APR-001", `"acme-pay" is denied; ` + traces, "Remove the vendor, and ask the security team for an alternative.", true, false},
		{"retired", 4, []string{"status: approved", "status: retired"}, "VG-APR-001", `"acme-pay" is retired; ` + traces, "Remove the vendor, and ask the security team for an alternative.", true, false},
		{"proposed", 4, []string{"status: approved", "status: proposed"}, "VG-APR-001", `"acme-pay" is proposed; ` + traces, "Wait for the security team to decide. If it is urgent, add the entry below to vendors.yaml, in place of [], and fill it in, and ask for a waiver.", false, true},
		{
			"lapsed", 4,
			[]string{"expires: 2027-05-31", "expires: 2026-11-20"},
			"VG-REG-002",
			`the code uses "acme-pay" (Acme Pay), but vendors.yaml does not declare it (host "api.acme-pay.example", confirmed); even if it were declared, the check would fail: the approval of "acme-pay" expired on 2026-11-20 (3 days ago)`,
			"a.ferreira (security-architect) must renew the approval", false, true,
		},
		{
			"approved", 4, nil, "VG-REG-002",
			`the code uses "acme-pay" (Acme Pay), but vendors.yaml does not declare it (host "api.acme-pay.example", confirmed)`, "Add the entry below to vendors.yaml", false, true,
		},
	} {
		r := undeclared(t, gatetest.World(t).With(gatetest.Files{
			"registry/vendors/acme-pay.yaml":  tieredRecord(t, c.tier, c.edits...),
			"registry/vendors/other-pay.yaml": gatetest.Edit(t, gatetest.PlainRecord, "id: acme-pay", "id: other-pay"),
		}), true)
		if len(r.Findings) != 1 {
			t.Errorf("%s: got %v, want one finding", c.title, gatetest.Lines(r))
			continue
		}
		f := r.Findings[0]
		if f.Rule != c.rule || f.Message != c.message || !strings.Contains(f.Hint, c.hint) || f.Everywhere != c.everywhere || (f.Paste != "") != c.hasPaste || f.Pos.String() != "src/pay.js:3:7" {
			t.Errorf("%s: got %s everywhere %v at %s, %q with hint %q and paste %q", c.title, f.Rule, f.Everywhere, f.Pos, f.Message, f.Hint, f.Paste)
		}
		if !slices.ContainsFunc(f.Related, func(r diag.Related) bool { return r.Pos.File == "src/env.js" }) {
			t.Errorf("%s: related places %v lack src/env.js", c.title, f.Related)
		}
	}
}

// To remove a declaration and keep the calls is to introduce an undeclared use.
func TestRemovedDeclarationIsIntroduced(t *testing.T) {
	t.Parallel()
	for _, removed := range []bool{false, true} {
		in := gatetest.Input(t, gatetest.World(t).With(gatetest.Files{"vendors.yaml": noVendors}), gatetest.Today, gatetest.Repository)
		in.CodeScan = calls(false)
		in.CodeScan.Declared = func(vendor, file string) bool { return removed && vendor == "acme-pay" && file == "src/pay.js" }
		r := gate.Evaluate(in)
		if len(r.Findings) != 1 || r.Findings[0].Introduced != removed {
			t.Errorf("removed %v: got %v, introduced %v", removed, gatetest.Lines(r), r.Findings[0].Introduced)
		}
	}
}

// A waiver of VG-REG-002 covers the missing entry, and nothing that the use would have if it were declared.
func TestWaiverOfUndeclared(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rules  string
		edits  []string
		waived bool
	}{
		{"VG-REG-002", nil, true},
		{"VG-REG-002", []string{"expires: 2027-05-31", "expires: 2026-11-20"}, false},
		{"VG-REG-002, VG-APR-002", []string{"expires: 2027-05-31", "expires: 2026-11-20"}, true},
		{"VG-REG-002", []string{"[dev, staging, prod]", "[dev, staging]"}, false},
		{"VG-REG-002", []string{"scope:\n", "scope:\n  repos: [acme/other]\n"}, false},
		{"VG-REG-002", []string{"status: approved", "status: deprecated\nsunset: 2026-11-20"}, false},
		{"VG-REG-002", []string{"status: approved", "status: pilot"}, false},
		{"VG-REG-002, VG-APR-001", []string{"status: approved", "status: pilot"}, true},
		{"VG-REG-002, VG-APR-001", []string{"status: approved", "status: suspended"}, false},
		{"VG-REG-002, VG-APR-001", []string{"status: approved", "status: proposed"}, false},
		{"VG-REG-002", []string{"approved_on: 2026-06-01", "approved_on: 2027-01-01"}, false},
	} {
		waiver := gatetest.Edit(t, gatetest.PlainWaiver, "rules: [VG-APR-002]", "rules: ["+c.rules+"]")
		f := gatetest.World(t).With(gatetest.Files{"registry/vendors/acme-pay.yaml": tieredRecord(t, 3, c.edits...), "registry/waivers/WVR-1.yaml": waiver})
		r := undeclared(t, f, true)
		fails := gate.Threshold{FailOn: diag.Warning}.Fails(slices.DeleteFunc(slices.Clone(r.Findings), func(f diag.Finding) bool { return f.Rule == "VG-WVR-001" }))
		if fails == c.waived {
			t.Errorf("%v, waiver of %s: got %v", c.edits, c.rules, gatetest.Lines(r))
		}
	}
}

// The missing entry of a vendor that nobody has reviewed can be waived, too. That it is not registered cannot.
func TestWaiverOfUnreviewed(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t).With(gatetest.Files{"vendors.yaml": noVendors, "registry/waivers/WVR-1.yaml": gatetest.Edit(t, gatetest.PlainWaiver, "[VG-APR-002]", "[VG-REG-002, VG-APR-002]", "2026-12-31", "2026-12-01")})
	delete(f, "registry/vendors/acme-pay.yaml")
	r := undeclared(t, f, true)
	if got := gatetest.One(t, r, "VG-REG-002"); got.Waiver != "WVR-1" {
		t.Errorf("VG-REG-002 is not waived: %v", gatetest.Lines(r))
	}
	if got := gatetest.One(t, r, "VG-REG-001"); got.Waived() || got.Severity != diag.Error {
		t.Errorf("VG-REG-001: %v", gatetest.Lines(r))
	}
	delete(f, "registry/waivers/WVR-1.yaml")
	if got := gatetest.Short(undeclared(t, f, true)); got != "error VG-REG-002" {
		t.Errorf("without a waiver: %s", got)
	}
}

// What a waiver covers for a declared use raises nothing for an undeclared one, which is still to be declared.
func TestWaivedReasonOfUndeclared(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ waiver, want string }{
		{gatetest.PlainWaiver, "warning VG-REG-002"},
		{gatetest.Edit(t, gatetest.PlainWaiver, "expires: 2026-12-31", "expires: 2026-11-22"), "error VG-REG-002"},
		{gatetest.Edit(t, gatetest.PlainWaiver, "repos: [acme/shop]", "repos: [acme/other]"), "error VG-REG-002"},
		{gatetest.Edit(t, gatetest.PlainWaiver, "rules: [VG-APR-002]", "rules: [VG-APR-003]"), "error VG-REG-002"},
		{gatetest.Edit(t, gatetest.PlainWaiver, "requested_by: s.marchetti", "requested_by: a.ferreira"), "error VG-REG-002"},
	} {
		record := tieredRecord(t, 3, "expires: 2027-05-31", "expires: 2026-11-20")
		r := undeclared(t, gatetest.World(t).With(gatetest.Files{"registry/vendors/acme-pay.yaml": record, "registry/waivers/WVR-1.yaml": c.waiver}), true)
		if got := gatetest.Short(r); got != c.want {
			t.Errorf("got %q, want %q, with the waiver\n%s", got, c.want, c.waiver)
		}
	}
}

// Of what declaring a vendor would not mend, the message has the worst and counts what is as bad.
func TestUndeclaredCountsTheWorst(t *testing.T) {
	t.Parallel()
	const lapsed = `the approval of "acme-pay" expired on 2026-11-20 (3 days ago)`
	for _, c := range []struct{ severities, want string }{
		{"VG-APR-002: {severity: error}, VG-APR-003: {severity: error}, VG-SCP-002: {severity: error}", "fail: " + lapsed + " (and 2 more)"},
		{"VG-APR-002: {severity: error}, VG-APR-003: {severity: warning}, VG-SCP-002: {severity: warning}", "fail: " + lapsed},
		{"VG-APR-002: {severity: warning}, VG-APR-003: {severity: warning}, VG-SCP-002: {severity: error}", `fail: "acme-pay" is not approved for prod (approved: dev)`},
	} {
		edits := []string{"expires: 2027-05-31", "expires: 2026-11-20", "last_review: 2026-06-01", "last_review: 2026-06-01\n  review_cadence: P3M", "[dev, staging, prod]", "[dev]"}
		f := gatetest.World(t).Rules("rules: {" + c.severities + "}\n").With(gatetest.Files{"registry/vendors/acme-pay.yaml": tieredRecord(t, 3, edits...)})
		if got := gatetest.One(t, undeclared(t, f, true), "VG-REG-002").Message; !strings.HasSuffix(got, "even if it were declared, the check would "+c.want) {
			t.Errorf("%s: got %q, want the end %q", c.severities, got, c.want)
		}
	}
}

// The policy is named as the reason of a severity only where it is the reason.
func TestUndeclaredSeverityOfThePolicy(t *testing.T) {
	t.Parallel()
	const severity = "registry/policy.yaml:4:9 the policy sets this severity"
	for expires, want := range map[string]bool{"2027-05-31": true, "2026-11-20": false} { // a lapsed approval makes it an error
		f := gatetest.World(t).Rules("rules: {VG-REG-002: {severity: note}}\n").With(gatetest.Files{"registry/vendors/acme-pay.yaml": tieredRecord(t, 3, "expires: 2027-05-31", "expires: "+expires)})
		if got := gatetest.Related(undeclared(t, f, true), "VG-REG-002"); slices.Contains(got, severity) != want {
			t.Errorf("until %s: got %q; it names the policy: want %v", expires, got, want)
		}
	}
}

// The settings of the innermost manifest above the code apply to what it does not declare.
func TestUndeclaredUnderStricterManifest(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		manifest string
		want     bool
	}{{"vendors.yaml", true}, {"src/vendors.yaml", true}, {"web/vendors.yaml", false}, {"sr/vendors.yaml", false}} {
		f := gatetest.World(t).With(gatetest.Files{"vendors.yaml": noVendors, c.manifest: noVendors, "registry/vendors/acme-pay.yaml": tieredRecord(t, 4)})
		in := gatetest.Input(t, f, gatetest.Today, gatetest.Repository)
		in.CodeScan = calls(false)
		threshold := gate.Threshold{FailOn: diag.Error, Changed: true, Files: map[string]gate.Stricter{c.manifest: {FailOn: diag.Warning, All: true}}}
		if got := threshold.Fails(gate.Evaluate(in).Findings); got != c.want {
			t.Errorf("settings in %s: fails %v, want %v", c.manifest, got, c.want)
		}
	}
}

// The manifest of a folder with a short name governs it as any other does, and not the one at the root.
func TestUndeclaredInShortFolder(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"a", "z", "zz"} {
		f := gatetest.World(t).With(gatetest.Files{"vendors.yaml": noVendors, folder + "/vendors.yaml": noVendors, "registry/vendors/acme-pay.yaml": tieredRecord(t, 4)})
		in := gatetest.Input(t, f, gatetest.Today, gatetest.Repository)
		in.CodeScan = calls(false)
		for i := range in.CodeScan.Undeclared {
			for k := range in.CodeScan.Undeclared[i].Sightings {
				in.CodeScan.Undeclared[i].Sightings[k].File = folder + "/pay.js"
			}
		}
		threshold := gate.Threshold{FailOn: diag.Error, Changed: true, Files: map[string]gate.Stricter{folder + "/vendors.yaml": {FailOn: diag.Warning, All: true}}}
		if !threshold.Fails(gate.Evaluate(in).Findings) {
			t.Errorf("the settings of %s/vendors.yaml do not govern %s/pay.js", folder, folder)
		}
	}
}

// Removing an entry whose data is not approved does not make its use milder.
func TestRemovedEntryKeepsItsData(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t).With(gatetest.Files{"vendors.yaml": noVendors, "registry/vendors/acme-pay.yaml": tieredRecord(t, 4)})
	for _, c := range []struct {
		data string
		want bool
	}{{"[health]", true}, {"[none]", false}} {
		in := gatetest.Input(t, f, gatetest.Today, gatetest.Repository)
		in.CodeScan = calls(false)
		in.CodeScan.Declared = func(vendor, _ string) bool { return vendor == "acme-pay" }
		before := "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: team-checkout\nvendors:\n  - {id: acme-pay, purpose: Take payments, environments: [prod], data: " + c.data + "}\n"
		in.Base = map[string]manifest.Manifest{"vendors.yaml": manifest.Parse("vendors.yaml", "vendors.yaml", []byte(before))}
		threshold := gate.Threshold{FailOn: diag.Error, Changed: true}
		if got := gate.Evaluate(in).Findings; threshold.Fails(got) != c.want {
			t.Errorf("%s: fails %v, want %v: %v", c.data, !c.want, c.want, got)
		}
	}
}

// The entry of an undeclared use is missing, also where only others can mend what is worst about it.
func TestUndeclaredNeedsChange(t *testing.T) {
	t.Parallel()
	f := unencrypted(t).Rules("requirements: [{id: ACME-1, attr: encryption.at_rest.encrypted, eq: true}]\n").With(gatetest.Files{"vendors.yaml": noVendors})
	got := gatetest.One(t, undeclared(t, f, true), "VG-REG-002")
	if !strings.Contains(got.Message, "the policy requires") || !strings.Contains(got.Hint, "Add the entry below") || strings.Contains(strings.ToLower(got.Hint), "no code change") {
		t.Errorf("got %q, hint %q", got.Message, got.Hint)
	}
}
