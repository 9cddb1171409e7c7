package registry

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// papers finds what contradicts itself in assessments, evidence, contract and pilot, and in what refers to them.
func (v *Vendor) papers() {
	r := v.Record
	for _, list := range []string{"assessments", "evidence"} {
		v.duplicateIDs(list, r.Get(list).Records)
	}
	ids := map[string]bool{} // of evidence
	for _, e := range r.Get("evidence").Records {
		ids[e.Get("id").Text] = true
	}
	v.ordered(r, "contract.start", "contract.end")
	v.ordered(r, "pilot.period.start", "pilot.period.end")
	for _, a := range r.Get("assessments").Records {
		v.ordered(a, "period.start", "period.end")
		v.ordered(a, "performed.start", "performed.end")
		v.ordered(a, "certified_on", "expires")
		v.reference(ids, a.Get("evidence"))
		for _, service := range a.Get("scope_services").Items {
			if apis := v.APIs(); len(apis) > 0 && service.Text != v.ID && !slices.Contains(apis, service.Text) {
				v.fault(service.Pos, fmt.Sprintf("scope_services contains %q, which is not in apis", service.Text), "use ids of APIs in this record, or the record's id for all of them")
			}
		}
	}
	for _, e := range r.Get("evidence").Records {
		v.ordered(e, "issued", "expires")
		for _, pattern := range e.Get("supports").Items {
			if !Supportable(pattern.Text) {
				v.fault(pattern.Pos, fmt.Sprintf("evidence supports %q, which is not an attribute of records", pattern.Text), SupportHint(pattern.Text))
			}
		}
	}
	for _, path := range []string{"exit.plan", "compliance.dpa.evidence", "compliance.pci.responsibility_matrix", "pilot.evidence"} {
		v.reference(ids, r.Get(path))
	}
}

// ordered reports a date that is before the one that it must follow.
func (v *Vendor) ordered(r *attr.Record, from, to string) {
	if a, b := r.Get(from), r.Get(to); a.Known() && b.Known() && b.Day.Before(a.Day) {
		v.fault(b.Pos, fmt.Sprintf("%s is %s, before %s, which is %s", to, b.Text, from, a.Text), "correct one of the dates")
	}
}

// reference reports the id of a piece of evidence that the record does not have.
func (v *Vendor) reference(ids map[string]bool, id *attr.Value) {
	if id.Known() && !ids[id.Text] {
		v.fault(id.Pos, fmt.Sprintf("there is no evidence %q", id.Text), "add it to evidence, or correct the id")
	}
}

// Dated is an attribute that can only lie in the past, with its day.
type Dated struct {
	Path string
	Day  scalar.Date
	Pos  diag.Pos
}

// Past lists the days of the record on which something was done, as papers and our own work have them.
func (v *Vendor) Past() []Dated {
	var out []Dated
	add := func(prefix string, r *attr.Record, paths ...string) {
		for _, path := range paths {
			d := r.Get(path)
			if d.Known() && d.Items == nil {
				out = append(out, Dated{prefix + path, d.Day, d.Pos})
			}
			for _, item := range d.Items {
				out = append(out, Dated{prefix + path, item.Day, item.Pos})
			}
		}
	}
	add("", v.Record, "data.subprocessors.reviewed_on", "threat_detection.anomaly_alerts.tested_on", "exit.plan_tested_on", "pilot.period.start", "pilot.period.end")
	for _, list := range []struct {
		path  string
		dates []string
	}{
		{"assessments", []string{"issued", "period.end", "certified_on", "performed.end", "bridge_letter.issued", "surveillance"}},
		{"evidence", []string{"issued", "received"}},
		{"pilot.breach_simulation", []string{"performed_on"}},
	} {
		for _, r := range v.Record.Get(list.path).Records {
			add(list.path+"[].", r, list.dates...)
		}
	}
	return out
}

// Supports reports whether a pattern of evidence speaks of an attribute: its path, or a mapping above it, with or
// without a final .* after it.
func Supports(pattern, path string) bool {
	base := strings.TrimSuffix(pattern, ".*")
	rest, below := strings.CutPrefix(path, base)
	return below && (rest == "" || rest[0] == '.')
}

// Supportable reports whether an evidence pattern matches any attribute. Below a list of mappings, the pattern has an
// id.
func Supportable(pattern string) bool {
	base := strings.TrimSuffix(pattern, ".*")
	for _, row := range record.Table().Rows {
		path, _, list := strings.Cut(row.Path, "[]")
		if Supports(base, path) || list && strings.HasPrefix(base, path+".") {
			return true
		}
	}
	return false
}

// SupportHint says what to write where a pattern speaks of no attribute.
func SupportHint(pattern string) string {
	if near := diag.Nearest(pattern, record.Table().Paths()); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "write the path of an attribute, or of a mapping for all below it"
}
