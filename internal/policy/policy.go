// Package policy is the policy language: it loads policy.yaml and the presets below it into one immutable value.
// It knows the ids and severities of the structural rules, but not how they judge.
//
// # Why
//
// A policy is a declarative list of requirements, not an expression language. A typo is found when the policy is loaded, with
// its position, and the same list tells a vendor what will be asked.
package policy

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"time"

	goversion "github.com/hashicorp/go-version"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

//go:embed presets/*.yaml
var presetFiles embed.FS

// Presets lists the built-in policies, the default first.
func Presets() []string {
	return []string{"vendorgate/essentials@1", "vendorgate/standard@1", "vendorgate/strict@1", "vendorgate/rollout@1"}
}

// Overlays lists the built-in additions for regulated trades, which lie over a preset.
func Overlays() []string { return []string{"vendorgate/fintech-eu@1", "vendorgate/health-us@1"} }

// Policy is what an organisation requires, its preset applied. It is immutable.
type Policy struct {
	ID         string
	Zone       *time.Location // in which a day ends
	Contact    string
	RequestURL string
	RenewURL   string
	WaiverURL  string
	// RegistryMaxAge is how old the commit of a registry may be; zero means that any age will do.
	RegistryMaxAge diag.At[scalar.Period]
	MinimumGate    MinimumGate
	Confidential   bool // a check gives no reasons
	Params         Params
	Requirements   []Requirement

	Stack      []string            // targets of logs and alerts; empty: any
	Adequate   []string            // countries where personal data may be
	Assurance  []AssuranceNeed     // how well attributes must be proven
	approvers  map[string][]string // role to users; empty: everyone in every role
	classes    map[string]int      // class of data to its most lenient tier
	levels     map[string]RuleLevels
	origins    map[string]diag.Pos // where other settings stand, by their paths
	structural []RuleInfo          // the structural rules that the policy weighs
	below      []diag.At[string]   // the presets and overlays that the policy itself names
}

// RuleLevels is what the policy says of the severity of a structural rule.
type RuleLevels struct {
	Levels
	Pos diag.Pos // where it says so; zero for the built-in levels
}

// RuleInfo is what the policy language knows of a structural rule.
type RuleInfo struct {
	ID       string // permanent
	Title    string // the fault in words
	Levels   Levels // severity by effective tier, before the policy changes it
	Waivable bool
	Fixed    bool // the policy cannot change its severity
	AlwaysOn bool // it cannot be switched off, whether or not it is waivable
	Optional bool // off until a preset or a policy asks for it
}

// Load reads a policy about some structural rules, and the presets below it. data nil means the default preset alone. The
// policy is nil if there is a problem: rules that were not understood are not applied in part.
func Load(file string, data []byte, version string, structural []RuleInfo) (*Policy, []diag.Problem) {
	l := &loader{version: version, table: Table()}
	p := &Policy{
		structural: structural,
		Zone:       time.UTC, approvers: map[string][]string{}, classes: map[string]int{}, levels: map[string]RuleLevels{}, origins: map[string]diag.Pos{},
		Params: Params{periods: map[string]tiers[scalar.Period]{}, numbers: map[string]tiers[int]{}, decimals: map[string]tiers[float64]{}},
	}
	for _, c := range vocab.DataClasses() {
		p.classes[c.Name] = c.Tier
	}
	for _, r := range structural {
		if p.levels[r.ID] = (RuleLevels{Levels: r.Levels}); r.Optional {
			p.levels[r.ID] = RuleLevels{}
		}
	}
	if data == nil {
		l.preset(p, Presets()[0])
	} else {
		l.layer(p, file, data, false)
	}
	l.checkClasses(p)
	if len(l.problems) > 0 {
		return nil, diag.FirstProblems(l.problems)
	}
	return p, nil
}

type loader struct {
	version  string
	table    *attr.Table
	problems []diag.Problem

	classesUsed    []diag.At[string]
	requirementIDs map[string]bool // of the file that is being read
	patterns       int             // size of the expressions that have been compiled // of the file that is being read
}

// tooManyProblems reports whether so much is wrong that suggestions would cost more than they help.
func (l *loader) tooManyProblems() bool { return len(l.problems) > diag.MaxProblems }

// nearest is diag.Nearest for as long as suggestions help.
func (l *loader) nearest(word string, choices []string) string {
	if l.tooManyProblems() {
		return ""
	}
	return diag.Nearest(word, choices)
}

func (l *loader) problem(pos diag.Pos, message, hint string) {
	l.problems = append(l.problems, diag.Problem{Pos: pos, Message: message, Hint: hint})
}

func (l *loader) preset(p *Policy, name string) {
	short := strings.TrimSuffix(strings.TrimPrefix(name, "vendorgate/"), "@1")
	data, err := presetFiles.ReadFile("presets/" + short + ".yaml")
	if err != nil {
		panic("policy: no preset " + name)
	}
	l.layer(p, name, data, true)
}

