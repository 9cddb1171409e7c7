package rules_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

func TestLastDayInTheZone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ why, zone, expires, lapses string }{
		{"UTC", "UTC", "2026-11-23", "2026-11-24T00:00:00Z"},
		{"ahead of UTC", "Pacific/Auckland", "2026-11-23", "2026-11-23T11:00:00Z"},
		{"behind UTC", "America/Los_Angeles", "2026-11-23", "2026-11-24T08:00:00Z"},
		{"leap day", "UTC", "2028-02-29", "2028-03-01T00:00:00Z"},
		{"leap day, behind", "America/Los_Angeles", "2028-02-29", "2028-03-01T08:00:00Z"},
		{"last of February", "UTC", "2027-02-28", "2027-03-01T00:00:00Z"},
		{"end of the year", "UTC", "2026-12-31", "2027-01-01T00:00:00Z"},
		{"a day of 25 hours", "America/Los_Angeles", "2026-11-01", "2026-11-02T08:00:00Z"},
		{"a day of 23 hours", "America/Los_Angeles", "2026-03-08", "2026-03-09T07:00:00Z"},
		{"a day of 23 hours, ahead", "Pacific/Auckland", "2026-09-27", "2026-09-27T11:00:00Z"},
		{"no midnight on the day after", "America/Santiago", "2026-09-05", "2026-09-06T04:00:00Z"},
		{"two midnights on the day after", "America/Havana", "2026-10-31", "2026-11-01T04:00:00Z"},
	} {
		approved := gatetest.Instant(t, c.expires).AddDate(0, -11, 0).Format(time.DateOnly)
		f := gatetest.World(t, "approved_on: 2026-06-01", "approved_on: "+approved, "expires: 2027-05-31", "expires: "+c.expires).
			Rules("timezone: " + c.zone + "\n")
		after := gatetest.Instant(t, c.lapses)
		for _, at := range []struct {
			asOf time.Time
			want string
		}{
			{after.Add(-time.Second), fmt.Sprintf(`warning VG-APR-002 vendors.yaml:5:9 the approval of "acme-pay" expires on %s (today)`, c.expires)},
			{after, fmt.Sprintf(`error VG-APR-002 vendors.yaml:5:9 the approval of "acme-pay" expired on %s (1 day ago)`, c.expires)},
		} {
			asOf := at.asOf.Format(time.RFC3339)
			gatetest.Diff(t, c.why+" "+asOf, []string{at.want}, gatetest.Only(gatetest.Findings(t, f, asOf, gatetest.Repository), "VG-APR-002"))
		}
	}
}

// TestApprovalStates walks every day around the end of an approval: fine, announced, lapsed, and, for a use that is
// older than the change, softened while the grace lasts.
func TestApprovalStates(t *testing.T) {
	t.Parallel()
	for _, tier := range []struct{ number, warn, grace int }{{1, 30, 0}, {2, 30, 7}, {3, 30, 14}, {4, 14, 30}} {
		plain := gatetest.Tiered(t, tier.number, "expires: 2027-05-31", "expires: 2026-11-23", "last_review: 2026-06-01", "last_review: 2026-10-01").
			Rules("params: {grace: {tier-1: P0D, tier-2: P7D, tier-3: P14D, tier-4: P30D}}\n")
		for name, f := range map[string]gatetest.Files{
			"without base": plain, "unchanged": plain.Unchanged(),
			"changed": plain.With(gatetest.Files{"base/vendors.yaml": gatetest.Edit(t, plain["vendors.yaml"], "[prod]", "[staging]")}),
		} {
			in := gatetest.Input(t, f, gatetest.Today, gatetest.Repository)
			for day := -40; day <= 40; day++ {
				want := "error VG-APR-002"
				switch {
				case day < -tier.warn:
					want = ""
				case day <= 0, name == "unchanged" && day <= tier.grace:
					want = "warning VG-APR-002"
				}
				in.AsOf = gatetest.Instant(t, gatetest.Today).AddDate(0, 0, day)
				if got := gatetest.Short(gate.Evaluate(in)); got != want {
					t.Errorf("tier %d, %s, day %d: got %q, want %q", tier.number, name, day, got, want)
				}
			}
		}
	}
}

