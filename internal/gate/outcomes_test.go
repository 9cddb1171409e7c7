package gate_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// outcomeOf returns the outcome of a rule for the first use; not asked if there is none.
func outcomeOf(r gate.Result, rule string) string {
	i := slices.IndexFunc(r.Uses[0].Asked, func(a diag.Asked) bool { return a.Rule == rule })
	if i < 0 {
		return "not asked"
	}
	a := r.Uses[0].Asked[i]
	if a.Waiver != "" {
		return fmt.Sprintf("%s by %s until %s", a.Outcome, a.Waiver, a.Until)
	}
	return string(a.Outcome)
}

// A check says what it asked about each use, so that a pass is evidence too.
func TestOutcomes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why, rule, want string
		files           gatetest.Files
	}{
		{"a valid approval", "VG-APR-002", "pass", gatetest.World(t)},
		{"a registered vendor", "VG-REG-001", "pass", gatetest.World(t)},
		{"an approval that lapsed", "VG-APR-002", "fail", gatetest.World(t, "expires: 2027-05-31", "expires: 2026-11-20")},
		{"an approval that lapses soon", "VG-APR-002", "pass", gatetest.World(t, "expires: 2027-05-31", "expires: 2026-11-25")},
		{"an approval that lapsed and is waived", "VG-APR-002", "waived by WVR-1 until 2026-12-31", waived(t)},
		{"a waiver that ended", "VG-APR-002", "fail", waived(t, "2026-12-31", "2026-11-22")},
		{"an answer that is unknown", "VG-REG-005", "unknown", gatetest.World(t, `min_tls: "1.2"`, "min_tls: unknown")},
		{"a requirement that is unknown", "MIN-TLS", "unknown", gatetest.World(t, `min_tls: "1.2"`, "min_tls: unknown")},
		{"a requirement that holds", "MIN-TLS", "pass", gatetest.World(t)},
		{"card data that the use does not have", "VG-CMP-001", "not_asked", gatetest.World(t)},
		{"health data that the use does not have", "VG-CMP-002", "not_asked", gatetest.World(t)},
		{"personal data with an agreement", "VG-CMP-003", "pass", gatetest.World(t)},
		{"no way to authenticate that anybody states", "VG-AUT-002", "unknown", gatetest.World(t)},
		{"a way to authenticate", "VG-AUT-002", "pass", gatetest.World(t).Using(t, "data: [personal]", "data: [personal]\n    auth_method: api-key-header")},
		{"HTTP that nobody has looked at", "VG-ENC-001", "unknown", gatetest.World(t)},
		{"HTTP that is closed", "VG-ENC-001", "pass", gatetest.World(t, `min_tls: "1.2"`, `min_tls: "1.2", plaintext_http: closed`)},
		{"HTTP that is served", "VG-ENC-001", "fail", gatetest.World(t, `min_tls: "1.2"`, `min_tls: "1.2", plaintext_http: served`)},
		{"an API version that nobody limits", "VG-SCP-003", "not_asked", gatetest.World(t)},
		{"an API version that nobody checks", "VG-SCP-003", "unknown", gatetest.World(t).Using(t, "data: [personal]", "data: [personal]\n    api: {version: v1}")},
		{"no secrets", "VG-AUT-004", "not_asked", gatetest.World(t).Rules("rules: {VG-AUT-004: {severity: error}}\n")},
		{"a condition that excludes the use", "CARDS", "not_asked", gatetest.World(t).Rules("requirements: [{id: CARDS, when: {data_class: cardholder}, attr: access.mfa.enforced, eq: true}]\n")},
		{"a status that settles everything", "VG-APR-002", "not asked", gatetest.World(t, "status: approved", "status: denied")},
		{"a status that forbids", "VG-APR-001", "fail", gatetest.World(t, "status: approved", "status: denied")},
		{"no record", "VG-REG-001", "fail", gatetest.World(t).Using(t, "id: acme-pay", "id: nobody-knows")},
	} {
		if got := outcomeOf(gatetest.Evaluate(t, c.files, gatetest.Today, gatetest.Repository), c.rule); got != c.want {
			t.Errorf("%s: %s: got %q, want %q", c.why, c.rule, got, c.want)
		}
	}
	secret := gatetest.World(t)
	secret["registry/policy.yaml"] = gatetest.PolicyHead + "confidential: true\n"
	if r := gatetest.Evaluate(t, secret, gatetest.Today, gatetest.Repository); len(r.Uses) > 0 {
		t.Errorf("a confidential policy shows %+v", r.Uses)
	}
}
