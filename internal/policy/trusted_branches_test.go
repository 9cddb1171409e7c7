package policy_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

func TestTrustsBranch(t *testing.T) {
	t.Parallel()
	p := gatetest.Load(t, gatetest.PolicyHead+"trusted_branches: [release/*, lts, \"[0-9].x\"]\n")
	for branch, want := range map[string]bool{
		"release/1.0": true, "lts": true, "2.x": true,
		"": false, "main": false, "release": false, "release/1/fix": false, "Release/1": false, "x/release/1": false, "lts2": false, "22.x": false,
	} {
		if got := p.TrustsBranch(branch); got != want {
			t.Errorf("TrustsBranch(%q) = %v, want %v", branch, got, want)
		}
	}
	if gatetest.Load(t, "").TrustsBranch("main") {
		t.Error("a policy that lists no branches trusts one")
	}
}

// A pattern that trusts what anyone can create, or that no branch has, is a mistake and not a setting.
func TestTrustedBranchesRefused(t *testing.T) {
	t.Parallel()
	for pattern, want := range map[string]string{
		`"*"`: "anyone can create", `"*/*"`: "anyone can create", `"?*"`: "anyone can create", `"[a-z]*"`: "anyone can create", `"[!x]*/[a-z]*"`: "anyone can create",
		`"release/{1,2}"`: "write one entry for each: `release/1`, `release/2`", `"!x"`: "list the branches that are trusted", "origin/release/*": "write `release/*`", `"(release|hotfix)/.*"`: "write one pattern for each kind of branch",
		"release/**": "** has no meaning", "refs/heads/lts": "write `lts`", "refs/tags/v1": "no branch is called", "/lts": "no branch is called", `"release /*"`: "write the name of a branch", "release//x": "write `release/x`", "rel..x": "write `rel.x`", `"-rel"`: "write `rel`", "x.lock": "write `x`", `"@"`: "no branch is called",
	} {
		problems := gatetest.Problems(t, "trusted_branches: ["+pattern+"]\n")
		if len(problems) != 1 || !strings.Contains(problems[0], want) {
			t.Errorf("%s: got %q, want %q", pattern, problems, want)
		}
	}
}
