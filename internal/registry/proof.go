package registry

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

func pilot() []attr.Row {
	rows := []attr.Row{
		{Path: "period.start", Type: attr.Date, Doc: "First day of the pilot.", Seed: "S5a", Controls: []string{"NIST CSF 2.0 GV.SC-06", "ISO 27001:2022 A.8.29"}},
		{Path: "period.end", Type: attr.Date, Doc: "Last day of the pilot.", Seed: "S5a", Controls: []string{"NIST CSF 2.0 GV.SC-06", "ISO 27001:2022 A.8.29"}},
		{Path: "until", Type: attr.Date, Doc: "Last day on which a vendor of status pilot may be used.", Seed: "S5a", Controls: []string{"NIST CSF 2.0 GV.SC-06"}},
		{Path: "api_version", Type: attr.Text, Example: `"2026-04"`, Doc: "Version that was tried.", Seed: "S5a"},
		{Path: "environment", Type: attr.Enum, Values: vocab.Environments(), Doc: "Where it was tried.", Seed: "S5a"},
		{Path: "data", Type: attr.ID, Example: "synthetic", Doc: "Class of the data that was sent.", Seed: "S5a"},
		{Path: "vendor_authorised", Type: attr.Tri, Doc: "Whether the vendor agreed in writing to be attacked.", Seed: "S5b", Controls: []string{"MVSP 1.2"}},
		{Path: "load.requests", Type: attr.Int, Doc: "Number of requests sent.", Seed: "S5c"},
		{Path: "load.region", Type: attr.Word, Doc: "From where.", Seed: "S5c"},
		{Path: "latency_ms.p50", Type: attr.Int, Doc: "Half of the answers came within, in milliseconds.", Seed: "S5c", Controls: []string{"DORA 30(3)(a)"}},
		{Path: "latency_ms.p95", Type: attr.Int, Doc: "95 of 100 answers came within, in milliseconds.", Seed: "S5c", Controls: []string{"DORA 30(3)(a)"}},
		{Path: "latency_ms.p99", Type: attr.Int, Doc: "99 of 100 answers came within, in milliseconds.", Seed: "S5c", Controls: []string{"DORA 30(3)(a)"}},
		{Path: "error_rate_pct", Type: attr.Number, Doc: "Requests that failed, in percent.", Seed: "S5c", Controls: []string{"DORA 30(3)(a)"}},
		{Path: "error_handling.problem_json", Type: attr.Tri, Doc: "Whether errors are application/problem+json.", Seed: "S5d", Controls: []string{"RFC 9457"}},
		{Path: "error_handling.retry_after", Type: attr.Tri, Doc: "Whether it said when to try again.", Seed: "S5d", Controls: []string{"RFC 9110"}},
		{Path: "error_handling.leaks_internals", Type: attr.Tri, Doc: "Whether errors show stack traces or versions.", Seed: "S5d", Controls: []string{"OWASP API8:2023"}},
		{Path: "attacks[].scenario", Type: attr.ID, Required: true, Example: "bola-cross-tenant-read", Doc: "What was tried.", Seed: "S5b", Controls: []string{"MVSP 1.2"}},
		{Path: "attacks[].owasp", Type: attr.Text, Example: `"API1:2023"`, Doc: "Entry of the OWASP API Security Top 10.", Seed: "S5b"},
		{Path: "attacks[].result", Type: attr.Enum, Values: []string{"blocked", "alerted", "succeeded"}, Required: true, Example: "blocked", Doc: "What came of it.", Seed: "S5b", Controls: []string{"MVSP 1.2"}},
		{Path: "breach_simulation[].scenario", Type: attr.Enum, Values: []string{"leaked-credential", "token-replay", "provider-outage", "forged-webhook"}, Required: true, Example: "leaked-credential", Doc: "What was simulated.", Seed: "S5e", Controls: []string{"DORA 30(3)(c)", "CCM 4.1 SEF-04", "NIST CSF 2.0 GV.SC-08"}},
		{Path: "breach_simulation[].performed_on", Type: attr.Date, Required: true, Example: "2026-05-12", Doc: "On which day.", Seed: "S5e", Controls: []string{"CCM 4.1 SEF-04"}},
		{Path: "evidence", Type: attr.ID, Doc: "Evidence that holds the results.", Seed: "S5f"},
	}
	for _, c := range ErrorCases() {
		rows = append(rows, attr.Row{Path: "error_handling." + c, Type: attr.Int, Doc: "Status code of the answer in the case " + c + ".", Seed: "S5d", Controls: []string{"OWASP API8:2023"}})
	}
	for _, step := range []string{"detect", "alert", "revoke", "recover"} {
		rows = append(rows, attr.Row{Path: "breach_simulation[]." + step + "_seconds", Type: attr.Int, Doc: "Seconds until the step " + step + ".", Seed: "S5e", Controls: []string{"DORA 30(3)(c)"}})
	}
	for i := range rows {
		rows[i].Path = "pilot." + rows[i].Path
	}
	return rows
}

