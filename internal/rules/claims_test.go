package rules_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// TestClaims: what the record claims, each threshold exact and one off. The worlds are the good record in tier 1 (with
// card data) and in tier 2 (with personal data), which have no finding.
func TestClaims(t *testing.T) {
	t.Parallel()
	type pairs = []string
	for _, c := range []struct {
		why    string
		tier   int
		record pairs
		want   string
	}{
		// VG-AUT-003
		{"token of the limit", 1, pairs{"access_token_max_lifetime: PT15M", "access_token_max_lifetime: PT1H"}, ""},
		{"tokens that never expire", 1, pairs{"access_token_max_lifetime: PT15M", "access_token_max_lifetime: never"}, "error VG-AUT-003 access tokens live forever (at most 1 hour)"},
		{"token a second longer", 1, pairs{"access_token_max_lifetime: PT15M", "access_token_max_lifetime: PT1H1S"}, "error VG-AUT-003 access tokens live 1 hour and 1 second (at most 1 hour)"},
		{"key of the limit", 1, pairs{"max_age: P90D, overlap_rotation: true", "max_age: P90D, overlap_rotation: false"}, ""},
		{"key a day longer", 1, pairs{"max_age: P90D, overlap_rotation: true", "max_age: P91D, overlap_rotation: false", "  methods: [oauth2-client-credentials, mtls, private-key-jwt]", "  methods: [api-key-header, oauth2-client-credentials, mtls, private-key-jwt]"}, "error VG-AUT-003 keys live 91 days"},
		{"key a day longer, but rotated", 1, pairs{"max_age: P90D,", "max_age: P91D,"}, ""},
		{"key that never ends", 2, pairs{"max_age: P90D, overlap_rotation: true", "max_age: never, overlap_rotation: false", "  methods: [oauth2-client-credentials, mtls, private-key-jwt]", "  methods: [api-key-header, oauth2-client-credentials, mtls, private-key-jwt]"}, "error VG-AUT-003 keys live forever"},
		{"no keys", 1, pairs{"max_age: P90D, overlap_rotation: true, ", ""}, ""},
		{"no keys, whatever their age", 1, pairs{"max_age: P90D, overlap_rotation: true", "max_age: never, overlap_rotation: false"}, ""},
		{"key of the limit of tier 2", 2, pairs{"max_age: P90D, overlap_rotation: true", "max_age: P180D, overlap_rotation: false"}, ""},
		{"revocation of the limit", 1, pairs{"max_propagation: PT1M", "max_propagation: PT5M"}, ""},
		{"revocation a second longer", 1, pairs{"max_propagation: PT1M", "max_propagation: PT5M1S"}, "error VG-AUT-003 revocation takes 5 minutes and 1 second (at most 5 minutes)"},
		{"revocation in tier 2", 2, pairs{"max_propagation: PT1M", "max_propagation: PT1H"}, ""},
		{"no revocation", 1, pairs{"revocation: {supported: true, endpoint: https://id.calderwick.example/revoke, max_propagation: PT1M}", "revocation: {supported: false}"}, "error VG-AUT-003 credentials cannot be revoked"},
		{"refresh tokens that are not rotated", 1, pairs{"  methods: [oauth2-client-credentials,", "  methods: [oidc, oauth2-client-credentials,", "refresh_token_max_lifetime: null\n  refresh_rotation: n/a", "refresh_rotation: false"}, "error VG-AUT-003 refresh tokens are not rotated"},
		{"refresh tokens of users that are not rotated", 1, pairs{"  methods: [oauth2-client-credentials,", "  methods: [oauth2-authorization-code-pkce, oauth2-client-credentials,", "refresh_token_max_lifetime: null\n  refresh_rotation: n/a", "refresh_rotation: false"}, "error VG-AUT-003 refresh tokens are not rotated"},
		{"refresh tokens that are rotated", 1, pairs{"  methods: [oauth2-client-credentials,", "  methods: [oidc, oauth2-client-credentials,", "refresh_token_max_lifetime: null\n  refresh_rotation: n/a", "refresh_rotation: true"}, ""},
		{"tokens bound to nobody", 1, pairs{"sender_constrained: [mtls]", "sender_constrained: [none]"}, "warning VG-AUT-003 they are not bound to a client, and this use has cardholder data"},
		{"tokens bound by DPoP", 1, pairs{"sender_constrained: [mtls]", "sender_constrained: [dpop]"}, ""},
		{"tokens bound to nobody, without card data", 2, pairs{"sender_constrained: [mtls]", "sender_constrained: []"}, ""},
		// VG-IAM-001
		{"no roles", 1, pairs{"rbac: {supported: true, custom_roles: true, api_key_scoping: true, roles_count: 9}", "rbac: {supported: false, custom_roles: false, api_key_scoping: true, roles_count: 0}"}, "error VG-IAM-001 no role-based access"},
		{"no key scoping", 1, pairs{"api_key_scoping: true", "api_key_scoping: false"}, "error VG-IAM-001 API keys cannot be scoped"},
		{"no enforced MFA", 1, pairs{"enforced: true, phishing", "enforced: false, phishing"}, "error VG-IAM-001 multi-factor authentication is not enforced"},
		{"no SSO", 2, pairs{"protocols: [saml2, oidc], extra_cost: false, enforceable: true", "protocols: []"}, "error VG-IAM-001 no single sign-on"},
		{"SSO at a price", 1, pairs{"extra_cost: false", "extra_cost: true"}, "note VG-IAM-001 single sign-on costs extra"},
		// VG-ENC-002
		{"not encrypted", 1, pairs{"at_rest: {encrypted: true, algorithm: AES-256-GCM, backups: true, key_management: byok, key_rotation: P1Y, fips_140: true}", "at_rest: {encrypted: false, backups: true}"}, "error VG-ENC-002 data at rest is not encrypted"},
		{"backups not encrypted", 2, pairs{"backups: true", "backups: false"}, "error VG-ENC-002 backups are not encrypted"},
		{"not encrypted, and nothing stored", 1, pairs{"at_rest: {encrypted: true, algorithm: AES-256-GCM, backups: true, key_management: byok, key_rotation: P1Y, fips_140: true}", "at_rest: {encrypted: false, backups: true}", "stores_customer_data: true\n  storage_locations: [IE, DE]", "stores_customer_data: false", "default: P13M", "default: none"}, ""},
		// VG-LOG-001, VG-LOG-002
		{"an event less", 1, pairs{"config-change, vendor-staff-access", "config-change"}, "error VG-LOG-001 missing events: vendor-staff-access"},
		{"a field less", 1, pairs{"fields: [actor, ip,", "fields: [actor,"}, "error VG-LOG-001 missing fields: ip"},
		{"a year of logs with card data", 1, pairs{"retention: P400D", "retention: P12M"}, ""},
		{"a day less", 1, pairs{"retention: P400D", "retention: P365D"}, "error VG-LOG-001 kept for 365 days (at least 12 months)"},
		{"30 days without card data", 2, pairs{"retention: P400D", "retention: P30D", "immediately_available: P90D", "immediately_available: P30D"}, ""},
		{"29 days", 2, pairs{"retention: P400D", "retention: P29D", "immediately_available: P90D", "immediately_available: P29D"}, "error VG-LOG-001 kept for 29 days (at least 30 days)"},
		{"searched at once for three months with card data", 1, pairs{"immediately_available: P90D", "immediately_available: P89D"}, "error VG-LOG-001 logs can be searched at once for 89 days (at least 90 days)"},
		{"searched at once without card data", 2, pairs{"immediately_available: P90D", "immediately_available: P30D"}, ""},
		{"searched at once for a day less", 2, pairs{"immediately_available: P90D", "immediately_available: P29D"}, "error VG-LOG-001 logs can be searched at once for 29 days (at least 30 days)"},
		{"never at once", 2, pairs{"immediately_available: P90D", "immediately_available: none"}, "error VG-LOG-001 logging.immediately_available is none"},
		{"logs that anyone can change", 1, pairs{"tamper_protection: true", "tamper_protection: false"}, "error VG-LOG-001 they can be changed or deleted"},
		{"logs that we cannot read", 1, pairs{"customer_access: true", "customer_access: false"}, "error VG-LOG-001 customers cannot read them"},
		{"no export", 1, pairs{"targets: [webhook, splunk, datadog]", "targets: []"}, "warning VG-LOG-002 no log export"},
		// VG-RTE-001
		{"limits of the whole service only", 1, pairs{"limits: [{scope: client", "limits: [{scope: global"}, "error VG-RTE-001 no quota per client"},
		{"no limits", 2, pairs{"limits: [{scope: client, quota: 100, window: PT1S}]", "limits: []"}, "warning VG-RTE-001 no quota per client"},
		{"another status", 1, pairs{"on_exceed: {status: 429", "on_exceed: {status: 428"}, "error VG-RTE-001 get status 428, not 429"},
		{"no time to retry", 1, pairs{"status: 429, retry_after: true", "status: 429, retry_after: false"}, "error VG-RTE-001 do not say when to retry"},
		{"no cap, not billed by the call", 1, pairs{"customer_caps: true", "customer_caps: false"}, ""},
		{"no cap, billed by the call", 1, pairs{"customer_caps: true", "customer_caps: false", "category: payments", "category: ai-inference"}, "error VG-RTE-001 no spending cap"},
		// VG-DET-001, VG-DET-002
		{"no detection", 1, pairs{"realtime: {supported: true, max_latency: PT1M}", "realtime: {supported: false}"}, "error VG-DET-001 not detected in real time"},
		{"no detection in tier 2", 2, pairs{"realtime: {supported: true, max_latency: PT1M}", "realtime: {supported: false}"}, "warning VG-DET-001"},
		{"no anomaly alerts", 1, pairs{"anomaly_alerts: {supported: true, channels: [webhook, email], max_delay: PT10M, tested_on: 2026-05-12}", "anomaly_alerts: {supported: false}"}, "error VG-DET-001 no anomaly alerts"},
		{"alerts of the limit", 1, pairs{"max_delay: PT10M", "max_delay: PT15M"}, ""},
		{"alerts a second later", 1, pairs{"max_delay: PT10M", "max_delay: PT15M1S"}, "error VG-DET-001 alerts take 15 minutes and 1 second"},
		{"alerts within the hour", 2, pairs{"max_delay: PT10M", "max_delay: PT1H"}, ""},
		{"alerts never tested", 1, pairs{", tested_on: 2026-05-12", ""}, "warning VG-DET-001 the alerts were never tested"},
		{"no blocking", 1, pairs{"automated_blocking: {supported: true, mechanisms: [waf, credential-stuffing, leaked-key-revocation], customer_configurable: true}", "automated_blocking: {supported: false}"}, "error VG-DET-002 not blocked"},
		{"blocking by nothing", 1, pairs{"mechanisms: [waf, credential-stuffing, leaked-key-revocation]", "mechanisms: []"}, "error VG-DET-002 no blocking mechanism is named"},
		// VG-DAT-001, VG-DAT-002
		{"a country outside", 1, pairs{"storage_locations: [IE, DE]", "storage_locations: [IE, FR]"}, "error VG-DAT-001 data goes to FR, outside the approved regions IE, DE"},
		{"kept for ever", 1, pairs{"default: P13M", "default: unlimited"}, "error VG-DAT-001 data is kept indefinitely"},
		{"nothing kept", 1, pairs{"stores_customer_data: true\n  storage_locations: [IE, DE]", "stores_customer_data: false", "default: P13M", "default: none"}, ""},
		{"never deleted", 1, pairs{"on_termination: P30D", "on_termination: never"}, "error VG-DAT-001 data is not deleted at termination"},
		{"notice of 29 days, and a contract that says 30", 1, pairs{"notice: P30D, reviewed_on", "notice: P29D, reviewed_on"}, ""},
		{"notice of 29 days", 1, pairs{"notice: P30D, reviewed_on", "notice: P29D, reviewed_on", "subprocessor_notice: P30D, ", ""}, "error VG-DAT-001 notice of subprocessor changes is 29 days (at least 30 days)"},
		{"no notice", 1, pairs{"notice: P30D, reviewed_on", "reviewed_on", "subprocessor_notice: P30D, ", ""}, "error VG-DAT-001 no notice of subprocessor changes"},
		{"never reviewed", 1, pairs{"reviewed_on: 2026-10-02, ", ""}, "error VG-DAT-001 the subprocessors were never reviewed"},
		{"no list of subprocessors", 1, pairs{"url: https://calderwick.example/subprocessors, notice: P30D, reviewed_on: 2026-10-02, list_sha256: 3b7e0c51a6d2f4908e1d7b63c9a05f28b4e6d1970fca83525b9f0e47d6c1a832", "url: none, notice: P30D"}, "error VG-DAT-001 data.subprocessors.url is none"},
		{"no subprocessors", 1, pairs{"url: https://calderwick.example/subprocessors, notice: P30D, reviewed_on: 2026-10-02, list_sha256: 3b7e0c51a6d2f4908e1d7b63c9a05f28b4e6d1970fca83525b9f0e47d6c1a832", "url: null", "subprocessor_notice: P30D, ", ""}, ""},
		{"training", 2, pairs{"used_for_training: false", "used_for_training: true"}, "error VG-DAT-002 the vendor trains models on it"},
		{"an opt-out with evidence", 1, pairs{"used_for_training: false", "used_for_training: opt-out"}, ""},
		{"an opt-out with documents", 1, pairs{"used_for_training: false", "used_for_training: opt-out", "id: caiq-2026, type: attestation, assurance: attested", "id: caiq-2026, type: evidence, assurance: documented"}, ""},
		{"an opt-out without", 1, pairs{"used_for_training: false", "used_for_training: opt-out", "supports: [data.*, ", "supports: [data.retention, "}, "error VG-DAT-002 there is no evidence that you did"},
		// VG-VUL-001, VG-VUL-002
		{"scans each month", 1, pairs{"cadence: continuous", "cadence: monthly"}, ""},
		{"scans each quarter", 1, pairs{"cadence: continuous", "cadence: quarterly"}, "error VG-VUL-001 scans are quarterly (at most 1 month apart)"},
		{"critical fixes of the limit", 1, pairs{"critical: P7D", "critical: P30D"}, ""},
		{"critical fixes a day later", 1, pairs{"critical: P7D", "critical: P31D"}, "error VG-VUL-001 fixes for critical vulnerabilities take 31 days (at most 30 days)"},
		{"high fixes a day later", 1, pairs{"high: P30D", "high: P31D"}, "error VG-VUL-001 fixes for high-severity vulnerabilities take 31 days"},
		{"high fixes in tier 2", 2, pairs{"high: P30D", "high: P60D"}, ""},
		{"medium fixes a day later", 1, pairs{"medium: P90D", "medium: P91D"}, "error VG-VUL-001 fixes for medium-severity vulnerabilities take 91 days"},
		{"exploited, a day later", 1, pairs{"kev: P14D", "kev: P15D"}, "error VG-VUL-001 fixes for exploited vulnerabilities take 15 days"},
		{"scanning not promised", 1, pairs{"security_terms: {scanning: true, ", "security_terms: {"}, "error VG-VUL-001 does not commit to vulnerability scanning"},
		{"patches not promised", 1, pairs{"patch_sla: true, annual", "patch_sla: false, annual"}, "error VG-VUL-001 does not commit to patch deadlines"},
		{"nobody to tell", 1, pairs{
			"policy_url: https://calderwick.example/security/disclosure, ", "", ", bug_bounty: https://bounty.calderwick.example", "",
			",\n                security_txt: https://calderwick.example/.well-known/security.txt", "",
		}, "warning VG-VUL-002 no disclosure policy, no security.txt, no bug bounty"},
		{"a bug bounty", 1, pairs{"policy_url: https://calderwick.example/security/disclosure, ", "", ",\n                security_txt: https://calderwick.example/.well-known/security.txt", ""}, ""},
		// VG-AUT-005, VG-ENC-003, VG-DAT-003, VG-AUD-005
		{"webhooks without a signature", 1, pairs{"webhooks: {signature: hmac-sha256, replay_window: PT5M, secret_rotation: true}", "webhooks: {signature: none}"}, "error VG-AUT-005 the vendor does not sign them"},
		{"no webhooks", 1, pairs{"webhooks: {signature: hmac-sha256, replay_window: PT5M, secret_rotation: true}", "webhooks: {signature: n/a}"}, ""},
		{"the profile old", 1, pairs{"mozilla_profile: intermediate", "mozilla_profile: old"}, "error VG-ENC-003 Mozilla's profile old"},
		{"no profile", 2, pairs{"mozilla_profile: intermediate", "mozilla_profile: none"}, "error VG-ENC-003 encryption.in_transit.mozilla_profile is none"},
		{"a weak cipher", 1, pairs{"algorithm: AES-256-GCM", "algorithm: 3DES-CBC"}, "error VG-ENC-003 stored data is encrypted with 3DES"},
		{"no cipher at all", 1, pairs{"algorithm: AES-256-GCM", "algorithm: ROT13"}, "error VG-ENC-003 stored data is encrypted with ROT13"},
		{"a weak mode", 1, pairs{"algorithm: AES-256-GCM", "algorithm: AES-256/ECB"}, "error VG-ENC-003 stored data is encrypted with ECB"},
		{"a weak cipher for nothing", 1, pairs{"algorithm: AES-256-GCM", "algorithm: RC4", "stores_customer_data: true\n  storage_locations: [IE, DE]", "stores_customer_data: false", "default: P13M", "default: none"}, ""},
		{"another cipher", 1, pairs{"algorithm: AES-256-GCM", "algorithm: ChaCha20-Poly1305 (desired by design)"}, ""},
		{"customers together", 1, pairs{"tenant_isolation: logical", "tenant_isolation: none"}, "error VG-DAT-003 the vendor does not separate it from other customers' data"},
		{"no review of the architecture", 1, pairs{"type: threat-model", "type: documentation"}, "warning VG-AUD-005 no evidence of the type risk-assessment or threat-model"},
		{"an assessment of the risk", 1, pairs{"type: threat-model", "type: risk-assessment"}, ""},
		{"an expired review", 2, pairs{"type: threat-model, ", "type: threat-model, expires: 2026-11-22, "}, "warning VG-AUD-005 evidence \"review-2026\" expired on 2026-11-22"},
		{"a review that is valid today", 1, pairs{"type: threat-model, ", "type: threat-model, expires: 2027-11-22, "}, ""},
		// VG-REG-004
		{"a vague word beside a control", 1, pairs{"tamper_protection: true", "tamper_protection: true\n  notes: Industry-leading, robust logging"}, `error VG-REG-004 logging.notes of "calderwick-payments" makes a claim that cannot be measured: "industry leading robust logging"`},
		{"three words between", 1, pairs{"tamper_protection: true", "tamper_protection: true\n  notes: robust and well kept logging"}, ""},
		{"two words between", 1, pairs{"tamper_protection: true", "tamper_protection: true\n  notes: robust and kept logging"}, "error VG-REG-004"},
		{"behind the control", 1, pairs{"tamper_protection: true", "tamper_protection: true\n  notes: The monitoring is state-of-the-art."}, `error VG-REG-004 "monitoring is state of the art"`},
		{"in the description", 1, pairs{"Card and account-to-account payment acceptance.", "Payments with bank-grade security."}, `error VG-REG-004 description of "calderwick-payments" makes a claim that cannot be measured: "bank grade security"`},
		{"in the name", 1, pairs{"name: Calderwick Payments API", "name: Enterprise-grade secure payments"}, `error VG-REG-004 name of "calderwick-payments" makes a claim that cannot be measured: "enterprise grade secure"`},
		{"instead of a cipher", 1, pairs{"algorithm: AES-256-GCM", "algorithm: strong encryption"}, `error VG-REG-004 encryption.at_rest.algorithm of "calderwick-payments" makes a claim that cannot be measured: "strong encryption"`},
		{"without a noun, instead of a cipher", 1, pairs{"algorithm: AES-256-GCM", "algorithm: Military grade"}, `error VG-REG-004 encryption.at_rest.algorithm of "calderwick-payments" makes a claim that cannot be measured: "military grade"`},
		{"a single word instead of a cipher", 1, pairs{"algorithm: AES-256-GCM", "algorithm: strong"}, `error VG-REG-004 encryption.at_rest.algorithm of "calderwick-payments" makes a claim that cannot be measured: "strong"`},
		{"instead of a standard", 1, pairs{"standard: NIST-SP-800-88", "standard: industry standard"}, `error VG-REG-004 data.deletion.standard of "calderwick-payments" makes a claim that cannot be measured: "industry standard"`},
		{"without a noun, in the description", 1, pairs{"Card and account-to-account payment acceptance.", "Bank-level payments."}, `error VG-REG-004 description of "calderwick-payments" makes a claim that cannot be measured: "bank level"`},
		{"a legal term", 1, pairs{"Card and account-to-account payment acceptance.", "Payments with strong customer authentication."}, ""},
		{"about something else", 1, pairs{"Card and account-to-account payment acceptance.", "A robust queue for regular payments."}, ""},
		{"part of a word", 1, pairs{"tamper_protection: true", "tamper_protection: true\n  notes: robustness of logging is in the report"}, ""},
	} {
		world := gatetest.Full
		if c.tier == 2 {
			world = gatetest.Second
		}
		f := world(t, c.record...)
		for name, text := range f { // what stays in the registry has tests of its own
			f[name] = strings.NewReplacer("access: nda", "access: public", "access: internal", "access: public", "tlp: AMBER", "tlp: CLEAR").Replace(text)
		}
		check(t, c.why, f, gatetest.Today, c.want)
	}
}

