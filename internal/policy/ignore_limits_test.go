package policy_test

import (
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// The parameter limits how far ahead an entry may end; of several tiers, the shortest counts.
func TestLastIgnoreDay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ body, want string }{
		{"", "2027-05-22"},
		{"extends: vendorgate/strict@1\n", "2027-05-22"},
		{"extends: vendorgate/rollout@1\n", "2027-05-22"},
		{"params: {ignore_max_term: P30D}\n", "2026-12-23"},
		{"params: {ignore_max_term: {tier-3: P10D}}\n", "2026-12-03"},
		{"params: {ignore_max_term: P0D}\n", "2026-11-23"},
	} {
		p := gatetest.Load(t, gatetest.PolicyHead+c.body)
		if last, _ := p.LastIgnoreDay(p.At(gatetest.Instant(t, gatetest.Today))); last.String() != c.want {
			t.Errorf("%q: got %s, want %s", c.body, last, c.want)
		}
	}
}

func TestIgnoreLimits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		body           string
		vendors, hosts bool
	}{
		{"", false, false},
		{"ignore: {vendors: forbid}\n", true, false},
		{"ignore: {vendors: allow, hosts: forbid}\n", false, true},
	} {
		got := gatetest.Load(t, gatetest.PolicyHead+c.body).Ignore
		if got.NoVendors.Value != c.vendors || got.NoHosts.Value != c.hosts {
			t.Errorf("%q: got %+v", c.body, got)
		}
	}
}
