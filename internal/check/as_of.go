package check

import (
	"time"

	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// AsOf is what dates are judged by: an instant, or a day.
type AsOf struct {
	Instant time.Time
	Day     scalar.Date // if it is a day, which begins in the policy's zone; the zero Date otherwise
}

// In is the instant by a policy; UTC is the zone of none.
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
