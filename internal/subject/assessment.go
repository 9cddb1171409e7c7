package subject

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Validity is how long an assessment is valid, and which assurance it gives. Its days end in UTC, as auditors count them.
type Validity struct {
	Through scalar.Date      // last day; zero if it is never valid
	level   policy.Assurance // assurance while it is valid
	why     string           // why it is not valid, or what sets its last day
	By      string           // attribute of the assessment that sets its last day
	Warn    string           // parameter with the warn window
	Grace   string           // parameter with its own grace period
	full    scalar.Date      // last day as audited, if a bridge letter extends it as attested; else zero
	missing string           // attribute without which nobody can tell how long it is valid; empty if it has all that it needs
}

func notValid(why string) Validity { return Validity{why: why} }

// undated is the validity of an assessment that lacks an attribute.
func undated(missing, why string) Validity { return Validity{why: why, missing: missing} }

// endBy shortens the validity.
func (s *Validity) endBy(last scalar.Date, by, why string) {
	if last.Before(s.Through) {
		s.Through, s.By, s.why = last, by, why
	}
	if last.Before(s.full) {
		s.full = last
	}
}

// dated returns the attribute with the last day of the work that an assessment of a type is about, without which nobody can tell how long it
// is valid; empty if its own date will do.
func dated(kind string) string {
	switch {
	case slices.Contains([]string{"soc1-type2", "soc2-type2", "soc3", "c5"}, kind):
		return "period.end"
	case strings.HasPrefix(kind, "iso"):
		return "certified_on"
	case kind == "pentest" || kind == "fedramp":
		return "performed.end"
	default:
		return ""
	}
}

// Validity returns how long an assessment of the record is valid.
func (u *Subject) Validity(a *attr.Record) Validity {
	age := u.Policy.Params.Period("assessment_max_age", u.Tier).Value
	kind := a.Get("type").Text
	from := dated(kind)
	var s Validity
	switch {
	case from == "period.end":
		s = u.report(a, age)
	case from == "certified_on":
		s = u.certificate(a)
	case kind == "pentest":
		s = after(a, from, u.Policy.Params.Period("pentest_max_age", u.Tier).Value)
		if !a.Get("independent").True() {
			s.level = policy.Attested
		}
	case kind == "pci-dss-aoc" && a.Get("standard").Text != "4.0.1":
		return notValid("does not cover PCI DSS 4.0.1")
	case kind == "fedramp" && a.Get("authorization").Text != "authorized":
		return notValid("is not a FedRAMP authorization")
	case kind == "fedramp":
		s = after(a, from, age)
		s.Grace = "fedramp_grace"
	case a.Get("expires").Known():
		s = Validity{Through: a.Get("expires").Day, level: policy.Audited, By: "expires", why: "its expiry date"}
	default:
		s = after(a, "issued", age)
	}
	if slices.Contains([]string{"csa-star-1", "caiq", "sig-core", "sig-lite", "vsaq", "mvsp", "hecvat", "ssdf-attestation"}, kind) {
		s.level = min(s.level, policy.Attested)
	}
	if u.IssuedByVendor(a.Get("issuer")) {
		s.level = min(s.level, policy.Attested)
	}
	if s.Warn == "" {
		s.Warn = "warn_before_assessment_end"
	}
	if last := u.Attr("evidence[" + a.Get("evidence").Text + "].expires"); a.Get("evidence").Known() && last.Known() {
		s.endBy(last.Day, "evidence", "the last day of its evidence")
	}
	return s
}

// after is the validity of an assessment that ages from the date in path.
func after(a *attr.Record, path string, age scalar.Period) Validity {
	from := a.Get(path)
	if !from.Known() {
		return undated(path, "has no "+path)
	}
	return Validity{Through: from.Day.Plus(age), level: policy.Audited, By: path, why: fmt.Sprintf("%s is %s", path, from.Text)}
}

