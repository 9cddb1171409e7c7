package record

import (
	"github.com/vendorgate/vendorgate/internal/attr"
)

// contract has the agreed terms, which are never unknown: a term that the record does not mention is not agreed.
func contract() []attr.Row {
	rows := []attr.Row{
		{
			Path: "ref", Type: attr.Text, Example: "ACME-2026-0417",
			Doc:  "Contract number.",
			Seed: "C4", Controls: []string{"PCI DSS 4.0.1 12.8.2", "DORA 28(3)", "DORA register B_02.02.0010", "ISO 27001:2022 A.5.20"}, JudgedBy: []string{Information},
		},
		{
			Path: "status", Type: attr.Enum, Values: []string{"draft", "active", "terminated"}, Example: "active",
			Doc:  "Whether it is signed and in force.",
			Seed: "C4", Controls: []string{"PCI DSS 4.0.1 12.8.2", "DORA 30(1)", "SOC 2 CC9.2", "ISO 27001:2022 A.5.20", "NIS2 21(2)(d)"}, JudgedBy: []string{"VG-CON-001", "VG-CON-002", "VG-REG-003"},
		},
		{
			Path: "signed_on", Type: attr.Date, Past: true,
			Doc:  "Date on which it was signed.",
			Seed: "C4", Controls: []string{"PCI DSS 4.0.1 12.8.2", "ISO 27001:2022 A.5.20"}, JudgedBy: []string{"VG-CON-001", "VG-REG-003"},
		},
		{
			Path: "start", Type: attr.Date,
			Doc:  "First day of the contract.",
			Seed: "C4", Controls: []string{"DORA 30(1)", "DORA register B_02.02.0070"}, JudgedBy: []string{"VG-CON-001", "VG-REG-003"},
		},
		{
			Path: "end", Type: attr.Date, Nullable: true, Example: "2028-05-31",
			Doc:  "Last day of the contract; null if it has no end.",
			Kind: attr.Exposure, Omission: "VG-CON-001", Seed: "C4", Controls: []string{"DORA 30(1)", "DORA register B_02.02.0080"}, JudgedBy: []string{"VG-CMP-002", "VG-CMP-003", "VG-CON-001", "VG-REG-003", Wording},
		},
		{
			Path: "renewal.type", Type: attr.Enum, Values: []string{"auto", "manual"},
			Doc:  "What happens when the contract ends.",
			Seed: "C4", Controls: []string{"DORA 30(2)(h)"}, JudgedBy: []string{"VG-CON-001"},
		},
		{
			Path: "renewal.notice", Type: attr.Period, Example: "P90D",
			Doc:  "Notice period before the end.",
			Seed: "C4", Controls: []string{"DORA 30(2)(h)", "DORA register B_02.02.0100"}, JudgedBy: []string{"VG-CON-001"},
		},
		{
			Path: "governing_timezone", Type: attr.Zone, Example: "Europe/Dublin",
			Doc:  "IANA time zone of the contract's dates. Without one, the policy's. The last day is the last whole one in the policy's zone.",
			Seed: "C4", JudgedBy: []string{"VG-CMP-002", "VG-CMP-003", "VG-CON-001"},
		},
		{
			Path: "sla.uptime_pct", Type: attr.Number, Example: "99.9",
			Doc:      "Agreed uptime in percent.",
			Question: "Which uptime, in percent per month, do you commit to?",
			Seed:     "C3", Controls: []string{"DORA 30(2)(e)", "DORA 30(3)(a)", "ISO 27001:2022 A.5.20"}, JudgedBy: []string{"VG-CMP-004", "VG-CON-002"},
		},
		{
			Path: "sla.window", Type: attr.Enum, Values: []string{"monthly", "quarterly", "annual"},
			Doc:  "Period over which the uptime is measured.",
			Seed: "C3", Controls: []string{"DORA 30(3)(a)"}, JudgedBy: []string{Information},
		},
		{
			Path: "sla.credits", Type: attr.Tri,
			Doc:  "Whether you get credits for missed uptime.",
			Seed: "C3", Controls: []string{"DORA 30(3)(a)"}, JudgedBy: []string{Information},
		},
		{
			Path: "sla.security_incidents_count_as_downtime", Type: attr.Tri,
			Doc:      "Whether security incidents count as downtime until they are resolved.",
			Question: "If a security incident makes the service unavailable, does that time count as downtime?",
			Seed:     "C3", Controls: []string{"DORA 30(3)(a)"}, JudgedBy: []string{"VG-CON-002"},
		},
		{
			Path: "incident.notify_hours", Type: attr.Int, Example: "24",
			Doc:      "Hours within which the vendor must notify you of an incident.",
			Question: "Within how many hours do you notify us of a security incident?",
			Seed:     "C3", Controls: []string{"MVSP 1.7", "GDPR 33(2)", "CCM 4.1 SEF-08", "NIST SP 800-53 SR-8", "DORA 30(2)(f)", "DORA 30(3)(b)", "ISO 27001:2022 A.5.20", "SP 800-161r1 SR-8", "NIS2 21(2)(d)"}, JudgedBy: []string{"VG-CON-002"},
		},
		{
			Path: "incident.ack", Type: attr.Period, Example: "PT1H",
			Doc:  "How soon the vendor must acknowledge your report.",
			Seed: "C3", Controls: []string{"DORA 30(2)(f)", "DORA 30(3)(b)"}, JudgedBy: []string{Information},
		},
		{
			Path: "incident.rca", Type: attr.Period, Example: "P5D",
			Doc:  "How soon the vendor must explain the root cause.",
			Seed: "C3", Controls: []string{"DORA 30(2)(f)"}, JudgedBy: []string{Information},
		},
		{
			Path: "incident.penalties", Type: attr.Tri,
			Doc:  "Whether the vendor pays penalties if it misses these times.",
			Seed: "C3", Controls: []string{"DORA 30(2)(f)"}, JudgedBy: []string{Information},
		},
		{
			Path: "security_terms.scanning", Type: attr.Tri,
			Doc:  "Whether vulnerability scanning is agreed.",
			Seed: "C1", Controls: []string{"NIST CSF 2.0 GV.SC-05", "NIST SP 800-53 SA-4", "ISO 27001:2022 A.5.20", "SP 800-161r1 SA-4", "SSDF 1.1 PO.1.3"}, JudgedBy: []string{"VG-VUL-001"},
		},
		{
			Path: "security_terms.patch_sla", Type: attr.Tri,
			Doc:  "Whether patch deadlines are agreed.",
			Seed: "C2", Controls: []string{"NIST CSF 2.0 GV.SC-05", "NIST SP 800-53 SA-4", "ISO 27001:2022 A.5.20", "SP 800-161r1 SA-4", "SSDF 1.1 PO.1.3"}, JudgedBy: []string{"VG-VUL-001"},
		},
		{
			Path: "security_terms.annual_pentest", Type: attr.Tri,
			Doc:  "Whether an annual penetration test is agreed.",
			Seed: "C1", Controls: []string{"NIST SP 800-53 SA-4", "DORA 28(6)", "SSDF 1.1 PO.1.3"}, JudgedBy: []string{Information},
		},
		{
			Path: "security_terms.audit_right", Type: attr.Tri,
			Doc:  "Whether you have the right to audit.",
			Seed: "C1", Controls: []string{"DORA 30(3)(e)", "CCM 4.1 STA-11", "DORA 28(6)", "ISO 27001:2022 A.5.20", "SP 800-161r1 SA-4"}, JudgedBy: []string{"VG-CMP-004"},
		},
		{
			Path: "security_terms.subprocessor_notice", Type: attr.Period, Example: "P30D",
			Doc:  "Agreed notice before the vendor changes a subprocessor.",
			Seed: "C1", Controls: []string{"GDPR 28(2)", "DORA 29(2)", "ISO 27001:2022 A.5.20"}, JudgedBy: []string{"VG-DAT-001"},
		},
		{
			Path: "security_terms.breach_cooperation", Type: attr.Tri,
			Doc:  "Whether the vendor must cooperate after a breach.",
			Seed: "C1", Controls: []string{"NIST SP 800-53 SA-4", "DORA 30(2)(f)"}, JudgedBy: []string{Information},
		},
	}
	for _, severity := range []struct{ name, judgedBy string }{{"sev1", "VG-CON-002"}, {"sev2", Information}, {"sev3", Information}, {"sev4", Information}} {
		rows = append(rows, attr.Row{
			Path: "incident.resolve." + severity.name, Type: attr.Period, Example: "PT8H",
			Doc:  "How soon a " + severity.name + " incident is resolved.",
			Seed: "C3", Controls: []string{"DORA 30(2)(f)"}, JudgedBy: []string{severity.judgedBy},
		})
	}
	for i := range rows {
		rows[i].Path = "contract." + rows[i].Path
	}
	return group{"Contract", attr.Claimed, "the signed contract", lawyers}.of(rows)
}

