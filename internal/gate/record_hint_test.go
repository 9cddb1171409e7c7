package gate_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// recordHint is something wrong in a good record, and what the hint about it says to do there.
type recordHint struct {
	rule   string
	wrong  []string // edits of the good record
	hint   string   // part of it
	follow []string // edits of the wrong record
	use    []string // edits of the manifest, likewise
}

const (
	term      = "  approved_on: 2026-06-01\n  expires: 2027-05-31\n"
	reviewed  = "  last_review: 2026-06-01\n"
	condition = "  conditions: [{id: pin, text: Pin the version, due: 2026-11-01, status: open}]\n"
	open      = "findings_open: {critical: 0, high: 0, medium: 1, low: 3}"
	review    = "  - {id: review-2026, type: threat-model, assurance: documented, access: internal, received: 2026-05-20, sha256: 9c0d4e1f7ab25836d1c4f0e9b7a6352481d0c9e8f7a6b5c4d3e2f1a0b9c8d7e6}"
)

func recordHints() []recordHint {
	return []recordHint{
		{"VG-APR-001", []string{"status: approved", "status: in-review"}, "Wait for the security team to decide.", []string{"status: in-review", "status: approved"}, nil},
		{"VG-APR-001", []string{"status: approved", "status: suspended"}, "wait for the security team to lift the suspension.", []string{"status: suspended", "status: approved"}, nil},
		{"VG-APR-001", []string{"status: approved", "status: pilot"}, "to set its last day (pilot.until) in registry/vendors/calderwick-payments.yaml.", []string{"pilot:\n", "pilot:\n  until: 2027-01-31\n", "status: pilot", "status: approved"}, nil},
		{"VG-APR-002", []string{term, "  approved_on: 2025-12-01\n  expires: 2026-11-20\n"}, "must renew the approval in registry/vendors/calderwick-payments.yaml.", []string{"  approved_on: 2025-12-01\n  expires: 2026-11-20\n", "  approved_on: 2026-11-23\n  expires: 2027-11-22\n"}, nil},
		{"VG-APR-003", []string{"review_cadence: P12M", "review_cadence: P3M"}, "must review the vendor and record the date in registry/vendors/calderwick-payments.yaml.", []string{reviewed, "  last_review: 2026-11-23\n"}, nil},
		{"VG-APR-004", []string{"expires: 2027-05-31\n", "expires: 2029-05-31\n"}, "must correct registry/vendors/calderwick-payments.yaml.", []string{"expires: 2029-05-31\n", "expires: 2027-05-31\n"}, nil},
		{"VG-APR-005", []string{reviewed, reviewed + condition}, "must meet the condition and close it in registry/vendors/calderwick-payments.yaml", []string{"status: open}", "status: met, met_on: 2026-11-22}"}, nil},
		{"VG-APR-005", []string{reviewed, reviewed + condition}, "or move its due date.", []string{"due: 2026-11-01", "due: 2027-02-01"}, nil},
		{"VG-AUD-001", []string{"period: {start: 2025-10-01, end: 2026-09-30}, issued: 2026-11-10", "period: {start: 2024-10-01, end: 2025-09-30}, issued: 2025-11-10", "certified_on: 2025-03-14, expires: 2028-03-13, surveillance: [2026-03-03]", "certified_on: 2023-03-14, expires: 2026-03-13", "type: pci-dss-aoc, issuer: Northgate QSA Ltd, standard: \"4.0.1\", issued: 2026-07-15", "type: pci-dss-aoc, issuer: Northgate QSA Ltd, standard: \"4.0.1\", issued: 2024-07-15"}, "must ask the vendor for the next report or a bridge letter.", []string{"period: {start: 2024-10-01, end: 2025-09-30}, issued: 2025-11-10", "period: {start: 2025-10-01, end: 2026-09-30}, issued: 2026-11-10"}, nil},
		{"VG-AUD-002", []string{"performed: {start: 2026-04-06, end: 2026-04-24}", "performed: {start: 2025-04-06, end: 2025-04-24}"}, "must ask the vendor for the summary of a new test.", []string{"performed: {start: 2025-04-06, end: 2025-04-24}", "performed: {start: 2026-04-07, end: 2026-04-25}"}, nil},
		{"VG-AUD-003", []string{"  auth_docs: https://docs.calderwick.example/auth\n", ""}, "record the links. A refusal stays a finding.", []string{"links:\n", "links:\n  auth_docs: https://docs.calderwick.example/login\n"}, nil},
		{"VG-AUD-004", []string{"opinion: unqualified", "opinion: qualified"}, "must have the vendor resolve what the auditor objects to, and record the next report.", []string{"opinion: qualified", "opinion: unqualified"}, nil},
		{"VG-AUD-004", []string{open, "findings_open: {critical: 3}"}, "must have the vendor fix them, and update findings_open.", []string{"findings_open: {critical: 3}", "findings_open: {critical: 0}"}, nil},
		{"VG-AUD-005", []string{review, ""}, "must review the API's architecture and add the result to evidence.", []string{"\nevidence:\n", "\nevidence:\n" + strings.Replace(review, "2026-05-20", "2026-11-20", 1) + "\n"}, nil},
		{"VG-AUT-001", []string{"methods: [oauth2-client-credentials, mtls, private-key-jwt]", "methods: [api-key-header]", "auth_methods: [oauth2-client-credentials, mtls]", "auth_methods: [api-key-header]", "client_credential: {max_age: P90D, overlap_rotation: true, per_environment: true, ip_allowlist: true}", "client_credential: {max_age: P2Y, overlap_rotation: false, per_environment: true, ip_allowlist: true}", "mtls: true", "mtls: false", "sender_constrained: [mtls]", "sender_constrained: [none]"}, "must record the missing controls, or deny the vendor.", []string{"max_age: P2Y", "max_age: P60D"}, nil},
		{"VG-AUT-003", []string{"access_token_max_lifetime: PT15M", "access_token_max_lifetime: P7D"}, "must record it in registry/vendors/calderwick-payments.yaml", []string{"access_token_max_lifetime: P7D", "access_token_max_lifetime: PT10M"}, nil},
		{"VG-AUT-005", []string{"webhooks: {signature: hmac-sha256,", "webhooks: {signature: none,"}, "must ask the vendor for signatures and record them in registry/vendors/calderwick-payments.yaml.", []string{"webhooks: {signature: none,", "webhooks: {signature: ed25519,"}, nil},
		{"VG-AUT-005", []string{"webhooks: {signature: hmac-sha256,", "webhooks: {signature: none,"}, "If you receive none, set `webhooks: {receives: false}` in the manifest.", nil, []string{"webhooks: {receives: true, path: /hooks/calderwick, verifies_signature: true}", "webhooks: {receives: false}"}},
		{"VG-AUT-002", []string{"methods: [oauth2-client-credentials, mtls, private-key-jwt]", "methods: [oauth2-client-credentials, mtls, private-key-jwt, api-key-query]"}, "must ask the vendor to disable it.", []string{", api-key-query]", "]"}, nil},
		{"VG-CMP-004", []string{"sla: {uptime_pct: 99.95, ", "sla: {"}, "must complete the record.", []string{"sla: {window", "sla: {uptime_pct: 99.9, window"}, nil},
		{"VG-CMP-001", []string{", responsibility_matrix: pci-matrix-2026", ""}, "has recorded a current responsibility matrix in registry/vendors/calderwick-payments.yaml.", []string{"level: 1}", "level: 1, responsibility_matrix: pci-matrix-2026}"}, nil},
		{"VG-CMP-003", []string{"dpa: {status: signed, signed_on: 2026-05-28,", "dpa: {status: missing,"}, "has recorded a valid, signed data processing agreement in registry/vendors/calderwick-payments.yaml.", []string{"dpa: {status: missing,", "dpa: {status: signed, signed_on: 2026-11-20,"}, nil},
		{"VG-CON-001", []string{"start: 2026-06-01\n  end: 2028-05-31", "start: 2024-06-01\n  end: 2026-05-31"}, "must sign or renew it.", []string{"end: 2026-05-31\n", "end: 2028-05-31\n"}, nil},
		{"VG-CON-002", []string{"notify_hours: 24", "notify_hours: 90"}, "must ask the vendor for them", []string{"notify_hours: 90", "notify_hours: 12"}, nil},
		{"VG-DAT-001", []string{"reviewed_on: 2026-10-02", "reviewed_on: 2025-10-02"}, "must resolve this with the vendor and update registry/vendors/calderwick-payments.yaml.", []string{"reviewed_on: 2025-10-02", "reviewed_on: 2026-11-20"}, nil},
		{"VG-DAT-002", []string{"used_for_training: false", "used_for_training: true"}, "opts out of model training and records evidence of it.", []string{"used_for_training: true", "used_for_training: false"}, nil},
		{"VG-DAT-003", []string{"tenant_isolation: logical", "tenant_isolation: none"}, "Stop sending cardholder and personal data", []string{"data_classes: [personal,", "data_classes: [synthetic, personal,"}, []string{"      - {class: cardholder, direction: send, name: card data}\n      - {class: personal, direction: both, subjects: [customer]}\n", "      - synthetic\n"}},
		{"VG-DET-001", []string{"tested_on: 2026-05-12}", "tested_on: 2024-05-12}"}, "must trigger a test alert and record the date.", []string{"tested_on: 2024-05-12}", "tested_on: 2026-11-20}"}, nil},
		{"VG-DET-002", []string{"automated_blocking: {supported: true, mechanisms: [waf, credential-stuffing, leaked-key-revocation], customer_configurable: true}", "automated_blocking: {supported: false}"}, "must ask the vendor to block malicious requests", []string{"automated_blocking: {supported: false}", "automated_blocking: {supported: true, mechanisms: [waf, credential-stuffing, leaked-key-revocation]}"}, nil},
		{"VG-ENC-001", []string{`min_tls: "1.2"`, `min_tls: "1.1"`}, "must ask the vendor to require TLS 1.2 or later.", []string{`min_tls: "1.1"`, `min_tls: "1.3"`}, nil},
		{"VG-ENC-002", []string{"at_rest: {encrypted: true,", "at_rest: {encrypted: false,"}, "Stop sending cardholder and personal data", []string{"data_classes: [personal,", "data_classes: [synthetic, personal,"}, []string{"      - {class: cardholder, direction: send, name: card data}\n      - {class: personal, direction: both, subjects: [customer]}\n", "      - synthetic\n"}},
		{"VG-ENC-003", []string{"mozilla_profile: intermediate", "mozilla_profile: old"}, "must ask the vendor for current ciphers", []string{"mozilla_profile: old", "mozilla_profile: intermediate"}, nil},
		{"VG-EXT-001", []string{"plan_tested_on: 2026-05-06", "plan_tested_on: 2023-05-06"}, "must test the exit plan again.", []string{"plan_tested_on: 2023-05-06", "plan_tested_on: 2026-11-20"}, nil},
		{"VG-IAM-001", []string{"mfa: {supported: true, enforced: true,", "mfa: {supported: true, enforced: false,"}, "must enforce what the console allows", []string{"mfa: {supported: true, enforced: false,", "mfa: {supported: true, enforced: true,"}, nil},
		{"VG-INC-001", []string{"incidents: []", "incidents: [{date: 2026-11-20, severity: sev1}]"}, "record resolved_on when it is over", []string{"severity: sev1}]", "severity: sev1, resolved_on: 2026-11-21}]", reviewed, "  last_review: 2026-11-22\n"}, nil},
		{"VG-INC-001", []string{"incidents: []", "incidents: [{date: 2026-11-20, severity: sev1, resolved_on: 2026-11-21}]"}, "must review the vendor and set approval.last_review.", []string{reviewed, "  last_review: 2026-11-22\n"}, nil},
		{"VG-LOG-001", []string{"retention: P400D", "retention: P7D"}, "or export the logs to your own storage.", []string{"retention: P7D", "retention: P400D"}, nil},
		{"VG-LOG-002", []string{"export: {targets: [webhook, splunk, datadog],", "export: {targets: [],"}, "must set up a log export.", []string{"export: {targets: [],", "export: {targets: [webhook],"}, nil},
		{"VG-PIL-001", []string{"error_rate_pct: 0.03", "error_rate_pct: 30"}, "must run the pilot again and attach the results.", []string{"error_rate_pct: 30", "error_rate_pct: 0.1"}, nil},
		{"VG-PIL-002", []string{"performed_on: 2026-05-12", "performed_on: 2024-05-12", "performed_on: 2026-05-13", "performed_on: 2024-05-13"}, "must run attack tests and breach drills in the sandbox and attach the results.", []string{"performed_on: 2024-05-12", "performed_on: 2026-11-12", "performed_on: 2024-05-13", "performed_on: 2026-11-13"}, nil},
		{"VG-REG-003", []string{"plaintext_http: closed, mtls: true", "plaintext_http: closed, mtls: false"}, "Correct the one that is wrong.", []string{"plaintext_http: closed, mtls: false", "plaintext_http: closed, mtls: true"}, nil},
		{"VG-REG-003", []string{"status_since: 2026-06-01", "status_since: 2026-12-01"}, "must correct the record.", []string{"status_since: 2026-12-01", "status_since: 2026-06-01"}, nil},
		{"VG-REG-004", []string{"description: Card and account-to-account payment acceptance.", "description: Robust encryption of cards."}, "such as `encryption.at_rest.encrypted: true`.", []string{"description: Robust encryption of cards.", "description: Encrypted cards."}, nil},
		{"VG-REG-005", []string{"  retention: P400D\n", ""}, "and record the answers in registry/vendors/calderwick-payments.yaml.", []string{"  immediately_available: P90D\n", "  immediately_available: P90D\n  retention: P13M\n"}, nil},
		{"VG-REG-006", []string{"supports: [encryption.*, logging.*, access.*, threat_detection.*]", "supports: [encryption.*, access.*, threat_detection.*]"}, "must attach evidence for them (evidence[].supports).", []string{"supports: [encryption.*, access.*, threat_detection.*]", "supports: [encryption.*, access.*, logging.*, threat_detection.*]"}, nil},
		{"VG-RTE-001", []string{"on_exceed: {status: 429, retry_after: true}", "on_exceed: {status: 500, retry_after: true}"}, "must agree on limits with the vendor and record them in registry/vendors/calderwick-payments.yaml.", []string{"on_exceed: {status: 500, retry_after: true}", "on_exceed: {status: 429, retry_after: true}"}, nil},
		{"VG-VUL-001", []string{"patch_sla: {critical: P7D,", "patch_sla: {critical: P1Y,"}, "must agree on better terms with the vendor", []string{"patch_sla: {critical: P1Y,", "patch_sla: {critical: P5D,"}, nil},
		{"VG-VUL-002", []string{"disclosure: {policy_url: https://calderwick.example/security/disclosure, safe_harbor: true, bug_bounty: https://bounty.calderwick.example,\n                security_txt: https://calderwick.example/.well-known/security.txt}", "disclosure: {safe_harbor: true}"}, "must ask the vendor where to report vulnerabilities, and record the address of its policy, security.txt or bug bounty under vulnerability_management.disclosure.", []string{"disclosure: {safe_harbor: true}", "disclosure: {security_txt: https://calderwick.example/.well-known/security.txt}"}, nil},
	}
}

