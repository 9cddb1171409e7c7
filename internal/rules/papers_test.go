package rules_test

import (
	"strings"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// TestPapers: what we hold and what we did ourselves, each number exact and one off. Absence is the rule's own finding.
func TestPapers(t *testing.T) {
	t.Parallel()
	type pairs = []string
	const (
		soc2    = "period: {start: 2025-10-01, end: 2026-09-30}, issued: 2026-11-10"
		baa     = "baa: {status: not-required}"
		signed  = "dpa: {status: signed, signed_on: 2026-05-28"
		matrix  = ", responsibility_matrix: pci-matrix-2026"
		drill   = "performed_on: 2026-05-12, detect_seconds: 41, alert_seconds: 305, revoke_seconds: 22, recover_seconds: 640"
		renewal = "renewal: {type: manual, notice: P90D}"
	)
	for _, c := range []struct {
		why    string
		tier   int
		record pairs
		want   string
	}{
		// VG-AUD-003, VG-AUD-004
		{"no documentation", 1, pairs{"  docs: https://docs.calderwick.example\n", ""}, "error VG-AUD-003 no API documentation"},
		{"no documentation of the authentication", 1, pairs{"  auth_docs: https://docs.calderwick.example/auth\n", ""}, "error VG-AUD-003 no authentication documentation"},
		{"a trust centre is enough", 1, pairs{"  security: https://calderwick.example/security\n", ""}, ""},
		{"neither", 1, pairs{"  security: https://calderwick.example/security\n", "", "  trust_center: https://trust.calderwick.example\n", ""}, "error VG-AUD-003 no security page or trust centre"},
		{"a refusal", 2, pairs{"cuecs_reviewed: true, shared: full", "cuecs_reviewed: true, shared: refused"}, "error VG-AUD-003 the vendor refused to share soc2-2026"},
		{"a qualified opinion", 1, pairs{"opinion: unqualified", "opinion: qualified"}, `error VG-AUD-004 has the opinion "qualified"`},
		{"a qualified opinion in tier 2", 2, pairs{"opinion: unqualified", "opinion: qualified"}, "warning VG-AUD-004"},
		{"an adverse opinion in tier 2", 2, pairs{"opinion: unqualified", "opinion: adverse"}, `error VG-AUD-004 has the opinion "adverse"`},
		{"a disclaimer", 1, pairs{"opinion: unqualified", "opinion: disclaimer"}, "error VG-AUD-004"},
		{"a critical finding", 1, pairs{"findings_open: {critical: 0", "findings_open: {critical: 1"}, "error VG-AUD-004 1 critical, due to be fixed by 2026-05-01"},
		{"a high finding", 1, pairs{"high: 0, medium: 1", "high: 2, medium: 1"}, "error VG-AUD-004 2 high, due to be fixed by 2026-05-24"},
		{"a critical finding that has time", 2, pairs{"findings_open: {critical: 0", "findings_open: {critical: 1", "performed: {start: 2026-04-06, end: 2026-04-24}", "performed: {start: 2026-04-06, end: 2026-11-16}", "received: 2026-05-18", "received: 2026-11-20", "retest_on: 2026-05-15, ", ""}, ""},
		{"a critical finding whose time is over", 2, pairs{"findings_open: {critical: 0", "findings_open: {critical: 1", "performed: {start: 2026-04-06, end: 2026-04-24}", "performed: {start: 2026-04-06, end: 2026-11-15}", "received: 2026-05-18", "received: 2026-11-20", "retest_on: 2026-05-15, ", ""}, "error VG-AUD-004 1 critical, due to be fixed by 2026-11-22"},
		{"a report that a later one replaces", 1, pairs{"  - {id: iso27001,", "  - {id: soc2-2025, type: soc2-type2, period: {end: 2025-09-30}, opinion: adverse}\n  - {id: iso27001,"}, ""},
		// VG-CMP-001 to 003
		{"no matrix", 1, pairs{matrix, ""}, "error VG-CMP-001 no current responsibility matrix"},
		{"no card data, no matrix", 2, pairs{matrix, ""}, ""},
		{"an AOC of last year", 1, pairs{"issued: 2026-07-15", "issued: 2025-11-22"}, "error VG-CMP-001 was valid through 2026-11-22"},
		{"an AOC on its last day", 1, pairs{"issued: 2026-07-15", "issued: 2025-11-23"}, "warning VG-CMP-001 (today)"},
		{"a matrix that has ended", 1, pairs{"- {id: pci-matrix-2026, type: attestation,", "- {id: pci-matrix-2026, expires: 2026-11-22, type: attestation,"}, "error VG-CMP-001 no current responsibility matrix"},
		{"no agreement", 2, pairs{signed, "dpa: {status: missing", ", evidence: dpa-2026}", "}"}, "error VG-CMP-003 no data processing agreement is signed"},
		{"an agreement of tomorrow", 2, pairs{signed, "dpa: {status: signed, signed_on: 2026-11-24"}, "error VG-REG-003 compliance.dpa.signed_on is 2026-11-24, which is in the future"},
		{"an agreement that nobody signed", 2, pairs{signed, "dpa: {status: signed"}, "error VG-CMP-003 nobody recorded when the data processing agreement was signed"},
		{"an agreement of today", 2, pairs{signed, "dpa: {status: signed, signed_on: 2026-11-23"}, ""},
		{"an inadequate country", 2, pairs{"  regions: [IE, DE]\n", "", "processing_locations: [IE, DE]", "processing_locations: [IE, US]"}, "error VG-CMP-003 data goes to US without a transfer mechanism"},
		{"an inadequate country, with clauses", 2, pairs{"  regions: [IE, DE]\n", "", "processing_locations: [IE, DE]", "processing_locations: [IE, US]", "transfer_mechanism: not-required", "transfer_mechanism: scc"}, ""},
		{"an adequate country", 2, pairs{"  regions: [IE, DE]\n", "", "processing_locations: [IE, DE]", "processing_locations: [IE, JP]"}, ""},
		// VG-CON-001, VG-CON-002
		{"a draft", 1, pairs{"status: active\n  signed_on: 2026-05-28", "status: draft"}, "error VG-CON-001 it is a draft"},
		{"terminated", 1, pairs{"status: active", "status: terminated"}, "error VG-CON-001 it is terminated"},
		{"begins today", 1, pairs{"start: 2026-06-01", "start: 2026-11-23"}, ""},
		{"begins tomorrow", 1, pairs{"start: 2026-06-01", "start: 2026-11-24"}, "error VG-CON-001 it starts on 2026-11-24"},
		{"signed today", 1, pairs{"  status: active\n  signed_on: 2026-05-28", "  status: active\n  signed_on: 2026-11-23"}, ""},
		{"signed tomorrow", 1, pairs{"  status: active\n  signed_on: 2026-05-28", "  status: active\n  signed_on: 2026-11-24"}, "error VG-REG-003 contract.signed_on is 2026-11-24, which is in the future"},
		{"signed on an unknown day", 1, pairs{"  status: active\n  signed_on: 2026-05-28", "  status: active"}, "error VG-CON-001 does not say: when it was signed"},
		{"ends today", 1, pairs{"end: 2028-05-31", "end: 2026-11-23"}, "warning VG-CON-001 (today)"},
		{"ended yesterday", 2, pairs{"end: 2028-05-31", "end: 2026-11-22"}, "error VG-CMP-003 ended with the contract on 2026-11-22|error VG-CON-001 it ended on 2026-11-22 (1 day ago)"},
		{"no end", 1, pairs{"end: 2028-05-31", "end: null"}, ""},
		{"notice is possible today", 1, pairs{"end: 2028-05-31", "end: 2027-02-21", renewal, "renewal: {type: auto, notice: P90D}"}, "warning VG-CON-001 the last day to give notice is 2026-11-23 (today)"},
		{"notice was possible yesterday", 1, pairs{"end: 2028-05-31", "end: 2027-02-20", renewal, "renewal: {type: auto, notice: P90D}"}, "warning VG-CON-001 the last day to give notice was 2026-11-22 (1 day ago)"},
		{"it does not renew", 1, pairs{renewal, "renewal: {type: none}"}, ""},
		{"whether it renews is not recorded", 1, pairs{"  " + renewal + "\n", ""}, "warning VG-CON-001 does not say: whether it renews automatically"},
		{"uptime of the limit", 1, pairs{"uptime_pct: 99.95", "uptime_pct: 99.9"}, ""},
		{"uptime below it", 1, pairs{"uptime_pct: 99.95", "uptime_pct: 99.89"}, "error VG-CON-002 uptime of 99.89% (at least 99.9%)"},
		{"uptime in tier 2", 2, pairs{"uptime_pct: 99.95", "uptime_pct: 99.5"}, ""},
		{"no uptime commitment", 2, pairs{"uptime_pct: 99.95, ", ""}, "error VG-CON-002 no uptime commitment"},
		{"notice an hour late", 1, pairs{"notify_hours: 24", "notify_hours: 25"}, "error VG-CON-002 incident notification within 25 hours (at most 24)"},
		{"notice in tier 2", 2, pairs{"notify_hours: 24", "notify_hours: 72"}, ""},
		{"notice an hour late in tier 2", 2, pairs{"notify_hours: 24", "notify_hours: 73"}, "error VG-CON-002"},
		{"no notice", 1, pairs{"notify_hours: 24, ", ""}, "error VG-CON-002 no incident notification"},
		{"no time to resolve", 1, pairs{"sev1: PT8H, ", ""}, "error VG-CON-002 no resolution time for incidents"},
		{"no time to resolve in tier 2", 2, pairs{"sev1: PT8H, ", ""}, "warning VG-CON-002"},
		{"incidents are no downtime", 1, pairs{"security_incidents_count_as_downtime: true", "security_incidents_count_as_downtime: false"}, "error VG-CON-002 security incidents do not count as downtime"},
		// VG-EXT-001
		{"no export", 1, pairs{"formats: [json, csv], api: true", "formats: [], api: false"}, "error VG-EXT-001 no machine-readable export"},
		{"an interface is enough", 1, pairs{"formats: [json, csv]", "formats: []"}, ""},
		{"an export a day late", 1, pairs{"included: true, deadline: P30D", "included: true, deadline: P31D"}, "error VG-EXT-001 an export takes 31 days (at most 30 days)"},
		{"no term for the data", 2, pairs{"  data_return_or_deletion: P30D\n", ""}, "error VG-EXT-001 no deadline for returning or deleting data"},
		{"a transition of the limit", 1, pairs{"transition: P6M", "transition: P3M"}, ""},
		{"a transition below it", 1, pairs{"transition: P6M", "transition: P91D"}, "error VG-EXT-001 a transition period of 91 days (at least 3 months)"},
		{"no transition", 1, pairs{"  transition: P6M\n", ""}, "error VG-EXT-001 no transition period"},
		{"no transition in tier 2", 2, pairs{"  transition: P6M\n", ""}, ""},
		{"no plan", 1, pairs{"  plan: exit-plan-2026\n", ""}, "error VG-EXT-001 no exit plan"},
		{"no plan in tier 2", 2, pairs{"  plan: exit-plan-2026\n", ""}, ""},
		{"a plan tried 24 months ago", 1, pairs{"plan_tested_on: 2026-05-06", "plan_tested_on: 2024-11-23"}, "warning VG-EXT-001 (today)"},
		{"a plan tried before that", 1, pairs{"plan_tested_on: 2026-05-06", "plan_tested_on: 2024-11-22"}, "error VG-EXT-001 last tested on 2024-11-22 (due again by 2026-11-22)"},
		{"another document in place of the plan", 1, pairs{"supports: [exit.*]", "supports: [data.*]"}, "error VG-EXT-001 no exit plan: evidence \"exit-plan-2026\" does not support exit.plan (evidence[].supports)"},
		{"a plan never tried", 1, pairs{"  plan_tested_on: 2026-05-06\n", ""}, "error VG-EXT-001 the exit plan was never tested"},
		// VG-PIL-001, VG-PIL-002
		{"a pilot six months before", 1, pairs{"period: {start: 2026-04-27, end: 2026-05-15}", "period: {start: 2025-11-01, end: 2025-12-01}"}, ""},
		{"a pilot a day more before", 1, pairs{"period: {start: 2026-04-27, end: 2026-05-15}", "period: {start: 2025-11-01, end: 2025-11-30}"}, "error VG-PIL-001 it ended on 2025-11-30, more than 6 months before the approval on 2026-06-01"},
		{"a pilot to the day of the approval", 1, pairs{"period: {start: 2026-04-27, end: 2026-05-15}", "period: {start: 2026-04-27, end: 2026-06-01}", "issued: 2026-05-16, url", "issued: 2026-06-01, url"}, ""},
		{"a report from before the end of the pilot", 1, pairs{"issued: 2026-05-16, url", "issued: 2026-05-14, url"}, "error VG-PIL-001 its results are not on file: evidence \"pilot-2026\" is of 2026-05-14, before 2026-05-15 (pilot.period.end)"},
		{"another document in place of the results", 1, pairs{"supports: [pilot.*, ", "supports: ["}, "error VG-PIL-001 its results are not on file: evidence \"pilot-2026\" does not support pilot.evidence (evidence[].supports)"},
		{"a pilot after the approval", 1, pairs{"period: {start: 2026-04-27, end: 2026-05-15}", "period: {start: 2026-04-27, end: 2026-06-02}"}, "error VG-PIL-001 after the approval"},
		{"no pilot", 1, pairs{"  period: {start: 2026-04-27, end: 2026-05-15}\n", ""}, "error VG-PIL-001 there was no pilot"},
		{"no latency", 1, pairs{"p95: 212, ", ""}, "error VG-PIL-001 p95 latency was not measured"},
		{"no error rate", 1, pairs{"  error_rate_pct: 0.03\n", ""}, "error VG-PIL-001 error rate was not measured"},
		{"accepted without credentials", 1, pairs{"no_auth: 401", "no_auth: 200"}, "error VG-PIL-001 it answered no_auth with status 200"},
		{"the last of the refusals", 1, pairs{"bad_input: 400", "bad_input: 499"}, ""},
		{"no refusal yet", 1, pairs{"bad_input: 400", "bad_input: 399"}, "error VG-PIL-001 it answered bad_input with status 399"},
		{"failed on bad input", 1, pairs{"bad_input: 400", "bad_input: 500"}, "error VG-PIL-001 it answered bad_input with status 500"},
		{"leaks", 1, pairs{"leaks_internals: false", "leaks_internals: true"}, "error VG-PIL-001 its errors leak internals"},
		{"an attack that succeeded", 1, pairs{"owasp: API1:2023, result: blocked", "owasp: API1:2023, result: succeeded"}, "error VG-PIL-002 the attack bola-cross-tenant-read succeeded"},
		{"an attack that was seen", 1, pairs{"owasp: API1:2023, result: blocked", "owasp: API1:2023, result: alerted"}, ""},
		{"no consent", 2, pairs{"  vendor_authorised: true\n", ""}, "warning VG-PIL-002 without the vendor's consent"},
		{"just enough requests", 1, pairs{"requests: 48210", "requests: 1000"}, ""},
		{"a request too few", 1, pairs{"requests: 48210", "requests: 999"}, "error VG-PIL-001 only 999 requests are behind its measurements (at least 1000)"},
		{"fewer, in tier 2", 2, pairs{"requests: 48210", "requests: 200"}, ""},
		{"too few, in tier 2", 2, pairs{"requests: 48210", "requests: 199"}, "error VG-PIL-001 only 199 requests are behind its measurements (at least 200)"},
		{"an unknown number of requests", 1, pairs{"requests: 48210, ", ""}, "error VG-PIL-001 nobody recorded how many requests are behind its measurements (at least 1000)"},
		{"no test of authorization", 1, pairs{"owasp: API1:2023", "owasp: API8:2023"}, "error VG-PIL-002 no attack test is about API1:2023 of the OWASP API Security Top 10"},
		{"no test of authentication", 2, pairs{"owasp: API2:2023", "owasp: API8:2023"}, "warning VG-PIL-002 no attack test is about API2:2023 of the OWASP API Security Top 10"},
		{"three tests of two entries", 1, pairs{"owasp: API4:2023", "owasp: API1:2023", "owasp: API10:2023", "owasp: API1:2023"}, "error VG-PIL-002 the attack tests cover only 2 entries of the OWASP API Security Top 10 (at least 3)"},
		{"two entries in tier 2", 2, pairs{"owasp: API4:2023", "owasp: API1:2023", "owasp: API10:2023", "owasp: API1:2023"}, ""},
		{"no drill with a leaked credential", 1, pairs{"scenario: leaked-credential", "scenario: token-replay"}, "error VG-PIL-002 no breach drill with a leaked credential recorded how soon the vendor revoked; no breach drill with a leaked credential recorded how soon the vendor recovered"},
		{"another drill in tier 2", 2, pairs{"scenario: leaked-credential", "scenario: token-replay"}, ""},
		{"an old drill with a leaked credential", 1, pairs{"performed_on: 2026-05-12", "performed_on: 2025-11-22"}, "error VG-PIL-002 the last breach drill was on 2025-11-22"},
		{"revoked in time", 1, pairs{drill, strings.Replace(drill, "revoke_seconds: 22", "revoke_seconds: 300", 1)}, ""},
		{"revoked a second late", 1, pairs{drill, strings.Replace(drill, "revoke_seconds: 22", "revoke_seconds: 301", 1)}, "error VG-PIL-002 leaked-credential: revoked after 5 minutes and 1 second (at most 5 minutes)"},
		{"recovered in time", 1, pairs{drill, strings.Replace(drill, "recover_seconds: 640", "recover_seconds: 3600", 1)}, ""},
		{"recovered a second late", 1, pairs{drill, strings.Replace(drill, "recover_seconds: 640", "recover_seconds: 3601", 1)}, "error VG-PIL-002 recovered after 1 hour and 1 second (at most 1 hour)"},
		{"slow, in tier 2", 2, pairs{drill, strings.Replace(drill, "recover_seconds: 640", "recover_seconds: 3601", 1)}, ""},
		{"a drill a year ago", 1, pairs{"performed_on: 2026-05-12", "performed_on: 2025-11-23", "performed_on: 2026-05-13", "performed_on: 2025-11-23"}, "warning VG-PIL-002 (today)"},
		{"a drill before that", 1, pairs{"performed_on: 2026-05-12", "performed_on: 2025-11-22", "performed_on: 2026-05-13", "performed_on: 2025-11-22"}, "error VG-PIL-002 the last breach drill was on 2025-11-22 (due again by 2026-11-22)"},
		// VG-DET-001, VG-DAT-001: our own work
		{"alerts tested a year ago", 1, pairs{"tested_on: 2026-05-12", "tested_on: 2025-11-23"}, "warning VG-DET-001 (today)"},
		{"alerts tested before that", 1, pairs{"tested_on: 2026-05-12", "tested_on: 2025-11-22"}, "warning VG-DET-001 last tested on 2025-11-22 (due again by 2026-11-22)"},
		{"processors reviewed a year ago", 2, pairs{"reviewed_on: 2026-10-02", "reviewed_on: 2025-11-23"}, "warning VG-DAT-001 (today)"},
		{"processors reviewed before that", 2, pairs{"reviewed_on: 2026-10-02", "reviewed_on: 2025-11-22"}, "error VG-DAT-001 last reviewed on 2025-11-22 (due again by 2026-11-22)"},
		// VG-REG-006
		{"no proof of a test", 1, pairs{", authentication.revocation]", "]"}, "error VG-REG-006 authentication.revocation has only audited evidence, but this use requires evidence from a test"},
		{"proof enough in tier 2", 2, pairs{", authentication.revocation]", "]"}, ""},
		// VG-REG-003: days to come
		{"reviewed tomorrow", 1, pairs{"reviewed_on: 2026-10-02", "reviewed_on: 2026-11-24"}, "error VG-REG-003 data.subprocessors.reviewed_on is 2026-11-24, which is in the future"},
		{"issued tomorrow", 1, pairs{soc2, "period: {start: 2025-10-01, end: 2026-09-30}, issued: 2026-11-24"}, "error VG-REG-003 assessments[].issued is 2026-11-24"},
		{"audited tomorrow", 1, pairs{"surveillance: [2026-03-03]", "surveillance: [2026-03-03, 2026-11-24]"}, "error VG-REG-003 assessments[].surveillance is 2026-11-24"},
	} {
		world := gatetest.Full
		if c.tier == 2 {
			world = gatetest.Second
		}
		check(t, c.why, world(t, c.record...), gatetest.Today, c.want)
	}
}

// TestHealth: VG-CMP-002.
func TestHealth(t *testing.T) {
	t.Parallel()
	for baa, want := range map[string]string{
		"{status: signed, signed_on: 2026-05-28, breach_notice_days: 60}": "",
		"{status: signed, breach_notice_days: 60}":                        "error VG-CMP-002 nobody recorded when the business associate agreement was signed",
		"{status: signed, signed_on: 2026-05-28}":                         "error VG-CMP-002 no deadline for reporting a breach",
		"{status: signed, signed_on: 2026-05-28, breach_notice_days: 61}": "error VG-CMP-002 breaches are reported within 61 days (at most 60)",
		"{status: missing}":      "error VG-CMP-002 no business associate agreement is signed",
		"{status: not-required}": "error VG-CMP-002 no business associate agreement is signed",
		"{status: signed, signed_on: 2026-11-24, breach_notice_days: 60}": "error VG-REG-003 compliance.baa.signed_on is 2026-11-24, which is in the future",
	} {
		f := gatetest.Full(t, "baa: {status: not-required}", "baa: "+baa, "data_classes: [personal, cardholder, financial]", "data_classes: [personal, cardholder, health]").
			Using(t, "{class: personal, direction: both, subjects: [customer]}", "{class: health, direction: both}")
		check(t, baa, f, gatetest.Today, want)
	}
}

// TestRegister: VG-CMP-004, asked where DORA is.
func TestRegister(t *testing.T) {
	t.Parallel()
	const prefix = `error VG-CMP-004 the record of "calderwick-payments" lacks fields of the DORA register: `
	for _, c := range []struct {
		why    string
		record []string
		want   string
	}{
		{"either identifier", []string{"lei: 9999CALDERWICKPAY098, ", ""}, ""},
		{"no identifier", []string{"  identifiers: {lei: 9999CALDERWICKPAY098, euid: IECRO.000000}\n", ""}, prefix + "provider.identifiers.lei or provider.identifiers.euid"},
		{"no substitutability", []string{"  substitutability: medium-complexity\n", ""}, prefix + "risk.substitutability"},
		{"no right to audit", []string{"audit_right: true", "audit_right: false"}, prefix + "contract.security_terms.audit_right"},
	} {
		f := gatetest.Full(t, c.record...).With(gatetest.Files{"registry/policy.yaml": gatetest.Extends("vendorgate/standard@1", "vendorgate/fintech-eu@1") + gatetest.AcmeApprovers})
		check(t, c.why, f, gatetest.Today, c.want)
	}
	gone := []string{"  substitutability: medium-complexity\n", "", "critical_or_important_function: true", "critical_or_important_function: false"}
	f := gatetest.Full(t, gone...).With(gatetest.Files{"registry/policy.yaml": gatetest.Extends("vendorgate/standard@1", "vendorgate/fintech-eu@1") + gatetest.AcmeApprovers})
	check(t, "the manifest says that it is critical", f, gatetest.Today, prefix+"risk.substitutability")
	check(t, "nobody says so", f.Using(t, "    critical_or_important_function: true\n", ""), gatetest.Today, "")
}

// TestSubstitutes: a vendor that cannot be substituted needs an alternative, on record or in the manifest.
func TestSubstitutes(t *testing.T) {
	t.Parallel()
	const alone = "    exit: {fallback_vendor: second-source-pay, abstraction: internal/payments}\n"
	f := gatetest.Full(t, "substitutability: medium-complexity", "substitutability: not-substitutable")
	check(t, "both", f, gatetest.Today, "")
	check(t, "on record", f.Using(t, alone, ""), gatetest.Today, "")
	f = gatetest.Full(t, "substitutability: medium-complexity", "substitutability: not-substitutable", "  alternatives: [second-source-pay]\n", "")
	check(t, "in the manifest", f, gatetest.Today, "")
	check(t, "neither", f.Using(t, alone, ""), gatetest.Today, "error VG-EXT-001 no alternative, although the vendor is hard to replace")
}

// TestContractZone: the days of a contract end in its own zone, and with them the last whole day in the zone of the policy.
func TestContractZone(t *testing.T) {
	t.Parallel()
	for zone, lapses := range map[string]string{"UTC": "2026-11-23T15:00:00Z", "Pacific/Auckland": "2026-11-22T15:00:00Z", "America/Los_Angeles": "2026-11-23T15:00:00Z"} {
		f := asked(t, "VG-CON-001", "contract: {status: active, signed_on: 2026-05-28, start: 2026-06-01, end: 2026-11-23, renewal: {type: manual}, governing_timezone: "+zone+"}\n", "timezone: Asia/Tokyo\n")
		at := gatetest.Instant(t, lapses)
		for seconds, want := range map[int]string{-1: "warning", 0: "error"} {
			asOf := at.Add(time.Duration(seconds) * time.Second).Format("2006-01-02T15:04:05Z07:00")
			if got := ruling(t, f, asOf, "VG-CON-001"); got != want {
				t.Errorf("%s at %s: got %q, want %q", zone, asOf, got, want)
			}
		}
	}
	begin, end := strings.Index(gatetest.Calderwick, "contract:\n"), strings.Index(gatetest.Calderwick, "exit:\n")
	check(t, "no contract", gatetest.Full(t).With(gatetest.Files{"registry/vendors/calderwick-payments.yaml": gatetest.Calderwick[:begin] + gatetest.Calderwick[end:]}), gatetest.Today,
		"error VG-CON-001 has no contract|error VG-VUL-001 does not commit to vulnerability scanning or patch deadlines")
}

// TestPlaces: where a reader is sent, and what the next step is.
func TestPlaces(t *testing.T) {
	t.Parallel()
	const record = "registry/vendors/calderwick-payments.yaml:"
	begin, end := strings.Index(gatetest.Calderwick, "assessments:\n"), strings.Index(gatetest.Calderwick, "vulnerability_management:\n")
	f := gatetest.Full(t)
	f["registry/vendors/calderwick-payments.yaml"] = gatetest.Calderwick[:begin] + gatetest.Calderwick[end:]
	gatetest.Diff(t, "no assessments", []string{record + "1:1 the record has no assessments"}, gatetest.Related(gatetest.Evaluate(t, f, gatetest.Today, gatetest.Checkout), "VG-AUD-001"))

	r := gatetest.Evaluate(t, gatetest.Full(t, "critical: P7D", "critical: P31D"), gatetest.Today, gatetest.Checkout)
	gatetest.Diff(t, "a number", []string{record + "130:25 in the record", "vendorgate/essentials@1:41:28 the policy's limit"}, gatetest.Related(r, "VG-VUL-001"))
	if want := "The security team must agree on better terms with the vendor and add them to the contract at renewal (2028-05-31). No code change is needed. If it is urgent, ask for a waiver."; r.Findings[0].Hint != want {
		t.Errorf("hint: got %q, want %q", r.Findings[0].Hint, want)
	}
	r = gatetest.Evaluate(t, gatetest.Full(t).With(gatetest.Files{"registry/policy.yaml": gatetest.Extends("vendorgate/rollout@1") + gatetest.AcmeApprovers}).Using(t, "regions: [IE]", "regions: [FR]"), gatetest.Today, gatetest.Checkout)
	want := []string{"vendors.yaml:25:15 in the manifest", "vendorgate/rollout@1:7:17 the policy sets this severity"}
	gatetest.Diff(t, "a place in the manifest, and a severity that differs", want, gatetest.Related(r, "VG-DAT-001"))
}

// TestLimitsOfPilots: the policy's limits hold where the manifest sets no budget.
func TestLimitsOfPilots(t *testing.T) {
	t.Parallel()
	const budget = ", budget: {p95_ms: 500, error_rate_pct: 1}"
	for _, c := range []struct{ why, old, replacement, want string }{
		{"the limit", "p95: 212, p99: 397", "p95: 1000", ""},
		{"a millisecond more", "p95: 212, p99: 397", "p95: 1001", "error VG-PIL-001 p95 latency of 1001 ms (at most 1000)"},
		{"the limit of errors", "error_rate_pct: 0.03", "error_rate_pct: 1", ""},
		{"a little more", "error_rate_pct: 0.03", "error_rate_pct: 1.01", "error VG-PIL-001 error rate of 1.01% (at most 1)"},
	} {
		check(t, c.why, gatetest.Full(t, c.old, c.replacement).Using(t, budget, ""), gatetest.Today, c.want)
	}
	check(t, "a budget beyond the limit", gatetest.Full(t, "p95: 212, p99: 397", "p95: 1001").Using(t, "p95_ms: 500", "p95_ms: 2000"), gatetest.Today, "error VG-PIL-001 (at most 1000)")
	check(t, "no approved regions, and nobody knows where", gatetest.Second(t, "  regions: [IE, DE]\n", "", "  storage_locations: [IE, DE]\n", ""), gatetest.Today,
		"error VG-REG-005 data.storage_locations")
}
