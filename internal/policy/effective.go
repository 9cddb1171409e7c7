package policy

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// Effective is a policy with its presets and overlays applied.
type Effective struct {
	ID           string
	Extends      []string
	Settings     []Setting
	Classes      []Setting // the most lenient tier of each data class
	Groups       []Setting // countries by the name of a group that the policy defines
	Approvers    []Setting // users by role
	Params       []ByTier
	Assurance    []ByTier
	Rules        []ByTier // severities
	Requirements []Demand
}

// Setting is a value or a list of values, and where it was set. A zero Origin means that it is built in.
type Setting struct {
	Name   string
	Values []string
	List   bool // it is a list, even with one value
	Bool   bool // it is true or false, not a text
	Origin diag.Pos
}

// ByTier is a value for each tier; index 0 is unused. An empty value is not set at that tier.
type ByTier struct {
	Name    string
	Doc     string
	Values  [5]string
	Origins [5]diag.Pos
	Fixed   bool   // no policy can change it
	Varies  string // see RuleInfo
}

// Demand is a requirement in force: its severities at the tiers that its condition admits, and the uses that it applies to.
type Demand struct {
	ByTier
	Asks    string
	When    string   // empty if it applies to every use
	Origin  diag.Pos // of its condition
	Message string
	Fix     string
}

// Effective returns the policy with its presets and overlays applied.
func (p *Policy) Effective() Effective {
	e := Effective{ID: p.ID, Settings: p.settings()}
	for _, below := range p.below {
		e.Extends = append(e.Extends, below.Value)
	}
	for _, class := range p.Classes() {
		e.Classes = append(e.Classes, Setting{Name: class, Values: []string{strconv.Itoa(p.classes[class])}, Origin: p.origins["data_classes."+class]})
	}
	for _, name := range slices.Sorted(maps.Keys(p.groups)) {
		e.Groups = append(e.Groups, Setting{Name: name, Values: p.groups[name], List: true, Origin: p.origins["country_groups."+name]})
	}
	for _, role := range slices.Sorted(maps.Keys(p.approvers)) {
		e.Approvers = append(e.Approvers, Setting{Name: role, Values: p.approvers[role], List: true, Origin: p.origins["approvers."+role]})
	}
	for _, spec := range params() {
		if b := p.param(spec); b.Values != [5]string{} {
			e.Params = append(e.Params, b)
		}
	}
	for _, a := range p.Assurance {
		b := ByTier{Name: a.Pattern}
		for tier := 1; tier <= 4; tier++ {
			if need := a.Need[tier]; need.Pos.File != "" {
				b.Values[tier], b.Origins[tier] = vocab.Assurances()[need.Value], need.Pos
			}
		}
		e.Assurance = append(e.Assurance, b)
	}
	for _, r := range p.structural {
		b := p.severitiesByTier(r.ID)
		b.Doc, b.Fixed, b.Varies = r.Title, r.Fixed, r.Varies
		e.Rules = append(e.Rules, b)
	}
	for i := range p.Requirements {
		q := &p.Requirements[i]
		e.Requirements = append(e.Requirements, Demand{
			ByTier: p.askedByTier(q), Asks: q.Asks(), When: q.When.String(), Origin: q.Branches[0].pos, Message: q.Message(), Fix: q.Fix(),
		})
	}
	return e
}

// settings returns the top-level settings, in the order of the file.
func (p *Policy) settings() []Setting {
	out := []Setting{{Name: "timezone", Values: []string{p.Zone.String()}, Origin: p.origins["timezone"]}}
	add := func(name string, origin diag.Pos, list bool, values ...string) {
		if len(values) > 0 && values[0] != "" {
			out = append(out, Setting{Name: name, Values: values, List: list, Origin: origin})
		}
	}
	if age := p.RegistryMaxAge; !age.Value.IsZero() {
		add("registry_max_age", age.Pos, false, age.Value.String())
	}
	if p.MinimumGate.FailOn.Value != diag.Off {
		add("fail_on", p.MinimumGate.FailOn.Pos, false, p.MinimumGate.FailOn.Value.String())
	}
	if p.MinimumGate.All.Value {
		add("fail_scope", p.MinimumGate.All.Pos, false, "all")
	}
	if p.MinimumGate.Manifest.Value {
		add("missing_manifest", p.MinimumGate.Manifest.Pos, false, "fail")
	}
	if p.MinimumGate.Scan.Value {
		add("scan", p.MinimumGate.Scan.Pos, false, "required")
	}
	add("comment", p.origins["comment"], false, p.Comment)
	if p.AllowAsOf.Value {
		out = append(out, Setting{Name: "allow_as_of", Values: []string{"true"}, Bool: true, Origin: p.AllowAsOf.Pos})
	}
	add("trusted_branches", p.origins["trusted_branches"], true, p.trustedBranches...)
	add("manifest_paths", p.origins["manifest_paths"], true, p.PlaceGlobs()...)
	var own []string
	for i := range p.FirstParty {
		own = append(own, p.FirstParty[i].Host)
	}
	add("first_party", p.origins["first_party"], true, own...)
	p.Ignore.settings(add)
	if p.Confidential.Value {
		out = append(out, Setting{Name: "confidential", Values: []string{"true"}, Bool: true, Origin: p.Confidential.Pos})
	}
	add("contact", p.origins["contact"], false, p.Contact)
	add("request_url", p.origins["request_url"], false, p.RequestURL)
	add("renew_url", p.origins["renew_url"], false, p.RenewURL)
	add("waiver_url", p.origins["waiver_url"], false, p.WaiverURL)
	add("stack", p.origins["stack"], true, p.Stack...)
	add("adequate_countries", p.origins["adequate_countries"], true, p.Adequate.Countries...)
	if checked := p.Adequate.Checked; checked.Pos.File != "" {
		add("adequate_countries_checked", checked.Pos, false, checked.Value.String())
	}
	add("adequate_countries_source", p.origins["adequate_countries_source"], false, p.Adequate.Source)
	return out
}

