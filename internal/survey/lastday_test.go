package survey_test

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/subject"
	"github.com/vendorgate/vendorgate/internal/survey"
)

// openHorizons announces every last day a lifetime ahead, so that forecast and renewal show all of them.
const openHorizons = `params:
  warn_before_lapse: P50Y
  warn_before_condition: P50Y
  warn_before_sunset: P50Y
  warn_before_assessment_end: P50Y
  warn_before_certificate_end: P50Y
  warn_before_contract_end: P50Y
  warn_before_notice: P50Y
`

// traced is what evidence needs to count.
const traced = "url: https://trust.acme.example/report.pdf, received: 2026-06-01"

// worldsThatLapse are records and uses that have, between them, every kind of last day.
func worldsThatLapse(t *testing.T) map[string]gatetest.Files {
	t.Helper()
	strict := gatetest.Extends("vendorgate/standard@1", "vendorgate/health-us@1") + gatetest.AcmeApprovers
	rich := richRecord(t).Using(t, "version: \"2026-04\"", "version: \"2024-02\"").With(gatetest.Files{"registry/policy.yaml": strict + openHorizons})
	record := "registry/vendors/calderwick-payments.yaml"
	with := func(pairs ...string) gatetest.Files {
		return rich.With(gatetest.Files{record: gatetest.Edit(t, rich[record], pairs...)})
	}
	plain := gatetest.World(t, "status: approved", "status: deprecated\nsunset: 2027-03-01").Rules(openHorizons)
	worlds := map[string]gatetest.Files{
		"rich":          rich,
		"auto renewal":  with("renewal: {type: manual", "renewal: {type: auto"),
		"own evidence":  with("id: pci-matrix-2026, type: attestation,", "id: pci-matrix-2026, type: attestation, expires: 2027-01-20,"),
		"papers end":    with("id: exit-plan-2026, type: evidence,", "id: exit-plan-2026, type: evidence, expires: 2027-01-21,", "id: dpa-2026, type: evidence,", "id: dpa-2026, type: evidence, expires: 2027-01-22,", "id: pilot-2026, type: dynamic-analysis-report,", "id: pilot-2026, type: dynamic-analysis-report, expires: 2027-01-23,"),
		"open findings": with("findings_open: {critical: 0, high: 0,", "findings_open: {critical: 1, high: 2,"),
		"deprecated":    plain,
		"papers": gatetest.World(t, "encryption:", "logging: {retention: P90D, tamper_protection: unknown}\nassessments: [{id: never, type: soc2-type2, issued: 2026-10-01, evidence: a}]\nevidence: [{id: a, type: attestation, assurance: audited, "+traced+", supports: [logging]}, {id: b, type: attestation, assurance: audited, issuer: B, "+traced+", supports: [logging], expires: 2027-01-20}]\nencryption:").
			Rules(openHorizons + "rules: {VG-REG-006: {severity: error}}\nassurance: {logging: audited}\n"),
		"a pilot": gatetest.World(t, "status: approved", "status: pilot\npilot: {until: 2027-02-01}", "risk: {tier: 2}\n", "risk: {tier: 4}\n", "  data_classes:", "  repos: [acme/shop]\n  data_classes:").Using(t, "[prod]", "[dev]", "[personal]", "[synthetic]").Rules(openHorizons),
		"secrets": gatetest.World(t).Using(t, "data: [personal]", "data: [personal]\n    secrets: [{name: ACME_KEY, rotated_on: 2026-10-01, max_age: P90D}]").Rules(openHorizons + "rules: {VG-AUT-004: {severity: error}}\n"),
		"health":  with("data_classes: [", "data_classes: [health, ", "baa: {status: not-required}", "baa: {status: signed, signed_on: 2026-05-28, breach_notice_days: 5}").Using(t, "      - {class: personal, ", "      - {class: health, direction: send, name: a diagnosis}\n      - {class: personal, "),
		"opt-out": with("used_for_training: false", "used_for_training: opt-out"),
		"requirements": gatetest.World(t, "last_review: 2026-06-01", "last_review: 2026-06-01").Rules(openHorizons +
			"requirements:\n  - {id: REVIEWED, attr: approval.last_review, within: P200D}\n  - {id: LASTING, attr: approval.expires, valid_for: P90D}\n"),
		"alternatives": gatetest.World(t, "last_review: 2026-06-01", "last_review: 2026-06-01").Rules(openHorizons +
			"requirements:\n  - {id: LATER, any_of: [{attr: approval.last_review, within: P200D}, {attr: approval.expires, valid_for: P90D}, {attr: risk.tier, eq: 4}]}\n"),
		"lists": listsThatLapse(t),
		"a review": gatetest.World(t, "encryption:", "evidence: [{id: review, type: threat-model, assurance: documented, "+traced+", expires: 2027-01-20}]\nencryption:").
			Rules(openHorizons + "rules: {VG-AUD-005: {severity: error}}\n"),
	}
	for i, c := range [][2]string{{"2027-02-28", "P1M"}, {"2027-06-30", "P6M"}, {"2027-09-30", "P1M"}, {"2027-06-30", "P3M"}, {"2028-02-29", "P1M"}} {
		worlds[fmt.Sprintf("the end of a month %d", i)] = gatetest.World(t, "expires: 2027-05-31", "expires: "+c[0], "approved_on: 2026-06-01", "approved_on: 2026-10-01").
			Rules(openHorizons + "  approval_max_term: P3Y\nrequirements: [{id: LASTING, attr: approval.expires, valid_for: " + c[1] + "}]\n")
	}
	worlds["in review, as a warning"] = gatetest.World(t, "status: approved", "status: in-review").Rules(openHorizons + "rules: {VG-APR-001: {severity: warning}}\n")
	worlds["an unknown alternative"] = gatetest.World(t).Rules(openHorizons +
		"requirements:\n  - {id: LATER, any_of: [{attr: approval.last_review, within: P200D}, {attr: authentication.scopes.granularity, present: true}]}\n")
	// Contracts and organisations in zones on both sides of UTC and of the date line, also where the clocks change that day.
	zones := []string{"UTC", "Pacific/Auckland", "America/Los_Angeles", "Pacific/Kiritimati"}
	for i, ours := range zones {
		for k, theirs := range zones {
			end := []string{"2028-05-31", "2027-11-06", "2027-11-07", "2027-03-13", "2027-09-25", "2027-04-04"}[(i+2*k)%6]
			f := with("end: 2028-05-31", "end: "+end, "governing_timezone: Europe/Dublin", "governing_timezone: "+theirs, "renewal: {type: manual", "renewal: {type: "+[]string{"manual", "auto"}[(i+k)%2])
			worlds["a contract in "+theirs+" until "+end+", in "+ours] = f.With(gatetest.Files{"registry/policy.yaml": f["registry/policy.yaml"] + "timezone: " + ours + "\n"})
		}
	}
	return worlds
}

