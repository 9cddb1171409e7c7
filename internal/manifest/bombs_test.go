package manifest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/manifest"
)

// bombSize is the size of the largest file that is read if tests run in full.
var bombSize = effort.Size(1<<20, 1<<17)

// fill repeats a unit between two texts.
func fill(left, unit, right string) string {
	return left + strings.Repeat(unit, (bombSize-len(left)-len(right))/len(unit)) + right
}

// count is fill with a running number in each unit.
func count(left, unit string) string {
	var out strings.Builder
	out.WriteString(left)
	for i := 0; out.Len() < bombSize-len(unit)-10; i++ {
		fmt.Fprintf(&out, unit, i)
	}
	return out.String()
}

// bombs are files that are expensive for a careless reader: those that YAML makes possible, and those that are good
// YAML and a bad manifest.
func bombs() map[string]string {
	const top = head + "owner: o\n"
	var aliases strings.Builder
	aliases.WriteString("a0: &a0 [x, x]\n")
	for i := range 30 {
		fmt.Fprintf(&aliases, "a%d: &a%d [*a%d, *a%d]\n", i+1, i+1, i, i)
	}
	return map[string]string{
		"brackets": fill("", "[", ""), "maps": fill("", "{a: ", ""), "dashes": fill("", "- ", ""), "questions": fill("", "? ", ""), "aliases": aliases.String(),
		"merge": "{{},<<}", "merge into a list": "{[],<<: {a: 1}}", "one key": strings.Repeat("k: 1\n", bombSize/40), "many keys": count("", "k%d: 1\n"), "documents": fill("", "---\n", ""),
		"percent": fill("", "%", ""), "NUL": fill("", "\x00", ""), "bad bytes": fill("", "\xff ", ""), "tabs": fill("", "\tx\n", ""), "carriage returns": fill("", "\r", ""),
		"too big": strings.Repeat("#", 1<<20+1), "one word": fill("", "x", ""), "open quote": fill(`"`, "x", ""),

		"scalars as entries": top + "vendors:\n" + strings.Repeat("- x\n", bombSize/8), "empty entries": top + "vendors:\n" + strings.Repeat("- {}\n", bombSize/8),
		"entries": count(top+"vendors:\n", "- {id: a%d, purpose: p, environments: [prod], data: [none]}\n"), "one entry": fill(top+"vendors:\n", "- {id: a, purpose: p, environments: [prod], data: [none]}\n", ""),
		"entries without keys": count(top+"vendors:\n", "- {id: a%d}\n"), "classes": count(top+"vendors:\n- id: a\n  purpose: p\n  environments: [prod]\n  data:\n", "  - c%d\n"),
		"secrets":   count(top+"vendors:\n- id: a\n  secrets:\n", "  - S%d\n"),
		"endpoints": count(top+"vendors:\n- id: a\n  endpoints:\n", "  - https://a%d.example\n"), "ignores": fill(top+"ignore:\n", "- {reason: x}\n", ""),
		"unknown keys in entries": count(top+"vendors:\n", "- {envirmonents%d: 1, purpsoe: 2, critical_or_importnat_functions: 3}\n"),
		"long unknown keys":       count(top, strings.Repeat("k", 110)+"%d: 1\n"), "long text": fill(top+"component: ", "x", ""), "long id": fill(top+"vendors:\n- id: ", "x", "\n"),
		"almost secrets": fill(top+"registry: ", "eyJ.", ""), "urls": fill(top+"registry: ", "a://b:", ""), "wrong environments": fill(top+"vendors:\n- environments: [", "prd,", "prd]"),
	}
}

// maxWork is how many bytes reading a text may allocate: linear in its length, with room for what a small one needs.
func maxWork(text string) uint64 { return 1<<22 + 500*uint64(len(text)) }

func TestBombs(t *testing.T) { //nolint:paralleltest // counts what the process allocates
	effort.Alone(t)
	for name, text := range bombs() {
		var m manifest.Manifest
		work := effort.Allocated(func() { m = manifest.Parse("p", "f", []byte(text)) })
		t.Logf("%-24s %4d bytes for each, %7d problems %6d uses", name, work/uint64(len(text)), len(m.Problems), len(m.Uses))
		if work > maxWork(text) {
			t.Errorf("Parse(%s) allocates %d bytes for %d", name, work, len(text))
		}
		good := name == "entries" || name == "classes" // unless there are too many of them
		if n := len(m.Problems); n == 0 && !good || n > diag.MaxProblems {
			t.Errorf("Parse(%s): got %d problems", name, n)
		}
		checkPositions(t, text, m.Problems)
	}
}
