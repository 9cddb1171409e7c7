package cli_test

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/explain"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// Every rule has a page, and every page a rule.
func TestPagesMatchRules(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, r := range rules.All() {
		ids = append(ids, r.ID)
	}
	if got, want := explain.IDs(), ids; !slices.Equal(got, want) {
		t.Errorf("pages %q, rules %q", got, want)
	}
}

// The examples of a page have the results that the page says. Files that a page does not show come from testdata/explain.
func TestPageExamples(t *testing.T) {
	t.Parallel()
	for _, id := range explain.IDs() {
		page, _ := explain.Page(id)
		for _, outcome := range []string{"fails", "passes"} {
			t.Run(id+"/"+outcome, func(t *testing.T) {
				t.Parallel()
				example := explain.Example(page, outcome)
				if len(example) == 0 {
					t.Fatalf("no example that %s", outcome)
				}
				var flags []string
				if id == rules.NoTrace { // which is never more than a note
					flags = []string{"--fail-on", "note", "--fail-scope", "all"}
				}
				found, code := runExample(t, example, flags...)
				if outcome == "passes" && code != 0 {
					t.Errorf("exit %d with %q, want a pass", code, found)
				}
				if outcome == "fails" && (code == 0 || !slices.Contains(found, id)) {
					t.Errorf("exit %d with %q, want a failure with %s", code, found, id)
				}
			})
		}
	}
}

// Every rule that is called waivable can be waived: a valid waiver covers the finding of its failing example.
func TestEveryWaivableRuleCanBeWaived(t *testing.T) {
	t.Parallel()
	for _, r := range rules.All() {
		t.Run(r.ID, func(t *testing.T) {
			t.Parallel()
			page, _ := explain.Page(r.ID)
			example := explain.Example(page, "fails")
			if r.ID == rules.StatusForbids { // most statuses cannot be waived
				for name, text := range example {
					example[name] = strings.ReplaceAll(text, "status: suspended", "status: pilot")
				}
			}
			found, _ := findExample(t, example)
			i := slices.IndexFunc(found, func(f exampleFinding) bool { return f.Rule == r.ID && f.Vendor != "" })
			if i < 0 {
				if r.Waivable {
					t.Fatalf("the example has no finding about a vendor: %v", found)
				}
				return
			}
			example["registry/waivers/WVR-9.yaml"] = "apiVersion: vendorgate/v1\nkind: Waiver\nid: WVR-9\nvendor: " + found[i].Vendor + "\nrepos: [acme/checkout]\nrules: [" + strings.ToLower(r.ID) +
				"]\nreason: Tracked in CHECKOUT-812\nrequested_by: s.marchetti\napproved_by: [{user: a.ferreira, role: security-architect}]\napproved_on: 2026-11-10\nexpires: 2026-12-05\n"
			found, _ = findExample(t, example)
			for _, f := range found {
				if f.Rule == r.ID && f.Vendor != "" && (f.Waiver.ID == "WVR-9") != r.Waivable {
					t.Errorf("waivable is %v, and the waiver of the finding is %q: %v", r.Waivable, f.Waiver.ID, found)
				}
			}
		})
	}
}

// Every attribute of records can be explained, with and without the items that its path selects.
func TestEveryAttributeIsExplained(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	for _, row := range record.Table().Rows {
		for _, name := range []string{row.Path, strings.TrimSuffix(row.Path, "[]"), strings.ReplaceAll(row.Path, "[]", "[first]")} {
			run := newRun()
			if code := run.main(t, "explain", name); code != 0 || !strings.HasPrefix(run.stdout.String(), name+", an attribute of records") {
				t.Errorf("explain %s: exit %d\n%s%s", name, code, &run.stdout, &run.stderr)
			}
			if proof := strings.Contains(run.stdout.String(), "\nEvidence:  "); proof != (len(row.Values) != 1) {
				t.Errorf("explain %s: it names evidence: %v\n%s", name, proof, &run.stdout)
			}
		}
	}
}

// runExample is findExample, with the rules of the findings.
func runExample(t *testing.T, example map[string]string, flags ...string) (rules []string, code int) {
	t.Helper()
	found, code := findExample(t, example, flags...)
	for _, f := range found {
		rules = append(rules, f.Rule)
	}
	return rules, code
}

// findExample checks an example as a change that brings in its code, and nothing else.
func findExample(t *testing.T, example map[string]string, flags ...string) (found []exampleFinding, code int) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/explain")); err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(example)) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(example[name]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	base := t.TempDir()
	if err := errors.Join(os.CopyFS(base, os.DirFS(dir)), os.RemoveAll(filepath.Join(base, "src"))); err != nil {
		t.Fatal(err)
	}
	run := newRun()
	code = run.main(t, append([]string{"check", dir, "--base", base, "--registry", filepath.Join(dir, "registry"), "--as-of", "2026-11-23", "--repository", "acme/checkout", "--format", "json"}, flags...)...)
	var report struct{ Findings []exampleFinding }
	if err := json.Unmarshal(run.stdout.Bytes(), &report); err != nil {
		t.Fatalf("%v in %s\n%s", err, &run.stdout, &run.stderr)
	}
	return report.Findings, code
}

// exampleFinding is what a report says about a finding.
type exampleFinding struct {
	Rule, Vendor, Message string
	Waiver                struct{ ID string }
}
