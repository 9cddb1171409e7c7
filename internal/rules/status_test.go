package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// TestStatus is the table of what each status permits: a new and an unchanged use, in production and outside, and
// whether a waiver helps.
func TestStatus(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status              string // and more lines of the record
		newProd, newStaging string // severity of VG-APR-001; empty: none
		oldProd, oldStaging string
		waivable            bool
	}{
		{"proposed", "error", "error", "error", "error", true},
		{"in-review", "error", "error", "error", "error", true},
		{"pilot", "error", "error", "error", "error", true}, // without a pilot.until
		{"pilot\npilot: {until: 2026-11-23}", "error", "", "error", "", true},
		{"pilot\npilot: {until: 2026-11-22}", "error", "error", "error", "error", true},
		{"approved", "", "", "", "", true},
		{"conditional", "", "", "", "", true},
		{"deprecated", "error", "error", "warning", "warning", true},
		{"deprecated\nsunset: 2026-11-23", "error", "error", "warning", "warning", true},
		{"deprecated\nsunset: 2026-11-22", "error", "error", "error", "error", true},
		{"suspended", "error", "error", "error", "error", false},
		{"denied", "error", "error", "error", "error", false},
		{"retired", "error", "error", "error", "error", false},
	} {
		f := gatetest.World(t, "status: approved", "status: "+c.status, "scope:\n", "scope:\n  repos: [acme/shop]\n")
		f["registry/waivers/WVR-1.yaml"] = gatetest.Edit(t, gatetest.PlainWaiver, "VG-APR-002", "VG-APR-001")
		staging := f.Using(t, "[prod]", "[staging]", "[personal]", "[synthetic]")
		for name, use := range map[string]struct {
			gatetest.Files
			want string
		}{
			"new, prod": {f, c.newProd}, "new, staging": {staging, c.newStaging},
			"unchanged, prod": {f.Unchanged(), c.oldProd}, "unchanged, staging": {staging.Unchanged(), c.oldStaging},
		} {
			name = fmt.Sprintf("%q, %s", c.status, name)
			without := use.With(nil)
			delete(without, "registry/waivers/WVR-1.yaml")
			want := ""
			if use.want != "" {
				want = use.want + " VG-APR-001"
			}
			if got := gatetest.Short(gatetest.Evaluate(t, without, gatetest.Today, gatetest.Repository)); got != want {
				t.Errorf("%s: got %q, want %q", name, got, want)
			}
			waived, unwaived := false, false
			for _, g := range gatetest.Evaluate(t, use.Files, gatetest.Today, gatetest.Repository).Findings {
				if g.Rule == "VG-APR-001" {
					waived, unwaived = waived || g.Waived(), unwaived || !g.Waived()
				}
			}
			if want := use.want != "" && c.waivable; waived != want || unwaived != (use.want != "" && !c.waivable) {
				t.Errorf("%s, with a waiver: got waived %v, unwaived %v, want waived %v", name, waived, unwaived, want)
			}
		}
	}
}

