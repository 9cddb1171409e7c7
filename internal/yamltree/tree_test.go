package yamltree_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// show writes a tree in one line per node: position, kind, text.
func show(n *yamltree.Node) []string {
	var out []string
	var visit func(indent, label string, n *yamltree.Node)
	visit = func(indent, label string, n *yamltree.Node) {
		kind := [...]string{"null", "scalar", "map", "list"}[n.Kind]
		line := fmt.Sprintf("%s%s%d:%d %s", indent, label, n.Pos.Line, n.Pos.Col, kind)
		if n.Kind == yamltree.Scalar {
			line += fmt.Sprintf(" %q", n.Text)
		}
		if n.Quoted {
			line += " quoted"
		}
		out = append(out, line)
		for _, p := range n.Pairs {
			visit(indent+"  ", fmt.Sprintf("%d:%d %s = ", p.KeyPos.Line, p.KeyPos.Col, p.Key), p.Value)
		}
		for _, item := range n.Items {
			visit(indent+"  ", "- ", item)
		}
	}
	if n != nil {
		visit("", "", n)
	}
	return out
}

func TestParseTree(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{"nothing", "", nil},
		{"syntax error", "a: [", nil},
		{"scalars are verbatim", "a: 1.10\nb: 2026-01-31\nc: yes\nd: 010\ne: \"yes\"\nf: 'null'\n", []string{
			"1:1 map", `  1:1 a = 1:4 scalar "1.10"`, `  2:1 b = 2:4 scalar "2026-01-31"`, `  3:1 c = 3:4 scalar "yes"`,
			`  4:1 d = 4:4 scalar "010"`, `  5:1 e = 5:4 scalar "yes" quoted`, `  6:1 f = 6:4 scalar "null" quoted`,
		}},
		{"blocks", "a: |\n  x\n  y\nb: >-\n  x\n  y\nc: x\n  y\n", []string{
			"1:1 map", `  1:1 a = 1:4 scalar "x\ny\n" quoted`, `  4:1 b = 4:4 scalar "x y" quoted`, `  7:1 c = 7:4 scalar "x y"`,
		}},
		{"nulls", "a:\nb: ~\nc: null\nd: Null\ne: NULL\nf: nULL\ng: \"\"\nh:\n  # x\n\n", []string{
			"1:1 map", "  1:1 a = 1:1 null", "  2:1 b = 2:4 null", "  3:1 c = 3:4 null", "  4:1 d = 4:4 null", "  5:1 e = 5:4 null",
			`  6:1 f = 6:4 scalar "nULL"`, `  7:1 g = 7:4 scalar "" quoted`, "  8:1 h = 8:1 null",
		}},
		{"empty items", "- \n-\n- a:\n  b: 1\n-", []string{
			"1:1 list", "  - 1:2 null", "  - 2:2 null", "  - 3:3 map", "    3:3 a = 3:3 null", `    4:3 b = 4:6 scalar "1"`, "  - 5:2 null",
		}},
		{"flow", "{é: [x, {y}], z: }", []string{
			"1:1 map", "  1:2 é = 1:5 list", `    - 1:6 scalar "x"`, "    - 1:9 map", "      1:10 y = 1:10 null", "  1:15 z = 1:15 null",
		}},
		{"list below its key", "a:\n- b\n", []string{"1:1 map", "  1:1 a = 2:1 list", `    - 2:3 scalar "b"`}},
		{"root is a scalar", "--- x\n", []string{`1:5 scalar "x"`}},
		{"root is null", "~\n", []string{"1:1 null"}},
		{"BOM and CRLF", "\ufeffa: x\r\nb: |\r\n  y\r\n  z\r\nc: é w\r\n", []string{
			"1:1 map", `  1:1 a = 1:4 scalar "x"`, `  2:1 b = 2:4 scalar "y\nz\n" quoted`, `  5:1 c = 5:4 scalar "é w"`,
		}},
		{"alias of nothing", "a: 1\nb: *u\n", nil},
		{"what is wrong is missing", "a: 1\na: 2\n<<: 3\n[x]: 4\nb: &b x\nc: *b\n---\n", []string{
			"1:1 map", `  1:1 a = 1:4 scalar "1"`, `  5:1 b = 5:4 scalar "x"`, "  6:1 c = 6:4 null",
		}},
		{"tabs", "a:\n\tb: x\x00y\n", []string{"1:1 map", "  1:1 a = 2:2 map", `    2:2 b = 2:5 scalar "xy"`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			tree, _ := yamltree.Parse("f.yaml", []byte(test.text))
			if diff := cmp.Diff(test.want, show(tree)); diff != "" {
				t.Errorf("Parse(%q) tree (-want +got):\n%s", test.text, diff)
			}
		})
	}
}

func TestParseNamesTheFile(t *testing.T) {
	t.Parallel()
	tree, problems := yamltree.Parse("dir/f.yaml", []byte("a: &x 1\n"))
	want := diag.Pos{File: "dir/f.yaml", Line: 1, Col: 4}
	if len(problems) != 1 || problems[0].Pos != want {
		t.Errorf("Parse: got problems %v, want one at %v", problems, want)
	}
	if got := tree.Pairs[0].Value.Pos; got != want {
		t.Errorf("Parse: got value at %v, want %v", got, want)
	}
}

func BenchmarkParse(b *testing.B) {
	data := registry(1 << 20)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if tree, problems := yamltree.Parse("registry.yaml", data); tree == nil || len(problems) > 0 {
			b.Fatalf("Parse: got tree %t, problems %v", tree != nil, problems)
		}
	}
}

// registry is a file as users write it, just smaller than size.
func registry(size int) []byte {
	const vendor = `- id: vendor-%05d
  name: "Vendor No. %[1]d"
  # reviewed by the security team
  status: approved
  tier: 2
  owners: [team-a, team-b]
  approval: {by: jane@example.com, on: 2026-01-31, expires: 2027-01-31}
  hosts:
    - api.vendor%[1]d.example.com
    - "*.vendor%[1]d.example.net"
  versions: ">= 1.10, < 2.0"
  notes: |
    Data is kept in the EU.
    See the contract.
`
	var out strings.Builder
	for i := 0; ; i++ {
		next := fmt.Sprintf(vendor, i)
		if out.Len()+len(next) > size {
			return []byte(out.String())
		}
		out.WriteString(next)
	}
}