// param returns a parameter by tier.
func (p *Policy) param(spec param) ByTier {
	b := ByTier{Name: spec.name, Doc: spec.doc}
	for tier := 1; tier <= 4; tier++ {
		var pos diag.Pos
		var text string
		switch spec.kind {
		case number:
			n := p.Params.Number(spec.name, tier)
			pos, text = n.Pos, strconv.Itoa(n.Value)
		case decimal:
			n := p.Params.Decimal(spec.name, tier)
			pos, text = n.Pos, strconv.FormatFloat(n.Value, 'f', -1, 64)
		case calendar, elapsed:
			n := p.Params.Period(spec.name, tier)
			pos, text = n.Pos, n.Value.String()
		}
		if pos.File != "" {
			b.Values[tier], b.Origins[tier] = text, pos
		}
	}
	return b
}

// askedByTier returns the severities of a requirement. A tier that its condition excludes has none.
func (p *Policy) askedByTier(q *Requirement) ByTier {
	b := p.severitiesByTier(q.ID)
	for tier := 1; tier <= 4; tier++ {
		if !p.asksAt(q, tier) {
			b.Values[tier], b.Origins[tier] = "", diag.Pos{}
		}
	}
	return b
}

// asksAt reports whether the condition of a requirement admits uses of a tier. A data class makes a use at least as critical as the
// class itself.
func (p *Policy) asksAt(q *Requirement, tier int) bool {
	w := &q.When
	if w.tierLimited && !w.tier[tier] {
		return false
	}
	return w.dataClass.Words == nil || w.dataClass.Not || slices.ContainsFunc(w.dataClass.Words, func(class string) bool {
		return harmless(class) || tier <= p.classes[class]
	})
}

// InForce reports whether a rule or requirement can report anything: whether it is on at a tier that its condition admits.
func (p *Policy) InForce(id string) bool {
	levels := p.Severities(id)
	i := slices.IndexFunc(p.Requirements, func(q Requirement) bool { return q.ID == id })
	for tier := 1; tier <= 4; tier++ {
		if levels[tier] != diag.Off && (i < 0 || p.asksAt(&p.Requirements[i], tier)) {
			return true
		}
	}
	return false
}

// severitiesByTier returns the severities of a rule or requirement.
func (p *Policy) severitiesByTier(id string) ByTier {
	b := ByTier{Name: id}
	levels := p.Severities(id)
	for tier := 1; tier <= 4; tier++ {
		b.Values[tier], b.Origins[tier] = levels[tier].String(), p.origins[originKey(id, tier)]
	}
	return b
}

// String describes the uses that a requirement applies to; empty for every use.
func (w *when) String() string {
	var parts []string
	if w.tierLimited {
		parts = append(parts, "tier "+strings.Join(w.tiers(), ", "))
	}
	for _, c := range w.words() {
		if c.one.Words == nil {
			continue
		}
		not := ""
		if c.one.Not {
			not = "not "
		}
		parts = append(parts, fmt.Sprintf("%s %s%s", strings.ReplaceAll(c.key, "_", " "), not, strings.Join(c.one.Words, ", ")))
	}
	return strings.Join(parts, "; ")
}

func (w *when) tiers() []string {
	var out []string
	for tier := 1; tier <= 4; tier++ {
		if w.tier[tier] {
			out = append(out, strconv.Itoa(tier))
		}
	}
	return out
}

type wordCondition struct {
	key string
	one oneOf
}

func (w *when) words() []wordCondition {
	return []wordCondition{{"data_class", w.dataClass}, {"category", w.Category}, {"environment", w.environment}}
}
