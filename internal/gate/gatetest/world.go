// Package gatetest helps to test the rules: it evaluates a manifest, a registry and a policy that are files in memory. Only tests
// import it.
package gatetest

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/source"
)

// CaseHead is the beginning of a file of kind PolicyTest.
const CaseHead = "apiVersion: vendorgate/v1\nkind: PolicyTest\ntests:\n"

// The files of most tests: one approved vendor, used once in production, on a day on which nothing is due.
const (
	PlainManifest = `apiVersion: vendorgate/v1
kind: VendorManifest
owner: team-checkout
vendors:
  - id: acme-pay
    purpose: Charge cards at checkout
    environments: [prod]
    data: [personal]
`
	PlainRecord = `apiVersion: vendorgate/v1
kind: Vendor
id: acme-pay
name: Acme Pay
category: payments
status: approved
approval:
  approved_by: [{user: a.ferreira, role: security-architect}]
  approved_on: 2026-06-01
  expires: 2027-05-31
  last_review: 2026-06-01
risk: {tier: 2}
scope:
  environments: [dev, staging, prod]
  data_classes: [public, synthetic, internal, personal, financial]
encryption: {in_transit: {min_tls: "1.2"}}
compliance: {dpa: {status: signed, signed_on: 2026-01-15}}
data: {storage_locations: [IE], processing_locations: [IE]}
`
	PlainWaiver = `apiVersion: vendorgate/v1
kind: Waiver
id: WVR-1
vendor: acme-pay
repos: [acme/shop]
rules: [VG-APR-002]
reason: Renewal is under way
requested_by: s.marchetti
approved_by: [{user: a.ferreira, role: security-architect}]
approved_on: 2026-11-01
expires: 2026-12-31
`
	PolicyHead = "apiVersion: vendorgate/v1\nkind: Policy\nid: test\n"

	Today      = "2026-11-23"
	Repository = "acme/shop"
)

