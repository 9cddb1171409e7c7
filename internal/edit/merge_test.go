package edit_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/edit"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Two people edit different attributes of a record, and git merges their edits line by line.
func TestEditsMerge(t *testing.T) {
	t.Parallel()
	const base = `apiVersion: vendorgate/v1
kind: Vendor
id: larkspur-mail
# what it is called
name: Larkspur Mail API
category: email
status: in-review
risk:
  tier: 3
  assessed_on: 2026-08-20
scope:
  environments: [prod]
  data_classes: [internal]
encryption:
  in_transit:
    min_tls: unknown # ask them
    plaintext_http: unknown
  at_rest:
    encrypted: unknown
logging:
  retention: unknown
`
	approve := apply(t, base, ours()[0], ours()[1], ours()[4], ours()[5], ours()[6])
	for _, other := range []edit.Change{
		{"name", "Larkspur"},
		{"risk.assessed_on", "2026-11-20"},
		{"scope.data_classes", "[internal, personal]"},
		{"encryption.in_transit.min_tls", `"1.2"`},
		{"encryption.at_rest.algorithm", "AES-256-GCM"},
		{"logging.retention", "P90D"},
		{"x-ticket", "42"},
	} {
		merged, clean := merge(t, approve, base, apply(t, base, other))
		if want := apply(t, approve, other); !clean || merged != want {
			t.Errorf("%v: %s", other, cmp.Diff(want, merged))
		}
	}
}

// Git merges edits if a line between them stays as it is. docs/security-team.md says so. Otherwise it asks, and the file with its question is no
// record, so no check takes it for one.
func TestWhatMerges(t *testing.T) {
	t.Parallel()
	const base = `apiVersion: vendorgate/v1
kind: Vendor
id: larkspur-mail
status: in-review
risk:
  tier: 3
  assessed_on: 2026-08-20
scope:
  environments: [prod]
  # no customers
  data_classes: [internal]
contract: {ref: C-1}
data: {storage_locations: [IE]}
evidence:
  - {id: caiq-2026, type: attestation, url: "https://larkspur.example/caiq"}
  - {id: soc2-2026, type: attestation, url: "https://larkspur.example/soc2"}
x-owner: Payments
`
	set := func(path, value string) func(string) string {
		return func(text string) string { return apply(t, text, edit.Change{Path: path, Value: value}) }
	}
	add := func(item string) func(string) string {
		return func(text string) string {
			out, err := edit.Append("r.yaml", []byte(text), record.Table().Order(), "evidence", item)
			if err != nil {
				t.Fatal(err)
			}
			return string(out)
		}
	}
	approve := func(text string) string {
		return apply(t, text, edit.Change{Path: "status", Value: "approved"}, edit.Change{Path: "status_since", Value: "2026-12-01"}, edit.Change{Path: "approval.expires", Value: "2027-12-01"})
	}
	for _, c := range []struct {
		name   string
		a, b   func(string) string
		merges bool
	}{
		{"an approval, and the tier in the section below", approve, set("risk.tier", "2"), true},
		{"an approval, and another owner", approve, set("x-owner", "Growth"), true},
		{"an approval, and evidence", approve, add("{id: pentest-2026}"), true},
		{"two sections", set("risk.assessed_on", "2026-12-01"), set("scope.environments", "[prod, staging]"), true},
		{"one section, with a comment between", set("scope.environments", "[prod, staging]"), set("scope.data_classes", "[personal]"), true},
		{"one section, on lines that touch", set("risk.tier", "2"), set("risk.assessed_on", "2026-12-01"), false},
		{"two sections in braces, on lines that touch", set("contract.ref", "C-2"), set("data.storage_locations", "[DE]"), false},
		{"one section in braces", set("contract.ref", "C-2"), set("contract.end", "2027-12-31"), false},
		{"the same", set("risk.tier", "2"), set("risk.tier", "2"), true},
		{"two values of one attribute", set("risk.tier", "2"), set("risk.tier", "1"), false},
		{"two entries at the end of a list", add("{id: pentest-2026}"), add("{id: iso-2026}"), false},
		{"an entry at the end of a list, and the line below it", add("{id: pentest-2026}"), set("x-owner", "Growth"), false},
		{"an entry at the end, and an edit of the first", add("{id: pentest-2026}"), func(text string) string {
			return byHand(t, text, `caiq"}`, `caiq", issued: 2026-08-20}`)
		}, true},
		{"an entry at the beginning, and one at the end", func(text string) string {
			return byHand(t, text, "evidence:\n", "evidence:\n  - {id: brief-2026}\n")
		}, add("{id: pentest-2026}"), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ours, theirs := c.a(base), c.b(base)
			merged, clean := merge(t, ours, base, theirs)
			_, problems := yamltree.Parse("r.yaml", []byte(merged))
			switch {
			case clean != c.merges, clean != (len(problems) == 0):
				t.Errorf("merges: %v, want %v; %v\n%s", clean, c.merges, problems, merged)
			case clean && merged != c.b(ours) && merged != c.a(theirs):
				t.Errorf("neither edit after the other:\n%s", merged)
			}
		})
	}
}

// byHand edits a text as a person does.
func byHand(t *testing.T, text, was, is string) string {
	t.Helper()
	before, after, found := strings.Cut(text, was)
	if !found {
		t.Fatalf("no %q in\n%s", was, text)
	}
	return before + is + after
}

// merge merges two texts with a common ancestor, as git does. It is clean if git has no question.
func merge(t *testing.T, ours, base, theirs string) (merged string, clean bool) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"ours": ours, "base": base, "theirs": theirs} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("git", "merge-file", "-p", "ours", "base", "theirs")
	cmd.Dir = dir
	out, err := cmd.Output()
	if conflict := (*exec.ExitError)(nil); errors.As(err, &conflict) && conflict.ExitCode() > 0 && conflict.ExitCode() < 128 {
		return string(out), false
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(out), true
}
