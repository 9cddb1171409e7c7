// Package subject describes what a rule judges: one use of one vendor, with the facts, evidence and deadlines that bear on it, and
// the words for what is wrong with it. It knows no rule.
package subject

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Subject is one use of a vendor by a manifest, with everything that a rule may depend on.
type Subject struct {
	manifest.Use
	Manifest   *manifest.Manifest
	Vendor     *registry.Vendor
	Policy     *policy.Policy
	Today      policy.Today
	Registry   *registry.Registry
	Repository string // owner/name; empty if unknown
	Tier       int
	Introduced bool

	Hypothetical bool // no manifest declares it, so what it does not state is no omission
	ForKeepers   bool // the findings go to the maintainers of the registry: nothing is withheld, and hints speak to them
	Surroundings

	Category         string
	Classes          []string
	EnvironmentNames []string
	pieces           []piece     // cache of evidence
	Missing          []Missing   // attributes that a rule needs and the record does not have
	asked            RuleOutcome // of the current rule
	waivable         bool        // likewise: a waiver can cover what it finds
	firm             []string    // attributes that rules read whose findings no waiver covers

	Outcomes      []RuleOutcome // the outcome of each rule, in order; only if TrackOutcomes is set
	TrackOutcomes bool
}

// Missing is one or more attributes that a rule needs and the record does not have.
type Missing struct {
	Paths []string      // any one of them would do
	Pos   diag.Pos      // where the policy asks for it
	Level diag.Severity // of the requirement that asks for it; Off if only rules do
}

// Facts returns what the conditions of requirements can depend on.
func (u *Subject) Facts() policy.Facts {
	return policy.Facts{Tier: u.Tier, Category: u.Category, Classes: u.Classes, Environments: u.EnvironmentNames}
}

// Attr returns an attribute of the record, or of an item of a list, as in assessments[soc2-2026].expires. Get returns one of the
// manifest entry.
func (u *Subject) Attr(path string) *attr.Value {
	if strings.Contains(path, "[") {
		return u.itemAttr(path)
	}
	return u.Vendor.Record.Get(path)
}

// Ask notes that a rule needs one of several attributes and that none is known. Package gate reports each once.
func (u *Subject) Ask(pos diag.Pos, paths ...string) { u.AskAt(diag.Off, pos, paths...) }

// AskAt is Ask for a requirement with a severity.
func (u *Subject) AskAt(level diag.Severity, pos diag.Pos, paths ...string) {
	m := Missing{Paths: paths, Pos: pos, Level: level}
	if !u.waivable {
		u.firm = append(u.firm, paths...)
	}
	if u.TrackOutcomes {
		u.asked.Missing = append(u.asked.Missing, m)
	}
	i := slices.IndexFunc(u.Missing, func(a Missing) bool { return slices.Equal(a.Paths, paths) })
	if i < 0 {
		u.Missing = append(u.Missing, m)
		return
	}
	u.Missing[i].Level = max(u.Missing[i].Level, level)
}

// Firm reports whether no waiver may stand in for an answer, because none may cover a bad one: a rule that cannot be waived reads the
// attribute.
func (u *Subject) Firm(m Missing) bool {
	return slices.ContainsFunc(m.Paths, func(path string) bool { return slices.Contains(u.firm, path) })
}

// SetData sets the data classes of the use that the policy defines. The others are a mistake in the manifest, which is reported as
// such and not judged again.
func (u *Subject) SetData(declared []diag.At[string]) {
	u.Data, u.Classes = nil, nil
	for _, d := range declared {
		if _, known := u.Policy.ClassTier(d.Value); known {
			u.Data, u.Classes = append(u.Data, d), append(u.Classes, d.Value)
		}
	}
}

