package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/vocab"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Standalone returns the policy as a file that sets everything itself, on top of the first preset. Loading it gives an
// equivalent policy. Each line ends with a comment that names the origin of the value.
func (p *Policy) Standalone(origin func(diag.Pos) string) string {
	w := &standalone{policy: p, origin: origin}
	e := p.Effective()
	w.line("apiVersion: vendorgate/v1")
	w.line("kind: Policy")
	w.line("id: " + yamltree.Quote(p.ID))
	w.line("extends: " + Presets()[0])
	w.settings(e.Settings, "timezone", "registry_max_age", "fail_on", "fail_scope", "missing_manifest", "scan", "comment", "allow_as_of", "trusted_branches", "manifest_paths", "first_party")
	w.block("ignore", below("ignore.", e.Settings))
	w.settings(e.Settings, "confidential", "contact", "request_url", "renew_url", "waiver_url")
	w.block("approvers", e.Approvers)
	w.classes(e.Classes)
	w.settings(e.Settings, "stack")
	w.block("country_groups", e.Groups)
	w.settings(e.Settings, "adequate_countries", "adequate_countries_checked", "adequate_countries_source")
	w.tiers("assurance", e.Assurance, "")
	w.tiers("rules", slices.DeleteFunc(e.Rules, func(b ByTier) bool { return b.Fixed }), "severity: ")
	w.tiers("params", e.Params, "")
	w.requirements()
	return w.out.String()
}

type standalone struct {
	policy *Policy
	origin func(diag.Pos) string
	out    strings.Builder
}

