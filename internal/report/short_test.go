package report_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/report"
)

// Findings about unchanged uses have one line per vendor, its most severe finding, if there are more than a few.
func TestShort(t *testing.T) {
	t.Parallel()
	finding := func(vendor string, line int, severity diag.Severity, change func(*diag.Finding)) diag.Finding {
		f := diag.Finding{Rule: "R-" + severity.String(), Severity: severity, Vendor: vendor, Pos: diag.Pos{File: "vendors.yaml", Line: line, Col: 9}, Message: fmt.Sprintf("%s %d", vendor, line), Hint: "Ask."}
		if change != nil {
			change(&f)
		}
		return f
	}
	blocks := func(f *diag.Finding) { f.Blocks = true }
	unchanged := []diag.Finding{
		finding("stripe", 5, diag.Warning, nil), finding("stripe", 6, diag.Error, blocks), finding("stripe", 7, diag.Error, blocks),
		finding("twilio", 8, diag.Note, nil), finding("twilio", 9, diag.Error, func(f *diag.Finding) { f.Waiver, f.WaivedUntil = "WVR-1", "2026-12-15" }), finding("twilio", 10, diag.Warning, nil),
		finding("", 11, diag.Warning, nil), finding("", 12, diag.Warning, nil),
	}
	suspended := finding("acme", 1, diag.Error, func(f *diag.Finding) { f.Blocks, f.Everywhere = true, true })
	added := finding("openai", 20, diag.Error, func(f *diag.Finding) { f.Blocks, f.Introduced = true, true })
	const (
		trailer    = "-- %d findings%s: one line per vendor. `vendorgate check -v` shows each, and what to do.\n"
		twilio     = "vendors.yaml:10:9: warning: twilio 10 [R-warning] and 2 more (R-error, R-note)\n"
		none       = "vendors.yaml:11:9: warning:  11 [R-warning] and 1 more\n"
		everywhere = "vendors.yaml:1:9: error: acme 1 [R-error]\n    hint: Ask.\n"
	)
	for name, c := range map[string]struct {
		findings []diag.Finding
		base     string
		want     string
	}{
		"a change": {
			append([]diag.Finding{suspended, added}, unchanged...), "main", "vendors.yaml:20:9: error: new or changed: openai 20 [R-error]\n    hint: Ask.\n" +
				everywhere + "vendors.yaml:6:9: error: stripe 6 [R-error] and 2 more (R-warning)\n-- The 4 findings above fail the check; what follows does not.\n" + twilio + none + fmt.Sprintf(trailer, 8, " about unchanged uses"),
		},
		"no change": {
			unchanged, "", "vendors.yaml:6:9: error: stripe 6 [R-error]\n    hint: Ask.\nvendors.yaml:7:9: error: stripe 7 [R-error]\n    hint: Ask.\n" +
				"-- The 2 findings above fail the check; what follows does not.\nvendors.yaml:5:9: warning: stripe 5 [R-warning]\n" + twilio + none + fmt.Sprintf(trailer, 6, ""),
		},
		"few": {
			[]diag.Finding{unchanged[0], unchanged[1], added}, "main", "vendors.yaml:20:9: error: new or changed: openai 20 [R-error]\n    hint: Ask.\n" +
				"vendors.yaml:6:9: error: stripe 6 [R-error]\n    hint: Ask.\n-- The 2 findings above fail the check; what follows does not.\nvendors.yaml:5:9: warning: stripe 5 [R-warning]\n    hint: Ask.\n",
		},
		"few, and no base": {
			[]diag.Finding{unchanged[0], added}, "", "vendors.yaml:20:9: error: openai 20 [R-error]\n    hint: Ask.\n-- The finding above fails the check; what follows does not.\n" +
				"vendors.yaml:5:9: warning: stripe 5 [R-warning]\n    hint: Ask.\n",
		},
		"few, all new": {[]diag.Finding{added}, "main", "vendors.yaml:20:9: error: openai 20 [R-error]\n    hint: Ask.\n"},
	} {
		r := &diag.Report{Verdict: diag.Fail, Findings: c.findings, Baseline: c.base}
		r.Count()
		got, err := report.Short().Render("text", r, false)
		if err != nil || string(got.Bytes()) != c.want {
			t.Errorf("%s: error %v\n%s\nwant\n%s", name, err, got.Bytes(), c.want)
		}
		if full := render(t, "text", r, false); strings.Count(full, "hint: Ask.") != len(c.findings) || strings.Contains(full, "check -v") {
			t.Errorf("%s: in full\n%s", name, full)
		}
	}
}
