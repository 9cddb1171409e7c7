package cli_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/explain"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// secretWord is in every free text of a record.
const secretWord = "xylocanary"

// branch is a mapping of a record that is being written, in the order in which its keys came.
type branch struct {
	keys   []string
	values map[string]*branch
	leaf   string
	list   bool
}

func (b *branch) at(path string) *branch {
	for segment := range strings.SplitSeq(path, ".") {
		name := strings.TrimSuffix(segment, "[]")
		if b.values == nil {
			b.values = map[string]*branch{}
		}
		if b.values[name] == nil {
			b.keys = append(b.keys, name)
			b.values[name] = &branch{}
		}
		b = b.values[name]
		b.list = b.list || name != segment
	}
	return b
}

func (b *branch) String() string {
	if b.values == nil {
		return b.leaf
	}
	var pairs []string
	for _, key := range b.keys {
		pairs = append(pairs, key+": "+b.values[key].String())
	}
	text := "{" + strings.Join(pairs, ", ") + "}"
	if b.list {
		return "[" + text + "]"
	}
	return text
}

// recordWithSecrets returns a record with the secret word in every free text, and with one attribute changed.
func recordWithSecrets(set map[string]string) string {
	root := &branch{}
	public := []string{"name", "aliases", "scope.api_versions", "apis[].versions[].id"} // what a developer must know to use it
	for _, row := range record.Table().Rows {
		switch {
		case row.Type == attr.Text && slices.Contains(public, row.Path), strings.HasSuffix(row.Path, "[]"):
		case row.Type == attr.Text && row.List:
			root.at(row.Path).leaf = "[" + secretWord + "]"
		case row.Type == attr.Text:
			root.at(row.Path).leaf = "robust " + secretWord + " security"
		case row.Required && strings.HasPrefix(row.Path, "apis[]."):
		case row.Required && row.Example != "":
			root.at(row.Path).leaf = row.Example
		case row.Required && row.Type == attr.Date:
			root.at(row.Path).leaf = "2026-01-01"
		case row.Required && row.Type == attr.Enum:
			root.at(row.Path).leaf = row.Values[0]
		case row.Required:
			root.at(row.Path).leaf = "1"
		}
	}
	for _, path := range slices.Sorted(maps.Keys(set)) {
		root.at(path).leaf = set[path]
	}
	var out strings.Builder
	for _, key := range root.keys {
		fmt.Fprintf(&out, "%s: %s\n", key, root.values[key])
	}
	return out.String()
}

// asksAll is a policy with all rules, and with a requirement about every free text whose message quotes it.
func asksAll(more string) string {
	var out strings.Builder
	out.WriteString("apiVersion: vendorgate/v1\nkind: Policy\nid: acme\ncontact: vendor-security\nextends: vendorgate/strict@1\n" + more + "rules:\n")
	for _, r := range rules.All() {
		if !r.Fixed {
			fmt.Fprintf(&out, "  %s: {severity: error}\n", r.ID)
		}
	}
	out.WriteString("requirements:\n")
	for i, path := range record.Table().Paths() {
		if _, row, _ := record.Table().Lookup(path); row.Type == attr.Text && !row.List {
			fmt.Fprintf(&out, "  - {id: Q-%d, attr: %s, matches: ^nothing$}\n  - {id: QM-%d, attr: %s, matches: ^nothing$, message: \"is {value}\", fix: \"not {value}\"}\n", i, path, i, path)
		}
	}
	return out.String()
}

// whole is a record with everything that documents can say against a vendor.
func whole(status string, more ...string) map[string]string {
	out := map[string]string{
		"id": "acme-pay", "name": "Acme Pay", "status": status, "status_since": "2026-01-02", "approval.approved_on": "2026-01-02", "approval.expires": "2026-12-31",
		"approval.conditions[].due": "2026-02-01", "approval.conditions[].status": "open", "approval.decision_ref": "https://acme.example/" + secretWord,
		"risk.tier": "1", "scope.environments": "[prod]", "scope.data_classes": "[personal, cardholder]",
		"assessments[].type": "pentest", "assessments[].performed.end": "2026-02-01", "assessments[].independent": "true", "assessments[].opinion": "adverse", "assessments[].shared": "refused",
		"assessments[].findings_open.critical": "3", "pilot.attacks[].result": "succeeded", "api_hosts": "[api.acme.example]", "scope.hosts": "[other.acme.example]",
		"replaced_by": "larkspur-mail", "evidence[].access": "nda",
	}
	for i := 0; i < len(more); i += 2 {
		out[more[i]] = more[i+1]
	}
	return out
}

