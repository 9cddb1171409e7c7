package inventory

import (
	"encoding/csv"
	"fmt"
	"strings"
	"unicode"

	"github.com/vendorgate/vendorgate/internal/sink"
)

// recordRows returns the overview as a table: a row for each record. The names of the columns are an interface: more may follow
// the last.
func recordRows(v *Inventory) [][]string {
	rows := [][]string{{
		"id", "name", "category", "status", "tier", "owners", "approved_through", "review_due",
		"evidence_fresh", "evidence_stale", "evidence_next", "overdue", "next_lapse", "next_what", "next_who", "fails", "unknown",
		"environments", "data_classes", "repositories", "recorded_tier",
	}}
	fails, unknown := map[string][]string{}, map[string][]string{} // rules by record
	for _, c := range v.Coverage {
		for _, id := range c.FailIn {
			fails[id] = append(fails[id], c.Rule)
		}
		for _, id := range c.UnknownIn {
			unknown[id] = append(unknown[id], c.Rule)
		}
	}
	of := map[string][]Lapse{}
	for _, l := range v.Lapses {
		of[l.Vendor] = append(of[l.Vendor], l)
	}
	for _, r := range v.Records {
		overdue, next := 0, Lapse{}
		for _, l := range of[r.ID] {
			switch {
			case l.Past:
				overdue++
			case next.Last.IsZero():
				next = l
			}
		}
		rows = append(rows, []string{
			r.ID, r.Name, r.Category, r.Status, tier(r.Tier), strings.Join(r.Owners, "; "), r.Through.String(), r.Review.String(),
			number(r.Evidence.Fresh), number(r.Evidence.Stale), r.Evidence.Next.String(), number(overdue), next.Last.String(), next.What, next.Who,
			strings.Join(fails[r.ID], "; "), strings.Join(unknown[r.ID], "; "),
			strings.Join(r.Environments, "; "), strings.Join(r.DataClasses, "; "), strings.Join(r.Repositories, "; "), tier(r.Recorded),
		})
	}
	return rows
}

// csvDocument writes rows (RFC 4180, but with LF line ends). Cells that a spreadsheet would take for a formula start
// with an apostrophe.
func csvDocument(rows [][]string) (sink.Document, error) {
	var out strings.Builder
	w := csv.NewWriter(&out)
	for _, row := range rows {
		for i := range row {
			row[i] = harmless(sink.Text(row[i]).String())
		}
		if err := w.Write(row); err != nil {
			return sink.Document{}, fmt.Errorf("render CSV: %w", err)
		}
	}
	w.Flush()
	return sink.Lines(out.String()), w.Error()
}

// harmless keeps spreadsheets from treating a cell, or what follows a semicolon in it, as a formula: some split the file at
// semicolons, and then quotes inside of a line have no effect. Some trim white space and quotes first, and some accept
// full-width forms of the signs.
func harmless(cell string) string {
	parts := strings.Split(cell, ";")
	for i, part := range parts {
		blank := func(r rune) bool { return unicode.IsSpace(r) || r == '"' }
		if first := strings.TrimLeftFunc(part, blank); strings.IndexAny(first, "=+-@＝＋－＠") == 0 {
			parts[i] = "'" + part
		}
	}
	return strings.Join(parts, ";")
}
