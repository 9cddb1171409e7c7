package brief

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// background lists what helps to decide about a vendor although no rule judges the answer. At tier 4 it would be more than the use is worth.
func background(p *policy.Policy, profile Profile, asked []Question) []Question {
	if profile.Tier > 3 {
		return nil
	}
	const webhooks = "if the service calls webhooks"
	var out []Question
	for _, q := range []Question{
		{Path: "apis"},
		{Path: "apis[].versions"},
		{Path: "authentication.webhooks.signature", Given: webhooks},
		{Path: "authentication.webhooks.replay_window", Given: webhooks},
		{Path: "authentication.webhooks.secret_rotation", Given: webhooks},
		{Path: "rate_limiting.idempotency"},
		{Path: "pilot.error_handling.problem_json", Spoken: true},
		{Path: "pilot.latency_ms.p95", Spoken: true},
		{Path: "pilot.breach_simulation", Spoken: true},
		{Path: "evidence", Spoken: true},
	} {
		covered := q.Path == "evidence" && slices.ContainsFunc(Documents(p, profile), func(d Document) bool { return d.By.ID == rules.ReviewMissing })
		if covered || slices.ContainsFunc(asked, func(a Question) bool { return a.Path == q.Path }) {
			continue
		}
		q.Background, q.Proof = true, vocab.Assurances()[0]
		out = append(out, q)
	}
	return out
}
