package lint_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/lint"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/source"
)

// plain are files of a registry as data.
func plain(f gatetest.Files) *registry.Plain {
	tree := fstest.MapFS{"vendors": {Mode: 0o755 | os.ModeDir}}
	for name, text := range f {
		tree[name] = &fstest.MapFile{Data: []byte(text)}
	}
	embedded := fstest.MapFS{}
	for _, id := range []string{"abby", "ably", "stripe"} {
		embedded["vendors/"+id+".yaml"] = &fstest.MapFile{Data: []byte("apiVersion: vendorgate/v1\nkind: Vendor\nid: " + id + "\n")}
	}
	return registry.AsData(source.New("r", "", tree), source.New("embedded", "", embedded))
}

// run lints files as a change of a base, which may be nil.
func run(tb testing.TB, base, f gatetest.Files, author string) lint.Result {
	tb.Helper()
	in := lint.Input{Files: plain(f), AsOf: gatetest.Instant(tb, gatetest.Today), Author: author, Version: "0.1.0"}
	judges := f
	if base != nil {
		in.Base, judges = plain(base), base
	}
	var text []byte
	if written, ok := judges["policy.yaml"]; ok {
		text = []byte(written)
	}
	in.Policy, _ = rules.LoadPolicy("r/policy.yaml", text, "0.1.0")
	l := lint.New(in)
	var all []lint.Linted
	for _, name := range l.Names() {
		all = append(all, l.File(name))
	}
	return l.Conclude(all)
}

func lintLines(findings []diag.Finding) string {
	var out strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&out, "%s: %s: %s [%s]\n", f.Pos, f.Severity, f.Message, f.Rule)
	}
	return out.String()
}

// lintRecord is a record with these lines, and with somebody who answers for it.
func lintRecord(id string, lines ...string) string {
	if text := strings.Join(lines, "\n"); strings.Contains(text, "status:") && !strings.Contains(text, "approval:") {
		lines = append(slices.Clone(lines), "approval: {requested_by: s.marchetti}")
	}
	return "apiVersion: vendorgate/v1\nkind: Vendor\nid: " + id + "\n" + strings.Join(lines, "\n") + "\n"
}

// A contradiction in a record that the change leaves as it was is a warning, and an error with all records.
func TestLintUntouched(t *testing.T) {
	t.Parallel()
	base := gatetest.Files{"policy.yaml": gatetest.PolicyHead, "vendors/acme-pay.yaml": gatetest.Edit(t, gatetest.PlainRecord, "last_review: 2026-06-01", "last_review: 2027-06-01"), "vendors/other.yaml": lintRecord("other", "status: proposed")}
	change := base.With(gatetest.Files{"vendors/other.yaml": lintRecord("other", "status: proposed", "description: Mail")})
	for _, c := range []struct {
		base gatetest.Files
		want diag.Severity
	}{{base, diag.Warning}, {nil, diag.Error}} {
		var got []diag.Severity
		for _, f := range run(t, c.base, change, "").Findings {
			if f.Rule == rules.RecordContradicts && strings.Contains(f.Message, "last_review") {
				got = append(got, f.Severity)
			}
		}
		if !slices.Equal(got, []diag.Severity{c.want}) {
			t.Errorf("with a base %v: got %v, want %s", c.base != nil, got, c.want)
		}
	}
}

