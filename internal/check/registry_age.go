package check

import (
	"fmt"
	"time"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

// tooOld reports whether the registry's commit is older than its policy allows.
func (in Inputs) tooOld(asOf time.Time) (remarks, bool) {
	committed, rules := in.Trusted.Commit.Date, in.Trusted.Policy
	if rules == nil || in.Trusted.Registry == nil || committed.IsZero() || rules.RegistryMaxAge.Value.IsZero() {
		return remarks{}, false
	}
	most := rules.RegistryMaxAge
	last := scalar.DateOf(committed, time.UTC).Plus(most.Value).Start(time.UTC)
	last = last.Add(committed.Sub(scalar.DateOf(committed, time.UTC).Start(time.UTC)) + most.Value.Time)
	if !asOf.After(last) {
		return remarks{}, false
	}
	reason := fmt.Sprintf("its last commit is from %s, and the policy accepts a registry for at most %s", committed.UTC().Format(time.DateOnly), most.Value.Words())
	return unread(in.Trusted.Origin, reason, most.Pos), true
}
