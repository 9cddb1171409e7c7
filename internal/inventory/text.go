package inventory

import (
	"strings"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/sink"
)

// text renders the overview for a terminal: first what to act on, then the records, then coverage.
func text(v *Inventory, colour bool) sink.Document {
	var out sink.Page
	paint := func(style sink.Style, line sink.Line) sink.Line {
		if !colour {
			return line
		}
		return line.In(style)
	}
	for _, g := range v.Unjudged {
		out.Line(paint(sink.Red, sink.Text("not checked:")), sink.Linef(" %s: %s", g.Target, g.Reason))
	}
	if len(v.Unjudged) > 0 {
		out.Line()
	}
	styles := []sink.Style{sink.Red, sink.Yellow, sink.Yellow, sink.Plain}
	for i, w := range v.Windows() {
		out.Line(paint(sink.Bold, sink.Linef("%s: %d", w.Title, len(w.Lapses))))
		for _, l := range w.Lapses {
			out.Line(sink.Text("  "), paint(styles[i], sink.Linef("%s (%s)", l.Last, l.When())), sink.Linef("  %s: %s [%s]", l.Vendor, l.What, l.Rule))
			out.Linef("      %s: %s", l.Who, l.Do)
		}
	}
	for _, n := range v.Notes {
		out.Line(paint(sink.Bold, sink.Text("note:")), sink.Linef(" %s", n.Message))
		out.Linef("      %s", n.Hint)
	}
	out.Line()
	rows := [][]string{{"RECORD", "STATUS", "TIER", "APPROVED THROUGH", "REVIEW DUE", "CATEGORY", "EVIDENCE", "OWNERS"}}
	for _, r := range v.Records {
		rows = append(rows, []string{r.ID, r.Status, orDash(tier(r.Tier)), dayText(r.Through), dayText(r.Review), orDash(r.Category), orDash(r.Evidence.String()), orDash(strings.Join(r.Owners, ", "))})
	}
	table(&out, rows, func(line sink.Line) sink.Line { return paint(sink.Bold, line) })
	out.Line()
	rows = [][]string{{"RULE", "PASS", "FAIL", "UNKNOWN", "NOT ASKED", "WHAT IT FINDS"}}
	for _, c := range v.Coverage {
		rows = append(rows, []string{c.Rule, number(c.Pass), number(c.Fail), number(c.Unknown), number(c.NotAsked), c.Title})
	}
	table(&out, rows, func(line sink.Line) sink.Line { return paint(sink.Bold, line) })
	first := true
	for _, c := range v.Coverage {
		if c.Where() == "" {
			continue
		}
		if first {
			out.Line()
		}
		first = false
		out.Linef("%s %s", c.Rule, c.Where())
	}
	return out.Document()
}

// widest is the most that a column is padded to.
const widest = 60

// table prints rows in columns, the first row as their heads.
func table(out *sink.Page, rows [][]string, head func(sink.Line) sink.Line) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i := range row {
			row[i] = sink.Text(row[i]).String()
			widths[i] = max(widths[i], min(widest, utf8.RuneCountInString(row[i])))
		}
	}
	for n, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell)
			if i < len(row)-1 {
				line.WriteString(strings.Repeat(" ", max(0, widths[i]-utf8.RuneCountInString(cell))+2))
			}
		}
		printed := sink.Text(line.String())
		if n == 0 {
			printed = head(printed)
		}
		out.Line(printed)
	}
}
