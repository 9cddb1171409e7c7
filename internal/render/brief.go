package render

import (
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/brief"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// Brief is what a policy asks of one vendor.
type Brief struct {
	ID        string           // of the vendor
	Identity  *registry.Vendor // nil if the vendor is unknown
	Category  string           // empty to use that of the identity
	Stated    int              // tier of the vendor; 0 if it has none
	Policy    *policy.Policy
	Profile   brief.Profile // of the use that the questions are for
	Questions []brief.Question
	Documents []brief.Document
}

// accepted describes the answers that are accepted.
func accepted(q brief.Question) string {
	out := "any answer except unknown"
	for i, want := range q.Accepted {
		if i == 0 {
			out = want
		} else {
			out += "; and " + want
		}
	}
	if len(q.Or) > 0 {
		out += fmt.Sprintf(" (you can answer %s instead)", joined(q.Or))
	}
	return out
}

// evidence describes the evidence that an answer needs.
func evidence(q brief.Question) string {
	proof := record.ProofOf(q.Path).Evidence
	return map[string]string{
		"asserted":   "not required; typical evidence is " + proof,
		"documented": "documented: a page or document from the vendor (type documentation); typical evidence is " + proof,
		"attested":   "attested: an answer signed on behalf of the vendor, such as a CAIQ or SIG (type attestation)",
		"audited":    "audited: a report by an independent auditor that covers it (type attestation, certification-report or pentest-report)",
		"tested":     "tested: a test by your organisation, run with the vendor's consent (type dynamic-analysis-report)",
	}[q.Proof]
}

// requiredBy says which rules and requirements ask a question.
func requiredBy(q brief.Question) string {
	if q.Judged {
		return "Checked by " + askers(q.By)
	}
	return "Required by " + askers(q.By)
}

// askers lists the rules and requirements that ask, with the severity of an answer that is not accepted.
func askers(all []brief.AskedBy) string {
	var groups []string
	for len(all) > 0 {
		var ids []string
		severity := all[0].Severity
		for len(all) > 0 && all[0].Severity == severity {
			ids, all = append(ids, all[0].ID), all[1:]
		}
		groups = append(groups, fmt.Sprintf("%s (%s if not met)", and(ids), severity))
	}
	return joined(groups)
}

// and joins words as in a sentence.
func and(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return joined(words)
	}
	return joined(words[:last]) + " and " + words[last]
}

func joined(words []string) string { return strings.Join(words, ", ") }
