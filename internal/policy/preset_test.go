package policy_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// letters are the severities of four tiers: E error, W warning, N note, - off.
func letters(levels policy.Levels) string {
	var out strings.Builder
	for _, s := range levels[1:] {
		out.WriteByte("-NWE"[s])
	}
	return out.String()
}

// TestStandard: the standard asks every rule as the list of rules has it, but for DORA; the essentials ask none of the
// optional ones.
func TestStandard(t *testing.T) {
	t.Parallel()
	essentials, standard := gatetest.Load(t, ""), gatetest.Load(t, gatetest.Extends("vendorgate/standard@1"))
	fintech := gatetest.Load(t, gatetest.Extends("vendorgate/standard@1", "vendorgate/fintech-eu@1"))
	for _, r := range rules.All() {
		want := letters(r.Levels)
		if got := letters(fintech.Rule(r.ID).Levels); got != want {
			t.Errorf("%s under fintech-eu: got %s, want %s", r.ID, got, want)
		}
		if r.ID == "VG-CMP-004" {
			want = "----"
		}
		if got := letters(standard.Rule(r.ID).Levels); got != want {
			t.Errorf("%s under standard: got %s, want %s", r.ID, got, want)
		}
		switch {
		case r.Optional:
			want = "----"
		case r.ID == rules.PersonalDataUnagreed: // the tier is that of the data
			want = "EWWW"
		}
		if got := letters(essentials.Rule(r.ID).Levels); got != want {
			t.Errorf("%s under essentials: got %s, want %s", r.ID, got, want)
		}
	}
}

// TestRollout: nothing blocks but what no policy can change, and all that the standard shows is shown.
func TestRollout(t *testing.T) {
	t.Parallel()
	standard, rollout := gatetest.Load(t, gatetest.Extends("vendorgate/standard@1")), gatetest.Load(t, gatetest.Extends("vendorgate/rollout@1"))
	for _, r := range rules.All() {
		for tier, got := range rollout.Rule(r.ID).Levels {
			asked := standard.Rule(r.ID).Levels[tier]
			want := min(asked, diag.Warning)
			switch {
			case r.Fixed:
				want = asked
			case r.ID == "VG-REG-005" && tier > 0:
				want = diag.Note
			}
			if got != want {
				t.Errorf("%s at tier %d: got %s, want %s", r.ID, tier, got, want)
			}
		}
	}
	overlaid := gatetest.Load(t, gatetest.Extends("vendorgate/rollout@1", "vendorgate/fintech-eu@1", "vendorgate/health-us@1"))
	for _, r := range rules.All() {
		if levels := overlaid.Rule(r.ID).Levels; slices.Max(levels[:]) > diag.Warning && !r.Fixed {
			t.Errorf("%s under rollout with overlays: got %v, want at most warnings", r.ID, levels)
		}
	}
	for i := range rollout.Requirements {
		if q := &rollout.Requirements[i]; slices.Max(q.Levels[:]) > diag.Warning {
			t.Errorf("%s: got %v, want warnings", q.ID, q.Levels)
		}
	}
}

// TestStrict: what the standard warns of blocks at the tiers that matter, and nothing is weaker. A declared vendor without a trace is
// never more than a note.
func TestStrict(t *testing.T) {
	t.Parallel()
	standard, strict := gatetest.Load(t, gatetest.Extends("vendorgate/standard@1")), gatetest.Load(t, gatetest.Extends("vendorgate/strict@1"))
	for _, r := range rules.All() {
		before, after := standard.Rule(r.ID).Levels, strict.Rule(r.ID).Levels
		for tier := 1; tier <= 4; tier++ {
			if after[tier] < before[tier] || r.ID != rules.NoTrace && tier < 4 && before[tier] != diag.Off && after[tier] != diag.Error {
				t.Errorf("%s at tier %d: got %s, and the standard has %s", r.ID, tier, after[tier], before[tier])
			}
		}
	}
}

func TestPresetChain(t *testing.T) {
	t.Parallel()
	if got := policy.Presets()[0]; got != "vendorgate/essentials@1" {
		t.Errorf("the default preset is %s", got)
	}
	chain := gatetest.Load(t, gatetest.Extends("vendorgate/rollout@1")) // which extends standard, which extends essentials
	var ids []string
	for _, q := range chain.Requirements {
		ids = append(ids, q.ID)
	}
	gatetest.Diff(t, "requirements of rollout", []string{"RISK-TIER", "MIN-TLS", "AUTH-METHODS", "RESIDUAL-RISK"}, ids)
	if chain.ID != "test" {
		t.Errorf("the id of the policy is %q, want test", chain.ID)
	}
	overlay := gatetest.Load(t, gatetest.Extends("vendorgate/essentials@1", "vendorgate/health-us@1", "vendorgate/fintech-eu@1"))
	for id, want := range map[string]string{"VG-CMP-002": "EEEE", "VG-CMP-003": "EEEE", "VG-CMP-004": "EEEE", "VG-ENC-002": "EEW-", "VG-PIL-001": "----"} {
		if got := letters(overlay.Rule(id).Levels); got != want {
			t.Errorf("%s under two overlays: got %s, want %s", id, got, want)
		}
	}
	own := gatetest.Load(t, gatetest.Extends("vendorgate/standard@1")+"severity_limit: note\nrules: {VG-AUD-001: {severity: error}}\n")
	for id, want := range map[string]string{"VG-AUD-001": "EEEE", "VG-AUD-002": "NNN-", "VG-REG-007": "EEEE"} {
		if got := letters(own.Rule(id).Levels); got != want {
			t.Errorf("%s under a limit: got %s, want %s", id, got, want)
		}
	}
}