// TestAlternativesWithoutEnd: a requirement with an alternative that holds on every day has no last day, and one whose first
// alternative no longer holds has that of the next.
func TestAlternativesWithoutEnd(t *testing.T) {
	t.Parallel()
	days := func(requirement string) (out []string) {
		f := gatetest.World(t, "last_review: 2026-06-01", "last_review: 2026-06-01").Rules("requirements: [" + requirement + "]\n")
		for _, d := range rules.Deadlines(subjectOf(t, f)) {
			if d.Rule == "ANY" {
				out = append(out, d.Path+" "+d.Date.String())
			}
		}
		return out
	}
	for requirement, want := range map[string][]string{
		"{id: ANY, any_of: [{attr: approval.last_review, within: P200D}, {attr: status, eq: approved}]}":                               nil,
		"{id: ANY, any_of: [{attr: approval.last_review, within: P200D}, {attr: approval.expires, valid_for: P90D}]}":                  {"approval.expires 2027-03-02"},
		"{id: ANY, any_of: [{attr: approval.last_review, within: P200D}, {attr: approval.expires, valid_for: P90D, lte: 2027-01-01}]}": {"approval.last_review 2026-12-18"},
		"{id: ANY, attr: approval.last_review, within: P200D}":                                                                         {"approval.last_review 2026-12-18"},
		"{id: ANY, attr: approval.last_review, within: P200D, valid_for: P1D}":                                                         {"approval.last_review 2026-05-31"},
		"{id: ANY, attr: approval.last_review, within: P1D}":                                                                           {"approval.last_review 2026-06-02"},
		"{id: ANY, attr: approval.last_review, within: P200D, lte: 2026-05-31}":                                                        nil, // it fails already
		"{id: ANY, attr: approval.expires, within: P200D}":                                                                             nil, // which is in the future
		"{id: ANY, any_of: [{attr: status, eq: denied}, {attr: risk.tier, eq: 4}]}":                                                    nil,
	} {
		if got := days(requirement); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", requirement, got, want)
		}
	}
}

