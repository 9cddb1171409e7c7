package inventory

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// htmlDocument returns the overview as an HTML page.
func htmlDocument(v *Inventory) sink.Document {
	p, proof := newPage(v), v.dossier()
	proven := slices.ContainsFunc(proof.Vendors, func(one VendorProof) bool { return len(one.Evidence) > 0 })
	p.top("Vendor registry")
	p.contents(proven)
	p.cards(overviewCards(v))
	p.unjudged()
	p.notes()
	p.Markup("\n<div class=\"overview\">")
	p.timeline()
	p.tallies()
	p.Markup("\n</div>")
	p.lapses()
	p.coverage()
	p.records(&proof)
	if proven {
		p.evidence(&proof)
	}
	p.explained(ruleNotes(v, &proof), true)
	p.bottom()
	return p.Document()
}

// contents links to the sections.
func (p *page) contents(proven bool) {
	p.Markup(`<nav aria-label="On this page">`)
	if len(p.v.Unjudged) > 0 {
		p.Markup(`<a href="#unjudged">Not judged</a>`)
	}
	p.Markup(`
<a href="#timeline">Timeline</a>
<a href="#standing">Tiers and status</a>
<a href="#lapses">What expires</a>
<a href="#coverage">Coverage</a>
<a href="#inventory">Records</a>`)
	if proven {
		p.Markup(`<a href="#evidence">Evidence</a>`)
	}
	p.Markup("\n<a href=\"#explained\">Rules</a>\n</nav>\n")
}

func overviewCards(v *Inventory) []card {
	windows := v.Windows()
	return []card{
		{len(v.Records), "records", ""},
		{len(windows[0].Lapses), "overdue", alarm("bad", len(windows[0].Lapses))},
		{len(windows[1].Lapses), "within 30 days", alarm("warn", len(windows[1].Lapses))},
		{len(windows[2].Lapses), "in 31 to 60 days", ""},
		{len(windows[3].Lapses), "in 61 to 90 days", ""},
		{len(v.Unjudged), "not checked", alarm("bad", len(v.Unjudged))},
	}
}

func (p *page) notes() {
	if len(p.v.Notes) == 0 {
		return
	}
	p.Markup("\n<section id=\"notes\" aria-labelledby=\"notes-title\">\n<h2 id=\"notes-title\">Notes</h2>\n<ul>")
	for _, n := range p.v.Notes {
		p.Markup("<li>")
		p.words(n.Message)
		p.Markup(`<span class="note">`).Text(n.Hint).Markup("</span></li>")
	}
	p.Markup("</ul>\n</section>")
}

// timeline draws what expires in each month, and lists the cliffs.
func (p *page) timeline() {
	p.Markup("\n<section id=\"timeline\" aria-labelledby=\"timeline-title\">\n<h2 id=\"timeline-title\">Timeline</h2>\n")
	p.key(groups())
	p.Markup(`
<table class="bars">
<caption>Last valid days by month, starting with those that are overdue.</caption>
<thead class="quiet"><tr><th scope="col">Month</th><th scope="col">What expires</th><th scope="col">How many</th></tr></thead>`)
	p.bars(months(p.v))
	if cliffs := p.v.Forecast(yearOf(p.v), Month, CliffOver).Cliffs; len(cliffs) > 0 {
		p.Markup("\n<p class=\"hint\">More than ").Int(CliffOver).Markup(" on one day:</p>\n<ul class=\"cliffs\">")
		for _, c := range cliffs {
			p.Markup(`<li><span class="day">`).Text(c.Day.String()).Markup("</span> <b>").Int(len(c.Lapses)).Markup("</b></li>")
		}
		p.Markup("</ul>")
	}
	p.Markup("\n</section>")
}

// tallies draws how many records have each tier and status.
func (p *page) tallies() {
	p.Markup("\n<div id=\"standing\">")
	for _, t := range tallies(p.v) {
		p.Markup("\n<section aria-labelledby=\"").Text(t.ID).Markup("-title\">\n<h2 id=\"").Text(t.ID).Markup(`-title">`).Text(t.Title)
		p.Markup("</h2>\n<table class=\"bars\">\n<caption>").Text(t.Caption)
		p.Markup("</caption>\n<thead class=\"quiet\"><tr><th scope=\"col\">").Text(t.Title)
		p.Markup(`</th><th scope="col">Share</th><th scope="col">Records</th></tr></thead>`)
		p.bars(t.Rows)
		p.Markup("\n</section>")
	}
	p.Markup("\n</div>")
}

