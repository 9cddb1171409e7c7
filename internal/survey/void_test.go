package survey_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/lint"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/survey"
)

// tierScopes are data classes of a record by its tier: alone, so that every use has that tier, and with more sensitive ones.
var tierScopes = map[int][]string{
	1: {"financial"}, 2: {"personal", "personal, financial"}, 3: {"internal", "internal, personal, financial"}, 4: {"public", "public, financial"},
}

// scoped is the plain world with a record of a tier and scope, also outside production if there is more than one class of data.
func scoped(t *testing.T, tier int, scope string, pairs ...string) gatetest.Files {
	t.Helper()
	environments := "[dev, staging, prod]"
	if !strings.Contains(scope, ",") {
		environments = "[prod]"
	}
	return gatetest.World(t, append(pairs, "tier: 2", fmt.Sprintf("tier: %d", tier), "[public, synthetic, internal, personal, financial]", "["+scope+"]", "[dev, staging, prod]", environments)...)
}

// usesOf are a world with each use that a scope allows, the widest last.
func usesOf(t *testing.T, f gatetest.Files, scope string) (out []gatetest.Files) {
	t.Helper()
	out = append(out, f.Using(t, "[personal]", "[none]"))
	if strings.Contains(scope, ",") {
		out = append(out, f.Using(t, "[personal]", "[none]", "[prod]", "[dev]"))
	}
	for class := range strings.SplitSeq(scope, ", ") {
		out = append(out, f.Using(t, "[personal]", "["+class+"]"))
	}
	return out
}

// onDay is a check of a world as of a day of its policy.
func onDay(t *testing.T, f gatetest.Files, day scalar.Date) gate.Input {
	t.Helper()
	in := gatetest.Input(t, f, gatetest.Today, gatetest.Repository)
	in.AsOf = day.Start(in.Policy.Zone)
	return in
}

// shown is what forecast, calendar and renewal of a world show on a day of a file or attribute.
type shown struct {
	forecast, calendar, renewal string // last days to come; empty for none
	invalid                     bool   // the renewal says that it does not count now
}

func show(t *testing.T, f gatetest.Files, kind inventory.Kind, path string) (out shown) {
	t.Helper()
	in := gatetest.Input(t, f, gatetest.Today, gatetest.Repository)
	inv, err := survey.Of(in.Policy, in.Registry, in.AsOf)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range inv.Lapses {
		if l.Kind == kind && !l.Past {
			out.forecast += l.Last.String()
		}
	}
	for event := range strings.SplitSeq(ics(t, &inv), "BEGIN:VEVENT") {
		if _, day, _ := strings.Cut(event, "DTSTART;VALUE=DATE:"); strings.Contains(event, "CATEGORIES:"+string(kind)+"\r\n") && day[:8] >= strings.ReplaceAll(gatetest.Today, "-", "") {
			out.calendar += day[:4] + "-" + day[4:6] + "-" + day[6:8]
		}
	}
	v, err := in.Registry.Vendor("acme-pay")
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range survey.Renew(in.Policy, in.Registry, survey.Question{Vendor: v}, in.AsOf).Tasks {
		switch {
		case task.Path == path && task.State == survey.DueSoon:
			out.renewal += task.Last.String()
		case task.Path == strings.TrimSuffix(path, ".expires") && (task.State == survey.Invalid || task.Rule == rules.RecordContradicts):
			out.invalid = true
		}
	}
	return out
}