const secretManifest = `apiVersion: vendorgate/v1
kind: VendorManifest
owner: team-growth
vendors:
  - {id: acme-pay, purpose: Charge cards, environments: [prod], data: [personal, cardholder], api: {version: "9"}, endpoints: [x.example]}
`

// printed returns everything that check prints in all formats, and everything that the action writes, about a record that fails it.
func printed(t *testing.T, record, rules string) (all, comment string) {
	t.Helper()
	all, comment, code := everything(t, map[string]string{"vendors.yaml": secretManifest}, map[string]string{"policy.yaml": rules, "vendors/acme-pay.yaml": record})
	if code == 0 {
		t.Errorf("check passes\n%s", all)
	}
	return all, comment
}

// everything returns everything that check prints in all formats, and everything that the action writes, for the files of a repository and
// of a registry.
func everything(t *testing.T, shop, files map[string]string) (all, comment string, code int) {
	t.Helper()
	dirs := map[string]fstest.MapFS{".": mapFS(shop), "before": mapFS(shop), "registry": mapFS(files), "before/registry": mapFS(files)}
	for _, format := range report.Formats() {
		run := newRun().with(dirs)
		run.env.IsDir = func(name string) (bool, error) { return dirs[name] != nil, nil }
		code = run.main(t, "check", "--registry", "registry", "--base", "before", "--repository", "acme/shop", "--format", format.Name)
		all += run.stdout.String() + run.stderr.String()
	}
	w := newWorld()
	w.base, w.head = maps.Clone(shop), maps.Clone(shop)
	w.head["vendors.yaml"] += "# changed\n"
	for name, text := range files {
		w.base["registry/"+name], w.head["registry/"+name] = text, text
	}
	w.inputs["registry"], w.inputs["comment"] = "./registry", "always"
	w.start(t)
	w.run(t)
	if len(w.comments()) != 1 {
		t.Errorf("comments %q\n%s", w.comments(), w.output)
	}
	return all + w.all(), strings.Join(w.comments(), ""), code
}

// A check never shows free text of a private record, or the results of its documents.
func TestPrivateRecord(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	for _, status := range []string{"proposed", "in-review", "pilot", "approved", "conditional", "deprecated", "suspended", "denied", "retired"} {
		for _, mark := range [][]string{{}, {"evidence[].access", "internal"}, {"evidence[].access", "public", "evidence[].tlp", "AMBER"}, {"evidence[].access", "public", "evidence[].tlp", "RED"}} {
			all, comment := printed(t, recordWithSecrets(whole(status, mark...)), asksAll(""))
			if strings.Contains(strings.ToLower(all), secretWord) {
				t.Errorf("%s, %q: the secret is told:\n%s", status, mark, linesWith(all, secretWord))
			}
			if strings.Contains(all, "could not be understood") {
				t.Fatalf("the record of the test is broken\n%s", all)
			}
			if (status == "denied" || status == "suspended") && !strings.Contains(comment, "the reason is kept in the registry; ask vendor-security") {
				t.Errorf("%s: the comment does not say whom to ask:\n%s", status, comment)
			}
			if status == "approved" && (strings.Contains(all, "adverse") || strings.Contains(all, "3 critical") || strings.Contains(all, "refused to share") || !strings.Contains(all, "the details are kept in the registry")) {
				t.Errorf("a finding of its papers is told:\n%s", all)
			}
		}
	}
}

// The same record without confidential documents is shown in full.
func TestPublicRecord(t *testing.T) {
	t.Parallel()
	all, _ := printed(t, recordWithSecrets(whole("denied", "evidence[].access", "public")), asksAll(""))
	if !strings.Contains(all, secretWord) {
		t.Errorf("the reason is not told:\n%s", all)
	}
	all, _ = printed(t, recordWithSecrets(whole("approved", "evidence[].access", "public")), asksAll(""))
	for _, want := range []string{secretWord, "adverse", "3 critical"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s", want, all)
		}
	}
}

