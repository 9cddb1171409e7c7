package interop_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/vendorgate/vendorgate/internal/corpus"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/interop"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// sample has every kind of finding, and what an attacker would write.
func sample() *diag.Report {
	manifest := func(line int) diag.Pos { return diag.Pos{File: "services/check out/vendors.yaml", Line: line, Col: 5} }
	return &diag.Report{
		Version: "1.2.3", Verdict: diag.Fail, AsOf: time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC),
		Rules: []diag.Rule{{ID: "VG-APR-002", Title: "The approval has expired", Why: "Approvals age.", Acts: "The approvers."}},
		Uses: []diag.Use{
			{Vendor: "acme-mail", Pos: manifest(4)},
			{Vendor: "acme-pay", Label: "sandbox", Pos: manifest(9)},
			{Vendor: "acme-pay", Label: "prod", Pos: manifest(14)},
		},
		Findings: []diag.Finding{
			{Rule: "VG-CON-001", Severity: diag.Note, Vendor: "acme-mail", Pos: manifest(4), Message: "a note", Fingerprint: "n1"},
			{Rule: "VG-APR-002", Severity: diag.Error, Vendor: "acme-pay", Use: "prod", Pos: manifest(14), Message: `the approval of "acme-pay" expired`, Hint: "Ask k.nakagawa.", Blocks: true, Fingerprint: "e1", Owner: "k.nakagawa", Related: []diag.Related{
				{Pos: diag.Pos{File: "registry/vendors/acme-pay.yaml", Line: 3, Col: 1}, Message: "the last day"},
				{Pos: manifest(16), Message: "the environment"},
			}},
			{Rule: "VG-APR-002", Severity: diag.Error, Vendor: "acme-pay", Use: "sandbox", Pos: manifest(9), Message: "expired", Waiver: "w-1", WaivedUntil: "2027-01-31", Fingerprint: "e1"},
			{Rule: "VG-REG-002", Severity: diag.Warning, Vendor: "evil]]><x", Pos: diag.Pos{File: "a/../b:c.js", Line: 1, Col: 2}, Message: "##[error]::x \x1b[31m\u202e </failure>]]>", Fingerprint: "e2"},
			{Rule: "acme-own", Severity: diag.Error, Message: "no manifest", Blocks: true, Fingerprint: "e3"},
		},
		Gaps: []diag.Gap{{Target: "waivers", Reason: "cannot be read"}},
	}
}

func TestSARIF(t *testing.T) {
	t.Parallel()
	document, err := interop.SARIF(sample())
	if err != nil {
		t.Fatal(err)
	}
	valid(t, corpus.SARIF, document.Bytes())
	var got struct {
		Runs []struct {
			Tool struct {
				Driver struct {
					Rules []struct {
						ID                                      string
						ShortDescription, FullDescription, Help struct{ Text string }
					}
				}
			}
			Results []struct {
				RuleID       string
				RuleIndex    int
				Level        string
				Message      struct{ Text string }
				Suppressions []any
				Locations    []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine, StartColumn int }
					}
				}
				RelatedLocations []any
			}
			Invocations []struct {
				ExecutionSuccessful        bool
				ToolExecutionNotifications []any
			}
		}
	}
	if err := json.Unmarshal(document.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	run := got.Runs[0]
	if len(run.Results) != 4 || run.Results[0].RuleID != "VG-APR-002" || run.Results[0].Level != "error" {
		t.Errorf("got %d results, the first of %+v; want 4, the blocking ones first, and none that is waived", len(run.Results), run.Results[0])
	}
	uris := map[string]bool{}
	for _, r := range run.Results {
		place := r.Locations[0].PhysicalLocation
		uris[place.ArtifactLocation.URI] = true
		if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID || r.Message.Text == "" || place.Region.StartLine < 1 || place.Region.StartColumn < 1 || len(r.Suppressions) > 0 {
			t.Errorf("result %+v: wrong rule index, text or place", r)
		}
	}
	for _, uri := range []string{"services/check%20out/vendors.yaml", "b:c.js"} {
		if !uris[uri] {
			t.Errorf("no result is at %s, got %v", uri, uris)
		}
	}
	if related := run.Results[0].RelatedLocations; len(related) != 1 {
		t.Errorf("got related places %v, want only the one in the checked tree", related)
	}
	for _, rule := range run.Tool.Driver.Rules {
		if rule.ShortDescription.Text == "" || rule.FullDescription.Text == "" || rule.Help.Text == "" {
			t.Errorf("rule %+v lacks a text that code scanning needs", rule)
		}
	}
	if i := run.Invocations[0]; !i.ExecutionSuccessful || len(i.ToolExecutionNotifications) != 1 {
		t.Errorf("got invocation %+v, want a successful one that names the gap", i)
	}
}

func TestSARIFSuppressesWhatIsWaived(t *testing.T) {
	t.Parallel()
	document, err := interop.SARIFWithWaived(sample())
	if err != nil {
		t.Fatal(err)
	}
	valid(t, corpus.SARIF, document.Bytes())
	if !strings.Contains(string(document.Bytes()), `"justification": "Waived by w-1 through 2027-01-31."`) {
		t.Errorf("the waived finding is not suppressed:\n%s", document.Bytes())
	}
}

// Code scanning refuses a file with more than 25,000 results.
func TestSARIFHasALimit(t *testing.T) {
	t.Parallel()
	r := &diag.Report{Verdict: diag.Fail}
	for i := range 25_010 {
		r.Findings = append(r.Findings, diag.Finding{Rule: "VG-REG-001", Severity: diag.Warning, Message: "x", Pos: diag.Pos{File: "vendors.yaml", Line: i + 1}})
	}
	r.Findings[25_009].Severity = diag.Error
	document, err := interop.SARIF(r)
	if err != nil {
		t.Fatal(err)
	}
	text := string(document.Bytes())
	if n := strings.Count(text, `"ruleIndex"`); n != 25_000 {
		t.Errorf("got %d results, want 25000", n)
	}
	if !strings.Contains(text, `"startLine": 25010`) || !strings.Contains(text, "only the most severe ones are listed") {
		t.Error("the error is missing, or nothing says that findings are")
	}
}