// subjectOf is the use of the only entry of a world's manifest today.
func subjectOf(t *testing.T, f gatetest.Files) *subject.Subject {
	t.Helper()
	in := gatetest.Input(t, f, gatetest.Today, gatetest.Checkout)
	if strings.Contains(f["vendors.yaml"], "acme-pay") {
		in.Repository = gatetest.Repository
	}
	u := gate.NewSubject(in.Policy, in.Registry, in.AsOf, in.Repository, &in.Manifests[0])
	if u == nil {
		t.Fatal("the vendor cannot be judged")
	}
	return u
}

// TestLastDays: the day that a rule gives is the last one on which a check does not find it, and is the day that forecast, calendar
// and renewal show.
func TestLastDays(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	met := map[string]bool{}
	for name, f := range worldsThatLapse(t) {
		u := subjectOf(t, f)
		due := rules.Deadlines(u)
		if len(due) == 0 {
			t.Errorf("%s: nothing lapses", name)
		}
		inv := take(t, f)
		renewal := survey.Renew(u.Policy, u.Registry, survey.Question{Vendor: u.Vendor}, u.Today.Instant)
		calendar := ics(t, &inv)
		for _, l := range inv.Lapses {
			if l.Past != l.Last.Before(inv.Day) || l.Days != inv.Day.DaysUntil(l.Last) {
				t.Errorf("%s: on %s the forecast says of %s %s that its last day %s is in %d days, past: %v", name, inv.Day, l.Rule, l.Item, l.Last, l.Days, l.Past)
			}
		}
		for _, o := range renewal.Tasks {
			known := slices.ContainsFunc(due, func(d subject.Deadline) bool { return d.Date == o.Last && d.Path == o.Path })
			if o.State != survey.Unknown && o.State != survey.Failing && !known {
				t.Errorf("%s: the renewal shows %s with the last day %s, and no rule gives it", name, o.Path, o.Last)
			}
		}
		for _, d := range due {
			met[d.Rule] = true
			what := fmt.Sprintf("%s: %s %s (%s), last day %s", name, d.Rule, d.Item, d.What, d.Date)
			checkLastDay(t, what, f, u.Repository, d)
			if r, _ := rules.ByID(d.Rule); r.Public == rules.AboutUse && d.Kind != inventory.Sunset {
				continue // it depends on the use alone
			}
			if !slices.ContainsFunc(inv.Lapses, func(l inventory.Lapse) bool { return l.Rule == d.Rule && l.Item == d.Item && l.Last == d.Date }) {
				t.Errorf("%s: the forecast does not show it", what)
			}
			if !slices.ContainsFunc(renewal.Tasks, func(o survey.Task) bool { return o.Last == d.Date && o.Path == d.Path }) {
				t.Errorf("%s: the renewal does not show %s", what, d.Path)
			}
			if day := strings.ReplaceAll(d.Date.String(), "-", ""); !strings.Contains(calendar, "DTSTART;VALUE=DATE:"+day) {
				t.Errorf("%s: the calendar does not show it", what)
			}
		}
	}
	for _, r := range rules.All() {
		if r.Deadlines != nil && !met[r.ID] {
			t.Errorf("%s watches last days, and no world has one", r.ID)
		}
	}
}

