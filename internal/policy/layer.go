package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// extends returns the preset that a policy extends, then the overlays. A built-in policy may extend nothing.
func (l *loader) extends(r *attr.Record, builtIn bool) []string {
	v := r.Get("extends")
	if !v.Known() {
		if builtIn {
			return nil
		}
		return Presets()[:1]
	}
	names := []*yamltree.Node{v.Node}
	if v.Node.Kind == yamltree.List {
		names = v.Node.Items
	}
	if len(names) == 0 {
		l.problem(v.Pos, "extends names no preset", "use one of "+strings.Join(Presets(), ", ")+", or remove the key")
	}
	var out []string
	for i, name := range names {
		choices := Presets()
		if i > 0 {
			choices = Overlays()
		}
		hint := "use one of " + strings.Join(choices, ", ")
		switch {
		case name.Kind == yamltree.Scalar && slices.Contains(choices, name.Text):
			if slices.Contains(out, name.Text) {
				l.problem(name.Pos, fmt.Sprintf("extends names %q twice", name.Text), "remove one")
			}
			out = append(out, name.Text)
			continue
		case i == 0 && slices.Contains(Overlays(), name.Text):
			l.problem(name.Pos, fmt.Sprintf("extends: %s is an overlay and needs a preset before it", name.Text), fmt.Sprintf("write `extends: [%s, %s]`", Presets()[1], name.Text))
			continue
		case i > 0 && slices.Contains(Presets(), name.Text):
			l.problem(name.Pos, fmt.Sprintf("extends: %s is a preset, but only the first entry can be one", name.Text), "use an overlay here: "+strings.Join(choices, ", "))
			continue
		}
		if have := laterPreset(name.Text); have != "" {
			l.problems = append(l.problems, diag.Problem{
				Pos: name.Pos, Newer: true, Hint: attr.UpdateHint,
				Message: fmt.Sprintf("extends: %s is newer than this version of vendorgate, which has %s", FirstRunes(name.Text, 60), have),
			})
			continue
		}
		if near := diag.Nearest(name.Text, choices); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		l.problem(name.Pos, fmt.Sprintf("extends: unknown preset %q", FirstRunes(name.Text, 60)), hint)
	}
	return out
}

// limit caps all severities of the layers below, except those of rules with a fixed severity.
func (l *loader) limit(p *Policy, v *attr.Value) {
	if !v.Known() {
		return
	}
	most, err := diag.ParseSeverity(v.Text)
	if err != nil {
		return // the table reports other values
	}
	for _, r := range p.structural {
		if before := p.levels[r.ID]; !r.Fixed && before.atMost(most) != before.Levels {
			p.noteOrigins(r.ID, before.Levels, before.atMost(most), v.Pos)
			p.levels[r.ID] = RuleLevels{before.atMost(most), v.Pos}
		}
	}
	for i := range p.Requirements {
		before := p.Requirements[i].Levels
		p.noteOrigins(p.Requirements[i].ID, before, before.atMost(most), v.Pos)
		p.Requirements[i].Levels = before.atMost(most)
	}
}

// noteOrigins notes where the severities of a rule or requirement were set, at the tiers where they changed.
func (p *Policy) noteOrigins(id string, before, after Levels, pos diag.Pos) {
	for tier := 1; tier <= 4; tier++ {
		if before[tier] != after[tier] {
			p.origins[originKey(id, tier)] = pos
		}
	}
}

func originKey(id string, tier int) string { return fmt.Sprintf("rules.%s.tier-%d", id, tier) }

// rules applies the overrides of single rules and requirements.
func (l *loader) rules(p *Policy, r *attr.Record) {
	for _, override := range r.Get("rules").Records {
		id := override.Key.Value
		i := slices.IndexFunc(p.Requirements, func(q Requirement) bool { return q.ID == id })
		rule, structural := p.info(id)
		switch {
		case structural && rule.Fixed:
			l.problem(override.Key.Pos, fmt.Sprintf("the severity of %s cannot be changed", id), "remove it; this rule reports what vendorgate could not judge")
		case structural:
			levels := l.override(override, p.levels[id].Levels, rule.Levels)
			if (!rule.Waivable || rule.AlwaysOn) && levels.switchesOff(p.levels[id].Levels) {
				l.problem(override.Key.Pos, fmt.Sprintf("%s cannot be switched off", id), "use severity note to report it without failing the check")
			}
			p.noteOrigins(id, p.levels[id].Levels, levels, override.Key.Pos)
			p.levels[id] = RuleLevels{levels, override.Key.Pos}
		case i >= 0:
			levels := l.override(override, p.Requirements[i].Levels, EveryTier(diag.Error))
			p.noteOrigins(id, p.Requirements[i].Levels, levels, override.Key.Pos)
			p.Requirements[i].Levels = levels
		default:
			known := p.ruleIDs()
			hint := "run `vendorgate explain` to list the rules"
			if near := l.nearest(id, known); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			l.problem(override.Key.Pos, fmt.Sprintf("unknown rule %q", FirstRunes(id, 60)), hint)
		}
	}
}

// ruleIDs lists the structural rules and the requirements read so far.
func (p *Policy) ruleIDs() []string {
	var out []string
	for _, r := range p.structural {
		out = append(out, r.ID)
	}
	for _, q := range p.Requirements {
		out = append(out, q.ID)
	}
	return out
}

// override reads the severity and tiers of one rule. Without a severity, tiers restore the built-in severity of a rule that the
// preset switches off.
func (l *loader) override(r *attr.Record, before, builtIn Levels) Levels {
	out := before
	if v := r.Get("severity"); v.Known() {
		out = l.levels(v.Node, before)
	}
	if v := r.Get("tiers"); v.Known() {
		for tier := 1; tier <= 4; tier++ {
			asked := v.Has(fmt.Sprint(tier))
			switch {
			case !asked:
				out[tier] = diag.Off
			case out[tier] == diag.Off:
				out[tier] = builtIn[tier]
			}
		}
	}
	return out
}
