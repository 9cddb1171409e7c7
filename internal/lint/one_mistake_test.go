package lint_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// A value of a record that cannot be read is one finding: nothing is said about what the record lacks because of it.
func TestUnreadableValueIsOneFinding(t *testing.T) {
	effort.Alone(t)
	t.Parallel()
	const file = "vendors/calderwick-payments.yaml"
	good := gatetest.Files{"policy.yaml": gatetest.PolicyHead + gatetest.AcmeApprovers, file: gatetest.Calderwick}
	before := strings.Split(lintLines(run(t, nil, good, "").Findings), "\n")
	tree, problems := yamltree.Parse(file, []byte(gatetest.Calderwick))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	tried := 0
	for i, leaf := range leaves(tree) {
		if !effort.Takes(i, 5) || leaf.Pos.Line < 4 {
			continue // the first lines say what the file is
		}
		all := strings.SplitAfter(gatetest.Calderwick, "\n")
		line, word := all[leaf.Pos.Line-1], leaf.Text
		if leaf.Quoted {
			word = `"` + word + `"`
		}
		if at := leaf.Pos.Col - 1; at+len(word) > len(line) || line[at:at+len(word)] != word {
			continue // a text of several lines
		}
		all[leaf.Pos.Line-1] = line[:leaf.Pos.Col-1] + "odd !?" + line[leaf.Pos.Col-1+len(word):]
		got := strings.Split(lintLines(run(t, nil, good.With(gatetest.Files{file: strings.Join(all, "")}), "").Findings), "\n")
		got = slices.DeleteFunc(got, func(l string) bool { return slices.Contains(before, l) })
		if len(got) == 0 || !strings.Contains(got[0]+got[len(got)-1], `"odd !?" is not`) {
			continue // a free text, or the id of something
		}
		if tried++; len(got) > 1 {
			t.Errorf("line %d, %s: got\n  %s", leaf.Pos.Line, strings.TrimSpace(line), strings.Join(got, "\n  "))
		}
	}
	if tried < 10 {
		t.Errorf("only %d values were tried", tried)
	}
}

// A value that contradicts another one is one finding: nothing is said about what else the wrong value would mean.
func TestContradictionIsOneFinding(t *testing.T) {
	t.Parallel()
	const file = "vendors/calderwick-payments.yaml"
	good := gatetest.Files{"policy.yaml": strings.Replace(gatetest.Extends("vendorgate/strict@1"), "id: acme", "id: acme\nrules: {VG-PRB-002: off}", 1) + gatetest.AcmeApprovers, file: gatetest.Calderwick}
	before := strings.Split(lintLines(run(t, nil, good, "").Findings), "\n")
	for _, c := range [][3]string{
		{"  end: 2028-05-31", "  end: 2025-05-31", "contract.end is 2025-05-31, before contract.start"},
		{"- {id: pentest-2026, type: pentest-report", "- {id: pentest-206, type: pentest-report", `there is no evidence "pentest-2026"`},
		{"- {id: soc2-2026, type: att", "- {id: soc2-206, type: att", `there is no evidence "soc2-2026"`},
		{"responsibility_matrix: pci-matrix-2026", "responsibility_matrix: zzz", `there is no evidence "zzz"`},
		{"plan: exit-plan-2026", "plan: zzz", `there is no evidence "zzz"`},
		{"  evidence: pilot-2026\n", "  evidence: zzz\n", `there is no evidence "zzz"`},
		{"- {id: pci-aoc-2026,", "- {id: zzz,", `there is no evidence "pci-aoc-2026"`},
		{"  signed_on: 2026-05-28\n", "  signed_on: 2030-01-01\n", "contract.signed_on is 2030-01-01, which is in the future"},
		{"  period: {start: 2026-04-27", "  period: {start: 2027-04-27", "pilot.period.start is 2027-04-27, which is in the future"},
		{"  end: 2028-05-31", "  end: 2020-01-01", "contract.end is 2020-01-01, before contract.start, which is 2026-06-01, and before contract.signed_on"},
		{"approved_on: 2026-06-01", "approved_on: 2027-06-01", "it is dated 2027-06-01, which is in the future"},
		{"period: {start: 2025-10-01, end: 2026-09-30}", "period: {start: 2025-10-01, end: 2062-09-30}", "assessments[].period.end is 2062-09-30, which is in the future"},
		{"certified_on: 2025-03-14", "certified_on: 2052-03-14", "assessments[].certified_on is 2052-03-14, which is in the future"},
		{"url: https://calderwick.example/subprocessors", "url: none", "data.subprocessors.url is none, but data.subprocessors.list_sha256 is"},
		{"processing_locations: [IE", "processing_locations: [IRL", `unknown group of countries "IRL"`},
	} {
		bad := strings.Replace(gatetest.Calderwick, c[0], c[1], 1)
		if bad == gatetest.Calderwick {
			t.Fatalf("the record does not contain %q", c[0])
		}
		got := strings.Split(lintLines(run(t, nil, good.With(gatetest.Files{file: bad}), "").Findings), "\n")
		got = slices.DeleteFunc(got, func(l string) bool { return slices.Contains(before, l) })
		if len(got) != 1 || !strings.Contains(got[0], c[2]) {
			t.Errorf("%s: want one finding that says %s, got\n  %s", c[1], c[2], strings.Join(got, "\n  "))
		}
	}
}

