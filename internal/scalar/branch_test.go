package scalar_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

// A pattern has a problem if git refuses all names that it matches, and the hint names one without.
func TestBranchPattern(t *testing.T) {
	t.Parallel()
	const other = "write the name of a branch, such as release/1.x, or a pattern, such as release/*"
	for pattern, want := range map[string]string{
		"release//x": "write `release/x`", "/lts": "write `lts`", "lts/": "write `lts`", "rel..x": "write `rel.x`", "-rel": "write `rel`", "x.lock": "write `x`", "x.lock/y": "write `x/y`",
		"@": other, "HEAD": other, "": other, "refs/tags/v1": other, "refs/heads/lts": "write `lts`", "a b": "write `ab`", "a~1": "write `a1`", "a^": "write `a`", "a:b": "write `ab`", `a\b`: "write `ab`",
		"a\x7f": "write `a`", "a\tb": "write `ab`", ".a": "write `a`", "a/.b": "write `a/b`", "a.": "write `a`", "a@{b": "write `a@b`", "*.lock": "write `*`", "release/[": "write `release/*`",
		"-..//.lock": "write `lock`", "x.lock.lock": "write `x`", "//..//-": other,
	} {
		problem, hint := scalar.BranchPattern(pattern)
		if problem == "" || hint != want {
			t.Errorf("BranchPattern(%q) = %q, %q, want a problem and %q", pattern, problem, hint, want)
		}
		if written, ok := strings.CutPrefix(hint, "write `"); ok {
			if again, _ := scalar.BranchPattern(strings.TrimSuffix(written, "`")); again != "" {
				t.Errorf("%q: the hint %q: %s", pattern, hint, again)
			}
		}
	}
	for _, pattern := range []string{"main", "release/*", "release/[0-9].x", "a@b", "@a", "a.lock.x", "a-", "feature/HEAD", "x.locked", "é", "rel?ase"} {
		if problem, hint := scalar.BranchPattern(pattern); problem != "" || hint != "" {
			t.Errorf("BranchPattern(%q) = %q, %q, want none", pattern, problem, hint)
		}
	}
}