// report is the validity of a report about a period, which has no end date of its own. It ages from the end of its period. A
// bridge letter can extend it by some months, but only up to the date of the letter.
func (u *Subject) report(a *attr.Record, age scalar.Period) Validity {
	end := a.Get("period.end")
	if !end.Known() {
		return undated("period.end", "has no period.end")
	}
	s := Validity{Through: end.Day.Plus(age), level: policy.Audited, By: "period.end", why: "its period ended on " + end.Text}
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
			if u.ValidityEnd(s).Past {
				s.level = policy.Attested
			}
			s.full = s.Through
			s.Through, s.By, s.why = last, by, s.why+", and its bridge letter covers the time since"
		}
	}
	return s
}

// certificate is the validity of a certificate of a management system (ISO/IEC 17021-1): three years at most, a first surveillance
// audit within twelve months of the decision, then one in each calendar year but the last.
func (u *Subject) certificate(a *attr.Record) Validity {
	on, end := a.Get("certified_on"), a.Get("expires")
	const neither = "has no certified_on or no expires date"
	switch {
	case !on.Known():
		return undated("certified_on", neither)
	case !end.Known():
		return undated("expires", neither)
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
	s := Validity{Through: end.Day, level: policy.Audited, By: "expires", why: "its expiry date", Warn: "warn_before_certificate_end"}
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

// ValidityEnd returns the last day of a validity as seen from today.
func (u *Subject) ValidityEnd(s Validity) LastDay { return u.LastDayIn(time.UTC, s.Through, s.Warn) }

// NotValidToday explains why an assessment is not valid today; empty if it is.
func (u *Subject) NotValidToday(s Validity) string {
	switch d := u.ValidityEnd(s); {
	case s.Through.IsZero():
		return s.why
	case d.Past:
		return fmt.Sprintf("was valid through %s (%s)", d.Date, d.aside(s.why))
	default:
		return ""
	}
}

// NotCovered explains why an assessment does not cover the service in use; empty if it does.
func (u *Subject) NotCovered(a *attr.Record) string {
	services := a.Get("scope_services")
	if !services.Known() {
		return "does not name the services it covers (scope_services)"
	}
	used := u.Vendor.APIs()
	if id := u.APIID.Value; id != "" && (len(used) == 0 || slices.Contains(used, id)) { // an API that the record does not have is a mistake of its own
		used = []string{id}
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

// NotIndependent explains why a penetration test is not an independent test of the service in use; empty if it is.
func (u *Subject) NotIndependent(a *attr.Record) string {
	if !a.Get("independent").True() {
		return "is not independent"
	}
	return u.NotCovered(a)
}

// BestAssessment returns the assessment of the given types that is valid longest, leaving out those whose evidence does not count and
// those for which unfit gives a reason; nil if there is none.
func (u *Subject) BestAssessment(types []string, unfit func(*attr.Record) string) (best Validity, paper *attr.Record) {
	for _, a := range u.Attr("assessments").Records {
		if !slices.Contains(types, a.Get("type").Text) || unfit(a) != "" || u.Unproven(a) != "" {
			continue
		}
		if s := u.Validity(a); s.Through.After(best.Through) {
			best, paper = s, a
		}
	}
	return best, paper
}

// LatestAssessments returns the latest assessment of each type, and those without a date.
func (u *Subject) LatestAssessments() []*attr.Record {
	latest := map[string]scalar.Date{} // by type
	all := u.Attr("assessments").Records
	for _, a := range all {
		if last := a.Get(DatedBy(a)).Day; last.After(latest[a.Get("type").Text]) {
			latest[a.Get("type").Text] = last
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(a *attr.Record) bool {
		dated := a.Get(DatedBy(a))
		return dated.Known() && dated.Day.Before(latest[a.Get("type").Text])
	})
}

// DatedBy names the attribute that dates an assessment.
func DatedBy(a *attr.Record) string {
	for _, path := range []string{"performed.end", "period.end"} {
		if a.Get(path).Known() {
			return path
		}
	}
	return "issued"
}
