package cli

import (
	"maps"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/explain"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// forReaders adds to a report what somebody who has never met a rule should know: what the rules of the findings are for,
// and which URLs are the policy's own.
func forReaders(rep *diag.Report, rules *policy.Policy) {
	found := map[string]diag.Rule{}
	for _, f := range rep.Findings {
		if _, ok := found[f.Rule]; !ok {
			found[f.Rule] = aboutRule(f.Rule, rules)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(found)) {
		rep.Rules = append(rep.Rules, found[id])
	}
	if rules == nil {
		return
	}
	links := []string{rules.RequestURL, rules.RenewURL, rules.WaiverURL, rep.RequestURL}
	for i := range rules.Requirements {
		links = append(links, rules.Requirements[i].Docs)
	}
	slices.Sort(links)
	rep.Links = slices.DeleteFunc(slices.Compact(links), func(s string) bool { return s == "" })
}

// aboutRule is what there is to say of a rule, or of a requirement of the policy.
func aboutRule(id string, rules *policy.Policy) diag.Rule {
	if r, ok := policy.RuleByID(id); ok {
		page, _ := explain.Page(id)
		return diag.Rule{ID: id, Title: r.Title, Why: explain.Section(page, "Why"), Acts: explain.Section(page, "Who acts")}
	}
	out := diag.Rule{ID: id}
	if rules != nil {
		out.Title = "a requirement of the policy " + rules.ID
		out.Why = "The policy " + rules.ID + " asks for it."
	}
	return out
}
