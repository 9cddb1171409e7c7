package gate_test

import (
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// A placeholder is no answer: it is one finding, whatever the scope says of purposes and teams.
func TestPlaceholders(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t, "scope:\n", "scope:\n  purposes: [payment-acceptance]\n  teams: [team-checkout]\n").Using(t, "purpose: Charge cards at checkout", "purpose: TODO", "owner: team-checkout", "owner: TODO")
	gatetest.Diff(t, "TODO", []string{
		`error VG-MAN-001 vendors.yaml:3:8 the owner is "TODO", which is no answer`,
		`error VG-MAN-001 vendors.yaml:6:14 the purpose of "acme-pay" is "TODO", which is no answer`,
	}, gatetest.Findings(t, f, gatetest.Today, gatetest.Repository))
}

// A word that the organisation lists as a purpose or a team is an answer, whatever it looks like.
func TestListedWordsAreAnswers(t *testing.T) {
	t.Parallel()
	edits := []string{"purpose: Charge cards at checkout", "purpose: test", "owner: team-checkout", "owner: various"}
	f := gatetest.World(t, "scope:\n", "scope:\n  purposes: [test]\n  teams: [various]\n").Using(t, edits...)
	gatetest.Diff(t, "listed", []string{}, gatetest.Findings(t, f, gatetest.Today, gatetest.Repository))
	gatetest.Diff(t, "not listed", []string{
		`error VG-MAN-001 vendors.yaml:3:8 the owner is "various", which is no answer`,
		`error VG-MAN-001 vendors.yaml:6:14 the purpose of "acme-pay" is "test", which is no answer`,
	}, gatetest.Findings(t, gatetest.World(t).Using(t, edits...), gatetest.Today, gatetest.Repository))
}

// What the base left unanswered, too, is not new, and neither is another problem that its manifest had.
func TestUnansweredBefore(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t).Using(t, "purpose: Charge cards at checkout", "purpose: TODO", "data: [personal]", "data: [personal]\n    colour: red")
	for what, c := range map[string]struct {
		files gatetest.Files
		isNew bool
	}{"as before": {f.Unchanged(), false}, "new": {f, true}} {
		found := gate.Evaluate(gatetest.Input(t, c.files, gatetest.Today, gatetest.Repository)).Findings
		seen := 0
		for _, finding := range found {
			if finding.Rule == "VG-MAN-001" {
				seen++
				if finding.Introduced != c.isNew {
					t.Errorf("%s: introduced is %v: %s", what, finding.Introduced, finding.Message)
				}
			}
		}
		if seen != 2 {
			t.Errorf("%s: %d findings about the manifest, want 2: %v", what, seen, found)
		}
	}
}
