package scalar_test

import (
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// The days on which a zone changes its clock at or about midnight, and plain ones.
func TestStart(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ day, zone, want string }{
		{"2026-11-23", "UTC", "2026-11-23T00:00:00Z"},
		{"9999-12-31", "UTC", "9999-12-31T00:00:00Z"},
		{"9999-12-31", "Pacific/Auckland", "9999-12-30T11:00:00Z"},
		{"2026-11-23", "Asia/Kathmandu", "2026-11-22T18:15:00Z"},
		{"2026-11-23", "America/Los_Angeles", "2026-11-23T08:00:00Z"},
		{"2026-11-01", "America/Los_Angeles", "2026-11-01T07:00:00Z"}, // 25 hours long
		{"2026-11-02", "America/Los_Angeles", "2026-11-02T08:00:00Z"},
		{"2026-03-29", "Europe/Dublin", "2026-03-29T00:00:00Z"}, // 23 hours long
		{"2026-03-30", "Europe/Dublin", "2026-03-29T23:00:00Z"},
		{"2024-09-08", "America/Santiago", "2024-09-08T04:00:00Z"}, // no midnight: 01:00 is the first
		{"2024-04-07", "America/Santiago", "2024-04-07T04:00:00Z"}, // 23:00 of the day before comes twice
		{"2024-04-26", "Africa/Cairo", "2024-04-25T22:00:00Z"},     // no midnight
		{"2026-03-29", "Atlantic/Azores", "2026-03-29T01:00:00Z"},  // no midnight, and an offset of zero
		{"2026-10-25", "Atlantic/Azores", "2026-10-25T00:00:00Z"},  // midnight comes twice
		{"2026-11-01", "America/Havana", "2026-11-01T04:00:00Z"},   // midnight comes twice
		{"1919-03-31", "America/Toronto", "1919-03-31T04:30:00Z"},  // 23:30 jumped to 00:30
		{"2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00Z"},     // no such day: the next one starts
		{"2011-12-31", "Pacific/Apia", "2011-12-30T10:00:00Z"},
		{"2006-10-29", "America/St_Johns", "2006-10-29T02:30:00Z"}, // 00:01 fell back to 23:01
	} {
		z := zone(t, tt.zone)
		got := date(t, tt.day).Start(z)
		if want := instant(t, tt.want); !got.Equal(want) || got.Location() != z {
			t.Errorf("%s starts in %s at %v, want %v", tt.day, tt.zone, got, want.In(z))
		}
	}
}

func TestLapsed(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ day, zone, last, over string }{
		{"2026-11-23", "UTC", "2026-11-23T23:59:59Z", "2026-11-24T00:00:00Z"},
		{"2026-11-23", "Pacific/Auckland", "2026-11-23T10:59:59Z", "2026-11-23T11:00:00Z"},
		{"2026-11-23", "America/Los_Angeles", "2026-11-24T07:59:59Z", "2026-11-24T08:00:00Z"},
		{"2028-02-28", "UTC", "2028-02-28T23:59:59Z", "2028-02-29T00:00:00Z"},
		{"2028-02-29", "UTC", "2028-02-29T23:59:59Z", "2028-03-01T00:00:00Z"},
		{"2024-09-07", "America/Santiago", "2024-09-08T03:59:59Z", "2024-09-08T04:00:00Z"},
		{"2024-04-25", "Africa/Cairo", "2024-04-25T21:59:59Z", "2024-04-25T22:00:00Z"},
		{"2026-11-01", "America/Los_Angeles", "2026-11-02T07:59:59Z", "2026-11-02T08:00:00Z"},
		{"9999-12-31", "UTC", "9999-12-31T23:59:59Z", "+"},
	} {
		d, z, last := date(t, tt.day), zone(t, tt.zone), instant(t, tt.last)
		over := last.Add(time.Second)
		if tt.over != "+" { // RFC 3339 has no year 10000
			over = instant(t, tt.over)
		}
		if d.Lapsed(last, z) {
			t.Errorf("%s lapsed in %s at %v", tt.day, tt.zone, last)
		}
		if !d.Lapsed(over, z) {
			t.Errorf("%s not lapsed in %s at %v", tt.day, tt.zone, over)
		}
		if local := time.FixedZone("runner", -9*3600); d.Lapsed(last.In(local), z) || !d.Lapsed(over.In(local), z) {
			t.Errorf("%s in %s depends on the zone of the runner", tt.day, tt.zone)
		}
	}
}

// On every day of two years, in zones with every kind of clock change, a day lapses once, on the day it has to.
func TestLapsedFlipsOnce(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	for _, name := range []string{
		"UTC", "Pacific/Auckland", "America/Los_Angeles", "America/Santiago", "Africa/Cairo", "Atlantic/Azores",
		"America/Havana", "Asia/Kathmandu", "Australia/Lord_Howe", "Europe/Dublin",
	} {
		z := zone(t, name)
		for d := scalar.NewDate(2026, 1, 1); d.Before(scalar.NewDate(2028, 1, 1)); d = d.Plus(scalar.Period{Days: 1}) {
			flips, lapsed := 0, false
			for at := d.Start(z).Add(-3 * time.Hour); at.Before(d.Start(z).Add(30 * time.Hour)); at = at.Add(15 * time.Minute) {
				now := d.Lapsed(at, z)
				if now != lapsed {
					flips, lapsed = flips+1, now
				}
				if now != scalar.DateOf(at, z).After(d) {
					t.Fatalf("%s: %v lapsed = %t at %v", name, d, now, at.In(z))
				}
			}
			if flips != 1 {
				t.Fatalf("%s: %v flips %d times", name, d, flips)
			}
		}
	}
}
