package inventory

import (
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// evidenceHTML returns the evidence as an HTML page.
func evidenceHTML(v *Inventory) sink.Document {
	p, d := newPage(v), v.dossier()
	p.top("Evidence of the vendor registry")
	p.sources(&d.Policy)
	p.cards(evidenceCards(&d))
	p.unjudged()
	for i := range d.Vendors {
		p.proof(&d.Vendors[i])
	}
	p.explained(ruleNotes(v, &d), false)
	p.bottom()
	return p.Document()
}

// sources says which files and which program the page is made from.
func (p *page) sources(policy *PolicySource) {
	v := p.v
	p.Markup("<dl class=\"sums\">\n<dt>Registry</dt><dd>").Text(v.Origin).Markup(", ").Text(v.Revision).Markup("</dd>")
	all := policy.Extends
	if policy.Name != "" {
		all = append([]Source{policy.Source}, all...)
	}
	for _, s := range all {
		p.Markup("\n<dt>Policy</dt><dd>").Text(s.Name).Markup(` <span class="hash">`).Text(s.SHA256).Markup("</span></dd>")
	}
	if len(policy.Off) > 0 {
		p.Markup("\n<dt>Off</dt><dd>")
		p.words(strings.Join(policy.Off, ", "))
		p.Markup("</dd>")
	}
	p.Markup("\n<dt>Made by</dt><dd>vendorgate ").Text(v.Version).Markup(", as of ").Text(v.at()).Markup("; days end in the time zone ").Text(policy.TimeZone).Markup("</dd>\n</dl>\n")
}

func evidenceCards(d *Dossier) []card {
	total := map[diag.Outcome]int{}
	for i := range d.Vendors {
		for o, n := range d.Vendors[i].Results() {
			total[o] += n
		}
	}
	out := []card{{len(d.Vendors), "vendors", ""}}
	for _, o := range outcomes() {
		class := map[diag.Outcome]string{diag.Failed: "bad", diag.Unknown: "warn"}[o]
		out = append(out, card{total[o], resultWord(o), alarm(class, total[o])})
	}
	return out
}

// resultWord returns an outcome as people read it.
func resultWord(o diag.Outcome) string { return strings.ReplaceAll(string(o), "_", " ") }

// proof adds the section of one vendor.
func (p *page) proof(one *VendorProof) {
	v := p.v
	title := "title-" + one.ID
	p.Markup("\n<section id=\"").Text("vendor-" + one.ID).Markup(`" aria-labelledby="`).Text(title)
	p.Markup("\">\n<h2 id=\"").Text(title).Markup(`">`)
	if one.Name == one.ID {
		p.lone(one.ID, nil)
	} else {
		p.Text(one.Name)
	}
	p.Markup(" ")
	p.tag(v.standingClass(&one.Record, one), one.Status)
	p.Markup("</h2>")
	if note := v.standing(&one.Record, one); note != "" {
		p.Markup(`<p class="hint">`).Text(note).Markup("</p>")
	}
	p.decision(one)
	p.Markup("\n<div class=\"scroll\" role=\"region\" aria-labelledby=\"").Text(title).Markup(`" tabindex="0">`)
	p.demands(one)
	if len(one.Evidence) > 0 {
		p.papers(one)
	}
	p.Markup("\n</div>\n</section>")
}

// decision says what was decided about a vendor.
func (p *page) decision(one *VendorProof) {
	p.Markup("\n<dl class=\"sums\">\n<dt>Record</dt><dd>")
	p.link(one.File.Name, p.file(one.ID))
	p.Markup(` <span class="hash">`).Text(one.File.SHA256).Markup("</span></dd>")
	for _, row := range [][2]string{
		{"Approved by", approversText(one.Decision.By)},
		{"Approved on", one.Decision.On.String()},
		{"Approved through", one.Through.String()},
		{"Tier", tier(one.Tier)},
		{"Scope", scopeText(&one.Record)},
		{"Data classes", strings.Join(one.DataClasses, ", ")},
	} {
		if row[1] != "" {
			p.Markup("<dt>").Text(row[0]).Markup("</dt><dd>").Text(row[1]).Markup("</dd>")
		}
	}
	p.Markup("\n</dl>")
}

// demands lists what was asked about a vendor.
func (p *page) demands(one *VendorProof) {
	var counts []string
	results := one.Results()
	for _, o := range outcomes() {
		if n := results[o]; n > 0 {
			counts = append(counts, fmt.Sprintf("%s: %d", resultWord(o), n))
		}
	}
	p.Markup("\n<table class=\"stack proof\" role=\"table\">\n<caption>").Text(strings.Join(counts, ", ")).Markup("</caption>")
	t := p.grid(column{title: "Rule", class: "rule", names: true}, column{title: "Result"}, column{title: "Asked"}, column{title: "Found"}, column{title: "Evidence"}, column{title: "Controls"})
	for i := range one.Demands {
		q := &one.Demands[i]
		t.row("")
		t.cell(func() { p.lone(q.Rule, p.anchor("rule-"+q.Rule)) })
		t.cell(func() { p.result(q) })
		t.cell(func() { each(p, q.Asked, p.words) })
		t.cell(func() {
			each(p, q.Found, func(f Value) { p.words(f.Path + " = " + f.Text) })
		})
		t.cell(func() {
			each(p, q.Evidence, func(id string) { p.lone(id, p.anchor(paperID(one.ID, id))) })
		})
		t.text(controlsText(q.Controls))
	}
	t.end()
}

// result says what came of a demand, and why.
func (p *page) result(q *Demand) {
	class := map[diag.Outcome]string{diag.Passed: "good", diag.Failed: "bad", diag.Unknown: "warn", diag.Excused: "warn", diag.NotAsked: "plain"}[q.Outcome]
	p.Markup("<div>")
	p.tag(class, resultWord(q.Outcome))
	for _, why := range q.Why {
		p.Markup(`<p class="why">`).Text(why).Markup("</p>")
	}
	for _, w := range q.Waivers {
		by, until := waivedBy([]Excuse{w})
		p.Markup(`<p class="why">Waived by `).Text(by + ", until " + until).Markup("</p>")
	}
	p.Markup("</div>")
}

// each adds values, one below the other.
func each[T any](p *page, values []T, add func(T)) {
	if len(values) == 0 {
		return
	}
	p.Markup("<div>")
	for _, v := range values {
		p.Markup("<div>")
		add(v)
		p.Markup("</div>")
	}
	p.Markup("</div>")
}

// papers lists the evidence of a vendor.
func (p *page) papers(one *VendorProof) {
	p.Markup("\n<table class=\"stack\" role=\"table\">\n<caption>Evidence. The hash is that of the document that was reviewed.</caption>")
	t := p.grid(
		column{title: "Evidence", class: "rule", names: true}, column{title: "Type"}, column{title: "Level"},
		column{title: "Issued", class: "day"}, column{title: "Received", class: "day"}, column{title: "Expires", class: "day"}, column{title: "SHA-256"},
	)
	for i := range one.Evidence {
		e := &one.Evidence[i]
		t.row(paperID(one.ID, e.ID))
		t.cell(func() {
			p.Markup("<div>")
			p.link(e.ID, p.paper(e))
			p.span("note", e.File)
			p.Markup("</div>")
		})
		t.text(e.Type)
		t.cell(func() {
			p.Markup("<div>")
			p.level(e)
			p.stale(e)
			p.Markup("</div>")
		})
		t.dates(e)
	}
	t.end()
}

// paper returns what adds the address of a piece of evidence; nil if it is not on the web.
func (p *page) paper(e *Paper) func() {
	if !strings.HasPrefix(e.Address, "https://") {
		return nil
	}
	return func() { p.Link(e.Address) }
}

// level says what assurance a piece of evidence gives, and what the record states.
func (p *page) level(e *Paper) {
	p.span("rule", e.Level)
	if e.Stated != "" {
		p.Markup(`<span class="note">stated: `).Text(e.Stated).Markup("</span>")
	}
}

// stale says that a piece of evidence is not valid today; nothing if it is.
func (p *page) stale(e *Paper) {
	if !e.Counts {
		p.span("note", "does not count today")
	}
}

// dates adds the last four cells of the row of a piece of evidence: its days and its hash.
func (t *grid) dates(e *Paper) {
	t.text(e.Issued.String(), e.Received.String(), e.Expire.String())
	t.cell(func() { t.span("hash", e.SHA256) })
}

// paperID returns the id of the row of a piece of evidence.
func paperID(vendor, id string) string { return vendor + "--" + id }
