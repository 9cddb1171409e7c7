package policy

import (
	"slices"
	"time"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Today is the instant of the evaluation and the day that it falls on in the policy's zone.
type Today struct {
	Instant time.Time
	Zone    *time.Location
	Day     scalar.Date
}

// At is the instant as the policy's zone sees it.
func (p *Policy) At(instant time.Time) Today {
	return Today{Instant: instant, Zone: p.Zone, Day: scalar.DateOf(instant, p.Zone)}
}

// Tier is the effective tier: the most critical of those that are stated, of which 0 is none, and the floors of the classes
// of data. A use outside production with nothing but public or synthetic data is tier 4, which is what makes a pilot
// possible. What is not known counts as most critical. Without environments the use is in production.
func (p *Policy) Tier(stated []int, classes, environments []string) int {
	tier := 4
	for _, t := range stated {
		if t > 0 {
			tier = min(tier, t)
		}
	}
	harmless := true
	for _, class := range classes {
		floor, ok := p.ClassTier(class)
		if !ok {
			floor = 1
		}
		tier = min(tier, floor)
		harmless = harmless && (class == "public" || class == "synthetic")
	}
	if harmless && !slices.Contains(environments, "prod") && len(environments) > 0 {
		return 4
	}
	return tier
}