func (w *standalone) line(text string, origins ...diag.Pos) {
	w.out.WriteString(text)
	var words []string
	for _, o := range origins {
		if word := w.origin(o); !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	if len(words) > 0 {
		w.out.WriteString(" # " + strings.Join(words, ", "))
	}
	w.out.WriteByte('\n')
}

// settings writes the settings with the given names.
func (w *standalone) settings(all []Setting, names ...string) {
	for _, name := range names {
		for _, s := range all {
			if s.Name == name {
				w.setting("", s)
			}
		}
	}
}

// below returns the settings in a block, with their names in it.
func below(block string, all []Setting) []Setting {
	var out []Setting
	for _, s := range all {
		if name, ok := strings.CutPrefix(s.Name, block); ok {
			s.Name = name
			out = append(out, s)
		}
	}
	return out
}

func (w *standalone) setting(margin string, s Setting) {
	value := yamltree.FlowList(s.Values)
	switch {
	case s.Bool:
		value = s.Values[0]
	case !s.List:
		value = yamltree.Quote(s.Values[0])
	}
	w.line(margin+yamltree.Quote(s.Name)+": "+value, s.Origin)
}

func (w *standalone) block(name string, all []Setting) {
	if len(all) > 0 {
		w.line(name + ":")
	}
	for _, s := range all {
		w.setting("  ", s)
	}
}

// classes writes the data classes that are not built in, or have another tier.
func (w *standalone) classes(all []Setting) {
	begun := false
	for _, s := range all {
		if slices.ContainsFunc(vocab.DataClasses(), func(c vocab.DataClass) bool { return c.Name == s.Name && fmt.Sprint(c.Tier) == s.Values[0] }) {
			continue
		}
		if !begun {
			w.line("data_classes:")
			begun = true
		}
		w.line(fmt.Sprintf("  %s: {tier: %s}", yamltree.Quote(s.Name), s.Values[0]), s.Origin)
	}
}

// tiers writes values by tier, with a key for each name.
func (w *standalone) tiers(block string, all []ByTier, key string) {
	if len(all) > 0 {
		w.line(block + ":")
	}
	for _, b := range all {
		value := b.flow()
		if key != "" {
			value = "{" + key + value + "}"
		}
		w.line("  "+yamltree.Quote(b.Name)+": "+value, b.set()...)
	}
}

// flow formats one value for all tiers, or a mapping.
func (b ByTier) flow() string {
	var parts []string
	same := true
	for tier := 1; tier <= 4; tier++ {
		same = same && b.Values[tier] == b.Values[1]
		if b.Values[tier] != "" {
			parts = append(parts, fmt.Sprintf("tier-%d: %s", tier, b.Values[tier]))
		}
	}
	if same {
		return b.Values[1]
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// set returns the origins of the values that are set.
func (b ByTier) set() []diag.Pos {
	var out []diag.Pos
	for tier := 1; tier <= 4; tier++ {
		if b.Values[tier] != "" {
			out = append(out, b.Origins[tier])
		}
	}
	return out
}

// requirements writes the requirements in full.
func (w *standalone) requirements() {
	if len(w.policy.Requirements) > 0 {
		w.line("requirements:")
	}
	for i := range w.policy.Requirements {
		q := &w.policy.Requirements[i]
		w.line("  - id: "+q.ID, q.Pos)
		if len(q.Branches) == 1 {
			w.line("    " + strings.Join(q.Branches[0].keys(), "\n    "))
		} else {
			w.line("    any_of:")
			for j := range q.Branches {
				w.line("      - {" + strings.Join(q.Branches[j].keys(), ", ") + "}")
			}
		}
		if text := q.When.flow(); text != "" {
			w.line("    when: " + text)
		}
		weights := w.policy.severitiesByTier(q.ID)
		w.line("    severity: "+weights.flow(), weights.set()...)
		for _, s := range [][2]string{{"message", q.Message()}, {"fix", q.Fix()}, {"docs", q.Docs}} {
			if s[1] != "" {
				w.line("    " + s[0] + ": " + yamltree.Quote(s[1]))
			}
		}
		if len(q.Controls) > 0 {
			w.line("    controls: " + yamltree.FlowList(q.Controls))
		}
	}
}

// keys formats the attribute and its operators, or the condition on a list.
func (b *Branch) keys() []string {
	if b.list == nil {
		row, _ := attributeRow(b.Path)
		return append([]string{"attr: " + b.Path}, operatorKeys(row, b.checks)...)
	}
	c := b.list
	keys := []string{"list: " + c.path}
	var where []string
	for i := range c.where {
		where = append(where, c.where[i].path+": {"+strings.Join(operatorKeys(c.where[i].row, c.where[i].checks), ", ")+"}")
	}
	if where != nil {
		keys = append(keys, "where: {"+strings.Join(where, ", ")+"}")
	}
	if c.item.path != "" {
		keys = append(append(keys, "attr: "+c.item.path), operatorKeys(c.item.row, c.item.checks)...)
	}
	return []string{c.quantifier() + ": {" + strings.Join(keys, ", ") + "}"}
}

// operatorKeys formats the operators of an attribute.
func operatorKeys(row *attr.Row, checks []check) []string {
	var out []string
	for _, c := range checks {
		texts := make([]string, len(c.texts))
		for i, t := range c.texts {
			texts[i] = bareOrQuoted(row, t)
		}
		value := strings.Join(texts, ", ")
		switch c.op {
		case opPresent:
			value = "true"
		case opMatches:
			value = yamltree.Quote(c.re.String())
		case opIn, opNotIn, opContains, opSubsetOf:
			value = "[" + value + "]"
		case opWithin, opValidFor:
			value = c.span.String()
		case opEq, opNe, opLte, opGte:
		}
		out = append(out, string(c.op)+": "+value)
	}
	return out
}

// flow formats the condition as a mapping; empty if it matches every use.
func (w *when) flow() string {
	var parts []string
	if w.tierLimited {
		parts = append(parts, "tier: ["+strings.Join(w.tiers(), ", ")+"]")
	}
	for _, c := range w.words() {
		switch {
		case c.one.Words == nil:
		case c.one.Not:
			parts = append(parts, c.key+": {not_in: "+yamltree.FlowList(c.one.Words)+"}")
		default:
			parts = append(parts, c.key+": "+yamltree.FlowList(c.one.Words))
		}
	}
	if parts == nil {
		return ""
	}
	return "{" + strings.Join(parts, ", ") + "}"
}
