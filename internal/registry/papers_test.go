package registry_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
)

func TestPaperFaults(t *testing.T) {
	t.Parallel()
	const f = "reg/vendors/acme.yaml:"
	for _, c := range []struct{ body, want string }{
		{"contract: {start: 2026-06-01, end: 2026-05-31}\n", f + "4:36: contract.end is 2026-05-31, before contract.start, which is 2026-06-01 | correct one of the dates\n"},
		{"contract: {start: 2026-06-01, end: 2026-06-01}\n", ""},
		{"contract: {start: 2026-06-01, end: null}\n", ""},
		{"pilot: {period: {start: 2026-06-02, end: 2026-06-01}}\n", f + "4:42: pilot.period.end is 2026-06-01, before pilot.period.start, which is 2026-06-02 | correct one of the dates\n"},
		{"assessments: [{id: a, type: iso27001, certified_on: 2026-06-01, expires: 2026-05-01}]\n", f + "4:74: expires is 2026-05-01, before certified_on, which is 2026-06-01 | correct one of the dates\n"},
		{"assessments: [{id: a, type: pentest}, {id: a, type: caiq}]\n", f + `4:44: assessments has two entries with the id "a" | give each its own id` + "\n"},
		{"assessments: [{id: a, type: pentest, evidence: e}]\n", f + `4:48: there is no evidence "e" | add it to evidence, or correct the id` + "\n"},
		{"exit: {plan: pci-aoc-2026}\nevidence: [{id: pilot-2026, type: evidence, assurance: tested}]\n", f + `4:14: there is no evidence "pci-aoc-2026" | add it to evidence, or correct the id` + "\n"},
		{"exit: {plan: exit-plan-206}\nevidence: [{id: exit-plan-2026, type: evidence, assurance: tested}]\n", f + `4:14: there is no evidence "exit-plan-206" | did you mean "exit-plan-2026"?` + "\n"},
		{"exit: {plan: exit-2025}\npilot: {evidence: exit-2026}\nevidence: [{id: exit-2026, type: evidence, assurance: tested}]\n", f + `4:14: there is no evidence "exit-2025" | add it to evidence, or correct the id` + "\n"},
		{"contract: {signed_on: 2026-06-02, start: 2026-06-01, end: 2026-05-31}\n", f + "4:59: contract.end is 2026-05-31, before contract.start, which is 2026-06-01, and before contract.signed_on, which is 2026-06-02 | correct one of the dates\n"},
		{"assessments: [{id: a, type: soc2-type2, period: {end: 2026-06-01}, issued: 2026-05-01, bridge_letter: {issued: 2026-05-02}}]\n", f + "4:76: issued is 2026-05-01, before period.end, which is 2026-06-01 | correct one of the dates\n"},
		{"compliance: {dpa: {status: missing, signed_on: 2026-05-01, evidence: d}}\nevidence: [{id: d, type: evidence, assurance: tested}]\n", f + "4:48: compliance.dpa.status is missing, but compliance.dpa.signed_on is 2026-05-01 and compliance.dpa.evidence is d | correct the one that is wrong\n"},
		{"assessments: [{id: a, type: pentest, scope_services: [core, acme]}]\n", ""},
		{"assessments: [{id: a, type: pentest, scope_services: [cor]}]\n", f + `4:55: scope_services contains "cor", which is not in apis | use ids of APIs in this record, or the record's id for all of them` + "\n"},
		{"exit: {plan: e}\nevidence: [{id: e, type: evidence, assurance: tested, supports: [exit, 'logging.*', compliance.pci.role, assessments.a]}]\n", ""},
		{"evidence: [{id: e, type: evidence, assurance: tested, supports: [loging.retention]}]\n", f + `4:66: evidence supports "loging.retention", which is not an attribute of records | did you mean "logging.retention"?` + "\n"},
		{"evidence: [{id: e, type: evidence, assurance: tested, supports: ['*']}]\n", f + `4:66: evidence supports "*", which is not an attribute of records | write the path of an attribute, or of a mapping for all below it` + "\n"},
	} {
		v := vendor(t, vendorHead+c.body)
		if diff := cmp.Diff(c.want, lines(v.Faults)); diff != "" || len(v.Problems) > 0 {
			t.Errorf("%s: faults (-want +got)\n%s, problems %s", c.body, diff, lines(v.Problems))
		}
	}
}

func TestSupports(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, path string
		want          bool
	}{
		{"logging.*", "logging.retention", true},
		{"logging", "logging.retention", true},
		{"logging.retention", "logging.retention", true},
		{"logging.*", "logging", true},
		{"log", "logging.retention", false},
		{"logging.retention", "logging", false},
		{"logging.retention", "logging.retention_days", false},
	} {
		if got := registry.Supports(c.pattern, c.path); got != c.want {
			t.Errorf("Supports(%q, %q): got %v, want %v", c.pattern, c.path, got, c.want)
		}
	}
}

// The two records that the rules are tried on are read without a problem, every line of them.
func TestFullRecords(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"calderwick", "quillnest"} {
		data, err := os.ReadFile("../gate/gatetest/testdata/" + name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		id := map[string]string{"calderwick": "calderwick-payments", "quillnest": "quillnest-messaging"}[name]
		tree := source.New("reg", "", files(map[string]string{"vendors/" + id + ".yaml": string(data)}))
		r, err := registry.Open(tree.Trust(source.Apart), tree.Trust(source.BuiltIn))
		if err != nil {
			t.Fatal(err)
		}
		v, err := r.Vendor(id)
		if err != nil || v == nil {
			t.Fatalf("Vendor(%s): got %v, error %v", id, v, err)
		}
		if got := lines(v.Problems) + lines(v.Faults); got != "" {
			t.Errorf("%s:\n%s", name, got)
		}
		if name == "calderwick" && !strings.Contains(string(data), "breach_simulation") {
			t.Error("the good record is not the full one")
		}
	}
}
