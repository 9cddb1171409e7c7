package survey

import (
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// lapses adds the deadlines of a use that its status permits, near or not.
func (s *survey) lapses(u *subject.Subject) {
	if rules.ForbiddenByStatus(u) {
		return
	}
	for _, d := range rules.Deadlines(u) {
		s.out.Lapses = append(s.out.Lapses, lapse(u, inventory.Lapse{
			Vendor: u.Vendor.ID, Name: u.Vendor.Name(), Kind: d.Kind, Rule: d.Rule, Item: d.Item, What: d.What, Who: d.Who, Do: d.Do, File: u.Vendor.File,
		}, d.LastDay))
	}
}

// lapse sets the day of a lapse, and names the original of a converted one.
func lapse(u *subject.Subject, l inventory.Lapse, d subject.LastDay) inventory.Lapse {
	l.Last, l.Past, l.Days = d.Date, d.Past, d.Days
	if d.Else != "" {
		l.What += " (" + d.Else + ")"
	}
	l.Warn = d.Date.Minus(u.Policy.Params.Period(d.Warn, u.Tier).Value).DaysUntil(d.Date)
	return l
}