func TestGraceEnds(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t, "expires: 2027-05-31", "expires: 2026-11-23").Rules("params:\n  grace: P7D\n").Unchanged()
	for asOf, want := range map[string]string{
		"2026-11-30T23:59:59Z": `warning VG-APR-002 vendors.yaml:5:9 the approval of "acme-pay" expired on 2026-11-23 (7 days ago)`,
		"2026-12-01T00:00:00Z": `error VG-APR-002 vendors.yaml:5:9 the approval of "acme-pay" expired on 2026-11-23 (8 days ago)`,
	} {
		gatetest.Diff(t, asOf, []string{want}, gatetest.Findings(t, f, asOf, gatetest.Repository))
	}
	r := gatetest.Evaluate(t, f, gatetest.Today+"T23:59:59Z", gatetest.Repository)
	gatetest.Diff(t, "related before", []string{"registry/vendors/acme-pay.yaml:10:12 the last day of the approval"}, gatetest.Related(r, "VG-APR-002"))
	r = gatetest.Evaluate(t, f, "2026-11-24", gatetest.Repository)
	gatetest.Diff(t, "related in grace", []string{
		"registry/vendors/acme-pay.yaml:10:12 the last day of the approval",
		"registry/policy.yaml:5:10 the policy's grace period for unchanged uses",
	}, gatetest.Related(r, "VG-APR-002"))
	want := "a.ferreira (security-architect) must renew the approval in registry/vendors/acme-pay.yaml. It fails the check after 2026-11-30. If it is urgent, ask for a waiver."
	if got := r.Findings[0].Hint; got != want {
		t.Errorf("hint in grace: got %q, want %q", got, want)
	}
}

// TestGraceOfOtherRules: whatever is past a day has grace, and nothing else.
func TestGraceOfOtherRules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why   string
		pairs []string
		want  string
	}{
		{"review", []string{"last_review: 2026-06-01", "last_review: 2026-06-01\n  review_cadence: P172D"}, "warning VG-APR-003"},
		{"condition", []string{"  expires:", "  conditions: [{id: c, text: Do it, due: 2026-11-20, status: open}]\n  expires:"}, "warning VG-APR-005"},
		{"vendor's sunset", []string{"status: approved", "status: deprecated\nsunset: 2026-11-20"}, "warning VG-APR-001"},
		{"scope", []string{"personal, ", ""}, "error VG-SCP-001"},
		{"status", []string{"status: approved", "status: denied"}, "error VG-APR-001"},
		{"too long", []string{"expires: 2027-05-31", "expires: 2029-05-31"}, "error VG-APR-004"},
		{"future review", []string{"last_review: 2026-06-01", "last_review: 2026-11-24"}, "error VG-REG-003"},
	} {
		f := gatetest.World(t, c.pairs...).Rules("params: {grace: P7D}\n")
		if got := gatetest.Short(gatetest.Evaluate(t, f.Unchanged(), gatetest.Today, gatetest.Repository)); got != c.want {
			t.Errorf("%s, unchanged: got %q, want %q", c.why, got, c.want)
		}
		if got, want := gatetest.Short(gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)), "error"+c.want[len(c.want)-len(" VG-XXX-000"):]; got != want {
			t.Errorf("%s, new: got %q, want %q", c.why, got, want)
		}
	}
}

