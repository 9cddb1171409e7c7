package rules_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/subject"
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

// TestStatusOfToday: a status may begin today, and not later.
func TestStatusOfToday(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]string{"2026-11-23": "", "2026-11-24": "error"} {
		f := gatetest.World(t, "status: approved", "status: approved\nstatus_since: "+day)
		if got := ruling(t, f, gatetest.Today, "VG-REG-003"); got != want {
			t.Errorf("since %s: got %q, want %q", day, got, want)
		}
	}
}

// TestUnknownClassIsOneMistake: a data class that nobody declared is an error of the manifest, and nothing else.
func TestUnknownClassIsOneMistake(t *testing.T) {
	t.Parallel()
	for class, want := range map[string]string{"public": "", "internal": "", "personal": "error", "mystery": ""} {
		f := asked(t, "VG-DAT-002", "data: {used_for_training: true}\n", "").Using(t, "[personal]", "["+class+"]")
		if got := ruling(t, f, gatetest.Today, "VG-DAT-002"); got != want {
			t.Errorf("%s: got %q, want %q", class, got, want)
		}
		if got, unknown := ruling(t, f, gatetest.Today, "VG-MAN-001"), class == "mystery"; (got == "error") != unknown {
			t.Errorf("%s: got %q for the manifest", class, got)
		}
	}
}

// TestUnboundTokens: tokens must be bound to a client if the use has card, health or financial data.
func TestUnboundTokens(t *testing.T) {
	t.Parallel()
	for class, want := range map[string]string{"cardholder": "warning", "health": "warning", "financial": "warning", "personal": "", "internal": ""} {
		f := asked(t, "VG-AUT-003", "authentication: {sender_constrained: [none], revocation: {supported: true, max_propagation: PT1M}}\n", "").Using(t, "[personal]", "["+class+"]")
		if got := ruling(t, f, gatetest.Today, "VG-AUT-003"); got != want {
			t.Errorf("%s: got %q, want %q", class, got, want)
		}
	}
}

// TestAdequateCountriesInQuestions: a question names five adequate countries and counts the rest.
func TestAdequateCountriesInQuestions(t *testing.T) {
	t.Parallel()
	for countries, want := range map[string]string{"[IE, DE, FR, IT, ES]": "outside IE, DE, FR, IT, ES also", "[IE, DE, FR, IT, ES, PT, NL]": "outside IE, DE, FR, IT, ES and 2 more also"} {
		in := gatetest.Input(t, asked(t, "VG-DAT-001", "", "adequate_countries: "+countries+"\n"), gatetest.Today, gatetest.Repository)
		u := gate.NewSubject(in.Policy, in.Registry, in.AsOf, gatetest.Repository, &in.Manifests[0])
		gate.Judge(u)
		i := slices.IndexFunc(u.Outcomes, func(o subject.RuleOutcome) bool { return o.ID == "VG-DAT-001" })
		if got := fmt.Sprint(u.Outcomes[i].Criteria); !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q in it", countries, got, want)
		}
	}
}

// TestLongerGrace: of the grace of every rule and that of one rule, the longer applies.
func TestLongerGrace(t *testing.T) {
	t.Parallel()
	const record = "data: {stores_customer_data: false, storage_locations: [IE], subprocessors: {url: https://a.example/x, notice: P30D, reviewed_on: 2025-11-01}}\n"
	for policy, last := range map[string]string{ // the review was due on 2026-11-01
		"params: {grace: P5D, subprocessor_grace: P10D}\n": "2026-11-11", "params: {grace: P10D, subprocessor_grace: P5D}\n": "2026-11-11", "params: {grace: P0D, subprocessor_grace: P5D}\n": "2026-11-06",
	} {
		f := asked(t, "VG-DAT-001", record, policy).Unchanged()
		end := gatetest.Instant(t, last+"T00:00:00Z").Add(24 * time.Hour)
		for at, want := range map[time.Time]string{end.Add(-time.Second): "warning", end: "error"} {
			if got := ruling(t, f, at.Format(time.RFC3339), "VG-DAT-001"); got != want {
				t.Errorf("%s at %s: got %q, want %q", policy, at, got, want)
			}
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
	const record = "logging: {retention: P90D, tamper_protection: unknown}\nevidence: [{id: e, type: attestation, assurance: audited, supports: [logging], issuer: Harrow LLP, " + paper + ", expires: 2026-11-23}]\n"
	f := asked(t, "VG-REG-006", record, "timezone: Asia/Tokyo\nassurance: {logging: audited}\n")
	for at, want := range map[string]string{"2026-11-23T14:59:59Z": "", "2026-11-23T15:00:00Z": "error"} {
		if got := ruling(t, f, at, "VG-REG-006"); got != want {
			t.Errorf("at %s: got %q, want %q", at, got, want)
		}
	}
}

// TestMilderTiers: what the two most critical tiers ask for and the others do not.
func TestMilderTiers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ rule, record, asked string }{
		{"VG-AUT-003", "authentication: {revocation: {supported: false}}\n", "error"},
		{"VG-SCP-003", "apis: [{id: core, versions: [{id: '1', status: current}]}]\nscope:\n  api_versions: ['1']\n", "error"}, // vendors.yaml names none
	} {
		for tier, want := range map[int]string{1: c.asked, 2: c.asked, 3: "", 4: ""} {
			record, scope, _ := strings.Cut(c.record, "scope:\n")
			f := gatetest.Tiered(t, tier, "scope:\n", "scope:\n"+scope).Rules("rules: {" + c.rule + ": {severity: error}}\n")
			f["registry/vendors/acme-pay.yaml"] += record
			if got := ruling(t, f, gatetest.Today, c.rule); got != want {
				t.Errorf("%s at tier %d: got %q, want %q", c.rule, tier, got, want)
			}
		}
	}
}

// TestTimeBetweenScans: each cadence is as long as its name says.
func TestTimeBetweenScans(t *testing.T) {
	t.Parallel()
	for cadence, limits := range map[string][2]string{
		"daily": {"P1D", "P1D"}, "weekly": {"P7D", "P6D"}, "monthly": {"P1M", "P27D"}, "quarterly": {"P3M", "P2M"}, "annual": {"P1Y", "P11M"},
	} {
		for limit, want := range map[string]string{limits[1]: "error VG-VUL-001 scans are " + cadence, limits[0]: ""} {
			f := gatetest.Full(t, "cadence: continuous", "cadence: "+cadence)
			f["registry/policy.yaml"] += "params: {scan_interval: " + limit + "}\n"
			check(t, cadence+" scans, at most "+limit+" apart", f, gatetest.Today, want)
		}
	}
}

// TestAuditsToCome: a surveillance audit counts from its day, not from when it was planned.
func TestAuditsToCome(t *testing.T) {
	t.Parallel()
	f := asked(t, "VG-AUD-001", "assessments: [{id: a, type: iso27001, scope_services: [acme-pay], certified_on: 2026-01-10, expires: 2029-01-09, surveillance: [2026-12-20]}]\n", "")
	for day, want := range map[string]string{"2026-12-19": "warning", "2026-12-20": ""} { // without it, the certificate ends on 2027-01-10
		if got := ruling(t, f, day, "VG-AUD-001"); got != want {
			t.Errorf("on %s: got %q, want %q", day, got, want)
		}
	}
}
