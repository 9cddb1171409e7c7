package scalar

import (
	"cmp"
	"errors"
	"strconv"
	"strings"
	"time"
)

// Period is an ISO 8601 duration, such as P12M or P1DT12H. Its parts are separate, because months vary in length. No
// part is negative. Time is in whole seconds. The zero Period is P0D.
type Period struct {
	Years, Months, Weeks, Days int
	Time                       time.Duration
}

// maxTime keeps Time within the 9999 hours that ParsePeriod can read back.
const maxTime = 10_000*time.Hour - time.Second

const oneDay = 24 * 60 * 60 // seconds, in UTC, where every day has as many

// Words returns the period in words: 12 months, 1 day and 12 hours.
func (p Period) Words() string {
	var parts []string
	add := func(n int, unit string) {
		switch {
		case n == 1:
			parts = append(parts, "1 "+unit)
		case n > 1:
			parts = append(parts, strconv.Itoa(n)+" "+unit+"s")
		}
	}
	seconds := int(p.Time / time.Second)
	add(p.Years, "year")
	add(p.Months, "month")
	add(p.Weeks, "week")
	add(p.Days, "day")
	add(seconds/3600, "hour")
	add(seconds/60%60, "minute")
	add(seconds%60, "second")
	switch n := len(parts); n {
	case 0:
		return "0 days"
	case 1:
		return parts[0]
	default:
		return strings.Join(parts[:n-1], ", ") + " and " + parts[n-1]
	}
}

// ParsePeriod reads P1Y2M3W4DT5H6M7S, or any non-empty part of it in this order. Weeks can be combined with other
// parts, as in ISO 8601-2. Signs and fractions are not allowed, and a number has at most four digits.
func ParsePeriod(s string) (Period, error) {
	rest, ok := strings.CutPrefix(s, "P")
	if !ok {
		return Period{}, notPeriod(s)
	}
	date, clock, timed := strings.Cut(rest, "T")
	if date == "" && !timed {
		return Period{}, errors.New("it is empty; write a number and a unit after the P, as in P12M")
	}
	if timed && clock == "" {
		return Period{}, errors.New("it has nothing after the T; write hours, minutes or seconds, as in PT12H")
	}
	var ymwd [4]int
	if err := readParts(ymwd[:], date, "YMWD"); err != nil {
		return Period{}, err
	}
	var hms [3]int
	if err := readParts(hms[:], clock, "HMS"); err != nil {
		return Period{}, err
	}
	p := Period{
		Years: ymwd[0], Months: ymwd[1], Weeks: ymwd[2], Days: ymwd[3],
		Time: time.Duration(hms[0])*time.Hour + time.Duration(hms[1])*time.Minute + time.Duration(hms[2])*time.Second,
	}
	if p.Time > maxTime {
		return Period{}, errors.New("it has more than 9999 hours; write days, as in P500D")
	}
	return p, nil
}

// readParts fills parts with the numbers before the units, which must be in order and not repeated.
func readParts(parts []int, s, units string) error {
	next := 0
	for s != "" {
		digits := span(s, isDigit)
		switch {
		case digits == len(s):
			return errors.New("it has a number without a unit; write a unit after each number, as in P30D")
		case s[digits] == '.' || s[digits] == ',':
			return errors.New("it has a fraction; write whole numbers, as in P1M or P15D")
		case s[digits] == '-' || s[digits] == '+':
			return errors.New("it has a sign; write the number without it, as in P30D")
		case digits > 4:
			return errors.New("it has a number that is too large; write at most 9999")
		}
		unit := strings.IndexByte(units, s[digits])
		switch {
		case unit < 0:
			return errors.New("it has an unknown unit; write P, then Y M W D, then T and H M S, all upper case, as in P30D or PT12H")
		case digits == 0:
			return errors.New("it has a unit without a number; write a number before each unit, as in P30D")
		case unit < next:
			return errors.New("its units are out of order or repeated; write them as Y M W D, then T and H M S")
		}
		parts[unit], _ = strconv.Atoi(s[:digits]) // one to four digits
		s, next = s[digits+1:], unit+1
	}
	return nil
}

// notPeriod returns the error for text that does not start with P. It suggests the ISO form of common notations.
func notPeriod(given string) error {
	s := strings.ToLower(given)
	number, unit := s[:span(s, isDigit)], strings.TrimLeft(s[span(s, isDigit):], " -")
	iso := ""
	switch strings.TrimSuffix(unit, "s") {
	case "d", "day":
		iso = "P" + number + "D"
	case "w", "week":
		iso = "P" + number + "W"
	case "month":
		iso = "P" + number + "M"
	case "y", "year":
		iso = "P" + number + "Y"
	case "h", "hour", "hr":
		iso = "PT" + number + "H"
	case "min", "minute":
		iso = "PT" + number + "M"
	case "m":
		if iso = "PT" + number + "M for minutes, P" + number + "M for months"; strings.HasSuffix(given, "M") {
			iso = "P" + number + "M"
		}
	case "sec", "second", "": // of "s", too
		if unit != "" {
			iso = "PT" + number + "S"
		}
	}
	if iso == "" || number == "" || len(number) > 4 {
		return errors.New("not an ISO 8601 period; start it with P, as in P30D, P12M or P1Y")
	}
	return errors.New("not an ISO 8601 period; write " + iso)
}

// String returns the ISO 8601 form without empty parts. Minutes and seconds carry over to hours, but hours do not carry over to days.
func (p Period) String() string {
	if p.IsZero() {
		return "P0D"
	}
	b := appendPart([]byte("P"), p.Years, 'Y')
	b = appendPart(b, p.Months, 'M')
	b = appendPart(b, p.Weeks, 'W')
	b = appendPart(b, p.Days, 'D')
	if p.Time != 0 {
		b = append(b, 'T')
		b = appendPart(b, int(p.Time/time.Hour), 'H')
		b = appendPart(b, int(p.Time%time.Hour/time.Minute), 'M')
		b = appendPart(b, int(p.Time%time.Minute/time.Second), 'S')
	}
	return string(b)
}

func appendPart(b []byte, n int, unit byte) []byte {
	if n == 0 {
		return b
	}
	return append(strconv.AppendInt(b, int64(n), 10), unit)
}

// IsZero reports whether the period has no length.
func (p Period) IsZero() bool { return p == Period{} }

// Compare returns -1, 0 or 1 if p is nominally shorter than other, as long, or longer. A nominal year is the mean Gregorian
// year of 365.2425 days, a month a twelfth of it, a day 24 hours. So P12M equals P1Y, and P365D is shorter than both.
func (p Period) Compare(other Period) int {
	return cmp.Compare(p.nominalSeconds(), other.nominalSeconds())
}

func (p Period) nominalSeconds() int64 {
	const month = 3_652_425 * oneDay / 12 / 10_000 // 2,629,746 seconds, without a remainder
	months, days := int64(p.Years)*12+int64(p.Months), int64(p.Weeks)*7+int64(p.Days)
	return months*month + days*oneDay + int64(p.Time/time.Second)
}