// Each key that is missing is a finding, although all of them stand at the place of the mapping.
func TestMissingKeysAreAllFound(t *testing.T) {
	t.Parallel()
	got := lintLines(run(t, nil, gatetest.Files{
		"policy.yaml": gatetest.PolicyHead, "vendors/acme-pay.yaml": gatetest.PlainRecord, "vendors/other.yaml": "apiVersion: vendorgate/v1\nname: Other\n",
		"waivers/WVR-1.yaml": "apiVersion: vendorgate/v1\nkind: Waiver\nid: WVR-1\nvendor: acme-pay\n",
	}, "").Findings)
	for _, key := range []string{"kind", "id", "repos", "rules", "reason", "requested_by", "approved_by", "approved_on", "expires"} {
		if strings.Count(got, `"`+key+`" is missing`) != 1 {
			t.Errorf("%s is not found missing once in\n%s", key, got)
		}
	}
}

// A waiver that is not valid is a note if another one covers all that it speaks of.
func TestReplacedWaiverIsANote(t *testing.T) {
	t.Parallel()
	wrong := gatetest.Edit(t, gatetest.PlainWaiver, "2026-12-31", "2027-06-30")
	good := gatetest.Edit(t, gatetest.PlainWaiver, "WVR-1", "WVR-2", "2026-12-31", "2026-12-01")
	for _, c := range []struct{ why, other, want string }{
		{"replaced", good, "note: the waiver is not valid: it runs from 2026-11-01 to 2027-06-30, but a tier-1 use can be waived for at most 30 days, and WVR-2 covers the same"},
		{"another rule", gatetest.Edit(t, good, "VG-APR-002", "VG-APR-003"), "error: the waiver is not valid"},
		{"another repository", gatetest.Edit(t, good, "acme/shop", "acme/shed"), "error: the waiver is not valid"},
		{"not valid either", gatetest.Edit(t, good, "2026-12-01", "2027-07-30"), "error: the waiver is not valid"},
	} {
		got := lintLines(run(t, nil, gatetest.Files{
			"policy.yaml": gatetest.PolicyHead, "vendors/acme-pay.yaml": gatetest.PlainRecord, "waivers/WVR-1.yaml": wrong, "waivers/WVR-2.yaml": c.other,
		}, "").Findings)
		if !strings.Contains(got, "waivers/WVR-1.yaml:11:10: "+c.want) {
			t.Errorf("%s: got\n%s\nwant %s", c.why, got, c.want)
		}
	}
}

// leaves lists the scalars of a tree.
func leaves(n *yamltree.Node) []*yamltree.Node {
	if n.Kind == yamltree.Scalar {
		return []*yamltree.Node{n}
	}
	var out []*yamltree.Node
	for _, p := range n.Pairs {
		out = append(out, leaves(p.Value)...)
	}
	for _, item := range n.Items {
		out = append(out, leaves(item)...)
	}
	return out
}
