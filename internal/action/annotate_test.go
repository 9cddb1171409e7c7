package action_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/action"
	"github.com/vendorgate/vendorgate/internal/diag"
)

func TestAnnotations(t *testing.T) {
	t.Parallel()
	got := string(action.Annotations([]diag.Finding{
		{Rule: "VG-REG-001", Severity: diag.Error, Vendor: "stripe", Pos: diag.Pos{File: "a,b/vendors.yaml", Line: 5, Col: 9}, Message: "100% unknown:\nx", Hint: "Ask."},
		{Rule: "VG-SCP-001", Severity: diag.Error, Vendor: "stripe", Pos: diag.Pos{File: "vendors.yaml", Line: 8, Col: 1}, Message: "m", Waiver: "WVR-1", WaivedUntil: "2026-12-15"},
		{Rule: "VG-APR-002", Severity: diag.Warning, Pos: diag.Pos{File: "vendors.yaml", Line: 5, Col: 9}, Message: "m"},
		{Rule: "VG-REG-007", Severity: diag.Error, Pos: diag.Pos{File: "registry"}, Message: "gone"},
	}))
	want := "::error col=9,file=a%2Cb/vendors.yaml,line=5,title=VG-REG-001%3A stripe::100%25 unknown: x%0AAsk.\n" +
		"::error title=VG-REG-007::gone\n" +
		"::warning col=9,file=vendors.yaml,line=5,title=VG-APR-002::m\n" +
		"::notice col=1,file=vendors.yaml,line=8,title=VG-SCP-001%3A stripe::m (waived by WVR-1 through 2026-12-15)\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// At most ten of a kind, the last of which counts the others; none longer than the runner keeps.
func TestAnnotationLimits(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 9, 10, 11, 10_000} {
		var findings []diag.Finding
		for i := range n {
			findings = append(findings, diag.Finding{Rule: "R", Severity: diag.Error, Message: fmt.Sprint(i, strings.Repeat("é", 5000))})
		}
		lines := strings.Split(strings.TrimSuffix(string(action.Annotations(findings)), "\n"), "\n")
		if n == 0 {
			lines = nil
		}
		if len(lines) != min(n, 10) {
			t.Errorf("%d findings: %d annotations", n, len(lines))
		}
		for _, line := range lines {
			_, message, _ := strings.Cut(line[2:], "::")
			if utf8.RuneCountInString(message) > 4096 {
				t.Errorf("%d findings: a message of %d characters", n, utf8.RuneCountInString(message))
			}
		}
		if n > 10 && !strings.Contains(lines[9], fmt.Sprintf("and %d more;", n-9)) {
			t.Errorf("%d findings: the last annotation is %s", n, lines[9])
		}
	}
}

// Whatever a finding holds, an annotation is one line, one command, and no more than one.
func FuzzAnnotations(f *testing.F) {
	for _, seed := range []string{"x", "a\n::set-output name=x::y", "##[error]x", "\r::stop-commands::t", "::", "%0A::error::x", "a,line=3::"} {
		f.Add(seed, seed, seed)
	}
	f.Fuzz(func(t *testing.T, file, vendor, message string) {
		out := string(action.Annotations([]diag.Finding{{Rule: "R", Severity: diag.Error, Vendor: vendor, Pos: diag.Pos{File: file, Line: 1, Col: 1}, Message: message, Hint: message}}))
		if strings.Count(out, "\n") != 1 || strings.ContainsAny(strings.TrimSuffix(out, "\n"), "\r\u2028\u2029\u0085") {
			t.Errorf("more than one line: %q", out)
		}
		if !strings.HasPrefix(out, "::error col=1,file=") || strings.Contains(out, "##[") {
			t.Errorf("another command: %q", out)
		}
		properties, _, ok := strings.Cut(out[2:], "::")
		if !ok || strings.Count(properties, "=") < 4 || strings.Count(properties, ",") != 3 {
			t.Errorf("other properties: %q", out)
		}
	})
}