func TestStatusMessages(t *testing.T) {
	t.Parallel()
	const at, has = ` VG-APR-001 vendors.yaml:5:9 "acme-pay" is `, ` VG-APR-001 vendors.yaml:5:9 "acme-pay" has been `
	for _, c := range []struct {
		why        string
		record     []string
		use        []string
		old        bool
		want, hint string
	}{
		{"proposed", []string{"status: approved", "status: proposed"}, nil, false, "error" + at + "proposed", "Wait for the security team to decide. If it is urgent, ask for a waiver."},
		{
			"in review, since and where",
			[]string{"status: approved", "status: in-review\nstatus_since: 2026-11-01", "  last_review", "  decision_ref: https://t.example/7\n  last_review"},
			nil, false,
			"error" + has + "in-review since 2026-11-01", "Wait for the security team to decide. https://t.example/7 tracks the decision. If it is urgent, ask for a waiver.",
		},
		{
			"suspended, why, secrets, instead",
			[]string{"status: approved", "status: suspended\nstatus_since: 2026-11-20\nstatus_reason: their keys leaked\nreplaced_by: other-pay"},
			[]string{"data:", "secrets: [PAY_KEY, PAY_HOOK]\n    data:"},
			true,
			"error" + has + "suspended since 2026-11-20: their keys leaked", "Stop all calls, rotate PAY_KEY, PAY_HOOK, and wait for the security team to lift the suspension. Use other-pay instead.",
		},
		{"denied", []string{"status: approved", "status: denied"}, nil, false, "error" + at + "denied", "Remove the vendor, and ask the security team for an alternative."},
		{"retired, instead", []string{"status: approved", "status: retired\nreplaced_by: other-pay"}, nil, false, "error" + at + "retired", "Remove the vendor. Use other-pay instead."},
		{"deprecated, new", []string{"status: approved", "status: deprecated"}, nil, false, "error" + at + "deprecated; this use is new or changed", "Ask a.ferreira (security-architect) for a vendor to start with instead. If it is urgent, ask for a waiver."},
		{"deprecated, new, instead", []string{"status: approved", "status: deprecated\nreplaced_by: other-pay"}, nil, false, "error" + at + "deprecated; this use is new or changed", "Start with other-pay instead. If it is urgent, ask for a waiver."},
		{"deprecated, old", []string{"status: approved", "status: deprecated\nreplaced_by: other-pay"}, nil, true, "warning" + at + "deprecated", "Plan the migration with a.ferreira (security-architect). Use other-pay instead. If it is urgent, ask for a waiver."},
		{"deprecated, new, with a sunset", []string{"status: approved", "status: deprecated\nsunset: 2026-11-24"}, nil, false, "error" + at + "deprecated; its last day is 2026-11-24 (tomorrow); this use is new or changed", "Ask a.ferreira (security-architect) for a vendor to start with instead. If it is urgent, ask for a waiver."},
		{"deprecated, old, the last day", []string{"status: approved", "status: deprecated\nsunset: 2026-11-23"}, nil, true, "warning" + at + "deprecated; its last day is 2026-11-23 (today)", "Plan the migration with a.ferreira (security-architect). If it is urgent, ask for a waiver."},
		{"deprecated, old, over", []string{"status: approved", "status: deprecated\nsunset: 2026-11-22"}, nil, true, "error" + at + "deprecated; its last day was 2026-11-22 (1 day ago)", "Stop using it now, and ask a.ferreira (security-architect) for help. If it is urgent, ask for a waiver."},
	} {
		f := gatetest.World(t, c.record...).Using(t, c.use...).With(gatetest.Files{"registry/vendors/other-pay.yaml": gatetest.Edit(t, gatetest.PlainRecord, "id: acme-pay", "id: other-pay")})
		if c.old {
			f = f.Unchanged()
		}
		r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)
		gatetest.Diff(t, c.why, []string{c.want}, gatetest.Lines(r))
		if len(r.Findings) > 0 && r.Findings[0].Hint != c.hint {
			t.Errorf("%s: got hint %q, want %q", c.why, r.Findings[0].Hint, c.hint)
		}
	}
	f := gatetest.World(t, "status: approved", "status: proposed").Rules("contact: \"#vendors\"\n")
	if got, want := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository).Findings[0].Hint, "Wait for #vendors to decide. If it is urgent, ask for a waiver."; got != want {
		t.Errorf("hint with a contact: got %q, want %q", got, want)
	}
	gatetest.Diff(t, "related", []string{"registry/vendors/acme-pay.yaml:6:9 the status", "registry/vendors/acme-pay.yaml:7:9 the last day"},
		gatetest.Related(gatetest.Evaluate(t, gatetest.World(t, "status: approved", "status: deprecated\nsunset: 2026-11-22"), gatetest.Today, gatetest.Repository), "VG-APR-001"))
}