func TestReview(t *testing.T) {
	t.Parallel()
	const line = "vendors.yaml:5:9 the review of \"acme-pay\" "
	policys, own := "vendorgate/essentials@1:8:", "registry/vendors/acme-pay.yaml:12:19"
	for _, c := range []struct {
		why, last, cadence, asOf string
		want, cadenceAt          string // empty: nothing
	}{
		{"policy's cadence, last day", "2026-01-31", "", "2027-01-31T23:59:59Z", "warning VG-APR-003 " + line + "is due on 2027-01-31 (today)", policys},
		{"policy's cadence, over", "2026-01-31", "", "2027-02-01T00:00:00Z", "error VG-APR-003 " + line + "was due on 2027-01-31 (1 day ago)", policys},
		{"own cadence, clamped, last day", "2026-08-31", "P6M", "2027-02-28T23:59:59Z", "warning VG-APR-003 " + line + "is due on 2027-02-28 (today)", own},
		{"own cadence, clamped, over", "2026-08-31", "P6M", "2027-03-01T00:00:00Z", "error VG-APR-003 " + line + "was due on 2027-02-28 (1 day ago)", own},
		{"leap day, last day", "2024-02-29", "", "2025-02-28T23:59:59Z", "warning VG-APR-003 " + line + "is due on 2025-02-28 (today)", policys},
		{"leap day, over", "2024-02-29", "", "2025-03-01T00:00:00Z", "error VG-APR-003 " + line + "was due on 2025-02-28 (1 day ago)", policys},
		{"own cadence is longer", "2026-01-31", "P24M", "2027-02-01T00:00:00Z", "error VG-APR-003 " + line + "was due on 2027-01-31 (1 day ago)", policys},
		{"own cadence is as long", "2026-01-31", "P1Y", "2027-02-01T00:00:00Z", "error VG-APR-003 " + line + "was due on 2027-01-31 (1 day ago)", policys},
		{"a day before the window", "2026-06-01", "P6M", "2026-10-31", "", ""},
		{"first day of the window", "2026-06-01", "P6M", "2026-11-01", "warning VG-APR-003 " + line + "is due on 2026-12-01 (in 30 days)", own},
		{"the day before", "2026-06-01", "P6M", "2026-11-30", "warning VG-APR-003 " + line + "is due on 2026-12-01 (tomorrow)", own},
	} {
		cadence := ""
		if c.cadence != "" {
			cadence = "\n  review_cadence: " + c.cadence
		}
		f := gatetest.World(t, "approved_on: 2026-06-01", "approved_on: 2024-01-01", "last_review: 2026-06-01", "last_review: "+c.last+cadence)
		r := gatetest.Evaluate(t, f, c.asOf, gatetest.Repository)
		want := []string{}
		if c.want != "" {
			want = append(want, c.want)
		}
		gatetest.Diff(t, c.why, want, gatetest.Only(gatetest.Lines(r), "VG-APR-003"))
		if got := gatetest.Related(r, "VG-APR-003"); c.want != "" && (got[0] != "registry/vendors/acme-pay.yaml:11:16 the last review" || got[1][:len(c.cadenceAt)] != c.cadenceAt) {
			t.Errorf("%s: related %q, want the cadence at %s", c.why, got, c.cadenceAt)
		}
	}
	for tier, want := range []string{1: "error VG-APR-003", 2: "error VG-APR-003", 3: "warning VG-APR-003", 4: "note VG-APR-003"} {
		if want == "" {
			continue
		}
		f := gatetest.Tiered(t, tier, "last_review: 2026-06-01", "last_review: 2026-06-01\n  review_cadence: P3M")
		if got := gatetest.Short(gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)); got != want {
			t.Errorf("review overdue at tier %d: got %q, want %q", tier, got, want)
		}
	}
}

