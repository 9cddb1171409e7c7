package brief

import (
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Document is a document or contract term that a rule requires.
type Document struct {
	By   AskedBy
	Want string
}

// Documents lists the documents, agreements and contract terms that the rules require for a use.
func Documents(p *policy.Policy, profile Profile) []Document {
	u := &subject.Subject{Policy: p, Tier: profile.Tier, Classes: profile.Classes}
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
