package rules

import (
	"strings"
	"sync"
)

// Measures maps the nouns that vague claims are about to an attribute that measures them, as a record would write it.
//
//nolint:gochecknoglobals // an immutable table, built once
var Measures = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, m := range []struct{ nouns, attribute string }{
		{"access authentication authorization", "access.mfa.enforced: true"},
		{"audit audits auditing compliance", "assessments: [{id: soc2-2026, type: soc2-type2, period: {end: 2026-09-30}}]"},
		{"backup backups", "encryption.at_rest.backups: true"},
		{"control controls measures security", "evidence: [{id: soc2-2026, type: attestation, assurance: audited}]"},
		{"cryptography encryption", "encryption.at_rest.encrypted: true"},
		{"defence defense firewall firewalls protection protections safeguards", "threat_detection.automated_blocking.mechanisms: [waf]"},
		{"detection monitoring", "threat_detection.realtime.max_latency: PT15M"},
		{"hardening scanning scans", "vulnerability_management.scanning.cadence: monthly"},
		{"isolation", "data.tenant_isolation: logical"},
		{"logging logs", "logging.retention: P12M"},
		{"patches patching", "vulnerability_management.patch_sla.critical: P30D"},
		{"privacy", "compliance.dpa.status: signed"},
		{"rotation", "authentication.client_credential.max_age: P90D"},
		{"testing tests", "assessments: [{id: pentest-2026, type: pentest, performed: {end: 2026-09-30}, independent: true}]"},
		{"tls", "encryption.in_transit.min_tls: \"1.2\""},
	} {
		for noun := range strings.FieldsSeq(m.nouns) {
			out[noun] = m.attribute
		}
	}
	return out
})