func TestConditions(t *testing.T) {
	t.Parallel()
	const at = "VG-APR-005 vendors.yaml:5:9 condition \"Rotate the keys\" of the approval of \"acme-pay\" "
	for _, c := range []struct{ why, status, due, want string }{
		{"over", "open", "2026-11-22", "error " + at + "was due on 2026-11-22 (1 day ago)"},
		{"last day", "open", "2026-11-23", "warning " + at + "is due on 2026-11-23 (today)"},
		{"first day of the window", "open", "2026-12-07", "warning " + at + "is due on 2026-12-07 (in 14 days)"},
		{"before the window", "open", "2026-12-08", ""},
		{"met", "met", "2026-11-22", ""},
		{"met today", "met, met_on: 2026-11-23", "2026-11-22", ""},
		{"to be met tomorrow", "met, met_on: 2026-11-24", "2026-11-22", `error VG-REG-003 vendors.yaml:5:9 the record of "acme-pay": approval.conditions[].met_on is 2026-11-24, which is in the future`},
		{"waived", "waived", "2026-11-22", ""},
	} {
		for _, status := range []string{"approved", "conditional"} {
			f := gatetest.World(t, "status: approved", "status: "+status,
				"  last_review", "  conditions:\n    - {id: keys, text: Rotate the keys, due: "+c.due+", status: "+c.status+"}\n  last_review")
			want := []string{}
			if c.want != "" {
				want = append(want, c.want)
			}
			gatetest.Diff(t, c.why+", "+status, want, gatetest.Findings(t, f, gatetest.Today, gatetest.Repository))
		}
	}
	f := gatetest.World(t, "  last_review", "  conditions:\n    - {id: keys, text: Rotate the keys, due: 2026-11-22, status: open}\n    - {id: logs, text: Send logs, due: 2026-11-21, status: open}\n  last_review")
	gatetest.Diff(t, "two, by id", []string{
		"error " + at + "was due on 2026-11-22 (1 day ago)",
		`error VG-APR-005 vendors.yaml:5:9 condition "Send logs" of the approval of "acme-pay" was due on 2026-11-21 (2 days ago)`,
	}, gatetest.Findings(t, f, gatetest.Today, gatetest.Repository))
	gatetest.Diff(t, "related", []string{
		"registry/vendors/acme-pay.yaml:12:46 the last day of the condition", "registry/vendors/acme-pay.yaml:13:40 the last day of the condition",
	}, gatetest.Related(gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository), "VG-APR-005"))
}

