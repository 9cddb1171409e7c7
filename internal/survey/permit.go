package survey

import (
	"fmt"
	"slices"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Permit is what a record permits: for whom, until when, and what a check of the widest use finds.
type Permit struct {
	Status                                  string      // empty if nobody has reviewed the vendor
	Forbidden                               string      // why the status permits no use; empty if it does
	Environments, Data, Repositories, Teams []string    // nil for all repositories or teams
	Until                                   scalar.Date // last day before a check fails; zero if there is none
	Ends                                    string      // what ends on that day
	Fails, Warns                            []gate.RecordFinding
	Wrong                                   []subject.Defect // with the record because of other files of the registry; lint reports it, and a check of one repository may not
	Passes                                  string           // if a check of everything fails, a use that passes, such as: in dev with public data; empty if every environment fails with every class
}

// PermitOf returns what a record permits. What a waiver covers wherever the record permits use fails no check until its last day. around is what the other files of the registry show about it.
func PermitOf(p *policy.Policy, known *registry.Registry, v *registry.Vendor, around subject.Surroundings, asOf time.Time) Permit {
	u := gate.WidestUse(p, known, p.At(asOf), v)
	if u == nil {
		return Permit{Wrong: around.Wrong()}
	}
	out := Permit{
		Status: u.Attr("status").Text, Environments: u.EnvironmentNames, Data: u.Classes,
		Repositories: limitOf(u, "scope.repos"), Teams: limitOf(u, "scope.teams"), Wrong: around.Wrong(),
	}
	until := func(last scalar.Date, what string) {
		if out.Until.IsZero() || last.Before(out.Until) {
			out.Until, out.Ends = last, what
		}
	}
	forbidden := rules.ForbiddenByStatus(u)
	waivers, _ := known.Waivers([]string{v.ID}, nil) // one that cannot be read covers nothing
	for _, r := range gate.JudgeRecord(u) {
		for _, f := range r.Findings {
			switch w := gate.Covering(u, f, waivers); {
			case forbidden:
				out.Forbidden = f.Message
			case f.Planned:
			case f.Severity == diag.Error && w != nil:
				until(subject.WaiverEnd(u, w).Date, fmt.Sprintf("the waiver %s of %s", w.ID, f.Rule))
			case f.Severity == diag.Error:
				for _, w := range gate.WaiversOf(u, f, waivers) {
					f.Message += fmt.Sprintf("; waiver %s covers it in %s until %s", w.ID, subject.List(w.Record.Get("repos").Texts()), subject.WaiverEnd(u, w.Waiver).Date)
				}
				out.Fails = append(out.Fails, f)
			case f.Severity == diag.Warning:
				out.Warns = append(out.Warns, f)
			}
		}
	}
	if forbidden {
		return out
	}
	if len(out.Fails) > 0 {
		if environment, class, ok := firstPassing(u, waivers); ok {
			out.Passes = "in " + environment
			if class != "" {
				out.Passes += " with " + class + " data"
			}
		}
	}
	for _, d := range rules.Deadlines(u) {
		if !d.Past && failsAfter(u, d) {
			until(d.Date, d.What)
		}
	}
	return out
}

// limitOf returns the items of a list of the scope; nil if the record does not have it.
func limitOf(u *subject.Subject, path string) []string {
	if list := u.Attr(path); list.Known() {
		return list.Texts()
	}
	return nil
}

// firstPassing returns an environment and a data class of the scope, the latter empty if it has none, that a use passes with in at least one
// repository, if everything else is as wide as the scope allows; false if every one fails.
func firstPassing(u *subject.Subject, waivers []*registry.Waiver) (environment, class string, ok bool) {
	for e := range u.Environments {
		narrow := *u
		narrow.Environments, narrow.EnvironmentNames = u.Environments[e:e+1], u.EnvironmentNames[e:e+1]
		for c := range max(1, len(u.Classes)) {
			one := narrow
			if len(u.Classes) > 0 {
				one.Data, one.Classes = u.Data[c:c+1], u.Classes[c:c+1]
				class = u.Classes[c]
			}
			if passes(&one, waivers) {
				return u.EnvironmentNames[e], class, true
			}
		}
	}
	return "", "", false
}

// passes reports whether a use passes in at least one repository.
func passes(u *subject.Subject, waivers []*registry.Waiver) bool {
	u.SetTier()
	return !slices.ContainsFunc(gate.JudgeRecord(u), func(r gate.RuleResult) bool {
		return slices.ContainsFunc(r.Findings, func(f gate.RecordFinding) bool {
			return f.Severity == diag.Error && !f.Planned && !f.Choice && len(gate.WaiversOf(u, f, waivers)) == 0
		})
	})
}

// failsAfter reports whether a check fails after a deadline.
func failsAfter(u *subject.Subject, d subject.Deadline) bool {
	levels := u.Policy.Rule(d.Rule).Levels
	for i := range u.Policy.Requirements {
		if u.Policy.Requirements[i].ID == d.Rule {
			levels = u.Policy.Requirements[i].Levels
		}
	}
	return levels[u.Tier] == diag.Error && (d.MaxSeverity == diag.Off || d.MaxSeverity == diag.Error)
}
