package gate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// pasted does with a manifest what the hint of a finding says.
func pasted(t *testing.T, before string, f diag.Finding, answer func(string) string) string {
	t.Helper()
	paste := answer(f.Paste)
	switch {
	case strings.Contains(f.Hint, "reate vendors.yaml with the content below"):
		return paste
	case strings.Contains(f.Hint, "dd the entry below to vendors.yaml, in place of [], and"):
		return gatetest.Edit(t, before, " []\n", "\n"+paste)
	case strings.Contains(f.Hint, "dd the entry below to vendors.yaml, inside the brackets, with a comma between it and the entry in front of it, and"):
		return gatetest.Edit(t, before, "}]\n", "},\n"+paste+"]\n")
	case strings.Contains(f.Hint, "dd the entry below to vendors.yaml and"):
		return before + paste
	}
	t.Fatalf("nothing says where to paste: %s", f.Hint)
	return ""
}

// pasteManifests are what a repository has before somebody pastes: no manifest, an empty one, one that names no owner, and some with another
// vendor.
func pasteManifests(t *testing.T) []string {
	t.Helper()
	other := gatetest.Edit(t, gatetest.PlainManifest, "id: acme-pay", "id: other-pay", "Charge cards at checkout", "Pay back")
	ownerless := strings.ReplaceAll(noVendors, "owner: team-checkout\n", "")
	atMargin := strings.NewReplacer("\n  - ", "\n- ", "\n    ", "\n  ").Replace(other)
	deeper := strings.NewReplacer("\n  - ", "\n    - ", "\n    ", "\n      ").Replace(other)
	inFlow := other[:strings.Index(other, "vendors:")] + "vendors: [{id: other-pay, purpose: Pay back, environments: [prod], data: [personal]}]\n"
	return []string{"", noVendors, ownerless, other, atMargin, deeper, inFlow}
}

// pasteRecords are records that limit a use in other ways.
func pasteRecords() [][]string {
	return append(recordEdits(),
		[]string{"financial]\n", "financial]\n  auth_methods: [none, api-key-header, mtls]\n", "name: Acme", "authentication: {methods: [none, api-key-header, mtls, oidc]}\nname: Acme"},
		[]string{"financial]\n", "financial]\n  api_versions: [v1, v2]\n"},
		[]string{"financial]\n", "financial]\n  hosts: [api.acme-pay.example, eu.acme-pay.example]\n", "name: Acme", "api_hosts: [api.acme-pay.example, eu.acme-pay.example]\nname: Acme"},
		[]string{"financial]\n", "financial]\n  hosts: [\"*.acme-pay.example\"]\n"},
		[]string{"[public, synthetic, internal, personal, financial]", "[personal]"},
		[]string{"[public, synthetic, internal, personal, financial]", "[internal, cardholder]"},
		[]string{"compliance: {dpa: {status: signed, signed_on: 2026-01-15}}\n", "", "status: approved", "status: deprecated"},
		[]string{"status: approved", "status: pilot\npilot: {until: 2027-01-31}", "financial]\n", "financial]\n  repos: [acme/shop]\n"},
		[]string{"status: approved", "status: pilot", "[public, synthetic, internal, personal, financial]", "[internal]"},
		[]string{"status: approved", "status: proposed"},
	)
}

// Whoever pastes the entry of a finding and fills it in has no such finding any more, and no worse verdict. Whoever only pastes it is asked for
// each answer, and for nothing else.
func TestPastedEntriesPass(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	tried := 0
	for _, edits := range pasteRecords() {
		for _, preset := range []string{"essentials", "standard", "strict"} {
			for n, manifest := range pasteManifests(t) {
				for k, introduced := range []bool{false, true, false, true} {
					tier := 3 - k/2 // at tiers 1 and 2, an entry has to say how the vendor is called
					f := gatetest.Files{
						"registry/policy.yaml":            gatetest.Extends("vendorgate/" + preset + "@1"),
						"registry/vendors/acme-pay.yaml":  tieredRecord(t, tier, edits...),
						"registry/vendors/other-pay.yaml": strings.NewReplacer("acme-pay", "other-pay", "Acme Pay", "Other Pay").Replace(gatetest.PlainRecord),
					}
					if manifest != "" {
						f["vendors.yaml"], f["base/vendors.yaml"] = manifest, manifest
					}
					tried += paste(t, f, introduced, fmt.Sprintf("%v, %s, manifest %d, tier %d, introduced %v", edits, preset, n, tier, introduced))
				}
			}
		}
	}
	if tried < 100 {
		t.Errorf("only %d entries were pasted; this test has lost its way", tried)
	}
}