func TestApprovalDates(t *testing.T) {
	t.Parallel()
	const invalid = `error VG-APR-004 vendors.yaml:5:9 the approval of "acme-pay" is not valid: `
	long := func(from, to string, tier int, most string) string {
		return fmt.Sprintf("%sit runs from %s to %s, but a tier-%d use can be approved for at most %s", invalid, from, to, tier, most)
	}
	for _, c := range []struct {
		why            string
		tier           int
		approved, ends string
		asOf, zone     string
		want           []string
	}{
		{"exactly the longest", 2, "2026-06-01", "2027-06-01", gatetest.Today, "UTC", nil},
		{"one day more", 2, "2026-06-01", "2027-06-02", gatetest.Today, "UTC", []string{long("2026-06-01", "2027-06-02", 2, "12 months")}},
		{"tier 1, one day more", 1, "2026-06-01", "2027-06-02", gatetest.Today, "UTC", []string{long("2026-06-01", "2027-06-02", 1, "12 months")}},
		{"tier 3, the longest", 3, "2026-06-01", "2028-06-01", gatetest.Today, "UTC", nil},
		{"tier 3, one day more", 3, "2026-06-01", "2028-06-02", gatetest.Today, "UTC", []string{long("2026-06-01", "2028-06-02", 3, "24 months")}},
		{"tier 4, the longest", 4, "2026-06-01", "2029-06-01", gatetest.Today, "UTC", nil},
		{"tier 4, one day more", 4, "2026-06-01", "2029-06-02", gatetest.Today, "UTC", []string{long("2026-06-01", "2029-06-02", 4, "36 months")}},
		{"from a leap day, the longest", 2, "2028-02-29", "2029-02-28", "2028-06-01", "UTC", nil},
		{"from a leap day, one day more", 2, "2028-02-29", "2029-03-01", "2028-06-01", "UTC", []string{long("2028-02-29", "2029-03-01", 2, "12 months")}},
		{"approved today", 2, "2026-11-23", "2027-06-01", gatetest.Today, "UTC", nil},
		{"approved tomorrow", 2, "2026-11-24", "2027-06-01", gatetest.Today, "UTC", []string{invalid + "it is dated 2026-11-24, which is in the future"}},
		{"approved tomorrow, today in Auckland", 2, "2026-11-24", "2027-06-01", "2026-11-23T11:00:00Z", "Pacific/Auckland", nil},
		{"approved today, tomorrow in Los Angeles", 2, "2026-11-24", "2027-06-01", "2026-11-24T07:59:59Z", "America/Los_Angeles", []string{invalid + "it is dated 2026-11-24, which is in the future"}},
		{"ends before it begins", 2, "2026-11-23", "2026-11-22", "2026-11-23", "UTC", []string{
			`error VG-APR-002 vendors.yaml:5:9 the approval of "acme-pay" expired on 2026-11-22 (1 day ago)`,
			`error VG-REG-003 vendors.yaml:5:9 the record of "acme-pay": approval.expires is 2026-11-22, before approval.approved_on, which is 2026-11-23`,
		}},
		{"begins and ends on one day", 2, "2026-11-23", "2026-11-23", "2026-11-23", "UTC", []string{
			`warning VG-APR-002 vendors.yaml:5:9 the approval of "acme-pay" expires on 2026-11-23 (today)`,
		}},
	} {
		f := gatetest.Tiered(t, c.tier, "approved_on: 2026-06-01", "approved_on: "+c.approved, "expires: 2027-05-31", "expires: "+c.ends, "\n  last_review: 2026-06-01", "").
			Rules("timezone: " + c.zone + "\n")
		gatetest.Diff(t, c.why, append([]string{}, c.want...), gatetest.Findings(t, f, c.asOf, gatetest.Repository))
	}
	for why, c := range map[string]struct {
		pairs, want []string
	}{
		"no end":       {[]string{"  expires: 2027-05-31\n", ""}, []string{invalid + "it has no end date (approval.expires)"}},
		"no beginning": {[]string{"  approved_on: 2026-06-01\n", ""}, []string{invalid + "it has no approval date (approval.approved_on)"}},
		"nobody":       {[]string{"  approved_by: [{user: a.ferreira, role: security-architect}]\n", ""}, []string{invalid + "it has no approvers, but a tier-2 use needs 1"}},
	} {
		gatetest.Diff(t, why, c.want, gatetest.Findings(t, gatetest.World(t, c.pairs...), gatetest.Today, gatetest.Repository))
	}
}

