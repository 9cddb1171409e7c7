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
	const regular = "write one pattern for each kind of branch, such as release/*"
	for pattern, want := range map[string]string{
		"release//x": "write `release/x`", "/lts": "write `lts`", "lts/": "write `lts`", "rel..x": "write `rel.x`", "-rel": "write `rel`", "x.lock": "write `x`", "x.lock/y": "write `x/y`",
		"@": other, "HEAD": other, "": other, "refs/tags/v1": other, "refs/heads/lts": "write `lts`", "a b": other, "a~1": other, "a^": other, "a:b": other, `a\b`: other,
		"a\x7f": other, "a\tb": other, "release/{1,2}": "write one entry for each: `release/1`, `release/2`", "{a,b c}": other, "!x": "list the branches that are trusted",
		"origin/release/*": "write `release/*`", "remotes/origin/x": "write `x`", "origin/*": other, "(release|hotfix)/.*": regular, "release/.*": regular, "^main$": regular, "v[0-9]+": regular,
		"refs/heads/release/{a,b}": "write one entry for each: `release/a`, `release/b`", ".a": "write `a`", "a/.b": "write `a/b`", "a.": "write `a`", "a@{b": "write `a@b`", "*.lock": other, "release/[": "write `release/*`",
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
