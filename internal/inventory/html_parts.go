package inventory

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/explain"
)

// paperRow is a piece of evidence in a table.
type paperRow struct {
	Vendor, ID, Type, Level, Stated, Address, SHA256, Issued, Received, Expires string

	Whose vendorCell
	First bool // of its vendor
	Valid bool
}

// paperRows lists the evidence of all vendors.
func paperRows(d *Dossier) []paperRow {
	var out []paperRow
	for i := range d.Vendors {
		p := &d.Vendors[i]
		for n, e := range p.Evidence {
			row := paperRow{
				Vendor: plain(p.ID), Whose: vendorCell{plain(p.ID), plain(p.Name), "#record-" + plain(p.ID)}, ID: plain(e.ID), Type: e.Type, Level: e.Level, Stated: e.Stated, SHA256: e.SHA256,
				Issued: e.Issued.String(), Received: e.Received.String(), Expires: e.Expire.String(), First: n == 0, Valid: e.Counts,
			}
			if strings.HasPrefix(e.Address, "https://") {
				row.Address = e.Address
			}
			out = append(out, row)
		}
	}
	return out
}

// ruleNote explains a rule on the page itself.
type ruleNote struct{ ID, Title, Why, Fix, Acts, Controls string }

// ruleNotes explains the rules and requirements that the page names, each once, in the order of the coverage.
func ruleNotes(v *Inventory, d *Dossier) []ruleNote {
	controls := map[string]string{}
	for i := range d.Vendors {
		for k := range d.Vendors[i].Demands {
			q := &d.Vendors[i].Demands[k]
			controls[q.Rule] = plain(controlsText(q.Controls))
		}
	}
	var out []ruleNote
	add := func(id, title string) {
		if slices.ContainsFunc(out, func(n ruleNote) bool { return n.ID == id }) {
			return
		}
		n := ruleNote{ID: id, Title: plain(title), Controls: controls[id]}
		if page, ok := explain.Page(id); ok {
			_, head, _ := strings.Cut(strings.SplitN(page, "\n", 2)[0], ": ")
			n.Title, n.Why, n.Fix, n.Acts = head, explain.Section(page, "Why"), explain.Section(page, "Fix"), explain.Section(page, "Who acts")
			if n.Controls == "" {
				n.Controls = explain.Controls(page)
			}
		}
		out = append(out, n)
	}
	for _, c := range v.Coverage {
		add(c.Rule, c.Title)
	}
	for i := range v.Lapses {
		add(v.Lapses[i].Rule, "a requirement of the policy")
	}
	return out
}