// TestUnknownClaims: what is unknown is one finding of VG-REG-005 and none of the rule that asks.
func TestUnknownClaims(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ old, replacement, path string }{
		{"access_token_max_lifetime: PT15M", "access_token_max_lifetime: unknown", "authentication.access_token_max_lifetime"},
		{"revocation: {supported: true", "revocation: {supported: unknown", "authentication.revocation.supported"},
		{", max_propagation: PT1M", "", "authentication.revocation.max_propagation"},
		{"sender_constrained: [mtls]", "sender_constrained: unknown", "authentication.sender_constrained"},
		{"rbac: {supported: true", "rbac: {supported: unknown", "access.rbac.supported"},
		{"api_key_scoping: true", "api_key_scoping: unknown", "access.rbac.api_key_scoping"},
		{"enforced: true, phishing", "phishing", "access.mfa.enforced"},
		{"protocols: [saml2, oidc]", "protocols: unknown", "access.sso.protocols"},
		{"at_rest: {encrypted: true", "at_rest: {encrypted: unknown", "encryption.at_rest.encrypted"},
		{"backups: true", "backups: unknown", "encryption.at_rest.backups"},
		{"events: [authn-success, authn-failure, crud, config-change, vendor-staff-access]", "events: unknown", "logging.events"},
		{"fields: [actor, ip, timestamp, action, object]", "fields: unknown", "logging.fields"},
		{"retention: P400D", "retention: unknown", "logging.retention"},
		{"customer_access: true", "customer_access: unknown", "logging.customer_access"},
		{"targets: [webhook, splunk, datadog]", "targets: unknown", "logging.export.targets"},
		{", api: https://status.calderwick.example/api/v2/status.json", "", "observability.status_page.api"},
		{"documented_url: https://docs.calderwick.example/limits", "documented_url: unknown", "rate_limiting.documented_url"},
		{"  limits: [{scope: client, quota: 100, window: PT1S}]\n", "", "rate_limiting.limits"},
		{"on_exceed: {status: 429", "on_exceed: {status: unknown", "rate_limiting.on_exceed.status"},
		{"status: 429, retry_after: true", "status: 429", "rate_limiting.on_exceed.retry_after"},
		{"realtime: {supported: true", "realtime: {supported: unknown", "threat_detection.realtime.supported"},
		{"anomaly_alerts: {supported: true", "anomaly_alerts: {supported: unknown", "threat_detection.anomaly_alerts.supported"},
		{"max_delay: PT10M", "max_delay: unknown", "threat_detection.anomaly_alerts.max_delay"},
		{"automated_blocking: {supported: true", "automated_blocking: {supported: unknown", "threat_detection.automated_blocking.supported"},
		{"mechanisms: [waf, credential-stuffing, leaked-key-revocation]", "mechanisms: unknown", "threat_detection.automated_blocking.mechanisms"},
		{"storage_locations: [IE, DE]", "storage_locations: unknown", "data.storage_locations"},
		{"processing_locations: [IE, DE]", "processing_locations: unknown", "data.processing_locations"},
		{"default: P13M", "default: unknown", "data.retention.default"},
		{"on_termination: P30D", "on_termination: unknown", "data.deletion.on_termination"},
		{"used_for_training: false", "used_for_training: unknown", "data.used_for_training"},
		{"subprocessors: {url: https://calderwick.example/subprocessors, ", "subprocessors: {", "data.subprocessors.url"},
		{"cadence: continuous", "cadence: unknown", "vulnerability_management.scanning.cadence"},
		{"critical: P7D", "critical: unknown", "vulnerability_management.patch_sla.critical"},
		{"kev: P14D", "kev: unknown", "vulnerability_management.patch_sla.kev"},
		{"formats: [json, csv]", "formats: unknown", "exit.export.formats"},
		{"included: true, deadline: P30D", "included: true", "exit.export.deadline"},
		{"residual: medium", "residual: unknown", "risk.residual"},
	} {
		check(t, c.path, gatetest.Full(t, c.old, c.replacement), gatetest.Today, "error VG-REG-005 unknown for \"calderwick-payments\": "+c.path)
	}
}