// TestLastDayOfWaiver: check, forecast and renewal agree on the last day of a waiver, and on how early to announce it.
func TestLastDayOfWaiver(t *testing.T) {
	t.Parallel()
	waiver := gatetest.Files{"registry/waivers/WVR-1.yaml": gatetest.PlainWaiver}
	f := gatetest.World(t, "expires: 2027-05-31", "expires: 2026-11-20").Rules("timezone: Asia/Tokyo\n").With(waiver)
	in := gatetest.Input(t, f, "2026-12-30", gatetest.Repository)
	waivers, _ := in.Registry.Waivers([]string{"acme-pay"}, nil)
	end := subject.WaiverEnd(&subject.Subject{Policy: in.Policy, Today: in.Policy.At(in.AsOf), Tier: 2}, waivers[0])
	if end.Past || !end.Near || end.Date.String() != "2026-12-31" {
		t.Errorf("got %+v, want a near last day 2026-12-31", end)
	}
	checkLastDay(t, "a waiver", f, gatetest.Repository, subject.Deadline{LastDay: end, Rule: rules.WaiverInvalid})
	for name, files := range map[string]gatetest.Files{
		"approved":    f,
		"expired":     gatetest.World(t).With(waiver),
		"conditional": gatetest.World(t, "status: approved", "status: conditional").With(waiver),
	} {
		in := gatetest.Input(t, files, "2026-12-30", gatetest.Repository)
		inv, err := survey.Of(in.Policy, in.Registry, in.AsOf)
		if err != nil || !slices.ContainsFunc(inv.Lapses, func(l inventory.Lapse) bool { return l.Item == "WVR-1" && l.Last == end.Date }) {
			t.Errorf("%s: the forecast does not show the waiver: %v", name, err)
		}
		v, err := in.Registry.Vendor("acme-pay")
		if err != nil {
			t.Fatal(err)
		}
		for day, want := range map[string]string{"2026-12-20": "", "2026-12-30": "DueSoon", "2027-01-02": "Overdue"} {
			got := ""
			for _, o := range survey.Renew(in.Policy, in.Registry, survey.Question{Vendor: v}, gatetest.Instant(t, day)).Tasks {
				if o.Path == "waivers[WVR-1].expires" && o.Last == end.Date && o.Who == "s.marchetti" {
					got += map[survey.TaskState]string{survey.Overdue: "Overdue", survey.DueSoon: "DueSoon"}[o.State]
				}
			}
			if got != want {
				t.Errorf("%s on %s: the renewal says %q, want %q", name, day, got, want)
			}
		}
	}
}

// TestForecastAroundMidnight: the periods of a forecast begin with the day that it is in the zone of the policy.
func TestForecastAroundMidnight(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ zone, last, asOf, week, month, overdue string }{
		{"Pacific/Auckland", "2026-11-29", "2026-11-29T10:59:59Z", "2026-W48", "2026-11", ""}, // a Sunday
		{"Pacific/Auckland", "2026-11-29", "2026-11-29T11:00:00Z", "2026-W49", "2026-11", "2026-11-29"},
		{"Pacific/Auckland", "2026-11-30", "2026-11-30T11:00:00Z", "2026-W49", "2026-12", "2026-11-30"},
		{"Pacific/Kiritimati", "2026-12-31", "2026-12-31T09:59:59Z", "2026-W53", "2026-12", ""},
		{"Pacific/Kiritimati", "2026-12-31", "2026-12-31T10:00:00Z", "2026-W53", "2027-01", "2026-12-31"},
		{"America/Los_Angeles", "2027-01-03", "2027-01-04T07:59:59Z", "2026-W53", "2027-01", ""},
		{"America/Los_Angeles", "2027-01-03", "2027-01-04T08:00:00Z", "2027-W01", "2027-01", "2027-01-03"},
	} {
		f := gatetest.World(t, "expires: 2027-05-31", "expires: "+c.last).Rules("timezone: " + c.zone + "\n")
		inv, err := survey.Of(gatetest.Load(t, f["registry/policy.yaml"]), gatetest.Open(t, f), gatetest.Instant(t, c.asOf))
		if err != nil {
			t.Fatal(err)
		}
		for unit, first := range map[inventory.Unit]string{inventory.Week: c.week, inventory.Month: c.month} {
			forecast, overdue, kept := inv.Forecast(90, unit, inventory.CliffOver), "", 0
			for _, l := range forecast.Overdue {
				overdue += l.Last.String()
			}
			for _, l := range forecast.Periods[0].Lapses {
				kept += strings.Count(l.Last.String(), c.last)
			}
			if forecast.Periods[0].Name != first || overdue != c.overdue || (kept == 0) != (c.overdue != "") {
				t.Errorf("%+v: got %s, overdue %q, and %d in the first %s", c, forecast.Periods[0].Name, overdue, kept, unit)
			}
		}
	}
}

// TestUnreadWaiver: a waiver that cannot be read may be about the vendor, so that the renewal names it.
func TestUnreadWaiver(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t).With(gatetest.Files{
		"registry/waivers/WVR-1.yaml": gatetest.Edit(t, gatetest.PlainWaiver, "reason:", "raeson:"),
		"registry/waivers/WVR-2.yaml": "acme-pay: [\n",
		"registry/waivers/WVR-3.yaml": gatetest.Edit(t, gatetest.PlainWaiver, "WVR-1", "WVR-3", "vendor: acme-pay", "vendor: acme-payments", "reason:", "raeson:"),
	})
	in := gatetest.Input(t, f, gatetest.Today, gatetest.Repository)
	v, err := in.Registry.Vendor("acme-pay")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, o := range survey.Renew(in.Policy, in.Registry, survey.Question{Vendor: v}, in.AsOf).Tasks {
		if strings.HasPrefix(o.Path, "registry/waivers/") {
			got = append(got, o.Path)
		}
	}
	gatetest.Diff(t, "files to correct", []string{"registry/waivers/WVR-1.yaml", "registry/waivers/WVR-2.yaml"}, got)
}