// paste follows the hint about the vendor that code uses without a declaration, and returns how many hints it followed.
func paste(t *testing.T, f gatetest.Files, introduced bool, title string) int {
	t.Helper()
	evaluate := func(f gatetest.Files, scan *gate.CodeScan) gate.Result {
		in := gatetest.Input(t, f, gatetest.Today, gatetest.Repository)
		in.CodeScan, in.UsedBefore = scan, func(gate.Question) bool { return !introduced }
		return gate.Evaluate(in)
	}
	before := evaluate(f, calls(introduced))
	for _, found := range before.Findings {
		if found.Paste == "" {
			continue
		}
		asIs := func(text string) string { return text }
		manifest := pasted(t, f["vendors.yaml"], found, gatetest.Answered)
		scan := calls(introduced)
		scan.Vendors, scan.Undeclared = scan.Undeclared, nil // now it is declared
		after := evaluate(f.With(gatetest.Files{"vendors.yaml": manifest, "base/vendors.yaml": f["base/vendors.yaml"]}), scan)
		unanswered := evaluate(f.With(gatetest.Files{"vendors.yaml": pasted(t, f["vendors.yaml"], found, asIs), "base/vendors.yaml": f["base/vendors.yaml"]}), scan)
		asks(t, title, found.Paste, unanswered)
		errors := func(r gate.Result) (n int) {
			for _, f := range r.Findings {
				if f.Severity == diag.Error {
					n++
				}
			}
			return n
		}
		failed := gate.Threshold{FailOn: diag.Error}.Fails(before.Findings)
		for _, left := range after.Findings {
			if strings.Contains(left.Message, "vendors.yaml does not say") {
				t.Errorf("%s: %s\n%s", title, left.Message, manifest)
			}
		}
		if strings.Contains(gatetest.Short(after), "VG-REG-002") || strings.Contains(gatetest.Short(after), "VG-MAN") || !failed && errors(after) > 0 && !strings.Contains(found.Hint, "the entry fails the check until") {
			t.Errorf("%s: before: %s; after: %s\n%s\n%s", title, gatetest.Short(before), gatetest.Short(after), manifest, strings.Join(gatetest.Lines(after), "\n"))
		}
		return 1
	}
	return 0
}

// asks fails unless a report has a finding that blocks for each TODO of an entry, and no other about the manifest.
func asks(t *testing.T, title, entry string, got gate.Result) {
	t.Helper()
	want := strings.Count(entry, "TODO")
	if want < 3 { // a purpose, environments and data
		t.Errorf("%s: the entry invents answers:\n%s", title, entry)
	}
	n := 0
	for _, f := range got.Findings {
		if strings.Contains(f.Message, "vendors.yaml does not say") || f.Rule == "VG-REG-002" {
			t.Errorf("%s: as pasted: %s\n%s", title, f.Message, entry)
		}
		if strings.HasSuffix(f.Message, `is "TODO", which is no answer`) && f.Rule == "VG-MAN-001" && f.Severity == diag.Error && f.Hint != "" {
			n++
		}
	}
	if n != want {
		t.Errorf("%s: as pasted, %d of %d answers are asked for: %s\n%s", title, n, want, gatetest.Short(got), entry)
	}
}