func TestLintChanges(t *testing.T) {
	t.Parallel()
	record := gatetest.Edit(t, gatetest.PlainRecord, "status: approved", "status: approved\nstatus_since: 2026-06-01")
	base := gatetest.Files{"vendors/acme-pay.yaml": record, "vendors/other.yaml": lintRecord("other", "status: proposed", "api_hosts: [api.other.example]")}
	edited := func(pairs ...string) gatetest.Files {
		return gatetest.Files{"vendors/acme-pay.yaml": gatetest.Edit(t, record, pairs...)}
	}
	waiver := gatetest.Edit(t, gatetest.PlainWaiver, "2026-12-31", "2026-12-01") // financial data may be sent, and its tier is 1
	for _, c := range []struct {
		name, author string
		change       gatetest.Files
		want         []string // in each finding that the change brings
	}{
		{"nothing", "a.ferreira", nil, nil},
		{"a new text by the approver", "a.ferreira", gatetest.Files{"vendors/acme-pay.yaml": record + "description: Cards\n"}, nil},
		{"a renewal by the approver", "A.Ferreira", gatetest.Files{"vendors/acme-pay.yaml": gatetest.Edit(t, record, "2027-05-31", "2027-06-01", "approved_on: 2026-06-01", "approved_on: 2026-06-02")}, []string{"a.ferreira approves their own change [VG-APR-004]"}},
		{"a renewal by another", "s.marchetti", gatetest.Files{"vendors/acme-pay.yaml": gatetest.Edit(t, record, "2027-05-31", "2027-06-01", "approved_on: 2026-06-01", "approved_on: 2026-06-02")}, nil},
		{"a suspension by the approver", "a.ferreira", edited("status: approved\nstatus_since: 2026-06-01", "status: suspended\nstatus_since: 2026-11-20"), nil},
		{"a deprecation by the approver", "a.ferreira", edited("status: approved\nstatus_since: 2026-06-01", "status: deprecated\nstatus_since: 2026-11-20\nsunset: 2026-12-31"), nil},
		{"an earlier end by the approver", "a.ferreira", edited("2027-05-31", "2027-01-31"), nil},
		{"less data by the approver", "a.ferreira", edited("personal, financial]", "personal]"), nil},
		{"a limit to repositories by the approver", "a.ferreira", edited("scope:\n", "scope:\n  repos: [acme/shop]\n"), nil},
		{"more data by the approver", "a.ferreira", edited("personal, financial]", "personal, financial, credentials]"), []string{
			"scope.data_classes adds credentials, which the decision of 2026-06-01 does not cover [VG-APR-004]",
		}},
		{"more data by another", "s.marchetti", edited("personal, financial]", "personal, financial, credentials]"), []string{"scope.data_classes adds credentials"}},
		{"more data by nobody knows whom", "", edited("[dev, staging, prod]", "[dev, test, staging, prod]"), []string{"scope.environments adds test"}},
		{"a later end without a decision", "s.marchetti", edited("2027-05-31", "2027-06-01"), []string{"approval.expires moves from 2027-05-31 to 2027-06-01, which the decision of 2026-06-01 does not cover"}},
		{"more data with a new decision", "s.marchetti", edited("personal, financial]", "personal, financial, credentials]", "approved_on: 2026-06-01", "approved_on: 2026-11-01"), nil},
		{"a waiver by its approver", "a.ferreira", gatetest.Files{"waivers/WVR-1.yaml": waiver}, []string{"a.ferreira approves their own change [VG-WVR-001]"}},
		{"a waiver", "s.marchetti", gatetest.Files{"waivers/WVR-1.yaml": waiver}, nil},
		{"a waiver of one use", "s.marchetti", gatetest.Files{"waivers/WVR-1.yaml": waiver + "use: reporting\n"}, nil},
		{"a waiver of one use that has no entry", "s.marchetti", gatetest.Files{"waivers/WVR-1.yaml": gatetest.Edit(t, waiver, "[VG-APR-002]", "[VG-REG-002]") + "use: reporting\n"}, []string{
			`the waiver is not valid: VG-REG-002 is about uses that no manifest names, so it cannot be waived for the use "reporting" [VG-WVR-001]`,
		}},
		{"a waiver of a use that nobody can name", "s.marchetti", gatetest.Files{"waivers/WVR-1.yaml": waiver + "use: Reporting Jobs\n"}, []string{`use: "Reporting Jobs" is not an id [VG-REG-003]`}},
		{"a waiver that is longer than the data allows", "s.marchetti", gatetest.Files{"waivers/WVR-1.yaml": gatetest.Edit(t, waiver, "2026-12-01", "2026-12-02")}, []string{
			"the waiver is not valid: it runs from 2026-11-01 to 2026-12-02, but a tier-1 use can be waived for at most 30 days [VG-WVR-001]",
		}},
		{"a status without a day", "", gatetest.Files{"vendors/acme-pay.yaml": gatetest.Edit(t, record, "status: approved", "status: suspended")}, []string{"status_since does not change [VG-REG-003]"}},
		{"no status any more", "", gatetest.Files{"vendors/acme-pay.yaml": gatetest.Edit(t, record, "status: approved\n", "")}, []string{"the status approved is removed [VG-REG-003]"}},
		{"a host of an unchanged record", "", gatetest.Files{"vendors/acme-pay.yaml": record + "api_hosts: [\"*.other.example\"]\n"}, []string{
			`r/vendors/acme-pay.yaml:20:13: error: host *.other.example also belongs to "other" [VG-REG-003]`,
		}},
	} {
		var got []string
		for _, f := range run(t, base, base.With(c.change), c.author).Findings {
			if f.Introduced {
				got = append(got, lintLines([]diag.Finding{f}))
			}
		}
		if !slices.EqualFunc(got, c.want, strings.Contains) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestLintAcross(t *testing.T) {
	t.Parallel()
	one := func(lines ...string) gatetest.Files {
		return gatetest.Files{"vendors/acme-pay.yaml": lintRecord("acme-pay", lines...)}
	}
	for _, c := range []struct {
		name string
		f    gatetest.Files
		want string
	}{
		{"a broken record is there all the same", one("status: retired", "replaced_by: next").With(gatetest.Files{"vendors/next.yaml": "{"}), "next.yaml:1"},
		{"replaced by what nobody has reviewed", one("status: retired", "replaced_by: stripe"), `warning: replaced_by names "stripe", which your organisation has not reviewed`},
		{"an alternative that is not there", one("exit: {alternatives: [nobody]}"), `note: exit.alternatives names "nobody", which has no record`},
		{"like one that vendorgate knows", gatetest.Files{"vendors/str1pe.yaml": lintRecord("str1pe")}, `its id "str1pe" looks like "stripe"`},
		{"a waiver for a vendor that is shut out", one("status: denied").With(gatetest.Files{"waivers/WVR-1.yaml": gatetest.PlainWaiver}), "is denied, and no waiver can cover that"},
		{"a policy that is not one", one().With(gatetest.Files{"policy.yaml": "id: ["}), "r/policy.yaml:1"},
		{"nobody who answers for a draft", gatetest.Files{"vendors/acme-pay.yaml": "apiVersion: vendorgate/v1\nkind: Vendor\nid: acme-pay\nstatus: in-review\n"}, "nobody answers for the record"},
		{"no policy to judge by, and a fault all the same", one("scope: {hosts: [b.example]}", "api_hosts: [a.example]").With(gatetest.Files{"policy.yaml": "id: ["}), `scope.hosts contains "b.example"`},
		{"vague conditions", one("approval: {conditions: [{id: logs, text: Robust logging, due: 2026-12-01, status: open}]}"), "approval.conditions[logs].text makes a claim that cannot be measured: \"robust logging\""},
		{"a vague cipher", one("encryption: {at_rest: {algorithm: military grade}}"), `encryption.at_rest.algorithm makes a claim that cannot be measured: "military grade"`},
		{"conditions met in time to come", one("approval: {conditions: [{id: logs, text: Export them, due: 2026-12-01, status: met, met_on: 2026-12-01}]}"), "met_on is 2026-12-01, which is in the future"},
	} {
		if got := lintLines(run(t, nil, c.f, "").Findings); !strings.Contains(got, c.want) || strings.Contains(got, `names "next", which has no record`) {
			t.Errorf("%s:\n%s\nwant %q", c.name, got, c.want)
		}
	}
}

// Built-in ids that look alike are two services, and nobody can remove one. An own id that looks like a built-in one can be changed.
func TestLintLookAlikes(t *testing.T) {
	t.Parallel()
	files := gatetest.Files{}
	for _, id := range []string{"abby", "ably", "str1pe", "larkspur-mail", "larkspur-mall"} {
		files["vendors/"+id+".yaml"] = lintRecord(id)
	}
	var got []string
	for _, f := range run(t, nil, files, "").Findings {
		if strings.Contains(f.Message, "looks like") {
			got = append(got, f.Message+" | "+f.Hint)
		}
	}
	gatetest.Diff(t, "look-alikes", []string{
		`its id "larkspur-mall" looks like "larkspur-mail" | Remove one of them if they are the same service; otherwise choose another id.`,
		`its id "str1pe" looks like "stripe" | If it is the same service, which is built in, rename the record to stripe.yaml and its id to stripe; otherwise choose another id.`,
	}, got)
}

// A suggestion is a vendor that the record can name.
func TestLintSuggestsWhatItTakes(t *testing.T) {
	t.Parallel()
	old := lintRecord("acme-pay", "status: retired", "replaced_by: best-pya")
	for status, want := range map[string]string{"status: in-review": `best-pay"?`, "status: denied": "add a record"} {
		got := ""
		for _, f := range run(t, nil, gatetest.Files{"vendors/acme-pay.yaml": old, "vendors/best-pay.yaml": lintRecord("best-pay", status)}, "").Findings {
			if strings.Contains(f.Message, "replaced_by names") {
				got = f.Hint
			}
		}
		if !strings.Contains(strings.ToLower(got), want) {
			t.Errorf("%s: got hint %q, want %q", status, got, want)
		}
	}
}

// Whatever is wrong, the report stays readable, says how much it leaves out, and does not become a pass.
func TestLintBounded(t *testing.T) {
	t.Parallel()
	many := gatetest.Files{}
	for i := range 1200 {
		id := fmt.Sprintf("v%c%c%c-%d", 'a'+i%26, 'a'+i/26%26, 'a'+i/676, i)
		many["vendors/"+id+".yaml"] = lintRecord(id, "statsu: approved", "status: retired", fmt.Sprintf("replaced_by: v%c%c%c-%d", 'a'+(i+1)%1200%26, 'a'+(i+1)%1200/26%26, 'a'+(i+1)%1200/676, (i+1)%1200), "api_hosts: [api.same.example]")
	}
	got := run(t, nil, many, "")
	if n := len(got.Findings); n < 1000 || n > 1020 || got.Records != 1200 {
		t.Fatalf("%d findings of %d records", n, got.Records)
	}
	if last := lintLines(got.Findings[len(got.Findings)-5:]); !strings.Contains(last, "more findings like this, in this file and others [VG-REG-003]") {
		t.Errorf("the last findings:\n%s", last)
	}
	wild := gatetest.Files{"vendors/wild.yaml": lintRecord("wild") + strings.Repeat("? {", 500)}
	wild["vendors/errors.yaml"] = lintRecord("errors")
	for i := range 900 {
		wild["vendors/errors.yaml"] += fmt.Sprintf("key%d: x\n", i)
	}
	if got := run(t, nil, wild, ""); len(got.Findings) < 100 || len(got.Findings) > 120 || !strings.Contains(lintLines(got.Findings), "more problems in this file") {
		t.Errorf("%d findings\n%s", len(got.Findings), lintLines(got.Findings))
	}
}

// The record that vendorgate holds to be in order is so, alone and as one of many.
func TestLintGood(t *testing.T) {
	t.Parallel()
	two := gatetest.Files{"policy.yaml": gatetest.PolicyHead, "vendors/calderwick-payments.yaml": gatetest.Calderwick, "vendors/second-source-pay.yaml": lintRecord("second-source-pay", "status: in-review")}
	const soon = `r/vendors/calderwick-payments.yaml:22:14: warning: API version 2024-02 of "calderwick-payments" is deprecated; its sunset is 2027-02-28 (in 97 days) [VG-SCP-003]
`
	if got := run(t, nil, two, ""); lintLines(got.Findings) != soon || len(got.Gaps) > 0 {
		t.Errorf("%s%v", lintLines(got.Findings), got.Gaps)
	}
}

// A registry without a policy is reported, and a change that removes the policy is to blame.
func TestLintWithoutPolicy(t *testing.T) {
	t.Parallel()
	with := gatetest.Files{"policy.yaml": gatetest.PolicyHead, "vendors/acme-pay.yaml": lintRecord("acme-pay", "status: proposed")}
	without := gatetest.Files{"vendors/acme-pay.yaml": lintRecord("acme-pay", "status: proposed")}
	const want = "r/policy.yaml: error: the registry has no policy.yaml, so checks that use it give no verdict [VG-REG-003]\n"
	for _, c := range []struct {
		name       string
		base, f    gatetest.Files
		want       string
		introduced bool
	}{
		{"none", nil, without, want, true},
		{"removed", with, without, want, true},
		{"none before either", without, without, want, false},
		{"added", without, with, "", false},
		{"there", nil, with, "", false},
		{"under another name", nil, without.With(gatetest.Files{"policy.yml": gatetest.PolicyHead}), "r/policy.yml: error: vendorgate does not read a file with this name [VG-REG-003]\n", true},
		{"an empty registry", nil, gatetest.Files{}, "", false},
	} {
		got := run(t, c.base, c.f, "").Findings
		if lintLines(got) != c.want || len(got) > 0 && got[0].Introduced != c.introduced {
			t.Errorf("%s: %s%+v", c.name, lintLines(got), got)
		}
	}
}

// A pattern that no repository can match is found on its line, in records and waivers.
func TestLintPatterns(t *testing.T) {
	t.Parallel()
	f := gatetest.Files{
		"vendors/acme-pay.yaml": gatetest.Edit(t, gatetest.PlainRecord, "scope:\n", "scope:\n  repos: [acme/shop, \"acme/{cart,till}\"]\n"),
		"waivers/WVR-1.yaml":    gatetest.Edit(t, gatetest.PlainWaiver, "[acme/shop]", "[shop]"),
	}
	got := lintLines(run(t, nil, f, "").Findings)
	for _, want := range []string{
		`vendors/acme-pay.yaml:14:22: error: scope.repos has "acme/{cart,till}", which matches no repository`,
		`waivers/WVR-1.yaml:5:9: error: repos has "shop", which matches no repository`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no line %q in\n%s", want, got)
		}
	}
}

// Files that nobody reads are named, with what to do about each; a change is to blame for those that it adds or edits.
func TestLintStrays(t *testing.T) {
	t.Parallel()
	record := lintRecord("acme-pay", "status: proposed")
	base := gatetest.Files{"policy.yaml": gatetest.PolicyHead, "vendors/acme-pay.yaml": record, "vendors/old/a.yaml": record, "vendors/old/b.yaml": record}
	f := base.With(gatetest.Files{
		"vendors/acme-pay.yml": record, "vendors/old/b.yaml": record + "# x\n", "vendors/old/acme-pay.yaml": record, "vendors/c.yaml.orig": record,
		"waivers/2025/d.yaml": "x", "probes/e.yaml": "x", "vendors/README.md": "x", "docs/f.yaml": record,
	})
	var got string
	for _, f := range run(t, base, f, "").Findings {
		got += fmt.Sprintf("%s %s: %s | %s %v\n", f.Pos.File, f.Severity, f.Message, f.Hint, f.Introduced)
	}
	want := `r/probes/e.yaml warning: vendorgate does not read a file with this name | Rename it to e.json, or move it out of probes/ if it is no longer needed. true
r/vendors/acme-pay.yml error: vendorgate does not read a file with this name | Remove it; vendors/acme-pay.yaml exists. true
r/vendors/c.yaml.orig warning: vendorgate does not read a file with this name | Rename it to c.yaml, or move it out of vendors/ if it is no longer needed. true
r/vendors/old/a.yaml warning: vendorgate does not read files in a subfolder | Move it to vendors/a.yaml, or out of vendors/ if it is no longer needed. false
r/vendors/old/acme-pay.yaml warning: vendorgate does not read files in a subfolder | Remove it, or move it out of vendors/; vendors/acme-pay.yaml is read. true
r/vendors/old/b.yaml warning: vendorgate does not read files in a subfolder | Move it to vendors/b.yaml, or out of vendors/ if it is no longer needed. true
r/waivers/2025/d.yaml warning: vendorgate does not read files in a subfolder | Move it to waivers/d.yaml, or out of waivers/ if it is no longer needed. true
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// An entry that can match nothing is found on its line.
func TestLintUnmatchable(t *testing.T) {
	t.Parallel()
	f := gatetest.Files{"policy.yaml": gatetest.PolicyHead, "vendors/acme-pay.yaml": lintRecord("acme-pay", "api_hosts: [api.acme.con, api.acme.io]", "sdks: [\"pkg:nmp/acme\"]",
		"detect:", "  env_names: [ACME_*, acme_*]", "  imports: [\"pyhton:acme\"]")}
	want := `r/vendors/acme-pay.yaml:4:13: warning: api_hosts has "api.acme.con", which matches nothing: there is no top-level domain "con" [VG-REG-003]
r/vendors/acme-pay.yaml:5:8: warning: sdks has "pkg:nmp/acme", which matches nothing: packages of type "nmp" are not searched for [VG-REG-003]
r/vendors/acme-pay.yaml:7:23: warning: detect.env_names has "acme_*", which matches nothing: only names in upper case, with underscores, are searched for [VG-REG-003]
r/vendors/acme-pay.yaml:8:13: warning: detect.imports has "pyhton:acme", which matches nothing: imports of "pyhton" are not searched for [VG-REG-003]
`
	if got := lintLines(run(t, nil, f, "").Findings); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// BenchmarkLint is a lint of one full record with what it has to do with others; a registry of 2,000 takes 2,000 times as long
// on one core.
func BenchmarkLint(b *testing.B) {
	f := gatetest.Files{"vendors/calderwick-payments.yaml": gatetest.Calderwick}
	b.ReportAllocs()
	for b.Loop() {
		run(b, nil, f, "")
	}
}

// FuzzLint: whatever stands in a record, a waiver or their base, the lint says where something is wrong and does not fall over.
func FuzzLint(f *testing.F) {
	f.Add(gatetest.PlainRecord, gatetest.PlainRecord, gatetest.PlainWaiver, "a.ferreira")
	f.Add(lintRecord("acme-pay", "status: retired", "replaced_by: other"), lintRecord("acme-pay", "status: approved"), "{", "")
	f.Add("", "{", "[]", "x")
	f.Fuzz(func(t *testing.T, record, before, waiver, author string) {
		base := gatetest.Files{"vendors/acme-pay.yaml": before, "vendors/other.yaml": lintRecord("other", "replaced_by: acme-pay", "api_hosts: [\"*.example\"]")}
		got := run(t, base, base.With(gatetest.Files{"vendors/acme-pay.yaml": record, "waivers/WVR-1.yaml": waiver}), author)
		for _, f := range got.Findings {
			if f.Message == "" || !strings.HasPrefix(f.Pos.File, "r/") || f.Pos.Line < 0 {
				t.Errorf("%+v", f)
			}
		}
	})
}

// The keepers of a registry are told of days on which many approvals end, and of records for which nobody answers.
func TestLintKeeperNotes(t *testing.T) {
	t.Parallel()
	base := gatetest.Files{"policy.yaml": gatetest.PolicyHead + "params: {approvers_needed: 0}\n"}
	for i := range 7 {
		id := fmt.Sprintf("vendor-%c", 'a'+i)
		base["vendors/"+id+".yaml"] = gatetest.Edit(t, gatetest.PlainRecord, "id: acme-pay", "id: "+id, "name: Acme Pay", "name: Acme "+id)
	}
	base["vendors/nobody.yaml"] = gatetest.Edit(t, gatetest.PlainRecord, "id: acme-pay", "id: nobody", "  approved_by: [{user: a.ferreira, role: security-architect}]\n", "", "2027-05-31", "2027-04-30")
	notes := func(files []diag.Finding) (out string) {
		for _, f := range files {
			if f.Severity == diag.Note {
				out += fmt.Sprintf("%s: %s %v\n", f.Pos, f.Message, f.Introduced)
			}
		}
		return out
	}
	want := `r/vendors/nobody.yaml:6:9: nobody answers for the record: it names neither who approved the vendor nor who requested it %[1]v
r/vendors/vendor-a.yaml:10:12: 7 approvals end on 2027-05-31: vendor-a, vendor-b, vendor-c, vendor-d, vendor-e, vendor-f, vendor-g %[1]v
`
	if got := notes(run(t, nil, base, "").Findings); got != fmt.Sprintf(want, true) {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got := notes(run(t, base, base, "").Findings); got != fmt.Sprintf(want, false) {
		t.Errorf("unchanged: got\n%swant\n%s", got, want)
	}
	fewer := base.With(gatetest.Files{"vendors/vendor-a.yaml": gatetest.Edit(t, base["vendors/vendor-a.yaml"], "2027-05-31", "2027-05-30"), "vendors/vendor-b.yaml": gatetest.Edit(t, base["vendors/vendor-b.yaml"], "2027-05-31", "2027-05-30")})
	if got := notes(run(t, base, fewer, "").Findings); strings.Contains(got, "approvals end on") {
		t.Errorf("five on a day are a cliff: %s", got)
	}
}