// TestStack: an export counts where the organisation's own stack can receive it.
func TestStack(t *testing.T) {
	t.Parallel()
	f := gatetest.Full(t)
	for stack, want := range map[string]string{"[splunk]": "", "[sentinel, datadog]": "", "[sentinel]": "warning VG-LOG-002 no log export to sentinel"} {
		check(t, stack, f.With(gatetest.Files{"registry/policy.yaml": f["registry/policy.yaml"] + "stack: " + stack + "\n"}), gatetest.Today, want)
	}
}

// TestOwnSide: in the manifest of the repository's own tokens, secrets, regions and budgets.
func TestOwnSide(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ why, old, replacement, asOf, want string }{
		{"a token of the limit", "token_lifetime: PT15M", "token_lifetime: PT1H", gatetest.Today, ""},
		{"a token beyond it", "token_lifetime: PT15M", "token_lifetime: PT61M", gatetest.Today, "error VG-AUT-003 this repository uses tokens for 1 hour and 1 minute"},
		{"a region outside", "regions: [IE]", "regions: [FR]", gatetest.Today, "error VG-DAT-001 this use names the region FR, outside the approved regions IE, DE"},
		{"a budget that the pilot met", "p95_ms: 500", "p95_ms: 212", gatetest.Today, ""},
		{"a budget that it did not", "p95_ms: 500", "p95_ms: 211", gatetest.Today, "error VG-PIL-001 p95 latency of 212 ms (at most 211)"},
		{"an error budget that it did not", "error_rate_pct: 1", "error_rate_pct: 0.02", gatetest.Today, "error VG-PIL-001 error rate of 0.03% (at most 0.02)"},
		{"a secret before the announcement", "", "", "2026-12-19", ""},
		{"a secret that is announced", "", "", "2026-12-20", `warning VG-AUT-004 secret "CALDERWICK_CLIENT_KEY" is due for rotation by 2027-01-03 (in 14 days)`},
		{"its last day", "", "", "2027-01-03", "warning VG-AUT-004 (today)"},
		{"the day after", "", "", "2027-01-04", `error VG-AUT-004 is 91 days old; it was due for rotation by 2027-01-03`},
		{"an age beyond the policy's", "max_age: P90D", "max_age: P900D", "2027-01-04", "error VG-AUT-004"},
		{"an age below the policy's", "max_age: P90D", "max_age: P49D", gatetest.Today, "warning VG-AUT-004 due for rotation by 2026-11-23 (today)"},
		{"an age a day below that", "max_age: P90D", "max_age: P48D", gatetest.Today, "error VG-AUT-004 it was due for rotation by 2026-11-22"},
		{"no age of its own", ", max_age: P90D", "", "2027-01-04", "error VG-AUT-004"},
		{"no day of rotation", ", rotated_on: 2026-10-05", "", "2027-01-04", ""},
		{"rotated today", "rotated_on: 2026-10-05", "rotated_on: 2026-11-23", gatetest.Today, ""},
		{"rotated tomorrow", "rotated_on: 2026-10-05", "rotated_on: 2026-11-24", gatetest.Today, "error VG-AUT-004 which is in the future"},
	} {
		f := gatetest.Full(t)
		if c.old != "" {
			f = f.Using(t, c.old, c.replacement)
		}
		f["registry/probes/calderwick-payments.json"] = strings.Replace(gatetest.CalderwickProbes, "2026-11-22", c.asOf, 1)
		f["registry/probes/calderwick-payments.json"] = strings.Replace(f["registry/probes/calderwick-payments.json"], "T04", "T01", 1)
		check(t, c.why, f, c.asOf, c.want)
	}
}