// SetTier sets the effective tier. The criticality in the manifest can only make it more critical.
func (u *Subject) SetTier() {
	stated := []int{u.Criticality}
	if t := u.Attr("risk.tier"); t.Known() {
		stated = append(stated, t.Int+1)
	} else {
		stated = append(stated, 1)
	}
	u.Tier = u.Policy.Tier(stated, u.Classes, u.EnvironmentNames)
}

// Unreviewed returns a use of a vendor that nobody has reviewed.
func Unreviewed(p *policy.Policy, today policy.Today) *Subject {
	return &Subject{Policy: p, Today: today, Tier: 1}
}

// MostCritical returns the use with the most critical tier. It decides how long a waiver of several uses may run.
func MostCritical(uses []*Subject) *Subject {
	return slices.MinFunc(uses, func(a, b *Subject) int { return cmp.Compare(a.Tier, b.Tier) })
}

// Reviewed reports whether the organisation has decided about the vendor.
func (u *Subject) Reviewed() bool { return u.Vendor != nil && u.Attr("status").Known() }

// TiersWithin lists the tiers of all uses within the scope of the widest one, most critical first.
func (u *Subject) TiersWithin() []int {
	out := []int{u.Tier}
	if !u.Reviewed() {
		return out
	}
	add := func(environment string, classes ...string) {
		narrow := Subject{Vendor: u.Vendor, Policy: u.Policy, Classes: classes, EnvironmentNames: []string{environment}}
		narrow.SetTier()
		out = append(out, narrow.Tier)
	}
	for _, environment := range append([]string{"prod"}, u.EnvironmentNames...) {
		add(environment)
		for _, class := range u.Classes {
			add(environment, class)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Private reports whether the details of the record are confidential to the reader.
func (u *Subject) Private() bool {
	return !u.ForKeepers && (u.Policy.Confidential.Value || u.Vendor != nil && u.Vendor.Private())
}

// InForce reports whether a rule is on at the tier of the use.
func (u *Subject) InForce(rule string) bool { return u.Policy.Rule(rule).Levels[u.Tier] != diag.Off }

// Limit returns a period of the policy at the tier of the use; false if the policy sets none.
func (u *Subject) Limit(name string) (diag.At[scalar.Period], bool) {
	p := u.Policy.Params.Period(name, u.Tier)
	return p, p.Pos.File != ""
}

// Stores reports whether the vendor may store what it is sent.
func (u *Subject) Stores() bool { return !u.Attr("data.stores_customer_data").False() }

// Production reports whether the use runs in production.
func (u *Subject) Production() bool { return slices.Contains(u.EnvironmentNames, "prod") }

// Sends returns the first data class of the use that is one of classes; empty if there is none.
func (u *Subject) Sends(classes ...string) string {
	for _, have := range u.Classes {
		for _, class := range classes {
			if have == class {
				return have
			}
		}
	}
	return ""
}

// Sensitive names the data classes of the use that are confidential or more sensitive, judged by their tiers; empty if there are none.
func (u *Subject) Sensitive() string {
	sensitive := slices.DeleteFunc(slices.Clone(u.Classes), func(class string) bool {
		tier, ok := u.Policy.ClassTier(class)
		return ok && tier > 2
	})
	return strings.Join(sensitive, " and ")
}

// ContractZone returns the time zone of the dates in the contract.
func (u *Subject) ContractZone() *time.Location {
	if zone := u.Attr("contract.governing_timezone"); zone.Known() {
		if location, err := time.LoadLocation(zone.Text); err == nil {
			return location
		}
	}
	return u.Today.Zone
}

// NameSuffix returns the name of the vendor in parentheses, or nothing if it is the same as the id.
func (u *Subject) NameSuffix() string {
	if u.Vendor.Name() == u.ID.Value {
		return ""
	}
	return " (" + u.Vendor.Name() + ")"
}

// RepositoryName names the repository in a message.
func (u *Subject) RepositoryName() string {
	if u.Repository == "" {
		return "this repository, whose name is unknown"
	}
	return u.Repository
}