func TestJUnit(t *testing.T) {
	t.Parallel()
	document, err := interop.JUnit(sample())
	if err != nil {
		t.Fatal(err)
	}
	type text struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
	var got struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Cases    []struct {
			Name    string `xml:"name,attr"`
			Line    int    `xml:"line,attr"`
			Failure []text `xml:"failure"`
			Error   []text `xml:"error"`
			Skipped []text `xml:"skipped"`
			Output  string `xml:"system-out"`
		} `xml:"testsuite>testcase"`
	}
	if err := xml.Unmarshal(document.Bytes(), &got); err != nil {
		t.Fatalf("%v:\n%s", err, document.Bytes())
	}
	var cases []string
	for _, c := range got.Cases {
		state := "pass"
		switch {
		case len(c.Failure) > 0:
			state = "fail"
		case len(c.Error) > 0:
			state = "error"
		case len(c.Skipped) > 0:
			state = "skipped"
		}
		cases = append(cases, fmt.Sprintf("%s:%d %s %t", c.Name, c.Line, state, c.Output != ""))
	}
	want := "acme-mail:4 pass true, acme-pay (sandbox):9 skipped false, acme-pay (prod):14 fail false, evil]]><x:1 pass true, acme-own:1 fail false, waivers:0 error false"
	if text := strings.Join(cases, ", "); text != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
	if got.Tests != 6 || got.Failures != 2 || got.Errors != 1 {
		t.Errorf("got %d tests, %d failures and %d errors, want 6, 2 and 1", got.Tests, got.Failures, got.Errors)
	}
}

func TestCodeQuality(t *testing.T) {
	t.Parallel()
	r := sample()
	r.Findings = append(r.Findings, r.Findings[0])
	document, err := interop.CodeQuality(r)
	if err != nil {
		t.Fatal(err)
	}
	var got []struct {
		Description, Fingerprint, Severity string
		Check                              string `json:"check_name"`
		Location                           struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	if err := json.Unmarshal(document.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, issue := range got {
		if seen[issue.Fingerprint] || issue.Description == "" || issue.Check == "" || issue.Location.Path == "" || issue.Location.Lines.Begin < 1 {
			t.Errorf("%+v lacks something, or its fingerprint is another's", issue)
		}
		seen[issue.Fingerprint] = true
	}
	if len(got) != 5 || got[0].Severity != "blocker" || got[4].Severity != "info" {
		t.Errorf("got %d issues %+v, want 5 from blocker to info", len(got), got)
	}
}

// An empty report is valid in each format.
func TestNothing(t *testing.T) {
	t.Parallel()
	for name, render := range map[string]func(*diag.Report) (sink.Document, error){"sarif": interop.SARIF, "junit": interop.JUnit, "codequality": interop.CodeQuality} {
		document, err := render(&diag.Report{Verdict: diag.NothingToCheck, Reason: "there is no manifest"})
		if err != nil {
			t.Fatal(err)
		}
		switch name {
		case "sarif":
			valid(t, corpus.SARIF, document.Bytes())
		case "codequality":
			if string(document.Bytes()) != "[]\n" {
				t.Errorf("got %s, want an empty list", document.Bytes())
			}
		}
	}
}

// FuzzRenderers puts arbitrary text into every place. The result must be valid, and no line of it may be a command of the runner.
func FuzzRenderers(f *testing.F) {
	f.Add("vendors.yaml", "message", "hint", "id")
	f.Add("##[error]", "::error::x", "]]>\x00\xff", "\u2028&#x0;")
	f.Fuzz(func(t *testing.T, file, message, hint, id string) {
		r := &diag.Report{
			Verdict: diag.Fail, Reason: hint, Gaps: []diag.Gap{{Target: file, Reason: message}}, Uses: []diag.Use{{Vendor: id, Label: hint, Pos: diag.Pos{File: file, Line: 1}}},
			Findings: []diag.Finding{{Rule: id, Severity: diag.Error, Vendor: id, Message: message, Hint: hint, Pos: diag.Pos{File: file, Line: 1}, Blocks: true, Related: []diag.Related{{Pos: diag.Pos{File: file, Line: 2}, Message: message}}}},
		}
		for _, render := range []func(*diag.Report) (sink.Document, error){interop.SARIFWithWaived, interop.JUnit, interop.CodeQuality} {
			document, err := render(r)
			if err != nil {
				t.Fatal(err)
			}
			data := document.Bytes()
			if bytes.Contains(data, []byte("##[")) || bytes.Contains(data, []byte("\n::")) {
				t.Errorf("the runner would read a command:\n%s", data)
			}
			if bytes.HasPrefix(data, []byte("<?xml")) {
				for decoder := xml.NewDecoder(bytes.NewReader(data)); ; {
					if _, err := decoder.Token(); err == io.EOF { //nolint:errorlint // the decoder returns it as it is
						break
					} else if err != nil {
						t.Fatalf("%v:\n%s", err, data)
					}
				}
			} else if !json.Valid(data) {
				t.Errorf("invalid JSON:\n%s", data)
			}
		}
	})
}

// valid fails the test if a document does not satisfy a published schema.
func valid(t *testing.T, name string, document []byte) {
	t.Helper()
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(corpus.Read(t, name)))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", schema); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(value); err != nil {
		t.Errorf("not valid: %v\n%s", err, document)
	}
}