// ErrorCases lists the wrong requests whose answers a pilot records.
func ErrorCases() []string {
	return []string{"no_auth", "bad_token", "wrong_scope", "bad_input", "not_found", "over_limit"}
}

func evidence() []attr.Row {
	rows := []attr.Row{
		{Path: "id", Type: attr.ID, Required: true, Example: "soc2-2026", Doc: "Id of a document.", Seed: "S4b"},
		{Path: "type", Type: attr.Enum, Values: []string{"attestation", "certification-report", "pentest-report", "risk-assessment", "threat-model", "dynamic-analysis-report", "static-analysis-report", "vulnerability-assertion", "model-card", "poam", "documentation", "rfc-9116", "security-contact", "license", "evidence", "other"}, Required: true, Example: "attestation", Doc: "What it is, as CycloneDX names references.", Seed: "S4b"},
		{Path: "assurance", Type: attr.Enum, Values: vocab.Assurances(), Ordered: true, Required: true, Example: "audited", Doc: "How far it can be trusted: asserted by the vendor, documented, attested in a signed answer, audited by a third party, tested by us.", Seed: "S4b"},
		{Path: "access", Type: attr.Enum, Values: []string{"public", "nda", "internal"}, Doc: "Who may see it; what is under NDA is named by its hash and never stored here. With nda or internal, a check in a repository tells no free text of the record and nothing that papers found.", Seed: "S4b"},
		{Path: "tlp", Type: attr.Enum, Values: []string{"CLEAR", "GREEN", "AMBER", "AMBER_AND_STRICT", "RED"}, Doc: "Traffic light protocol. From AMBER on, a check in a repository tells no free text of the record and nothing that papers found.", Seed: "S4b"},
		{Path: "url", Type: attr.URL, Doc: "Where it is.", Seed: "S4b"},
		{Path: "sha256", Type: attr.Digest, Doc: "Hash of the document that the reviewer saw.", Seed: "S4b"},
		{Path: "issued", Type: attr.Date, Doc: "Day of the document.", Seed: "S4b"},
		{Path: "received", Type: attr.Date, Doc: "Day on which we got it.", Seed: "S4b"},
		{Path: "expires", Type: attr.Date, Doc: "Last day on which it counts.", Seed: "S4b"},
		{Path: "supports", Type: attr.Glob, List: true, Example: `["encryption.*", access.mfa.enforced]`, Doc: "Attributes that it proves; a name stands for all below it.", Seed: "S4b"},
	}
	for i := range rows {
		rows[i].Path = "evidence[]." + rows[i].Path
	}
	return rows
}

// Private reports whether the record rests on papers that are not public. What is written wrongly there may have meant it.
func (v *Vendor) Private() bool {
	if v.Record == nil {
		return false
	}
	return v.Record.Get("evidence").State == attr.Invalid || slices.ContainsFunc(v.Record.Get("evidence").Records, func(e *attr.Record) bool {
		access, tlp := e.Get("access"), e.Get("tlp")
		return access.State == attr.Invalid || tlp.State == attr.Invalid || access.Known() && access.Text != "public" ||
			tlp.Known() && tlp.Text != "CLEAR" && tlp.Text != "GREEN"
	})
}

// notes are free text beside the measurable attributes of a block. Where it makes a claim, VG-REG-004 says so.
func notes() []attr.Row {
	var rows []attr.Row
	for _, block := range []string{"authentication", "access", "encryption", "logging", "rate_limiting", "threat_detection", "observability", "data", "compliance", "vulnerability_management", "contract", "exit", "pilot"} {
		rows = append(rows, attr.Row{Path: block + ".notes", Type: attr.Text, Doc: "What a reader should know besides; claims belong in the other attributes.", Seed: "S1f", Controls: []string{"SA-4(1)"}})
	}
	return rows
}
