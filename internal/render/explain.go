package render

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/survey"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// Overview lists what can be explained.
func Overview(p *policy.Policy) sink.Document {
	var out sink.Page
	out.Linef("Rules:")
	for _, r := range rules.All() {
		out.Linef("  %-12s %s", r.ID, r.Title)
	}
	out.Line()
	out.Linef("Requirements of policy %s:", p.ID)
	for i := range p.Requirements {
		q := &p.Requirements[i]
		out.Linef("  %-20s %s%s", q.ID, q.Asks(), conditionOf(q))
	}
	return out.Document()
}

// conditionOf describes the uses that a requirement applies to, after what it asks; empty if it applies to every use.
func conditionOf(q *policy.Requirement) string {
	if when := q.When.String(); when != "" {
		return " (when " + when + ")"
	}
	return ""
}

// Rule renders the page of a rule, with its severities.
func Rule(id, page string, p *policy.Policy) sink.Document {
	var out sink.Page
	for line := range strings.Lines(page) {
		out.Linef("%s", strings.TrimSuffix(line, "\n"))
	}
	out.Line()
	out.Linef("## Severity")
	out.Line()
	severities(&out, id, p)
	return out.Document()
}

// severities lists the severities of a rule or requirement under each preset, under the overlays that change it, and under the policy.
// Presets that do not have a requirement are left out.
func severities(out *sink.Page, id string, p *policy.Policy) {
	row := func(name string, values [5]string) {
		for tier := range values {
			values[tier] = cmp.Or(values[tier], "-")
		}
		out.Linef("%-28s %-10s %-10s %-10s %s", name, values[1], values[2], values[3], values[4])
	}
	row("severity under", [5]string{"", "tier 1", "tier 2", "tier 3", "tier 4"})
	for i, name := range policy.Presets() {
		alone := severityOf(id, presets(name))
		if alone != [5]string{} {
			row(name, alone)
		}
		if i != usual {
			continue
		}
		for _, overlay := range policy.Overlays() {
			if values := severityOf(id, presets(name, overlay)); values != alone {
				row("+ "+overlay, values)
			}
		}
	}
	row("your policy, "+p.ID, severityOf(id, p))
	if r, _ := rules.ByID(id); r.Varies != "" {
		out.Line()
		out.Linef("%s", r.Varies)
	}
}

// usual is the index of the preset that overlays are meant for.
const usual = 1

// presets returns the policy of a preset and overlays.
func presets(names ...string) *policy.Policy {
	p, problems := rules.LoadPresets(names, "")
	if len(problems) > 0 {
		panic("render: presets: " + problems[0].Message) // they are built in
	}
	return p
}

// PresetRequirement explains a requirement of a preset that the policy does not have. It returns false if no preset has it.
func PresetRequirement(id string, p *policy.Policy) (sink.Document, bool) {
	for _, name := range policy.Presets() {
		preset := presets(name)
		if i := slices.IndexFunc(preset.Requirements, func(q policy.Requirement) bool { return q.ID == id }); i >= 0 {
			return requirement(&preset.Requirements[i], preset.ID, p), true
		}
	}
	return sink.Document{}, false
}

// severityOf returns the severities of a rule or requirement by tier; none where it is not asked.
func severityOf(id string, p *policy.Policy) [5]string {
	e := p.Effective()
	for _, r := range e.Rules {
		if r.Name == id {
			return r.Values
		}
	}
	for _, q := range e.Requirements {
		if q.Name == id {
			return q.Values
		}
	}
	return [5]string{}
}

// Vendor renders a record: first what it permits, then what it says.
func Vendor(v *registry.Vendor, may survey.Permit) sink.Document {
	var out sink.Page
	out.Linef("%s: %s", v.ID, v.Name())
	permit(&out, may)
	out.Linef("Record: %s", v.File)
	out.Line()
	for _, path := range record.Table().Paths() {
		value := v.Record.Get(path)
		if value.State == attr.Absent || path == "apiVersion" || path == "kind" || path == "id" || path == "name" {
			continue
		}
		text := value.Text
		if value.Items != nil {
			text = strings.Join(value.Texts(), ", ")
		}
		if value.State == attr.NotApplicable {
			text = "not applicable"
		}
		out.Linef("  %-42s %s", path, text)
	}
	for _, a := range v.Record.Get("approval.approved_by").Records {
		out.Linef("  %-42s %s", "approval.approved_by", a.Get("user").Text+" as "+a.Get("role").Text)
	}
	return out.Document()
}

// Requirement explains a requirement of a policy.
func Requirement(q *policy.Requirement, p *policy.Policy) sink.Document {
	return requirement(q, p.ID, p)
}

// requirement explains a requirement of the policy with the id from. p is the policy in force.
func requirement(q *policy.Requirement, from string, p *policy.Policy) sink.Document {
	var out sink.Page
	out.Linef("%s, a requirement of policy %s (%s)", q.ID, from, q.Pos.String())
	out.Line()
	out.Linef("Asks:     %s", q.Asks())
	if when := q.When.String(); when != "" {
		out.Linef("When:     %s", when)
	}
	if text := q.Message(); text != "" {
		out.Linef("Message:  %s", text)
	}
	if text := q.Fix(); text != "" {
		out.Linef("Fix:      %s", text)
	}
	if len(q.Controls) > 0 {
		out.Linef("Controls: %s", strings.Join(q.Controls, ", "))
	}
	if q.Docs != "" {
		out.Linef("See:      %s", q.Docs)
	}
	out.Line()
	out.Linef("If the attribute is unknown, VG-REG-005 reports it.")
	out.Line()
	severities(&out, q.ID, p)
	return out.Document()
}

// describe says what a row of a table means and what it may say, under a title.
func describe(out *sink.Page, title, name string, row *attr.Row) {
	out.Linef("%s", title)
	out.Line()
	out.Linef("%s", row.Doc)
	out.Line()
	out.Linef("Value:     %s", row.Describe())
	if row.Example != "" {
		out.Linef("Example:   %s: %s", path.Base(strings.ReplaceAll(name, ".", "/")), row.Example)
	}
}

// Attribute explains an attribute of records.
func Attribute(name string, row *attr.Row) sink.Document {
	var out sink.Page
	describe(&out, name+", an attribute of records", name, row)
	if record.HasQuestion(name) {
		out.Linef("Question:  %s", record.Question(name))
	}
	proof := record.ProofOf(name)
	if proof.Ours {
		proof.Holder = "your organisation"
	}
	if proof.Evidence != "" {
		out.Linef("Evidence:  %s (from %s)", proof.Evidence, proof.Holder)
	}
	out.Linef("Kind:      %s", row.KindWords())
	out.Linef("Used by:   %s", strings.Join(row.JudgedBy, ", "))
	if row.Seed != "" {
		out.Linef("Principle: %s", vocab.SeedText(row.Seed))
	}
	if len(row.Controls) > 0 {
		out.Linef("Controls:  %s", strings.Join(row.Controls, ", "))
	}
	return out.Document()
}