// lints reports whether a lint of the registry of a world finds more than a note for a rule.
func lints(t *testing.T, f gatetest.Files, rule string) bool {
	t.Helper()
	files := fstest.MapFS{}
	for name, text := range f {
		if rest, ok := strings.CutPrefix(name, "registry/"); ok {
			files[rest] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	l := lint.New(lint.Input{Files: registry.AsData(source.New("registry", "", files), source.New("e", "", fstest.MapFS{})), Policy: gatetest.Load(t, f["registry/policy.yaml"]), AsOf: gatetest.Instant(t, gatetest.Today), Version: "0.1.0"})
	var all []lint.Linted
	for _, name := range l.Names() {
		all = append(all, l.File(name))
	}
	return slices.ContainsFunc(l.Conclude(all).Findings, func(f diag.Finding) bool { return f.Rule == rule && f.Severity > diag.Note })
}

// TestWaiversThatCount: forecast, calendar and renewal show the last day on which a check applies a waiver to any use of its vendor.
// If no check does, they show none, and lint and renewal say so.
func TestWaiversThatCount(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	lastApplied := func(t *testing.T, worlds []gatetest.Files, expires string) (last string) {
		t.Helper()
		end := gatetest.Date(t, expires)
		days := []scalar.Date{gatetest.Date(t, gatetest.Today), end, end.Plus(scalar.Period{Days: 1})}
		for _, f := range worlds {
			for _, day := range days {
				found := gate.Evaluate(onDay(t, f, day)).Findings
				if day.String() >= gatetest.Today && slices.ContainsFunc(found, func(f diag.Finding) bool { return f.Waiver == "WVR-1" }) {
					last = max(last, day.String())
				}
			}
		}
		return last
	}
	applied, void := 0, 0
	for tier, scopes := range tierScopes {
		for _, scope := range scopes {
			for _, c := range []struct{ status, rules, policy string }{
				{"status: approved", "VG-APR-002", ""},
				{"status: approved", "VG-APR-002", "rules: {VG-APR-002: {severity: off}}\n"},
				{"status: approved", "VG-APR-002", "rules: {VG-APR-002: {tiers: [3, 4]}}\n"},
				{"status: approved", "VG-APR-002", "rules: {VG-APR-002: {tiers: [1, 2]}}\n"},
				{"status: approved", "VG-APR-002, VG-ENC-001", ""},
				{"status: approved", "VG-APR-002, NOBODY", "requirements: [{id: NOBODY, attr: risk.tier, in: [1], severity: off}]\n"},
				{"status: in-review", "VG-APR-001", ""},
				{"status: in-review", "VG-APR-002", ""},
				{"status: denied\nstatus_reason: Unsafe", "VG-APR-001", ""},
				{"status: suspended\nstatus_reason: Breach", "VG-APR-001, VG-APR-002", ""},
				{"category: payments", "VG-APR-002", ""},
			} {
				for i, dates := range [][2]string{
					{"2026-11-01", "2026-11-20"}, {"2026-11-01", "2026-12-01"}, {"2026-11-01", "2027-01-30"}, {"2026-11-01", "2027-02-10"}, {"2026-11-01", "2027-12-31"}, {"2026-11-30", "2026-12-20"}, {"2026-11-30", "2027-12-20"},
				} {
					who := []string{"s.marchetti", "a.ferreira"}[i/6*tier/4]
					what := fmt.Sprintf("tier %d, scope %s, %+v, %v, asked by %s", tier, scope, c, dates, who)
					status := c.status
					if status == "category: payments" {
						status = ""
					}
					f := scoped(t, tier, scope, "status: approved\n", strings.TrimLeft(status+"\n", "\n"), "expires: 2027-05-31", "expires: 2026-11-20").
						Rules("params: {warn_before_waiver_end: P50Y}\ntimezone: " + []string{"UTC", "Pacific/Auckland", "America/Los_Angeles", "Pacific/Kiritimati"}[i%4] + "\n" + c.policy).
						With(gatetest.Files{"registry/waivers/WVR-1.yaml": gatetest.Edit(t, gatetest.PlainWaiver, "[VG-APR-002]", "["+c.rules+"]", "approved_on: 2026-11-01", "approved_on: "+dates[0], "expires: 2026-12-31", "expires: "+dates[1], "s.marchetti", who)})
					want, got := lastApplied(t, usesOf(t, f, scope), dates[1]), show(t, f, inventory.Waiver, "waivers[WVR-1].expires")
					over := dates[1] < gatetest.Today
					if got.forecast != want || got.calendar != want || got.renewal != want {
						t.Errorf("%s: a check applies it through %q, but got %+v", what, want, got)
					}
					if got.invalid != (want == "" && !over) {
						t.Errorf("%s: a check applies it through %q, and the renewal says that it does not count: %v", what, want, got.invalid)
					}
					if linted := lints(t, f, rules.WaiverInvalid); want == "" && !over && !linted {
						t.Errorf("%s: no check applies it, and lint says nothing", what)
					}
					if want == "" {
						void++
					} else {
						applied++
					}
				}
			}
		}
	}
	if applied < 50 || void < 50 {
		t.Errorf("%d waivers are applied and %d are not", applied, void)
	}
}

// TestWaiverOfUseOutsideScope: a waiver of a use in production counts, although the scope does not allow one.
func TestWaiverOfUseOutsideScope(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t, "[dev, staging, prod]", "[dev]", "[public, synthetic, internal, personal, financial]", "[synthetic]").Using(t, "[personal]", "[synthetic]").
		Rules("params: {warn_before_waiver_end: P50Y}\nrules: {VG-SCP-002: {tiers: [1, 2]}}\n").
		With(gatetest.Files{"registry/waivers/WVR-1.yaml": gatetest.Edit(t, gatetest.PlainWaiver, "VG-APR-002", "VG-SCP-002")})
	if found := gate.Evaluate(gatetest.Input(t, f, gatetest.Today, gatetest.Repository)).Findings; !slices.ContainsFunc(found, func(f diag.Finding) bool { return f.Waiver == "WVR-1" }) {
		t.Errorf("no check applies the waiver: %v", found)
	}
	if got, last := show(t, f, inventory.Waiver, "waivers[WVR-1].expires"), "2026-12-31"; got != (shown{forecast: last, calendar: last, renewal: last}) || lints(t, f, rules.WaiverInvalid) {
		t.Errorf("got %+v, want the last day %s", got, last)
	}
}

// TestApprovalsThatCount: forecast, calendar and renewal show the last day on which a check of the widest use finds nothing wrong with
// an approval. If it finds that the approval is not valid, they show none, and lint and renewal say so.
func TestApprovalsThatCount(t *testing.T) {
	t.Parallel()
	for tier, scopes := range tierScopes {
		for _, scope := range scopes {
			for _, expires := range []string{"2026-11-30", "2027-05-31", "2027-06-01", "2027-06-02", "2028-06-01", "2028-06-02", "2029-06-01", "2029-06-02"} {
				for _, more := range []string{"", "rules: {VG-APR-004: {severity: warning}}\n", "rules: {VG-APR-004: {severity: {tier-1: note, tier-2: note}}}\n", "timezone: Pacific/Kiritimati\n"} {
					what := fmt.Sprintf("tier %d, scope %s, until %s, %q", tier, scope, expires, more)
					f := scoped(t, tier, scope, "expires: 2027-05-31", "expires: "+expires).
						Rules("params: {warn_before_lapse: P50Y}\n" + more)
					worlds := usesOf(t, f, scope)
					widest := worlds[len(worlds)-1]
					fails := func(day scalar.Date) bool {
						found := gate.Evaluate(onDay(t, widest, day)).Findings
						return slices.ContainsFunc(found, func(f diag.Finding) bool {
							return f.Severity == diag.Error && (f.Rule == rules.ApprovalLapsed || f.Rule == rules.ApprovalInvalid)
						})
					}
					want, end := "", gatetest.Date(t, expires)
					if !fails(gatetest.Date(t, gatetest.Today)) {
						want = expires
						if fails(end) || !fails(end.Plus(scalar.Period{Days: 1})) {
							t.Errorf("%s: it is not the last day", what)
						}
					}
					got := show(t, f, inventory.Approval, "approval.expires")
					if got.forecast != want || got.calendar != want || got.renewal != want {
						t.Errorf("%s: a check passes through %q, but got %+v", what, want, got)
					}
					if linted := lints(t, f, rules.ApprovalInvalid); want == "" && (!got.invalid || !linted) {
						t.Errorf("%s: a check fails now; lint says so: %v, the renewal says so: %v", what, linted, got.invalid)
					}
				}
			}
		}
	}
}

// TestWaiverOfUnreadRecord: while the record of its vendor cannot be read, the last day of a waiver is shown, because nobody knows
// whether a check will apply it.
func TestWaiverOfUnreadRecord(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"acme-pay": "2026-12-31", "acme-maps": ""} {
		f := gatetest.World(t, "name:", "colour:").With(gatetest.Files{"registry/waivers/WVR-1.yaml": gatetest.Edit(t, gatetest.PlainWaiver, "acme-pay", name)})
		inv, got := take(t, f), ""
		for _, l := range inv.Lapses {
			got += l.Last.String()
		}
		if got != want {
			t.Errorf("a waiver of %s: the forecast shows %q, want %q", name, got, want)
		}
	}
}

// TestReviewInTheFuture: a review that has not been yet does not set the day of the next one.
func TestReviewInTheFuture(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]shown{
		gatetest.Today: {forecast: "2027-11-23", calendar: "2027-11-23", renewal: "2027-11-23"},
		"2026-11-24":   {invalid: true},
	} {
		f := gatetest.World(t, "last_review: 2026-06-01", "last_review: "+day).Rules("params: {warn_before_lapse: P50Y}\n")
		got := show(t, f, inventory.Review, "approval.last_review")
		if got != want || lints(t, f, rules.RecordContradicts) != want.invalid {
			t.Errorf("reviewed on %s: got %+v, want %+v", day, got, want)
		}
	}
}
