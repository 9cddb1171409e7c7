package impact_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/impact"
	"github.com/vendorgate/vendorgate/internal/lint"
	vendors "github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
)

// record is a record that passes under the essentials, edited by pairs of old and new text.
func record(tb testing.TB, id string, pairs ...string) string {
	tb.Helper()
	return gatetest.Edit(tb, "apiVersion: vendorgate/v1\nkind: Vendor\nid: "+id+"\nstatus: approved\n"+
		"approval: {approved_by: [{user: a.ferreira, role: security-architect}], approved_on: 2026-06-01, expires: 2027-05-31}\n"+
		"risk: {tier: 2}\nscope: {environments: [prod], data_classes: [internal]}\nencryption: {in_transit: {min_tls: \"1.2\"}}\n", pairs...)
}

// registry returns the files of a registry: those that stay as they are, and those of one side of a change. An empty text is no file.
func registry(tb testing.TB, side gatetest.Files) gatetest.Files {
	tb.Helper()
	out := gatetest.Files{"registry/policy.yaml": gatetest.PolicyHead}
	for name, text := range side {
		if out["registry/"+name] = text; text == "" {
			delete(out, "registry/"+name)
		}
	}
	return out
}

const zeros = "00000000000000000000000000000000000000000000000000000000000000"

// evidence is a document whose hash ends in two digits.
func evidence(id, end string) string {
	return fmt.Sprintf("evidence: [{id: %s, type: evidence, assurance: documented, issued: 2026-05-01, url: https://one.example/%s, sha256: %s%s}]\n", id, id, zeros, end)
}

// asks is a policy with requirements.
func asks(requirements string) string {
	return gatetest.PolicyHead + "requirements: [" + requirements + "]\n"
}

