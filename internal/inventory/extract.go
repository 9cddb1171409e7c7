package inventory

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// extract is a table with the facts of a registry in the columns of another register. It is a start for whoever keeps that register, and
// never a filing: what the registry does not know stays empty.
type extract struct {
	format  string
	of      string // what it is, in a message
	columns []string
	rows    func(p *VendorProof) [][]string // of one vendor; nil if the register is not about it
}

// permitted reports whether a vendor may be used, or is still used while it is being left.
func (p *VendorProof) permitted() bool {
	return slices.Contains([]string{"approved", "conditional", "pilot", "deprecated", "suspended"}, p.Status)
}

// sends reports whether the scope permits data of one of some classes.
func (p *VendorProof) sends(classes ...string) bool {
	return slices.ContainsFunc(p.Facts["scope.data_classes"], func(c string) bool { return slices.Contains(classes, c) })
}

// extracts lists the extracts in the order of the formats.
func extracts() []extract {
	return []extract{doraProviders(), doraArrangements(), doraAssessments(), pciProviders(), pciMatrix(), gdprRecipients(), gdprTransfers()}
}

// table returns the rows of an extract. Services of one company that have the same facts are one row, with the ids of all.
func (x extract) table(v *Inventory) [][]string {
	d := v.dossier()
	rows := [][]string{append(slices.Clone(x.columns), "vendors")}
	at := map[string]int{}
	for i := range d.Vendors {
		p := &d.Vendors[i]
		if !p.permitted() {
			continue
		}
		for _, row := range x.rows(p) {
			key := strings.Join(row, "\x00")
			if n, known := at[key]; known {
				rows[n][len(row)] += "; " + p.ID
				continue
			}
			at[key] = len(rows)
			rows = append(rows, append(row, p.ID))
		}
	}
	return rows
}

// note says what an extract leaves empty.
func (x extract) note(v *Inventory) sink.Line {
	rows := x.table(v)
	empty, cells, columns := 0, 0, []string{}
	for at, column := range x.columns {
		missing := 0
		for _, row := range rows[1:] {
			if cells++; row[at] == "" {
				missing++
			}
		}
		if missing > 0 {
			columns = append(columns, fmt.Sprintf("%s %d", column, missing))
		}
		empty += missing
	}
	out := fmt.Sprintf("%s: an extract for %s and no filing: %s", x.format, x.of, diag.Count(len(rows)-1, "row"))
	if empty > 0 {
		out += fmt.Sprintf(", %d of %s empty, because the registry does not know them (%s)", empty, diag.Count(cells, "cell"), strings.Join(columns, ", "))
	}
	return sink.Text(out)
}

// ExtractNote says what the format of an extract leaves empty; false for other formats.
func ExtractNote(format string, v *Inventory) (sink.Line, bool) {
	all := extracts()
	i := slices.IndexFunc(all, func(x extract) bool { return x.format == format })
	if i < 0 {
		return sink.Line{}, false
	}
	return all[i].note(v), true
}

// extractFormats lists the formats of the extracts.
func extractFormats() sink.Formats[*Inventory] {
	var out sink.Formats[*Inventory]
	for _, x := range extracts() {
		out = append(out, sink.Format[*Inventory]{Name: x.format, Render: sink.Colourless(func(v *Inventory) (sink.Document, error) { return csvDocument(x.table(v)) })})
	}
	return out
}
