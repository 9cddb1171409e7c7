package gate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// TestWaiversAreOffered: a finding that fails says that a waiver is possible if it is, and not if one covers it already.
func TestWaiversAreOffered(t *testing.T) {
	t.Parallel()
	offered := map[bool]int{}
	for _, s := range slices.Concat(worlds(t), examples(t)) {
		if strings.Contains(s.Files["registry/policy.yaml"], "confidential: true") {
			continue // whom to ask is all that it says
		}
		for _, f := range s.findings(t) {
			r, structural := rules.ByID(f.Rule)
			can := (!structural || r.Waivable) && f.Severity == diag.Error && !f.Waived()
			if f.Rule == rules.NotEstablished && asksFirmly(f.Message) || f.Rule == rules.StatusForbids && f.Everywhere || f.Rule == rules.Undeclared && strings.Contains(f.Hint, "is not approved yet") {
				can = false
			}
			says := strings.Contains(f.Hint, "ask for a waiver")
			if r.ID != rules.WaiverInvalid && (can && !says || says && (!r.Waivable && structural || f.Waived() || f.Everywhere)) {
				t.Errorf("%s: %s %s, waiver %q: %q", s.name, f.Severity, f.Rule, f.Waiver, f.Hint)
			}
			offered[says]++
			if who, _, named := strings.Cut(f.Hint, " must "); named && !strings.Contains(who, ". ") && !strings.EqualFold(who, f.Owner) {
				t.Errorf("%s: %s: the hint is for %q, and the finding for %q", s.name, f.Rule, who, f.Owner)
			}
		}
	}
	if offered[true] < 20 || offered[false] < 20 {
		t.Errorf("got %v, so the test sees too little", offered)
	}
}

// asksFirmly reports whether a message names an attribute that a rule judges whose findings cannot be waived.
func asksFirmly(message string) bool {
	return slices.ContainsFunc(record.Table().Rows, func(row attr.Row) bool {
		return slices.Contains(strings.FieldsFunc(message, func(c rune) bool { return c == ' ' || c == ',' }), row.Path) && slices.ContainsFunc(row.JudgedBy, func(id string) bool {
			r, structural := rules.ByID(id)
			return structural && !r.Waivable && id != rules.RecordContradicts
		})
	})
}

// TestWaiverOfAnUndeclaredVendor: the code may use a vendor that is approved, and a waiver of VG-REG-002 would cover it.
func TestWaiverOfAnUndeclaredVendor(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]string{"approved": "VG-REG-002 true", "suspended": "VG-APR-001 false", "proposed": "VG-APR-001 false"} {
		s := scene{name: status, Files: gatetest.World(t, "status: approved", "status: "+status).With(gatetest.Files{"vendors.yaml": ignoring}), traces: traces(t)}
		var got []string
		for _, f := range s.findings(t) {
			if f.Vendor == "acme-pay" {
				got = append(got, fmt.Sprint(f.Rule, " ", strings.HasSuffix(f.Hint, "If it is urgent, ask for a waiver.")))
			}
		}
		gatetest.Diff(t, status, []string{want}, got)
	}
}

