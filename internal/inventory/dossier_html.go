package inventory

import (
	"fmt"
	"html/template"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// What the page of the evidence shows, in its order.
type (
	evidencePage struct {
		Policy, Origin, Revision, Rules, Version, Day, AsOf, Zone string

		Style    template.CSS
		Script   template.JS
		Off      []word
		Sources  []Source
		Cards    []card
		Unjudged []diag.Gap
		Vendors  []vendorSection
		Notes    []ruleNote
	}
	vendorSection struct {
		ID, Name, Status, Note, Class, File, By, On, Through, Tier, Scope, Classes, Total string

		Source  Source
		Demands []demandRow
		Papers  []paperRow
	}
	demandRow struct {
		Rule, Result, Class, Controls string

		Asked, Found [][]word
		Why, Waivers []string
		Evidence     []paperLink
	}
	paperLink struct{ ID, Anchor string }
)

// evidenceHTML returns the evidence as a single file that needs no network, as the overview does.
func evidenceHTML(v *Inventory) (sink.Document, error) {
	d := v.dossier()
	style, script, policy := look()
	page := evidencePage{
		Policy: policy, Style: style, Script: script, Origin: plain(v.Origin), Revision: plain(v.Revision), Rules: v.Policy, Version: v.Version, Day: v.Day.String(), AsOf: v.at(),
		Zone: d.Policy.TimeZone, Off: wordsOf(strings.Join(d.Policy.Off, ", ")), Notes: ruleNotes(v, &d),
	}
	if d.Policy.Name != "" {
		page.Sources = append(page.Sources, plainSource(d.Policy.Source))
	}
	for _, below := range d.Policy.Extends {
		page.Sources = append(page.Sources, plainSource(below))
	}
	for _, g := range v.Unjudged {
		page.Unjudged = append(page.Unjudged, diag.Gap{Target: plain(g.Target), Reason: plain(g.Reason)})
	}
	total := map[diag.Outcome]int{}
	all := paperRows(&d)
	for i := range d.Vendors {
		for o, n := range d.Vendors[i].Results() {
			total[o] += n
		}
		page.Vendors = append(page.Vendors, v.section(&d.Vendors[i], all))
	}
	page.Cards = []card{{len(d.Vendors), "vendors", ""}}
	for _, o := range outcomes() {
		class := map[diag.Outcome]string{diag.Failed: "bad", diag.Unknown: "warn"}[o]
		page.Cards = append(page.Cards, card{total[o], resultWord(o), alarm(class, total[o])})
	}
	return filled("evidence.html", page)
}

// plainSource returns a source whose name is on one line.
func plainSource(s Source) Source { return Source{plain(s.Name), s.SHA256} }

// resultWord returns an outcome as people read it.
func resultWord(o diag.Outcome) string { return strings.ReplaceAll(string(o), "_", " ") }

// section returns the part of the page about one vendor.
func (v *Inventory) section(p *VendorProof, all []paperRow) vendorSection {
	out := vendorSection{
		ID: plain(p.ID), Name: plain(p.Name), Status: p.Status, Note: v.standing(&p.Record, p), Class: v.standingClass(&p.Record, p), File: v.recordFile(p.ID), Source: plainSource(p.File),
		By: plain(approversText(p.Decision.By)), On: p.Decision.On.String(), Through: p.Through.String(), Tier: tier(p.Tier), Scope: plain(scopeText(&p.Record)), Classes: plain(strings.Join(p.DataClasses, ", ")),
	}
	var counts []string
	results := p.Results()
	for _, o := range outcomes() {
		if n := results[o]; n > 0 {
			counts = append(counts, fmt.Sprintf("%s: %d", resultWord(o), n))
		}
	}
	out.Total = strings.Join(counts, ", ")
	for i := range p.Demands {
		out.Demands = append(out.Demands, demandRowOf(p, &p.Demands[i]))
	}
	for _, row := range all {
		if row.Vendor == out.ID {
			out.Papers = append(out.Papers, row)
		}
	}
	return out
}

func demandRowOf(p *VendorProof, d *Demand) demandRow {
	class := map[diag.Outcome]string{diag.Passed: "good", diag.Failed: "bad", diag.Unknown: "warn", diag.Excused: "warn", diag.NotAsked: "plain"}[d.Outcome]
	row := demandRow{Rule: plain(d.Rule), Result: resultWord(d.Outcome), Class: class, Controls: plain(controlsText(d.Controls))}
	for _, asked := range d.Asked {
		row.Asked = append(row.Asked, wordsOf(asked))
	}
	for _, f := range d.Found {
		row.Found = append(row.Found, wordsOf(f.Path+" = "+f.Text))
	}
	for _, why := range d.Why {
		row.Why = append(row.Why, plain(why))
	}
	for _, w := range d.Waivers {
		by, until := waivedBy([]Excuse{w})
		row.Waivers = append(row.Waivers, plain(by+", until "+until))
	}
	for _, id := range d.Evidence {
		row.Evidence = append(row.Evidence, paperLink{plain(id), plain(p.ID + "--" + id)})
	}
	return row
}
