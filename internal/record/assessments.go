package record

import (
	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

func assessments() []attr.Row {
	rows := []attr.Row{
		{
			Path: "id", Type: attr.ID, Required: true, Example: "soc2-2026",
			Doc:      "Id of the audit, certificate, test or questionnaire.",
			Question: "Which current audit reports, certificates and penetration tests do you have, and what does each of them cover?",
			Seed:     "S2e", JudgedBy: []string{"VG-AUD-001", "VG-AUD-002", "VG-AUD-004", "VG-CMP-001", "VG-REG-003"},
		},
		{
			Path: "type", Type: attr.Enum, Values: vocab.Assessments(), Required: true, Example: "soc2-type2",
			Doc:  "Type of the assessment.",
			Seed: "S2e", Controls: []string{"CCM 4.1 A&A-02", "CCM 4.1 TVM-07", "MVSP 1.3", "MVSP 1.4", "DORA 28(4)(d)", "DORA 28(5)", "ISO 27001:2022 A.5.22", "NIS2 21(3)", "PCI DSS 4.0.1 12.8.4", "SP 800-161r1 SR-6", "SSDF 1.1 PW.4.4", "CRA 13(5)"}, JudgedBy: []string{"VG-AUD-001", "VG-AUD-002", "VG-AUD-004", "VG-CMP-001", "VG-DAT-002", "VG-REG-006"},
		},
		{
			Path: "issuer", Type: attr.Text,
			Doc:  "Issuer of the document. Independent assessments that the vendor issued itself do not count.",
			Kind: attr.Exposure, Seed: "S4b", Controls: []string{"ISO/IEC 17021-1"}, JudgedBy: []string{Information},
		},
		{
			Path: "accreditation_body", Type: attr.Text,
			Doc:  "Body that accredited the issuer.",
			Seed: "S4b", Controls: []string{"ISO/IEC 17021-1"}, JudgedBy: []string{Information},
		},
		{
			Path: "certificate_no", Type: attr.Text,
			Doc:  "Certificate number.",
			Seed: "S4b", Controls: []string{"ISO/IEC 17021-1"}, JudgedBy: []string{Information},
		},
		{
			Path: "standard", Type: attr.Text, Example: `"2022"`,
			Doc:  "Edition of the standard.",
			Seed: "S4b", Controls: []string{"ISO/IEC 17021-1"}, JudgedBy: []string{"VG-AUD-001", "VG-CMP-001", "VG-DAT-002", "VG-REG-006"},
		},
		{
			Path: "scope_services", Type: attr.ID, List: true, Filled: true, Example: "[core]",
			Doc:  "APIs that the assessment covers, by their id, or the id of the record for all of them.",
			Seed: "S2e", Controls: []string{"PCI DSS 4.0.1 12.8.4"}, JudgedBy: []string{"VG-AUD-001", "VG-AUD-002", "VG-CMP-001", "VG-REG-003"},
		},
		{
			Path: "period.start", Type: attr.Date,
			Doc:  "First day of the audited period.",
			Seed: "S2e", Controls: []string{"SOC 2"}, JudgedBy: []string{"VG-REG-003"},
		},
		{
			Path: "period.end", Type: attr.Date, Past: true, Example: "2026-09-30",
			Doc:  "Last day of the audited period.",
			Seed: "S2e", Controls: []string{"SOC 2"}, JudgedBy: []string{"VG-AUD-001", "VG-AUD-004", "VG-CMP-001", "VG-DAT-002", "VG-REG-003", "VG-REG-006"},
		},
		{
			Path: "issued", Type: attr.Date, Past: true,
			Doc:  "Date of the document.",
			Seed: "S2e", Controls: []string{"SOC 2"}, JudgedBy: []string{"VG-AUD-001", "VG-AUD-004", "VG-CMP-001", "VG-DAT-002", "VG-REG-003", "VG-REG-006"},
		},
		{
			Path: "opinion", Type: attr.Enum, Values: []string{"unqualified", "qualified", "adverse", "disclaimer"},
			Doc:  "The auditor's opinion.",
			Kind: attr.Exposure, Seed: "S2e", Controls: []string{"SOC 2"}, JudgedBy: []string{"VG-AUD-004"},
		},
		{
			Path: "categories", Type: attr.Enum, List: true, Filled: true, Values: []string{"security", "availability", "confidentiality", "processing-integrity", "privacy"}, Example: "[security]",
			Doc:  "Trust services categories that the report covers.",
			Seed: "S2e", Controls: []string{"SOC 2"}, JudgedBy: []string{Information},
		},
		{
			Path: "subservice_method", Type: attr.Enum, Values: []string{"carve-out", "inclusive"},
			Doc:  "Whether the report includes the vendor's own vendors or carves them out.",
			Seed: "S2e", Controls: []string{"SOC 2"}, JudgedBy: []string{Information},
		},
		{
			Path: "cuecs_reviewed", Type: attr.Tri,
			Doc:  "Whether you have reviewed the controls that the report expects from customers.",
			Seed: "S2e", Controls: []string{"SOC 2"}, JudgedBy: []string{Information},
		},
		{
			Path: "bridge_letter.issued", Type: attr.Date, Past: true,
			Doc:  "Date of a bridge letter, in which the vendor vouches for the time after the period.",
			Seed: "S2e", Controls: []string{"SOC 2"}, JudgedBy: []string{"VG-AUD-001", "VG-CMP-001", "VG-DAT-002", "VG-REG-003", "VG-REG-006"},
		},
		{
			Path: "bridge_letter.covers_through", Type: attr.Date,
			Doc:  "Last day that the bridge letter covers.",
			Seed: "S2e", Controls: []string{"SOC 2"}, JudgedBy: []string{"VG-AUD-001", "VG-CMP-001", "VG-DAT-002", "VG-REG-003", "VG-REG-006"},
		},
		{
			Path: "certified_on", Type: attr.Date, Past: true,
			Doc:  "Date of the certification decision.",
			Seed: "S2e", Controls: []string{"ISO/IEC 17021-1"}, JudgedBy: []string{"VG-AUD-001", "VG-CMP-001", "VG-DAT-002", "VG-REG-003", "VG-REG-006"},
		},
		{
			Path: "expires", Type: attr.Date,
			Doc:  "Last day on which the certificate is valid.",
			Seed: "S2e", Controls: []string{"ISO/IEC 17021-1", "ISO 27001:2022 A.5.22"}, JudgedBy: []string{"VG-AUD-001", "VG-CMP-001", "VG-DAT-002", "VG-REG-003", "VG-REG-006"},
		},
		{
			Path: "renews", Type: attr.Date,
			Doc:  "Last day of the certificate that this one renews. The three years count from that day.",
			Seed: "S2e", Controls: []string{"ISO/IEC 17021-1"}, JudgedBy: []string{"VG-AUD-001", "VG-CMP-001", "VG-DAT-002", "VG-REG-003", "VG-REG-006"},
		},
		{
			Path: "surveillance", Type: attr.Date, List: true, Past: true, Example: "[2026-03-03]",
			Doc:  "Dates of the surveillance audits.",
			Seed: "S2e", Controls: []string{"ISO/IEC 17021-1"}, JudgedBy: []string{"VG-AUD-001", "VG-CMP-001", "VG-DAT-002", "VG-REG-003", "VG-REG-006"},
		},
		{
			Path: "authorization", Type: attr.Enum, Values: []string{"authorized", "in-process", "ready", "revoked"},
			Doc:  "Authorization status in the FedRAMP marketplace.",
			Seed: "S2e", Controls: []string{"FedRAMP"}, JudgedBy: []string{"VG-AUD-001", "VG-CMP-001", "VG-DAT-002", "VG-REG-006"},
		},
		{
			Path: "performed.start", Type: attr.Date,
			Doc:  "First day of the test.",
			Seed: "S2e", Controls: []string{"MVSP 1.4", "NIST SP 800-53 CA-8(1)", "PCI DSS 4.0.1 11.4.3"}, JudgedBy: []string{"VG-REG-003"},
		},
		{
			Path: "performed.end", Type: attr.Date, Past: true,
			Doc:  "Last day of the test, or of the last annual assessment.",
			Seed: "S2e", Controls: []string{"MVSP 1.4", "NIST SP 800-53 CA-8(1)", "PCI DSS 4.0.1 11.4.3", "SSDF 1.1 PW.8.2"}, JudgedBy: []string{"VG-AUD-001", "VG-AUD-002", "VG-AUD-004", "VG-CMP-001", "VG-DAT-002", "VG-REG-003", "VG-REG-006"},
		},
		{
			Path: "independent", Type: attr.Tri,
			Doc:  "Whether a third party performed the test.",
			Seed: "S2e", Controls: []string{"MVSP 1.4", "NIST SP 800-53 CA-8(1)"}, JudgedBy: []string{"VG-AUD-002", "VG-REG-006"},
		},
		{
			Path: "methodology", Type: attr.Text, Example: "OWASP-API-2023",
			Doc:  "Methodology of the test.",
			Seed: "S2e", Controls: []string{"NIST SP 800-53 CA-8(1)"}, JudgedBy: []string{Information},
		},
		{
			Path: "retest_on", Type: attr.Date, Past: true,
			Doc:  "Date on which the fixes were tested.",
			Seed: "S2e", Controls: []string{"PCI DSS 4.0.1 11.4.3"}, JudgedBy: []string{"VG-REG-003"},
		},
		{
			Path: "shared", Type: attr.Enum, Values: []string{"full", "summary", "letter", "refused"},
			Doc:  "How much of the document the vendor shared with you.",
			Kind: attr.Exposure, Seed: "R2", Controls: []string{"PCI DSS 4.0.1 12.9.2", "GDPR 28(3)(h)"}, JudgedBy: []string{"VG-AUD-003"},
		},
		{
			Path: "evidence", Type: attr.ID,
			Doc:  "Id of the evidence entry for the document. A rule counts the assessment only with it, and the entry is valid as long as the assessment.",
			Seed: "S4b", Controls: []string{"SP 800-161r1 SR-6"}, JudgedBy: []string{"VG-AUD-001", "VG-AUD-002", "VG-CMP-001", "VG-DAT-002", "VG-REG-003", "VG-REG-006"},
		},
	}
	for _, severity := range []struct{ name, judgedBy string }{{"critical", "VG-AUD-004"}, {"high", "VG-AUD-004"}, {"medium", Information}, {"low", Information}} {
		rows = append(rows, attr.Row{
			Path: "findings_open." + severity.name, Type: attr.Int, Example: "0",
			Doc:  "Number of open " + severity.name + " findings.",
			Kind: attr.Exposure, Seed: "S2e", Controls: []string{"CCM 4.1 A&A-06", "CCM 4.1 TVM-11"}, JudgedBy: []string{severity.judgedBy},
		})
	}
	for i := range rows {
		rows[i].Path = "assessments[]." + rows[i].Path
	}
	return group{"Assessments", attr.Claimed, "the report or certificate itself, and its hash", TheVendor}.of(rows)
}

func vulnerabilities() []attr.Row {
	scan := []string{"CCM 4.1 TVM-03", "NIST SP 800-53 RA-5", "PCI DSS 4.0.1 11.3.1"}
	patch := []string{"MVSP 3.4", "PCI DSS 4.0.1 6.3.3", "CCM 4.1 TVM-08"}
	rows := claims("vulnerability_management.", []attr.Row{
		{
			Path: "scanning.cadence", Type: attr.Enum, Values: vocab.Cadences(), Ordered: true, Example: "monthly",
			Doc:      "How often the vendor scans for vulnerabilities.",
			Question: "How often are the systems behind the API scanned for vulnerabilities?",
			Seed:     "C1", Controls: append([]string{"NIS2 21(3)", "SSDF 1.1 RV.1.2", "CRA Annex I Part II (3)", "ISO 27001:2022 A.5.21"}, scan...), JudgedBy: []string{"VG-VUL-001"},
		},
		{
			Path: "scanning.types", Type: attr.Enum, List: true, Values: []string{"sast", "dast", "sca", "infra", "container"}, Example: "[sast, dast, sca, infra]",
			Doc:  "Types of scans.",
			Seed: "C1", Controls: scan, JudgedBy: []string{Information},
		},
		{
			Path: "patch_sla.critical", Type: attr.Period, Example: "P30D",
			Doc:      "How soon a critical vulnerability is fixed.",
			Question: "How soon do you fix a critical vulnerability?",
			Seed:     "C2", Controls: append([]string{"NIS2 21(3)", "SSDF 1.1 RV.2.2", "CRA Annex I Part II (2)", "ISO 27001:2022 A.5.21"}, patch...), JudgedBy: []string{"VG-AUD-004", "VG-VUL-001"},
		},
		{
			Path: "patch_sla.high", Type: attr.Period, Example: "P60D",
			Doc:      "How soon a high-severity vulnerability is fixed.",
			Question: "How soon do you fix a high-severity vulnerability?",
			Seed:     "C2", Controls: append([]string{"SSDF 1.1 RV.2.2", "CRA Annex I Part II (2)"}, patch...), JudgedBy: []string{"VG-AUD-004", "VG-VUL-001"},
		},
		{
			Path: "patch_sla.medium", Type: attr.Period, Example: "P90D",
			Doc:      "How soon a medium-severity vulnerability is fixed.",
			Question: "How soon do you fix a medium-severity vulnerability?",
			Seed:     "C2", Controls: patch, JudgedBy: []string{"VG-VUL-001"},
		},
		{
			Path: "patch_sla.low", Type: attr.Period,
			Doc:      "How soon a low-severity vulnerability is fixed.",
			Question: "How soon do you fix a low-severity vulnerability?",
			Seed:     "C2", Controls: patch, JudgedBy: []string{Information},
		},
		{
			Path: "patch_sla.kev", Type: attr.Period, Example: "P14D",
			Doc:      "How soon a vulnerability that is known to be exploited (CISA KEV) is fixed.",
			Question: "How soon do you fix a vulnerability that is known to be exploited (CISA KEV)?",
			Seed:     "C2", Controls: append([]string{"NIS2 21(3)", "SSDF 1.1 RV.2.2", "CRA Annex I Part II (2)"}, patch...), JudgedBy: []string{"VG-VUL-001"},
		},
		{
			Path: "disclosure.safe_harbor", Type: attr.Tri,
			Doc:  "Whether the vendor promises not to take legal action against people who report vulnerabilities.",
			Seed: "C1", Controls: []string{"MVSP 1.1"}, JudgedBy: []string{Information},
		},
		{
			Path: "sbom", Type: attr.Enum, Values: []string{"public", "on-request", "no"},
			Doc:  "Whether the vendor provides a software bill of materials.",
			Seed: "C1", Controls: []string{"CRA Annex I Part II (1)", "SSDF 1.1 PS.3.2", "CCM 4.1 STA-09", "ISO 27001:2022 A.5.21"}, JudgedBy: []string{Information},
		},
	})
	for _, page := range []struct{ path, doc string }{
		{"policy_url", "URL of the vulnerability disclosure policy."},
		{"bug_bounty", "URL of the bug bounty programme."},
		{"security_txt", "URL of the vendor's security.txt."},
	} {
		rows = append(rows, attr.Row{
			Path: "vulnerability_management.disclosure." + page.path, Type: attr.URL,
			Doc:  page.doc,
			Seed: "R1", Controls: []string{"MVSP 1.1", "RFC 9116", "NIST SP 800-53 RA-5(11)", "NIS2 21(2)(e)", "SSDF 1.1 RV.1.3", "CRA Annex I Part II (5)", "CRA Annex I Part II (6)"}, JudgedBy: []string{"VG-VUL-002"},
		})
	}
	return group{"Vulnerability management", attr.Claimed, "its disclosure policy, and what the contract says", TheVendor}.of(rows)
}
