package gate

import (
	"slices"
	"strings"
	"sync"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// WidestUse returns the use with everything that a record permits: all environments and data classes of its scope, in one of its
// repositories. A pilot permits test data outside production. It is nil if the vendor is not reviewed.
func WidestUse(p *policy.Policy, known *registry.Registry, today policy.Today, v *registry.Vendor) *subject.Subject {
	if !v.Reviewed() {
		return nil
	}
	u := &subject.Subject{
		Vendor: v, Policy: p, Today: today, Registry: known, Category: v.Record.Get("category").Text, Manifest: &manifest.Manifest{}, Use: blankUse(),
		Hypothetical: true, ForKeepers: true, Introduced: v.Record.Get("status").Text != "deprecated", // which permits no new use
	}
	u.ID.Value, u.ID.Pos = v.ID, diag.Pos{}
	environments, classes := v.Record.Get("scope.environments"), v.Record.Get("scope.data_classes")
	u.Environments, u.Data = permitted(environments), permitted(classes)
	if v.Record.Get("status").Text == "pilot" {
		u.Environments = slices.DeleteFunc(u.Environments, func(e diag.At[string]) bool { return e.Value == "prod" })
		u.Data = slices.DeleteFunc(u.Data, func(c diag.At[string]) bool { return !slices.Contains(subject.PilotClasses(), c.Value) })
	}
	for _, e := range u.Environments {
		u.EnvironmentNames = append(u.EnvironmentNames, e.Value)
	}
	for _, c := range u.Data {
		u.Classes = append(u.Classes, c.Value)
	}
	if repos := v.Record.Get("scope.repos").Texts(); len(repos) > 0 {
		u.Repository = strings.NewReplacer("*", "x", "?", "x").Replace(repos[0])
	}
	u.SetTier()
	return u
}

// permitted returns the items of a scope with their places.
func permitted(list *attr.Value) []diag.At[string] {
	var out []diag.At[string]
	for i := range list.Items {
		out = append(out, list.Items[i].At())
	}
	return out
}

// blankUse is a use with only the required attributes.
//
//nolint:gochecknoglobals // an immutable value, parsed once
var blankUse = sync.OnceValue(func() manifest.Use {
	const text = "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: nobody\nvendors: [{id: any, purpose: To ask, environments: [prod], data: [none]}]\n"
	return manifest.Parse("", "", []byte(text)).Uses[0]
})

// RecordFinding is what a check finds about the widest use of a record, at its place in the record.
type RecordFinding struct {
	diag.Finding
	Waivable bool
	Soon     bool // a last day comes near, and nothing else is wrong
	Lapsed   bool // a last day has passed, and nothing else is wrong
	Planned  bool // the status of a vendor that is deprecated, or whose use the policy tolerates: a decision and no fault
	Choice   bool // it is about one of several things that the scope lets a use choose, and not all of them have one
}

// RuleResult is the outcome of a rule or requirement for the widest use of a record. Where it fails because of nothing but a last day that
// comes near, it holds.
type RuleResult struct {
	subject.RuleOutcome
	Findings []RecordFinding
}

// JudgeRecord runs every rule and requirement on the widest use of a record, as a check does, without waivers, and then those about API
// versions and ways to authenticate on each that the scope permits. Results are in the order of the rules, and a rule that is not asked has
// none.
func JudgeRecord(u *subject.Subject) []RuleResult {
	e := newEvaluation(Input{Registry: u.Registry, Policy: u.Policy, AsOf: u.Today.Instant, Repository: u.Repository})
	u.TrackOutcomes, u.Outcomes, u.Missing = true, nil, nil
	e.judge(u)
	ofAll, choices := len(e.findings), map[string]int{}
	if !rules.ForbiddenByStatus(u) {
		choices = e.judgeChoices(u)
	}
	failing := map[string]int{}
	for i := range e.findings[ofAll:] {
		failing[e.findings[ofAll+i].Rule]++
	}
	var out []RuleResult
	at := map[string]int{}
	for _, o := range u.Outcomes {
		at[o.ID] = len(out)
		if _, structural := rules.ByID(o.ID); structural {
			o.Outcome = o.Apart // until there is a finding that is not only near
		}
		out = append(out, RuleResult{RuleOutcome: o})
	}
	for i := range e.findings {
		f := inRecord(u, &e.findings[i])
		f.Choice = i >= ofAll && failing[f.Rule] < choices[f.Rule]
		r := &out[at[f.Rule]]
		if r.Findings = append(r.Findings, f); !f.Soon {
			r.Outcome = policy.Fails
		}
	}
	if i, asked := at[Incomplete]; asked && len(u.Missing) > 0 {
		out[i].Outcome, out[i].Missing = policy.IsUnknown, u.Missing
	}
	return out
}

// judgeChoices runs the rules about what a use chooses on everything that the scope lets it choose. A version that is deprecated serves the
// uses that exist until shortly before its last day, so until then it is no fault of the record. It returns how many choices there were, by rule.
func (e *evaluation) judgeChoices(u *subject.Subject) map[string]int {
	judged := map[string]int{} // choices by rule
	run := func(id string, choose func(chosen *subject.Subject)) {
		i := slices.IndexFunc(e.asked, func(r rules.Rule) bool { return r.ID == id })
		chosen := *u
		choose(&chosen)
		if !chosen.InForce(id) {
			return
		}
		judged[id]++
		chosen.Begin(e.asked[i].Waivable)
		faults := e.asked[i].Judge(&chosen)
		u.Also(id, &chosen)
		for _, f := range faults {
			if f.MaxSeverity != diag.Warning || f.Day.Near {
				e.rule(&chosen, id, f)
			}
		}
	}
	for _, api := range u.Attr("apis").Records {
		for _, version := range api.Get("versions").Records {
			_, approved := u.Vendor.Version(api.Get("id").Text, version.Get("id").Text)
			if !approved || version.Get("status").Text == "retired" && !u.Attr("scope.api_versions").Known() { // it is only listed
				continue
			}
			run(rules.VersionOutsideScope, func(chosen *subject.Subject) {
				chosen.Introduced, chosen.APIID, chosen.APIVersion = false, api.Get("id").At(), version.Get("id").At()
			})
		}
	}
	for _, method := range permitted(u.Attr("scope.auth_methods")) {
		run(rules.ForbiddenAuthentication, func(chosen *subject.Subject) { chosen.AuthMethod = method })
	}
	return judged
}

// plannedStatuses are those that a check reports although the organisation has decided so.
func plannedStatuses() []string {
	return []string{"proposed", "in-review", "deprecated", "suspended", "denied", "retired"}
}

// inRecord moves a finding to the attribute of the record that it is about.
func inRecord(u *subject.Subject, f *gradedFinding) RecordFinding {
	out := RecordFinding{Finding: f.Finding, Waivable: f.waivable, Soon: f.soon, Lapsed: f.lapsed}
	out.Related, out.Planned = nil, f.Rule == rules.StatusForbids && !f.lapsed && slices.Contains(plannedStatuses(), u.Attr("status").Text)
	moved := out.Pos.File == u.Vendor.File && out.Pos != u.Vendor.Record.Pos
	for _, r := range f.Related {
		switch {
		case r.Pos == u.Vendor.Record.Pos: // where an attribute is missing
		case !moved && r.Pos.File == u.Vendor.File:
			out.Pos, moved = r.Pos, true
		case r.Pos.File != "" && r.Pos != out.Pos:
			out.Related = append(out.Related, r)
		}
	}
	if !moved {
		out.Pos = u.Attr("status").Pos
	}
	if out.Owner == u.Owner.Value { // nobody has the use
		out.Owner = ""
	}
	return out
}
