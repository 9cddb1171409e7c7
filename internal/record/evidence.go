package record

import (
	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

func evidence() []attr.Row {
	rows := []attr.Row{
		{
			Path: "id", Type: attr.ID, Required: true, Example: "soc2-2026",
			Doc:      "Id of the document.",
			Question: "For our review of the architecture: where can we find a diagram of the components, trust boundaries and data flows, and a description of how clients authenticate and how customers are separated?",
			Seed:     "S4b", JudgedBy: []string{"VG-AUD-001", "VG-AUD-002", "VG-AUD-005", "VG-CMP-001", "VG-DAT-002", "VG-EXT-001", "VG-PIL-001", "VG-REG-003", "VG-REG-006"},
		},
		{
			Path: "type", Type: attr.Enum, Values: evidenceTypes(), Required: true, Example: "attestation",
			Doc:  "Type of the document, as in CycloneDX external references. It limits the assurance. " + limitsOfTypes() + " An assessment that names the document stands for its issuer. What the vendor issued itself is at most attested.",
			Seed: "S4b", JudgedBy: []string{"VG-AUD-001", "VG-AUD-002", "VG-AUD-005", "VG-CMP-001", "VG-REG-006"},
		},
		{
			Path: "assurance", Type: attr.Enum, Values: vocab.Assurances(), Ordered: true, Required: true, Example: "audited",
			Doc:  "How strong the evidence is: asserted by the vendor, documented, attested in a signed answer, audited by a third party, or tested by you, with a report whose hash can be compared. The type limits it.",
			Seed: "S4b", JudgedBy: []string{"VG-AUD-001", "VG-AUD-002", "VG-AUD-005", "VG-CMP-001", "VG-DAT-002", "VG-EXT-001", "VG-PIL-001", "VG-REG-006"},
		},
		{
			Path: "access", Type: attr.Enum, Values: []string{"public", "nda", "internal"},
			Doc:  "Who may see the document. Do not store documents under NDA here; record their hash. With nda or internal, checks hide the free text of the record and the results in its documents.",
			Seed: "S4b", JudgedBy: []string{Wording},
		},
		{
			Path: "tlp", Type: attr.Enum, Values: []string{"CLEAR", "GREEN", "AMBER", "AMBER_AND_STRICT", "RED"},
			Doc:  "Traffic Light Protocol label. With AMBER or above, checks hide the free text of the record and the results in its documents.",
			Seed: "S4b", JudgedBy: []string{Wording},
		},
		{
			Path: "url", Type: attr.URL,
			Doc:  "URL of the document. Evidence counts only with a url or a sha256.",
			Seed: "S4b", JudgedBy: []string{"VG-AUD-001", "VG-DAT-002", "VG-REG-006"},
		},
		{
			Path: "sha256", Type: attr.Digest,
			Doc:  "SHA-256 hash of the document that was reviewed. Evidence counts only with a url or a sha256.",
			Seed: "S4b", JudgedBy: []string{"VG-AUD-002", "VG-AUD-005", "VG-CMP-001", "VG-EXT-001", "VG-PIL-001", "VG-REG-006"},
		},
		{
			Path: "file", Type: attr.Text, Example: "evidence/calderwick/exit-plan-2026.pdf",
			Doc:  "Path of a copy in the registry, in its folder evidence. It needs a sha256, and `registry lint` and `registry evidence verify` compare the two.",
			Seed: "S4b", JudgedBy: []string{"VG-REG-006", Exports},
		},
		{
			Path: "issuer", Type: attr.Text, Example: "Harrow & Voss CPA LLP",
			Doc:  "Third party that issued the document, such as an auditor.",
			Seed: "S4b", JudgedBy: []string{"VG-REG-006"},
		},
		{
			Path: "signed_by", Type: attr.Text, Example: "Chief information security officer",
			Doc:  "Who signed the document for the vendor.",
			Seed: "S4b", JudgedBy: []string{"VG-REG-006"},
		},
		{
			Path: "issued", Type: attr.Date, Past: true,
			Doc:  "Date of the document. Evidence counts only with issued or received.",
			Seed: "S4b", JudgedBy: []string{"VG-AUD-005", "VG-CMP-001", "VG-EXT-001", "VG-PIL-001", "VG-REG-003", "VG-REG-006"},
		},
		{
			Path: "received", Type: attr.Date, Past: true,
			Doc:  "Date on which you received it. Evidence counts only with issued or received.",
			Seed: "S4b", JudgedBy: []string{"VG-AUD-001", "VG-AUD-002", "VG-AUD-005", "VG-CMP-001", "VG-REG-003", "VG-REG-006"},
		},
		{
			Path: "expires", Type: attr.Date,
			Doc:  "Last day on which the evidence is valid.",
			Kind: attr.Exposure, Seed: "S4b", JudgedBy: []string{"VG-AUD-001", "VG-AUD-002", "VG-AUD-005", "VG-CMP-001", "VG-CMP-003", "VG-DAT-002", "VG-EXT-001", "VG-PIL-001", "VG-REG-003", "VG-REG-006"},
		},
		{
			Path: "supports", Type: attr.Glob, List: true, Example: `["encryption.*", access.mfa.enforced]`,
			Doc:  "Attributes that it proves. A name includes all attributes below it.",
			Seed: "S4b", JudgedBy: []string{"VG-CMP-001", "VG-DAT-002", "VG-EXT-001", "VG-PIL-001", "VG-REG-003", "VG-REG-006"},
		},
	}
	for i := range rows {
		rows[i].Path = "evidence[]." + rows[i].Path
	}
	return group{"Evidence", attr.Claimed, "a fresh copy of the document, and its hash", TheVendor}.of(rows)
}

// notes are free text beside the measurable attributes of a block. Where it makes a claim, VG-REG-004 says so.
func notes() []attr.Row {
	var rows []attr.Row
	for _, block := range []string{
		"authentication", "access", "encryption", "logging", "rate_limiting", "threat_detection", "observability", "data", "compliance",
		"vulnerability_management", "contract", "exit", "pilot",
	} {
		rows = append(rows, attr.Row{
			Path: block + ".notes", Type: attr.Text,
			Doc:  "Anything else that a reader should know. Put claims into the other attributes.",
			Seed: "S1f", Controls: []string{"NIST SP 800-53 SA-4(1)"}, JudgedBy: []string{"VG-REG-004"},
		})
	}
	return group{"Notes", attr.Exposure, anyProof, TheVendor}.of(rows)
}
