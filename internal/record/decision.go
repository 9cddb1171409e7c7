package record

import (
	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

func decision() []attr.Row {
	return group{"Decision", attr.Scope, "a link to the decision (approval.decision_ref)", ourselves}.of([]attr.Row{
		{
			Path: "status", Type: attr.Enum, Values: vocab.Statuses(), Example: "approved",
			Doc:  "Your organisation's decision. Without one, the vendor is unreviewed.",
			Seed: "S0b", Controls: []string{"NIST CSF 2.0 GV.SC-07", "NIST CSF 2.0 GV.SC-10", "ISO 27001:2022 A.5.19", "ISO 27001:2022 A.5.22", "NIS2 21(2)(d)", "DORA 28(4)(d)"}, JudgedBy: []string{"VG-APR-001", "VG-APR-002", "VG-APR-003", "VG-APR-004", "VG-MAN-004", "VG-PIL-001", "VG-PIL-002", "VG-REG-001", Exports},
		},
		{
			Path: "status_since", Type: attr.Date, Past: true,
			Doc:  "Date of the decision.",
			Seed: "S0b", JudgedBy: []string{"VG-REG-003", Wording},
		},
		{
			Path: "status_reason", Type: attr.Text,
			Doc:  "Reason for the decision. Developers can see it, unless the policy is confidential or the record has evidence that is not public.",
			Seed: "S0b", JudgedBy: []string{Wording},
		},
		{
			Path: "replaced_by", Type: attr.ID,
			Doc:  "Vendor to use instead.",
			Seed: "E1", Controls: []string{"NIST CSF 2.0 GV.SC-10"}, JudgedBy: []string{"VG-REG-003", Wording},
		},
		{
			Path: "sunset", Type: attr.Date,
			Doc:  "Last day on which a deprecated vendor may be used.",
			Kind: attr.Exposure, Seed: "E1", Controls: []string{"NIST CSF 2.0 GV.SC-10"}, JudgedBy: []string{"VG-APR-001", "VG-REG-003"},
		},
		{
			Path: "approval.approved_by[].user", Type: attr.Word, Required: true, Example: "a.ferreira",
			Doc:  "User name of the approver.",
			Seed: "S2a", Controls: []string{"SOC 2 CC9.2", "NIST CSF 2.0 GV.SC-02", "DORA 28(1)(a)"}, JudgedBy: []string{"VG-APR-004", Exports},
		},
		{
			Path: "approval.approved_by[].role", Type: attr.Word, Required: true, Example: "security-architect",
			Doc:  "Role of the approver. The policy says which roles can approve.",
			Seed: "S2a", Controls: []string{"SOC 2 CC9.2", "DORA 28(1)(a)"}, JudgedBy: []string{"VG-APR-004", Exports},
		},
		{
			Path: "approval.approved_by[].team", Type: attr.Word, Example: `"@acme/security"`,
			Doc:  "Team that the user approves for, if the policy lets a team approve in the role. vendorgate does not check that the user is a member.",
			Seed: "S2a", Controls: []string{"SOC 2 CC9.2"}, JudgedBy: []string{"VG-APR-004"},
		},
		{
			Path: "approval.requested_by", Type: attr.Word, Example: "s.marchetti",
			Doc:  "User name of the person who requested the approval, who cannot also approve.",
			Kind: attr.Exposure, Seed: "S2a", Controls: []string{"SOC 2 CC9.2", "NIST SP 800-53 AC-5"}, JudgedBy: []string{"VG-APR-004", "exports"},
		},
		{
			Path: "approval.approved_on", Type: attr.Date, Past: true, Example: "2026-06-01",
			Doc:  "Date of the approval.",
			Seed: "S0d", Controls: []string{"PCI DSS 4.0.1 12.8.4", "PCI DSS 4.0.1 12.8.3"}, JudgedBy: []string{"VG-APR-002", "VG-APR-003", "VG-APR-004", "VG-PIL-001", "VG-REG-003", Exports},
		},
		{
			Path: "approval.expires", Type: attr.Date, Example: "2027-05-31",
			Doc:  "Last day on which the approval is valid.",
			Seed: "S0d", Controls: []string{"CCM 4.1 STA-12", "NIST SP 800-53 SR-6", "PCI DSS 4.0.1 12.8.4", "SP 800-161r1 SR-6", "ISO 27001:2022 A.5.22"}, JudgedBy: []string{"VG-APR-002", "VG-APR-003", "VG-APR-004", "VG-REG-003", Exports},
		},
		{
			Path: "approval.review_cadence", Type: attr.Period, Example: "P12M",
			Doc:  "How often the vendor is reviewed.",
			Kind: attr.Exposure, Seed: "S0d", Controls: []string{"NIST SP 800-53 SR-6", "NIST CSF 2.0 GV.SC-07", "SP 800-161r1 SR-6", "ISO 27001:2022 A.5.22", "PCI DSS 4.0.1 12.8.4", "DORA 28(6)"}, JudgedBy: []string{"VG-APR-003", Exports},
		},
		{
			Path: "approval.last_review", Type: attr.Date, Past: true, Example: "2026-06-01",
			Doc:  "Date of the last review after the approval, which counts as one.",
			Seed: "S0d", Controls: []string{"NIST SP 800-53 SR-6", "SP 800-161r1 SR-6", "ISO 27001:2022 A.5.22", "PCI DSS 4.0.1 12.8.4", "CCM 4.1 STA-12"}, JudgedBy: []string{"VG-APR-003", "VG-REG-003", Exports},
		},
		{
			Path: "approval.conditions[].id", Type: attr.ID, Required: true, Example: "rotate-keys",
			Doc:  "Id of a condition of the approval.",
			Kind: attr.Exposure, Seed: "S2a", Controls: []string{"SOC 2 CC9.2"}, JudgedBy: []string{"VG-APR-005"},
		},
		{
			Path: "approval.conditions[].text", Type: attr.Text, Required: true, Example: "Rotate the keys",
			Doc:  "What must be done.",
			Kind: attr.Exposure, Seed: "S2a", Controls: []string{"ISO 27001:2022 A.5.19"}, JudgedBy: []string{"VG-APR-005", "VG-REG-004"},
		},
		{
			Path: "approval.conditions[].due", Type: attr.Date, Required: true, Example: "2026-12-31",
			Doc:  "Last day to meet the condition.",
			Kind: attr.Exposure, Seed: "S2a", JudgedBy: []string{"VG-APR-005"},
		},
		{
			Path: "approval.conditions[].status", Type: attr.Enum, Values: []string{"open", "met", "waived"}, Required: true, Example: "open",
			Doc:  "Whether the condition is met.",
			Kind: attr.Exposure, Seed: "S2a", JudgedBy: []string{"VG-APR-005", "VG-REG-003"},
		},
		{
			Path: "approval.conditions[].met_on", Type: attr.Date, Past: true,
			Doc:  "Date on which the condition was met.",
			Kind: attr.Exposure, Seed: "S2a", JudgedBy: []string{"VG-REG-003"},
		},
		{
			Path: "approval.decision_ref", Type: attr.URL,
			Doc:  "Link or reference to the decision.",
			Seed: "S2a", Controls: []string{"DORA 28(4)(d)", "PCI DSS 4.0.1 12.8.3", "ISO 27001:2022 A.5.19", "NIS2 21(2)(d)"}, JudgedBy: []string{Wording},
		},
	})
}

func risk() []attr.Row {
	return group{"Risk", attr.Claimed, "your own assessment", ourselves}.of([]attr.Row{
		{
			Path: "risk.tier", Type: attr.Enum, Values: []string{"1", "2", "3", "4"}, Ordered: true, Example: "2",
			Doc:      "How critical the vendor is: 1 mission critical, 2 business critical, 3 business operational, 4 administrative.",
			Question: "How critical is the service to us: 1 mission critical, 2 business critical, 3 business operational, 4 administrative?",
			Seed:     "S0c", Controls: []string{"NIST CSF 2.0 GV.SC-04", "DORA 28(4)(a)", "ISO 27001:2022 A.5.19", "DORA 28(1)(b)", "NIS2 21(2)(d)", "SP 800-161r1 RA-3(1)"}, JudgedBy: []string{"RISK-TIER", EveryRule, Exports},
		},
		{
			Path: "risk.inherent", Type: attr.Enum, Values: []string{"critical", "high", "medium", "low", "unknown"},
			Doc:  "Risk without your own safeguards.",
			Seed: "S0c", Controls: []string{"CCM 4.1 STA-10", "NIST SP 800-53 RA-3", "DORA 28(4)(c)", "ISO 27001:2022 A.5.19", "SP 800-161r1 RA-3(1)"}, JudgedBy: []string{"VG-REG-003"},
		},
		{
			Path: "risk.residual", Type: attr.Enum, Values: []string{"critical", "high", "medium", "low", "unknown"},
			Doc:      "Risk that remains with your own safeguards.",
			Question: "Which risk remains, given the vendor's answers?",
			Seed:     "S0c", Controls: []string{"CCM 4.1 STA-10", "NIST SP 800-53 RA-3", "DORA 28(4)(c)", "ISO 27001:2022 A.5.19", "SP 800-161r1 RA-3(1)"}, JudgedBy: []string{"RESIDUAL-RISK", "VG-REG-003"},
		},
		{
			Path: "risk.critical_or_important_function", Type: attr.Tri, Claim: true,
			Doc:      "Whether it supports a critical or important function, as DORA defines it.",
			Question: "Does a critical or important function, as DORA defines it, depend on the service?",
			Seed:     "S4a", Controls: []string{"DORA 28(4)(a)", "DORA 30(3)", "DORA 28(1)(b)"}, JudgedBy: []string{"VG-CMP-004"},
		},
		{
			Path: "risk.substitutability", Type: attr.Enum, Values: []string{"not-substitutable", "highly-complex", "medium-complexity", "easily"}, Claim: true,
			Doc:      "How hard it is to replace the vendor.",
			Question: "How hard is it for us to replace the service: impossible, highly complex, of medium complexity, or easy?",
			Seed:     "R5", Controls: []string{"DORA register B_07.01.0050", "DORA 29(1)(a)", "DORA 28(4)(c)"}, JudgedBy: []string{"VG-CMP-004", "VG-EXT-001"},
		},
		{
			Path: "risk.reliance", Type: attr.Enum, Values: []string{"not-significant", "low", "material", "full"}, Claim: true,
			Doc:  "How much your organisation relies on it.",
			Seed: "R5", Controls: []string{"DORA register B_02.02.0180", "DORA 28(1)(b)"}, JudgedBy: []string{Information},
		},
		{
			Path: "risk.assessed_on", Type: attr.Date, Past: true,
			Doc:  "Date of the risk assessment.",
			Seed: "S0c", Controls: []string{"NIST CSF 2.0 GV.SC-07", "DORA 28(4)(c)", "SP 800-161r1 RA-3(1)"}, JudgedBy: []string{"VG-REG-003"},
		},
	})
}

func incidents() []attr.Row {
	return group{"Incidents", attr.Exposure, anyProof, TheVendor}.of([]attr.Row{
		{
			Path: "incidents[].date", Type: attr.Date, Past: true, Required: true,
			Doc:  "Date of an incident at the vendor.",
			Seed: "C3", Controls: []string{"NIST CSF 2.0 GV.SC-08", "NIST SP 800-53 SR-8", "SP 800-161r1 SR-8", "ISO 27001:2022 A.5.22"}, JudgedBy: []string{"VG-INC-001", "VG-REG-003"},
		},
		{
			Path: "incidents[].severity", Type: attr.Enum, Values: []string{"sev1", "sev2", "sev3", "sev4"}, Required: true,
			Doc:  "Severity of the incident; sev1 is the worst.",
			Seed: "C3", JudgedBy: []string{"VG-INC-001"},
		},
		{
			Path: "incidents[].notified_within_hours", Type: attr.Int,
			Doc:  "Hours until the vendor notified you.",
			Seed: "C3", JudgedBy: []string{Wording},
		},
		{
			Path: "incidents[].resolved_on", Type: attr.Date, Past: true,
			Doc:  "Date on which the incident was resolved.",
			Kind: attr.Claimed, Seed: "C3", JudgedBy: []string{"VG-INC-001", "VG-REG-003"},
		},
		{
			Path: "incidents[].ref", Type: attr.Text,
			Doc:  "Link to a description of the incident.",
			Seed: "C3", JudgedBy: []string{Wording},
		},
	})
}

func scope() []attr.Row {
	return group{"Scope", attr.Scope, "the request for it", ourselves}.of([]attr.Row{
		{
			Path: "scope.environments", Type: attr.Enum, List: true, Values: vocab.Environments(), Example: "[prod]",
			Doc:  "Environments in which it may be used. If absent, none are allowed.",
			Seed: "S0c", Controls: []string{"CCM 4.1 DSP-15", "ISO 27001:2022 A.5.23"}, JudgedBy: []string{"VG-SCP-002", Exports},
		},
		{
			Path: "scope.data_classes", Type: attr.ID, List: true, Usual: vocab.ClassNames(), Example: "[internal, personal]",
			Doc:  "Data classes that may be exchanged. If absent, none are allowed.",
			Seed: "S4a", Controls: []string{"CCM 4.1 DSP-04", "MVSP 3.1", "GDPR 28(3)", "ISO 27001:2022 A.5.23", "GDPR 30(1)(d)"}, JudgedBy: []string{"VG-REG-003", "VG-SCP-001", Exports},
		},
		{
			Path: "scope.repos", Type: attr.Glob, List: true, Example: `["acme/checkout-*"]`,
			Doc:  "Repositories that may use it. If absent, all of them may.",
			Seed: "S0c", Controls: []string{"NIST SP 800-53 AC-6"}, JudgedBy: []string{"VG-APR-001", "VG-SCP-002", Exports},
		},
		{
			Path: "scope.teams", Type: attr.Glob, List: true, Example: "[team-checkout]",
			Doc:  "Teams that may use it. If absent, all of them may.",
			Seed: "S0c", Controls: []string{"NIST SP 800-53 AC-6"}, JudgedBy: []string{"VG-SCP-002"},
		},
		{
			Path: "scope.api_versions", Type: attr.Text, List: true, Example: `["2026-04"]`,
			Doc:  "API versions that may be used, exact or as constraints in the api_version_scheme. If absent, all versions under apis that are not retired are allowed.",
			Seed: "E1", Controls: []string{"OWASP API9:2023"}, JudgedBy: []string{"VG-SCP-003", Reading},
		},
		{
			Path: "scope.hosts", Type: attr.Host, List: true,
			Doc:  "Hosts that may be called. If absent, api_hosts may be called.",
			Seed: "S1b", Controls: []string{"ASVS 5.0 V13.2.4", "NIST SP 800-53 CM-7", "SP 800-161r1 SA-9"}, JudgedBy: []string{"VG-REG-003", "VG-SCP-004"},
		},
		{
			Path: "scope.auth_methods", Type: attr.Enum, List: true, Values: vocab.AuthMethods(),
			Doc:  "Authentication methods that may be used. If absent, authentication.methods may be used.",
			Seed: "S1b", Controls: []string{"NIST SP 800-53 CM-7"}, JudgedBy: []string{"VG-AUT-002", "VG-REG-003", "VG-SCP-004"},
		},
		{
			Path: "scope.purposes", Type: attr.ID, List: true, Example: "[payment-acceptance]",
			Doc:  "Purposes that it may be used for. If absent, any purpose is allowed.",
			Seed: "S4a", Controls: []string{"GDPR 28(3)(a)", "CCM 4.1 DSP-12"}, JudgedBy: []string{"VG-SCP-002"},
		},
		{
			Path: "scope.regions", Type: attr.Region, List: true, Example: "[IE, DE]",
			Doc:  "Countries where data may be stored or processed, or groups of countries: EU, EEA, or one that the policy defines.",
			Seed: "S4a", Controls: []string{"CCM 4.1 DSP-12", "GDPR 30(1)(e)"}, JudgedBy: []string{"VG-DAT-001"},
		},
	})
}
