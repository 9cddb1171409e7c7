package decision_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/decision"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/lint"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/subject"
	"github.com/vendorgate/vendorgate/internal/survey"
)

// office is where the vendor x is decided about, on the day of the tests.
func office(t *testing.T, record, policy string) decision.Office {
	t.Helper()
	known := gatetest.Open(t, gatetest.Files{
		"registry/vendors/x.yaml": "apiVersion: vendorgate/v1\nkind: Vendor\nid: x\n" + record,
		"registry/vendors/y.yaml": "apiVersion: vendorgate/v1\nkind: Vendor\nid: y\nstatus: proposed\napi_hosts: [api.y.example]\n",
	})
	p := gatetest.Load(t, gatetest.PolicyHead+policy)
	return decision.Office{
		Known: known, Files: registry.AsData(known.Tree, source.New("embedded", "", fstest.MapFS{})), Policy: p, Today: p.At(gatetest.Instant(t, gatetest.Today)), Flags: " --registry reg",
	}
}

const passing = "risk: {tier: 3}\nscope: {environments: [prod], data_classes: [internal]}\nencryption: {in_transit: {min_tls: \"1.2\"}}\n"

// Approval and review end on one day, where nobody says otherwise and the policy and the vendor last as long.
func TestLastDay(t *testing.T) {
	t.Parallel()
	const by = "approved_by: [{user: a.ferreira, role: security-architect}], approved_on: 2025-12-01, expires: 2026-11-30"
	for _, c := range []struct{ name, record, policy, until, want string }{
		{"the policy's review", "", "params: {review_cadence: {tier-3: P1Y}}\n", "", "expires 2027-11-23, review 2027-11-23"},
		{"the policy's longest term", "", "params: {approval_max_term: {tier-3: P6M}}\n", "", "expires 2027-05-23, review 2028-11-23"},
		{"the record's review", "approval: {" + by + ", review_cadence: P3M}\n", "", "", "expires 2027-02-23, review 2027-02-23"},
		{"the record's review, and a date of one", "approval: {" + by + ", review_cadence: P3M, last_review: 2026-01-01}\n", "", "", "expires 2027-02-23, review 2027-02-23"},
		{"the record's review is less often than the policy's", "approval: {" + by + ", review_cadence: P9Y}\n", "params: {review_cadence: {tier-3: P1Y}}\n", "", "expires 2027-11-23, review 2027-11-23"},
		{"the record's review at the end of a month", "approval: {" + by + ", review_cadence: P1M}\n", "", "", "expires 2026-12-23, review 2026-12-23"},
		{"the end of the vendor", "sunset: 2027-01-31\n", "", "", "expires 2027-01-31, review 2028-11-23"},
		{"somebody says otherwise", "approval: {" + by + ", review_cadence: P3M}\n", "", "2027-06-30", "expires 2027-06-30, review 2027-02-23"},
	} {
		for status, decide := range map[string]func(decision.Office, string, decision.Approval) (decision.Outcome, error){"in-review": decision.Office.Approve, "approved": decision.Office.Renew} {
			a := decision.Approval{By: []decision.Approver{{User: "a.ferreira", Role: "security-architect"}}}
			if c.until != "" {
				a.Until = gatetest.Date(t, c.until)
			}
			out, err := decide(office(t, "status: "+status+"\n"+c.record+passing, c.policy), "x", a)
			if err != nil || out.Blocked() {
				t.Errorf("%s, %s: %v %v", c.name, status, err, out.Findings)
				continue
			}
			_, review := out.Use.ReviewDue()
			if got := fmt.Sprintf("expires %s, review %s", out.Use.Attr("approval.expires").Text, review.Date); got != c.want {
				t.Errorf("%s, %s: %s, want %s\n%s", c.name, status, got, c.want, out.After)
			}
		}
	}
}

