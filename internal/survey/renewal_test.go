package survey_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/vendorgate/vendorgate/internal/brief"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/survey"
)

// renew is the renewal of a record by a policy, a line for each duty.
func renew(t *testing.T, record, text, day string) (lines []string, tier int) {
	t.Helper()
	tree := source.New("registry", "", fstest.MapFS{"vendors/acme-pay.yaml": &fstest.MapFile{Data: []byte(record)}})
	known, err := registry.Open(tree.Trust(source.BuiltIn), tree.Trust(source.BuiltIn))
	if err != nil {
		t.Fatal(err)
	}
	v, err := known.Vendor("acme-pay")
	if err != nil || len(v.Problems) > 0 {
		t.Fatal(err, v.Problems)
	}
	p, problems := rules.LoadPolicy("registry/policy.yaml", []byte(gatetest.PolicyHead+text), "0.1.0")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	instant, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	list := survey.Renew(p, known, survey.Question{Vendor: v}, instant)
	for _, d := range list.Tasks {
		lines = append(lines, fmt.Sprintf("%d %s (%s, through %s %s): %s; %s; %s", d.State, d.Path, d.Was, d.Last, d.When, d.Do, d.Proof, d.Who))
	}
	return lines, list.Tier
}

func TestRenew(t *testing.T) {
	t.Parallel()
	const noAuth = "rules: {VG-AUT-001: {severity: off}}\n"
	conditions := gatetest.Edit(t, gatetest.PlainRecord, "  last_review: 2026-06-01\n", `  last_review: 2026-06-01
  conditions:
    - {id: rotate, text: Rotate the keys, due: 2026-11-30, status: open}
    - {id: done, text: Done, due: 2026-11-01, status: met, met_on: 2026-10-30}
    - {id: late, text: Name an owner, due: 2026-11-22, status: open}
`)
	for _, test := range []struct {
		name, record, text, day string
		want                    []string
	}{
		{"nothing", gatetest.PlainRecord, noAuth, gatetest.Today, nil},
		{"the last day before the window", gatetest.PlainRecord, noAuth, "2027-04-30", nil},
		{"near the end", gatetest.PlainRecord, noAuth, "2027-05-02", []string{
			"4 approval.expires (2027-05-31, through 2027-05-31 in 29 days): Renew the approval for at most 12 months, with 1 approver.; a link to the decision (approval.decision_ref); a.ferreira (security-architect)",
			"4 approval.last_review (2026-06-01, through 2027-05-31 in 29 days): Review the vendor and set approval.last_review.; a link to the decision (approval.decision_ref); a.ferreira (security-architect)",
		}},
		{"lapsed", gatetest.PlainRecord, noAuth + "approvers: {architect: [x], boss: [y]}\ncontact: '#vendors'\n", "2027-06-01", []string{
			"0 approval (, through  ): Correct the approval: the policy does not let a.ferreira approve as security-architect.; a link to the decision (approval.decision_ref); architect, boss",
			"3 approval.expires (2027-05-31, through 2027-05-31 1 day ago): Renew the approval for at most 12 months, with 1 approver.; a link to the decision (approval.decision_ref); architect, boss",
			"3 approval.last_review (2026-06-01, through 2027-05-31 1 day ago): Review the vendor and set approval.last_review.; a link to the decision (approval.decision_ref); architect, boss",
		}},
		{"conditions", conditions, noAuth, gatetest.Today, []string{
			`3 approval.conditions[late].due (2026-11-22, through 2026-11-22 1 day ago): Meet the condition "Name an owner" and close it in the record, or move its due date.; a link to the decision (approval.decision_ref); a.ferreira (security-architect)`,
			`4 approval.conditions[rotate].due (2026-11-30, through 2026-11-30 in 7 days): Meet the condition "Rotate the keys" and close it in the record, or move its due date.; a link to the decision (approval.decision_ref); a.ferreira (security-architect)`,
		}},
		{"versions, and dates that no rule checks", gatetest.PlainRecord + `apis:
  - id: core
    versions:
      - {id: "1", status: deprecated, sunset: 2026-10-01}
      - {id: "0", status: retired, sunset: 2026-01-01}
      - {id: "2", status: current, sunset: 2029-01-01}
pilot: {until: 2026-12-01}
sunset: 2026-12-01
`, noAuth, gatetest.Today, []string{
			"3 apis[core].versions[1].sunset (2026-10-01, through 2026-10-01 53 days ago): Move every use to another version and remove this one from scope.api_versions.; its changelog, or its list of versions; the vendor (the security team must ask)",
		}},
		{"written as unknown", gatetest.Edit(t, gatetest.PlainRecord, "risk: {tier: 2}", "risk: {tier: 2, residual: unknown}"), noAuth, gatetest.Today, []string{
			"5 risk.residual (unknown, through  ): Find out and record it: critical, high, medium, low.; your own assessment; the security team",
		}},
		{"unknown", gatetest.Edit(t, gatetest.PlainRecord, `min_tls: "1.2"`, "tls13: true"), noAuth, gatetest.Today, []string{
			"5 encryption.in_transit.min_tls (unknown, through  ): Find out and record it; MIN-TLS requires it (encryption.in_transit.min_tls is known).; a scan of the API hosts; the security team",
		}},
		{"static keys", gatetest.PlainRecord + `authentication: {methods: [http-basic], scopes: {granularity: fine}, revocation: {supported: true, max_propagation: PT1M}, client_credential: {max_age: P30D, per_environment: true, ip_allowlist: unknown}}
`, "rules: {VG-AUT-001: {tiers: [1]}}\n", gatetest.Today, []string{
			"5 authentication.client_credential.ip_allowlist (unknown, through  ): Find out and record it; VG-AUT-001 requires it.; the page that describes it (links.auth_docs), or a test call; the vendor (the security team must ask)",
			"5 authentication.secret_scanning_partner (unknown, through  ): Find out and record it; VG-AUT-001 requires it.; the page that describes it (links.auth_docs), or a test call; the vendor (the security team must ask)",
		}},
		{"suspended", gatetest.Edit(t, gatetest.PlainRecord, "status: approved", "status: suspended", "risk: {tier: 2}", "risk: {tier: 2, residual: unknown}"), noAuth, "2027-06-01", nil},
		{"in review", gatetest.Edit(t, gatetest.PlainRecord, "status: approved", "status: in-review", "risk: {tier: 2}", "risk: {tier: 2, residual: unknown}"), noAuth, "2027-06-01", []string{
			"5 risk.residual (unknown, through  ): Find out and record it: critical, high, medium, low.; your own assessment; the security team",
		}},
		{"no decision", gatetest.Edit(t, gatetest.PlainRecord, "status: approved\n", ""), noAuth, gatetest.Today, []string{
			"5 status (, through  ): Approve or deny the vendor.; a link to the decision (approval.decision_ref); the security team",
		}},
		{"no end", gatetest.Edit(t, gatetest.PlainRecord, "  expires: 2027-05-31\n", ""), noAuth, gatetest.Today, []string{
			"5 approval.expires (, through  ): Set the last day of the approval, at most 12 months after approval.approved_on.; a link to the decision (approval.decision_ref); a.ferreira (security-architect)",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, tier := renew(t, test.record, test.text, test.day)
			gatetest.Diff(t, "tasks", test.want, got)
			if tier != 1 { // by the floor of financial data
				t.Errorf("tier %d, want 1", tier)
			}
		})
	}
}

