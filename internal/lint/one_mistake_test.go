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
