package render

import (
	"github.com/vendorgate/vendorgate/internal/brief"
	"github.com/vendorgate/vendorgate/internal/drafts"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// yaml renders the brief as a file of answers for the vendor to fill in, which registry import reads.
func (b Brief) yaml() sink.Document {
	d := drafts.Record{ID: b.ID, Identity: b.Identity, ForVendor: true}
	for _, q := range b.Questions {
		if q.Ours || q.Spoken {
			continue
		}
		says := []string{record.Question(q.Path)}
		if q.Given != "" {
			says[0] += " Answer only " + q.Given + "."
		}
		d.Wanted = append(d.Wanted, drafts.Wanted{Path: q.Path, Says: append(says, "Answer: "+drafts.AnswerOf(q.Path)+".", "Evidence: "+evidenceEntry(q)+".")})
	}
	return sink.Lines(string(d.Bytes()))
}

// evidenceEntry says which entry under evidence an answer needs.
func evidenceEntry(q brief.Question) string {
	return map[string]string{
		"asserted":   "none needed",
		"documented": "a page or document that says so (type documentation)",
		"attested":   "an answer signed on your behalf, such as a CAIQ or SIG (type attestation)",
		"audited":    "a report by an independent auditor that covers it (type certification-report, pentest-report or attestation)",
		"tested":     "none; we test it",
	}[q.Proof]
}
