package registry_test

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate"
	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// The cases are separated by lines of equals signs; a line of dashes stands between what goes in and what comes out.
func TestFormat(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/format.txt")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for part := range strings.SplitSeq(string(data), "====\n") {
		title, rest, _ := strings.Cut(part, "\n")
		in, want, ok := strings.Cut(rest, "----\n")
		if !ok {
			t.Fatalf("%q has no two halves", title)
		}
		count++
		t.Run(title, func(t *testing.T) {
			t.Parallel()
			table := record.Table()
			if strings.Contains(in, "kind: Policy") {
				table = policy.Table()
			}
			for _, form := range []func(string) string{
				func(s string) string { return s },
				func(s string) string { return "\ufeff" + s },
				func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
			} {
				got, problems := registry.Format(table, "f", []byte(form(in)))
				if len(problems) > 0 {
					t.Fatalf("Format(%q): %v", form(in), problems)
				}
				if diff := cmp.Diff(form(want), string(got)); diff != "" {
					t.Errorf("Format (want, got):\n%s", diff)
				}
				checkFormat(t, table, form(in))
			}
		})
	}
	if count < 10 {
		t.Errorf("%d cases; the test has lost its way", count)
	}
}

// checkFormat holds the properties of every formatted file: the second time nothing changes, the values are the same, and
// so are the lines, less the dash that passes from one key of an item to another, and the margin of comments above it.
func checkFormat(t *testing.T, table *attr.Table, in string) {
	t.Helper()
	out, problems := registry.Format(table, "f", []byte(in))
	if len(problems) > 0 {
		return
	}
	again, problems := registry.Format(table, "f", out)
	if len(problems) > 0 || string(again) != string(out) {
		t.Errorf("Format(%q) is %q; formatted again it is %q %v", in, out, again, problems)
	}
	before, _ := table.Parse("f", []byte(in))
	after, problems := table.Parse("f", out)
	if len(problems) > 0 || !before.Same(after) {
		t.Errorf("Format(%q) is %q, which says something else %v", in, out, problems)
	}
	if diff := cmp.Diff(bag(in), bag(string(out))); diff != "" {
		t.Errorf("Format(%q) has other lines:\n%s", in, diff)
	}
}

func bag(text string) []string {
	text = strings.TrimPrefix(text, "\ufeff")
	var out []string
	for line := range strings.Lines(text) {
		out = append(out, strings.Trim(line, " -\t\r\n"))
	}
	slices.Sort(out)
	return out
}

// What stands in the repository is read and written back: whole files, with their keys in any order. All of them three
// times in full, and otherwise one of twenty once.
func TestFormatShuffled(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	embedded := map[string]string{}
	err := fs.WalkDir(vendorgate.Registry, "vendors", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			data, _ := fs.ReadFile(vendorgate.Registry, name)
			embedded[name] = string(data)
		}
		return err
	})
	if err != nil || len(embedded) == 0 {
		t.Fatalf("%d embedded records, %v", len(embedded), err)
	}
	names, err := filepath.Glob("../gate/gatetest/testdata/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no full records: %v", err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), "kind: Vendor\n") {
			embedded[name] = string(data)
		}
	}
	for i, name := range slices.Sorted(maps.Keys(embedded)) {
		if !effort.Takes(i, 20) {
			continue
		}
		in := embedded[name]
		want, problems := registry.Format(record.Table(), name, []byte(in))
		if len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
			continue
		}
		for seed := range uint64(1 + i%2) {
			text := shuffled(string(want), seed)
			got, problems := registry.Format(record.Table(), name, []byte(text))
			if len(problems) > 0 {
				t.Fatalf("%s, seed %d: %v\n%s", name, seed, problems, text)
			}
			if diff := cmp.Diff(withoutBlanks(string(want)), withoutBlanks(string(got))); diff != "" {
				t.Fatalf("%s, seed %d, other order (want, got):\n%s", name, seed, diff)
			}
			checkFormat(t, record.Table(), text)
		}
	}
}

