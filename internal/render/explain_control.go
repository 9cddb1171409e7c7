package render

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/control"
	"github.com/vendorgate/vendorgate/internal/explain"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// answer is something that answers a control: an attribute, a rule or a requirement.
type answer struct {
	control control.ID
	kind    int    // index of answerKinds
	name    string // as explain takes it
	text    string
}

// answerKinds are the headings of the answers to a control.
func answerKinds(p *policy.Policy) []string {
	return []string{"Attributes of records", "Attributes of manifests", "Attributes of waivers", "Rules", "Requirements of policy " + p.ID}
}

// answers lists what each control is answered by. Which one that is stands in the row of each attribute, on the page of each rule and in
// the policy.
func answers(p *policy.Policy) []answer {
	var out []answer
	for kind, table := range []*attr.Table{record.Table(), manifest.Table(), registry.WaiverTable()} {
		for _, row := range table.Rows {
			text := row.Doc
			if used := strings.Join(row.JudgedBy, ", "); used != "" {
				text += " Used by: " + used + "."
			}
			for _, c := range row.Controls {
				out = append(out, answer{control.Parse(c), kind, row.Path, text})
			}
		}
	}
	for _, r := range rules.All() {
		page, _ := explain.Page(r.ID)
		for _, c := range control.ParseList(explain.Controls(page)) {
			out = append(out, answer{c, 3, r.ID, r.Title})
		}
	}
	for i := range p.Requirements {
		q := &p.Requirements[i]
		for _, c := range q.Controls {
			out = append(out, answer{control.Parse(c), 4, q.ID, q.Asks()})
		}
	}
	return out
}

// Control lists what answers a control, a group of controls such as DORA 28, or a framework. It returns false if nothing does.
func Control(name string, p *policy.Policy) (sink.Document, bool) {
	asked, ok := control.Ask(name)
	if !ok {
		return sink.Document{}, false
	}
	now, note := asked.Current()
	all := answers(p)
	found := matching(all, now)
	unanswered := now.Unanswered()
	if whole, ok := now.OfQuestion(); ok && len(found) == 0 {
		found = matching(all, whole)
	}
	if len(found)+len(unanswered) == 0 {
		return sink.Document{}, false
	}
	var out sink.Page
	if note != "" {
		out.Linef("%s", note)
		out.Line()
	}
	for _, id := range controlsOf(found) {
		writeControl(&out, id, found, p)
	}
	for _, r := range unanswered {
		out.Linef("%s: no attribute or rule answers it, because %s", r.ID, r.Why)
	}
	out.Linef("vendorgate lists which of its attributes and rules help to show a control. Whether that is enough is for you and your auditor to decide.")
	return out.Document(), true
}

func matching(all []answer, q control.Query) []answer {
	return slices.DeleteFunc(slices.Clone(all), func(a answer) bool { return !q.Matches(a.control) })
}

// controlsOf lists the controls of answers, each once, those of a framework together and in the order of its numbers.
func controlsOf(found []answer) []control.ID {
	var out []control.ID
	for _, a := range found {
		if !slices.Contains(out, a.control) {
			out = append(out, a.control)
		}
	}
	slices.SortFunc(out, control.Compare)
	return out
}

func writeControl(out *sink.Page, id control.ID, found []answer, p *policy.Policy) {
	if id.Framework == nil {
		out.Linef("%s", id)
	} else {
		out.Linef("%s (%s, %s)", id, id.Framework.Title, id.Edition())
	}
	for kind, heading := range answerKinds(p) {
		headed := false
		for _, a := range found {
			if a.control != id || a.kind != kind {
				continue
			}
			if !headed {
				out.Linef("  %s:", heading)
				headed = true
			}
			out.Linef("    %-42s %s", a.name, a.text)
		}
	}
	out.Line()
}

// ControlNames lists the controls that anything answers, for suggestions.
func ControlNames(p *policy.Policy) []string {
	var out []string
	for _, id := range controlsOf(answers(p)) {
		out = append(out, id.String())
	}
	return out
}
