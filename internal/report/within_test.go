package report_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/report"
)

// A summary fits, says what it leaves out, and keeps its counts.
func TestMarkdownWithin(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	for _, n := range []int{0, 10, 10_000} {
		r := &diag.Report{Verdict: diag.Fail, Counts: diag.Counts{Errors: n, Blocking: n, Vendors: n}}
		for i := range n {
			id := fmt.Sprintf("vendor-%d", i)
			r.Findings = append(r.Findings, diag.Finding{Rule: "VG-REG-001", Severity: diag.Error, Vendor: id, Message: strings.Repeat("é|`", 50) + id, Hint: "h"})
			r.Vendors = append(r.Vendors, diag.Vendor{ID: id, Name: id, Status: "unregistered", Verdict: diag.Fail})
		}
		const limit = 100_000
		got := string(report.MarkdownWithin(r, limit).Bytes())
		if len(got) > limit {
			t.Errorf("%d findings: %d bytes, want at most %d", n, len(got), limit)
		}
		if want := map[int]string{0: "no findings", 10: "10 findings block", 10_000: "10000 findings block"}[n]; !strings.Contains(got, want) {
			t.Errorf("%d findings: no %q", n, want)
		}
		shown := strings.Count(got, "(`VG-REG-001`)")
		if left := strings.Contains(got, "more lines are not shown here"); left != (shown < n) || n > 0 && shown == 0 {
			t.Errorf("%d findings: %d shown, and it says that some are left out: %v", n, shown, left)
		}
	}
}
