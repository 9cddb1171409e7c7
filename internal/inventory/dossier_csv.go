package inventory

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/control"
)

// evidenceRows returns the evidence as a table: a row for each vendor, rule and piece of evidence. The first row of a rule has the evidence
// number 0 or 1, so that those rows alone are the table of rules. The names of the columns are an interface: more may follow the last.
func evidenceRows(v *Inventory) [][]string {
	d := v.dossier()
	rows := [][]string{{
		"vendor", "name", "status", "tier", "approved_by", "approved_on", "approved_through", "rule", "kind", "title", "controls", "asked", "found", "result", "severity", "reasons",
		"waived_by", "waived_until", "evidence_number", "evidence", "evidence_type", "evidence_level", "evidence_valid", "evidence_address", "evidence_sha256", "evidence_issued",
		"evidence_received", "evidence_expires", "record", "record_sha256", "policy", "policy_file", "policy_sha256", "registry", "revision", "vendorgate", "as_of", "evidence_stated_level",
	}}
	for i := range d.Vendors {
		p := &d.Vendors[i]
		papers := map[string]Paper{}
		for _, e := range p.Evidence {
			papers[e.ID] = e
		}
		for k := range p.Demands {
			q := &p.Demands[k]
			by, until := waivedBy(q.Waivers)
			before := []string{
				p.ID, p.Name, p.Status, tier(p.Tier), approversText(p.Decision.By), p.Decision.On.String(), p.Through.String(), q.Rule, q.kind(), q.Title, controlsText(q.Controls),
				strings.Join(q.Asked, "; "), valuesText(q.Found), string(q.Outcome), q.Severity, strings.Join(q.Why, "; "), by, until,
			}
			after := []string{p.File.Name, p.File.SHA256, v.Policy, d.Policy.Name, d.Policy.SHA256, v.Origin, v.Revision, v.Version, v.at()}
			if len(q.Evidence) == 0 {
				rows = append(rows, slices.Concat(before, []string{"0", "", "", "", "", "", "", "", "", ""}, after, []string{""}))
			}
			for n, id := range q.Evidence {
				e := papers[id]
				rows = append(rows, slices.Concat(before, []string{
					number(n + 1), e.ID, e.Type, e.Level, yes(e.Counts), e.where(), e.SHA256, e.Issued.String(), e.Received.String(), e.Expire.String(),
				}, after, []string{e.Stated}))
			}
		}
	}
	return rows
}

// waivedBy names the waivers with who approved them, and the first of their last days.
func waivedBy(all []Excuse) (by, until string) {
	var parts []string
	for _, w := range all {
		text := w.ID + ": " + approversText(w.By)
		if !w.Whole {
			text += ", only for " + strings.Join(w.Repos, ", ")
		}
		if w.Use != "" {
			text += ", use " + w.Use
		}
		parts = append(parts, text)
		if day := w.Until.String(); until == "" || day < until {
			until = day
		}
	}
	return strings.Join(parts, "; "), until
}

func approversText(all []Approver) string {
	var parts []string
	for _, a := range all {
		parts = append(parts, a.String())
	}
	return strings.Join(parts, "; ")
}

// controlsText lists controls with their editions: DORA 28(8) [Regulation (EU) 2022/2554].
func controlsText(all []control.ID) string {
	var parts []string
	for _, c := range all {
		text := c.String()
		if edition := c.Edition(); edition != "" && !strings.Contains(c.Framework.Name, edition) {
			text += " [" + edition + "]"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

func valuesText(all []Value) string {
	var parts []string
	for _, v := range all {
		parts = append(parts, v.Path+" = "+v.Text)
	}
	return strings.Join(parts, "; ")
}
