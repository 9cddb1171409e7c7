package inventory

import (
	"embed"
	"strings"

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

// link adds text as a link. to adds its address; nil for no link.
func (p *page) link(text string, to func()) {
	if to == nil {
		p.Text(text)
		return
	}
	p.Markup(`<a href="`)
	to()
	p.Markup(`">`).Text(text).Markup("</a>")
}

// lone is link for an id that stays on one line.
func (p *page) lone(id string, to func()) {
	if to == nil {
		p.Markup(`<span class="lone" title="`).Text(id).Markup(`">`).Text(id).Markup("</span>")
		return
	}
	p.Markup(`<a class="lone" href="`)
	to()
	p.Markup(`" title="`).Text(id).Markup(`">`).Text(id).Markup("</a>")
}

// anchor returns what adds the address of an element of the page.
func (p *page) anchor(id string) func() { return func() { p.Anchor(id) } }

// file returns what adds the address of the file of a record; nil if it is unknown.
func (p *page) file(id string) func() {
	if p.v.Files == "" {
		return nil
	}
	return func() { p.Link(p.v.Files + "vendors/" + id + ".yaml") }
}

// vendor adds the name of a vendor as a link, and its id if that is another.
func (p *page) vendor(id, name string, to func()) {
	if name == id {
		p.lone(id, to)
		return
	}
	p.link(name, to)
	p.Markup(`<span class="id" title="`).Text(id).Markup(`">`).Text(id).Markup("</span>")
}

// longestWhole is how long a word can be that a browser keeps on one line.
const longestWhole = 64

// words adds text in which a browser breaks no id or day at a hyphen.
func (p *page) words(text string) {
	for i, word := range strings.Fields(sink.Text(text).String()) {
		if i > 0 {
			p.Markup(" ")
		}
		if strings.Contains(word, "-") && len(word) <= longestWhole {
			p.span("whole", word)
		} else {
			p.Text(word)
		}
	}
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