// What a change means is said section by section, what an edited policy does to the records first.
func TestChange(t *testing.T) {
	t.Parallel()
	const (
		tls13   = `{id: TLS13, attr: encryption.in_transit.min_tls, gte: "1.3"}`
		warning = `{id: TLS13, attr: encryption.in_transit.min_tls, gte: "1.3", severity: warning}`
		policy  = "policy.yaml"
	)
	three := gatetest.Files{
		"vendors/one.yaml": record(t, "one"), "vendors/two.yaml": record(t, "two"),
		"vendors/modern.yaml": record(t, "modern", `"1.2"`, `"1.3"`), "vendors/denied.yaml": record(t, "denied", "status: approved", "status: denied"),
	}
	draft := record(t, "one", "status: approved", "status: in-review")
	for _, c := range []struct {
		name          string
		before, after gatetest.Files // after is before with these files
		files         []string       // that changed; those of after if nil
		author        string
		want          string
	}{
		{"nothing of the registry", three, gatetest.Files{"vendors/README.md": "x"}, nil, "mallory", ""},
		{"a new record", gatetest.Files{}, gatetest.Files{"vendors/one.yaml": record(t, "one")}, nil, "mallory", `
Records, after the merge
  one: new: it permits use in prod with data of the classes internal, until 2027-05-31 (the approval)
Who opens and who approves
  one: opened by mallory, approved by a.ferreira (security-architect)
`},
		{"a draft is approved", gatetest.Files{"vendors/one.yaml": draft}, gatetest.Files{"vendors/one.yaml": record(t, "one")}, nil, "", `
Records, after the merge
  one: changed (status: approved instead of in-review): it permits use in prod with data of the classes internal, until 2027-05-31 (the approval)
Who opens and who approves
  one: approved by a.ferreira (security-architect); who opened this is unknown
`},
		{"an approver opens it", gatetest.Files{"vendors/one.yaml": draft}, gatetest.Files{"vendors/one.yaml": record(t, "one", "approval: {", "approval: {requested_by: s.marchetti, ")}, nil, "A.Ferreira", `
Records, after the merge
  one: changed (status: approved instead of in-review; approval.requested_by: s.marchetti instead of nothing): it permits use in prod with data of the classes internal, until 2027-05-31 (the approval)
Who opens and who approves
  one: A.Ferreira opened this and approves it (approved by a.ferreira (security-architect)). s.marchetti, who requested it, or anybody else who does not approve it, must open it instead
`},
		{"what does not touch the approval", three, gatetest.Files{"vendors/one.yaml": record(t, "one") + "name: One\n"}, nil, "a.ferreira", `
Records, after the merge
  one: changed (name: One instead of nothing): it permits use in prod with data of the classes internal, until 2027-05-31 (the approval)
`},
		{"what lists gain and lose", gatetest.Files{"vendors/one.yaml": record(t, "one", "[internal]", "[internal, public]") + evidence("soc2", "0a") + "aliases: [uno, eins]\n"}, gatetest.Files{"vendors/one.yaml": record(t, "one", "user: a.ferreira", "user: k.nakagawa") + evidence("soc2", "0b") + "aliases: [eins, uno]\n"}, nil, "mallory", `
Records, after the merge
  one: changed (aliases: another order; approval.approved_by: adds k.nakagawa, removes a.ferreira; scope.data_classes: removes public; evidence[soc2].sha256: ` + zeros + `0b instead of ` + zeros + `0a): it permits use in prod with data of the classes internal, until 2027-05-31 (the approval)
Who opens and who approves
  one: opened by mallory, approved by k.nakagawa (security-architect)
`},
		{"more data without a decision", three, gatetest.Files{"vendors/one.yaml": record(t, "one", "[internal]", "[internal, public]")}, nil, "a.ferreira", `
Records, after the merge
  one: changed (scope.data_classes: adds public): it permits use in prod with data of the classes internal, public, until 2027-05-31 (the approval)
Who opens and who approves
  one: it permits more without a new decision (approval.approved_on): somebody must decide again, and somebody who does not approve it must open the change
`},
		{"a suspension by the approver", three, gatetest.Files{"vendors/one.yaml": record(t, "one", "status: approved", "status: suspended")}, nil, "a.ferreira", `
Records, after the merge
  one: changed (status: suspended instead of approved): it permits no use: "one" is suspended
`},
		{"only a comment", three, gatetest.Files{"vendors/one.yaml": "# ours\n" + record(t, "one")}, nil, "mallory", `
Records, after the merge
  one: changed (only its layout or comments): it permits use in prod with data of the classes internal, until 2027-05-31 (the approval)
`},
		{"what fails", three, gatetest.Files{"vendors/one.yaml": record(t, "one", `"1.2"`, `"1.0"`)}, nil, "mallory", `
Records, after the merge
  one: changed (encryption.in_transit.min_tls: 1.0 instead of 1.2): it permits use in prod with data of the classes internal, until 2027-05-31 (the approval), and a use of all of that fails: "one" accepts TLS 1.0 (VG-ENC-001)
`},
		{"a broken record, and one that is mended", gatetest.Files{"vendors/one.yaml": record(t, "one"), "vendors/two.yaml": "id: ["}, gatetest.Files{"vendors/one.yaml": "id: [", "vendors/two.yaml": record(t, "two", "status: approved", "status: in-review")}, nil, "mallory", `
Records, after the merge
  one: cannot be used as it is, so repositories that use the vendor get no verdict
  two: mended: it permits no use: "two" is in-review
`},
		{"a removal", three, gatetest.Files{"vendors/one.yaml": ""}, nil, "mallory", `
Records, after the merge
  one: removed, so every use of the vendor fails; the record that is removed permits use in prod with data of the classes internal, until 2027-05-31 (the approval)
`},
		{"a removal of a record that was broken", gatetest.Files{"vendors/one.yaml": "id: ["}, gatetest.Files{"vendors/one.yaml": ""}, nil, "mallory", `
Records, after the merge
  one: removed
`},
		{"a waiver", three, gatetest.Files{"waivers/WVR-1.yaml": gatetest.PlainWaiver, "waivers/WVR-2.yaml": "id: ["}, nil, "s.marchetti", `
Waivers, after the merge
  WVR-1: new: it covers VG-APR-002 of acme-pay in acme/shop until 2026-12-31
  WVR-2: cannot be used as it is
Who opens and who approves
  WVR-1: opened by s.marchetti, approved by a.ferreira (security-architect)
`},
		{"a policy that most records fail", three, gatetest.Files{policy: asks(tls13)}, nil, "mallory", `
The policy, after the merge
  policy.yaml: 2 of 3 records that permit use would newly fail
  TLS13: 2 of 3 records would newly fail: one, two
  TLS13: new: encryption.in_transit.min_tls at least 1.3; error at tier 1, 2, 3, 4
warning: under the edited policy, 2 of 3 records that permit use would newly fail: one, two
`},
		{"a policy that warns", three, gatetest.Files{policy: asks(warning)}, nil, "mallory", `
The policy, after the merge
  policy.yaml: 0 of 3 records that permit use would newly fail, 2 would newly get a warning
  TLS13: 2 of 3 records would newly get a warning: one, two
  TLS13: new: encryption.in_transit.min_tls at least 1.3; warning at tier 1, 2, 3, 4
note: under the edited policy, 0 of 3 records that permit use would newly fail, 2 would newly get a warning: one, two
`},
		{"a policy that asks less", gatetest.Files{"vendors/one.yaml": record(t, "one"), policy: asks(tls13)}, gatetest.Files{policy: gatetest.PolicyHead}, nil, "mallory", `
The policy, after the merge
  policy.yaml: 0 of 1 record that permits use would newly fail, 1 would no longer fail
  TLS13: 1 of 1 record would no longer fail: one
  TLS13: removed; it asked: encryption.in_transit.min_tls at least 1.3
`},
		{"a record is judged by the policy that comes with it", gatetest.Files{"vendors/one.yaml": draft}, gatetest.Files{"vendors/one.yaml": record(t, "one"), policy: asks(tls13)}, nil, "mallory", `
The policy, after the merge
  policy.yaml: 1 of 1 record that permits use would newly fail
  TLS13: 1 of 1 record would newly fail: one
  TLS13: new: encryption.in_transit.min_tls at least 1.3; error at tier 1, 2, 3, 4
Records, after the merge
  one: changed (status: approved instead of in-review): it permits use in prod with data of the classes internal, until 2027-05-31 (the approval), and a use of all of that fails: encryption.in_transit.min_tls of "one" is 1.2; the policy requires: encryption.in_transit.min_tls at least 1.3 (TLS13)
Who opens and who approves
  one: opened by mallory, approved by a.ferreira (security-architect)
`},
		{"what was permitted is said by the policy from before", gatetest.Files{"vendors/one.yaml": record(t, "one")}, gatetest.Files{"vendors/one.yaml": "", policy: asks(tls13)}, nil, "mallory", `
The policy, after the merge
  policy.yaml: the policy changes, and no result changes for 0 records that permit use
  TLS13: new: encryption.in_transit.min_tls at least 1.3; error at tier 1, 2, 3, 4
Records, after the merge
  one: removed, so every use of the vendor fails; the record that is removed permits use in prod with data of the classes internal, until 2027-05-31 (the approval)
`},
		{"a policy with another comment", three, gatetest.Files{policy: gatetest.PolicyHead + "# ours\n"}, nil, "mallory", `
The policy, after the merge
  policy.yaml: the policy is the same
`},
		{"a policy that is removed", three, gatetest.Files{policy: ""}, nil, "mallory", `
The policy, after the merge
  policy.yaml: it is removed, so checks that use the registry give no verdict
`},
		{"a policy that is not valid", three, gatetest.Files{policy: "id: ["}, nil, "mallory", `
The policy, after the merge
  policy.yaml: it is not valid, so checks that use the registry give no verdict
`},
		{"what lapses", gatetest.Files{"vendors/one.yaml": record(t, "one", "2027-05-31", "2026-11-30"), "vendors/two.yaml": record(t, "two", "2027-05-31", "2026-11-01")}, gatetest.Files{"vendors/x.yaml": ""}, []string{"vendors/x.yaml"}, "", `
Records, after the merge
  x: removed
What expires soon
  two: the approval ended on 2026-11-01 (VG-APR-002); to act: a.ferreira (security-architect)
  one: the approval ends on 2026-11-30 (VG-APR-002); to act: a.ferreira (security-architect)
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			before, after := registry(t, c.before), registry(t, c.before.With(c.after))
			files := c.files
			if files == nil {
				for name := range c.after {
					files = append(files, name)
				}
				slices.Sort(files)
			}
			in := impact.Change{
				Before: gatetest.Open(t, before), After: gatetest.Open(t, after), Files: files, Author: c.author, AsOf: gatetest.Instant(t, gatetest.Today),
				Policy: gatetest.Load(t, before["registry/policy.yaml"]),
			}
			if in.InForce = in.Policy; after["registry/policy.yaml"] != before["registry/policy.yaml"] && strings.HasPrefix(after["registry/policy.yaml"], gatetest.PolicyHead) {
				in.InForce = gatetest.Load(t, after["registry/policy.yaml"])
			}
			if diff := cmp.Diff(strings.TrimPrefix(c.want, "\n"), shown(in.Says())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// shown is what a change means, as text.
func shown(sections []diag.Section, findings []diag.Finding) string {
	var out strings.Builder
	for _, s := range sections {
		fmt.Fprintln(&out, s.Title)
		for _, i := range s.Items {
			fmt.Fprintf(&out, "  %s: %s\n", i.Name, i.Text)
		}
	}
	for _, f := range findings {
		fmt.Fprintf(&out, "%s: %s\n", f.Severity, f.Message)
	}
	return out.String()
}

// A long section is cut, and says so.
func TestChangeOfMany(t *testing.T) {
	t.Parallel()
	all, names := gatetest.Files{}, []string(nil)
	for i := range 60 {
		id := fmt.Sprintf("v%02d", i)
		all["vendors/"+id+".yaml"], names = record(t, id), append(names, "vendors/"+id+".yaml")
	}
	after := gatetest.Open(t, registry(t, all))
	p := gatetest.Load(t, gatetest.PolicyHead)
	sections, found := impact.Change{Before: gatetest.Open(t, registry(t, nil)), After: after, Files: names, Policy: p, InForce: p, AsOf: gatetest.Instant(t, gatetest.Today)}.Says()
	if len(sections) != 2 || len(found) > 0 {
		t.Fatalf("%d sections, %v", len(sections), found)
	}
	for _, s := range sections {
		if last := s.Items[len(s.Items)-1]; len(s.Items) != 51 || last.Text != "and 10 more" {
			t.Errorf("%s has %d items, the last is %q", s.Title, len(s.Items), last)
		}
	}
}

// Two policies are compared record by record. What a record does not say counts for the requirement that asks for it.
func TestOfPolicy(t *testing.T) {
	t.Parallel()
	files := registry(t, gatetest.Files{
		"vendors/old.yaml":    record(t, "old"),
		"vendors/new.yaml":    record(t, "new", `"1.2"}`, `"1.3"}`, "encryption: {", "access: {mfa: {enforced: true}}\nencryption: {"),
		"vendors/weak.yaml":   record(t, "weak", `"1.2"`, `"1.0"`),
		"vendors/denied.yaml": record(t, "denied", "status: approved", "status: denied"),
		"vendors/broken.yaml": "id: [",
	})
	const mfa, tls = "{id: MFA, attr: access.mfa.enforced, eq: true}", `{id: TLS13, attr: encryption.in_transit.min_tls, gte: "1.3", severity: warning}`
	for _, c := range []struct{ name, before, after, want string }{
		{"the same", gatetest.PolicyHead, gatetest.PolicyHead, "the policy is the same"},
		{"an error and a warning", gatetest.PolicyHead, asks(mfa + ", " + tls), `1 of 3 records that permit use would newly fail, 1 would newly get a warning
MFA: 2 of 3 records would newly fail (2 because the record does not say); fail [old weak], unknown [old weak], warn [], pass []
TLS13: 2 of 3 records would newly get a warning; fail [], unknown [], warn [old weak], pass []`},
		{"back again", asks(mfa + ", " + tls), gatetest.PolicyHead, `0 of 3 records that permit use would newly fail, 1 would no longer fail
MFA: 2 of 3 records would no longer fail; fail [], unknown [], warn [], pass [old weak]`},
		{"a warning becomes an error", asks(tls), asks(strings.Replace(tls, "warning", "error", 1)), `1 of 3 records that permit use would newly fail
TLS13: 2 of 3 records would newly fail; fail [old weak], unknown [], warn [], pass []`},
		{"a rule becomes a note", gatetest.PolicyHead, gatetest.PolicyHead + "rules: {VG-ENC-001: {severity: note}}\n", `0 of 3 records that permit use would newly fail, 1 would no longer fail
VG-ENC-001: 1 of 3 records would no longer fail; fail [], unknown [], warn [], pass [weak]`},
		{"what no record is affected by", gatetest.PolicyHead, gatetest.PolicyHead + "params: {approval_max_term: {tier-1: P6M}}\n", "the policy changes, and no result changes for 3 records that permit use"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, err := impact.OfPolicy(gatetest.Load(t, c.before), gatetest.Load(t, c.after), gatetest.Open(t, files), gatetest.Instant(t, gatetest.Today))
			if err != nil {
				t.Fatal(err)
			}
			got := []string{p.Summary()}
			for _, r := range p.Rules {
				got = append(got, fmt.Sprintf("%s: %s; fail %v, unknown %v, warn %v, pass %v", r.ID, r.Says(p.Records), r.Fail, r.Unknown, r.Warn, r.Pass))
			}
			if diff := cmp.Diff(c.want, strings.Join(got, "\n")); diff != "" {
				t.Error(diff)
			}
			if len(p.Unjudged) != 1 || p.Unjudged[0].Target != "registry/vendors/broken.yaml" {
				t.Errorf("not judged: %v", p.Unjudged)
			}
		})
	}
}

// What a change of a policy and of records means is what its lint finds: both judge by the policy and the waivers after the merge, and each
// record that fails is reported once.
func TestChangeAgreesWithLint(t *testing.T) {
	t.Parallel()
	const tls13 = `{id: TLS13, attr: encryption.in_transit.min_tls, gte: "1.3"}`
	waiver := func(id, repos string) string {
		return gatetest.Edit(t, gatetest.PlainWaiver, "id: WVR-1", "id: WVR-"+id, "vendor: acme-pay", "vendor: "+id, "[acme/shop]", repos, "[VG-APR-002]", "[TLS13]")
	}
	before := gatetest.Files{
		"vendors/same.yaml": record(t, "same"), "vendors/edited.yaml": record(t, "edited"), "vendors/mended.yaml": record(t, "mended", `"1.2"`, `"1.0"`),
	}
	after := gatetest.Files{
		"policy.yaml": asks(tls13), "vendors/edited.yaml": record(t, "edited", "tier: 2", "tier: 3"), "vendors/mended.yaml": record(t, "mended", `"1.2"`, `"1.3"`),
		"vendors/new.yaml": record(t, "new"), "vendors/waived.yaml": record(t, "waived"), "vendors/partly.yaml": record(t, "partly"),
		"waivers/WVR-waived.yaml": waiver("waived", `["*/*"]`), "waivers/WVR-partly.yaml": waiver("partly", "[acme/shop]"),
	}
	whole := before.With(after)
	files := slices.Sorted(maps.Keys(after))
	base, head := gatetest.Open(t, registry(t, before)), gatetest.Open(t, registry(t, whole))
	p := gatetest.Load(t, gatetest.PolicyHead)
	asOf := gatetest.Instant(t, gatetest.Today)
	embedded := source.New("embedded", "", fstest.MapFS{})
	linter := lint.New(lint.Input{Files: vendors.AsData(head.Tree, embedded), Base: vendors.AsData(base.Tree, embedded), Policy: p, AsOf: asOf, Touched: true, Version: "0.1.0"})
	var all []lint.Linted
	for _, name := range linter.Names() {
		all = append(all, linter.File(name))
	}
	linted := linter.Conclude(all)
	sections, found := impact.Change{Before: base, After: head, Files: files, Policy: p, InForce: linted.Policy, AsOf: asOf}.Says()
	fails := map[string]bool{}
	for _, s := range sections {
		for _, item := range s.Items {
			if strings.HasPrefix(s.Title, "Records") {
				fails[item.Name] = strings.Contains(item.Text, "fails")
			}
		}
	}
	for id, want := range map[string]bool{"edited": true, "mended": false, "new": true, "waived": false, "partly": true} {
		failed := slices.ContainsFunc(linted.Findings, func(f diag.Finding) bool { return f.Vendor == id && f.Severity == diag.Error && !f.Waived() })
		if fails[id] != want || failed != want {
			t.Errorf("%s: the change means that it fails: %v; its lint fails: %v; want %v", id, fails[id], failed, want)
		}
	}
	if len(found) != 1 || !strings.HasSuffix(found[0].Message, ": same") {
		t.Errorf("the policy newly fails %v, want only the record that the change does not touch", found)
	}
}