// A decision that the status does not allow is refused, with what does work.
func TestRefusals(t *testing.T) {
	t.Parallel()
	const again = "set status to in-review and status_since to 2026-11-23; after that is merged and it has been reviewed, run `vendorgate registry approve x --by USER --role ROLE --registry reg`"
	const review = "once it has been reviewed, run `vendorgate registry approve x --by USER --role ROLE --registry reg`"
	for status, want := range map[string]struct{ approve, renew string }{
		"":            {"", review},
		"proposed":    {"", review},
		"in-review":   {"", review},
		"pilot":       {"", review},
		"approved":    {"use `vendorgate registry renew x --write --registry reg`", ""},
		"conditional": {"use `vendorgate registry renew x --write --registry reg`", ""},
		"deprecated":  {"from deprecated, its status can only become retired or suspended", ""},
		"suspended":   {again, again},
		"denied":      {again, again},
		"retired":     {again, again},
	} {
		record := passing
		if status != "" {
			record = "status: " + status + "\n" + record
		}
		o := office(t, record, "")
		_, approved := o.Approve("x", decision.Approval{})
		_, renewed := o.Renew("x", decision.Approval{})
		for _, c := range []struct {
			what string
			err  error
			want string
		}{{"approve", approved, want.approve}, {"renew", renewed, want.renew}} {
			refusal := decision.Refusal{}
			if got := errors.As(c.err, &refusal); got != (c.want != "") || c.err != nil && !got || !strings.HasSuffix(refusal.Hint, c.want) {
				t.Errorf("%s %q: %v, hint %q, want %q", c.what, status, c.err, refusal.Hint, c.want)
			}
		}
	}
	if _, err := office(t, passing, "").Renew("another", decision.Approval{Until: scalar.NewDate(2027, 1, 1)}); !errors.Is(err, decision.ErrNoRecord) {
		t.Errorf("another vendor: %v", err)
	}
}

// An approval is blocked by whatever a check or a lint of the changed record would reject.
func TestLint(t *testing.T) {
	t.Parallel()
	scope := func(more string) string { return strings.Replace(passing, "[internal]}", "[internal], "+more+"}", 1) }
	for record, want := range map[string]string{
		passing:                                  "",
		scope("repos: [acme/shop]"):              "",
		scope("repos: []"):                       `VG-SCP-002 scope.repos of "x" is an empty list, which permits none`,
		scope("teams: []"):                       `VG-SCP-002 scope.teams of "x" is an empty list, which permits none`,
		scope("purposes: []"):                    `VG-SCP-002 scope.purposes of "x" is an empty list, which permits none`,
		scope("api_versions: []"):                `VG-SCP-003 scope.api_versions of "x" is an empty list, which permits none`,
		scope("hosts: []"):                       `VG-SCP-004 scope.hosts of "x" is an empty list, which permits none`,
		scope("auth_methods: []"):                `VG-SCP-004 scope.auth_methods of "x" is an empty list, which permits none`,
		scope("repos: [acme/shop.git]"):          `VG-REG-003 scope.repos has "acme/shop.git", which matches no repository: no name of a repository ends in .git`,
		scope(`teams: ["**"]`):                   `VG-REG-003 scope.teams has "**", which matches no team: ** has no meaning here`,
		"replaced_by: nosuch\n" + passing:        `VG-REG-003 replaced_by names "nosuch", which has no record`,
		"api_hosts: [api.y.example]\n" + passing: `VG-REG-003 host api.y.example also belongs to "y"`,
	} {
		for status, decide := range map[string]func(decision.Office, string, decision.Approval) (decision.Outcome, error){"in-review": decision.Office.Approve, "approved": decision.Office.Renew} {
			o := office(t, "status: "+status+"\n"+record, "")
			out, err := decide(o, "x", decision.Approval{By: []decision.Approver{{User: "a.ferreira", Role: "security-architect"}}})
			if err != nil {
				t.Errorf("%s: %v", record, err)
				continue
			}
			outcomes := []decision.Outcome{out}
			o.Lint(outcomes)
			var got []string
			for _, f := range outcomes[0].Findings {
				if outcomes[0].Fails(f) {
					got = append(got, f.Rule+" "+f.Message)
				}
			}
			if strings.Join(got, "; ") != want {
				t.Errorf("%s: got %q, want %q", record, got, want)
			}
		}
	}
}

