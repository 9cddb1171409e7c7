package rules_test

import (
	"testing"

	"github.com/vendorgate/vendorgate/internal/rules"
)

// TestPlacesOfManifests: a place where no manifest can be is an error on its own line.
func TestPlacesOfManifests(t *testing.T) {
	t.Parallel()
	_, problems := rules.LoadPolicy("policy.yaml", []byte("apiVersion: vendorgate/v1\nkind: Policy\nid: acme\nmanifest_paths:\n  - vendors.yaml\n  - services/*/vendor.yaml\n"), "1.0.0")
	if len(problems) != 1 {
		t.Fatal(problems)
	}
	got := problems[0].Pos.String() + ": " + problems[0].Message + "; " + problems[0].Hint
	if want := "policy.yaml:6:5: manifest_paths: no manifest can be at \"services/*/vendor.yaml\": no manifest has this name; write `services/*/vendors.yaml`, or the folder alone"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