// Whatever stands in a file, and in whatever order: it can be put in order.
func TestFormatAnything(t *testing.T) {
	t.Parallel()
	keys := []string{
		"apiVersion: vendorgate/v1\n", "kind: Vendor # beside\n", "id:\n  acme\n", "name: |\n  a\n\n  # b\n\n", "description: >-\n\n    # c\n   \n\n", "status_reason: 'd\n\n# e\n  # f'\n",
		"aliases: [\n# g\na, b,\n\n]\n", "domains:\n- a.example\n\n# h\n- b.example\n", "sdks:\n    # i\n\n    - pkg:npm/a # j\n    # k\n",
		"provider:\n  # l\n\n  website: https://a.example\n  # m\n  id: a\n    # n\n", "links: {docs: https://a.example,\n  # o\n  security: https://b.example}\n",
		"apis:\n- base_url: https://a.example\n  versions:\n  - status: current\n\n    # p\n    id: \"1 \\\" # q\n      # r\"\n# s\n  id: a\n-   id: b\n", "risk:\n   residual: low\n   tier: 2\n",
		"detect: {token_patterns: ['a''#\n  # ''t'], env_names: [A]}\n", "category: \"pay\\\n  ments\"\n", "incidents:\n  - severity: sev1\n    ref: |2-\n       u\n\n      # v\n    date: 2026-01-01\n",
	}
	between := []string{"", "", "", "\n", "# w\n", "# x\n\n", "\n# y\n", "    # z\n", " \n\t\n"}
	for seed := range uint64(100) {
		random := rand.New(rand.NewPCG(seed, 0))
		var text strings.Builder
		for _, i := range random.Perm(len(keys)) {
			text.WriteString(keys[i] + between[random.IntN(len(between))])
		}
		if _, problems := registry.Format(record.Table(), "f", []byte(text.String())); len(problems) > 0 {
			t.Fatalf("seed %d: %v\n%s", seed, problems, &text)
		}
		checkFormat(t, record.Table(), text.String())
	}
}

// shuffled moves the keys at the root of a file, each with the lines below it.
func shuffled(text string, seed uint64) string {
	var blocks []string
	for line := range strings.Lines(text) {
		if len(blocks) == 0 || strings.TrimSpace(line) != "" && !strings.ContainsAny(line[:1], " #-") {
			blocks = append(blocks, "")
		}
		blocks[len(blocks)-1] += line
	}
	rand.New(rand.NewPCG(seed, seed)).Shuffle(len(blocks), func(i, j int) { blocks[i], blocks[j] = blocks[j], blocks[i] })
	return strings.Join(blocks, "")
}

func withoutBlanks(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			out.WriteString(line)
		}
	}
	return out.String()
}

// What the reader refuses is not touched.
func TestFormatRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, want string }{
		{"", "f:1:1: the file has no YAML document"},
		{vendorHead + "firewall: x\n", `f:4:1: unknown key "firewall"`},
		{vendorHead + "name: *x\n", "f:4:7: an alias (*name)"},
		{"status_reason: |+\n  text\n\n" + vendorHead + "\nname: Acme\n" + "\nsunset: 2026-01-01\n", "f:1:1: the keys of this file cannot be reordered without changing its meaning"},
		{vendorHead + "description: |\n  text", "f:1:1: the keys of this file cannot be reordered without changing its meaning"},
	} {
		got, problems := registry.Format(record.Table(), "f", []byte(test.text))
		if got != nil || len(problems) == 0 || fmt.Sprintf("%s: %s", problems[0].Pos, problems[0].Message) != test.want {
			t.Errorf("Format(%q) is %q, %v; want the problem %q", test.text, got, problems, test.want)
		}
	}
}

// No file takes much work, whatever it is made of.
func TestFormatBombs(t *testing.T) { //nolint:paralleltest // counts what the process allocates
	effort.Alone(t)
	all := bombs()
	all["one line"] = vendorHead + "aliases: [" + manyTexts(bombSize/10) + "]\n"
	all["blank lines"] = vendorHead + strings.Repeat("\n", bombSize/6)
	all["comments"] = vendorHead + "provider:\n" + strings.Repeat("  #\n", bombSize/6) + "  id: a\n"
	for name, text := range all {
		work := effort.Allocated(func() { _, _ = registry.Format(record.Table(), "f", []byte(text)) })
		t.Logf("%-24s %4d bytes for each", name, work/uint64(len(text)))
		if work > maxWork(text) {
			t.Errorf("Format(%s) allocates %d bytes for %d", name, work, len(text))
		}
	}
	text := "apiVersion: vendorgate/v1\nkind: Policy\nid: a\nrequirements: [{id: AA, attr: name, in: [" + manyTexts(bombSize/20) + "]}]\n"
	var problems []diag.Problem
	work := effort.Allocated(func() { _, problems = registry.Format(policy.Table(), "f", []byte(text)) })
	if len(problems) > 0 || work > maxWork(text) {
		t.Errorf("one long line: %d bytes allocated for %d, problems %v", work, len(text), problems)
	}
}

func manyTexts(n int) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, "'%d', ", i)
	}
	return out.String()
}

func FuzzFormat(f *testing.F) {
	tables := []*attr.Table{record.Table(), registry.WaiverTable(), policy.Table()}
	for _, kind := range []string{"vendor", "waiver", "policy"} {
		seeds(f, kind)
	}
	data, err := os.ReadFile("testdata/format.txt")
	if err != nil {
		f.Fatal(err)
	}
	for part := range strings.SplitSeq(string(data), "====\n") {
		_, text, _ := strings.Cut(part, "\n")
		in, out, _ := strings.Cut(text, "----\n")
		f.Add(in)
		f.Add(out)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, table := range tables {
			checkFormat(t, table, text)
		}
	})
}
