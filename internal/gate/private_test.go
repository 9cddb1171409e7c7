package gate_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// TestPrivateConditions: an overdue condition and one that is nearly due are told apart without their details, whatever the order of the
// record.
func TestPrivateConditions(t *testing.T) {
	t.Parallel()
	const near, overdue = "{id: pin, text: Pin the version, due: 2026-12-01, status: open}", "{id: rotate, text: Rotate the keys, due: 2026-11-20, status: open}"
	for _, conditions := range []string{near + ", " + overdue, overdue + ", " + near} {
		f := gatetest.World(t, "risk:", "  conditions: ["+conditions+"]\nrisk:")
		f["registry/vendors/acme-pay.yaml"] += "evidence: [{id: report, type: evidence, assurance: documented, access: nda}]\n"
		r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)
		gatetest.Diff(t, conditions, []string{
			`error VG-APR-005 vendors.yaml:5:9 a condition of the approval of "acme-pay" is overdue (the details are kept in the registry)`,
			`warning VG-APR-005 vendors.yaml:5:9 a condition of the approval of "acme-pay" needs attention soon (the details are kept in the registry)`,
		}, gatetest.Lines(r))
	}
}

// TestPrivateValues: a finding about a private record quotes values that come from a list, and no text that somebody wrote.
func TestPrivateValues(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t, "name: Acme Pay", "name: Acme Pay\ndescription: Handed over in confidence").Rules(
		"requirements: [{id: TLS-13, attr: encryption.in_transit.min_tls, gte: \"1.3\"}, {id: TEXT, attr: description, matches: \"x+\"}]\n")
	private := f.With(gatetest.Files{"registry/vendors/acme-pay.yaml": f["registry/vendors/acme-pay.yaml"] + "evidence: [{id: report, type: evidence, assurance: documented, access: nda}]\n"})
	for _, c := range []struct {
		gatetest.Files
		rule, want string
	}{
		{f, "TLS-13", "is 1.2;"},
		{private, "TLS-13", "is 1.2;"},
		{f, "TEXT", "is Handed over in confidence;"},
		{private, "TEXT", "is kept in the registry;"},
	} {
		r := gatetest.Evaluate(t, c.Files, gatetest.Today, gatetest.Repository)
		if got := gatetest.One(t, r, c.rule).Message; !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q in it", c.rule, got, c.want)
		}
	}
}