func TestAsks(t *testing.T) {
	t.Parallel()
	p, problems := rules.LoadPolicy("policy.yaml", []byte(gatetest.PolicyHead+`extends: vendorgate/essentials@1
rules: {VG-AUT-001: {tiers: [1]}}
requirements:
  - {id: AT-REST, attr: encryption.at_rest.encrypted, eq: true, when: {data_class: personal}}
  - id: KEYS
    when: {category: payments, environment: prod}
    severity: {tier-3: off}
    any_of:
      - {attr: authentication.access_token_max_lifetime, lte: PT1H}
      - {attr: authentication.client_credential.max_age, lte: P180D}
`), "0.1.0")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	const tls = "VG-ENC-001 error: encryption.in_transit.min_tls [], 1.2 or 1.3"
	const http = "VG-ENC-001 error: encryption.in_transit.plaintext_http [], closed or refuse"
	both := []string{"RISK-TIER error: risk.tier [], risk.tier is known", "MIN-TLS error: encryption.in_transit.min_tls [], encryption.in_transit.min_tls is known"}
	const wants = "authentication.access_token_max_lifetime at most PT1H, or authentication.client_credential.max_age at most P180D"
	for _, test := range []struct {
		profile brief.Profile
		want    []string
	}{
		{brief.Profile{Tier: 3, Category: "payments"}, append([]string{tls, http}, both...)},
		{brief.Profile{Tier: 2, Category: "payments", Classes: []string{"personal"}}, append(append([]string{tls, http}, both...),
			"AT-REST error: encryption.at_rest.encrypted [], encryption.at_rest.encrypted is true",
			"KEYS error: authentication.access_token_max_lifetime [authentication.client_credential.max_age], "+wants,
			"KEYS error: authentication.client_credential.max_age [authentication.access_token_max_lifetime], "+wants)},
	} {
		var got []string
		for _, a := range brief.Asks(p, test.profile) {
			got = append(got, fmt.Sprintf("%s %s: %s %v, %s", a.By, a.Severity, a.Path, a.Or, a.Wants))
		}
		gatetest.Diff(t, fmt.Sprintf("asks of %+v", test.profile), test.want, got)
	}
	if asks := brief.Asks(p, brief.Profile{Tier: 1}); len(asks) < 10 {
		t.Errorf("a tier-1 use is asked for %d attributes; the controls of static keys are missing", len(asks))
	}
}

