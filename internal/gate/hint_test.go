package gate_test

import (
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

func TestHintsNameTheWay(t *testing.T) {
	t.Parallel()
	const urls = "renew_url: https://t.example/renew\nwaiver_url: https://t.example/waive\n"
	late := gatetest.World(t, "expires: 2027-05-31", "expires: 2026-11-20")
	query := gatetest.World(t, "encryption:", "authentication: {methods: [none]}\nencryption:").Using(t, "    data:", "    auth_method: none\n    data:")
	for _, c := range []struct {
		why string
		gatetest.Files
		rule, want string
	}{
		{"renewal and waiver", late.Rules(urls), "VG-APR-002", "a.ferreira (security-architect) must renew the approval: https://t.example/renew. If it is urgent, ask for a waiver: https://t.example/waive."},
		{"renewal in the registry", late, "VG-APR-002", "a.ferreira (security-architect) must renew the approval in registry/vendors/acme-pay.yaml. If it is urgent, ask for a waiver."},
		{"a new waiver", late.Rules(urls).With(gatetest.Files{"registry/waivers/WVR-1.yaml": gatetest.Edit(t, gatetest.PlainWaiver, "2026-12-31", "2026-11-20")}), "VG-WVR-001", "Fix what the waiver covers and remove it, or ask for a new waiver: https://t.example/waive."},
		{"scope", gatetest.World(t, "personal, ", "").Rules(urls), "VG-SCP-001", "Stop sending it, switch to test data, or ask a.ferreira (security-architect) for a scope change: https://t.example/renew. If it is urgent, ask for a waiver: https://t.example/waive."},
		{"nobody approved", gatetest.World(t, "  approved_by: [{user: a.ferreira, role: security-architect}]\n", "", "personal, ", ""), "VG-SCP-001", "Stop sending it, switch to test data, or ask the security team for a scope change in registry/vendors/acme-pay.yaml. If it is urgent, ask for a waiver."},
		{"a region", gatetest.Full(t, "processing_locations: [IE, DE]", "processing_locations: [IE, US]"), "VG-DAT-001", "Choose an approved region if the vendor offers one, or ask a.ferreira (security-architect), m.oduya (privacy-officer) for a scope change in registry/vendors/calderwick-payments.yaml. If it is urgent, ask for a waiver."},
		{"no region", gatetest.Full(t, "reviewed_on: 2026-10-02", "reviewed_on: 2025-11-22"), "VG-DAT-001", "The security team must resolve this with the vendor and update registry/vendors/calderwick-payments.yaml. No code change is needed. If it is urgent, ask for a waiver."},
		{"no better method", query, "VG-AUT-002", `Ask a.ferreira (security-architect) for an acceptable method; the record of "acme-pay" lists none. If it is urgent, ask for a waiver.`},
	} {
		r := gatetest.Evaluate(t, c.Files, gatetest.Today, gatetest.Repository)
		if got := gatetest.One(t, r, c.rule).Hint; got != c.want {
			t.Errorf("%s: got %q, want %q", c.why, got, c.want)
		}
	}
}

// TestTwoManifestsOneRecord: what is wrong in a record is said once, however many manifests name it.
func TestTwoManifestsOneRecord(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t, "2027-05-31", "soon").With(gatetest.Files{"jobs/vendors.yaml": gatetest.PlainManifest})
	r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)
	if got := gatetest.Short(r); got != "error VG-REG-007" || len(r.Gaps) != 1 {
		t.Errorf("broken record, two manifests: got %q and gaps %v, want one of each", got, r.Gaps)
	}
}

// TestUnknownOff: an organisation may leave the unknown unasked; that is its own decision, in its policy.
func TestUnknownOff(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t, `{min_tls: "1.2"}`, "{min_tls: unknown}")
	for rules, want := range map[string]string{"": "error VG-REG-005", "rules: {VG-REG-005: {severity: off}}\n": ""} {
		if got := gatetest.Short(gatetest.Evaluate(t, f.Rules(rules), gatetest.Today, gatetest.Repository)); got != want {
			t.Errorf("%q: got %q, want %q", rules, got, want)
		}
	}
}

func TestMisplaced(t *testing.T) {
	t.Parallel()
	found := gate.Misplaced([]diag.Problem{
		{Pos: diag.Pos{File: "vendors.yml", Line: 1, Col: 1}, Message: "it is not read under this name", Hint: "rename it"},
		{Pos: diag.Pos{File: "a/vendors.yml", Line: 1, Col: 1}, Message: "it is not read under this name", Hint: "rename it"},
	})
	threshold := gate.Threshold{FailOn: diag.Error, Changed: true}
	if len(found) != 2 || found[0].Rule != "VG-MAN-003" || found[0].Fingerprint == found[1].Fingerprint || !threshold.Counts(found[0]) {
		t.Errorf("Misplaced: got %+v", found)
	}
	twice := gate.Unreadable("", "policy.yaml", []diag.Problem{{Pos: diag.Pos{File: "policy.yaml", Line: 1, Col: 1}, Message: "x"}, {Pos: diag.Pos{File: "policy.yaml", Line: 2, Col: 1}, Message: "x"}})
	if len(twice) != 2 || twice[0].Fingerprint == twice[1].Fingerprint || !gate.Undecided(twice) {
		t.Errorf("Unreadable: got %+v", twice)
	}
}

func TestRequirementText(t *testing.T) {
	t.Parallel()
	p := gatetest.Load(t, gatetest.PolicyHead+"requirements: [{id: ROLES, attr: access.rbac.supported, eq: true, message: \"{vendor}\", fix: Ask, controls: [AC-6]}]\n")
	q := p.Requirements[len(p.Requirements)-1]
	if q.Message() != "{vendor}" || q.Fix() != "Ask" || len(q.Controls) != 1 || q.Docs != "" {
		t.Errorf("got message %q, fix %q, controls %v", q.Message(), q.Fix(), q.Controls)
	}
}
