package rules_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// TestSilentRecord: a record without a list of versions, hosts or ways to authenticate sets no limit, so a use at tier 1 or 2 need not state
// them, and what it states is a note. Under a policy that requires the lists, such a record fails as one does whose limit a use leaves open.
func TestSilentRecord(t *testing.T) {
	t.Parallel()
	for list, stated := range map[string]string{
		"api_versions: [v1]":        `api: {version: v1}`,
		"hosts: [api.acme.example]": `endpoints: ["https://api.acme.example"]`,
		"auth_methods: [mtls]":      "auth_method: mtls",
	} {
		name, _, _ := strings.Cut(list, ":")
		for _, tier := range []string{"1", "2"} {
			for _, required := range []bool{false, true} {
				for _, limits := range []bool{false, true} {
					for _, says := range []bool{false, true} {
						f := gatetest.World(t, "tier: 2", "tier: "+tier)
						if limits {
							f = gatetest.World(t, "tier: 2", "tier: "+tier, "scope:\n", "scope:\n  "+list+"\n")
						}
						if required {
							f = f.Rules("requirements: [{id: ACME-LIST, attr: scope." + name + ", present: true}]\n")
						}
						if says {
							f = f.Using(t, "    data:", "    "+stated+"\n    data:")
						}
						want := "" // what must not be left out was stated
						switch {
						case required && !limits, limits && !says:
							want = "error"
						case !limits && says:
							want = "note"
						}
						var got string
						for _, line := range gatetest.Findings(t, f, gatetest.Today, gatetest.Repository) {
							if severity, _, _ := strings.Cut(line, " "); got != "error" {
								got = severity
							}
						}
						if got != want {
							t.Errorf("%s, tier %s, required %v, in the record %v, stated %v: got %q, want %q", list, tier, required, limits, says, got, want)
						}
					}
				}
			}
		}
	}
}
