package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// TestGraceNeedsOneReason: a last day that has passed has grace only if nothing else is wrong.
func TestGraceNeedsOneReason(t *testing.T) {
	t.Parallel()
	const record = "data: {stores_customer_data: false, storage_locations: [IE], subprocessors: {url: https://a.example/x, notice: %s, reviewed_on: 2025-11-01}}\n"
	for notice, want := range map[string]string{"P30D": "warning", "P1D": "error"} {
		f := asked(t, "VG-DAT-001", fmt.Sprintf(record, notice), "").Unchanged()
		if got := ruling(t, f, "2026-11-02", "VG-DAT-001"); got != want {
			t.Errorf("notice of %s: got %q, want %q", notice, got, want)
		}
	}
}

// TestFiveAssessmentsAreNamed: a finding names five assessments and counts the rest.
func TestFiveAssessmentsAreNamed(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{5: "p4 is not independent", 7: "p4 is not independent; and 2 more"} {
		var all []string
		for i := range n {
			all = append(all, fmt.Sprintf("{id: p%d, type: pentest, scope_services: [acme-pay], performed: {end: 2026-10-01}}", i))
		}
		f := asked(t, "VG-AUD-002", "assessments: ["+strings.Join(all, ", ")+"]\n", "")
		r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)
		if got := gatetest.One(t, r, "VG-AUD-002").Message; !strings.HasSuffix(got, want) {
			t.Errorf("%d assessments: got %q, want the end %q", n, got, want)
		}
		named := strings.Count(strings.Join(gatetest.Related(r, "VG-AUD-002"), "\n"), "an assessment on record")
		if named != 5 {
			t.Errorf("%d assessments: got %d related positions, want 5", n, named)
		}
	}
}

// TestNoticeWindow: a warning of the last day to give notice has a window of its own.
func TestNoticeWindow(t *testing.T) {
	t.Parallel()
	const record = "contract: {status: active, signed_on: 2026-01-01, start: 2026-01-01, end: 2027-03-01, renewal: {type: auto, notice: P60D}}\n"
	for window, want := range map[string]string{"P38D": "warning", "P37D": ""} { // the last day is 2026-12-31, in 38 days
		f := asked(t, "VG-CON-001", record, "params: {warn_before_notice: "+window+"}\n")
		if got := ruling(t, f, gatetest.Today, "VG-CON-001"); got != want {
			t.Errorf("a window of %s: got %q, want %q", window, got, want)
		}
	}
}

// TestTodayIsNoFuture: something that was done today contradicts nothing.
func TestTodayIsNoFuture(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]string{"2026-11-23": "", "2026-11-24": "error"} {
		f := gatetest.Full(t, "reviewed_on: 2026-10-02", "reviewed_on: "+day)
		if got := ruling(t, f, gatetest.Today, "VG-REG-003"); got != want {
			t.Errorf("reviewed on %s: got %q, want %q", day, got, want)
		}
	}
}

// TestSunsetEndsInUTC: the last day of a version ends in UTC, and with it the last whole day in the time zone of the policy.
func TestSunsetEndsInUTC(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t, "encryption:", "apis: [{id: core, versions: [{id: '1', status: current, sunset: 2026-11-22}]}]\nencryption:").
		Using(t, "    data:", "    api: {version: '1'}\n    data:")
	for zone, c := range map[string][3]string{
		"UTC":                 {"2026-11-22T23:59:59Z", "2026-11-23T00:00:00Z", "2026-11-22 (1 day ago)"},
		"Asia/Tokyo":          {"2026-11-22T14:59:59Z", "2026-11-22T15:00:00Z", "2026-11-22 (1 day ago)"},
		"America/Los_Angeles": {"2026-11-22T07:59:59Z", "2026-11-22T08:00:00Z", "2026-11-21 (1 day ago; 2026-11-22 in UTC)"},
	} {
		world := f.Rules("timezone: " + zone + "\n")
		for i, want := range []string{"warning VG-SCP-003", "error VG-SCP-003"} {
			if got := gatetest.Short(gatetest.Evaluate(t, world, c[i], gatetest.Repository)); got != want {
				t.Errorf("%s at %s: got %q, want %q", zone, c[i], got, want)
			}
		}
		if got := gatetest.One(t, gatetest.Evaluate(t, world, c[1], gatetest.Repository), "VG-SCP-003").Message; !strings.HasSuffix(got, "on "+c[2]) {
			t.Errorf("%s: got %q, want the end %q", zone, got, c[2])
		}
	}
}

// TestEvidenceEndsInTheZoneOfThePolicy: the last day of a piece of evidence ends with the day of the organisation.
func TestEvidenceEndsInTheZoneOfThePolicy(t *testing.T) {
	t.Parallel()
	const record = "logging: {retention: P90D, tamper_protection: unknown}\nevidence: [{id: e, type: attestation, assurance: audited, supports: [logging], expires: 2026-11-23}]\n"
	f := asked(t, "VG-REG-006", record, "timezone: Asia/Tokyo\nassurance: {logging: audited}\n")
	for at, want := range map[string]string{"2026-11-23T14:59:59Z": "", "2026-11-23T15:00:00Z": "error"} {
		if got := ruling(t, f, at, "VG-REG-006"); got != want {
			t.Errorf("at %s: got %q, want %q", at, got, want)
		}
	}
}
