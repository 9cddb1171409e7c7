package scalar

import (
	"cmp"
	"errors"
	"fmt"
	"time"
)

// Date is a calendar day, written as in ISO 8601: YYYY-MM-DD. It has no time and no zone; [Date.Start] takes a zone.
// The zero Date means no date; it sorts before every day.
type Date struct {
	y int
	m time.Month
	d int
}

// ParseDate reads a day written strictly as YYYY-MM-DD, in the years 1900 to 9999.
func ParseDate(s string) (Date, error) {
	if !shapedAsDate(s) {
		return Date{}, errors.New("not a date; write the day as YYYY-MM-DD, without a time")
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, errors.New("there is no such day; check the month and day")
	}
	if t.Year() < 1900 {
		return Date{}, errors.New("the year is out of range; write a year from 1900 to 9999")
	}
	return DateOf(t, time.UTC), nil
}

// NewDate returns the day y-m-d, normalised like time.Date: day 0 of March is the last day of February.
func NewDate(y int, m time.Month, d int) Date {
	return DateOf(time.Date(y, m, d, 0, 0, 0, 0, time.UTC), time.UTC)
}

// DateOf returns the day on which the instant t falls in the zone.
func DateOf(t time.Time, zone *time.Location) Date {
	y, m, d := t.In(zone).Date()
	return Date{y, m, d}
}

// String returns the ISO 8601 form, YYYY-MM-DD; empty for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.y, d.m, d.d)
}

// Year returns the year of the day.
func (d Date) Year() int { return d.y }

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Compare returns -1, 0 or 1 if d is earlier than other, the same day, or later.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.y, other.y), cmp.Compare(d.m, other.m), cmp.Compare(d.d, other.d))
}

// Before reports whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// After reports whether d is a later day than other.
func (d Date) After(other Date) bool { return d.Compare(other) > 0 }

// Plus adds a period to d: first its years and months, limited to the last day of a shorter month, then its weeks and
// days. 2026-08-31 plus P6M is 2027-02-28. It ignores the period's time. The zero Date stays zero.
func (d Date) Plus(p Period) Date {
	return d.shift(p.Years, p.Months, 7*p.Weeks+p.Days)
}

// Minus subtracts a period from d, with the rules of [Date.Plus]. It does not always undo
// Plus: 2026-08-31 plus P6M minus P6M is 2026-08-28.
func (d Date) Minus(p Period) Date {
	return d.shift(-p.Years, -p.Months, -(7*p.Weeks + p.Days))
}

// LastFrom returns the last day from which the period reaches at most d, by the rules of [Date.Plus]: from 2026-01-31, P1M reaches
// 2026-02-28, and no day of February does.
func (d Date) LastFrom(p Period) Date {
	day, out := Period{Days: 1}, d.Minus(p)
	for out.Plus(p).After(d) {
		out = out.Minus(day)
	}
	for next := out.Plus(day); !next.Plus(p).After(d); next = next.Plus(day) {
		out = next
	}
	return out
}

func (d Date) shift(years, months, days int) Date {
	if d.IsZero() {
		return d
	}
	first := NewDate(d.y+years, d.m+time.Month(months), 1)
	last := NewDate(first.y, first.m+1, 0)
	return NewDate(first.y, first.m, min(d.d, last.d)+days)
}

// DaysUntil counts the calendar days from d to other; it is negative if other is earlier.
func (d Date) DaysUntil(other Date) int {
	return int((other.midnightUTC().Unix() - d.midnightUTC().Unix()) / oneDay)
}

// Start returns 00:00 of the day in the zone. If the clock skips midnight, it is the first instant after the skip; if
// midnight occurs twice, it is the first. The zero Date starts at the zero time.
func (d Date) Start(zone *time.Location) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	// time.Date does not specify such days, so walk the zone's changes of offset, from a moment before
	// midnight anywhere on Earth: midnight is in the first stretch that contains it or begins after it.
	wall := d.midnightUTC()
	for t := wall.Add(-26 * time.Hour).In(zone); ; {
		_, offset := t.Zone()
		midnight := wall.Add(-time.Duration(offset) * time.Second).In(zone)
		begin, end := t.ZoneBounds()
		if midnight.Before(begin) {
			return begin
		}
		if end.IsZero() || midnight.Before(end) {
			return midnight
		}
		t = end
	}
}

// Lapsed reports whether the day is over in the zone. A date in a file is a last valid day, so it lapses at 00:00 of
// the next day. The zero Date has always lapsed.
func (d Date) Lapsed(asOf time.Time, zone *time.Location) bool {
	dayAfter := d.Plus(Period{Days: 1})
	return d.IsZero() || !asOf.Before(dayAfter.Start(zone))
}

// In returns the last whole day of zone that is over when d is over in another zone. It is d or the day before it, or the day
// before that. The zero Date stays zero.
func (d Date) In(zone, other *time.Location) Date {
	if d.IsZero() {
		return d
	}
	return DateOf(d.Plus(Period{Days: 1}).Start(other), zone).Minus(Period{Days: 1})
}

func (d Date) midnightUTC() time.Time {
	return time.Date(d.y, d.m, d.d, 0, 0, 0, 0, time.UTC)
}

// shapedAsDate reports whether s is four digits, two and two, joined by hyphens.
func shapedAsDate(s string) bool {
	if len(s) != len(time.DateOnly) {
		return false
	}
	for i := range len(s) {
		hyphen := i == 4 || i == 7
		if hyphen != (s[i] == '-') || !hyphen && !isDigit(s[i]) {
			return false
		}
	}
	return true
}
