package record

import (
	"github.com/vendorgate/vendorgate/internal/attr"
)

func data() []attr.Row {
	const list = "its list of subprocessors, reviewed"
	rows := claims("data.", []attr.Row{
		{
			Path: "stores_customer_data", Type: attr.Tri,
			Doc:      "Whether the vendor stores data that you send.",
			Question: "After a request has been processed, do you still store the data that we sent?",
			Seed:     "S2d", Controls: []string{"CCM 4.1 DSP-03", "DORA register B_02.02.0140"}, JudgedBy: []string{"VG-DAT-001", "VG-ENC-002", "VG-ENC-003", "VG-REG-003", Wording},
		},
		{
			Path: "storage_locations", Type: attr.Region, List: true, Filled: true, Example: "[IE, DE]",
			Doc:      "Countries where data is stored, or groups of countries such as EU.",
			Question: "In which countries is our data stored, including backups?",
			Seed:     "S2d", Controls: []string{"CCM 4.1 DSP-19", "DORA 30(2)(b)", "MVSP 1.6", "ISO 27001:2022 A.5.23", "GDPR 30(1)(e)", "DORA register B_02.02.0150", "DORA 29(2)"}, JudgedBy: []string{"VG-CMP-003", "VG-CMP-004", "VG-DAT-001"},
		},
		{
			Path: "processing_locations", Type: attr.Region, List: true, Filled: true, Example: "[IE, DE]",
			Doc:      "Countries where data is processed, or groups of countries such as EU.",
			Question: "From which countries is our data processed or accessed, including by support staff?",
			Seed:     "S2d", Controls: []string{"CCM 4.1 DSP-19", "DORA 30(2)(b)", "ISO 27001:2022 A.5.23", "GDPR 30(1)(e)", "DORA register B_02.02.0160", "DORA 29(2)"}, JudgedBy: []string{"VG-CMP-003", "VG-CMP-004", "VG-DAT-001"},
		},
		{
			Path: "region_selectable", Type: attr.Tri,
			Doc:  "Whether you can choose the region.",
			Seed: "S2d", Controls: []string{"CCM 4.1 DSP-19"}, JudgedBy: []string{Information},
		},
		{
			Path: "retention.default", Type: attr.Period, Also: []string{"none", "unlimited"}, Example: "P13M",
			Doc:      "How long data is kept: none if it is not stored, unlimited if it is kept indefinitely.",
			Question: "How long is our data kept if nobody deletes it?",
			Seed:     "S2d", Controls: []string{"CCM 4.1 DSP-16"}, JudgedBy: []string{"VG-DAT-001", "VG-REG-003"},
		},
		{
			Path: "retention.configurable", Type: attr.Tri,
			Doc:  "Whether you can change the retention.",
			Seed: "S2d", Controls: []string{"CCM 4.1 DSP-16"}, JudgedBy: []string{Information},
		},
		{
			Path: "retention.zero_retention", Type: attr.Tri,
			Doc:  "Whether you can turn off storage entirely.",
			Seed: "S2d", Controls: []string{"CCM 4.1 DSP-16"}, JudgedBy: []string{Information},
		},
		{
			Path: "deletion.on_request", Type: attr.Period, Also: []string{"never"}, Example: "P30D",
			Doc:      "How soon data is deleted on request.",
			Question: "How soon is data deleted on request, including from backups?",
			Seed:     "S2d", Controls: []string{"GDPR 28(3)(g)", "MVSP 1.8", "CCM 4.1 DSP-02", "ISO 27001:2022 A.8.10"}, JudgedBy: []string{Information},
		},
		{
			Path: "deletion.on_termination", Type: attr.Period, Also: []string{"never"}, Example: "P30D",
			Doc:      "How soon data is deleted after the contract ends.",
			Question: "How soon after the contract ends is all our data deleted, including from backups?",
			Seed:     "R5", Controls: []string{"GDPR 28(3)(g)", "MVSP 1.8", "CCM 4.1 DSP-02"}, JudgedBy: []string{"VG-DAT-001"},
		},
		{
			Path: "deletion.certificate", Type: attr.Tri,
			Doc:  "Whether the vendor certifies the deletion.",
			Seed: "R5", Controls: []string{"GDPR 28(3)(g)"}, JudgedBy: []string{Information},
		},
		{
			Path: "deletion.standard", Type: attr.Text, Example: "NIST-SP-800-88",
			Doc:  "Standard that the deletion follows.",
			Seed: "S2d", Controls: []string{"ISO 27001:2022 A.8.10"}, JudgedBy: []string{"VG-REG-004"},
		},
		{
			Path: "tenant_isolation", Type: attr.Enum, Values: []string{"none", "logical", "physical"}, Ordered: true,
			Doc:      "How your data is separated from other customers' data.",
			Question: "How is our data separated from other customers' data?",
			Seed:     "S2d", Controls: []string{"CCM 4.1 I&S-06"}, JudgedBy: []string{"VG-DAT-003"},
		},
		{
			Path: "used_for_training", Type: attr.Tri, Also: []string{"opt-out"},
			Doc:      "Whether your data trains the vendor's models; opt-out if it does unless you opt out.",
			Question: "Is our data used to train models, by you or by anyone you share it with?",
			Seed:     "S2d", Controls: []string{"GDPR 28(3)(a)", "CCM 4.1 DSP-12"}, JudgedBy: []string{"VG-DAT-002"},
		},
		{
			Path: "subprocessors.url", Type: attr.URL, Nullable: true, None: true,
			Doc:      "URL of the vendor's list of subprocessors; null if it has no subprocessors, none if it has no list.",
			Question: "On which page do you list your subprocessors?",
			Seed:     "S2d", Controls: []string{"GDPR 28(2)", "GDPR 28(4)", "MVSP 4.3", "CCM 4.1 DSP-14", "DORA register B_05.02", "ISO 27001:2022 A.5.21", "DORA 29(2)", "DORA 30(2)(a)", "HIPAA 164.308(b)(2)", "HIPAA 164.314(a)(2)(iii)", "SP 800-161r1 SR-3", "CCM 4.1 STA-16"}, Evidence: list, JudgedBy: []string{"VG-DAT-001", "VG-REG-003"},
		},
	})
	rows = append(rows,
		attr.Row{
			Path: "data.subprocessors.notice", Type: attr.Period, Example: "P30D",
			Doc:      "Agreed notice before the list of subprocessors changes.",
			Question: "How long in advance do you tell us about a new subprocessor?",
			Seed:     "S2d", Controls: []string{"GDPR 28(2)", "CCM 4.1 DSP-13", "ISO 27001:2022 A.5.21", "DORA 29(2)", "SP 800-161r1 SR-3"}, Evidence: list, JudgedBy: []string{"VG-DAT-001"},
		},
		attr.Row{
			Path: "data.subprocessors.reviewed_on", Type: attr.Date, Past: true,
			Doc:  "Date on which you last reviewed the list.",
			Seed: "S2d", Controls: []string{"MVSP 4.3", "CCM 4.1 DSP-14", "ISO 27001:2022 A.5.21", "SP 800-161r1 SR-3", "CCM 4.1 STA-15"}, Evidence: list, JudgedBy: []string{"VG-DAT-001", "VG-REG-003"},
		},
		attr.Row{
			Path: "data.subprocessors.list_sha256", Type: attr.Digest,
			Doc:  "SHA-256 hash of the list that you reviewed.",
			Seed: "S2d", Controls: []string{"GDPR 28(2)"}, Evidence: list, JudgedBy: []string{Information},
		},
	)
	return group{"Data", attr.Claimed, "the data processing agreement, or its privacy page", TheVendor}.of(rows)
}