// TestReplacementIsPermitted: a hint names no vendor whose own record forbids the use.
func TestReplacementIsPermitted(t *testing.T) {
	t.Parallel()
	const ask, start = "Ask a.ferreira (security-architect) for a vendor to start with instead.", "Start with new-pay instead."
	for _, c := range []struct {
		edits []string // of the record of the replacement; nil: it has none
		want  string
	}{
		{nil, ask},
		{[]string{"status: approved", "status: approved"}, start},
		{[]string{"status: approved", "status: conditional"}, start},
		{[]string{"status: approved", "status: suspended"}, ask},
		{[]string{"status: approved", "status: denied"}, ask},
		{[]string{"status: approved", "status: proposed"}, ask},
		{[]string{"status: approved", "status: deprecated"}, ask},
		{[]string{"status: approved", "status: aproved"}, ask},
		{[]string{"2027-05-31", "2026-11-22"}, ask},
		{[]string{"2027-05-31", "2026-11-23"}, start},
		{[]string{"last_review: 2026-06-01", "last_review: 2024-06-01", "approved_on: 2026-06-01", "approved_on: 2024-06-01"}, ask},
		{[]string{"personal, ", ""}, ask},
		{[]string{", prod]", "]"}, ask},
		{[]string{"scope:\n", "scope:\n  repos: [acme/other]\n"}, ask},
		{[]string{"scope:\n", "scope:\n  repos: [acme/*]\n"}, start},
		{[]string{"scope:\n", "scope:\n  teams: [team-other]\n"}, ask},
	} {
		f := gatetest.World(t, "status: approved", "status: deprecated\nreplaced_by: new-pay")
		if c.edits != nil {
			f = f.With(gatetest.Files{"registry/vendors/new-pay.yaml": gatetest.Edit(t, gatetest.PlainRecord, append([]string{"id: acme-pay", "id: new-pay"}, c.edits...)...)})
		}
		if got := gatetest.One(t, gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository), "VG-APR-001").Hint; !strings.HasPrefix(got, c.want) {
			t.Errorf("%q: got the hint %q, want %q", c.edits, got, c.want)
		}
	}
}

// TestNamedApproversMayApprove: a hint sends nobody to an approver whose approval the policy does not count.
func TestNamedApproversMayApprove(t *testing.T) {
	t.Parallel()
	for approvers, want := range map[string]string{
		"[k.nakagawa]":             "The security team must renew the approval",
		"[k.nakagawa, a.ferreira]": "a.ferreira (security-architect) must renew the approval",
	} {
		f := gatetest.World(t, "2027-05-31", "2026-11-20").Rules("approvers:\n  security-architect: " + approvers + "\n")
		if got := gatetest.One(t, gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository), "VG-APR-002").Hint; !strings.HasPrefix(got, want) {
			t.Errorf("%s: got the hint %q, want %q", approvers, got, want)
		}
	}
}

