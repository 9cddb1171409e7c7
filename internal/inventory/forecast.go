package inventory

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Forecast is the part of an inventory that expires or is due within some days.
type Forecast struct {
	*Inventory
	Days    int         // number of days to look ahead
	Through scalar.Date // the last of those days
	Cliff   int         // a day with more lapses than this is a cliff
	Overdue []Lapse     // last day is over
	Periods []Period    // in order, including those without lapses
	Cliffs  []Cliff     // in order
}

// CliffOver is the default of Forecast.Cliff.
const CliffOver = 5

// Period is a week or a month.
type Period struct {
	Name        string // 2026-12, or 2026-W49 (ISO 8601)
	First, Last scalar.Date
	Lapses      []Lapse
}

// Cliff is a day with many lapses.
type Cliff struct {
	Day    scalar.Date
	Lapses []Lapse
	Owners []Owner // most first
}

// Owner is who must act, and on how many lapses.
type Owner struct {
	Who string
	N   int
}

// Unit is the length of the periods of a forecast.
type Unit string

// The units: ISO 8601 weeks and calendar months.
const (
	Week  Unit = "week"
	Month Unit = "month"
)

// Forecast looks some days ahead. A lapse belongs to its last valid day.
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

// owners counts the lapses by who must act.
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

// Ahead counts the lapses that are not overdue.
func (f *Forecast) Ahead() int {
	n := 0
	for _, p := range f.Periods {
		n += len(p.Lapses)
	}
	return n
}