// Edit replaces pairs of old and new text. Each old text must occur exactly once.
func Edit(tb testing.TB, text string, pairs ...string) string {
	tb.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if n := strings.Count(text, pairs[i]); n != 1 {
			tb.Fatalf("edit: %q occurs %d times in\n%s", pairs[i], n, text)
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return text
}

// Files are the files of one evaluation by their names: vendors.yaml in any folder, base/... as they were before,
// registry/vendors/..., registry/waivers/..., registry/policy.yaml, embedded/vendors/....
type Files map[string]string

// With returns f with other files added or replaced.
func (f Files) With(other Files) Files {
	out := maps.Clone(f)
	maps.Copy(out, other)
	return out
}

// World returns the plain manifest and record, with the record edited by pairs of old and new text.
func World(tb testing.TB, pairs ...string) Files {
	tb.Helper()
	return Files{"vendors.yaml": PlainManifest, "registry/vendors/acme-pay.yaml": Edit(tb, PlainRecord, pairs...)}
}

// Tiered is World at an effective tier.
func Tiered(tb testing.TB, tier int, pairs ...string) Files {
	tb.Helper()
	class := []string{"", "financial", "personal", "internal", "public"}[tier]
	return World(tb, append(pairs, "risk: {tier: 2}", fmt.Sprintf("risk: {tier: %d}", tier))...).Using(tb, "data: [personal]", "data: ["+class+"]")
}

// Using edits the manifest.
func (f Files) Using(tb testing.TB, pairs ...string) Files {
	tb.Helper()
	return f.With(Files{"vendors.yaml": Edit(tb, f["vendors.yaml"], pairs...)})
}

// Rules sets the policy; body is everything after its head.
func (f Files) Rules(body string) Files {
	return f.With(Files{"registry/policy.yaml": PolicyHead + body})
}

// Unchanged copies the manifests to the base.
func (f Files) Unchanged() Files {
	out := maps.Clone(f)
	for name, text := range f {
		if isManifest(name) {
			out["base/"+name] = text
		}
	}
	return out
}

func isManifest(name string) bool {
	return strings.HasSuffix(name, "vendors.yaml") && !strings.HasPrefix(name, "base/")
}

// Instant parses RFC 3339, or a day as noon in UTC.
func Instant(tb testing.TB, text string) time.Time {
	tb.Helper()
	if len(text) == len(time.DateOnly) {
		text += "T12:00:00Z"
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		tb.Fatal(err)
	}
	return at
}

// Open opens the registry in the files.
func Open(tb testing.TB, f Files) *registry.Registry {
	tb.Helper()
	own, known := fstest.MapFS{"vendors": &fstest.MapFile{Mode: fs.ModeDir | 0o755}}, fstest.MapFS{}
	for name, text := range f {
		if below, ok := strings.CutPrefix(name, "registry/"); ok {
			own[below] = &fstest.MapFile{Data: []byte(text)}
		}
		if below, ok := strings.CutPrefix(name, "embedded/"); ok {
			known[below] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	r, err := registry.Open(source.New("registry", "", own).Trust(source.Apart), source.New("embedded", "", known).Trust(source.BuiltIn))
	if err != nil {
		tb.Fatalf("registry.Open: %v", err)
	}
	return r
}

// loaded caches the policies of all tests by their text. Loading them again would take most of the time.
//
//nolint:gochecknoglobals // a cache of immutable values, for tests
var loaded sync.Map

// Load loads a policy that must be valid; an empty text means the default policy.
func Load(tb testing.TB, text string) *policy.Policy {
	tb.Helper()
	if p, ok := loaded.Load(text); ok {
		return p.(*policy.Policy)
	}
	var data []byte
	if text != "" {
		data = []byte(text)
	}
	p, problems := rules.LoadPolicy("registry/policy.yaml", data, "0.1.0")
	if p == nil || len(problems) > 0 {
		tb.Fatalf("policy.Load: got problems\n%s\nof\n%s", strings.Join(ProblemLines(problems), "\n"), text)
	}
	loaded.Store(text, p)
	return p
}

// Input parses the files.
func Input(tb testing.TB, f Files, asOf, repository string) gate.Input {
	tb.Helper()
	in := gate.Input{Registry: Open(tb, f), Policy: Load(tb, f["registry/policy.yaml"]), AsOf: Instant(tb, asOf), Repository: repository}
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if below, ok := strings.CutPrefix(name, "base/"); ok {
			if in.Base == nil {
				in.Base = map[string]manifest.Manifest{}
			}
			if before := manifest.Parse(below, name, []byte(f[name])); f[below] == "" {
				in.Removed = append(in.Removed, before)
			} else {
				in.Base[below] = before
			}
		} else if isManifest(name) {
			in.Manifests = append(in.Manifests, manifest.Parse(name, name, []byte(f[name])))
		}
	}
	return in
}

// Evaluate evaluates the files and calls CheckResult.
func Evaluate(tb testing.TB, f Files, asOf, repository string) gate.Result {
	tb.Helper()
	in := Input(tb, f, asOf, repository)
	got := gate.Evaluate(in)
	CheckResult(tb, f, in.Policy, got)
	return got
}

// Findings returns the findings as "severity RULE file:line:col message", with the waiver in parentheses.
func Findings(tb testing.TB, f Files, asOf, repository string) []string {
	tb.Helper()
	return Lines(Evaluate(tb, f, asOf, repository))
}

// Lines formats the findings of a result, see Findings.
func Lines(r gate.Result) []string {
	out := []string{}
	for _, f := range r.Findings {
		line := fmt.Sprintf("%s %s %s %s", f.Severity, f.Rule, f.Pos, f.Message)
		if f.Waived() {
			line += fmt.Sprintf(" (%s until %s)", f.Waiver, f.WaivedUntil)
		}
		out = append(out, line)
	}
	return out
}

// One returns the only finding of a rule. It fails the test if there is none, or more than one.
func One(tb testing.TB, r gate.Result, rule string) diag.Finding {
	tb.Helper()
	return single(tb, r, rule, func(f diag.Finding) bool { return f.Rule == rule })
}

// OneKey returns the only finding of a rule with a key, which does not include the path of the manifest.
func OneKey(tb testing.TB, r gate.Result, rule, key string) diag.Finding {
	tb.Helper()
	return single(tb, r, rule+" with the key "+key, func(f diag.Finding) bool { return f.Rule == rule && strings.HasSuffix(f.Key, "\x00"+key) })
}

func single(tb testing.TB, r gate.Result, what string, is func(diag.Finding) bool) diag.Finding {
	tb.Helper()
	found := slices.DeleteFunc(slices.Clone(r.Findings), func(f diag.Finding) bool { return !is(f) })
	if len(found) != 1 {
		tb.Fatalf("got %d findings of %s, want one of\n%s", len(found), what, strings.Join(Lines(r), "\n"))
	}
	return found[0]
}

// Related returns the related positions of the findings of a rule, as "file:line:col message".
func Related(r gate.Result, rule string) []string {
	out := []string{}
	for _, f := range r.Findings {
		for _, other := range f.Related {
			if f.Rule == rule {
				out = append(out, other.Pos.String()+" "+other.Message)
			}
		}
	}
	return out
}

// Only keeps the lines of one rule.
func Only(all []string, rule string) []string {
	out := []string{}
	for _, line := range all {
		if strings.Fields(line)[1] == rule {
			out = append(out, line)
		}
	}
	return out
}

// Short returns the findings without position and message, such as "error VG-APR-002".
func Short(r gate.Result) string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, f.Severity.String()+" "+f.Rule)
	}
	return strings.Join(out, ", ")
}

