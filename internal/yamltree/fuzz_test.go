package yamltree_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/corpus"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// widths are the lengths of the lines of a file in characters, as an editor shows them.
func widths(text string) []int {
	text = strings.TrimSuffix(strings.TrimPrefix(text, "\ufeff"), "\n")
	var out []int
	for line := range strings.SplitSeq(text, "\n") {
		out = append(out, utf8.RuneCountInString(line))
	}
	return out
}

// checkResult holds the properties of every result.
func checkResult(t *testing.T, text string, tree *yamltree.Node, problems []diag.Problem) {
	t.Helper()
	lines := widths(text)
	inside := func(p diag.Pos) {
		if p.File != "f" || p.Line < 1 || p.Line > len(lines) || p.Col < 1 || p.Col > lines[p.Line-1]+1 {
			t.Errorf("Parse(%.200q): position %v lies outside the file", text, p)
		}
	}
	if tree == nil && len(problems) == 0 {
		t.Errorf("Parse(%.200q): got neither a tree nor a problem", text)
	}
	if len(problems) > yamltree.MaxProblems {
		t.Errorf("Parse(%.200q): got %d problems, want at most %d", text, len(problems), yamltree.MaxProblems)
	}
	for _, p := range problems {
		inside(p.Pos)
		if p.Message == "" || len(p.Message) > 200 || strings.Contains(p.Message, "yaml:") {
			t.Errorf("Parse(%.200q): unfit message %q", text, p.Message)
		}
	}
	if tree != nil {
		checkTree(t, tree, len(problems) == 0, inside)
	}
}

func checkTree(t *testing.T, n *yamltree.Node, clean bool, inside func(diag.Pos)) {
	t.Helper()
	inside(n.Pos)
	checkText(t, n.Text, clean)
	seen := map[string]bool{}
	for _, p := range n.Pairs {
		inside(p.KeyPos)
		checkText(t, p.Key, clean)
		if seen[p.Key] {
			t.Errorf("key %q is listed twice in the tree", p.Key)
		}
		seen[p.Key] = true
		checkTree(t, p.Value, clean, inside)
	}
	for _, item := range n.Items {
		checkTree(t, item, clean, inside)
	}
}

func checkText(t *testing.T, text string, clean bool) {
	t.Helper()
	if clean && (!utf8.ValidString(text) || strings.ContainsAny(text, "\x00\r\x1b\x7f\u0085\u200b\u200e\u2028\u202e\u2066\ufeff")) {
		t.Errorf("text %q holds a forbidden character, and nothing was reported", text)
	}
}

func FuzzParse(f *testing.F) {
	for _, b := range bombs() {
		f.Add(b.text[:min(len(b.text), 2000)])
	}
	for _, text := range corpus.YAMLSeeds(f) {
		f.Add(text)
	}
	for _, text := range []string{"\ufeffa: 1\r\nb:\r\n", "a: \"\\u202e\"", "a\r\r\nb", "- !\n- ! a", "? a\n: b", "a: 1\n...\n--- x", "\xff\xfe", "%TAG ! x\n---\n", "a: |\n\t\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tree, problems := yamltree.Parse("f", []byte(text))
		checkResult(t, text, tree, problems)
	})
}

func TestYAMLTestSuite(t *testing.T) {
	t.Parallel()
	// These invalid cases are read: yaml.v3 is lenient with the indentation of flow collections and quotes, with
	// comments that no space precedes, with dashes and escapes. None of it hides a value or gives it another meaning.
	accepted := []string{"9C9N", "9JBA", "CVW2", "G5U8", "HRE5", "QB6E", "S98Z", "SU5Z", "X4QW", "YJV2", "Y79Y/000"}
	for _, c := range corpus.YAMLCases(t) {
		tree, problems := yamltree.Parse("f", []byte(c.YAML))
		checkResult(t, c.YAML, tree, problems)
		if read := len(problems) == 0; c.Invalid && read != slices.Contains(accepted, c.ID) {
			t.Errorf("Parse(case %s, %s, invalid: %q): got problems %v", c.ID, c.Name, c.YAML, lines(problems))
		}
	}
}
