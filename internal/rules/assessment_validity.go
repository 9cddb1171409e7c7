package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// validity is how long an assessment is valid, and which assurance it gives. Its days end in UTC, as auditors count them.
type validity struct {
	Through scalar.Date      // last day; zero if it is never valid
	level   policy.Assurance // assurance while it is valid
	why     string           // why it is not valid, or what sets its last day
	by      string           // attribute of the assessment that sets its last day
	Warn    string           // parameter with the warn window
	grace   string           // parameter with its own grace period
	full    scalar.Date      // last day as audited, if a bridge letter extends it as attested; else zero
}

func notValid(why string) validity { return validity{why: why} }

// endBy shortens the validity.
func (s *validity) endBy(last scalar.Date, by, why string) {
	if last.Before(s.Through) {
		s.Through, s.by, s.why = last, by, why
	}
}

// validity returns how long an assessment of the record is valid.
func (u *Subject) validity(a *attr.Record) validity {
	age := u.Policy.Params.Period("assessment_max_age", u.Tier).Value
	kind := a.Get("type").Text
	var s validity
	switch {
	case slices.Contains([]string{"soc1-type2", "soc2-type2", "soc3", "c5"}, kind):
		s = u.report(a, age)
	case strings.HasPrefix(kind, "iso"):
		s = u.certificate(a)
	case kind == "pentest":
		s = after(a, "performed.end", u.Policy.Params.Period("pentest_max_age", u.Tier).Value)
		if !a.Get("independent").True() {
			s.level = policy.Attested
		}
	case kind == "pci-dss-aoc" && a.Get("standard").Text != "4.0.1":
		return notValid("does not cover PCI DSS 4.0.1")
	case kind == "fedramp" && a.Get("authorization").Text != "authorized":
		return notValid("is not a FedRAMP authorization")
	case kind == "fedramp":
		s = after(a, "performed.end", age)
		s.grace = "fedramp_grace"
	case a.Get("expires").Known():
		s = validity{Through: a.Get("expires").Day, level: policy.Audited, by: "expires", why: "its expiry date"}
	default:
		s = after(a, "issued", age)
	}
	if slices.Contains([]string{"csa-star-1", "caiq", "sig-core", "sig-lite", "vsaq", "mvsp", "hecvat", "ssdf-attestation"}, kind) {
		s.level = min(s.level, policy.Attested)
	}
	if s.Warn == "" {
		s.Warn = "warn_before_assessment_end"
	}
	return s
}

// after is the validity of an assessment that ages from the date in path.
func after(a *attr.Record, path string, age scalar.Period) validity {
	from := a.Get(path)
	if !from.Known() {
		return notValid("has no " + path)
	}
	return validity{Through: from.Day.Plus(age), level: policy.Audited, by: path, why: fmt.Sprintf("%s is %s", path, from.Text)}
}

// report is the validity of a report about a period, which has no end date of its own. It ages from the end of its period. A
// bridge letter can extend it by some months, but only up to the date of the letter.
func (u *Subject) report(a *attr.Record, age scalar.Period) validity {
	end := a.Get("period.end")
	if !end.Known() {
		return notValid("has no period.end")
	}
	s := validity{Through: end.Day.Plus(age), level: policy.Audited, by: "period.end", why: "its period ended on " + end.Text}
	issued, covers := a.Get("bridge_letter.issued"), a.Get("bridge_letter.covers_through")
	switch {
	case !issued.Known() || !covers.Known() || issued.Day.After(u.utc()):
	case covers.Day.After(issued.Day):
		s.why += ", and its bridge letter covers days after it was issued"
	default:
		bridge := u.Policy.Params.Period("bridge_letter_max", u.Tier).Value
		last := end.Day.Plus(scalar.Period{Years: age.Years + bridge.Years, Months: age.Months + bridge.Months, Weeks: age.Weeks + bridge.Weeks, Days: age.Days + bridge.Days})
		by := "period.end"
		if !covers.Day.After(last) {
			last, by = covers.Day, "bridge_letter.covers_through"
		}
		if last.After(s.Through) {
			if u.validityEnd(s).Past {
				s.level = policy.Attested
			}
			s.full = s.Through
			s.Through, s.by, s.why = last, by, s.why+", and its bridge letter covers the time since"
		}
	}
	return s
}

// certificate is the validity of a certificate of a management system (ISO/IEC 17021-1): three years at most, a first surveillance
// audit within twelve months of the decision, then one in each calendar year but the last.
func (u *Subject) certificate(a *attr.Record) validity {
	on, end := a.Get("certified_on"), a.Get("expires")
	if !on.Known() || !end.Known() {
		return notValid("has no certified_on or no expires date")
	}
	if on.Day.After(u.utc()) {
		return notValid("is not valid before " + on.Text)
	}
	from := on.Day
	if renews := a.Get("renews"); renews.Known() && renews.Day.After(from) {
		from = renews.Day
	}
	if end.Day.After(from.Plus(scalar.Period{Years: 3})) {
		return notValid("runs longer than three years")
	}
	s := validity{Through: end.Day, level: policy.Audited, by: "expires", why: "its expiry date", Warn: "warn_before_certificate_end"}
	if strings.HasPrefix(a.Get("standard").Text, "2013") && a.Get("type").Text == "iso27001" {
		s.endBy(scalar.NewDate(2025, time.October, 31), "standard", "the 2013 edition was withdrawn")
	}
	held := func(from, to scalar.Date) bool {
		return slices.ContainsFunc(a.Get("surveillance").Items, func(audit attr.Value) bool {
			return !audit.Day.Before(from) && !audit.Day.After(to) && !audit.Day.After(u.utc())
		})
	}
	if first := on.Day.Plus(scalar.Period{Months: 12}); !held(on.Day.Plus(scalar.Period{Days: 1}), first) {
		s.endBy(first, "surveillance", "there was no surveillance audit by then")
	}
	for year := on.Day.Year() + 1; year < end.Day.Year(); year++ {
		if last := scalar.NewDate(year, time.December, 31); !held(scalar.NewDate(year, time.January, 1), last) {
			s.endBy(last, "surveillance", fmt.Sprintf("there was no surveillance audit in %d", year))
		}
	}
	return s
}

// utc returns the current day in UTC.
func (u *Subject) utc() scalar.Date { return scalar.DateOf(u.Today.Instant, time.UTC) }

// validityEnd returns the last day of a validity as seen from today.
func (u *Subject) validityEnd(s validity) LastDay { return u.LastDayIn(time.UTC, s.Through, s.Warn) }

// notCovered explains why an assessment does not cover the service in use; empty if it does.
func (u *Subject) notCovered(a *attr.Record) string {
	services := a.Get("scope_services")
	if !services.Known() {
		return "does not name the services it covers (scope_services)"
	}
	used := u.Vendor.APIs()
	if u.APIID.Value != "" {
		used = []string{u.APIID.Value}
	}
	var missing []string
	for _, api := range used {
		if !services.Has(api) {
			missing = append(missing, api)
		}
	}
	switch {
	case services.Has(u.ID.Value) || len(used) > 0 && len(missing) == 0:
		return ""
	case len(used) == 0:
		missing = []string{u.ID.Value}
	}
	return "does not cover " + List(missing)
}
