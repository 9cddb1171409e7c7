package check

import (
	"time"

	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// AsOf is the time to evaluate at: an instant, or a day.
type AsOf struct {
	Instant time.Time
	Day     scalar.Date // the zero Date for an instant; a day starts in the time zone of the policy
}

// In returns the instant in the time zone of a policy, or in UTC without one.
func (a AsOf) In(p *policy.Policy) time.Time {
	switch {
	case a.Day.IsZero():
		return a.Instant
	case p == nil:
		return a.Day.Start(time.UTC)
	default:
		return a.Day.Start(p.Zone)
	}
}