func compliance() []attr.Row {
	signed := []string{"signed", "missing", "not-required"}
	return group{"Compliance", attr.Claimed, "the signed document", lawyers}.of([]attr.Row{
		{
			Path: "compliance.dpa.status", Type: attr.Enum, Values: signed, Example: "signed",
			Doc:  "Status of the data processing agreement.",
			Seed: "S4a", Controls: []string{"GDPR 28(3)", "ISO 27001:2022 A.5.20", "DORA 30(2)(c)"}, JudgedBy: []string{"VG-CMP-003", "VG-REG-003"},
		},
		{
			Path: "compliance.dpa.signed_on", Type: attr.Date, Past: true,
			Doc:  "Date on which it was signed. It is in force as long as the contract.",
			Seed: "S4b", Controls: []string{"GDPR 28(3)"}, JudgedBy: []string{"VG-CMP-003", "VG-REG-003"},
		},
		{
			Path: "compliance.dpa.terms", Type: attr.ID, Example: "gdpr-art-28",
			Doc:  "Terms that the agreement is based on.",
			Seed: "S4a", Controls: []string{"GDPR 28(3)"}, JudgedBy: []string{Information},
		},
		{
			Path: "compliance.dpa.transfer_mechanism", Type: attr.Enum, Values: []string{"adequacy", "dpf", "scc", "bcr", "not-required"}, Example: "scc",
			Doc:  "Legal basis for transferring personal data to countries without an adequacy decision.",
			Seed: "S4a", Controls: []string{"GDPR 44-46", "GDPR 30(1)(e)"}, JudgedBy: []string{"VG-CMP-003"},
		},
		{
			Path: "compliance.dpa.evidence", Type: attr.ID,
			Doc:  "Evidence of the agreement.",
			Seed: "S4b", JudgedBy: []string{"VG-REG-003"},
		},
		{
			Path: "compliance.baa.status", Type: attr.Enum, Values: signed, Example: "signed",
			Doc:  "Status of the business associate agreement.",
			Seed: "S4a", Controls: []string{"HIPAA 164.504(e)", "HIPAA 164.308(b)(1)", "HIPAA 164.308(b)(3)", "HIPAA 164.314(a)(1)", "HIPAA 164.314(a)(2)(i)"}, JudgedBy: []string{"VG-CMP-002", "VG-REG-003"},
		},
		{
			Path: "compliance.baa.signed_on", Type: attr.Date, Past: true,
			Doc:  "Date on which it was signed. It is in force as long as the contract.",
			Seed: "S4a", Controls: []string{"HIPAA 164.504(e)", "HIPAA 164.308(b)(3)", "HIPAA 164.314(a)(1)"}, JudgedBy: []string{"VG-CMP-002", "VG-REG-003"},
		},
		{
			Path: "compliance.baa.breach_notice_days", Type: attr.Int, Example: "30",
			Doc:  "Days within which the vendor must report a breach.",
			Seed: "S4a", Controls: []string{"HIPAA 164.410", "HIPAA 164.314(a)(2)(i)"}, JudgedBy: []string{"VG-CMP-002"},
		},
		{
			Path: "compliance.pci.role", Type: attr.Enum, Values: []string{"service-provider", "merchant", "none"},
			Doc:  "Role under PCI DSS.",
			Seed: "S4a", Controls: []string{"PCI DSS 4.0.1 12.8.1", "PCI DSS 4.0.1 12.8.3"}, JudgedBy: []string{"VG-REG-003"},
		},
		{
			Path: "compliance.pci.level", Type: attr.Int, Example: "1",
			Doc:  "PCI DSS service provider level.",
			Seed: "S4a", Controls: []string{"PCI DSS 4.0.1 12.8.4"}, JudgedBy: []string{Information},
		},
		{
			Path: "compliance.pci.responsibility_matrix", Type: attr.ID,
			Doc:  "Evidence with the responsibility matrix, which says who meets which PCI DSS requirement.",
			Seed: "S4a", Controls: []string{"PCI DSS 4.0.1 12.8.5", "PCI DSS 4.0.1 12.9.2"}, JudgedBy: []string{"VG-CMP-001", "VG-REG-003"},
		},
	})
}