// A decision reads few of the records, and finds about its own what a lint of all of them finds.
func TestLintOfNeighbours(t *testing.T) {
	t.Parallel()
	other := func(id, text string) string {
		return "apiVersion: vendorgate/v1\nkind: Vendor\nid: " + id + "\nstatus: approved\n" + text
	}
	for name, c := range map[string]struct {
		record string
		others map[string]string
		want   string
	}{
		"nothing":                      {"", map[string]string{"abc": "", "abd": ""}, ""},
		"a host":                       {"api_hosts: [api.x.example]\n", map[string]string{"zz-one": "api_hosts: [\"*.x.example\"]\n", "zz-two": "api_hosts: [www.x.example]\n"}, `host api.x.example also belongs to "zz-one"`},
		"a cycle":                      {"replaced_by: zz-one\n", map[string]string{"zz-one": "replaced_by: zz-two\n", "zz-two": "replaced_by: x\n"}, "the replacements form a cycle: x -> zz-one -> zz-two -> x"},
		"a cycle of others":            {"replaced_by: zz-one\n", map[string]string{"zz-one": "replaced_by: zz-two\n", "zz-two": "replaced_by: zz-one\n"}, ""},
		"a replacement that has one":   {"replaced_by: zz-one\n", map[string]string{"zz-one": "replaced_by: zz-two\n", "zz-two": ""}, ""},
		"a replacement that is denied": {"replaced_by: zz-one\n", map[string]string{"zz-one": "status: denied\n"}, `replaced_by names "zz-one", which is denied`},
		"no replacement":               {"replaced_by: zz-one\n", map[string]string{"zz-two": ""}, `replaced_by names "zz-one", which has no record`},
	} {
		files := gatetest.Files{"registry/vendors/x.yaml": other("x", c.record+passing)}
		for id, text := range c.others {
			files["registry/vendors/"+id+".yaml"] = strings.Replace(other(id, text), "status: approved\nstatus:", "status:", 1)
		}
		known := gatetest.Open(t, files)
		p := gatetest.Load(t, gatetest.PolicyHead)
		o := decision.Office{Known: known, Files: registry.AsData(known.Tree, source.New("embedded", "", fstest.MapFS{})), Policy: p, Today: p.At(gatetest.Instant(t, gatetest.Today))}
		out, err := o.Renew("x", decision.Approval{By: []decision.Approver{{User: "a.ferreira", Role: "security-architect"}}})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		outcomes := []decision.Outcome{out}
		o.Lint(outcomes)
		var got []string
		for _, f := range outcomes[0].Findings {
			got = append(got, f.Message)
		}
		linter := lint.New(lint.Input{Files: o.Files, Base: o.Files, Edits: map[string][]byte{out.Path: out.After}, Policy: p, AsOf: o.Today.Instant, Touched: true})
		var all []lint.Linted
		for _, file := range linter.Names() {
			all = append(all, linter.File(file))
		}
		var whole []string
		for _, f := range linter.Conclude(all).Findings {
			if f.Vendor == "x" && f.Severity > diag.Note {
				whole = append(whole, f.Message)
			}
		}
		if text := strings.Join(got, "; "); text != c.want || text != strings.Join(whole, "; ") {
			t.Errorf("%s: got %q, want %q; a lint of all records finds %q", name, text, c.want, whole)
		}
	}
}

