package gate_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/manifest"
)

// The manifests that findings propose are one, and an entry stands in it once. What they propose for an existing manifest stays with them.
func TestDraft(t *testing.T) {
	t.Parallel()
	whole := func(id string) string { return string(manifest.Draft{ID: id}.File("")) }
	entry := func(id string) string { return string(manifest.Draft{ID: id}.Bytes()) }
	finding := func(rule, paste string) diag.Finding { return diag.Finding{Rule: rule, Paste: paste} }
	stripe, twilio := finding("VG-REG-002", whole("stripe")), finding("VG-REG-002", whole("twilio"))
	host, existing := finding("VG-REG-008", whole("acmepay")), finding("VG-REG-002", entry("openai"))
	moved := finding("VG-REG-002", "")
	for name, c := range map[string]struct {
		findings []diag.Finding
		draft    string
		rest     []diag.Finding
	}{
		"none":                 {[]diag.Finding{existing, host}, "", []diag.Finding{existing, host}},
		"one":                  {[]diag.Finding{stripe, existing}, whole("stripe"), []diag.Finding{stripe, existing}},
		"one, with two faults": {[]diag.Finding{stripe, stripe}, whole("stripe"), []diag.Finding{stripe, stripe}},
		"two":                  {[]diag.Finding{stripe, host, existing, twilio}, whole("stripe") + entry("twilio"), []diag.Finding{moved, host, existing, moved}},
	} {
		draft, rest := gate.Draft(c.findings)
		if diff := cmp.Diff(c.draft, draft); diff != "" {
			t.Errorf("%s: the draft: want, got:\n%s", name, diff)
		}
		if diff := cmp.Diff(c.rest, rest); diff != "" {
			t.Errorf("%s: the findings: want, got:\n%s", name, diff)
		}
	}
}