func ics(t *testing.T, inv *inventory.Inventory) string {
	t.Helper()
	doc, err := inventory.Formats().Render("ics", inv, false)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := sink.To(&out).Put(doc); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

var numbers = regexp.MustCompile(`\([^)]*\)|[0-9]`)

// checkLastDay holds a check just before and just after the end of a last day to the deadline.
func checkLastDay(t *testing.T, what string, f gatetest.Files, repository string, d subject.Deadline) {
	t.Helper()
	var p *policy.Policy
	say := func(at time.Time) (worst diag.Severity, text string) {
		in := gatetest.Input(t, f, at.Format(time.RFC3339), repository)
		p = in.Policy
		for _, found := range gate.Evaluate(in).Findings {
			if found.Rule == d.Rule {
				worst = max(worst, found.Severity)
				text += numbers.ReplaceAllString(fmt.Sprintln(found.Severity, found.Message), "")
			}
		}
		return worst, text
	}
	over := d.Date.Plus(scalar.Period{Days: 1}).Start(gatetest.Load(t, f["registry/policy.yaml"]).Zone)
	before, said := say(over.Add(-time.Second))
	after, then := say(over)
	if said == then {
		t.Errorf("%s: a check says the same before and after it: %q", what, said)
	}
	weight := p.Severities(d.Rule)
	if most := slices.Max(weight[1:]); after < most && (d.MaxSeverity == diag.Off || after < d.MaxSeverity) {
		t.Errorf("%s: a check after it says %s %q", what, after, then)
	}
	if before >= diag.Error && !strings.Contains(said, "error") {
		t.Errorf("%s: a check on it says %q", what, said)
	}
}

// TestEndOfProof: a claim loses its assurance with the last evidence that gives it, a policy's pattern with the first of its claims.
// Evidence that never counts does not matter, and notes are no claim.
func TestEndOfProof(t *testing.T) {
	t.Parallel()
	got := func(world gatetest.Files) (out []string) {
		for _, d := range rules.Deadlines(subjectOf(t, world)) {
			if d.Rule == rules.UnprovenClaims {
				out = append(out, d.Path+" "+d.Date.String())
			}
		}
		return out
	}
	gatetest.Diff(t, "evidence that never counts", []string{"evidence[b].expires 2027-01-20"}, got(worldsThatLapse(t)["papers"]))
	const soc2 = "assessments: [{id: s, type: soc2-type2, evidence: a, period: {end: %s}, bridge_letter: {issued: 2026-11-20, covers_through: 2026-11-20}}]\n"
	for _, c := range []struct{ why, need, record, want string }{
		{"the later of two", "audited", "evidence: [{id: a, type: other, assurance: audited, issuer: B, " + traced + ", supports: [logging], expires: 2027-01-20}, {id: b, type: other, assurance: audited, issuer: B, " + traced + ", supports: [logging], expires: 2027-01-21}]\n", "evidence[b].expires 2027-01-21"},
		{"one of two does not expire", "audited", "evidence: [{id: a, type: other, assurance: audited, issuer: B, " + traced + ", supports: [logging], expires: 2027-01-20}, {id: b, type: other, assurance: audited, issuer: B, " + traced + ", supports: [logging]}]\n", "evidence[b].received 2028-06-01"},
		{"two reports", "audited", "assessments: [{id: r, type: soc2-type2, evidence: a, period: {end: 2026-02-01}}, {id: s, type: soc2-type2, evidence: a, period: {end: 2026-02-03}}, {id: t, type: soc2-type2, evidence: a, period: {end: 2026-02-02}}]\nevidence: [{id: a, type: other, assurance: audited, issuer: B, " + traced + ", supports: [logging]}]\n", "assessments[s].period.end 2027-02-03"},
		{"evidence that ends with its report", "audited", "assessments: [{id: s, type: soc2-type2, evidence: a, period: {end: 2026-02-01}}]\nevidence: [{id: a, type: other, assurance: audited, issuer: B, " + traced + ", supports: [logging], expires: 2027-02-01}]\n", "evidence[a].expires 2027-02-01"},
		{"notes", "audited", "evidence: [{id: a, type: other, assurance: audited, issuer: B, " + traced + ", supports: [logging.notes], expires: 2027-01-20}, {id: b, type: other, assurance: audited, issuer: B, " + traced + ", supports: [logging.retention], expires: 2027-01-21}]\n", "evidence[b].expires 2027-01-21"},
		{"a letter", "attested", fmt.Sprintf(soc2, "2025-09-30") + "evidence: [{id: a, type: other, assurance: audited, issuer: B, " + traced + ", supports: [logging]}]\n", "assessments[s].bridge_letter.covers_through 2026-11-20"},
		{"a letter of three months", "attested", fmt.Sprintf(soc2, "2025-08-20") + "evidence: [{id: a, type: other, assurance: audited, issuer: B, " + traced + ", supports: [logging]}]\n", "assessments[s].bridge_letter.covers_through 2026-11-20"},
		{"a standard for continuity of 2013", "audited", "assessments: [{id: s, type: iso22301, standard: \"2013\", evidence: a, certified_on: 2024-12-01, expires: 2027-11-30, surveillance: [2025-11-01, 2026-11-01]}]\nevidence: [{id: a, type: other, assurance: audited, issuer: B, " + traced + ", supports: [logging]}]\n", "assessments[s].expires 2027-11-30"},
	} {
		f := gatetest.World(t).Rules(openHorizons + "rules: {VG-REG-006: {severity: error}}\nassurance: {logging: " + c.need + "}\n")
		f["registry/vendors/acme-pay.yaml"] += "logging: {retention: P90D, notes: See the report}\n" + c.record
		if found := strings.Join(got(f), ", "); found != c.want {
			t.Errorf("%s: got %q, want %q", c.why, found, c.want)
		}
	}
}

// TestNoLastDay: what a check does not ask for has no last day either.
func TestNoLastDay(t *testing.T) {
	t.Parallel()
	const matrix = "id: pci-matrix-2026, type: attestation, "
	for _, c := range []struct {
		why, rule, item string
		edits           []string
		want            int
	}{
		{"a documented matrix", rules.CardDataUnproven, "pci-matrix-2026", []string{matrix + "assurance: attested,", matrix + "expires: 2027-01-20, assurance: documented,"}, 1},
		{"a matrix that the vendor only asserts", rules.CardDataUnproven, "pci-matrix-2026", []string{matrix + "assurance: attested,", matrix + "expires: 2027-01-20, assurance: asserted,"}, 0},
		{"drills of an approved vendor", rules.PilotUnattacked, "pilot.breach_simulation", nil, 1},
		{"drills of a deprecated vendor", rules.PilotUnattacked, "pilot.breach_simulation", []string{"status: approved\n", "status: deprecated\nsunset: 2027-03-01\n"}, 0},
	} {
		got := 0
		for _, d := range rules.Deadlines(subjectOf(t, gatetest.Full(t, c.edits...))) {
			if d.Rule == c.rule && d.Item == c.item {
				got++
			}
		}
		if got != c.want {
			t.Errorf("%s: got %d last days, want %d", c.why, got, c.want)
		}
	}
}

// TestLastDaysOfVersions: a use is asked to leave the version that it names before its sunset, and otherwise every approved one that
// still works.
func TestLastDaysOfVersions(t *testing.T) {
	t.Parallel()
	for api, want := range map[string][]string{
		"": {"a/1", "b/1"}, "    api: {version: '1'}\n": {"a/1", "b/1"}, "    api: {id: a, version: '1'}\n": {"a/1"}, "    api: {id: b, version: '1'}\n": {"b/1"}, "    api: {id: b, version: '3'}\n": nil,
	} {
		f := gatetest.World(t, "scope:\n", "apis: [{id: a, versions: [{id: '1', status: current, sunset: 2027-01-20}]}, {id: b, versions: [{id: '1', status: current, sunset: 2027-01-21}, {id: '2', status: retired, sunset: 2027-01-22}]}]\nscope:\n  api_versions: ['1', '2']\n")
		f["vendors.yaml"] += api
		var got []string
		for _, d := range rules.Deadlines(subjectOf(t, f)) {
			if d.Rule == rules.VersionOutsideScope {
				got = append(got, d.Item)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", api, got, want)
		}
	}
}