// ProblemLines formats problems as "file:line:col message | hint".
func ProblemLines(problems []diag.Problem) []string {
	out := []string{}
	for _, p := range problems {
		line := p.Pos.String() + " " + p.Message
		if p.Hint != "" {
			line += " | " + p.Hint
		}
		out = append(out, line)
	}
	return out
}

// Diff reports where two lists of lines differ.
func Diff(t *testing.T, what string, want, got []string) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

// CheckResult checks what must be true of every result.
func CheckResult(tb testing.TB, f Files, p *policy.Policy, r gate.Result) {
	tb.Helper()
	prints := map[string]bool{}
	for i, g := range r.Findings {
		_, structural := rules.ByID(g.Rule)
		required := slices.ContainsFunc(p.Requirements, func(q policy.Requirement) bool { return q.ID == g.Rule })
		if !structural && !required {
			tb.Errorf("finding %d is of the unknown rule %q", i, g.Rule)
		}
		if g.Severity < diag.Note || g.Severity > diag.Error || g.Message == "" || g.Key == "" {
			tb.Errorf("finding %d is incomplete: %+v", i, g)
		}
		if g.Paste != "" && !strings.Contains(g.Hint, " below ") {
			tb.Errorf("finding %d, %s %q: no sentence says what to do with the entry to paste: %q", i, g.Rule, g.Message, g.Hint)
		}
		if g.Fingerprint == "" || prints[g.Fingerprint] {
			tb.Errorf("finding %d, %s %s %q: fingerprint %q is empty or not unique", i, g.Rule, g.Pos, g.Message, g.Fingerprint)
		}
		prints[g.Fingerprint] = true
		places := []diag.Pos{g.Pos}
		for _, other := range g.Related {
			places = append(places, other.Pos)
		}
		for _, pos := range places {
			text, ok := f[pos.File]
			if pos.File == "" || pos.Line != 0 && (ok && !Within(text, pos) || !ok && !strings.HasPrefix(pos.File, "vendorgate/")) {
				tb.Errorf("finding %d, %s %q: position %v lies in no file", i, g.Rule, g.Message, pos)
			}
		}
	}
}

// Within reports whether a position lies inside a text.
func Within(text string, pos diag.Pos) bool {
	all := strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n")
	return pos.Line >= 1 && pos.Line <= len(all) && pos.Col >= 1 && pos.Col <= len([]rune(all[pos.Line-1]))+1
}

// Problems returns the problems of a policy; body is everything after its head.
func Problems(t *testing.T, body string) []string {
	t.Helper()
	p, problems := rules.LoadPolicy("p.yaml", []byte(PolicyHead+body), "0.1.0")
	if (p == nil) != (len(problems) > 0) {
		t.Errorf("Load(%q): got policy %v and problems %v", body, p, problems)
	}
	return ProblemLines(problems)
}

// Date parses a date that must be valid.
func Date(t *testing.T, text string) scalar.Date {
	t.Helper()
	d, err := scalar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
