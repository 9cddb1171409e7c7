package brief

import (
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// Document is a document or a term of the contract that a rule wants besides answers.
type Document struct {
	By   AskedBy
	Want string
}

// Documents lists what the rules in force want to see for such a use: documents, agreements and terms of the contract.
func Documents(p *policy.Policy, profile Profile) []Document {
	u := &rules.Subject{Policy: p, Tier: profile.Tier, Classes: profile.Classes}
	var out []Document
	for _, r := range rules.All() {
		if r.Documents == nil || !u.InForce(r.ID) {
			continue
		}
		for _, want := range r.Documents(u) {
			out = append(out, Document{AskedBy{r.ID, p.Rule(r.ID).Levels[profile.Tier]}, want})
		}
	}
	return out
}
