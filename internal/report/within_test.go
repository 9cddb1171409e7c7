package report_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/report"
)

// The summary of a job fits, says what it leaves out, and keeps its counts. Unfolded, it has the length of a comment.
func TestJobSummaryFits(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	for _, n := range []int{0, 10, 124, 10_000} {
		r := &diag.Report{Verdict: diag.Fail, Counts: diag.Counts{Vendors: n}}
		for i := range n {
			id := fmt.Sprintf("vendor-%d", i)
			r.Findings = append(r.Findings, diag.Finding{Rule: "VG-REG-001", Severity: diag.Error, Blocks: true, Vendor: id, Message: strings.Repeat("é|`", 50) + id, Hint: "h"})
			r.Vendors = append(r.Vendors, diag.Vendor{ID: id, Name: id, Status: "unregistered", Verdict: diag.Fail})
			r.Notices = append(r.Notices, "a notice")
		}
		r.Count()
		const limit = 100_000
		got := string(report.JobSummary(r, report.Place{}, limit).Bytes())
		if len(got) > limit {
			t.Errorf("%d findings: %d bytes, want at most %d", n, len(got), limit)
		}
		if want := map[int]string{0: "no findings", 10: "10 findings block", 124: "124 findings block", 10_000: "10000 findings block"}[n]; !strings.HasPrefix(got, "### ❌ API vendors: "+want+"\n") {
			t.Errorf("%d findings: no %q", n, want)
		}
		shown := strings.Count(got, "`VG-REG-001`") + strings.Count(got, "| unregistered |") + strings.Count(got, "- A notice\n")
		if left := sum(moreThan, got); shown+left != 3*n || n == 124 && left > 0 || strings.Contains(got, "The JSON report is complete") != (left > 0) {
			t.Errorf("%d findings: %d shown and %d left out of %d", n, shown, left, 3*n)
		}
		if lines := seen(got); len(lines) > 25 {
			t.Errorf("%d findings: %d lines are seen, want at most 25", n, len(lines))
		}
	}
}

// The summary of a job has the blocks of a comment in its order, whether it checks a change or not, and claims nothing about a pull request.
func TestJobSummary(t *testing.T) {
	t.Parallel()
	r := blocked()
	for base, want := range map[string]string{
		"main": "### ❌ API vendors: 2 findings block the merge, 1 of them new or changed\n",
		"":     "### ❌ API vendors: 2 of 3 findings block, 1 waived, 3 ignored\n",
	} {
		r.Baseline = base
		got, comment := string(report.JobSummary(r, here(), 900<<10).Bytes()), string(report.Comment(r, here(), 60_000, report.Clean).Bytes())
		if !strings.HasPrefix(got, want) {
			t.Errorf("base %q: got %s", base, got)
		}
		at := -1
		for _, part := range []string{"#### 1. `halloway-maps`", "For others: 1 finding", "1 finding that does not block", "1 waived finding", "Why these rules exist", "4 vendors", "About this run"} {
			i := strings.Index(got, part)
			if i < at || i < 0 || !strings.Contains(comment, part) && part != "4 vendors" {
				t.Errorf("base %q: %q is at %d, after %d, in\n%s", base, part, i, at, got)
			}
			at = i
		}
		if strings.Contains(got, "pull request") || strings.Contains(got, "has the full report") || base == "" && strings.Contains(got, "the merge") {
			t.Errorf("base %q: got\n%s", base, got)
		}
		if !strings.Contains(got, "[vendors.yaml, line 18](https://github.com/acme/checkout/blob/") {
			t.Errorf("base %q: no link in\n%s", base, got)
		}
	}
}
