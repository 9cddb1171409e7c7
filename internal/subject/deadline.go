package subject

import (
	"fmt"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// LastDay is a last valid day as seen from today. All of them are days of the policy's time zone.
type LastDay struct {
	Date scalar.Date
	Past bool   // the day is over
	Near bool   // the day is not over and lies inside the warn window
	Days int    // calendar days until it; negative when it is over
	Warn string // parameter that sets the warn window
	Else string // the day that it comes from, if that is another one and ends in another time zone: 2027-05-31 in Pacific/Auckland
}

// LastDay returns a last valid day as seen from today. warn names the parameter with the warn window.
func (u *Subject) LastDay(d scalar.Date, warn string) LastDay {
	out := LastDay{Date: d, Past: d.Lapsed(u.Today.Instant, u.Today.Zone), Days: u.Today.Day.DaysUntil(d), Warn: warn}
	out.Near = !out.Past && !u.Today.Day.Before(d.Minus(u.Policy.Params.Period(warn, u.Tier).Value))
	return out
}

// LastDayIn is LastDay for a day that ends in another time zone. The last day is then the last whole one in the policy's zone, so
// that no check changes its mind in the middle of a day.
func (u *Subject) LastDayIn(zone *time.Location, d scalar.Date, warn string) LastDay {
	out := u.LastDay(d.In(u.Today.Zone, zone), warn)
	if out.Date != d {
		out.Else = fmt.Sprintf("%s in %s", d, zone)
	}
	return out
}

// Ago describes the distance to the day, such as: in 3 days. If the day was converted, it names the original too.
func (d LastDay) Ago() string { return d.aside(diag.Ahead(d.Days)) }

// aside adds the original of a converted day to words in parentheses.
func (d LastDay) aside(words string) string { return strings.TrimSuffix(words+"; "+d.Else, "; ") }

// LastDayOn returns a last valid day of something that is not about a use, such as an ignore entry. It has no warn window.
func LastDayOn(p *policy.Policy, today policy.Today, d scalar.Date) LastDay {
	return (&Subject{Policy: p, Today: today}).LastDay(d, "")
}

// Deadline is a last valid day that a rule checks for one use, whether or not it is near. The rule reports a fault from the day
// after. Check, forecast, calendar and renewal all take the day from here.
type Deadline struct {
	LastDay
	Rule        string
	Kind        inventory.Kind
	Item        string        // which of several: the id of a condition, a version, an attribute; may be empty
	Path        string        // attribute that sets the day; an item of a list by its id: apis[core].versions[2024].sunset
	At          *attr.Value   // that attribute
	What        string        // what expires or is due, as the subject of a sentence
	Who         string        // who acts
	Do          string        // what to do, as a sentence
	MaxSeverity diag.Severity // highest severity, whatever the policy says; Off means no limit
}

// DeadlineFor returns a deadline from an attribute of the record, in the time zone of the policy.
func (u *Subject) DeadlineFor(rule string, kind inventory.Kind, path string, last scalar.Date, warn string) Deadline {
	return Deadline{Rule: rule, Kind: kind, Path: path, At: u.Attr(path), LastDay: u.LastDay(last, warn), Who: u.Policy.Owner()}
}

// RepeatBy returns the deadline for repeating a task of the organisation within a parameter; none if the policy sets no limit, or
// if the task was never done.
func (u *Subject) RepeatBy(rule string, kind inventory.Kind, path, param, what, do string) []Deadline {
	limit, set := u.Limit(param)
	last := u.Attr(path)
	if !set || !last.Known() {
		return nil
	}
	d := u.DeadlineFor(rule, kind, path, last.Day.Plus(limit.Value), "warn_before_lapse")
	d.Item, d.What, d.Do = path, what, do
	return []Deadline{d}
}

// WaiverEnd returns the last day of a waiver as seen from today. The tier of the use decides how early to warn. Check, lint,
// forecast, calendar and renewal all take the day from here.
func WaiverEnd(u *Subject, w *registry.Waiver) LastDay {
	return u.LastDay(w.Expires.Value, "warn_before_waiver_end")
}