func exit() []attr.Row {
	const export = "its documentation, and a test of the export"
	rows := claims("exit.", []attr.Row{
		{
			Path: "export.formats", Type: attr.Word, List: true, Example: "[json, csv]",
			Doc:      "Formats in which you can export your data.",
			Question: "In which machine-readable formats can we export all our data?",
			Seed:     "R5", Controls: []string{"CCM 4.1 IPY-02", "CCM 4.1 IPY-04", "DORA 30(2)(d)", "ISO 27001:2022 A.5.23"}, Evidence: export, Holder: TheVendor, JudgedBy: []string{"VG-EXT-001"},
		},
		{
			Path: "export.api", Type: attr.Tri,
			Doc:      "Whether there is an API for the export.",
			Question: "Can we export all our data through an API?",
			Seed:     "R5", Controls: []string{"CCM 4.1 IPY-02"}, Evidence: export, Holder: TheVendor, JudgedBy: []string{"VG-EXT-001"},
		},
		{
			Path: "export.included", Type: attr.Tri,
			Doc:  "Whether the export is free of charge.",
			Seed: "R5", Controls: []string{"DORA 30(2)(d)"}, Evidence: export, Holder: TheVendor, JudgedBy: []string{Information},
		},
		{
			Path: "export.deadline", Type: attr.Period, Example: "P30D",
			Doc:      "How long an export takes.",
			Question: "How long does a full export take after we request it?",
			Seed:     "R5", Controls: []string{"DORA 30(2)(d)"}, Evidence: export, Holder: TheVendor, JudgedBy: []string{"VG-EXT-001"},
		},
		{
			Path: "reintegration", Type: attr.Enum, Values: []string{"easy", "difficult", "highly-complex"}, Ordered: true,
			Doc:  "How hard it would be to bring the service in-house.",
			Seed: "R5", Controls: []string{"DORA register B_07.01.0090"}, JudgedBy: []string{Information},
		},
	})
	rows = append(rows,
		attr.Row{
			Path: "exit.plan", Type: attr.ID,
			Doc:  "Evidence with your exit plan.",
			Seed: "R5", Controls: []string{"DORA 28(8)", "DORA 30(3)(f)", "DORA register B_07.01.0080", "NIST CSF 2.0 GV.SC-10", "ISO 27001:2022 A.5.23"}, JudgedBy: []string{"VG-CMP-004", "VG-EXT-001", "VG-REG-003"},
		},
		attr.Row{
			Path: "exit.plan_tested_on", Type: attr.Date, Past: true,
			Doc:  "Date on which you last tested the exit plan.",
			Seed: "R5", Controls: []string{"DORA 28(8)"}, JudgedBy: []string{"VG-EXT-001", "VG-REG-003"},
		},
		attr.Row{
			Path: "exit.transition", Type: attr.Period, Example: "P3M",
			Doc:      "How long the vendor must keep serving you after notice.",
			Question: "How long do you continue to serve us after notice?",
			Seed:     "R5", Controls: []string{"DORA 30(3)(f)"}, JudgedBy: []string{"VG-EXT-001"},
		},
		attr.Row{
			Path: "exit.data_return_or_deletion", Type: attr.Period, Example: "P30D",
			Doc:      "How soon the vendor must return or delete your data.",
			Question: "How soon after the end is our data returned or deleted?",
			Seed:     "R5", Controls: []string{"GDPR 28(3)(g)", "DORA 30(2)(d)", "CCM 4.1 DSP-16"}, JudgedBy: []string{"VG-EXT-001"},
		},
		attr.Row{
			Path: "exit.alternatives", Type: attr.ID, List: true,
			Doc:  "Vendors that could replace this one.",
			Seed: "R5", Controls: []string{"DORA register B_07.01.0110", "DORA register B_07.01.0120", "DORA 28(8)", "DORA 29(1)(a)"}, JudgedBy: []string{"VG-EXT-001", "VG-REG-003"},
		},
	)
	return group{"Exit", attr.Claimed, "the exit plan, and a test of the export", ourselves}.of(rows)
}
