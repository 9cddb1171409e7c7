package policy

import (
	"slices"
	"time"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Today is the instant of the evaluation, and its day in the time zone of the policy.
type Today struct {
	Instant time.Time
	Zone    *time.Location
	Day     scalar.Date
}

// At converts an instant to the time zone of the policy.
func (p *Policy) At(instant time.Time) Today {
	return Today{Instant: instant, Zone: p.Zone, Day: scalar.DateOf(instant, p.Zone)}
}

// Tier returns the effective tier: the most critical of the stated tiers (0 means none) and of the tiers of the data classes. A
// use outside production with only public or synthetic data is tier 4, so that pilots are possible. An unknown class counts as
// tier 1. A use without environments counts as production.
func (p *Policy) Tier(stated []int, classes, environments []string) int {
	tier := 4
	for _, t := range stated {
		if t > 0 {
			tier = min(tier, t)
		}
	}
	all := true
	for _, class := range classes {
		floor, ok := p.ClassTier(class)
		if !ok {
			floor = 1
		}
		tier = min(tier, floor)
		all = all && harmless(class)
	}
	if all && !slices.Contains(environments, "prod") && len(environments) > 0 {
		return 4
	}
	return tier
}

// harmless reports whether a use outside production with only this data is at tier 4.
func harmless(class string) bool { return class == "public" || class == "synthetic" }
