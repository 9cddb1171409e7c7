// Package policy loads policy.yaml and the presets that it extends into one immutable value.
// It knows the ids and severities of the structural rules, but not how they work.
//
// # Why
//
// A policy is a declarative list of requirements, not an expression language. Typos are reported with their position when the
// policy is loaded, and the same list produces the questions for a vendor.
package policy

import (
	"embed"
	"fmt"
	"slices"
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

// Overlays lists the built-in additions for regulated industries. An overlay extends a preset.
func Overlays() []string { return []string{"vendorgate/fintech-eu@1", "vendorgate/health-us@1"} }

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
	Ignore         IgnoreLimits
	Confidential   diag.At[bool] // a check does not show reasons
	Params         Params
	Requirements   []Requirement

	Stack      []string            // accepted targets of logs and alerts; empty: any
	Places     []diag.At[string]   // globs of the paths that manifests may have; empty: any
	Adequate   []string            // countries where personal data may be without a transfer mechanism
	Assurance  []AssuranceNeed     // required assurance of attributes
	approvers  map[string][]string // role to users and teams; empty: anyone may approve in any role
	classes    map[string]int      // data class to its most lenient tier
	levels     map[string]RuleLevels
	origins    map[string]diag.Pos // positions of other settings, by path
	structural []RuleInfo          // the structural rules
	below      []diag.At[string]   // the presets and overlays in extends

	trustedBranches []string // patterns of branches to compare with, like the default branch
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
	Fixed    bool // the policy cannot change its severity
	AlwaysOn bool // the policy cannot switch it off
	Optional bool // off unless a preset or a policy turns it on
}

// Load reads a policy and the presets that it extends. If data is nil, it loads the default preset. It returns a nil policy if
// there are problems, so that an invalid policy is never applied in part.
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
	requirementIDs map[string]bool // of the current file
	patterns       int             // total size of the compiled regular expressions
}

// tooManyProblems reports whether to stop suggesting.
func (l *loader) tooManyProblems() bool { return len(l.problems) > diag.MaxProblems }

// nearest is diag.Nearest until there are too many problems.
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
	data, err := presetFiles.ReadFile("presets/" + presetName(name) + ".yaml")
	if err != nil {
		panic("policy: no preset " + name)
	}
	l.layer(p, name, data, true)
}

// layer applies one file, after the presets and overlays that it extends.
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
	for _, path := range []string{"timezone", "contact", "request_url", "renew_url", "waiver_url", "stack", "adequate_countries", "manifest_paths"} {
		if v := r.Get(path); v.Known() {
			p.origins[path] = v.Pos
		}
	}
	if zone := r.Get("timezone"); zone.Known() {
		location, err := time.LoadLocation(zone.Text)
		if err != nil {
			l.problem(zone.Pos, fmt.Sprintf("unknown timezone %q", zone.Text), "use an IANA time zone, such as UTC or Europe/Dublin")
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
	if v := r.Get("allow_as_of"); v.Known() {
		p.AllowAsOf = diag.At[bool]{Value: v.True(), Pos: v.Pos}
	}
	l.trustedBranches(p, r.Get("trusted_branches"))
	p.Ignore.read(r)
	if v := r.Get("confidential"); v.Known() {
		p.Confidential = diag.At[bool]{Value: v.True(), Pos: v.Pos}
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
	if v := r.Get("manifest_paths"); v.Known() {
		p.Places = nil
		for i := range v.Items {
			p.Places = append(p.Places, v.Items[i].At())
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

// requiredVersion rejects a policy that requires another version of vendorgate. An empty constraint is a mistake, too.
func (l *loader) requiredVersion(r *attr.Record) {
	want := r.Get("required_version")
	if !want.Known() {
		return
	}
	constraints, err := goversion.NewConstraint(want.Text)
	if err != nil || len(constraints) == 0 {
		l.problem(want.Pos, fmt.Sprintf("required_version: %q is not a version constraint", FirstRunes(want.Text, 60)), `write one or more, separated by commas: ">= 0.1, < 2.0"`)
		return
	}
	have, err := goversion.NewVersion(l.version)
	if err != nil || have == nil || !constraints.Check(have) {
		l.problem(want.Pos, fmt.Sprintf("this policy requires vendorgate %s, but this is version %s", FirstRunes(want.Text, 60), l.version), "install a version that the policy allows")
	}
}

func (l *loader) classes(p *Policy, r *attr.Record) {
	for _, c := range r.Get("data_classes").Records {
		name, tier := c.Key.Value, c.Get("tier")
		if name == "none" || name == "" {
			l.problem(c.Key.Pos, fmt.Sprintf("%q cannot be the name of a data class", name), "choose another name; none means that there is no data")
			continue
		}
		if builtIn, ok := p.classes[name]; ok && tier.Known() && tier.Int+1 > builtIn {
			l.problem(tier.Pos, fmt.Sprintf("data class %q is built in with tier %d; a policy can only make it stricter", name, builtIn), "define a class of your own")
			continue
		}
		if tier.Known() {
			p.classes[name] = tier.Int + 1
			p.origins["data_classes."+name] = c.Key.Pos
		}
	}
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
