package check

import (
	"maps"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/explain"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// rulesOf returns explanations of the rules of the findings, each once, sorted by id.
func rulesOf(findings []diag.Finding, p *policy.Policy) []diag.Rule {
	found := map[string]diag.Rule{}
	for _, f := range findings {
		if _, ok := found[f.Rule]; !ok {
			found[f.Rule] = aboutRule(f.Rule, p)
		}
	}
	var out []diag.Rule
	for _, id := range slices.Sorted(maps.Keys(found)) {
		out = append(out, found[id])
	}
	return out
}

// linksOf returns the URLs in the policy, and the one for vendor requests.
func linksOf(p *policy.Policy, requestURL string) []string {
	if p == nil {
		return nil
	}
	links := []string{p.RequestURL, p.RenewURL, p.WaiverURL, requestURL}
	for i := range p.Requirements {
		links = append(links, p.Requirements[i].Docs)
	}
	slices.Sort(links)
	return slices.DeleteFunc(slices.Compact(links), func(s string) bool { return s == "" })
}

// aboutRule explains a rule, or a requirement of the policy.
func aboutRule(id string, p *policy.Policy) diag.Rule {
	if r, ok := rules.ByID(id); ok {
		page, _ := explain.Page(id)
		return diag.Rule{ID: id, Title: r.Title, Why: explain.Section(page, "Why"), Acts: explain.Section(page, "Who acts"), Page: explain.URL(id)}
	}
	out := diag.Rule{ID: id}
	if p != nil {
		out.Title = "a requirement of the policy " + p.ID
		out.Why = "The policy " + p.ID + " requires it."
		for i := range p.Requirements {
			if p.Requirements[i].ID == id {
				out.Page = p.Requirements[i].Docs
			}
		}
	}
	return out
}
