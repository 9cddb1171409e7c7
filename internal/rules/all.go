package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// known holds the rules. It is filled by the first use and not by an initializer, because some rules look others up.
//
//nolint:gochecknoglobals // an immutable table
var known struct {
	once  sync.Once
	rules []Rule
	byID  map[string]Rule
}

// All lists the structural rules by id. Callers must not modify the list.
func All() []Rule {
	known.once.Do(func() {
		known.rules = slices.Concat(
			approvalRules(), auditRules(), authenticationRules(), tokenRules(), complianceRules(), contractRules(), dataRules(), detectionRules(), encryptionRules(), exitRules(), consoleRules(), incidentRules(), logRules(), manifestRules(), pilotRules(), probeRules(), registryRules(), rateRules(), scopeRules(), vulnerabilityRules(), waiverRules(),
		)
		known.byID = make(map[string]Rule, len(known.rules))
		for _, r := range known.rules {
			known.byID[r.ID] = r
		}
	})
	return known.rules
}

// ByID returns a structural rule.
func ByID(id string) (Rule, bool) {
	All()
	r, ok := known.byID[id]
	return r, ok
}

// LoadPolicy calls policy.Load with the structural rules. Places where no manifest can be are problems, too.
func LoadPolicy(file string, data []byte, version string) (*policy.Policy, []diag.Problem) {
	p, problems := policy.Load(file, data, version, infos())
	if p == nil {
		return nil, problems
	}
	for _, place := range p.Places {
		if problem, hint := manifest.PlaceProblem(place.Value); problem != "" {
			problems = append(problems, diag.Problem{Pos: place.Pos, Message: fmt.Sprintf("manifest_paths: no manifest can be at %q: %s", policy.FirstRunes(place.Value, 60), problem), Hint: hint})
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return p, nil
}

// LoadPresets returns the policy that consists of a preset and overlays, as policy.LoadPresets.
func LoadPresets(names []string, version string) (*policy.Policy, []diag.Problem) {
	return policy.LoadPresets(names, version, infos())
}

// infos returns what the policy needs to know of each rule.
func infos() []policy.RuleInfo {
	var out []policy.RuleInfo
	for _, r := range All() {
		out = append(out, r.RuleInfo)
	}
	return out
}

// Deadlines lists the last valid days that the rules and requirements in force check, soonest first. It leaves out probe results,
// which a schedule renews every few days.
func Deadlines(u *subject.Subject) []subject.Deadline {
	var out []subject.Deadline
	for _, r := range All() {
		if r.Deadlines != nil && u.InForce(r.ID) {
			out = append(out, r.Deadlines(u)...)
		}
	}
	for i := range u.Policy.Requirements {
		q := &u.Policy.Requirements[i]
		if q.Levels[u.Tier] == diag.Off || !q.Admits(u.Facts()) {
			continue
		}
		rule := q.ID
		if q.Undecided(u.Answers()) { // what follows is unknown, and not a failure
			if rule = NotEstablished; !u.InForce(rule) {
				continue
			}
		}
		if last, path := q.LastDay(u.Answers()); !last.IsZero() {
			d := u.DeadlineFor(rule, inventory.Requirement, path, last, "warn_before_lapse")
			d.What, d.Do = path+" (requirement "+q.ID+")", "Renew it and update "+path+"."
			if list, _, inList := strings.Cut(path, "["); inList {
				d.Do = "Get a newer one and record it under " + list + "."
			}
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b subject.Deadline) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Item, b.Item))
	})
	return out
}

// Responsible names who must act on a finding of a rule or requirement; empty for the author of the change.
func Responsible(u *subject.Subject, rule string) string {
	r, _ := ByID(rule)
	switch {
	case r.Actor == Team:
		return u.Owner.Value
	case r.Actor == Author:
		return ""
	case r.Actor == Approvers && u.Vendor != nil:
		return u.Owners()
	default:
		return u.Policy.Owner()
	}
}

// Redact removes confidential details from a fault.
func Redact(u *subject.Subject, rule string, f subject.Fault) subject.Fault {
	r, structural := ByID(rule)
	if !structural && tellsResults(f.Key) {
		f.Private = u.About("%q does not meet a requirement of the policy")
	}
	if r.Public == SentenceOnly || !structural && tellsResults(f.Key) {
		return u.Redacted(f, Responsible(u, rule))
	}
	return f
}

// tellsResults reports whether an attribute is about the results of reports, tests, drills or incidents.
func tellsResults(path string) bool {
	return slices.ContainsFunc([]string{"assessments", "incidents", "pilot.", "evidence"}, func(about string) bool { return strings.HasPrefix(path, about) })
}