// TestWhoCanAct: whoever a finding names can do what its hint asks.
func TestWhoCanAct(t *testing.T) {
	t.Parallel()
	const approver, team, keeper = "a.ferreira (security-architect)", "team-checkout", "the security team"
	for _, c := range []struct {
		why string
		gatetest.Files
		rule, owner, hint string
	}{
		{"renew", gatetest.World(t, "2027-05-31", "2026-11-20"), "VG-APR-002", approver, "must renew the approval"},
		{"a condition", gatetest.World(t, "risk:", "  conditions: [{id: pin, text: Pin it, due: 2026-11-20, status: open}]\nrisk:"), "VG-APR-005", approver, "must meet the condition and close it in registry/vendors/acme-pay.yaml, or move its due date."},
		{"wait", gatetest.World(t, "status: approved", "status: proposed"), "VG-APR-001", approver, "Wait for"},
		{"stop", gatetest.World(t, "status: approved", "status: suspended"), "VG-APR-001", team, "Stop all calls"},
		{"remove", gatetest.World(t, "status: approved", "status: denied"), "VG-APR-001", team, "Remove the vendor"},
		{"migrate", gatetest.World(t, "status: approved", "status: deprecated").Unchanged(), "VG-APR-001", team, "Plan the migration"},
		{"pilot", gatetest.World(t, "status: approved", "status: pilot"), "VG-APR-001", team, "Use the vendor only outside production"},
		{"plaintext", gatetest.World(t, `{min_tls: "1.2"}`, `{min_tls: "1.2", plaintext_http: redirect}`), "VG-ENC-001", team, "in your code"},
		{"no approver", gatetest.World(t, "  approved_by: [{user: a.ferreira, role: security-architect}]\n", "  approved_by: [{user: a.ferreira, role: security-architect}, {user: a.ferreira, role: security-architect}]\n", "2027-05-31", "2029-05-31"), "VG-APR-004", keeper, "must correct registry/vendors/acme-pay.yaml."},
		{"no methods", gatetest.World(t).Using(t, "    data:", "    auth_method: mtls\n    data:"), "VG-SCP-004", keeper, "must list them"},
		{"old TLS", gatetest.World(t, `{min_tls: "1.2"}`, `{min_tls: "1.0"}`), "VG-ENC-001", keeper, "The security team must"},
		{"ask the vendor", asking(t), "VG-REG-005", keeper, "The security team must ask the vendor and record the answers in registry/vendors/acme-pay.yaml."},
		{"ask the vendor for some", asking(t, "risk: {tier: 2}\n", ""), "VG-REG-005", keeper, "The security team must find out risk.tier, ask the vendor for the rest, and record the answers in registry/vendors/acme-pay.yaml."},
		{"our own field", gatetest.World(t, "risk: {tier: 2}\n", ""), "VG-REG-005", keeper, "The security team must find out and record the answers in registry/vendors/acme-pay.yaml."},
	} {
		f := gatetest.One(t, gatetest.Evaluate(t, c.Files, gatetest.Today, gatetest.Repository), c.rule)
		if f.Owner != c.owner || !strings.Contains(f.Hint, c.hint) {
			t.Errorf("%s: got %q, who %q; want %q, who %q", c.why, f.Hint, f.Owner, c.hint, c.owner)
		}
	}
}

// TestSuspendedAndConfidential: whatever a policy hides, whoever calls a suspended vendor is told to stop and which keys to rotate.
func TestSuspendedAndConfidential(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]string{"suspended": "Stop all calls, rotate PAY_KEY.", "denied": "", "proposed": ""} {
		f := gatetest.World(t, "status: approved", "status: "+status+"\nstatus_reason: Their keys leaked").Using(t, "    data:", "    secrets: [PAY_KEY]\n    data:").Rules("confidential: true\ncontact: vendor-security\n")
		got := gatetest.One(t, gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository), "VG-APR-001")
		if got.Hint != want || got.Message != `"acme-pay" is not approved for this use; ask vendor-security` {
			t.Errorf("%s: got %q, %q, want the hint %q", status, got.Message, got.Hint, want)
		}
	}
}

// asking is World with a requirement that only the vendor can answer.
func asking(t *testing.T, pairs ...string) gatetest.Files {
	t.Helper()
	return gatetest.World(t, pairs...).Rules("requirements: [{id: BACKUPS, attr: encryption.at_rest.backups, eq: true}]\n")
}

// TestUndeclaredAndConfidential: that a manifest has to declare what the code uses is said whatever a policy hides, and nothing of the record.
func TestUndeclaredAndConfidential(t *testing.T) {
	t.Parallel()
	s := scene{Files: gatetest.World(t, "2027-05-31", "2026-11-20").Rules("confidential: true\n").With(gatetest.Files{"vendors.yaml": ignoring}), traces: traces(t)}
	for _, f := range s.findings(t) {
		if f.Vendor != "acme-pay" {
			continue
		}
		if f.Rule != "VG-REG-002" || f.Severity != diag.Error || !strings.Contains(f.Message, "does not declare it") || strings.Contains(f.Message+f.Hint, "approv") || !strings.HasPrefix(f.Hint, "Add the entry below to vendors.yaml") {
			t.Errorf("got %s %s: %q, %q", f.Severity, f.Rule, f.Message, f.Hint)
		}
		return
	}
	t.Error("it is not reported")
}
