package rules

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/attr"
)

// unboundedRates: VG-RTE-001.
func unboundedRates(u *Subject) []Fault {
	w := u.gaps("VG-RTE-001")
	w.claim("rate_limiting.documented_url")
	if limits, ok := w.claim("rate_limiting.limits"); ok && !slices.ContainsFunc(limits.Records, perClient) {
		w.lack("rate_limiting.limits", "no quota per client")
	}
	if status, ok := w.claim("rate_limiting.on_exceed.status"); ok && status.Int != 429 {
		w.lack("rate_limiting.on_exceed.status", "too many requests are answered with %d, not 429", status.Int)
	}
	w.yes("rate_limiting.on_exceed.retry_after", "the answer does not say when to try again")
	if slices.Contains([]string{"ai-inference", "email", "maps", "messaging"}, u.Category) { // billed by the call
		w.yes("rate_limiting.customer_caps", "no cap on what we spend")
	}
	return w.fault(u.subject("the rate limits"), "Keep a timeout and few retries of your own (resilience in the manifest), and set a cap on spending where there is one.")
}

func perClient(limit *attr.Record) bool {
	return slices.Contains([]string{"client", "key", "account", "user"}, limit.Get("scope").Text)
}
