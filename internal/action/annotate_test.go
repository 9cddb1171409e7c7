package action_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/action"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink/sinktest"
)

func TestAnnotations(t *testing.T) {
	t.Parallel()
	got := string(action.Annotations([]diag.Finding{
		{Rule: "VG-REG-001", Severity: diag.Error, Blocks: true, Vendor: "stripe", Pos: diag.Pos{File: "a,b/vendors.yaml", Line: 5, Col: 9}, Message: "100% unknown:\nx", Hint: "Ask."},
		{Rule: "VG-SCP-001", Severity: diag.Error, Introduced: true, Vendor: "stripe", Pos: diag.Pos{File: "vendors.yaml", Line: 8, Col: 1}, Message: "m", Waiver: "WVR-1", WaivedUntil: "2026-12-15"},
		{Rule: "VG-APR-003", Severity: diag.Warning, Pos: diag.Pos{File: "vendors.yaml", Line: 5, Col: 9}, Message: "neither new nor blocking"},
		{Rule: "VG-APR-002", Severity: diag.Warning, Introduced: true, Pos: diag.Pos{File: "vendors.yaml", Line: 5, Col: 9}, Message: "m"},
		{Rule: "VG-REG-002", Severity: diag.Error, Introduced: true, Pos: diag.Pos{File: "new.js", Line: 1, Col: 2}, Message: "new, so it comes first"},
		{Rule: "VG-REG-007", Severity: diag.Error, Everywhere: true, Pos: diag.Pos{File: "registry"}, Message: "gone"},
	}).Bytes())
	want := "::error col=2,file=new.js,line=1,title=VG-REG-002::new, so it comes first\n" +
		"::error col=9,file=a%2Cb/vendors.yaml,line=5,title=VG-REG-001%3A stripe::100%25 unknown: x%0AAsk.\n" +
		"::error title=VG-REG-007::gone\n" +
		"::warning col=9,file=vendors.yaml,line=5,title=VG-APR-002::m\n" +
		"::notice col=1,file=vendors.yaml,line=8,title=VG-SCP-001%3A stripe::m (waived by WVR-1 through 2026-12-15)\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// An annotation is one line with one command, whatever the finding contains.
func FuzzAnnotations(f *testing.F) {
	for _, seed := range []string{"x", "a\n::set-output name=x::y", "##[error]x", "\r::stop-commands::t", "::", "%0A::error::x", "a,line=3::"} {
		f.Add(seed, seed, seed)
	}
	f.Fuzz(func(t *testing.T, file, vendor, message string) {
		out := string(action.Annotations([]diag.Finding{{Rule: "R", Severity: diag.Error, Blocks: true, Vendor: vendor, Pos: diag.Pos{File: file, Line: 1, Col: 1}, Message: message, Hint: message}}).Bytes())
		if got := sinktest.Commands(out); len(got) != 1 || got[0].Name != "error" || strings.Count(out, "\n") != 1 || strings.Contains(out, "##[") {
			t.Errorf("%q is %+v", out, got)
		}
	})
}