func TestTier(t *testing.T) {
	t.Parallel()
	p, _ := rules.LoadPolicy("", nil, "0.1.0")
	for _, test := range []struct {
		vendors               int
		classes, environments []string
		want                  int
	}{
		{4, nil, nil, 4},
		{4, []string{"public", "personal"}, nil, 2},
		{1, []string{"public"}, nil, 1},
		{1, []string{"public"}, []string{"dev", "prod"}, 1},
		{1, []string{"public"}, []string{"dev"}, 4},
		{1, []string{"internal"}, []string{"dev"}, 1},
		{3, []string{"nonesuch"}, nil, 1},
	} {
		if got := p.Tier([]int{test.vendors}, test.classes, test.environments); got != test.want {
			t.Errorf("Tier(%d, %v) = %d, want %d", test.vendors, test.classes, got, test.want)
		}
	}
}

// TestRenewNamesTheLimit: the renewal of an assessment names the attribute that sets its last day, and what to do about that one.
func TestRenewNamesTheLimit(t *testing.T) {
	t.Parallel()
	report := "{id: a, type: soc2-type2, evidence: e, scope_services: [acme-pay], period: {end: 2025-12-31}%s}"
	iso := "{id: a, type: iso27001, evidence: e, scope_services: [acme-pay], certified_on: %s, expires: %s, surveillance: [%s]%s}"
	for _, c := range []struct{ why, paper, want string }{
		{"a report", fmt.Sprintf(report, ""), "assessments[a].period.end (2025-12-31, through 2026-12-31): Ask the vendor for the next report or a bridge letter."},
		{"a bridge letter", fmt.Sprintf(report, ", bridge_letter: {issued: 2026-11-20, covers_through: 2026-11-20}"), "assessments[a].period.end (2025-12-31, through 2026-12-31): Ask the vendor for the next report or a bridge letter."},
		{"a bridge letter of a report that is over", strings.Replace(fmt.Sprintf(report, ", bridge_letter: {issued: 2026-11-23, covers_through: 2026-11-23}"), "2025-12-31", "2025-10-31", 1), "assessments[a].bridge_letter.covers_through (2026-11-23, through 2026-11-23): Ask the vendor for the next report or a bridge letter."},
		{"a certificate", fmt.Sprintf(iso, "2024-01-10", "2027-01-09", "2025-01-05, 2026-02-05", ""), "assessments[a].expires (2027-01-09, through 2027-01-09): Ask the vendor for the next report or a bridge letter."},
		{"a surveillance audit", fmt.Sprintf(iso, "2025-01-10", "2028-01-09", "2025-12-05", ""), "assessments[a].surveillance (2025-12-05, through 2026-12-31): Ask the vendor for the result of the next surveillance audit, and add its date to surveillance."},
		{"the first surveillance audit", fmt.Sprintf(iso, "2025-12-15", "2028-12-14", "", ""), "assessments[a].surveillance (none, through 2026-12-15): Ask the vendor for the result of the next surveillance audit, and add its date to surveillance."},
		{"a withdrawn edition", fmt.Sprintf(iso, "2024-01-10", "2027-01-09", "2025-01-05, 2026-02-05", `, standard: "2013"`), "assessments[a].standard (2013, through 2025-10-31): Ask the vendor for the next report or a bridge letter."},
	} {
		f := gatetest.World(t).Rules("rules: {VG-AUD-001: {severity: error}}\n")
		f["registry/vendors/acme-pay.yaml"] += "assessments: [" + c.paper + "]\nevidence: [{id: e, type: attestation, assurance: audited, " + traced + "}]\n"
		u, got := subjectOf(t, f), ""
		for _, d := range survey.Renew(u.Policy, u.Registry, survey.Question{Vendor: u.Vendor}, u.Today.Instant).Tasks {
			if strings.HasPrefix(d.Path, "assessments[a]") && d.State != survey.Unknown {
				got += fmt.Sprintf("%s (%s, through %s): %s", d.Path, d.Was, d.Last, d.Do)
			}
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.why, got, c.want)
		}
	}
}