// Whoever does in a record what a hint says has no such finding any more, and no worse verdict.
func TestRecordEditsThatHintsName(t *testing.T) {
	t.Parallel()
	const file = "registry/vendors/calderwick-payments.yaml"
	tried := map[string]bool{}
	for _, c := range recordHints() {
		wrong := gatetest.Full(t, c.wrong...).Unchanged()
		followHint(t, c.rule, c.hint, wrong, wrong.With(gatetest.Files{file: gatetest.Edit(t, wrong[file], c.follow...)}).Using(t, c.use...))
		tried[c.rule] = true
	}
	// What needs another file, or other data.
	const probes = "registry/probes/calderwick-payments.json"
	good := gatetest.Full(t).Unchanged()
	without := good.With(gatetest.Files{probes: `{"apiVersion": "vendorgate/v1", "kind": "ProbeResult", "vendor": "calderwick-payments", "results": []}`})
	failed := strings.Replace(gatetest.CalderwickProbes, `"outcome": "pass", "observed": "refused"`, `"outcome": "fail", "observed": "TLS 1.1"`, 1)
	twice := strings.Replace(failed, "\n  ]", ",\n"+strings.Replace(failed[strings.Index(failed, `    {"probe"`):strings.LastIndex(failed, "\n  ]")], "T04", "T03", 1)+"\n  ]", 1)
	health := gatetest.Full(t, "[personal, cardholder, financial]", "[personal, health]").Using(t, "class: cardholder", "class: health").Unchanged()
	for _, c := range []struct {
		rule, hint   string
		wrong, right gatetest.Files
	}{
		{"VG-PRB-002", "must probe the vendor, mend what fails and add the results to registry/probes/calderwick-payments.json.", without, good},
		{"VG-PRB-001", "must correct the record, or ask the vendor to fix the service.", good.With(gatetest.Files{probes: twice}), good},
		{"VG-CMP-002", "has recorded a valid, signed business associate agreement in registry/vendors/calderwick-payments.yaml.", health, health.With(gatetest.Files{file: gatetest.Edit(t, health[file], "baa: {status: not-required}", "baa: {status: signed, signed_on: 2026-05-28, breach_notice_days: 30}")})},
	} {
		followHint(t, c.rule, c.hint, c.wrong, c.right)
		tried[c.rule] = true
	}
	for _, r := range rules.All() {
		if inRecord := r.Judge != nil && (r.Actor == rules.Keeper || r.Actor == rules.Approvers); inRecord && !tried[r.ID] {
			t.Errorf("no hint of %s was followed", r.ID)
		}
	}
}

