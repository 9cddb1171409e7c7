package inventory

import (
	"embed"

	"github.com/vendorgate/vendorgate/internal/sink"
)

//go:embed page/page.css page/page.js
var pageFiles embed.FS

// page builds an HTML page: a single file that needs no network and is readable without scripts. Its content security
// policy allows only vendorgate's own style and script.
type page struct {
	sink.HTML

	v             *Inventory
	style, script sink.Asset
}

func newPage(v *Inventory) *page {
	return &page{v: v, style: sink.Embedded(pageFiles, "page/page.css"), script: sink.Embedded(pageFiles, "page/page.js")}
}

// top adds everything up to the line below the title.
func (p *page) top(title string) {
	v := p.v
	p.Markup("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n").Policy(p.style, p.script)
	p.Markup(`
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>`).Text(title + " " + v.Origin + ", " + v.Day.String()).Markup("</title>\n").Style(p.style)
	p.Markup("\n</head>\n<body>\n<header class=\"top\">\n<h1>").Text(title)
	p.Markup("</h1>\n<p class=\"about\"><b>").Text(v.Origin).Markup("</b> by policy <b>").Text(v.Policy).Markup("</b>, as of <b>").Text(v.Day.String()).Markup("</b></p>\n")
}

// card is a number at the top of a page.
type card struct {
	n           int
	text, class string
}

// cards adds the numbers, and ends what top began.
func (p *page) cards(all []card) {
	p.Markup(`<ul class="cards">`)
	for _, c := range all {
		p.Markup("\n<li")
		p.class(c.class)
		p.Markup("><strong>").Int(c.n).Markup("</strong><span>").Text(c.text).Markup("</span></li>")
	}
	p.Markup("\n</ul>\n</header>\n<main>")
}

// alarm returns the class of a number that should be zero.
func alarm(class string, n int) string {
	if n == 0 {
		return ""
	}
	return class
}

// unjudged lists what could not be read.
func (p *page) unjudged() {
	if len(p.v.Unjudged) == 0 {
		return
	}
	p.Markup(`
<section id="unjudged" class="alert" aria-labelledby="unjudged-title">
<h2 id="unjudged-title">Not judged</h2>
<p>These files could not be read, so this page does not cover them.</p>
<ul>`)
	for _, g := range p.v.Unjudged {
		p.Markup("<li><code>").Text(g.Target).Markup("</code>: ").Text(g.Reason).Markup("</li>")
	}
	p.Markup("</ul>\n</section>")
}

// bottom adds everything after the last section.
func (p *page) bottom() {
	v := p.v
	p.Markup("\n<footer>vendorgate ").Text(v.Version).Markup("; registry ").Text(v.Origin).Markup(", ").Text(v.Revision).Markup("; as of ").Text(v.at())
	p.Markup(". This file loads nothing from anywhere.</footer>\n</main>\n").Script(p.script).Markup("\n</body>\n</html>\n")
}

// class adds the class of an element to its tag; nothing if it is empty.
func (p *page) class(name string) {
	if name != "" {
		p.Markup(` class="`).Text(name).Markup(`"`)
	}
}

// tag adds a word in a colour.
func (p *page) tag(class, text string) {
	p.Markup(`<span class="tag `).Text(class).Markup(`">`).Text(text).Markup("</span>")
}

// span adds text with a class; nothing if it is empty.
func (p *page) span(class, text string) {
	if text != "" {
		p.Markup(`<span class="`).Text(class).Markup(`">`).Text(text).Markup("</span>")
	}
}

// record adds the text as a link to the file of a record, where its address is known.
func (p *page) record(id, text string) {
	if p.v.Files == "" {
		p.Text(text)
		return
	}
	p.Markup(`<a href="`).Link(p.v.Files + "vendors/" + id + ".yaml").Markup(`">`).Text(text).Markup("</a>")
}

// vendor adds the name of a vendor as a link to its record on the page.
func (p *page) vendor(id, name string) {
	p.Markup(`<a href="`).Anchor("record-" + id).Markup(`">`).Text(name).Markup("</a>")
	p.span("id", id)
}

// rule adds a link to the explanation of a rule.
func (p *page) rule(id string) {
	p.Markup(`<a href="`).Anchor("rule-" + id).Markup(`">`).Text(id).Markup("</a>")
}

// key explains the colours of bars.
func (p *page) key(all []group) {
	p.Markup(`<ul class="key" aria-hidden="true">`)
	for _, g := range all {
		p.Markup(`<li><svg viewBox="0 0 1 1"><rect class="`).Text(g.Class).Markup(`" width="1" height="1"></rect></svg>`).Text(g.Name).Markup("</li>")
	}
	p.Markup("</ul>")
}

// bar draws a bar.
func (p *page) bar(b bar) {
	if b.Label == "" {
		return
	}
	p.Markup(`<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="`).Text(b.Label)
	p.Markup(`"><rect class="rail" width="1000" height="10"></rect>`)
	for _, one := range b.Parts {
		p.Markup(`<rect class="`).Text(one.Class).Markup(`" x="`).Int(one.From).Markup(`" width="`).Int(one.Width)
		p.Markup(`" height="10"><title>`).Text(one.Label).Markup("</title></rect>")
	}
	p.Markup("</svg>")
}

// bars adds the rows of a table of bars, and ends the table.
func (p *page) bars(rows []barRow) {
	p.Markup("\n<tbody>")
	for _, r := range rows {
		p.Markup("\n<tr><th scope=\"row\">").Text(r.Name).Markup("</th><td>")
		p.bar(r.Bar)
		p.Markup(`</td><td class="n">`).Int(r.N).Markup("</td></tr>")
	}
	p.Markup("\n</tbody>\n</table>")
}
