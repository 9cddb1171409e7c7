package lint_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// A status goes only where its life leads, from every status to every other.
func TestLintTransitions(t *testing.T) {
	t.Parallel()
	allowed := map[string]string{
		"proposed": "in-review pilot approved conditional denied suspended", "in-review": "pilot approved conditional denied suspended",
		"pilot": "in-review approved conditional denied suspended", "approved": "conditional deprecated suspended",
		"conditional": "approved deprecated suspended", "deprecated": "retired suspended",
		"denied": "in-review suspended", "retired": "in-review suspended", "suspended": "in-review",
	}
	for from := range allowed {
		for to := range allowed {
			before := gatetest.Files{"vendors/acme-pay.yaml": lintRecord("acme-pay", "status: "+from, "status_since: 2026-01-01")}
			after := gatetest.Files{"vendors/acme-pay.yaml": lintRecord("acme-pay", "status: "+to, "status_since: 2026-11-01")}
			got := strings.Contains(lintLines(run(t, before, after, "").Findings), "the status cannot change")
			if want := from != to && !strings.Contains(" "+allowed[from]+" ", " "+to+" "); got != want {
				t.Errorf("%s -> %s: refused %v, want %v", from, to, got, want)
			}
		}
	}
}
