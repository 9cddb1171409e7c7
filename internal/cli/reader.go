package cli

import (
	"maps"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/explain"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// forReaders adds to a report what somebody who has never met a rule should know: what the rules of the findings are for,
// and which URLs are the policy's own.
func forReaders(rep *diag.Report, p *policy.Policy) {
	found := map[string]diag.Rule{}
	for _, f := range rep.Findings {
		if _, ok := found[f.Rule]; !ok {
			found[f.Rule] = aboutRule(f.Rule, p)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(found)) {
		rep.Rules = append(rep.Rules, found[id])
	}
	if p == nil {
		return
	}
	links := []string{p.RequestURL, p.RenewURL, p.WaiverURL, rep.RequestURL}
	for i := range p.Requirements {
		links = append(links, p.Requirements[i].Docs)
	}
	slices.Sort(links)
	rep.Links = slices.DeleteFunc(slices.Compact(links), func(s string) bool { return s == "" })
}

// aboutRule is what there is to say of a rule, or of a requirement of the policy.
func aboutRule(id string, p *policy.Policy) diag.Rule {
	if r, ok := rules.ByID(id); ok {
		page, _ := explain.Page(id)
		return diag.Rule{ID: id, Title: r.Title, Why: explain.Section(page, "Why"), Acts: explain.Section(page, "Who acts")}
	}
	out := diag.Rule{ID: id}
	if p != nil {
		out.Title = "a requirement of the policy " + p.ID
		out.Why = "The policy " + p.ID + " asks for it."
	}
	return out
}