// lapses lists what is overdue or expires soon.
func (p *page) lapses() {
	p.Markup(`
<section id="lapses" aria-labelledby="lapses-title">
<div class="title"><h2 id="lapses-title">What expires</h2></div>`)
	windows := p.v.Windows()
	if !slices.ContainsFunc(windows, func(w Window) bool { return len(w.Lapses) > 0 }) {
		p.Markup("\n<p>Nothing is overdue or expires within 90 days.</p>\n</section>")
		return
	}
	p.Markup(`
<div class="scroll" role="region" aria-labelledby="lapses-title" tabindex="0">
<table id="soon" class="stack" data-sort role="table">
<caption>Overdue, and within 90 days. The last day is the last one on which something is valid.</caption>`)
	t := p.grid(
		column{title: "Last day", key: "day", class: "day"}, column{title: "When", key: "when"}, column{title: "Vendor", key: "vendor", names: true}, column{title: "What", key: "what"},
		column{title: "Who acts", key: "who", head: "who"}, column{title: "Next step", key: "do", head: "do"}, column{title: "Rule", key: "rule", class: "day"},
	)
	for i, w := range windows {
		for _, l := range w.Lapses {
			t.row("")
			t.text(l.Last.String())
			t.sorted(l.Last.String(), func() { p.tag([]string{"bad", "warn", "plain", "plain"}[i], l.When()) })
			t.cell(func() { p.vendor(l.Vendor, l.Name, p.anchor("record-"+l.Vendor)) })
			t.text(l.What, l.Who, l.Do)
			t.cell(func() { p.link(l.Rule, p.anchor("rule-"+l.Rule)) })
		}
	}
	t.end()
	p.Markup("\n</div>\n</section>")
}

// coverage lists the results of each rule.
func (p *page) coverage() {
	p.Markup(`
<section id="coverage" aria-labelledby="coverage-title">
<div class="title"><h2 id="coverage-title">Coverage</h2></div>
`)
	p.key([]group{{"pass", "pass", nil}, {"open", "unknown", nil}, {"fail", "fail", nil}, {"none", "not asked", nil}})
	p.Markup(`
<div class="scroll" role="region" aria-labelledby="coverage-title" tabindex="0">
<table id="rules" class="stack coverage" data-sort role="table">
<caption>Results for each rule and requirement in force. Unknown: the record lacks the answer. Not asked: off at the tier, without anything to ask about, or decided by the status.</caption>`)
	t := p.grid(
		column{title: "Rule", key: "rule", class: "rule", names: true}, column{title: "Finds or asks", key: "title", bare: true}, column{title: "Records", key: "share", bare: true},
		column{title: "Pass", key: "pass", head: "n", class: "n"}, column{title: "Unknown", key: "unknown", head: "n", class: "n"}, column{title: "Fail", key: "fail", head: "n", class: "n"}, column{title: "Not asked", key: "not_asked", head: "n", class: "n"},
	)
	for _, c := range p.v.Coverage {
		t.row("")
		t.cell(func() { p.link(c.Rule, p.anchor("rule-"+c.Rule)) })
		t.cell(func() {
			p.Text(c.Title)
			if where := c.Where(); where != "" {
				p.Markup(`<span class="note">`)
				p.words(where)
				p.Markup("</span>")
			}
		})
		t.sorted(strconv.Itoa(share(c)), func() { p.bar(coverageBar(c)) })
		for _, n := range []int{c.Pass, c.Unknown, c.Fail, c.NotAsked} {
			t.cell(func() { p.Int(n) })
		}
	}
	t.end()
	p.Markup("\n</div>\n</section>")
}

