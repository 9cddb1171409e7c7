package yamltree_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// bomb is a small or large file that is expensive to read for a careless reader.
type bomb struct {
	name, text, want string
}

func bombs() []bomb {
	full := func(unit string) string { return strings.Repeat(unit, yamltree.MaxBytes/len(unit)) }
	within := func(left, unit, right string) string {
		return left + strings.Repeat(unit, (yamltree.MaxBytes-len(left)-len(right))/len(unit)) + right
	}
	var keys, aliases, merges strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&keys, "k%d: 1\n", i)
	}
	aliases.WriteString("a0: &a0 [x, x]\n")
	merges.WriteString("a0: &a0 {x: 1}\n")
	for i := range 30 {
		fmt.Fprintf(&aliases, "a%d: &a%d [*a%d, *a%d]\n", i+1, i+1, i, i)
		fmt.Fprintf(&merges, "a%d: &a%d {<<: [*a%d, *a%d]}\n", i+1, i+1, i, i)
	}
	const deep, many, tooManyKeys, lines = "nested more than 32 levels deep", "the file contains more than 200000 values", "keys; at most 1000 are read", "more than 200000 lines and commas"
	return []bomb{
		{"open brackets", full("["), deep},
		{"open maps", full("{a: "), deep},
		{"nested dashes", full("- "), deep},
		{"4990 deep, 20 times", strings.Repeat("- "+strings.Repeat("[", 4990)+strings.Repeat("]", 4990)+"\n", 20), deep},
		{"questions", full("? "), lines},
		{"100000 keys", keys.String(), tooManyKeys},
		{"one key, 150 KB", strings.Repeat("k: 1\n", 30_000), "is written twice"},
		{"one key, 1 MB", full("k: 1\n"), lines},
		{"aliases", aliases.String(), "an alias (*name)"},
		{"merges", merges.String(), `a merge key ("<<")`},
		{"merge after map key", "{{},<<}", "a key that is a map or a list"},
		{"merge after list key", "{[],<<: {a: 1}}", "a key that is a map or a list"},
		{"self alias", "a: &a [*a]\n", "an alias (*name)"},
		{"percent", full("%"), `a line that begins with "%"`},
		{"percent lines", full("%a\n"), "begins with"},
		{"no-break spaces", full("\u00a0-\u00a0a\n"), "a no-break space (U+00A0)"},
		{"invisible characters", full("a\u200b,"), "an invisible character (U+200B)"},
		{"conflicts", full("<<<<<<< a\n"), "the beginning of a merge conflict"},
		{"anchors", full("&a "), "an anchor (&name)"},
		{"keys in a row", full("a: "), `an unexpected ": "`},
		{"long word", full("x"), ""},
		{"long quote", within(`"`, "x", `"`), ""},
		{"long open quote", within(`"`, "x", ""), "a quote that is not closed"},
		{"long block", within("a: |\n", " some text\n", ""), ""},
		{"comments", within("a: 1\n", "# comment\n", ""), ""},
		{"empty comments", within("a: 1\n", "#\n", ""), lines},
		{"comments after values", strings.Repeat("- a #c\n", 50_000), ""},
		{"commented items", within("a:\n", " #\n - a\n", ""), lines},
		{"many items", within("a:\n", "- a\n", ""), lines},
		{"commas", within("[", "a,", "]"), lines},
		{"pairs in a list", within("[", ":,", "]"), lines},
		{"questions in a list", within("[", "? ,", "]"), lines},
		{"keys in a flow map", within("{", "a,", "}"), lines},
		{"wide keys in a flow map", within("{", "é,", "}"), lines},
		{"empty keys", full(":\n"), lines},
		{"empty questions", full("?\n"), lines},
		{"questions on lines", full("?   \n: \n"), lines},
		{"empty items", full("-\n"), lines},
		{"nested questions", full("? ? ? ? ?\n"), lines},
		{"nested questions on short lines", full("? ? \n"), lines},
		{"empty lists", within("[", "[],", "]"), lines},
		{"error at the end", "- [" + strings.Repeat("{a}, ", 25_000) + "]\nx: 1\n#\n", "this line does not fit"},
		{"error in the middle", "- 1\n" + strings.Repeat("-\n", 60_000) + "x: 1\n", "a missing value, or"},
		{"error after comments", "- 1\n" + strings.Repeat("#\n-\n", 25_000) + "x: 1\n#\n#\n- 1\n", "a missing value, or"},
		{"NUL", full("\x00"), "a NUL character"},
		{"bad bytes", full("\xff "), "bytes that are not UTF-8"},
		{"carriage returns", full("\r"), "a carriage return without a line feed"},
		{"tabs", full("\tx\n"), "a tab in the indentation"},
		{"line feeds", full("\n"), lines},
		{"documents", full("---\n"), lines},
		{"one line of wide characters", within("[", "é,", "]"), lines},
	}
}

// maxWork is how many bytes reading a text may allocate: linear in its length, with room for what a small one needs.
func maxWork(text string) uint64 { return 1<<22 + 500*uint64(len(text)) }

func TestBombs(t *testing.T) { //nolint:paralleltest // counts what the process allocates
	effort.Alone(t)
	for _, b := range bombs() {
		var tree *yamltree.Node
		var problems []diag.Problem
		work := effort.Allocated(func() { tree, problems = yamltree.Parse("f", []byte(b.text)) })
		t.Logf("%-32s %4d bytes for each, %4d MB %2d problems", b.name, work/uint64(len(b.text)), work>>20, len(problems))

		if work > maxWork(b.text) {
			t.Errorf("Parse(%s) allocates %d bytes for %d", b.name, work, len(b.text))
		}
		if b.want == "" {
			if tree == nil || len(problems) > 0 {
				t.Errorf("Parse(%s): got tree %t and problems %v, want a tree and none", b.name, tree != nil, problems)
			}
			continue
		}
		if !slices.ContainsFunc(problems, func(p diag.Problem) bool { return strings.Contains(p.Message, b.want) }) {
			t.Errorf("Parse(%s): got problems %v, want %q among them", b.name, problems, b.want)
		}
	}
}
