package report_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/sink/sinktest"
)

var update = flag.Bool("update", false, "rewrite testdata/*.golden")

// rich is a report with one of everything.
func rich() *diag.Report {
	at := func(file string, line, col int) diag.Pos { return diag.Pos{File: file, Line: line, Col: col} }
	r := &diag.Report{
		Version: "0.1.0", Verdict: diag.Fail, AsOf: time.Date(2026, 11, 23, 13, 4, 5, 999, time.FixedZone("", 3600)),
		Origin: "examples/registry", Revision: "sha256:0123456789abcdef", Policy: "acme", Baseline: "9f2c1d4",
		Settings: []diag.Setting{{Name: "registry", Value: "examples/registry"}, {Name: "scan", Value: "off"}, {Name: "manifest", Value: "services/*/vendors.yaml"}},
		Notices:  []string{"the baseline has no manifest; every use counts as introduced"},
		Vendors: []diag.Vendor{
			{ID: "calderwick-payments", Name: "Calderwick Payments API", Status: "approved", Tier: 1, Expires: "2027-05-31", Verdict: diag.Pass},
			{ID: "quillnest-messaging", Name: "Quillnest SMS API", Status: "approved", Tier: 2, Expires: "2026-10-14", Verdict: diag.Fail},
			{ID: "halloway-maps", Name: "halloway-maps", Status: "unregistered", Verdict: diag.Fail},
			{ID: "larkspur-mail", Name: "Larkspur Mail API", Status: "conditional", Tier: 3, Verdict: diag.NoVerdict},
		},
		Uses: []diag.Use{
			{Vendor: "quillnest-messaging", Label: "alerts", Pos: at("vendors.yaml", 15, 9), Tier: 2, Asked: []diag.Asked{
				{Rule: "VG-REG-001", Outcome: diag.Passed},
				{Rule: "VG-APR-002", Outcome: diag.Failed},
				{Rule: "VG-ENC-001", Outcome: diag.Unknown},
				{Rule: "VG-SCP-003", Outcome: diag.Excused, Waiver: "WVR-2026-014", Until: "2026-12-15"},
			}},
			{Vendor: "halloway-maps", Pos: at("vendors.yaml", 19, 9), Asked: []diag.Asked{{Rule: "VG-REG-001", Outcome: diag.Failed}}},
		},
		Findings: []diag.Finding{
			{
				Rule: "VG-APR-002", Severity: diag.Error, Vendor: "quillnest-messaging", Pos: at("vendors.yaml", 15, 9),
				Message: `the approval of "quillnest-messaging" expired on 2026-10-14, 40 days ago`, Hint: "ask the owner, team-sec, to renew it at https://acme.example/renew",
				Related:    []diag.Related{{Pos: at("registry/vendors/quillnest-messaging.yaml", 20, 12), Message: "approval.expires"}, {Message: "no place"}},
				Introduced: true, Fingerprint: "00112233445566778899aabbccddeeff",
			},
			{
				Rule: "VG-REG-001", Severity: diag.Error, Vendor: "halloway-maps", Pos: at("a folder/vendors.yaml", 19, 9),
				Message: `vendor "halloway-maps" is not in the registry`, Hint: `did you mean "galloway-maps"?`, Fingerprint: "10112233445566778899aabbccddeeff",
			},
			{Rule: "VG-MAN-001", Severity: diag.Error, Pos: diag.Pos{File: "b/vendors.yaml"}, Message: "the file cannot be read", Everywhere: true, Fingerprint: "20112233445566778899aabbccddeeff"},
			{
				Rule: "MFA-ENFORCED", Severity: diag.Warning, Vendor: "quillnest-messaging", Pos: at("vendors.yaml", 15, 9),
				Message: "multi-factor authentication is not enforced | 100% <script>alert(1)</script> *bold* @acme/sec #12 GH-3 `code` ##[error]x ::error::y",
				Hint:    "::warning::ask\n##[warning]them \x1b[31m\u202e at www.acme.example or sec@acme.example :shipit: $x$ &amp; [a](b) ![c](d)", Fingerprint: "30112233445566778899aabbccddeeff",
			},
			{Rule: "VG-REG-005", Severity: diag.Note, Vendor: "larkspur-mail", Pos: at("vendors.yaml", 23, 9), Message: "encryption.at_rest is unknown", Hint: "ask", Fingerprint: "40112233445566778899aabbccddeeff"},
			{
				Rule: "VG-SCP-003", Severity: diag.Error, Vendor: "quillnest-messaging", Pos: at("vendors.yaml", 15, 30), Message: `version "2019" ended on 2026-09-30`, Hint: `use "2024"`,
				Waiver: "WVR-2026-014", WaivedUntil: "2026-12-15", Introduced: true, Fingerprint: "50112233445566778899aabbccddeeff",
			},
		},
		Gaps: []diag.Gap{{Target: "services/closed", Reason: "cannot be read: permission denied"}, {Target: "##[group]x", Reason: "::stop-commands::x"}},
		Ignored: []diag.Ignored{
			{Pos: at("vendors.yaml", 30, 5), What: "stripe", Path: "test/**", Reason: "A mock <b>of</b> its API ##[error]x", Until: "2027-03-31", Covered: []string{"stripe"}, Places: 4},
			{Pos: at("vendors.yaml", 31, 5), What: "*.acme.example", Reason: "first-party", New: true, Covered: []string{"api.acme.example", "www.acme.example"}, Places: 2},
		},
	}
	r.Counts = diag.Counts{Vendors: 4, Unvetted: 1, Lapsed: 1}
	r.Count()
	return r
}

