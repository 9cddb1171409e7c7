package cli_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/process"
)

// A fork of a release still names the image of the repository that it was forked from. Its own registry is not in there, so a run
// that needs it is refused.
func TestForkRunsAnotherImage(t *testing.T) {
	t.Parallel()
	const released = "vendorgate/vendorgate"
	for _, tt := range []struct {
		name, image, action, registry string
		code                          int
	}{
		{"a fork", released, "acme/gate", "", 2},
		{"a fork with a registry elsewhere", released, "acme/gate", "./registry", 0},
		{"the released action", released, released, "", 1},
		{"in another case", released, "VendorGate/vendorgate", "", 1},
		{"a fork that publishes its own image", "acme/gate", "acme/gate", "", 1},
		{"a fork that builds its Dockerfile", "", "acme/gate", "", 1},
		{"an action in the checkout", released, "", "", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			run := newRun().with(map[string]fstest.MapFS{
				".":          files("vendors.yaml", goodManifest),
				"./registry": files("vendors/larkspur-mail.yaml", goodRecord, "policy.yaml", "apiVersion: vendorgate/v1\nkind: Policy\nid: acme\n"),
			})
			run.env.Build = process.Build{Version: "1.2.0", Release: "1.2.0", Repository: tt.image}
			run.env.ReadFile = func(string, int64) ([]byte, error) { return []byte(`{"schedule":"17 4 * * *"}`), nil }
			run.vars["GITHUB_ACTIONS"], run.vars["GITHUB_REPOSITORY"], run.vars["GITHUB_ACTION_REPOSITORY"] = "true", "acme/shop", tt.action
			run.vars["GITHUB_EVENT_NAME"], run.vars["GITHUB_EVENT_PATH"] = "schedule", "event.json"
			run.vars["INPUT_REGISTRY"] = tt.registry
			if code := run.main(t, "action"); code != tt.code {
				t.Errorf("exit code %d, want %d\n%s", code, tt.code, &run.stderr)
			}
			remedy := "vendorgate: the action acme/gate runs the image of vendorgate/vendorgate, which does not contain the vendors, policy and waivers of acme/gate\n" +
				"    hint: set `image: Dockerfile` in the action.yml of acme/gate, or pass a registry with the input `registry`\n"
			if refused := strings.Contains(run.stderr.String(), remedy); refused != (tt.code == 2) {
				t.Errorf("refused with the remedy: %t\n%s", refused, &run.stderr)
			}
		})
	}
}
