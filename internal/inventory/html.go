package inventory

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/sink"
)

//go:embed page/page.html page/evidence.html page/words.html page/page.css page/page.js
var pageFiles embed.FS

// htmlDocument returns the overview as a single file that needs no network and is readable without scripts.
// html/template escapes text from records, and the content security policy allows only vendorgate's own style and
// script.
func htmlDocument(v *Inventory) (sink.Document, error) { return filled("page.html", pageOf(v)) }

// filled fills in the template of a page.
func filled(name string, data any) (sink.Document, error) {
	page, err := template.ParseFS(pageFiles, "page/"+name, "page/words.html")
	if err != nil {
		return sink.Document{}, fmt.Errorf("render HTML: %w", err)
	}
	var out bytes.Buffer
	if err := page.Execute(&out, data); err != nil {
		return sink.Document{}, fmt.Errorf("render HTML: %w", err)
	}
	return sink.Lines(out.String()), nil
}

func embeddedText(name string) string {
	data, err := pageFiles.ReadFile("page/" + name)
	if err != nil {
		panic("inventory: " + err.Error())
	}
	return string(data)
}

func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// What the page shows, in its order.
type (
	pageData struct {
		Policy, Origin, Revision, Rules, Version, Day, AsOf string

		Style    template.CSS
		Script   template.JS
		Cards    []card
		Unjudged []diag.Gap
		Notes    []noteRow
		Soon     []soonRow
		Groups   []group
		Months   []barRow
		Cliffs   []cliffMark
		Tallies  []tallyTable
		Coverage []coverageRow
		Records  []recordRow
		Total    string
		Papers   []paperRow
		Rulebook []ruleNote

		CliffOver int
	}
	card struct {
		N           int
		Text, Class string
	}
	soonRow struct {
		Lapse
		Class string
		Whose vendorCell
	}
	noteRow struct {
		Message []word
		Hint    string
	}
	word struct {
		Text  string
		Whole bool // it has a hyphen, and must stay on one line all the same
	}
	vendorCell struct{ ID, Name, Address string }
	cliffMark  struct {
		Day string
		N   int
	}
	coverageRow struct {
		Coverage
		Share int
		Named []word
		Bar   bar
	}
	recordRow struct {
		ID, Category, Status, Class, Tier, Owners, Evidence, Next, Scope, Classes, Note string

		Vendor vendorCell
		Proven bool // the page has its evidence

		Through, Review dayCell
	}
	dayCell struct{ Day, Class string }
)

func pageOf(v *Inventory) pageData {
	windows := v.Windows()
	style, script, policy := look()
	d := pageData{
		Policy: policy, Style: style, Script: script,
		Origin: plain(v.Origin), Revision: plain(v.Revision), Rules: v.Policy, Version: v.Version, Day: v.Day.String(), AsOf: v.at(),
		Groups: groups(), Months: months(v), Cliffs: cliffMarks(v), CliffOver: CliffOver, Tallies: tallies(v), Total: diag.Count(len(v.Records), "record"),
		Cards: []card{
			{len(v.Records), "records", ""},
			{len(windows[0].Lapses), "overdue", alarm("bad", len(windows[0].Lapses))},
			{len(windows[1].Lapses), "within 30 days", alarm("warn", len(windows[1].Lapses))},
			{len(windows[2].Lapses), "in 31 to 60 days", ""},
			{len(windows[3].Lapses), "in 61 to 90 days", ""},
			{len(v.Unjudged), "not checked", alarm("bad", len(v.Unjudged))},
		},
	}
	for _, g := range v.Unjudged {
		d.Unjudged = append(d.Unjudged, diag.Gap{Target: plain(g.Target), Reason: plain(g.Reason)})
	}
	for _, n := range v.Notes {
		d.Notes = append(d.Notes, noteRow{wordsOf(n.Message), plain(n.Hint)})
	}
	for i, w := range windows {
		for _, l := range w.Lapses {
			l.Name, l.What, l.Who, l.Do, l.Vendor = plain(l.Name), plain(l.What), plain(l.Who), plain(l.Do), plain(l.Vendor)
			d.Soon = append(d.Soon, soonRow{l, []string{"bad", "warn", "plain", "plain"}[i], vendorCell{l.Vendor, l.Name, "#record-" + l.Vendor}})
		}
	}
	for _, c := range v.Coverage {
		d.Coverage = append(d.Coverage, coverageRow{c, share(c), wordsOf(c.Where()), coverageBar(c)})
	}
	proof := v.dossier()
	d.Papers, d.Rulebook = paperRows(&proof), ruleNotes(v, &proof)
	for i := range v.Records {
		r := &v.Records[i]
		var p *VendorProof
		if at := slices.IndexFunc(proof.Vendors, func(p VendorProof) bool { return p.ID == r.ID }); at >= 0 {
			p = &proof.Vendors[at]
		}
		d.Records = append(d.Records, recordRow{
			ID: plain(r.ID), Vendor: vendorCell{plain(r.ID), plain(r.Name), v.recordFile(r.ID)}, Category: r.Category, Status: r.Status, Note: v.standing(r, p), Class: v.standingClass(r, p), Tier: tier(r.Tier),
			Owners: plain(strings.Join(r.Owners, ", ")), Evidence: r.Evidence.String(), Next: r.Evidence.Next.String(),
			Scope: plain(scopeText(r)), Classes: plain(strings.Join(r.DataClasses, ", ")),
			Through: v.dayCell(r.Through), Review: v.dayCell(r.Review), Proven: slices.ContainsFunc(d.Papers, func(p paperRow) bool { return p.Vendor == plain(r.ID) }),
		})
	}
	return d
}

// look returns the style and script of a page, and the security policy that allows them and nothing else.
func look() (template.CSS, template.JS, string) {
	style, script := embeddedText("page.css"), embeddedText("page.js")
	policy := "default-src 'none'; style-src " + hashed(style) + "; script-src " + hashed(script) + "; base-uri 'none'; form-action 'none'"
	return template.CSS(style), template.JS(script), policy //nolint:gosec // files of our own
}

// recordFile returns the address of a record; empty if it is unknown.
func (v *Inventory) recordFile(id string) string {
	if v.Files == "" {
		return ""
	}
	return v.Files + "vendors/" + id + ".yaml"
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

// cliffMarks returns the cliffs of the year to come.
func cliffMarks(v *Inventory) []cliffMark {
	var out []cliffMark
	for _, c := range v.Forecast(yearOf(v), Month, CliffOver).Cliffs {
		out = append(out, cliffMark{c.Day.String(), len(c.Lapses)})
	}
	return out
}

// plain returns text on one line, without unprintable characters.
func plain(text string) string { return sink.Text(text).String() }

// longestWhole is how long a word can be that a browser keeps on one line.
const longestWhole = 64

// wordsOf splits text into words, so that a browser breaks no id or day at a hyphen.
func wordsOf(text string) []word {
	var out []word
	for w := range strings.FieldsSeq(plain(text)) {
		out = append(out, word{w, strings.Contains(w, "-") && len(w) <= longestWhole})
	}
	return out
}

func alarm(class string, n int) string {
	if n == 0 {
		return ""
	}
	return class
}

// dayCell writes a last day, highlighted if it is past or near.
func (v *Inventory) dayCell(d scalar.Date) dayCell {
	c := dayCell{Day: d.String()}
	switch n := v.Day.DaysUntil(d); {
	case d.IsZero():
	case n < 0:
		c.Class = "tag bad"
	case n <= 30:
		c.Class = "tag warn"
	}
	return c
}
