package inventory

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/explain"
)

// ruleNote explains a rule on the page itself.
type ruleNote struct{ id, title, why, fix, acts, controls string }

// ruleNotes explains the rules and requirements that the page names, each once, in the order of the coverage.
func ruleNotes(v *Inventory, d *Dossier) []ruleNote {
	controls := map[string]string{}
	for i := range d.Vendors {
		for k := range d.Vendors[i].Demands {
			q := &d.Vendors[i].Demands[k]
			controls[q.Rule] = controlsText(q.Controls)
		}
	}
	var out []ruleNote
	add := func(id, title string) {
		if slices.ContainsFunc(out, func(n ruleNote) bool { return n.id == id }) {
			return
		}
		n := ruleNote{id: id, title: title, controls: controls[id]}
		if page, ok := explain.Page(id); ok {
			_, head, _ := strings.Cut(strings.SplitN(page, "\n", 2)[0], ": ")
			n.title, n.why, n.fix, n.acts = head, explain.Section(page, "Why"), explain.Section(page, "Fix"), explain.Section(page, "Who acts")
			if n.controls == "" {
				n.controls = explain.Controls(page)
			}
		}
		out = append(out, n)
	}
	for _, c := range v.Coverage {
		add(c.Rule, c.Title)
	}
	for i := range v.Lapses {
		add(v.Lapses[i].Rule, "a requirement of the policy")
	}
	return out
}

// explained adds the explanations of rules. Those who only read evidence do not need to know how to fix what fails.
func (p *page) explained(notes []ruleNote, fixes bool) {
	p.Markup("\n<section id=\"explained\" aria-labelledby=\"explained-title\">\n<h2 id=\"explained-title\">Rules</h2>\n<dl class=\"rules\">")
	for _, n := range notes {
		p.Markup("\n<dt id=\"").Text("rule-" + n.id).Markup(`"><span class="rule">`).Text(n.id).Markup("</span> ").Text(n.title).Markup("</dt>\n<dd>")
		if n.why != "" {
			p.Markup("<p>").Text(n.why).Markup("</p>")
		}
		if fixes && n.fix != "" {
			p.Markup("<p><b>Fix:</b> ").Text(n.fix).Markup("</p>")
		}
		if fixes && n.acts != "" {
			p.Markup("<p><b>Who acts:</b> ").Text(n.acts).Markup("</p>")
		}
		if n.controls != "" {
			p.Markup(`<p class="hint">Controls: `).Text(n.controls).Markup("</p>")
		}
		p.Markup("</dd>")
	}
	p.Markup("\n</dl>\n</section>")
}
