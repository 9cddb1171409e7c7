// Package brief derives the questions and documents that a policy requires from a vendor before anyone uses it.
// It does not judge vendors.
package brief

import (
	"cmp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// Question is a question of a procurement brief.
type Question struct {
	Path   string
	Or     []string // attributes that would do instead
	Given  string   // condition, such as: if it raises alerts; empty if every vendor must answer
	Judged bool     // the policy judges an answer but does not require one
	Ours   bool     // the organisation answers it, not the vendor
	// Background questions help to decide; no rule judges the answer.
	Background bool
	Spoken     bool // the answer has no place in the vendor's answers as a file: the organisation measures it, or it is a document
	By         []AskedBy
	Accepted   []string // accepted answers; empty if any will do
	Proof      string   // required assurance: a word of vocab.Assurances
}

// AskedBy is a rule or requirement that asks a question.
type AskedBy struct {
	ID       string
	Severity diag.Severity
}

// Questions lists the questions of the policy for a use, in the order of attributes in records. Those with neither Given nor Judged
// are what VG-REG-005 reports for an empty record.
func Questions(p *policy.Policy, profile Profile) []Question {
	asks := Asks(p, profile)
	slices.SortStableFunc(asks, func(a, b Ask) int { // unconditional questions first
		return cmp.Or(compareBool(a.Judged, b.Judged), compareBool(a.Given != "", b.Given != ""))
	})
	var out []Question
	for _, a := range asks {
		i := slices.IndexFunc(out, func(q Question) bool { return q.Path == a.Path })
		if i < 0 {
			i = len(out)
			out = append(out, Question{
				Path: a.Path, Or: a.Or, Given: a.Given, Judged: a.Judged, Ours: strings.HasPrefix(a.Path, "risk."),
				Proof: vocab.Assurances()[assuranceOf(p, a.Path, profile.Tier)],
			})
		}
		q := &out[i]
		if !slices.ContainsFunc(q.By, func(by AskedBy) bool { return by.ID == a.By }) {
			q.By = append(q.By, AskedBy{a.By, a.Severity})
		}
		if want := wanted(p, a); want != "" && !slices.Contains(q.Accepted, want) {
			q.Accepted = append(q.Accepted, want)
		}
	}
	out = append(out, background(p, profile, out)...)
	slices.SortStableFunc(out, func(a, b Question) int { return cmp.Compare(place(a.Path), place(b.Path)) })
	return out
}

// place returns the position of an attribute, or of a list of mappings, in the order of records.
func place(path string) int {
	return slices.IndexFunc(record.Table().Rows, func(row attr.Row) bool {
		return row.Path == path || strings.HasPrefix(row.Path, path+"[]")
	})
}

// wanted describes the answers that a rule or requirement accepts; empty if any will do.
func wanted(p *policy.Policy, a Ask) string {
	i := slices.IndexFunc(p.Requirements, func(q policy.Requirement) bool { return q.ID == a.By })
	switch {
	case i < 0:
		return a.Wants
	case len(a.Or) > 0:
		return a.Wants // names each of the attributes
	}
	want := strings.TrimPrefix(a.Wants, a.Path+" ")
	if want == "is known" {
		return a.OfRule
	}
	return strings.TrimPrefix(want, "is ")
}

// assuranceOf returns the assurance that the policy requires for an attribute at a tier.
func assuranceOf(p *policy.Policy, path string, tier int) policy.Assurance {
	need := policy.Asserted
	if p.Rule(rules.UnprovenClaims).Levels[tier] == diag.Off {
		return need
	}
	for _, a := range p.Assurance {
		if slices.Contains(a.Paths, path) {
			need = max(need, a.Need[tier].Value)
		}
	}
	return need
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return 1
	}
}
