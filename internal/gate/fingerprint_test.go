package gate_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

var update = flag.Bool("update", false, "rewrite testdata/fingerprints.out")

// TestFingerprintsArePinned holds the fingerprints of many findings to a golden file. Code scanning, comments and waived
// findings of earlier runs are matched by them, so a fingerprint that changes is a breaking change.
func TestFingerprintsArePinned(t *testing.T) {
	t.Parallel()
	quill := gatetest.Files{
		"vendors.yaml": gatetest.QuillnestManifest, "registry/vendors/quillnest-messaging.yaml": gatetest.Quillnest,
		"registry/policy.yaml": gatetest.Extends("vendorgate/strict@1") + gatetest.AcmeApprovers,
	}
	broken := gatetest.Files{
		"vendors.yaml":                   gatetest.Edit(t, gatetest.PlainManifest, "data: [personal]", "data: [personal, nonsense]", "purpose: Charge cards at checkout", "purpos: Charge cards"),
		"registry/vendors/acme-pay.yaml": gatetest.Edit(t, gatetest.PlainRecord, "category: payments", "categry: payments"), "registry/waivers/WVR-1.yaml": gatetest.PlainWaiver,
	}
	lapsing := gatetest.World(t, "expires: 2027-05-31", "expires: 2026-11-20", "internal, personal, ", "", "last_review: 2026-06-01", "last_review: 2025-06-01").
		Using(t, "[prod]", "[prod, test]").With(gatetest.Files{"registry/waivers/WVR-1.yaml": gatetest.Edit(t, gatetest.PlainWaiver, "expires: 2026-12-31", "expires: 2026-11-22")})
	unvetted := gatetest.Files{"vendors.yaml": gatetest.Edit(t, gatetest.PlainManifest, "id: acme-pay", "id: acme-pya"), "registry/vendors/acme-pay.yaml": gatetest.PlainRecord}
	var out strings.Builder
	for _, scene := range []struct {
		name string
		gatetest.Files
	}{
		{"quillnest", quill},
		{"broken", broken},
		{"lapsing", lapsing},
		{"unvetted", unvetted},
		{"suspended", gatetest.World(t, "status: approved", "status: suspended")},
		{"calderwick, later", gatetest.Full(t)},
	} {
		asOf := gatetest.Today
		if strings.HasSuffix(scene.name, "later") {
			asOf = "2028-11-23"
		}
		var lines []string
		for _, f := range gatetest.Evaluate(t, scene.Files, asOf, gatetest.Repository).Findings {
			lines = append(lines, fmt.Sprintf("%s %s %q %s\n", f.Rule, f.Vendor, f.Key, f.Fingerprint))
		}
		slices.Sort(lines)
		out.WriteString("# " + scene.name + "\n" + strings.Join(lines, ""))
	}
	const golden = "testdata/fingerprints.out"
	if *update {
		if err := os.WriteFile(golden, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	gatetest.Diff(t, golden, strings.Split(string(want), "\n"), strings.Split(out.String(), "\n"))
}