func render(t *testing.T, format string, r *diag.Report, colour bool) string {
	t.Helper()
	out, err := report.Formats().Render(format, r, colour)
	if err != nil {
		t.Fatalf("Render(%s): %v", format, err)
	}
	return string(out.Bytes())
}

func TestGolden(t *testing.T) {
	t.Parallel()
	blocked := &diag.Report{Version: "0.1.0", Verdict: diag.NoVerdict, Reason: "the registry cannot be read", AsOf: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)}
	for name, test := range map[string]struct {
		report *diag.Report
		format string
		colour bool
	}{
		"rich.txt": {rich(), "text", false}, "rich_colour.txt": {rich(), "text", true}, "rich.json": {rich(), "json", false}, "rich.md": {rich(), "markdown", false},
		"blocked.txt": {blocked, "text", false}, "blocked.json": {blocked, "json", true}, "blocked.md": {blocked, "markdown", true},
	} {
		got := render(t, test.format, test.report, test.colour)
		if again := render(t, test.format, test.report, test.colour); got != again {
			t.Errorf("%s: two renderings of one report differ", name)
		}
		golden := filepath.Join("testdata", name+".golden")
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s: want, got:\n%s", name, diff)
		}
		plain := strings.NewReplacer("\x1b[1m", "", "\x1b[31m", "", "\x1b[33m", "", "\x1b[36m", "", "\x1b[2m", "", "\x1b[0m", "").Replace(got)
		sinktest.CheckSilent(t, name, plain)
	}
	if got := render(t, "text", rich(), true); strings.Count(got, "\x1b[") != 2*strings.Count(got, "\x1b[0m") {
		t.Error("text with colour: a colour is not ended")
	}
}

func reportSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(report.Schema))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.AssertFormat()
	if err := compiler.AddResource("urn:report", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("urn:report")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestJSONIsValid(t *testing.T) {
	t.Parallel()
	schema := reportSchema(t)
	for _, verdict := range []diag.Verdict{diag.Pass, diag.Fail, diag.NothingToCheck, diag.NoVerdict} {
		for _, r := range []*diag.Report{rich(), {AsOf: time.Date(2026, 2, 3, 4, 5, 6, 7, time.UTC)}} {
			r.Verdict = verdict
			out := render(t, "json", r, false)
			value, err := jsonschema.UnmarshalJSON(strings.NewReader(out))
			if err != nil {
				t.Fatalf("JSON of %s: %v", verdict, err)
			}
			if err := schema.Validate(value); err != nil {
				t.Errorf("JSON of %s: %v", verdict, err)
			}
		}
	}
	if schema.Validate(map[string]any{"version": json.Number("1")}) == nil {
		t.Error("the schema accepts anything")
	}
}

func TestRenderUnknown(t *testing.T) {
	t.Parallel()
	_, err := report.Formats().Render("xml", rich(), false)
	if want := `unknown format "xml"; use one of ` + strings.Join(report.Formats().Names(), ", "); err == nil || err.Error() != want {
		t.Errorf("Render(xml): got error %v, want %s", err, want)
	}
	for _, format := range report.Formats().Names() {
		render(t, format, &diag.Report{}, false)
	}
}

func TestSummary(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 11, 23, 1, 0, 0, 0, time.FixedZone("", 2*3600))
	for _, test := range []struct {
		report diag.Report
		want   string
	}{
		{diag.Report{Verdict: diag.Pass, AsOf: day}, "pass: no findings; as of 2026-11-22T23:00:00Z"},
		{diag.Report{Verdict: diag.Fail, AsOf: day, Counts: diag.Counts{Errors: 1, Warnings: 1, Notes: 1, Waived: 1, Blocking: 1, Vendors: 1}}, "fail: 1 of 3 findings blocks, 1 waived in 1 vendor; as of 2026-11-22T23:00:00Z"},
		{diag.Report{Verdict: diag.Fail, AsOf: day, Origin: "reg", Policy: "acme", Counts: diag.Counts{Errors: 2, Blocking: 2, Vendors: 3, Lapsed: 2}}, "fail: 2 findings block in 3 vendors (2 overdue); policy acme; registry reg; as of 2026-11-22T23:00:00Z"},
		{diag.Report{Verdict: diag.Fail, AsOf: day, Counts: diag.Counts{Errors: 1, Blocking: 1, Vendors: 1}}, "fail: 1 finding blocks in 1 vendor; as of 2026-11-22T23:00:00Z"},
		{diag.Report{Verdict: diag.Fail, AsOf: day, Counts: diag.Counts{Errors: 2, Notes: 3, Blocking: 2, Vendors: 1}}, "fail: 2 of 5 findings block in 1 vendor; as of 2026-11-22T23:00:00Z"},
		{diag.Report{Verdict: diag.Pass, AsOf: day, Counts: diag.Counts{Errors: 12, Vendors: 1}}, "pass: none of 12 findings blocks in 1 vendor; as of 2026-11-22T23:00:00Z"},
		{diag.Report{Verdict: diag.Pass, AsOf: day, Counts: diag.Counts{Notes: 1, Vendors: 1}}, "pass: 1 finding does not block in 1 vendor; as of 2026-11-22T23:00:00Z"},
		{diag.Report{Verdict: diag.NothingToCheck, AsOf: day, Policy: "acme", Reason: "no vendors.yaml below x; add one"}, "nothing-to-check: no vendors.yaml below x; policy acme; as of 2026-11-22T23:00:00Z"},
		{diag.Report{Verdict: diag.NoVerdict, AsOf: day, Reason: "no\nregistry ##[error]"}, `no-verdict: no registry ##\[error]: no findings; as of 2026-11-22T23:00:00Z`},
	} {
		if got := report.Summary(&test.report).String(); got != test.want {
			t.Errorf("Summary: got %q, want %q", got, test.want)
		}
	}
}
