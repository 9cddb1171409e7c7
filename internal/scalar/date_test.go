package scalar_test

import (
	"testing"
	"time"
	_ "time/tzdata" // the zones, on machines that have none

	"github.com/vendorgate/vendorgate/internal/scalar"
)

func date(t *testing.T, s string) scalar.Date {
	t.Helper()
	d, err := scalar.ParseDate(s)
	if err != nil {
		t.Fatalf("ParseDate(%q): %v", s, err)
	}
	return d
}

func period(t *testing.T, s string) scalar.Period {
	t.Helper()
	p, err := scalar.ParsePeriod(s)
	if err != nil {
		t.Fatalf("ParsePeriod(%q): %v", s, err)
	}
	return p
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func instant(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestParseDate(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"1900-01-01", "2000-02-29", "2026-11-23", "2028-02-29", "9999-12-31"} {
		if got := date(t, s); got.String() != s || got.IsZero() {
			t.Errorf("ParseDate(%q) = %v", s, got)
		}
	}
	const shape = "not a date; write the day as YYYY-MM-DD, without a time"
	const calendar = "there is no such day; check the month and day"
	for s, want := range map[string]string{
		"": shape, "2026": shape, "2026-1-01": shape, "26-01-01": shape, "2026/11/23": shape, "20261123": shape,
		"2026-11-23T00:00:00Z": shape, " 2026-11-23": shape, "2026-11-23\n": shape, "+026-11-23": shape,
		"２026-11-2": shape, "2026-W47-1": shape, "never": shape,
		"2026-02-30": calendar, "2027-02-29": calendar, "1900-02-29": calendar, "2026-13-01": calendar,
		"2026-00-10": calendar, "2026-01-00": calendar, "2026-04-31": calendar,
		"0000-01-01": "the year is out of range; write a year from 1900 to 9999",
		"1899-12-31": "the year is out of range; write a year from 1900 to 9999",
	} {
		if got, err := scalar.ParseDate(s); err == nil || err.Error() != want || !got.IsZero() {
			t.Errorf("ParseDate(%q) = %v, %v; want error %q", s, got, err, want)
		}
	}
}

func TestNewDateAndDateOf(t *testing.T) {
	t.Parallel()
	if got := scalar.NewDate(2026, time.March, 0).String(); got != "2026-02-28" {
		t.Errorf("NewDate(2026, 3, 0) = %s", got)
	}
	at := instant(t, "2026-11-23T10:59:59Z")
	for name, want := range map[string]string{
		"UTC": "2026-11-23", "Pacific/Auckland": "2026-11-23", "Pacific/Kiritimati": "2026-11-24",
		"Pacific/Niue": "2026-11-22",
	} {
		if got := scalar.DateOf(at, zone(t, name)).String(); got != want {
			t.Errorf("DateOf(%v, %s) = %s, want %s", at, name, got, want)
		}
	}
}

func TestDateShift(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ day, period, plus, minus string }{
		{"2026-08-31", "P6M", "2027-02-28", "2026-02-28"},
		{"2028-02-29", "P12M", "2029-02-28", "2027-02-28"},
		{"2028-02-29", "P4Y", "2032-02-29", "2024-02-29"},
		{"2027-02-28", "P1Y", "2028-02-28", "2026-02-28"},
		{"2027-06-30", "P12M", "2028-06-30", "2026-06-30"},
		{"2026-12-31", "P2M", "2027-02-28", "2026-10-31"},
		{"2026-01-31", "P1M1D", "2026-03-01", "2025-12-30"},
		{"2026-01-01", "P13M", "2027-02-01", "2024-12-01"},
		{"2026-11-23", "P90D", "2027-02-21", "2026-08-25"},
		{"2026-11-23", "P2W3D", "2026-12-10", "2026-11-06"},
		{"2026-11-23", "PT9999H", "2026-11-23", "2026-11-23"},
		{"9999-12-31", "P1D", "10000-01-01", "9999-12-30"},
	} {
		d, p := date(t, tt.day), period(t, tt.period)
		if got := d.Plus(p).String(); got != tt.plus {
			t.Errorf("%s plus %s = %s, want %s", tt.day, tt.period, got, tt.plus)
		}
		if got := d.Minus(p).String(); got != tt.minus {
			t.Errorf("%s minus %s = %s, want %s", tt.day, tt.period, got, tt.minus)
		}
	}
}

func TestDateOrder(t *testing.T) {
	t.Parallel()
	days := []scalar.Date{
		{}, date(t, "1900-01-01"), date(t, "2026-02-28"), date(t, "2026-03-01"), date(t, "2026-03-02"), date(t, "9999-12-31"),
	}
	for i, a := range days {
		for j, b := range days {
			if got := a.Compare(b); got != min(max(i-j, -1), 1) {
				t.Errorf("%v.Compare(%v) = %d", a, b, got)
			}
			if a.Before(b) != (i < j) || a.After(b) != (i > j) {
				t.Errorf("%v and %v: before %t, after %t", a, b, a.Before(b), a.After(b))
			}
		}
	}
}

