package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// TestGraceNeedsOneReason: a last day that has passed has grace only if nothing else is wrong.
func TestGraceNeedsOneReason(t *testing.T) {
	t.Parallel()
	const record = "data: {stores_customer_data: false, storage_locations: [IE], subprocessors: {url: https://a.example/x, notice: %s, reviewed_on: 2025-11-01}}\n"
	for notice, want := range map[string]string{"P30D": "warning", "P1D": "error"} {
		f := asked(t, "VG-DAT-001", fmt.Sprintf(record, notice), "").Unchanged()
		if got := ruling(t, f, "2026-11-02", "VG-DAT-001"); got != want {
			t.Errorf("notice of %s: got %q, want %q", notice, got, want)
		}
	}
}

// TestFiveAssessmentsAreNamed: a finding names five assessments and counts the rest.
func TestFiveAssessmentsAreNamed(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{5: "p4 is not independent", 7: "p4 is not independent; and 2 more"} {
		var all []string
		for i := range n {
			all = append(all, fmt.Sprintf("{id: p%d, type: pentest, scope_services: [acme-pay], performed: {end: 2026-10-01}}", i))
		}
		f := asked(t, "VG-AUD-002", "assessments: ["+strings.Join(all, ", ")+"]\n", "")
		r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)
		if got := gatetest.One(t, r, "VG-AUD-002").Message; !strings.HasSuffix(got, want) {
			t.Errorf("%d assessments: got %q, want the end %q", n, got, want)
		}
		named := strings.Count(strings.Join(gatetest.Related(r, "VG-AUD-002"), "\n"), "an assessment on record")
		if named != 5 {
			t.Errorf("%d assessments: got %d related positions, want 5", n, named)
		}
	}
}