// records lists the records.
func (p *page) records(proof *Dossier) {
	v := p.v
	p.Markup(`
<section id="inventory" aria-labelledby="inventory-title">
<div class="title"><h2 id="inventory-title">Records</h2></div>
<div class="scroll" role="region" aria-labelledby="inventory-title" tabindex="0">
<table id="records" class="stack" data-sort role="table">
<caption>`).Text(diag.Count(len(v.Records), "record")).Markup(". The tier is that of the widest use that the scope allows.</caption>")
	t := p.grid(
		column{title: "Record", key: "name", names: true}, column{title: "Category", key: "category"}, column{title: "Status", key: "status"}, column{title: "Tier", key: "tier"}, column{title: "Scope", key: "scope"},
		column{title: "Data classes", key: "data"}, column{title: "Owner", key: "owners"}, column{title: "Approved through", key: "through", class: "day"}, column{title: "Review due", key: "review", class: "day"}, column{title: "Evidence", key: "evidence"},
	)
	for i := range v.Records {
		r, one := &v.Records[i], proof.of(v.Records[i].ID)
		t.row("record-" + r.ID)
		t.cell(func() { p.vendor(r.ID, r.Name, p.file(r.ID)) })
		t.text(r.Category)
		t.cell(func() {
			p.Markup("<div>")
			p.tag(v.standingClass(r, one), r.Status)
			p.span("note", v.standing(r, one))
			p.Markup("</div>")
		})
		t.text(tier(r.Tier), scopeText(r), strings.Join(r.DataClasses, ", "), strings.Join(r.Owners, ", "))
		for _, day := range []scalar.Date{r.Through, r.Review} {
			t.sorted(day.String(), func() { p.span(v.dayClass(day), day.String()) })
		}
		t.sorted(r.Evidence.Next.String(), func() {
			if one == nil || len(one.Evidence) == 0 {
				p.Text(r.Evidence.String())
				return
			}
			p.link(cmp.Or(r.Evidence.String(), "listed below"), p.anchor("evidence-"+r.ID))
		})
	}
	t.end()
	p.Markup("\n</div>\n</section>")
}

// evidence lists the evidence of all vendors.
func (p *page) evidence(proof *Dossier) {
	p.Markup(`
<section id="evidence" aria-labelledby="evidence-title">
<div class="title"><h2 id="evidence-title">Evidence</h2></div>
<div class="scroll" role="region" aria-labelledby="evidence-title" tabindex="0">
<table id="papers" class="stack" data-sort role="table">
<caption>What the records name as evidence. The hash is that of the document that was reviewed.</caption>`)
	t := p.grid(
		column{title: "Record", key: "vendor", names: true}, column{title: "Evidence", key: "paper"}, column{title: "Type", key: "type"}, column{title: "Level", key: "level"},
		column{title: "Issued", key: "issued", class: "day"}, column{title: "Received", key: "received", class: "day"}, column{title: "Expires", key: "expires", class: "day"}, column{title: "SHA-256", key: "hash"},
	)
	for i := range proof.Vendors {
		one := &proof.Vendors[i]
		for k := range one.Evidence {
			e := &one.Evidence[k]
			if k == 0 {
				t.row("evidence-" + one.ID)
			} else {
				t.row("")
			}
			t.cell(func() { p.vendor(one.ID, one.Name, p.anchor("record-"+one.ID)) })
			t.cell(func() {
				p.Markup("<div>")
				if to := p.paper(e); to != nil {
					p.Markup(`<a class="rule" href="`)
					to()
					p.Markup(`">`).Text(e.ID).Markup("</a>")
				} else {
					p.span("rule", e.ID)
				}
				p.span("note", e.File)
				p.stale(e)
				p.Markup("</div>")
			})
			t.text(e.Type)
			t.cell(func() {
				p.Markup("<div>")
				p.level(e)
				p.Markup("</div>")
			})
			t.dates(e)
		}
	}
	t.end()
	p.Markup("\n</div>\n</section>")
}

// scopeText says where a vendor may be used.
func scopeText(r *Record) string {
	out := strings.Join(r.Environments, ", ")
	if len(r.Repositories) > 0 {
		out += " in " + strings.Join(r.Repositories, ", ")
	}
	return out
}

// standingClass is the colour of a record. One whose approval or review is over is never green, and neither is one that fails anything,
// lacks an answer or has anything else overdue.
func (v *Inventory) standingClass(r *Record, p *VendorProof) string {
	class := statusClass(r.Status)
	switch {
	case v.lapsed(r) != "":
		return "bad"
	case class == "good" && (v.overdue(r.ID) > 0 || p != nil && p.open() > 0):
		return "warn"
	default:
		return class
	}
}

// dayClass highlights a last day that is past or near.
func (v *Inventory) dayClass(d scalar.Date) string {
	switch n := v.Day.DaysUntil(d); {
	case d.IsZero():
		return ""
	case n < 0:
		return "tag bad"
	case n <= 30:
		return "tag warn"
	default:
		return ""
	}
}