// The list of what to do for a renewal names whatever a renewal today would be refused for, such as a pilot that is too old by then.
func TestRenewalListsWhatRefusesIt(t *testing.T) {
	t.Parallel()
	const approval = "status: approved\napproval: {approved_by: [{user: a.ferreira, role: security-architect}], approved_on: 2026-02-01, expires: 2026-12-31, last_review: 2026-02-01}\n"
	const pilot = "pilot:\n  period: {start: 2026-01-01, end: 2026-01-31}\n  load: {requests: 100000}\n  latency_ms: {p95: 10}\n  error_rate_pct: 0.01\n  evidence: p\n" +
		"  error_handling: {no_auth: 401, bad_token: 401, wrong_scope: 403, bad_input: 400, not_found: 404, over_limit: 429, leaks_internals: false}\n" +
		"evidence: [{id: p, type: evidence, assurance: documented, url: https://acme.example/p.pdf, issued: 2026-01-31, supports: [pilot.*]}]\n"
	const on = "rules: {VG-PIL-001: {severity: error}}\nparams: {pilot_window: "
	for _, c := range []struct{ name, record, policy, want string }{
		{"nothing", approval + passing, "", ""},
		{"a pilot that is recent enough", approval + passing + pilot, on + "P1Y}\n", ""},
		{"a pilot that will be too old", approval + passing + pilot, on + "P6M}\n", `pilot.period.end: the pilot of "x" does not meet the policy: it ended on 2026-01-31, more than 6 months before the approval on 2026-11-23`},
		{"a pilot that is too old already", strings.Replace(approval, "2026-02-01, expires", "2026-09-01, expires", 1) + passing + pilot, on + "P6M}\n", ""},
		{"an approval that cannot be renewed", strings.Replace(approval, "approved\n", "deprecated\n", 1) + passing + pilot, on + "P6M}\n", ""},
	} {
		o := office(t, c.record, c.policy)
		v, err := o.Known.Vendor("x")
		if err != nil || len(v.Problems) > 0 {
			t.Fatal(err, v.Problems)
		}
		tasks := o.Renewal(v, subject.Surroundings{}, scalar.Period{}).Tasks
		var got []string
		for _, task := range tasks {
			if task.State == survey.Refused {
				got = append(got, task.Path+": "+task.Was)
			}
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: the list says %q, want %q", c.name, got, c.want)
		}
		out, err := o.Renew("x", decision.Approval{})
		if err != nil {
			continue
		}
		for _, f := range out.Findings {
			if out.Fails(f) && !slices.ContainsFunc(tasks, func(task survey.Task) bool { return task.Rule == f.Rule }) {
				t.Errorf("%s: a renewal is refused because %s, and the list does not say so: %v", c.name, f.Message, tasks)
			}
		}
	}
}

// A waiver of another vendor covers nothing, even if it names this one.
func TestWaiversOfOthers(t *testing.T) {
	t.Parallel()
	for vendor, blocked := range map[string]bool{"x": false, "y": true} {
		waiver := gatetest.Edit(t, gatetest.PlainWaiver, "vendor: acme-pay", "vendor: "+vendor, "[acme/shop]", `["*/*"]`, "[VG-APR-002]", "[TLS13]", "Renewal is under way", "It replaces x")
		known := gatetest.Open(t, gatetest.Files{
			"registry/vendors/x.yaml":     "apiVersion: vendorgate/v1\nkind: Vendor\nid: x\nstatus: in-review\n" + passing,
			"registry/vendors/y.yaml":     "apiVersion: vendorgate/v1\nkind: Vendor\nid: y\nstatus: approved\n" + passing,
			"registry/waivers/WVR-1.yaml": waiver,
		})
		p := gatetest.Load(t, gatetest.PolicyHead+`requirements: [{id: TLS13, attr: encryption.in_transit.min_tls, gte: "1.3"}]`)
		o := decision.Office{Known: known, Files: registry.AsData(known.Tree, source.New("embedded", "", fstest.MapFS{})), Policy: p, Today: p.At(gatetest.Instant(t, gatetest.Today))}
		out, err := o.Approve("x", decision.Approval{By: []decision.Approver{{User: "a.ferreira", Role: "security-architect"}}})
		if err != nil || out.Blocked() != blocked {
			t.Errorf("a waiver of %s: %v, blocked: %v %v", vendor, err, out.Blocked(), out.Findings)
		}
	}
}