// layer applies one file on top of what it extends.
func (l *loader) layer(p *Policy, file string, data []byte, builtIn bool) {
	r, problems := l.table.Parse(file, data)
	l.problems = append(l.problems, problems...)
	if r == nil {
		return
	}
	l.requiredVersion(r)
	below := l.extends(r, builtIn)
	for _, name := range below {
		l.preset(p, name)
	}
	p.below = nil
	for _, name := range below {
		p.below = append(p.below, diag.At[string]{Value: name, Pos: r.Get("extends").Pos})
	}
	p.ID = r.Get("id").Text
	for _, path := range []string{"timezone", "contact", "request_url", "renew_url", "waiver_url", "stack", "adequate_countries"} {
		if v := r.Get(path); v.Known() {
			p.origins[path] = v.Pos
		}
	}
	if zone := r.Get("timezone"); zone.Known() {
		location, err := time.LoadLocation(zone.Text)
		if err != nil {
			l.problem(zone.Pos, fmt.Sprintf("timezone %q is not known", zone.Text), "write an IANA zone, such as UTC or Europe/Dublin")
		} else {
			p.Zone = location
		}
	}
	for path, field := range map[string]*string{"contact": &p.Contact, "request_url": &p.RequestURL, "renew_url": &p.RenewURL, "waiver_url": &p.WaiverURL} {
		if v := r.Get(path); v.Known() {
			*field = v.Text
		}
	}
	p.MinimumGate.read(r)
	if v := r.Get("confidential"); v.Known() {
		p.Confidential = v.True()
	}
	if age := r.Get("registry_max_age"); age.Known() {
		p.RegistryMaxAge = diag.At[scalar.Period]{Value: age.Span, Pos: age.Pos}
	}
	for _, role := range r.Get("approvers").Records {
		p.approvers[role.Key.Value] = role.Get("").Texts()
		p.origins["approvers."+role.Key.Value] = role.Key.Pos
	}
	for path, field := range map[string]*[]string{"stack": &p.Stack, "adequate_countries": &p.Adequate} {
		if v := r.Get(path); v.Known() {
			*field = v.Texts()
		}
	}
	l.limit(p, r.Get("severity_limit"))
	l.classes(p, r)
	l.assurances(p, r)
	p.Params.read(l, r)
	l.requirementIDs = map[string]bool{}
	for _, item := range r.Get("requirements").Records {
		l.requirement(p, item, builtIn)
	}
	l.rules(p, r)
}

// requiredVersion refuses a policy that asks for another version of vendorgate. go-version takes no part in it that it cannot
// do: the constraint is on dotted versions, and an empty one is no constraint but a mistake.
func (l *loader) requiredVersion(r *attr.Record) {
	want := r.Get("required_version")
	if !want.Known() {
		return
	}
	constraints, err := goversion.NewConstraint(want.Text)
	if err != nil || len(constraints) == 0 {
		l.problem(want.Pos, fmt.Sprintf("required_version: %q is not a constraint", FirstRunes(want.Text, 60)), `write one or more, separated by commas: ">= 0.1, < 2.0"`)
		return
	}
	have, err := goversion.NewVersion(l.version)
	if err != nil || have == nil || !constraints.Check(have) {
		l.problem(want.Pos, fmt.Sprintf("this policy needs vendorgate %s, and this is %s", FirstRunes(want.Text, 60), l.version), "use a version that the policy allows")
	}
}

func (l *loader) classes(p *Policy, r *attr.Record) {
	for _, c := range r.Get("data_classes").Records {
		name, tier := c.Key.Value, c.Get("tier")
		if name == "none" || name == "" {
			l.problem(c.Key.Pos, fmt.Sprintf("%q cannot be a class of data", name), "none says that there is no data")
			continue
		}
		if builtIn, ok := p.classes[name]; ok && tier.Known() && tier.Int+1 > builtIn {
			l.problem(tier.Pos, fmt.Sprintf("data class %q is built in with tier %d; a policy may only make it stricter", name, builtIn), "use a class of your own")
			continue
		}
		if tier.Known() {
			p.classes[name] = tier.Int + 1
			p.origins["data_classes."+name] = c.Key.Pos
		}
	}
}

// ClassTier is the most lenient tier of a class of data; false if the policy does not know the class.
func (p *Policy) ClassTier(class string) (int, bool) {
	tier, ok := p.classes[class]
	return tier, ok
}

// Rule is what the policy says of the severity of a structural rule.
func (p *Policy) Rule(id string) RuleLevels { return p.levels[id] }

// info finds a structural rule.
func (p *Policy) info(id string) (RuleInfo, bool) {
	i := slices.IndexFunc(p.structural, func(r RuleInfo) bool { return r.ID == id })
	if i < 0 {
		return RuleInfo{}, false
	}
	return p.structural[i], true
}

// Severities are those of a rule or requirement in force.
func (p *Policy) Severities(id string) Levels {
	if i := slices.IndexFunc(p.Requirements, func(q Requirement) bool { return q.ID == id }); i >= 0 {
		return p.Requirements[i].Levels
	}
	return p.levels[id].Levels
}

// Classes lists the classes of data, sorted.
func (p *Policy) Classes() []string {
	out := make([]string, 0, len(p.classes))
	for name := range p.classes {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// MayApprove reports whether a user may approve in a role.
func (p *Policy) MayApprove(user, role string) bool {
	return len(p.approvers) == 0 || slices.Contains(p.approvers[role], user)
}

// ShownStatus is the status of a vendor as a report shows it.
func (p *Policy) ShownStatus(status string) string {
	switch {
	case !p.Confidential:
		return status
	case slices.Contains([]string{"approved", "conditional", "deprecated", "pilot"}, status):
		return "approved"
	default:
		return "not-approved"
	}
}

// Owner is whom to ask when no record names anyone.
func (p *Policy) Owner() string {
	if p.Contact != "" {
		return p.Contact
	}
	return "the security team"
}
