// Package policy loads policy.yaml and the presets that it extends into one immutable value.
// It knows the ids and severities of the structural rules, but not how they work.
//
// # Why
//
// A policy is a declarative list of requirements, not an expression language. Typos are reported with their position when the
// policy is loaded, and the same list produces the questions for a vendor.
package policy

import (
	"slices"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Policy is the policy of an organisation with its presets applied. It is immutable.
type Policy struct {
	ID         string
	Zone       *time.Location // time zone in which a day ends
	Contact    string
	RequestURL string
	RenewURL   string
	WaiverURL  string
	// RegistryMaxAge is the maximum age of the commit of a registry; zero means no limit.
	RegistryMaxAge diag.At[scalar.Period]
	MinimumGate    MinimumGate
	AllowAsOf      diag.At[bool] // --as-of is allowed in CI
	Comment        string        // which passes get a comment: on-warning or always; empty for none
	Ignore         IgnoreLimits
	Confidential   diag.At[bool] // a check does not show reasons
	Params         Params
	Requirements   []Requirement

	Stack      []string            // accepted targets of logs and alerts; empty: any
	FirstParty []manifest.Ignore   // hosts of the organisation
	Places     []diag.At[string]   // globs of the paths that manifests may have; empty: any
	Adequate   Adequacy            // countries where personal data may be without a transfer mechanism
	Assurance  []AssuranceNeed     // required assurance of attributes
	approvers  map[string][]string // role to users and teams; empty: anyone may approve in any role
	classes    map[string]int      // data class to its most lenient tier
	groups     scalar.CountryGroups
	levels     map[string]RuleLevels
	origins    map[string]diag.Pos // positions of other settings, by path
	structural []RuleInfo          // the structural rules
	below      []diag.At[string]   // the presets and overlays in extends

	trustedBranches []string // patterns of branches to compare with, like the default branch
}

// Adequacy is a list of countries that changes from time to time.
type Adequacy struct {
	Countries []string
	Checked   diag.At[scalar.Date] // the day on which somebody compared it with the source; zero if the list does not say
	Source    string               // URL; may be empty
}

// PlacesPos returns the position of manifest_paths.
func (p *Policy) PlacesPos() diag.Pos { return p.origins["manifest_paths"] }

// PlaceGlobs returns the globs of manifest_paths.
func (p *Policy) PlaceGlobs() []string {
	var out []string
	for _, place := range p.Places {
		out = append(out, place.Value)
	}
	return out
}

// RuleLevels is the severity of a structural rule, and where the policy sets it.
type RuleLevels struct {
	Levels
	Pos diag.Pos // zero for built-in severities
}

// RuleInfo is what a policy needs to know about a structural rule.
type RuleInfo struct {
	ID       string // permanent
	Title    string // the problem, as in the message of a finding
	Levels   Levels // severity by effective tier, before the policy changes it
	Waivable bool
	Fixed    bool   // the policy cannot change its severity
	AlwaysOn bool   // the policy cannot switch it off
	Optional bool   // off unless a preset or a policy turns it on
	Varies   string // when a finding has another severity than that of the tier of the use, as a sentence; empty if it never has
}

// ClassTier returns the most lenient tier of a data class; false if the class is unknown.
func (p *Policy) ClassTier(class string) (int, bool) {
	tier, ok := p.classes[class]
	return tier, ok
}

// Rule returns the severity of a structural rule.
func (p *Policy) Rule(id string) RuleLevels { return p.levels[id] }

// info returns a structural rule.
func (p *Policy) info(id string) (RuleInfo, bool) {
	i := slices.IndexFunc(p.structural, func(r RuleInfo) bool { return r.ID == id })
	if i < 0 {
		return RuleInfo{}, false
	}
	return p.structural[i], true
}

// Severities returns the severities of a rule or requirement.
func (p *Policy) Severities(id string) Levels {
	if i := slices.IndexFunc(p.Requirements, func(q Requirement) bool { return q.ID == id }); i >= 0 {
		return p.Requirements[i].Levels
	}
	return p.levels[id].Levels
}

// Classes lists the data classes, sorted.
func (p *Policy) Classes() []string {
	out := make([]string, 0, len(p.classes))
	for name := range p.classes {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// ShownStatus returns the status of a vendor as reports show it.
func (p *Policy) ShownStatus(status string) string {
	switch {
	case !p.Confidential.Value:
		return status
	case slices.Contains([]string{"approved", "conditional", "deprecated", "pilot"}, status):
		return "approved"
	default:
		return "not-approved"
	}
}

// Owner returns whom to ask if no record names anyone.
func (p *Policy) Owner() string {
	if p.Contact != "" {
		return p.Contact
	}
	return "the security team"
}

// LastIgnoreDay is the latest day through which an ignore entry can cover a known vendor. Parameter ignore_max_term sets it; of
// several tiers, the shortest.
func (p *Policy) LastIgnoreDay(today Today) (last scalar.Date, term diag.At[scalar.Period]) {
	for tier := 1; tier <= 4; tier++ {
		if own := p.Params.Period("ignore_max_term", tier); tier == 1 || own.Value.Compare(term.Value) < 0 {
			term = own
		}
	}
	return today.Day.Plus(term.Value), term
}