// followHint compares the findings before and after somebody followed a hint.
func followHint(t *testing.T, rule, hint string, wrong, right gatetest.Files) {
	t.Helper()
	evaluate := func(f gatetest.Files) gate.Result {
		return gatetest.Evaluate(t, f.With(gatetest.Files{"registry/policy.yaml": f["registry/policy.yaml"] + "rules: {" + rule + ": {severity: error}}\n"}), gatetest.Today, gatetest.Checkout)
	}
	before, after := evaluate(wrong), evaluate(right)
	if f := gatetest.One(t, before, rule); !strings.Contains(f.Hint, hint) {
		t.Errorf("%s, %s: got the hint %q, want %q", rule, f.Message, f.Hint, hint)
	}
	if strings.Contains(gatetest.Short(after), rule) || failing(after) > failing(before) || len(after.Findings) >= len(before.Findings) {
		t.Errorf("%s: whoever follows %q gets\n%s\nand not any more\n%s", rule, hint, strings.Join(gatetest.Lines(after), "\n"), strings.Join(gatetest.Lines(before), "\n"))
	}
}

// failing counts the errors that no waiver covers.
func failing(r gate.Result) (n int) {
	for _, f := range r.Findings {
		if f.Severity == diag.Error && !f.Waived() {
			n++
		}
	}
	return n
}
