package survey

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// otherDates adds tasks for dates in the record that no rule in force checks: expiry dates, and dates of tasks that are usually
// repeated every year.
func (r *renewal) otherDates() {
	watched := map[string]bool{"contract.end": r.InForce(rules.ContractNotInForce)}
	for _, d := range r.Deadlines() {
		watched[d.Path] = true
	}
	audited := r.InForce(rules.AuditMissing) || r.InForce(rules.PentestMissing) // the rules look at the best assessment only
	for _, row := range record.Table().Rows {
		name := row.Path[strings.LastIndexByte(row.Path, '.')+1:]
		if row.Type != attr.Date || row.List || strings.HasPrefix(row.Path, "approval.") || audited && strings.HasPrefix(row.Path, "assessments[]") {
			continue
		}
		eachValue(r.Vendor.Record, "", row.Path, func(path string, v *attr.Value, in *attr.Record) {
			do := "Repeat it and record the new date."
			switch {
			case !v.Known() || watched[path]:
			case slices.Contains(lastDays(), name), row.Path == "contract.end":
				if in.Table() != r.Vendor.Record.Table() && retired(in) {
					return
				}
				warn := "warn_before_lapse"
				if name == "sunset" {
					warn, do = "warn_before_sunset", "Stop using it by that date, or record a later date."
				} else {
					do = "Renew or replace it, and record the new date."
				}
				r.add(r.LastDay(v.Day, warn), path, v, do, r.holder(row.Path))
			case yearly(row.Path, name, in):
				r.add(r.LastDay(v.Day.Plus(scalar.Period{Months: 12}), "warn_before_lapse"), path, v, do, r.holder(row.Path))
			}
		})
	}
}

// lastDays returns the names of attributes that are an expiry date.
func lastDays() []string { return []string{"expires", "until", "sunset", "covers_through"} }

// retired reports whether an item has the status retired.
func retired(item *attr.Record) bool {
	_, _, ok := item.Table().Lookup("status")
	return ok && item.Get("status").Text == "retired"
}

// yearly reports whether an attribute is the date of a task that is due every year (PCI DSS 12.8.4 and 11.4.3, MVSP 1.3, 1.4 and
// 4.3, and common practice for SOC 2). An assessment with an expiry date is not.
func yearly(path, name string, in *attr.Record) bool {
	if slices.Contains([]string{"reviewed_on", "tested_on", "plan_tested_on", "assessed_on"}, name) {
		return true
	}
	rest, assessed := strings.CutPrefix(path, "assessments[].")
	known := func(path string) bool {
		_, _, ok := in.Table().Lookup(path)
		return ok && in.Get(path).Known()
	}
	switch {
	case !assessed || known("expires"):
		return false
	case rest == "period.end":
		return !known("bridge_letter.covers_through")
	case rest == "performed.end":
		return true
	default:
		return rest == "issued" && !known("period.end") && !known("performed.end")
	}
}

// eachValue visits an attribute in every item of the lists on its path.
func eachValue(r *attr.Record, prefix, path string, visit func(path string, v *attr.Value, in *attr.Record)) {
	list, rest, inList := strings.Cut(path, "[].")
	switch {
	case strings.HasSuffix(list, "[]"), strings.Contains(list, "*"):
		return // a whole list, or keys that the author chooses
	case !inList:
		visit(prefix+path, r.Get(path), r)
		return
	}
	for i, item := range r.Get(list).Records {
		name := fmt.Sprint(i + 1)
		if _, _, ok := item.Table().Lookup("id"); ok && item.Get("id").Known() {
			name = item.Get("id").Text
		}
		eachValue(item, prefix+list+"["+name+"].", rest, visit)
	}
}
