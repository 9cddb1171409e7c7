package check

import (
	"fmt"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// skew is how far ahead the clock of the machine that made a commit may be.
const skew = 5 * time.Minute

// fromTheFuture reports whether the registry's commit is dated after the current time. Either that date or this clock is wrong,
// so no date can be judged.
func (in Inputs) fromTheFuture(asOf time.Time) (remarks, bool) {
	committed, now := in.Trusted.Commit.Date, in.Now
	if committed.IsZero() {
		committed = in.Trusted.CheckedOut
	}
	if now.IsZero() {
		now = asOf
	}
	if in.Trusted.Registry == nil || !committed.After(now.Add(skew)) {
		return remarks{}, false
	}
	reason := fmt.Sprintf("its last commit is dated %s, which is after the current time, %s", committed.UTC().Format(time.RFC3339), now.UTC().Format(time.RFC3339))
	return unread(in.Trusted.Origin, reason, diag.Pos{File: in.Trusted.Origin}), true
}

// unusable reports whether the registry's commit is too old, or dated in the future.
func (in Inputs) unusable(asOf time.Time) (remarks, bool) {
	if said, is := in.fromTheFuture(asOf); is {
		return said, true
	}
	return in.tooOld(asOf)
}

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
	reason := fmt.Sprintf("its last commit is from %s, but the policy allows it to be at most %s old", committed.UTC().Format(time.DateOnly), most.Value.Words())
	return unread(in.Trusted.Origin, reason, most.Pos), true
}