// What a hint names as an edit settles the finding and makes no other.
func TestEditsThatHintsName(t *testing.T) {
	t.Parallel()
	limited := func(limit string) gatetest.Files {
		return gatetest.World(t, "financial]\n", "financial]\n  "+limit+"\n")
	}
	for _, c := range []struct {
		rule string
		gatetest.Files
		hint   string   // part of it
		follow []string // the edit of the manifest
	}{
		{"VG-REG-001", gatetest.World(t).Using(t, "acme-pay", "acme"), `Did you mean "acme-pay"?`, []string{"id: acme\n", "id: acme-pay\n"}},
		{"VG-REG-001", gatetest.World(t, "name: Acme Pay", "name: Cobbler Billing").Using(t, "acme-pay", "cobbler-billing"), `Did you mean "acme-pay"?`, []string{"cobbler-billing", "acme-pay"}},
		{"VG-REG-001", gatetest.World(t, "name: Acme", "aliases: [Zipcharge]\nname: Acme").Using(t, "acme-pay", "zipcharge"), `Did you mean "acme-pay"?`, []string{"zipcharge", "acme-pay"}},
		{"VG-MAN-001", gatetest.World(t).Using(t, "[personal]", "[pii]"), `id you mean "personal"?`, []string{"[pii]", "[personal]"}},
		{"VG-MAN-001", gatetest.World(t).Using(t, "[prod]", "[production]"), `id you mean "prod"?`, []string{"[production]", "[prod]"}},
		{"VG-MAN-001", gatetest.World(t).Using(t, "id: acme-pay", "name: acme-pay"), `id you mean "id"?`, []string{"name: acme-pay", "id: acme-pay"}},
		{"VG-MAN-001", gatetest.World(t).Using(t, "[personal]", "[n/a]"), `id you mean "none"?`, []string{"[n/a]", "[none]"}},
		{"VG-MAN-001", gatetest.World(t).Using(t, "environments:", "enviroments:"), `id you mean "environments"?`, []string{"enviroments:", "environments:"}}, //nolint:misspell // the mistake
		{"VG-SCP-003", limited("api_versions: [v1]"), "Add `api.version` to the entry.", []string{"    data:", "    api: {version: v1}\n    data:"}},
		{"VG-SCP-004", gatetest.World(t, "financial]\n", "financial]\n  hosts: [api.acme.example]\n", "name: Acme", "api_hosts: [api.acme.example]\nname: Acme"), "Add `endpoints` to the entry.", []string{"    data:", "    endpoints: [\"https://api.acme.example\"]\n    data:"}},
		{"VG-SCP-001", gatetest.World(t, "personal, ", ""), "switch to test data", []string{"[personal]", "[synthetic]"}},
		{"VG-SCP-002", gatetest.World(t, "staging, prod]", "staging]"), "Use it only in approved environments", []string{"[prod]", "[staging]"}},
	} {
		before := gatetest.Evaluate(t, c.Files, gatetest.Today, gatetest.Repository)
		after := gatetest.Evaluate(t, c.Using(t, c.follow...), gatetest.Today, gatetest.Repository)
		if f := gatetest.One(t, before, c.rule); !strings.Contains(f.Hint, c.hint) {
			t.Errorf("%s %v: got hint %q, want %q", c.rule, c.follow, f.Hint, c.hint)
		}
		if got := gatetest.Lines(after); len(got) > 0 {
			t.Errorf("%s %v: whoever follows %q gets %q", c.rule, c.follow, c.hint, got)
		}
	}
}

// Under a confidential policy, and about a private record, an entry to paste keeps the sentence that says what to do with it.
func TestPasteKeepsItsSentence(t *testing.T) {
	t.Parallel()
	tried := 0
	for _, edits := range append(pasteRecords(), []string{"name: Acme Pay", "name: Acme Pay\nevidence: [{id: e1, type: documentation, title: A, access: nda, assurance: documented, observed_on: 2026-09-01, file: f, supports: [encryption]}]"}) {
		for _, changed := range []bool{true, false} {
			f := gatetest.Files{
				"registry/policy.yaml":           gatetest.Extends("vendorgate/standard@1") + "confidential: true\n",
				"registry/vendors/acme-pay.yaml": tieredRecord(t, 2, edits...),
			}
			for _, found := range undeclared(t, f, changed).Findings {
				if found.Rule != "VG-REG-002" {
					continue
				}
				if tried++; found.Paste == "" || !strings.Contains(found.Hint, "dd the entry below to vendors.yaml, in place of [], and fill it in.") {
					t.Errorf("%v: hint %q of\n%s", edits, found.Hint, found.Paste)
				}
			}
		}
	}
	if tried < 20 {
		t.Errorf("only %d entries were looked at", tried)
	}
}
