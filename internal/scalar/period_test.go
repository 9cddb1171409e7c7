package scalar_test

import (
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

func TestParsePeriod(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in   string
		want scalar.Period
		text string
	}{
		{"P12M", scalar.Period{Months: 12}, "P12M"},
		{"P30D", scalar.Period{Days: 30}, "P30D"},
		{"P0D", scalar.Period{}, "P0D"},
		{"PT0S", scalar.Period{}, "P0D"},
		{"P1Y2M3W4DT5H6M7S", scalar.Period{
			Years: 1, Months: 2, Weeks: 3, Days: 4, Time: 5*time.Hour + 6*time.Minute + 7*time.Second,
		}, "P1Y2M3W4DT5H6M7S"},
		{"PT36H", scalar.Period{Time: 36 * time.Hour}, "PT36H"},
		{"PT90M", scalar.Period{Time: 90 * time.Minute}, "PT1H30M"},
		{"P1M", scalar.Period{Months: 1}, "P1M"},
		{"PT1M", scalar.Period{Time: time.Minute}, "PT1M"},
		{"P06M", scalar.Period{Months: 6}, "P6M"},
		{"P9999Y", scalar.Period{Years: 9999}, "P9999Y"},
		{"PT9999H59M59S", scalar.Period{Time: 10_000*time.Hour - time.Second}, "PT9999H59M59S"},
	} {
		got, err := scalar.ParsePeriod(tt.in)
		if err != nil || got != tt.want || got.String() != tt.text {
			t.Errorf("ParsePeriod(%q) = %+v (%s), %v; want %+v (%s)", tt.in, got, got, err, tt.want, tt.text)
		}
		if got.IsZero() != (tt.text == "P0D") {
			t.Errorf("ParsePeriod(%q).IsZero() = %t", tt.in, got.IsZero())
		}
	}
}

func TestParsePeriodErrors(t *testing.T) {
	t.Parallel()
	const notISO = "not an ISO 8601 period; "
	const start = notISO + "start it with P, as in P30D, P12M or P1Y"
	const order = "its units are out of order or repeated; write them as Y M W D, then T and H M S"
	const unknown = "it has an unknown unit; write P, then Y M W D, then T and H M S, all upper case, as in P30D or PT12H"
	for s, want := range map[string]string{
		"": start, "30": start, "forever": start, "12m": notISO + "write PT12M for minutes, P12M for months", "12M": notISO + "write P12M", "5 min": notISO + "write PT5M", "30 s": notISO + "write PT30S", "1hr": notISO + "write PT1H", "sec": start, "12345 days": start, " P30D": start, "-P1D": start,
		"30d": notISO + "write P30D", "30 days": notISO + "write P30D", "1 day": notISO + "write P1D",
		"12 months": notISO + "write P12M", "12-month": notISO + "write P12M", "1y": notISO + "write P1Y",
		"2 Years": notISO + "write P2Y", "6 weeks": notISO + "write P6W", "24h": notISO + "write PT24H",
		"p30d":         start,
		"P":            "it is empty; write a number and a unit after the P, as in P12M",
		"PT":           "it has nothing after the T; write hours, minutes or seconds, as in PT12H",
		"P1DT":         "it has nothing after the T; write hours, minutes or seconds, as in PT12H",
		"P30":          "it has a number without a unit; write a unit after each number, as in P30D",
		"PD":           "it has a unit without a number; write a number before each unit, as in P30D",
		"P1.5M":        "it has a fraction; write whole numbers, as in P1M or P15D",
		"P0,5Y":        "it has a fraction; write whole numbers, as in P1M or P15D",
		"P-1D":         "it has a sign; write the number without it, as in P30D",
		"P10000D":      "it has a number that is too large; write at most 9999",
		"P00001D":      "it has a number that is too large; write at most 9999",
		"PT9999H9999M": "it has more than 9999 hours; write days, as in P500D",
		"P1D1M":        order, "P1M1M": order, "PT1S1H": order,
		"P30d": unknown, "P1H": unknown, "PT1D": unknown, "P1D ": unknown, "PT1HT1M": unknown, "P１D": unknown,
	} {
		if got, err := scalar.ParsePeriod(s); err == nil || err.Error() != want || !got.IsZero() {
			t.Errorf("ParsePeriod(%q) = %v, %v; want error %q", s, got, err, want)
		}
	}
}

func TestPeriodCompare(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"P12M", "P1Y", 0},
		{"P1W", "P7D", 0},
		{"P1D", "PT24H", 0},
		{"P365D", "P1Y", -1},
		{"P366D", "P1Y", 1},
		{"P30D", "P1M", -1},
		{"P31D", "P1M", 1},
		{"P9999Y9999M", "P9999Y", 1},
		{"PT1S", "P0D", 1},
	} {
		a, b := period(t, tt.a), period(t, tt.b)
		if got, back := a.Compare(b), b.Compare(a); got != tt.want || back != -tt.want {
			t.Errorf("%s.Compare(%s) = %d, back %d; want %d", tt.a, tt.b, got, back, tt.want)
		}
	}
	if got := period(t, "P400Y").Compare(scalar.Period{Days: 146_097}); got != 0 {
		t.Errorf("400 mean Gregorian years against their days: %d, want 0", got)
	}
}

func FuzzPeriod(f *testing.F) {
	for _, s := range []string{"P1Y2M3W4DT5H6M7S", "PT9999H9999M", "P0D", "30 days", "P1.5M", "P", "PT"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := scalar.ParsePeriod(s)
		if err != nil {
			mustNotQuote(t, err, s)
			return
		}
		if again, err := scalar.ParsePeriod(p.String()); err != nil || again != p {
			t.Errorf("ParsePeriod(%q) = %+v, but ParsePeriod(%q) = %+v, %v", s, p, p, again, err)
		}
	})
}
