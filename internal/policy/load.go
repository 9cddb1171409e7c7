package policy

import (
	"fmt"
	"slices"
	"strings"
	"time"

	goversion "github.com/hashicorp/go-version"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// Load reads a policy and the presets that it extends. If data is nil, it loads the default preset. It returns a nil policy if
// there are problems, so that an invalid policy is never applied in part.
func Load(file string, data []byte, version string, structural []RuleInfo) (*Policy, []diag.Problem) {
	l := &loader{version: version, table: Table()}
	p := &Policy{
		structural: structural,
		Zone:       time.UTC, approvers: map[string][]string{}, classes: map[string]int{}, groups: scalar.CountryGroups{}, levels: map[string]RuleLevels{}, origins: map[string]diag.Pos{},
		Params: Params{periods: map[string]tiers[scalar.Period]{}, numbers: map[string]tiers[int]{}, decimals: map[string]tiers[float64]{}},
	}
	l.groups = p.groups
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
	l.checkRegions(p)
	if len(l.problems) > 0 {
		return nil, diag.FirstProblems(l.problems)
	}
	return p, nil
}

// LoadPresets returns the policy that consists of a preset and overlays, as a policy.yaml that extends them and says nothing
// else. It returns a nil policy if there are problems with their names.
func LoadPresets(names []string, version string, structural []RuleInfo) (*Policy, []diag.Problem) {
	short, quoted := make([]string, len(names)), make([]string, len(names))
	for i, name := range names {
		short[i] = presetName(name)
		quoted[i] = "'" + strings.ReplaceAll(name, "'", "''") + "'"
	}
	text := "apiVersion: vendorgate/v1\nkind: Policy\nid: preset\nextends: [" + strings.Join(quoted, ", ") + "]\n"
	p, problems := Load("", []byte(text), version, structural)
	if p != nil {
		p.ID = strings.Join(short, "-")
	}
	return p, problems
}

func (l *loader) preset(p *Policy, name string) {
	data, err := Preset(name)
	if err != nil {
		panic("policy: no preset " + name)
	}
	l.layer(p, name, data, true)
}

// layer applies one file, after the presets and overlays that it extends.
func (l *loader) layer(p *Policy, file string, data []byte, builtIn bool) {
	r, problems := l.table.Parse(file, data)
	if r != nil && !r.Newer() && !l.versionFits(r) { // what else seems wrong may be right in another version
		problems = slices.DeleteFunc(problems, func(p diag.Problem) bool { return !p.Secret })
		l.problems = append(l.problems, problems...)
		return
	}
	l.problems = append(l.problems, problems...)
	if r == nil || r.Newer() {
		return
	}
	below := l.extends(r, builtIn)
	if slices.ContainsFunc(l.problems, func(p diag.Problem) bool { return p.Newer }) { // likewise
		l.problems = slices.DeleteFunc(l.problems, func(p diag.Problem) bool { return !p.Secret && !p.Newer })
		return
	}
	for _, name := range below {
		l.preset(p, name)
	}
	if len(below) > 1 && l.limited != nil { // a limit of the preset holds for the overlays, too
		l.limit(p, l.limited)
	}
	p.below = nil
	for _, name := range below {
		p.below = append(p.below, diag.At[string]{Value: name, Pos: r.Get("extends").Pos})
	}
	p.ID = r.Get("id").Text
	for _, path := range []string{"timezone", "contact", "request_url", "renew_url", "waiver_url", "stack", "adequate_countries", "adequate_countries_checked", "adequate_countries_source", "manifest_paths"} {
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
	for path, field := range map[string]*string{"comment": &p.Comment, "contact": &p.Contact, "request_url": &p.RequestURL, "renew_url": &p.RenewURL, "waiver_url": &p.WaiverURL} {
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
	if v := r.Get("first_party"); v.Known() {
		p.FirstParty, p.origins["first_party"] = manifest.FirstParty(v, l.problem), v.Pos
	}
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
	if v := r.Get("stack"); v.Known() {
		p.Stack = v.Texts()
	}
	p.Adequate.read(r)
	if v := r.Get("manifest_paths"); v.Known() {
		p.Places = nil
		for i := range v.Items {
			p.Places = append(p.Places, v.Items[i].At())
		}
	}
	l.regionsIn(r.Get("adequate_countries"))
	if l.limit(p, r.Get("severity_limit")); builtIn && r.Get("severity_limit").Known() {
		l.limited = r.Get("severity_limit")
	}
	l.classes(p, r)
	l.countryGroups(p, r)
	l.assurances(p, r)
	p.Params.read(l, r)
	l.requirementIDs = map[string]bool{}
	for _, item := range r.Get("requirements").Records {
		l.requirement(p, item, builtIn)
	}
	l.rules(p, r)
}

// read applies the list of a policy file. A new list has its own day and source.
func (a *Adequacy) read(r *attr.Record) {
	if v := r.Get("adequate_countries"); v.Known() {
		*a = Adequacy{Countries: v.Texts()}
	}
	if v := r.Get("adequate_countries_checked"); v.Known() {
		a.Checked = diag.At[scalar.Date]{Value: v.Day, Pos: v.Pos}
	}
	if v := r.Get("adequate_countries_source"); v.Known() {
		a.Source = v.Text
	}
}

// versionFits reports a policy that needs another version of vendorgate. An invalid constraint is reported as well, but the rest of
// the policy is then read: fits is true.
func (l *loader) versionFits(r *attr.Record) (fits bool) {
	want := r.Get("required_version")
	if !want.Known() {
		return true
	}
	constraints, err := goversion.NewConstraint(want.Text)
	if err != nil || len(constraints) == 0 {
		l.problem(want.Pos, fmt.Sprintf("required_version: %q is not a version constraint", FirstRunes(want.Text, 60)), `write one or more, separated by commas: ">= 0.1, < 2.0"`)
		return true
	}
	have, err := goversion.NewVersion(l.version)
	if err == nil && have != nil && constraints.Check(have) {
		return true
	}
	l.problems = append(l.problems, diag.Problem{
		Pos: want.Pos, Newer: true, Hint: "use a version that the policy allows; in a workflow, that is the version of the action",
		Message: fmt.Sprintf("this policy needs vendorgate %s, but this is version %s", FirstRunes(want.Text, 60), l.version),
	})
	return false
}

func (l *loader) classes(p *Policy, r *attr.Record) {
	for _, c := range r.Get("data_classes").Records {
		name, tier := c.Key.Value, c.Get("tier")
		if name == "none" || name == "" {
			l.problem(c.Key.Pos, fmt.Sprintf("%q cannot be the name of a data class", name), "choose another name; none means that there is no data")
			continue
		}
		if !attr.IsID(name) {
			l.problem(c.Key.Pos, fmt.Sprintf("%q cannot be the name of a data class", FirstRunes(name, 60)), "write lower-case letters, digits and -, as manifests do")
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

// assurances reads the required assurance of attributes. It overrides a pattern of the preset tier by tier.
func (l *loader) assurances(p *Policy, r *attr.Record) {
	for _, item := range r.Get("assurance").Records {
		pattern := item.Key.Value
		a := AssuranceNeed{Pattern: pattern}
		for _, path := range record.Table().Paths() {
			if registry.Supports(pattern, path) {
				a.Paths = append(a.Paths, path)
			}
		}
		if len(a.Paths) == 0 {
			l.problem(item.Key.Pos, fmt.Sprintf("unknown attribute %q", FirstRunes(pattern, 60)), registry.SupportHint(pattern))
			continue
		}
		i := slices.IndexFunc(p.Assurance, func(b AssuranceNeed) bool { return b.Pattern == pattern })
		if i < 0 {
			i = len(p.Assurance)
			p.Assurance = append(p.Assurance, a)
		}
		p.Assurance[i].Need = byTier(l, item.Get("").Node, p.Assurance[i].Need, parseAssurance)
	}
}

// checkClasses reports conditions on unknown data classes, after all layers are read.
func (l *loader) checkClasses(p *Policy) {
	for _, c := range l.classesUsed {
		if _, ok := p.classes[c.Value]; !ok {
			hint := "define it under data_classes"
			if near := l.nearest(c.Value, p.Classes()); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			} else if attr.Own(c.Value) {
				hint = "choose a name that does not begin with x-"
			}
			l.problem(c.Pos, fmt.Sprintf("unknown data class %q", FirstRunes(c.Value, 60)), hint)
		}
	}
}
