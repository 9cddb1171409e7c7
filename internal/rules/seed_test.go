package rules_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// answers says, for each statement about buying API security, which attributes of the record (or, behind policy:, of
// the policy) make it a value, and which rules make it a check.
func answers() map[string]struct{ fields, rules string } {
	return map[string]struct{ fields, rules string }{
		"S0a": {"id api_hosts sdks detect", "VG-REG-001 VG-REG-002 VG-REG-008"},
		"S0b": {"status sunset exit", "VG-APR-001 VG-EXT-001"},
		"S0c": {"risk.tier risk.inherent risk.residual", "VG-REG-005 VG-SCP-002"},
		"S0d": {"approval.expires approval.review_cadence", "VG-APR-002 VG-APR-003 VG-WVR-001"},
		"S0e": {"evidence policy:requirements policy:assurance", "VG-REG-005 VG-PRB-001 VG-REG-007"},
		"S1a": {"policy:requirements policy:params policy:rules", "VG-REG-005"},
		"S1b": {"authentication.methods scope.auth_methods", "VG-AUT-001 VG-AUT-002 VG-AUT-005 VG-SCP-004"},
		"S1c": {"encryption.in_transit encryption.at_rest", "VG-ENC-001 VG-ENC-002 VG-ENC-003"},
		"S1d": {"logging.events logging.retention", "VG-LOG-001 VG-LOG-002"},
		"S1e": {"rate_limiting.limits rate_limiting.on_exceed", "VG-RTE-001"},
		"S1f": {"description logging.notes", "VG-REG-004 VG-REG-003"},
		"S2a": {"evidence approval.decision_ref approval.approved_by", "VG-AUD-003 VG-AUD-005 VG-APR-004"},
		"S2b": {"links.auth_docs authentication.metadata_url", "VG-AUD-003"},
		"S2c": {"authentication.access_token_max_lifetime authentication.refresh_rotation authentication.revocation authentication.client_credential", "VG-AUT-003 VG-AUT-004"},
		"S2d": {"data.storage_locations data.retention data.deletion data.subprocessors", "VG-DAT-001 VG-DAT-002 VG-DAT-003"},
		"S2e": {"assessments", "VG-AUD-001 VG-AUD-002 VG-AUD-004"},
		"S3a": {"threat_detection.realtime", "VG-DET-001"},
		"S3b": {"threat_detection.anomaly_alerts", "VG-DET-001"},
		"S3c": {"threat_detection.automated_blocking", "VG-DET-002"},
		"S3d": {"logging.export observability policy:stack", "VG-LOG-002"},
		"S4a": {"scope.data_classes compliance", "VG-CMP-001 VG-CMP-002 VG-CMP-003 VG-CMP-004 VG-SCP-001"},
		"S4b": {"evidence policy:assurance", "VG-REG-006"},
		"S5a": {"pilot.period pilot.until", "VG-PIL-001"},
		"S5b": {"pilot.attacks pilot.vendor_authorised", "VG-PIL-002"},
		"S5c": {"pilot.latency_ms pilot.load", "VG-PIL-001"},
		"S5d": {"pilot.error_handling", "VG-PIL-001"},
		"S5e": {"pilot.breach_simulation", "VG-PIL-002"},
		"S5f": {"evidence pilot.evidence", "VG-PRB-001 VG-PRB-002"},
		"R1":  {"links.docs links.security links.trust_center", "VG-AUD-003 VG-VUL-002"},
		"R2":  {"assessments", "VG-AUD-003"},
		"R3":  {"access.rbac access.sso access.mfa", "VG-IAM-001"},
		"R4":  {"authentication.methods authentication.sender_constrained", "VG-AUT-001"},
		"R5":  {"exit risk.substitutability", "VG-EXT-001"},
		"C1":  {"vulnerability_management.scanning contract.security_terms.scanning", "VG-VUL-001"},
		"C2":  {"vulnerability_management.patch_sla contract.security_terms.patch_sla", "VG-VUL-001"},
		"C3":  {"contract.sla.security_incidents_count_as_downtime contract.incident incidents", "VG-CON-002 VG-INC-001"},
		"C4":  {"contract.start contract.end contract.renewal approval.review_cadence", "VG-CON-001 VG-APR-003 VG-APR-005"},
		"E1":  {"apis api_version_scheme sunset replaced_by", "VG-APR-001 VG-SCP-003"},
	}
}

// TestStatements: each statement has attributes and rules that exist, and no rule is without a statement.
func TestStatements(t *testing.T) {
	t.Parallel()
	rows := func(path string) bool {
		table := record.Table()
		if below, ok := strings.CutPrefix(path, "policy:"); ok {
			table, path = policy.Table(), below
		}
		for _, row := range table.Rows {
			if rest, ok := strings.CutPrefix(row.Path, path); ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
				return true
			}
		}
		return false
	}
	all := answers()
	if got := len(vocab.Seeds()); got != 38 || len(all) != got {
		t.Errorf("got %d statements and %d answers, want 38", got, len(all))
	}
	var used []string
	for _, seed := range vocab.Seeds() {
		fields, ids := strings.Fields(all[seed.ID].fields), strings.Fields(all[seed.ID].rules)
		if len(fields) == 0 || len(ids) == 0 {
			t.Errorf("%s (%s) has no attribute or no rule", seed.ID, seed.Text)
		}
		for _, path := range fields {
			if !rows(path) {
				t.Errorf("%s: there is no attribute %s", seed.ID, path)
			}
		}
		for _, id := range ids {
			if _, ok := rules.ByID(id); !ok {
				t.Errorf("%s: there is no rule %s", seed.ID, id)
			}
		}
		used = append(used, ids...)
	}
	for _, r := range rules.All() {
		if !slices.Contains(used, r.ID) && !strings.HasPrefix(r.ID, "VG-MAN-") {
			t.Errorf("%s answers no statement", r.ID)
		}
	}
}
