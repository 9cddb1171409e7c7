package inventory

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// ForecastSchema is the JSON Schema 2020-12 of the JSON format of a forecast.
//
//go:embed forecast.schema.json
var ForecastSchema []byte

// ForecastFormats lists the formats of a forecast.
func ForecastFormats() sink.Formats[*Forecast] {
	return sink.Formats[*Forecast]{
		{Name: "text", Render: sink.Coloured(forecastText)},
		{Name: "json", Render: sink.Colourless(forecastJSON)},
		{Name: "markdown", Render: sink.Sure(forecastMarkdown)},
		{Name: "csv", Render: sink.Colourless(func(f *Forecast) (sink.Document, error) { return csvDocument(lapseRows(f)) })},
	}
}

// unseen explains that the registry does not know who uses a vendor.
const unseen = "The registry does not know which repositories use these vendors."

// ForecastSummary returns the last line of a run.
func ForecastSummary(f *Forecast) sink.Line {
	return sink.Linef("%d overdue, %d expiring through %s, %s; policy %s; registry %s; as of %s",
		len(f.Overdue), f.Ahead(), f.Through, diag.Count(len(f.Cliffs), "cliff"), f.Policy, f.Origin, f.at())
}

func forecastText(f *Forecast, colour bool) sink.Document {
	var out sink.Page
	paint := func(style sink.Style, line sink.Line) sink.Line {
		if !colour {
			return line
		}
		return line.In(style)
	}
	for _, g := range f.Unjudged {
		out.Line(paint(sink.Red, sink.Text("not checked:")), sink.Linef(" %s: %s", g.Target, g.Reason))
	}
	for _, c := range f.Cliffs {
		out.Line(paint(sink.Red, sink.Linef("cliff on %s: %d expiries on one day (more than %d)", c.Day, len(c.Lapses), f.Cliff)))
		for _, o := range c.Owners {
			out.Linef("    %d for %s", o.N, o.Who)
		}
	}
	each := func(name string, style sink.Style, lapses []Lapse) {
		if len(lapses) == 0 {
			return
		}
		out.Line(paint(sink.Bold, sink.Linef("%s: %d", name, len(lapses))))
		for _, l := range lapses {
			out.Line(sink.Text("  "), paint(style, sink.Linef("%s (%s)", l.Last, l.When())), sink.Linef("  %s: %s [%s], %s", l.Vendor, l.What, l.Rule, l.Who))
		}
	}
	each("overdue", sink.Red, f.Overdue)
	for _, p := range f.Periods {
		each(p.Name, sink.Yellow, p.Lapses)
	}
	out.Linef("%s", unseen)
	return out.Document()
}

func forecastMarkdown(f *Forecast) sink.Document {
	var out sink.Markdown
	out.Markup("### Vendor registry: ").Int(f.Ahead()).Markup(" expiring through ").Text(f.Through.String()).Markup(", ").Int(len(f.Overdue)).Markup(" overdue\n\n")
	for _, g := range f.Unjudged {
		out.Markup("- Not checked: ").Code(g.Target).Markup(": ").Prose(g.Reason).Markup("\n")
	}
	if len(f.Unjudged) > 0 {
		out.Markup("\n")
	}
	if len(f.Cliffs) > 0 {
		out.Markup("#### Cliffs\n\n| day | lapses | who acts |\n|---|---|---|\n")
		for _, c := range f.Cliffs {
			out.Markup("| ").Text(c.Day.String()).Markup(" | ").Int(len(c.Lapses)).Markup(" | ").Text(ownersText(c.Owners)).Markup(" |\n")
		}
		out.Markup("\n")
	}
	if len(f.Overdue) > 0 {
		out.Markup("#### Overdue\n\n")
		lapseTable(&out, f.Overdue)
	}
	for _, p := range f.Periods {
		if len(p.Lapses) > 0 {
			out.Markup("#### ").Text(p.Name).Markup("\n\n")
			lapseTable(&out, p.Lapses)
		}
	}
	out.Text(unseen).Markup("\n\n<sub>").Text(ForecastSummary(f).String()).Markup("</sub>\n")
	return out.Document()
}

func ownersText(all []Owner) string {
	var out []string
	for _, o := range all {
		out = append(out, fmt.Sprintf("%d for %s", o.N, o.Who))
	}
	return strings.Join(out, "; ")
}

// lapseRows returns the forecast as a table: a row for each lapse. The names of the columns are an interface: more may follow the
// last.
func lapseRows(f *Forecast) [][]string {
	rows := [][]string{{"period", "last_day", "overdue", "cliff", "vendor", "name", "kind", "rule", "item", "what", "who", "next_step", "file"}}
	add := func(period string, lapses []Lapse) {
		for _, l := range lapses {
			rows = append(rows, []string{period, l.Last.String(), yes(l.Past), yes(f.onCliff(l)), l.Vendor, l.Name, string(l.Kind), l.Rule, l.Item, l.What, l.Who, l.Do, l.File})
		}
	}
	add("overdue", f.Overdue)
	for _, p := range f.Periods {
		add(p.Name, p.Lapses)
	}
	return rows
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func (f *Forecast) onCliff(l Lapse) bool {
	for _, c := range f.Cliffs {
		if c.Day == l.Last && !l.Past {
			return true
		}
	}
	return false
}

// The shape of the JSON format, version 1, as that of an overview.
type (
	forecastShape struct {
		head
		Days         int      `json:"days"`
		Through      string   `json:"through"`
		CliffOver    int      `json:"cliff_over"`
		Overdue      []lapse  `json:"overdue"`
		Periods      []period `json:"periods"`
		Cliffs       []cliff  `json:"cliffs"`
		Repositories *int     `json:"repositories"`
		Unjudged     []gap    `json:"not_judged"`
	}
	period struct {
		Name   string  `json:"name"`
		First  string  `json:"first_day"`
		Last   string  `json:"last_day"`
		Lapses []lapse `json:"lapses"`
	}
	cliff struct {
		Day    string  `json:"day"`
		Count  int     `json:"count"`
		Owners []owner `json:"owners"`
	}
	owner struct {
		Who   string `json:"who"`
		Count int    `json:"count"`
	}
)

func forecastJSON(f *Forecast) (sink.Document, error) {
	d := forecastShape{
		head: headOf(f.Inventory), Days: f.Days, Through: f.Through.String(), CliffOver: f.Cliff,
		Overdue: lapsesShape(f.Overdue), Periods: []period{}, Cliffs: []cliff{}, Unjudged: gapsShape(f.Inventory),
	}
	for _, p := range f.Periods {
		d.Periods = append(d.Periods, period{p.Name, p.First.String(), p.Last.String(), lapsesShape(p.Lapses)})
	}
	for _, c := range f.Cliffs {
		out := cliff{Day: c.Day.String(), Count: len(c.Lapses)}
		for _, o := range c.Owners {
			out.Owners = append(out.Owners, owner{o.Who, o.N})
		}
		d.Cliffs = append(d.Cliffs, out)
	}
	return sink.JSON(d)
}