func TestPilot(t *testing.T) {
	t.Parallel()
	const outside = `error VG-APR-001 vendors.yaml:5:9 "acme-pay" is in a pilot that does not cover this use: `
	plain := gatetest.World(t, "status: approved", "status: pilot\npilot: {until: 2026-11-23}", "scope:\n", "scope:\n  repos: [acme/sh*]\n", "  approved_on: 2026-06-01\n  expires: 2027-05-31\n", "").
		Using(t, "[prod]", "[staging]", "[personal]", "[synthetic, public]")
	for _, c := range []struct {
		why, repository, asOf string
		use                   []string
		want                  []string
	}{
		{"inside", gatetest.Repository, gatetest.Today, nil, nil},
		{"no data", gatetest.Repository, gatetest.Today, []string{"[synthetic, public]", "[none]"}, nil},
		{"last second", gatetest.Repository, "2026-11-23T23:59:59Z", nil, nil},
		{"over", gatetest.Repository, "2026-11-24T00:00:00Z", nil, []string{outside + "it ended on 2026-11-23"}},
		{"production too", gatetest.Repository, gatetest.Today, []string{"[staging]", "[staging, prod]"}, []string{outside + "it excludes production"}},
		{"real data", gatetest.Repository, gatetest.Today, []string{"[synthetic, public]", "[synthetic, internal]"}, []string{outside + "it excludes internal data"}},
		{"another repository", "acme/api", gatetest.Today, nil, []string{outside + "scope.repos does not include acme/api"}},
		{"unknown repository", "", gatetest.Today, nil, []string{outside + "scope.repos does not include this repository, whose name is unknown"}},
		{"all at once", "acme/api", "2026-11-30", []string{"[staging]", "[prod]", "[synthetic, public]", "[personal, internal]"}, []string{
			outside + "it excludes production; it excludes personal data; it excludes internal data; scope.repos does not include acme/api; it ended on 2026-11-23",
		}},
		{"outside the scope of environments", gatetest.Repository, gatetest.Today, []string{"[staging]", "[sandbox]"}, []string{
			`error VG-SCP-002 vendors.yaml:7:20 "acme-pay" is not approved for sandbox (approved: dev, staging, prod)`,
		}},
	} {
		gatetest.Diff(t, c.why, append([]string{}, c.want...), gatetest.Findings(t, plain.Using(t, c.use...), c.asOf, c.repository))
	}
	record := plain["registry/vendors/acme-pay.yaml"]
	for why, c := range map[string]struct{ edit, want, hint string }{
		"no end":     {"pilot: {until: 2026-11-23}\n", outside + "it has no end date (pilot.until)", "Ask a.ferreira (security-architect) to set its last day (pilot.until) in registry/vendors/acme-pay.yaml."},
		"no scope":   {"  repos: [acme/sh*]\n", outside + "no repository is named for it (scope.repos)", "Ask a.ferreira (security-architect) to name its repositories (scope.repos) in registry/vendors/acme-pay.yaml."},
		"no classes": {"  data_classes: [public, synthetic, internal, personal, financial]\n", "", ""},
	} {
		r := gatetest.Evaluate(t, plain.With(gatetest.Files{"registry/vendors/acme-pay.yaml": gatetest.Edit(t, record, c.edit, "")}), gatetest.Today, gatetest.Repository)
		got := gatetest.Lines(r)
		if hint := r.Findings[0].Hint; c.hint != "" && hint != c.hint+" If it is urgent, ask for a waiver." {
			t.Errorf("%s: got the hint %q", why, hint)
		}
		if why == "no classes" {
			gatetest.Diff(t, why, []string{
				`error VG-SCP-001 vendors.yaml:8:12 "acme-pay" is not approved for synthetic data (approved: none)`,
				`error VG-SCP-001 vendors.yaml:8:23 "acme-pay" is not approved for public data (approved: none)`,
			}, got)
			continue
		}
		gatetest.Diff(t, why, []string{c.want}, got)
	}
}

// TestPilotHasNoReview: what is being tried out has no review, not even one that is overdue.
func TestPilotHasNoReview(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]string{"approved": "error", "pilot\npilot: {until: 2026-11-23}": ""} {
		f := gatetest.World(t, "status: approved", "status: "+status, "approved_on: 2026-06-01", "approved_on: 2025-06-01", "last_review: 2026-06-01", "last_review: 2025-06-01")
		if got := ruling(t, f, gatetest.Today, "VG-APR-003"); got != want {
			t.Errorf("%s: got %q, want %q", status, got, want)
		}
	}
}

// TestShutOutStatusIsTheOnlyFinding: a status that settles the matter leaves nothing else to say.
func TestShutOutStatusIsTheOnlyFinding(t *testing.T) {
	t.Parallel()
	for _, status := range []string{"proposed", "in-review", "suspended", "denied", "retired"} {
		f := gatetest.World(t, "status: approved", "status: "+status, "expires: 2027-05-31", "expires: 2026-06-01", "personal, ", "", `"1.2"`, `"1.0"`)
		if got := gatetest.Short(gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)); got != "error VG-APR-001" {
			t.Errorf("%s: got %q, want only VG-APR-001", status, got)
		}
	}
}