// A private record that cannot be parsed is not quoted either.
func TestPrivateBrokenRecord(t *testing.T) {
	t.Parallel()
	for _, more := range []string{secretWord + ": 1\n", "risk: " + secretWord + "\n", "sunset: " + secretWord + "\n"} {
		record := recordWithSecrets(whole("approved"))
		if strings.HasPrefix(more, "risk") {
			record = strings.Replace(record, "\nrisk: {", "\nrisky: {", 1)
		}
		if all, _ := printed(t, record+more, asksAll("")); strings.Contains(all, secretWord) || !strings.Contains(all, "the details are kept in the registry") {
			t.Errorf("%q: %s", more, linesWith(all, secretWord))
		}
	}
}

// A confidential policy shows neither reasons nor statuses that imply one.
func TestConfidentialPolicy(t *testing.T) {
	t.Parallel()
	for _, status := range []string{"proposed", "in-review", "pilot", "approved", "conditional", "deprecated", "suspended", "denied", "retired"} {
		all, comment := printed(t, recordWithSecrets(whole(status, "evidence[].access", "public")), asksAll("confidential: true\n"))
		for _, id := range explain.IDs() { // what a rule is for is no secret
			page, _ := explain.Page(id)
			all = strings.ReplaceAll(all, explain.Section(page, "Why"), "")
		}
		for _, told := range []string{secretWord, "suspended", "denied", "retired", "proposed", "in-review", "conditional", "deprecated", "adverse", "refused", "2026-01-02", "vg-aud", "q-"} {
			if strings.Contains(strings.ToLower(all), told) {
				t.Errorf("%s: %q is told:\n%s", status, told, linesWith(strings.ToLower(all), told))
			}
		}
		if status != "pilot" && !strings.Contains(comment, "\"acme-pay\" is not approved for this use; ask vendor-security") {
			t.Errorf("%s: the comment does not say whom to ask:\n%s", status, comment)
		}
	}
	all, _ := printed(t, recordWithSecrets(whole("approved"))+secretWord+": 1\n", asksAll("confidential: true\n"))
	if strings.Contains(all, secretWord) {
		t.Errorf("a broken record is quoted:\n%s", linesWith(all, secretWord))
	}
}

// plainRecord is a record that passes, without a private part.
const plainRecord = `apiVersion: vendorgate/v1
kind: Vendor
id: acme-pay
name: Acme Pay
category: payments
api_hosts: [api.acme.example]
status: approved
approval:
  approved_by: [{user: a.ferreira, role: security-architect}]
  approved_on: 2026-06-01
  expires: 2027-05-31
  last_review: 2026-06-01
risk: {tier: 3}
scope:
  environments: [prod]
  data_classes: [internal]
encryption: {in_transit: {min_tls: "1.2"}}
data: {storage_locations: [IE], processing_locations: [IE]}
`

// plainWaiver covers what is wrong with the plain record.
const plainWaiver = `apiVersion: vendorgate/v1
kind: Waiver
id: WVR-1
vendor: acme-pay
repos: [acme/shop]
rules: [VG-APR-002, VG-APR-003, VG-APR-005]
reason: Renewal is under way
requested_by: s.marchetti
approved_by: [{user: a.ferreira, role: security-architect}]
approved_on: 2026-11-01
expires: 2026-12-31
`

// stateOfRecord is a record for which a confidential policy has one sentence.
type stateOfRecord struct {
	name   string
	edits  []string // of the plain record
	waived bool
	told   string // which the same policy tells if it is not confidential
	policy string // more of it

	undecided bool // nobody has decided on the vendor
}

