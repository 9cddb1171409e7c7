package policy_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestFingerprintsArePinned holds the fingerprints of many findings to a golden file. Code scanning, comments and waived
// findings of earlier runs are matched by them, so a fingerprint that changes is a breaking change.
func TestFingerprintsArePinned(t *testing.T) {
	t.Parallel()
	quill := files{
		"vendors.yaml": quillnestManifest, "registry/vendors/quillnest-messaging.yaml": quillnest,
		"registry/policy.yaml": extends("vendorgate/strict@1") + acmeApprovers,
	}
	broken := files{
		"vendors.yaml":                   edit(t, plainManifest, "data: [personal]", "data: [personal, nonsense]", "purpose: Charge cards at checkout", "purpos: Charge cards"),
		"registry/vendors/acme-pay.yaml": edit(t, plainRecord, "category: payments", "categry: payments"), "registry/waivers/WVR-1.yaml": plainWaiver,
	}
	lapsing := world(t, "expires: 2027-05-31", "expires: 2026-11-20", "internal, personal, ", "", "last_review: 2026-06-01", "last_review: 2025-06-01").
		using(t, "[prod]", "[prod, test]").with(files{"registry/waivers/WVR-1.yaml": edit(t, plainWaiver, "expires: 2026-12-31", "expires: 2026-11-22")})
	unvetted := files{"vendors.yaml": edit(t, plainManifest, "id: acme-pay", "id: acme-pya"), "registry/vendors/acme-pay.yaml": plainRecord}
	var out strings.Builder
	for _, scene := range []struct {
		name string
		files
	}{
		{"quillnest", quill},
		{"broken", broken},
		{"lapsing", lapsing},
		{"unvetted", unvetted},
		{"suspended", world(t, "status: approved", "status: suspended")},
		{"calderwick, later", full(t)},
	} {
		asOf := today
		if strings.HasSuffix(scene.name, "later") {
			asOf = "2028-11-23"
		}
		var lines []string
		for _, f := range evaluate(t, scene.files, asOf, repository).Findings {
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
	diff(t, golden, strings.Split(string(want), "\n"), strings.Split(out.String(), "\n"))
}