// TestPrivateSentences compares what a finding about a private record says with the whole message: each fault has a sentence of its own,
// which is true of it and tells no detail.
func TestPrivateSentences(t *testing.T) {
	t.Parallel()
	const probe = `{"probe": "P03", "host": "api.acme.example", "observed_at": "%DAY%T04:00:00Z", "outcome": "fail", "observed": "TLS 1.0 accepted", "expected": "refused", "claim_path": "%PATH%"}`
	probes := func(day, path string) string {
		one := strings.NewReplacer("%DAY%", day, "%PATH%", path).Replace(probe)
		return `{"apiVersion": "vendorgate/v1", "kind": "ProbeResult", "vendor": "acme-pay", "results": [` + one + ", " + strings.Replace(one, "T04", "T03", 1) + "]}\n"
	}
	const pilot = "pilot: {period: {end: 2026-05-30}, vendor_authorised: true, attacks: [{scenario: bola, owasp: API1:2023, result: blocked}, {scenario: stolen-token, owasp: API2:2023, result: blocked}], breach_simulation: [{scenario: token-replay, performed_on: %DAY%, revoke_seconds: 10, recover_seconds: 10}]}\n"
	covered := map[string]bool{}
	for _, c := range []struct{ rule, condition, record, params, probes, full, private string }{
		{
			"VG-APR-005", "  conditions: [{id: rotate, text: Rotate the keys, due: 2026-11-20, status: open}]\n", "", "", "",
			`condition "Rotate the keys" of the approval of "acme-pay" was due on 2026-11-20 (3 days ago)`,
			`a condition of the approval of "acme-pay" is overdue`,
		},
		{
			"VG-APR-005", "  conditions: [{id: pin, text: Pin the version, due: 2026-12-01, status: open}]\n", "", "", "",
			`condition "Pin the version" of the approval of "acme-pay" is due on 2026-12-01 (in 8 days)`,
			`a condition of the approval of "acme-pay" needs attention soon`,
		},
		{
			"VG-AUD-003", "", "", "", "",
			`the security documentation of "acme-pay" is incomplete: no API documentation; no authentication documentation; no security page or trust centre`,
			`the security documentation of "acme-pay" is incomplete`,
		},
		{
			"VG-AUD-003", "", "links: {docs: https://acme.example/docs, auth_docs: https://acme.example/auth, security: https://acme.example/security}\nassessments: [{id: soc, type: soc2-type2, period: {end: 2026-06-30}, shared: refused}]\n", "", "",
			`the security documentation of "acme-pay" is incomplete: the vendor refused to share soc`,
			`the security documentation of "acme-pay" is incomplete`,
		},
		{
			"VG-AUD-004", "", "assessments: [{id: soc, type: soc2-type2, period: {end: 2026-06-30}, opinion: adverse}]\n", "", "",
			`assessment soc of "acme-pay" has the opinion "adverse"`,
			`an assessment of "acme-pay" has no unqualified opinion`,
		},
		{
			"VG-AUD-004", "", "assessments: [{id: soc, type: soc2-type2, period: {end: 2026-06-30}, findings_open: {critical: 3}}]\n", "params: {patch_critical: P30D}\n", "",
			`assessment soc of "acme-pay" has unresolved findings: 3 critical, due to be fixed by 2026-07-30`,
			`an assessment of "acme-pay" has unresolved findings`,
		},
		{
			"VG-INC-001", "", "incidents: [{date: 2026-11-20, severity: sev1}]\n", "", "",
			`a severe incident at "acme-pay" is unresolved: sev1 of 2026-11-20`,
			`a severe incident at "acme-pay" is unresolved`,
		},
		{
			"VG-INC-001", "", "incidents: [{date: 2026-11-20, severity: sev2, resolved_on: 2026-11-21}]\n", "", "",
			`"acme-pay" had a severe incident that no review has taken into account: sev2 of 2026-11-20`,
			`"acme-pay" had a severe incident that no review has taken into account`,
		},
		{
			"VG-INC-001", "", "incidents: [{date: 2026-05-20, severity: sev2, resolved_on: 2026-11-21}]\n", "", "",
			`"acme-pay" had a severe incident that no review has taken into account: sev2 of 2026-05-20`,
			`"acme-pay" had a severe incident that no review has taken into account`,
		},
		{
			"VG-PIL-001", "", "", "", "",
			`there was no pilot of "acme-pay"`,
			`the pilot of "acme-pay" does not meet the policy`,
		},
		{
			"VG-PIL-002", "", "", "", "",
			`the attack tests and breach drills of "acme-pay" do not meet the policy: no attack tests were run; no breach drill was run`,
			`the attack tests or breach drills of "acme-pay" do not meet the policy`,
		},
		{
			"VG-PIL-002", "", strings.Replace(pilot, "%DAY%", "2026-05-12", 1), "params: {breach_drill_max_age: P30D}\n", "",
			`the attack tests and breach drills of "acme-pay" do not meet the policy: the last breach drill was on 2026-05-12 (due again by 2026-06-11)`,
			`the attack tests or breach drills of "acme-pay" do not meet the policy`,
		},
		{
			"VG-PIL-002", "", strings.Replace(pilot, "%DAY%", "2026-05-30", 1), "params: {breach_drill_max_age: P6M}\n", "",
			`the breach drill of "acme-pay" is due by 2026-11-30 (in 7 days)`,
			`the breach drill of "acme-pay" needs attention soon`,
		},
		{
			"VG-PRB-001", "", "", "", probes("2026-11-22", "encryption.in_transit.min_tls"),
			`the record says that encryption.in_transit.min_tls of "acme-pay" is 1.2, but on 2026-11-22 a probe of api.acme.example observed TLS 1.0 accepted`,
			`a probe contradicts the record of "acme-pay"`,
		},
		{
			"VG-PRB-002", "", "", "", "",
			`there are no probe results for "acme-pay"`,
			`there are no probe results for "acme-pay" that can be read`,
		},
		{
			"VG-PRB-002", "", "", "", "{",
			`the probe results for "acme-pay" could not be read`,
			`there are no probe results for "acme-pay" that can be read`,
		},
		{
			"VG-PRB-002", "", "", "", probes("2026-11-22", "encryption.in_transit.plaintext_http"),
			`probes of "acme-pay" are out of date or fail: P03 of api.acme.example fails: TLS 1.0 accepted`,
			`probes of "acme-pay" are out of date or fail`,
		},
		{
			"VG-PRB-002", "", "", "params: {probe_max_age: P7D}\n", probes("2026-10-22", "encryption.in_transit.min_tls"),
			`probes of "acme-pay" are out of date or fail: the result of P03 of api.acme.example is older than 7 days`,
			`probes of "acme-pay" are out of date or fail`,
		},
		{
			"VG-REG-003", "", "incidents: [{date: 2026-11-24, severity: sev4}]\n", "", "",
			`the record of "acme-pay": incidents[].date is 2026-11-24, which is in the future`,
			`the record of "acme-pay" needs a correction`,
		},
		{
			"VG-REG-003", "", "incidents: [{date: 2026-11-20, severity: sev4, resolved_on: 2026-11-19}]\n", "", "",
			`the record of "acme-pay": resolved_on is 2026-11-19, before date, which is 2026-11-20`,
			`the record of "acme-pay" needs a correction`,
		},
		{
			"VG-REG-004", "", "description: A robust encryption of everything\n", "", "",
			`description of "acme-pay" makes a claim that cannot be measured: "robust encryption"`,
			`the record of "acme-pay" makes a claim that cannot be measured`,
		},
	} {
		f := gatetest.World(t).Rules("rules: {" + c.rule + ": {severity: error}}\n" + c.params)
		f["registry/vendors/acme-pay.yaml"] = strings.Replace(f["registry/vendors/acme-pay.yaml"], "risk:", c.condition+"risk:", 1) + c.record
		if c.probes != "" {
			f["registry/probes/acme-pay.json"] = c.probes
		}
		private := f.With(gatetest.Files{"registry/vendors/acme-pay.yaml": f["registry/vendors/acme-pay.yaml"] + "evidence: [{id: report, type: evidence, assurance: documented, access: nda}]\n"})
		shown, hidden := gatetest.One(t, gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository), c.rule), gatetest.One(t, gatetest.Evaluate(t, private, gatetest.Today, gatetest.Repository), c.rule)
		if shown.Message != c.full || hidden.Message != c.private+" (the details are kept in the registry)" || shown.Severity != hidden.Severity {
			t.Errorf("%s: got %s %q and %s %q", c.rule, shown.Severity, shown.Message, hidden.Severity, hidden.Message)
		}
		if strings.ContainsAny(hidden.Message, "0123456789") || !strings.Contains(hidden.Hint, hidden.Owner) {
			t.Errorf("%s: got %q with the hint %q, and %q should act", c.rule, hidden.Message, hidden.Hint, hidden.Owner)
		}
		covered[c.rule] = true
	}
	for _, r := range rules.All() {
		if (r.Public == rules.SentenceOnly) != covered[r.ID] {
			t.Errorf("%s: a case for it: %t", r.ID, covered[r.ID])
		}
	}
}
