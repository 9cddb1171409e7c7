package survey

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// otherDates looks at the days in the record that no rule in force watches: last days, and days on which something was done that is
// good for a year.
func (r *renewal) otherDates() {
	watched := map[string]bool{"contract.end": r.InForce(rules.ContractNotInForce)}
	for _, d := range r.Deadlines() {
		watched[d.Path] = true
	}
	audited := r.InForce(rules.AuditMissing) || r.InForce(rules.PentestMissing) // of several papers the best one counts
	for _, row := range registry.Table().Rows {
		name := row.Path[strings.LastIndexByte(row.Path, '.')+1:]
		if row.Type != attr.Date || row.List || strings.HasPrefix(row.Path, "approval.") || audited && strings.HasPrefix(row.Path, "assessments[]") {
			continue
		}
		eachValue(r.Vendor.Record, "", row.Path, func(path string, v *attr.Value, in *attr.Record) {
			do := "to be done again, and the new day recorded"
			switch {
			case !v.Known() || watched[path]:
			case slices.Contains(lastDays(), name), row.Path == "contract.end":
				if in.Table() != r.Vendor.Record.Table() && retired(in) {
					return
				}
				warn := "warn_before_lapse"
				if name == "sunset" {
					warn, do = "warn_before_sunset", "no use of it after that day, or a later day"
				} else {
					do = "a renewal, or what replaces it"
				}
				r.add(r.LastDay(v.Day, warn), path, v, do, r.holder(row.Path))
			case yearly(row.Path, name, in):
				r.add(r.LastDay(v.Day.Plus(scalar.Period{Months: 12}), "warn_before_lapse"), path, v, do, r.holder(row.Path))
			}
		})
	}
}

// lastDays are the names of days after which something no longer counts.
func lastDays() []string { return []string{"expires", "until", "sunset", "covers_through"} }

// retired reports whether an item says itself that it is over.
func retired(item *attr.Record) bool {
	_, _, ok := item.Table().Lookup("status")
	return ok && item.Get("status").Text == "retired"
}

// yearly reports whether a day is one on which something was done that is to be done every year: PCI DSS 12.8.4 and 11.4.3,
// MVSP 1.3, 1.4 and 4.3, and what is usual for SOC 2. A certificate that has a last day of its own has no other.
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

// eachValue visits an attribute in every mapping of the lists that its path leads through.
func eachValue(r *attr.Record, prefix, path string, visit func(path string, v *attr.Value, in *attr.Record)) {
	list, rest, inList := strings.Cut(path, "[].")
	switch {
	case strings.HasSuffix(list, "[]"), strings.Contains(list, "*"):
		return // it speaks of a list as a whole, or of keys that are the writer's own
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
