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
		{Path: "until", Type: attr.Date, Doc: "Last day on which a vendor with the status pilot may be used.", Seed: "S5a", Controls: []string{"NIST CSF 2.0 GV.SC-06"}},
		{Path: "api_version", Type: attr.Text, Example: `"2026-04"`, Doc: "API version that was tested.", Seed: "S5a"},
		{Path: "environment", Type: attr.Enum, Values: vocab.Environments(), Doc: "Environment that was tested.", Seed: "S5a"},
		{Path: "data", Type: attr.ID, Example: "synthetic", Doc: "Data class that was sent.", Seed: "S5a"},
		{Path: "vendor_authorised", Type: attr.Tri, Doc: "Whether the vendor consented to attack tests in writing.", Seed: "S5b", Controls: []string{"MVSP 1.2"}},
		{Path: "load.requests", Type: attr.Int, Doc: "Number of requests sent.", Seed: "S5c"},
		{Path: "load.region", Type: attr.Word, Doc: "Region that the requests came from.", Seed: "S5c"},
		{Path: "latency_ms.p50", Type: attr.Int, Doc: "Median latency in milliseconds.", Seed: "S5c", Controls: []string{"DORA 30(3)(a)"}},
		{Path: "latency_ms.p95", Type: attr.Int, Doc: "95th percentile of latency in milliseconds.", Seed: "S5c", Controls: []string{"DORA 30(3)(a)"}},
		{Path: "latency_ms.p99", Type: attr.Int, Doc: "99th percentile of latency in milliseconds.", Seed: "S5c", Controls: []string{"DORA 30(3)(a)"}},
		{Path: "error_rate_pct", Type: attr.Number, Doc: "Failed requests in percent.", Seed: "S5c", Controls: []string{"DORA 30(3)(a)"}},
		{Path: "error_handling.problem_json", Type: attr.Tri, Doc: "Whether errors use application/problem+json.", Seed: "S5d", Controls: []string{"RFC 9457"}},
		{Path: "error_handling.retry_after", Type: attr.Tri, Doc: "Whether responses had a Retry-After header.", Seed: "S5d", Controls: []string{"RFC 9110"}},
		{Path: "error_handling.leaks_internals", Type: attr.Tri, Doc: "Whether errors show stack traces or versions.", Seed: "S5d", Controls: []string{"OWASP API8:2023"}},
		{Path: "attacks[].scenario", Type: attr.ID, Required: true, Example: "bola-cross-tenant-read", Doc: "Attack that was tried.", Seed: "S5b", Controls: []string{"MVSP 1.2"}},
		{Path: "attacks[].owasp", Type: attr.Text, Example: `"API1:2023"`, Doc: "Entry of the OWASP API Security Top 10.", Seed: "S5b"},
		{Path: "attacks[].result", Type: attr.Enum, Values: []string{"blocked", "alerted", "succeeded"}, Required: true, Example: "blocked", Doc: "Result of the attack.", Seed: "S5b", Controls: []string{"MVSP 1.2"}},
		{Path: "breach_simulation[].scenario", Type: attr.Enum, Values: []string{"leaked-credential", "token-replay", "provider-outage", "forged-webhook"}, Required: true, Example: "leaked-credential", Doc: "Breach that was simulated.", Seed: "S5e", Controls: []string{"DORA 30(3)(c)", "CCM 4.1 SEF-04", "NIST CSF 2.0 GV.SC-08"}},
		{Path: "breach_simulation[].performed_on", Type: attr.Date, Required: true, Example: "2026-05-12", Doc: "Date of the drill.", Seed: "S5e", Controls: []string{"CCM 4.1 SEF-04"}},
		{Path: "evidence", Type: attr.ID, Doc: "Evidence with the results.", Seed: "S5f"},
	}
	for _, c := range ErrorCases() {
		rows = append(rows, attr.Row{Path: "error_handling." + c, Type: attr.Int, Doc: "HTTP status in the case " + c + ".", Seed: "S5d", Controls: []string{"OWASP API8:2023"}})
	}
	for _, step := range []string{"detect", "alert", "revoke", "recover"} {
		rows = append(rows, attr.Row{Path: "breach_simulation[]." + step + "_seconds", Type: attr.Int, Doc: "Time to " + step + ", in seconds.", Seed: "S5e", Controls: []string{"DORA 30(3)(c)"}})
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
		{Path: "id", Type: attr.ID, Required: true, Example: "soc2-2026", Doc: "Id of the document.", Seed: "S4b"},
		{Path: "type", Type: attr.Enum, Values: []string{"attestation", "certification-report", "pentest-report", "risk-assessment", "threat-model", "dynamic-analysis-report", "static-analysis-report", "vulnerability-assertion", "model-card", "poam", "documentation", "rfc-9116", "security-contact", "license", "evidence", "other"}, Required: true, Example: "attestation", Doc: "Type of the document, as in CycloneDX external references.", Seed: "S4b"},
		{Path: "assurance", Type: attr.Enum, Values: vocab.Assurances(), Ordered: true, Required: true, Example: "audited", Doc: "How strong the evidence is: asserted by the vendor, documented, attested in a signed answer, audited by a third party, or tested by you.", Seed: "S4b"},
		{Path: "access", Type: attr.Enum, Values: []string{"public", "nda", "internal"}, Doc: "Who may see the document. Do not store documents under NDA here; record their hash. With nda or internal, checks do not show free text of the record or what documents found.", Seed: "S4b"},
		{Path: "tlp", Type: attr.Enum, Values: []string{"CLEAR", "GREEN", "AMBER", "AMBER_AND_STRICT", "RED"}, Doc: "Traffic Light Protocol label. With AMBER or above, checks do not show free text of the record or what documents found.", Seed: "S4b"},
		{Path: "url", Type: attr.URL, Doc: "URL of the document.", Seed: "S4b"},
		{Path: "sha256", Type: attr.Digest, Doc: "SHA-256 hash of the document that was reviewed.", Seed: "S4b"},
		{Path: "issued", Type: attr.Date, Doc: "Date of the document.", Seed: "S4b"},
		{Path: "received", Type: attr.Date, Doc: "Date on which you received it.", Seed: "S4b"},
		{Path: "expires", Type: attr.Date, Doc: "Last day on which the evidence is valid.", Seed: "S4b"},
		{Path: "supports", Type: attr.Glob, List: true, Example: `["encryption.*", access.mfa.enforced]`, Doc: "Attributes that it proves. A name includes all attributes below it.", Seed: "S4b"},
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
		rows = append(rows, attr.Row{Path: block + ".notes", Type: attr.Text, Doc: "Anything else that a reader should know. Put claims into the other attributes.", Seed: "S1f", Controls: []string{"SA-4(1)"}})
	}
	return rows
}
