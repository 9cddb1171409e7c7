package manifest_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/manifest"
)

// TestPlaceProblem: a place without a problem accepts the manifest beside it, and the hint of one with a problem does.
func TestPlaceProblem(t *testing.T) {
	t.Parallel()
	for glob, accepted := range map[string]string{
		"vendors.yaml": "vendors.yaml", "services/*/vendors.y?ml": "services/a/vendors.yaml", "**/*.yaml": "a/b/vendors.yaml",
		"services": "services/a/vendors.yml", "services/v1.2": "services/v1.2/vendors.yaml", "./apps/*": "apps/web/.github/vendors.yaml",
		"{a,b}/vendors.yaml": "b/vendors.yaml", "/x": "x/vendors.yaml", "vendors.{yaml,yml}": "vendors.yml",
	} {
		problem, _ := manifest.PlaceProblem(glob)
		inside := manifest.InPlace([]string{glob}, accepted)
		if problem != "" || !inside {
			t.Errorf("%q: problem %q, accepts %s: %v", glob, problem, accepted, inside)
		}
	}
	for glob, hint := range map[string]string{
		"services/*/vendor.yaml":  "write `services/*/vendors.yaml`, or the folder alone",
		"vendors.json":            "write `vendors.yaml`, or the folder alone",
		`services\api`:            "write `services/api`",
		"../vendors.yaml":         "write a path from the root of the repository",
		"services/./vendors.yaml": "write `services/vendors.yaml`",
		"services//vendors.yaml":  "write `services/vendors.yaml`",
		"a/../b":                  "write `b`",
		"a/../../b":               "write a path from the root of the repository",
		"!a/vendors.yaml":         "list the files or folders that are meant",
		`a\\..//b/vendors.yaml`:   "write `b/vendors.yaml`",
	} {
		if problem, got := manifest.PlaceProblem(glob); problem == "" || got != hint {
			t.Errorf("%q: %q, hint %q, want %q", glob, problem, got, hint)
		}
		if written, ok := strings.CutPrefix(hint, "write `"); ok {
			written, _, _ = strings.Cut(written, "`")
			if again, _ := manifest.PlaceProblem(written); again != "" {
				t.Errorf("%q: the hint %q: %s", glob, hint, again)
			}
		}
	}
}
