package cli_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/record"
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

// printed returns everything that check prints in all formats, and everything that the action writes.
func printed(t *testing.T, record, rules string) (all, comment string) {
	t.Helper()
	files := map[string]string{"policy.yaml": rules, "vendors/acme-pay.yaml": record}
	for _, format := range []string{"text", "json", "markdown"} {
		run := newRun().with(map[string]fstest.MapFS{".": {"vendors.yaml": {Data: []byte(secretManifest)}}, "registry": mapFS(files)})
		if code := run.main(t, "check", "--registry", "registry", "--repository", "acme/shop", "--format", format); code == 0 {
			t.Errorf("check passes\n%s", &run.stdout)
		}
		all += run.stdout.String() + run.stderr.String()
	}
	w := newWorld()
	w.base, w.head = map[string]string{"vendors.yaml": secretManifest, "README": "x"}, map[string]string{"vendors.yaml": secretManifest + "# changed\n", "README": "x"}
	for name, text := range files {
		w.base["registry/"+name], w.head["registry/"+name] = text, text
	}
	w.inputs["registry"], w.inputs["comment"] = "./registry", "always"
	w.start(t)
	w.run(t)
	if len(w.comments()) != 1 {
		t.Errorf("comments %q\n%s", w.comments(), w.output)
	}
	return all + w.all(), strings.Join(w.comments(), "")
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
