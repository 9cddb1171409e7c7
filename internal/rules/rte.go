package rules

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Rules about rate limits.
const (
	UnboundedRates = "VG-RTE-001"
)

func rateRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: UnboundedRates, Title: "rate limits are missing, undocumented, or not signalled clearly", Levels: tiered("EWW-"), Waivable: true, Optional: true},
			Judge:    unboundedRates, Actor: Team,
		},
	}
}

// unboundedRates implements VG-RTE-001.
func unboundedRates(u *subject.Subject) []subject.Fault {
	w := u.Shortfalls(UnboundedRates)
	u.Wants("an address", "rate_limiting.documented_url")
	u.Wants("one or more limits, at least one of them per client, key, account or user", "rate_limiting.limits")
	u.Wants("429", "rate_limiting.on_exceed.status")
	w.Claim("rate_limiting.documented_url")
	if limits, ok := w.Claim("rate_limiting.limits"); ok && !slices.ContainsFunc(limits.Records, perClient) {
		w.Add("rate_limiting.limits", "no quota per client")
	}
	if status, ok := w.Claim("rate_limiting.on_exceed.status"); ok && status.Int != 429 {
		w.Add("rate_limiting.on_exceed.status", "requests over the limit get status %d, not 429", status.Int)
	}
	w.RequireTrue("rate_limiting.on_exceed.retry_after", "responses do not say when to retry")
	if slices.Contains([]string{"ai-inference", "email", "maps", "messaging"}, u.Category) { // billed by the call
		w.RequireTrue("rate_limiting.customer_caps", "no spending cap")
	}
	return w.Fault(u.About("the rate limits of %q do not meet the policy"), "Set a timeout and a small number of retries in your code, and a spending cap if the vendor offers one. "+u.KeepersMust("agree on limits with the vendor and record them in %s.", u.Vendor.File))
}

func perClient(limit *attr.Record) bool {
	return slices.Contains([]string{"client", "key", "account", "user"}, limit.Get("scope").Text)
}