// TestApprovers: who counts, and how many must.
func TestApprovers(t *testing.T) {
	t.Parallel()
	const invalid = `error VG-APR-004 vendors.yaml:5:9 the approval of "acme-pay" is not valid: `
	const listed = "approvers: {security-architect: [a.ferreira, k.nakagawa], privacy-officer: [m.oduya]}\n"
	const team = "approvers: {security-architect: [\"@acme/security\", \"@k.nakagawa\"]}\n"
	const two = "params: {approvers_needed: {tier-2: 2}}\n"
	for _, c := range []struct {
		why, rules, by string
		want           []string
	}{
		{"anyone, if the policy lists nobody", "", "[{user: eve, role: boss}]", nil},
		{"listed", listed, "[{user: a.ferreira, role: security-architect}]", nil},
		{"listed in another role", listed, "[{user: m.oduya, role: security-architect}]", []string{invalid + "the policy does not let m.oduya approve as security-architect"}},
		{"unknown role", listed, "[{user: a.ferreira, role: boss}]", []string{invalid + "the policy does not let a.ferreira approve as boss"}},
		{"one of two does not count", listed, "[{user: a.ferreira, role: security-architect}, {user: eve, role: security-architect}]", []string{invalid + "the policy does not let eve approve as security-architect"}},
		{"a role without users", "approvers: {security-architect: []}\n", "[{user: a.ferreira, role: security-architect}]", []string{invalid + "the policy does not let a.ferreira approve as security-architect"}},
		{"for a listed team", team, "[{user: eve, role: security-architect, team: \"@acme/security\"}]", nil},
		{"for a listed team in other words", team, "[{user: eve, role: security-architect, team: Acme/Security}]", nil},
		{"a user beside a team", team, "[{user: k.nakagawa, role: security-architect}]", nil},
		{"without the team", team, "[{user: eve, role: security-architect}]", []string{invalid + "the policy does not let eve approve as security-architect without a team (team: @acme/security)"}},
		{"for another team", team, "[{user: eve, role: security-architect, team: acme/shop}]", []string{invalid + "the policy does not let eve approve as security-architect for the team acme/shop"}},
		{"for the team of another organisation", team, "[{user: eve, role: security-architect, team: mallory/security}]", []string{invalid + "the policy does not let eve approve as security-architect for the team mallory/security"}},
		{"for a team in another role", team, "[{user: eve, role: boss, team: acme/security}]", []string{invalid + "the policy does not let eve approve as boss for the team acme/security"}},
		{"two of two", two, "[{user: a.ferreira, role: x}, {user: m.oduya, role: x}]", nil},
		{"one person twice", two, "[{user: a.ferreira, role: x}, {user: a.ferreira, role: boss}]", []string{invalid + "it has 1 approver, but a tier-2 use needs 2"}},
		{"none needed", "params: {approvers_needed: 0}\n", "[]", nil},
	} {
		f := gatetest.World(t, "[{user: a.ferreira, role: security-architect}]", c.by).Rules(c.rules)
		gatetest.Diff(t, c.why, append([]string{}, c.want...), gatetest.Findings(t, f, gatetest.Today, gatetest.Repository))
	}
	r := gatetest.Evaluate(t, gatetest.World(t, "a.ferreira", "eve").Rules(listed), gatetest.Today, gatetest.Repository)
	gatetest.Diff(t, "related", []string{
		"registry/vendors/acme-pay.yaml:8:16 the approval", "registry/vendors/acme-pay.yaml:8:24 the approver",
	}, gatetest.Related(r, "VG-APR-004"))
}

// An approval counts as a review. Whatever day of the past the record gives for the last review, leaving it out helps in no verdict.
func TestLeavingOutTheReview(t *testing.T) {
	t.Parallel()
	weigh := func(r gate.Result) (n int) {
		for _, f := range r.Findings {
			n += int(f.Severity)
		}
		return n
	}
	days := []string{"2024-02-29", "2025-11-22", "2025-11-23", "2025-11-24", "2026-05-31", "2026-06-01", "2026-06-02", "2026-11-22", gatetest.Today}
	for _, approved := range []string{"2026-03-01", "2026-06-01", gatetest.Today} {
		for _, cadence := range []string{"P1M", "P3M", "P6M", "P12M"} {
			for _, reviewed := range days {
				const incident = "incidents: [{date: 2026-04-01, severity: sev1, resolved_on: 2026-07-01}]\nname: Acme"
				edits := []string{"approved_on: 2026-06-01", "approved_on: " + approved, "name: Acme", incident, "last_review: 2026-06-01\n"}
				with := weigh(gatetest.Evaluate(t, gatetest.World(t, append(edits, "last_review: "+reviewed+"\n  review_cadence: "+cadence+"\n")...), gatetest.Today, gatetest.Repository))
				without := weigh(gatetest.Evaluate(t, gatetest.World(t, append(edits, "review_cadence: "+cadence+"\n")...), gatetest.Today, gatetest.Repository))
				if without < with {
					t.Errorf("approved on %s, reviewed on %s every %s: leaving the review out improves %d to %d", approved, reviewed, cadence, with, without)
				}
			}
		}
	}
}
