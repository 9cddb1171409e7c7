package record

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

func pilot() []attr.Row {
	rows := []attr.Row{
		{
			Path: "period.start", Type: attr.Date, Past: true,
			Doc:  "First day of the pilot.",
			Seed: "S5a", Controls: []string{"NIST CSF 2.0 GV.SC-06", "ISO 27001:2022 A.8.29"}, JudgedBy: []string{"VG-REG-003"},
		},
		{
			Path: "period.end", Type: attr.Date, Past: true,
			Doc:  "Last day of the pilot.",
			Seed: "S5a", Controls: []string{"NIST CSF 2.0 GV.SC-06", "ISO 27001:2022 A.8.29"}, JudgedBy: []string{"VG-PIL-001", "VG-REG-003"},
		},
		{
			Path: "until", Type: attr.Date,
			Doc:  "Last day on which a vendor with the status pilot may be used.",
			Seed: "S5a", Controls: []string{"NIST CSF 2.0 GV.SC-06"}, JudgedBy: []string{"VG-APR-001", "VG-REG-003"},
		},
		{
			Path: "api_version", Type: attr.Text, Example: `"2026-04"`,
			Doc:  "API version that was tested.",
			Seed: "S5a", JudgedBy: []string{Information},
		},
		{
			Path: "environment", Type: attr.Enum, Values: vocab.Environments(),
			Doc:  "Environment that was tested.",
			Seed: "S5a", JudgedBy: []string{Information},
		},
		{
			Path: "data", Type: attr.ID, Example: "synthetic",
			Doc:  "Data class that was sent.",
			Seed: "S5a", JudgedBy: []string{Information},
		},
		{
			Path: "vendor_authorised", Type: attr.Tri,
			Doc:  "Whether the vendor consented to attack tests in writing.",
			Seed: "S5b", Controls: []string{"MVSP 1.2"}, JudgedBy: []string{"VG-PIL-002"},
		},
		{
			Path: "load.requests", Type: attr.Int,
			Doc:  "Number of requests sent.",
			Seed: "S5c", JudgedBy: []string{"VG-PIL-001"},
		},
		{
			Path: "load.region", Type: attr.Word,
			Doc:  "Region that the requests came from.",
			Seed: "S5c", JudgedBy: []string{Information},
		},
		{
			Path: "latency_ms.p50", Type: attr.Int,
			Doc:  "Median latency in milliseconds.",
			Seed: "S5c", Controls: []string{"DORA 30(3)(a)"}, JudgedBy: []string{"VG-REG-003"},
		},
		{
			Path: "latency_ms.p95", Type: attr.Int,
			Doc:      "95th percentile of latency in milliseconds.",
			Question: "What are the median, the 95th and the 99th percentile of the latency of the API, and do you commit to any of them?",
			Seed:     "S5c", Controls: []string{"DORA 30(3)(a)"}, JudgedBy: []string{"VG-PIL-001", "VG-REG-003"},
		},
		{
			Path: "latency_ms.p99", Type: attr.Int,
			Doc:  "99th percentile of latency in milliseconds.",
			Seed: "S5c", Controls: []string{"DORA 30(3)(a)"}, JudgedBy: []string{"VG-REG-003"},
		},
		{
			Path: "error_rate_pct", Type: attr.Number,
			Doc:  "Failed requests in percent.",
			Seed: "S5c", Controls: []string{"DORA 30(3)(a)"}, JudgedBy: []string{"VG-PIL-001"},
		},
		{
			Path: "error_handling.problem_json", Type: attr.Tri,
			Doc:      "Whether errors use application/problem+json.",
			Question: "How does the API report errors: which status codes does it use, do the bodies have a documented format such as application/problem+json (RFC 9457), and which errors may a client retry?",
			Seed:     "S5d", Controls: []string{"RFC 9457"}, JudgedBy: []string{Information},
		},
		{
			Path: "error_handling.retry_after", Type: attr.Tri,
			Doc:  "Whether responses had a Retry-After header.",
			Seed: "S5d", Controls: []string{"RFC 9110"}, JudgedBy: []string{Information},
		},
		{
			Path: "error_handling.leaks_internals", Type: attr.Tri,
			Doc:  "Whether errors show stack traces or versions.",
			Kind: attr.Exposure, Omission: "VG-PIL-001", Seed: "S5d", Controls: []string{"OWASP API8:2023"}, JudgedBy: []string{"VG-PIL-001"},
		},
		{
			Path: "attacks[].scenario", Type: attr.ID, Required: true, Example: "bola-cross-tenant-read",
			Doc:  "Attack that was tried.",
			Seed: "S5b", Controls: []string{"MVSP 1.2", "SSDF 1.1 PW.8.2", "NIS2 21(3)"}, JudgedBy: []string{Wording},
		},
		{
			Path: "attacks[].owasp", Type: attr.Enum, Values: owaspEntries(), Example: "API1:2023",
			Doc:  "Entry of the OWASP API Security Top 10 that the attack belongs to.",
			Seed: "S5b", Controls: []string{"MVSP 1.2"}, JudgedBy: []string{"VG-PIL-002"},
		},
		{
			Path: "attacks[].result", Type: attr.Enum, Values: []string{"blocked", "alerted", "succeeded"}, Required: true, Example: "blocked",
			Doc:  "Result of the attack.",
			Kind: attr.Exposure, Seed: "S5b", Controls: []string{"MVSP 1.2"}, JudgedBy: []string{"VG-PIL-002"},
		},
		{
			Path: "breach_simulation[].scenario", Type: attr.Enum, Values: []string{"leaked-credential", "token-replay", "provider-outage", "forged-webhook"}, Required: true, Example: "leaked-credential",
			Doc:      "Breach that was simulated.",
			Question: "When did you last rehearse a breach that affects customers, such as a leaked credential or a forged webhook, what came out of it, and can we rehearse one with you?",
			Seed:     "S5e", Controls: []string{"DORA 30(3)(c)", "CCM 4.1 SEF-04", "NIST CSF 2.0 GV.SC-08"}, JudgedBy: []string{"VG-PIL-002"},
		},
		{
			Path: "breach_simulation[].performed_on", Type: attr.Date, Past: true, Required: true, Example: "2026-05-12",
			Doc:  "Date of the drill.",
			Seed: "S5e", Controls: []string{"CCM 4.1 SEF-04"}, JudgedBy: []string{"VG-PIL-002", "VG-REG-003"},
		},
		{
			Path: "evidence", Type: attr.ID,
			Doc:  "Evidence with the results.",
			Seed: "S5f", JudgedBy: []string{"VG-PIL-001", "VG-REG-003"},
		},
	}
	requests := map[string]string{
		"no_auth": "without credentials", "bad_token": "with an invalid token", "wrong_scope": "outside the scope of its token",
		"bad_input": "with invalid input", "not_found": "for something that does not exist", "over_limit": "over the rate limit",
	}
	for _, c := range ErrorCases() {
		rows = append(rows, attr.Row{
			Path: "error_handling." + c, Type: attr.Int,
			Doc:  "HTTP status for a request " + requests[c] + ".",
			Seed: "S5d", Controls: []string{"OWASP API8:2023"}, JudgedBy: []string{"VG-PIL-001"},
		})
	}
	for _, step := range []struct{ name, judgedBy string }{{"detect", Information}, {"alert", Information}, {"revoke", "VG-PIL-002"}, {"recover", "VG-PIL-002"}} {
		rows = append(rows, attr.Row{
			Path: "breach_simulation[]." + step.name + "_seconds", Type: attr.Int,
			Doc:  "Time to " + step.name + ", in seconds.",
			Seed: "S5e", Controls: []string{"DORA 30(3)(c)"}, JudgedBy: []string{step.judgedBy},
		})
	}
	for i := range rows {
		rows[i].Path = "pilot." + rows[i].Path
	}
	return group{"Pilot", attr.Claimed, "the report of the pilot", ourselves}.of(rows)
}

// owaspEntries lists the entries of the OWASP API Security Top 10 of 2023.
func owaspEntries() []string {
	var out []string
	for i := range 10 {
		out = append(out, fmt.Sprintf("API%d:2023", i+1))
	}
	return out
}

// ErrorCases lists the wrong requests whose answers a pilot records.
func ErrorCases() []string {
	return []string{"no_auth", "bad_token", "wrong_scope", "bad_input", "not_found", "over_limit"}
}
