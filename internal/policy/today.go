package policy

import (
	"time"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Today is the instant of the evaluation, and its day in the time zone of the policy.
type Today struct {
	Instant time.Time
	Zone    *time.Location
	Day     scalar.Date
}
