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
	Identity  *registry.Vendor // nil if nobody knows the vendor
	Category  string           // that somebody has given; empty to take that of the identity
	Stated    int              // tier of the vendor; 0 if nobody has said it
	Policy    *policy.Policy
	Profile   brief.Profile // of the use that the questions are for
	Questions []brief.Question
	Papers    []brief.Document
}

// accepted is what an answer must be.
func accepted(q brief.Question) string {
	out := "any answer but unknown"
	for i, want := range q.Accepted {
		if i == 0 {
			out = want
		} else {
			out += "; and " + want
		}
	}
	if len(q.Or) > 0 {
		out += fmt.Sprintf(" (an answer about %s will do as well)", joined(q.Or))
	}
	return out
}

// evidence is how well an answer must be proven, and what proves it so.
func evidence(q brief.Question) string {
	shown := record.ProofOf(q.Path).Evidence
	return map[string]string{
		"asserted":   "asserted: the answer alone will do; what shows it is " + shown,
		"documented": "documented: a page or a document of the vendor (type documentation); what shows it is " + shown,
		"attested":   "attested: an answer signed for the vendor, such as a CAIQ or SIG (type attestation)",
		"audited":    "audited: the report of an independent auditor that covers it (type attestation, certification-report or pentest-report)",
		"tested":     "tested: a test of our own, run with the vendor's consent (type dynamic-analysis-report)",
	}[q.Proof]
}

// askers are the rules and requirements that ask, with what an answer that is not accepted weighs.
func askers(all []brief.AskedBy) string {
	words := make([]string, len(all))
	for i, by := range all {
		words[i] = fmt.Sprintf("%s (%s)", by.ID, by.Severity)
	}
	return joined(words)
}

func joined(words []string) string { return strings.Join(words, ", ") }
