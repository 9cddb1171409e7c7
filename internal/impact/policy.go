// Package impact says what a change of a registry does to its records: which of them a new policy fails, and what an edited record permits.
// It decides nothing.
package impact

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Policy is what another policy does to the records of a registry.
type Policy struct {
	Before, After string   // ids of the policies
	Rows          []Row    // what differs between the policies
	Records       int      // that permit use
	Fail          []string // ids of records that fail no rule before, and one or more after
	Warn          []string // ids of other records that a rule newly warns of
	Pass          []string // ids of records that fail one or more before, and none after
	Rules         []Rule   // whose results change, by id, then the requirements
	Unjudged      []diag.Gap
}

// Rule is how the results of a rule or requirement change.
type Rule struct {
	ID, Title string
	Fail      []string // ids of records that newly fail it, with severity error
	Unknown   []string // those among them of which nobody knows, because the record does not say
	Warn      []string // that it newly warns of
	Pass      []string // that fail it no more
}

// OfPolicy compares the results of two policies for all records that permit use.
func OfPolicy(before, after *policy.Policy, known *registry.Registry, asOf time.Time) (Policy, error) {
	entries, err := known.All()
	if err != nil {
		return Policy{}, fmt.Errorf("compare policies: %w", err)
	}
	out := Policy{Before: before.ID, After: after.ID, Rows: rowsChanged(before, after)}
	table := map[string]*Rule{}
	for _, e := range entries {
		name := known.Tree.Name("vendors/" + e.ID + ".yaml")
		switch {
		case e.Err != nil:
			out.Unjudged = append(out.Unjudged, diag.Gap{Target: name, Reason: source.Reason(e.Err)})
		case len(e.Vendor.Problems) > 0:
			out.Unjudged = append(out.Unjudged, diag.Gap{Target: name, Reason: e.Vendor.Problems[0].Message})
		default:
			out.record(table, e.Vendor, judged(before, known, e.Vendor, asOf), judged(after, known, e.Vendor, asOf))
		}
	}
	for _, id := range ids(before, after) {
		if r := table[id]; r != nil {
			r.ID, r.Title = id, title(id, before, after)
			out.Rules = append(out.Rules, *r)
		}
	}
	return out, nil
}

// verdict is the result of a rule for a record.
type verdict struct {
	severity diag.Severity
	unknown  bool
}

// judged returns the results of all rules for a record that are not a pass; nil if the record permits no use. What the record does not say
// counts for the rule or requirement that asks for it.
func judged(p *policy.Policy, known *registry.Registry, v *registry.Vendor, asOf time.Time) map[string]verdict {
	u := gate.WidestUse(p, known, p.At(asOf), v)
	if u == nil || rules.ForbiddenByStatus(u) {
		return nil
	}
	out := map[string]verdict{}
	for _, r := range gate.JudgeRecord(u) {
		if r.ID == rules.NotEstablished {
			continue
		}
		var worst verdict
		for _, m := range r.Missing {
			worst = verdict{max(worst.severity, gate.UnknownSeverity(u, m)), true}
		}
		for i := range r.Findings {
			if f := &r.Findings[i]; !f.Planned && !f.Soon && f.Severity >= worst.severity {
				worst = verdict{severity: f.Severity}
			}
		}
		if worst.severity >= diag.Warning {
			out[r.ID] = worst
		}
	}
	return out
}

// record adds the changes of one record.
func (p *Policy) record(table map[string]*Rule, v *registry.Vendor, was, is map[string]verdict) {
	if was == nil && is == nil {
		return
	}
	p.Records++
	warned := false
	failing := func(all map[string]verdict) bool {
		for _, r := range all {
			if r.severity == diag.Error {
				return true
			}
		}
		return false
	}
	switch a, b := failing(was), failing(is); {
	case b && !a:
		p.Fail = append(p.Fail, v.ID)
	case a && !b:
		p.Pass = append(p.Pass, v.ID)
	}
	row := func(id string) *Rule {
		if table[id] == nil {
			table[id] = &Rule{}
		}
		return table[id]
	}
	for id, now := range is {
		switch before := was[id]; {
		case now.severity == diag.Error && before.severity < diag.Error:
			row(id).Fail = append(row(id).Fail, v.ID)
			if now.unknown {
				row(id).Unknown = append(row(id).Unknown, v.ID)
			}
		case now.severity == diag.Warning && before.severity < diag.Warning:
			row(id).Warn = append(row(id).Warn, v.ID)
			warned = true
		}
	}
	if warned && (failing(was) || !failing(is)) {
		p.Warn = append(p.Warn, v.ID)
	}
	for id, before := range was {
		if before.severity == diag.Error && is[id].severity < diag.Error {
			row(id).Pass = append(row(id).Pass, v.ID)
		}
	}
}

// ids lists the rules, then the requirements of two policies.
func ids(before, after *policy.Policy) []string {
	var out []string
	for _, r := range rules.All() {
		out = append(out, r.ID)
	}
	for _, p := range []*policy.Policy{after, before} {
		for i := range p.Requirements {
			if id := p.Requirements[i].ID; !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// title says what a rule finds, or what a requirement asks.
func title(id string, before, after *policy.Policy) string {
	if r, ok := rules.ByID(id); ok {
		return r.Title
	}
	for _, p := range []*policy.Policy{after, before} {
		for i := range p.Requirements {
			if p.Requirements[i].ID == id {
				return p.Requirements[i].Asks()
			}
		}
	}
	return id
}

// Summary says how many records the other policy affects, as: 14 of 20 records would newly fail, 3 would newly get a warning.
func (p *Policy) Summary() string {
	switch {
	case len(p.Rows) == 0:
		return "the policy is the same"
	case len(p.Rules) == 0:
		return fmt.Sprintf("the policy changes, and no result changes for %s", permitting(p.Records))
	}
	out := fmt.Sprintf("%d of %s would newly fail", len(p.Fail), permitting(p.Records))
	for _, more := range []struct {
		ids  []string
		what string
	}{{p.Warn, "newly get a warning"}, {p.Pass, "no longer fail"}} {
		if n := len(more.ids); n > 0 {
			out += fmt.Sprintf(", %d would %s", n, more.what)
		}
	}
	return out
}

// permitting counts records that permit use.
func permitting(n int) string {
	if n == 1 {
		return "1 record that permits use"
	}
	return diag.Count(n, "record") + " that permit use"
}

// Says describes the changes of a rule, as: 14 of 20 records would newly fail (5 do not say).
func (r Rule) Says(records int) string {
	var out []string
	count := func(ids []string, what string) {
		if len(ids) > 0 {
			out = append(out, fmt.Sprintf("%d of %s would %s", len(ids), diag.Count(records, "record"), what))
		}
	}
	count(r.Fail, "newly fail")
	if n := len(r.Unknown); n > 0 {
		out[0] += fmt.Sprintf(" (%d because the record does not say)", n)
	}
	count(r.Warn, "newly get a warning")
	count(r.Pass, "no longer fail")
	return strings.Join(out, "; ")
}