// sameSentence lists the states of a record that a confidential policy does not tell apart, by that.
func sameSentence() map[string][]stateOfRecord {
	lapsed := []string{"expires: 2027-05-31", "expires: 2026-10-31"}
	unreviewed := []string{"last_review: 2026-06-01", "last_review: 2026-06-01\n  review_cadence: P3M"}
	condition := []string{"last_review: 2026-06-01", "last_review: 2026-06-01\n  conditions: [{id: pin, text: Pin it, due: 2026-11-01, status: open}]"}
	return map[string][]stateOfRecord{
		"must not be used": {
			{name: "lapsed", edits: lapsed, told: "2026-10-31"},
			{name: "review overdue", edits: unreviewed, told: "VG-APR-003", policy: "rules: {VG-APR-003: {severity: error}}\n"},
			{name: "condition overdue", edits: condition, told: "Pin it"},
			{name: "no approver", edits: []string{"[{user: a.ferreira, role: security-architect}]", "[]"}, told: "VG-APR-004"},
			{name: "proposed", edits: []string{"status: approved", "status: proposed"}, told: "proposed", undecided: true},
			{name: "in review", edits: []string{"status: approved", "status: in-review"}, told: "in-review", undecided: true},
		},
		"must not be used by anybody": {
			{name: "denied", edits: []string{"status: approved", "status: denied\nstatus_reason: Xylocanary"}, told: "Xylocanary"},
			{name: "retired", edits: []string{"status: approved", "status: retired"}, told: "retired"},
		},
		"needs attention": {
			{name: "expires soon", edits: []string{"expires: 2027-05-31", "expires: 2026-12-05"}, told: "2026-12-05"},
			{name: "in grace", edits: []string{"expires: 2027-05-31", "expires: 2026-11-20"}, told: "2026-11-20", policy: "params: {grace: P30D}\n"},
			{name: "condition due soon", edits: []string{"last_review: 2026-06-01", "last_review: 2026-06-01\n  conditions: [{id: pin, text: Pin it, due: 2026-12-01, status: open}]"}, told: "Pin it"},
		},
		"waived": {
			{name: "lapsed", edits: lapsed, told: "2026-10-31", waived: true},
			{name: "review overdue", edits: unreviewed, told: "VG-APR-003", policy: "rules: {VG-APR-003: {severity: error}}\n", waived: true},
			{name: "condition overdue", edits: condition, told: "Pin it", waived: true},
		},
	}
}

// Under a confidential policy, states of a record with the same sentence look the same in everything that check and the action write. The
// same policy without that tells them apart.
func TestConfidentialStates(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	const head = "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: team-growth\nvendors:"
	declared := map[string]string{"vendors.yaml": head + "\n  - {id: acme-pay, purpose: Charge cards, environments: [prod], data: [internal]}\n"}
	undeclared := map[string]string{"vendors.yaml": head + " []\n", "pay.js": "await fetch(\"https://api.acme.example/v1/charges\")\n"}
	different := regexp.MustCompile(`\b([0-9a-f]{40}|[0-9a-f]{64}|vendorgate_[A-Z0-9]{26})\b`) // revisions, and the ends of outputs
	write := func(shop map[string]string, s stateOfRecord, confidential string) string {
		files := map[string]string{
			"policy.yaml":           "apiVersion: vendorgate/v1\nkind: Policy\nid: acme\ncontact: vendor-security\nextends: vendorgate/essentials@1\ncomment: on-warning\n" + confidential + s.policy,
			"vendors/acme-pay.yaml": strings.NewReplacer(s.edits...).Replace(plainRecord),
		}
		if s.waived {
			files["waivers/WVR-1.yaml"] = plainWaiver
		}
		all, comment, _ := everything(t, shop, files)
		if comment == "" {
			t.Errorf("%s: there is no comment\n%s", s.name, all)
		}
		return different.ReplaceAllString(all, "DIFFERENT")
	}
	for sentence, states := range sameSentence() {
		for how, shop := range map[string]map[string]string{"declared": declared, "undeclared": undeclared} {
			first := map[bool]string{}
			for _, s := range states {
				if open := write(shop, s, ""); how == "declared" && !strings.Contains(open, s.told) {
					t.Errorf("%s, %s: a policy that is not confidential does not tell %q\n%s", sentence, s.name, s.told, open)
				}
				hidden := write(shop, s, "confidential: true\n")
				alike := how == "undeclared" && s.undecided // an entry does not help
				if first[alike] == "" {
					first[alike] = hidden
				}
				if diff := cmp.Diff(first[alike], hidden); diff != "" {
					t.Errorf("%s, %s: another state (-) is told from %s (+):\n%s", sentence, how, s.name, diff)
				}
			}
		}
	}
}

// The maintainers of the registry see everything.
func TestPrivateRecordInRegistry(t *testing.T) {
	t.Parallel()
	dirs := map[string]fstest.MapFS{"registry": mapFS(map[string]string{"policy.yaml": asksAll("confidential: true\n"), "vendors/acme-pay.yaml": recordWithSecrets(whole("denied"))})}
	for _, args := range [][]string{{"registry", "lint", "registry"}, {"explain", "acme-pay", "--registry", "registry"}} {
		run := newRun().with(dirs)
		run.main(t, args...)
		if !strings.Contains(run.stdout.String(), secretWord) {
			t.Errorf("%q prints nothing:\n%s%s", args, &run.stdout, &run.stderr)
		}
	}
}

func linesWith(text, word string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		if strings.Contains(strings.ToLower(line), word) {
			out.WriteString(line)
		}
	}
	return out.String()
}