// TestKillSwitch: a vendor that is shut out counts in unchanged uses too, and no policy can silence that.
func TestKillSwitch(t *testing.T) {
	t.Parallel()
	threshold := gate.Threshold{FailOn: diag.Error, Changed: true}
	for _, c := range []struct {
		status string
		want   bool
	}{
		{"proposed", false},
		{"in-review", false},
		{"pilot", false},
		{"approved", false},
		{"suspended", true},
		{"denied", true},
		{"retired", true},
	} {
		f := gatetest.World(t, "status: approved", "status: "+c.status).Unchanged()
		if got := threshold.Fails(gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository).Findings); got != c.want {
			t.Errorf("%s, unchanged, only changed uses count: got fails %v, want %v", c.status, got, c.want)
		}
		if c.status != "approved" && !threshold.Fails(gatetest.Evaluate(t, gatetest.World(t, "status: approved", "status: "+c.status), gatetest.Today, gatetest.Repository).Findings) {
			t.Errorf("%s, new: the gate passes", c.status)
		}
	}
	for _, weight := range []string{"{severity: off}", "{severity: {tier-3: off}}", "{tiers: [1]}"} {
		_, problems := rules.LoadPolicy("p.yaml", []byte(gatetest.PolicyHead+"rules:\n  VG-APR-001: "+weight+"\n"), "0.1.0")
		gatetest.Diff(t, weight, []string{"p.yaml:5:3 VG-APR-001 cannot be switched off | use severity note to report it without failing the check"}, gatetest.ProblemLines(problems))
	}
}

func TestVendorRows(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t, "expires: 2027-05-31", "expires: 2026-11-01")
	var list []string
	for _, status := range []string{"proposed", "suspended", "pilot", "deprecated"} {
		f["registry/vendors/"+status+".yaml"] = gatetest.Edit(t, gatetest.PlainRecord, "id: acme-pay", "id: "+status, "status: approved", "status: "+status, "last_review: 2026-06-01", "last_review: 2025-06-01")
		list = append(list, "  - {id: "+status+", purpose: A test of rows, environments: [staging], data: [public]}\n")
	}
	f["embedded/vendors/identity.yaml"] = "apiVersion: vendorgate/v1\nkind: Vendor\nid: identity\nname: Identity only\n"
	list = append(list, "  - {id: identity, purpose: A test of rows, environments: [prod], data: [public]}\n", "  - {id: nobody, purpose: A test of rows, environments: [prod], data: [public]}\n")
	f["vendors.yaml"] += strings.Join(list, "")
	r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)
	var got []string
	for _, v := range r.Vendors {
		got = append(got, fmt.Sprintf("%s %q %s %d %s %s", v.ID, v.Name, v.Status, v.Tier, v.Expires, v.Verdict))
	}
	gatetest.Diff(t, "rows", []string{
		`acme-pay "Acme Pay" approved 2 2026-11-01 pass`,
		`deprecated "Acme Pay" deprecated 4 2027-05-31 pass`,
		`identity "Identity only" unregistered 0  pass`,
		`nobody "nobody" unregistered 0  pass`,
		`pilot "Acme Pay" pilot 4 2027-05-31 pass`,
		`proposed "Acme Pay" proposed 4 2027-05-31 pass`,
		`suspended "Acme Pay" suspended 4 2027-05-31 pass`,
	}, got)
	if r.Unvetted != 4 { // identity, nobody, proposed, and pilot, whose scope names no repository
		t.Errorf("Unvetted = %d, want 4", r.Unvetted)
	}
	if r.Lapsed != 1 { // acme-pay; the reviews of tier 4 have time until 2028
		t.Errorf("Lapsed = %d, want 1", r.Lapsed)
	}
	gate.Threshold{FailOn: diag.Error}.Vendors(r.Vendors, r.Findings)
	for _, v := range r.Vendors {
		if v.Verdict != diag.Fail {
			t.Errorf("verdict on %s: got %s, want fail", v.ID, v.Verdict)
		}
	}
}