func TestDaysUntil(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		from, to string
		want     int
	}{
		{"2026-11-23", "2026-11-23", 0},
		{"2026-11-23", "2026-12-23", 30},
		{"2026-12-23", "2026-11-23", -30},
		{"2028-02-28", "2028-03-01", 2},
		{"1900-01-01", "9999-12-31", 2958463},
	} {
		if got := date(t, tt.from).DaysUntil(date(t, tt.to)); got != tt.want {
			t.Errorf("%s until %s = %d days, want %d", tt.from, tt.to, got, tt.want)
		}
	}
}

// TestDateIn: the last whole day of one zone that is over when a day is over in another, around changes of offset on both sides of
// the date line.
func TestDateIn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ day, zone, other, want string }{
		{"2027-05-31", "UTC", "UTC", "2027-05-31"},
		{"2027-05-31", "UTC", "Pacific/Auckland", "2027-05-30"},
		{"2027-05-31", "Pacific/Auckland", "UTC", "2027-05-31"},
		{"2027-05-31", "America/Los_Angeles", "UTC", "2027-05-30"},
		{"2027-05-31", "UTC", "America/Los_Angeles", "2027-05-31"},
		{"2027-05-31", "Pacific/Kiritimati", "Pacific/Pago_Pago", "2027-06-01"},
		{"2027-05-31", "Pacific/Pago_Pago", "Pacific/Kiritimati", "2027-05-29"},
		{"2026-09-05", "UTC", "America/Santiago", "2026-09-05"}, // the next day has no midnight
	} {
		if got := date(t, c.day).In(zone(t, c.zone), zone(t, c.other)); got.String() != c.want {
			t.Errorf("%s of %s in %s is %s, want %s", c.day, c.other, c.zone, got, c.want)
		}
	}
	zones := []string{"UTC", "Pacific/Auckland", "America/Los_Angeles", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Santiago", "America/Havana", "Europe/Dublin"}
	day := scalar.Period{Days: 1}
	for d := date(t, "2026-03-01"); d.Before(date(t, "2027-04-10")); d = d.Plus(day) {
		for _, a := range zones {
			for _, b := range zones {
				zone, other := zone(t, a), zone(t, b)
				got, over := d.In(zone, other), d.Plus(day).Start(other)
				if whole := got.Plus(day); whole.Start(zone).After(over) || !whole.Plus(day).Start(zone).After(over) {
					t.Fatalf("%s of %s in %s is %s", d, other, zone, got)
				}
				if a == b && got != d {
					t.Fatalf("%s in its own zone %s is %s", d, zone, got)
				}
			}
		}
	}
}

func TestZeroDate(t *testing.T) {
	t.Parallel()
	var d scalar.Date
	if !d.IsZero() || d.String() != "" || !d.Plus(scalar.Period{Days: 1}).IsZero() || !d.Minus(scalar.Period{Years: 1}).IsZero() {
		t.Errorf("the zero Date is %q, plus a day %q", d, d.Plus(scalar.Period{Days: 1}))
	}
	if !d.Start(time.UTC).IsZero() || !d.Lapsed(time.Time{}, time.UTC) {
		t.Error("the zero Date starts somewhere, or has not lapsed")
	}
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"2026-11-23", "2028-02-29", "2026-02-30", "9999-12-31", "2026-11-23T00:00:00Z", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := scalar.ParseDate(s)
		if err != nil {
			mustNotQuote(t, err, s)
			return
		}
		if d.String() != s {
			t.Errorf("ParseDate(%q).String() = %q", s, d)
		}
		if next := d.Plus(scalar.Period{Days: 1}); d.DaysUntil(next) != 1 || !d.Before(next) {
			t.Errorf("the day after %v is %v", d, next)
		}
	})
}

// TestLastFrom: the day is the last from which the period reaches no further, on every day of some years.
func TestLastFrom(t *testing.T) {
	t.Parallel()
	first, err := scalar.ParseDate("2027-01-01")
	if err != nil {
		t.Fatal(err)
	}
	day := scalar.Period{Days: 1}
	for _, text := range []string{"P1D", "P90D", "P1M", "P3M", "P6M", "P1Y", "P1Y1M", "P4Y", "P1M10D"} {
		p, err := scalar.ParsePeriod(text)
		if err != nil {
			t.Fatal(err)
		}
		for d := first; d.DaysUntil(first) > -800; d = d.Plus(day) {
			if last := d.LastFrom(p); last.Plus(p).After(d) || !last.Plus(day).Plus(p).After(d) {
				t.Errorf("%s, %s: got %s", d, text, last)
			}
		}
	}
}
