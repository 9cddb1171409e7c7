package inventory_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/control"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
)

const (
	sumA = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	sumB = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
)

// proven is a dossier with one of everything, whose texts say text.
func proven(v *inventory.Inventory, text string) inventory.Dossier {
	or := func(usual string) string {
		if text != "" {
			return text
		}
		return usual
	}
	alice := inventory.Approver{User: or("a.ferreira"), Role: or("security-architect"), Team: or("@acme/security")}
	d := inventory.Dossier{Policy: inventory.PolicySource{
		Source:  inventory.Source{Name: or("examples/registry/policy.yaml"), SHA256: sumA},
		Extends: []inventory.Source{{Name: "vendorgate/essentials@1", SHA256: sumB}}, Off: []string{"VG-AUD-001"}, TimeZone: "UTC",
	}}
	for _, r := range v.Records {
		if r.Status == inventory.NotJudged {
			continue
		}
		p := inventory.VendorProof{Record: r, File: inventory.Source{Name: or("examples/registry/vendors/" + r.ID + ".yaml"), SHA256: sumB}}
		if r.Status == inventory.Unreviewed {
			p.Demands = []inventory.Demand{{Rule: "VG-APR-002", Title: "the approval has expired", Outcome: diag.NotAsked, Why: []string{"nobody has reviewed the vendor"}}}
			d.Vendors = append(d.Vendors, p)
			continue
		}
		p.Decision = inventory.Decision{RequestedBy: or("s.marchetti"), By: []inventory.Approver{alice, {User: "m.oduya", Role: "privacy-officer"}}, On: in(-175), DecisionRef: "https://acme.example/decisions/7"}
		p.Evidence = []inventory.Paper{
			{ID: or("soc2-2026"), Type: "attestation", Level: "audited", Counts: true, Address: "https://calderwick.example/soc2", SHA256: sumA, Access: "nda", TLP: "AMBER", Issued: in(-30), Received: in(-20), Expire: in(300), Supports: []string{or("encryption.at_rest")}},
			{ID: "dpa", Type: "other", Level: "documented", Stated: "attested", File: or("evidence/dpa.pdf"), SHA256: sumB, Issued: in(-400)},
		}
		p.Facts = inventory.Facts{
			"provider.legal_name": {or("Calderwick Ltd")}, "provider.country": {"IE"}, "provider.identifiers.lei": {"5493001KJTIIGC8Y1R12"}, "contract.ref": {or("ACME-2026-0417")},
			"contract.start": {"2026-06-01"}, "contract.end": {"2028-05-31"}, "contract.renewal.notice": {"P90D"}, "data.stores_customer_data": {"true"}, "data.storage_locations": {"IE", "DE"},
			"data.processing_locations": {"IE", "US"}, "risk.critical_or_important_function": {"true"}, "risk.reliance": {"material"}, "risk.substitutability": {"highly-complex"}, "exit.plan": {"exit-plan"}, "exit.reintegration": {"difficult"},
			"exit.alternatives": {or("quillnest-messaging")}, "compliance.pci.role": {"service-provider"}, "compliance.pci.responsibility_matrix": {or("soc2-2026")}, "description": {or("Card payments")},
			"scope.data_classes": {"cardholder", "personal"}, "compliance.dpa.status": {"signed"}, "compliance.dpa.transfer_mechanism": {"scc"}, "compliance.dpa.evidence": {"dpa"}, "contract.status": {"active"}, "contract.signed_on": {"2026-05-28"},
		}
		p.Demands = []inventory.Demand{
			{
				Rule: "VG-APR-002", Title: or("the approval has expired"), Asked: []string{or("approval.expires: today or later")}, Severity: "error", Outcome: diag.Excused,
				Controls: []control.ID{control.Parse("ISO 27001 A.5.22"), control.Parse("CCM 4.1 STA-12")}, Found: []inventory.Value{{Path: "approval.expires", Text: or("2026-10-14")}},
				Why: []string{or(`the approval of "x" expired on 2026-10-14 (40 days ago)`)}, Waivers: []inventory.Excuse{
					{ID: or("WVR-2026-014"), File: inventory.Source{Name: or("examples/registry/waivers/WVR-2026-014.yaml"), SHA256: sumA}, By: []inventory.Approver{alice}, From: in(-10), Until: in(30), Repos: []string{or("acme/*")}, Whole: true},
				},
			},
			{
				Rule: "VG-ENC-002", Title: "sensitive data is stored without encryption", Asked: []string{"encryption.at_rest.encrypted: true", "encryption.at_rest.backups: true"}, Severity: "error", Outcome: diag.Passed,
				Found: []inventory.Value{{Path: "encryption.at_rest.encrypted", Text: "true"}}, Evidence: []string{or("soc2-2026"), "dpa"},
			},
			{
				Rule: "VG-DAT-001", Title: "data is in the wrong place", Asked: []string{"data.retention.default: at most 13 months"}, Severity: "warning", Outcome: diag.Failed, Why: []string{or("data is kept for 2 years")},
				Waivers: []inventory.Excuse{{ID: "WVR-2", File: inventory.Source{Name: "w", SHA256: sumB}, By: []inventory.Approver{alice}, From: in(-10), Until: in(5), Repos: []string{"acme/shop"}}},
			},
			{Rule: or("MFA-ENFORCED"), Policy: true, Title: or("access.mfa.enforced is true"), Asked: []string{or("access.mfa.enforced is true")}, Severity: "error", Outcome: diag.Unknown, Controls: []control.ID{control.Parse(or("Our rule 7"))}, Why: []string{"access.mfa.enforced is unknown"}},
			{Rule: "VG-APR-005", Title: "a condition of the approval is overdue", Outcome: diag.NotAsked, Why: []string{"it is off at the tier of the vendor"}},
		}
		d.Vendors = append(d.Vendors, p)
	}
	return d
}

// The rows with the evidence number 0 or 1 are the table of rules, and the others name more evidence of the same rule.
func TestEvidenceRows(t *testing.T) {
	t.Parallel()
	rows, err := csv.NewReader(strings.NewReader(all(t, sample())["report.evidence-csv"])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	rules := map[string]int{}
	for _, row := range rows[1:] {
		if n := row[at["evidence_number"]]; n == "0" || n == "1" {
			rules[row[at["vendor"]]+" "+row[at["rule"]]]++
		}
	}
	if len(rules) != 11 || len(rows) != 14 {
		t.Errorf("%d rules in %d rows", len(rules), len(rows))
	}
	for rule, n := range rules {
		if n != 1 {
			t.Errorf("%s is there %d times", rule, n)
		}
	}
}
