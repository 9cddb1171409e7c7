package render

import (
	"github.com/vendorgate/vendorgate/internal/drafts"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// yaml renders the brief as a draft of the record.
func (b Brief) yaml() sink.Document {
	d := drafts.Record{ID: b.ID, Identity: b.Identity, Category: b.Category, Tier: b.Stated, Classes: b.Profile.Classes}
	for _, q := range b.Questions {
		says := []string{record.Question(q.Path)}
		if q.Given != "" {
			says[0] += " Answer only " + q.Given + "."
		}
		says = append(says, "Answer: "+drafts.AnswerOf(q.Path)+".", "Accepted: "+accepted(q)+".", "Evidence: "+evidence(q)+".", requiredBy(q)+".")
		d.Wanted = append(d.Wanted, drafts.Wanted{Path: q.Path, Says: says})
	}
	return sink.Lines(string(d.Bytes()))
}
