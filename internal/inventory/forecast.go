package inventory

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Forecast is what expires in the coming days.
type Forecast struct {
	*Inventory
	Days    int         // that it looks ahead
	Through scalar.Date // the last of them
	Cliff   int         // more lapses than this on one day are a cliff
	Overdue []Lapse     // their last days are over already
	Periods []Period    // in their order, also those in which nothing lapses
	Cliffs  []Cliff     // in their order
}

// CliffOver is the default number of expiries on one day that is not a cliff yet.
const CliffOver = 5

// Period is a week or a month.
type Period struct {
	Name        string // 2026-12, or 2026-W49 (ISO 8601)
	First, Last scalar.Date
	Lapses      []Lapse
}

// Cliff is a day on which many things expire.
type Cliff struct {
	Day    scalar.Date
	Lapses []Lapse
	Owners []Owner // most first
}

// Owner is who acts, and on how many things.
type Owner struct {
	Who string
	N   int
}

// Unit is how long the periods of a forecast are.
type Unit string

// The units. A month is one of the calendar, a week one of ISO 8601.
const (
	Week  Unit = "week"
	Month Unit = "month"
)

// Forecast looks ahead by a number of days. It counts the last valid day of an expiry, not the day after it.
func (v *Inventory) Forecast(days int, unit Unit, cliff int) Forecast {
	f := Forecast{Inventory: v, Days: days, Through: v.Day.Plus(scalar.Period{Days: days}), Cliff: cliff}
	for at := v.Day; !at.After(f.Through); {
		p := unit.period(at)
		f.Periods = append(f.Periods, p)
		at = p.Last.Plus(scalar.Period{Days: 1})
	}
	for _, l := range v.Lapses {
		if l.Past {
			f.Overdue = append(f.Overdue, l)
			continue
		}
		if l.Last.After(f.Through) {
			continue
		}
		i := slices.IndexFunc(f.Periods, func(p Period) bool { return !l.Last.After(p.Last) })
		f.Periods[i].Lapses = append(f.Periods[i].Lapses, l)
		if n := len(f.Cliffs); n == 0 || f.Cliffs[n-1].Day != l.Last {
			f.Cliffs = append(f.Cliffs, Cliff{Day: l.Last})
		}
		last := &f.Cliffs[len(f.Cliffs)-1]
		last.Lapses = append(last.Lapses, l)
	}
	f.Cliffs = slices.DeleteFunc(f.Cliffs, func(c Cliff) bool { return len(c.Lapses) <= cliff })
	for i := range f.Cliffs {
		f.Cliffs[i].Owners = owners(f.Cliffs[i].Lapses)
	}
	return f
}

// period returns the week or month of a day.
func (u Unit) period(day scalar.Date) Period {
	at := day.Start(time.UTC)
	if u == Week {
		year, week := at.ISOWeek()
		first := day.Minus(scalar.Period{Days: (int(at.Weekday()) + 6) % 7})
		return Period{Name: fmt.Sprintf("%04d-W%02d", year, week), First: first, Last: first.Plus(scalar.Period{Days: 6})}
	}
	first := scalar.NewDate(at.Year(), at.Month(), 1)
	return Period{Name: at.Format("2006-01"), First: first, Last: scalar.NewDate(at.Year(), at.Month()+1, 0)}
}

// owners counts expiries by who acts on them.
func owners(lapses []Lapse) []Owner {
	var out []Owner
	for _, l := range lapses {
		i := slices.IndexFunc(out, func(o Owner) bool { return o.Who == l.Who })
		if i < 0 {
			i = len(out)
			out = append(out, Owner{Who: l.Who})
		}
		out[i].N++
	}
	slices.SortStableFunc(out, func(a, b Owner) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Who, b.Who)) })
	return out
}

// Ahead counts what lapses in the days that the forecast looks ahead.
func (f *Forecast) Ahead() int {
	n := 0
	for _, p := range f.Periods {
		n += len(p.Lapses)
	}
	return n
}
