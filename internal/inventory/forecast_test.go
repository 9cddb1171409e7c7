package inventory_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/inventory"
)

// A forecast holds every lapse of its days once, and a cliff is a day with more lapses than are allowed.
func TestForecast(t *testing.T) {
	t.Parallel()
	v := large(300)
	for _, unit := range []inventory.Unit{inventory.Week, inventory.Month} {
		for _, days := range []int{1, 6, 7, 30, 31, 365, 3660} {
			f := v.Forecast(days, unit, 3)
			perDay, want, overdue := map[string]int{}, 0, 0
			for _, l := range v.Lapses {
				switch {
				case l.Days < 0:
					overdue++
				case l.Days <= days:
					want++
					perDay[l.Last.String()]++
				}
			}
			if got := f.Ahead(); got != want || len(f.Overdue) != overdue {
				t.Errorf("%s, %d days: %d ahead, %d overdue; want %d, %d", unit, days, got, len(f.Overdue), want, overdue)
			}
			for i, p := range f.Periods {
				if p.First.After(p.Last) || i > 0 && f.Periods[i-1].Last.DaysUntil(p.First) != 1 {
					t.Errorf("%s, %d days: period %s is from %s to %s", unit, days, p.Name, p.First, p.Last)
				}
				for _, l := range p.Lapses {
					if l.Last.Before(p.First) || l.Last.After(p.Last) {
						t.Errorf("%s, %d days: %s lies in %s", unit, days, l.Last, p.Name)
					}
				}
			}
			cliffs := 0
			for _, n := range perDay {
				if n > 3 {
					cliffs++
				}
			}
			for _, c := range f.Cliffs {
				owned := 0
				for _, o := range c.Owners {
					owned += o.N
				}
				if n := perDay[c.Day.String()]; n <= 3 || n != len(c.Lapses) || n != owned {
					t.Errorf("%s, %d days: cliff on %s of %d lapses, %d owned; there are %d", unit, days, c.Day, len(c.Lapses), owned, n)
				}
			}
			if cliffs != len(f.Cliffs) {
				t.Errorf("%s, %d days: %d cliffs, want %d", unit, days, len(f.Cliffs), cliffs)
			}
		}
	}
}

// Weeks are those of ISO 8601: the last days of a year may lie in the first week of the next.
func TestPeriods(t *testing.T) {
	t.Parallel()
	names := func(unit inventory.Unit, from, days int) (out []string) {
		v := empty()
		v.Day = in(from)
		for _, p := range v.Forecast(days, unit, 5).Periods {
			out = append(out, p.Name+" "+p.First.String()+" "+p.Last.String())
		}
		return out
	}
	if d := cmp.Diff([]string{"2026-W53 2026-12-28 2027-01-03", "2027-W01 2027-01-04 2027-01-10"}, names(inventory.Week, 38, 7)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"2026-12 2026-12-01 2026-12-31", "2027-01 2027-01-01 2027-01-31"}, names(inventory.Month, 38, 1)); d != "" {
		t.Error(d)
	}
}

// The windows divide what is near by its last day.
func TestWindows(t *testing.T) {
	t.Parallel()
	v := empty()
	for _, days := range []int{-400, -1, 0, 30, 31, 60, 61, 90, 91} {
		v.Lapses = append(v.Lapses, lapse("x", inventory.Approval, "VG-APR-002", "", "the approval", days, "a", "b"))
	}
	v.Arrange()
	var got []int
	for _, w := range v.Windows() {
		got = append(got, len(w.Lapses))
	}
	if d := cmp.Diff([]int{2, 2, 2, 2}, got); d != "" {
		t.Error(d)
	}
}
