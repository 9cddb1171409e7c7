package record

import (
	"github.com/vendorgate/vendorgate/internal/attr"
)

func logging() []attr.Row {
	return group{"Logging", attr.Claimed, "the page that describes its logs, or those of a trial account", TheVendor}.of(claims("logging.", []attr.Row{
		{
			Path: "events", Type: attr.Enum, List: true, Values: []string{"authn-success", "authn-failure", "crud", "config-change", "vendor-staff-access"}, Example: "[authn-success, authn-failure, crud, config-change, vendor-staff-access]",
			Doc:      "Types of events in the logs.",
			Question: "Which events are recorded in the logs that customers can access?",
			Seed:     "S1d", Controls: []string{"MVSP 2.7", "CCM 4.1 LOG-07", "CCM 4.1 LOG-09", "NIST SP 800-53 AU-2", "ISO 27001:2022 A.8.15"}, JudgedBy: []string{"VG-LOG-001", "VG-REG-006"},
		},
		{
			Path: "fields", Type: attr.Enum, List: true, Values: []string{"actor", "ip", "timestamp", "action", "object"}, Example: "[actor, ip, timestamp, action, object]",
			Doc:      "Fields of each log entry.",
			Question: "Which fields does each log entry have?",
			Seed:     "S1d", Controls: []string{"MVSP 2.7"}, JudgedBy: []string{"VG-LOG-001", "VG-REG-006"},
		},
		{
			Path: "retention", Type: attr.Period, Example: "P90D",
			Doc:      "How long logs are kept.",
			Question: "How long are these logs kept?",
			Seed:     "S1d", Controls: []string{"MVSP 2.7", "PCI DSS 4.0.1 10.5.1"}, JudgedBy: []string{"VG-LOG-001", "VG-REG-003", "VG-REG-006"},
		},
		{
			Path: "immediately_available", Type: attr.Period, Example: "P90D",
			Doc:      "How far back logs can be searched immediately.",
			Question: "How far back can these logs be searched immediately?",
			Seed:     "S1d", Controls: []string{"PCI DSS 4.0.1 10.5.1"}, JudgedBy: []string{"VG-LOG-001", "VG-REG-003", "VG-REG-006"},
		},
		{
			Path: "customer_access", Type: attr.Tri,
			Doc:      "Whether you can read the logs of your account.",
			Question: "Can a customer read these logs without asking you?",
			Seed:     "S1d", Controls: []string{"CCM 4.1 LOG-04"}, JudgedBy: []string{"VG-LOG-001", "VG-REG-006"},
		},
		{
			Path: "tamper_protection", Type: attr.Tri,
			Doc:      "Whether logs are protected from changes.",
			Question: "Are these logs protected from being changed or deleted?",
			Seed:     "S1d", Controls: []string{"CCM 4.1 LOG-02", "CCM 4.1 LOG-10"}, JudgedBy: []string{"VG-LOG-001", "VG-REG-006"},
		},
		{
			Path: "export.targets", Type: attr.Word, List: true, Example: "[webhook, splunk]",
			Doc:      "Systems that logs can be exported to. The policy's stack lists the ones that you use.",
			Question: "To which systems can these logs be exported continuously?",
			Seed:     "S3d", Controls: []string{"CCM 4.1 LOG-03", "NIST SP 800-53 SI-4"}, JudgedBy: []string{"VG-LOG-002", "VG-REG-006"},
		},
		{
			Path: "export.formats", Type: attr.Word, List: true, Example: "[ocsf, json]",
			Doc:  "Export formats.",
			Seed: "S3d", Controls: []string{"CCM 4.1 LOG-03"}, JudgedBy: []string{Information},
		},
		{
			Path: "export.max_delay", Type: attr.Period, Example: "PT5M",
			Doc:      "Maximum delay between event and export.",
			Question: "What is the maximum delay between an event and its export?",
			Seed:     "S3d", Controls: []string{"CCM 4.1 LOG-03"}, JudgedBy: []string{Information},
		},
	}))
}

func rateLimiting() []attr.Row {
	return group{"Rate limits", attr.Claimed, "the page that documents the limits, and a request beyond them in a pilot", TheVendor}.of(claims("rate_limiting.", []attr.Row{
		{
			Path: "documented_url", Type: attr.URL,
			Doc:      "URL of the documentation of rate limits.",
			Question: "On which page are the rate limits documented?",
			Seed:     "S1e", Controls: []string{"OWASP API4:2023", "NIST SP 800-53 SC-5", "ASVS 5.0 V13.2.6"}, JudgedBy: []string{"VG-RTE-001"},
		},
		{
			Path: "limits[].scope", Type: attr.Enum, Values: []string{"client", "key", "account", "user", "ip", "endpoint", "global"}, Required: true, Example: "client",
			Doc:      "What the limit applies to.",
			Question: "Which quotas apply, for what (client, key, account, user, address), and in which time window?",
			Seed:     "S1e", Controls: []string{"OWASP API4:2023", "NIST SP 800-53 SC-5"}, JudgedBy: []string{"VG-RTE-001"},
		},
		{
			Path: "limits[].quota", Type: attr.Int, Required: true, Example: "100",
			Doc:  "Number of requests allowed per window.",
			Seed: "S1e", Controls: []string{"OWASP API4:2023"}, JudgedBy: []string{"VG-RTE-001"},
		},
		{
			Path: "limits[].window", Type: attr.Period, Required: true, Example: "PT1S",
			Doc:  "Time window of the limit.",
			Seed: "S1e", Controls: []string{"OWASP API4:2023"}, JudgedBy: []string{"VG-RTE-001"},
		},
		{
			Path: "on_exceed.status", Type: attr.Int, Example: "429",
			Doc:      "HTTP status of a request above the limit.",
			Question: "Which HTTP status does a request over the limit get?",
			Seed:     "S1e", Controls: []string{"RFC 6585"}, JudgedBy: []string{"VG-RTE-001"},
		},
		{
			Path: "on_exceed.retry_after", Type: attr.Tri,
			Doc:      "Whether the response has a Retry-After header.",
			Question: "Does that response have a Retry-After header?",
			Seed:     "S1e", Controls: []string{"RFC 9110"}, JudgedBy: []string{"VG-RTE-001"},
		},
		{
			Path: "headers", Type: attr.Enum, Values: []string{"ratelimit-draft", "x-ratelimit", "none"},
			Doc:  "Headers that show the remaining quota. The draft is draft-ietf-httpapi-ratelimit-headers.",
			Seed: "S1e", JudgedBy: []string{Information},
		},
		{
			Path: "customer_caps", Type: attr.Tri,
			Doc:      "Whether you can set a spending or usage cap.",
			Question: "Can a customer set a cap on spending or on the number of calls?",
			Seed:     "S1e", Controls: []string{"OWASP API4:2023"}, JudgedBy: []string{"VG-RTE-001"},
		},
		{
			Path: "idempotency", Type: attr.Tri,
			Doc:      "Whether requests can be retried safely, with idempotency keys.",
			Question: "Can a request be repeated safely after a timeout, for example with an idempotency key?",
			Seed:     "S1e", Controls: []string{"OWASP API4:2023"}, JudgedBy: []string{Information},
		},
	}))
}

func threatDetection() []attr.Row {
	rows := claims("threat_detection.", []attr.Row{
		{
			Path: "realtime.supported", Type: attr.Tri,
			Doc:      "Whether threats are detected in real time.",
			Question: "Do you detect attacks on a customer's account in real time?",
			Seed:     "S3a", Controls: []string{"CCM 4.1 LOG-03", "NIST SP 800-53 SI-4(2)", "ISO 27001:2022 A.8.16"}, JudgedBy: []string{"VG-DET-001", "VG-REG-003"},
		},
		{
			Path: "realtime.max_latency", Type: attr.Period, Example: "PT1M",
			Doc:  "Maximum time until a threat is detected.",
			Seed: "S3a", Controls: []string{"NIST SP 800-53 SI-4(2)"}, JudgedBy: []string{Information},
		},
		{
			Path: "anomaly_alerts.supported", Type: attr.Tri,
			Doc:      "Whether the vendor alerts you about anomalies.",
			Question: "Do you alert customers about anomalies in their account, such as a sudden rise in failed sign-ins?",
			Seed:     "S3b", Controls: []string{"CCM 4.1 LOG-05", "CCM 4.1 LOG-14", "NIST SP 800-53 SI-4(5)"}, JudgedBy: []string{"VG-DET-001", "VG-REG-003"},
		},
		{
			Path: "anomaly_alerts.channels", Type: attr.Enum, List: true, Values: []string{"webhook", "email", "siem", "pager", "slack"}, Example: "[webhook, email]",
			Doc:  "Channels that alerts are sent through.",
			Seed: "S3b", Controls: []string{"NIST SP 800-53 SI-4(5)"}, JudgedBy: []string{Information},
		},
		{
			Path: "anomaly_alerts.max_delay", Type: attr.Period, Example: "PT10M",
			Doc:      "Maximum time until an alert reaches you.",
			Question: "What is the maximum delay between the start of an anomaly and the alert?",
			Seed:     "S3b", Controls: []string{"NIST SP 800-53 SI-4(5)"}, JudgedBy: []string{"VG-DET-001"},
		},
		{
			Path: "automated_blocking.supported", Type: attr.Tri,
			Doc:      "Whether malicious requests are blocked automatically.",
			Question: "Are malicious requests blocked automatically?",
			Seed:     "S3c", Controls: []string{"NIST SP 800-53 SC-5", "OWASP API4:2023", "OWASP API6:2023"}, JudgedBy: []string{"VG-DET-002", "VG-REG-003"},
		},
		{
			Path: "automated_blocking.mechanisms", Type: attr.Enum, List: true, Values: []string{"waf", "bot", "ip-reputation", "credential-stuffing", "leaked-key-revocation", "quota"}, Example: "[waf, quota]",
			Doc:      "Mechanisms that block requests.",
			Question: "Which mechanisms block malicious requests?",
			Seed:     "S3c", Controls: []string{"NIST SP 800-53 SC-5"}, JudgedBy: []string{"VG-DET-002"},
		},
		{
			Path: "automated_blocking.customer_configurable", Type: attr.Tri,
			Doc:  "Whether you can configure what is blocked.",
			Seed: "S3c", Controls: []string{"NIST SP 800-53 SC-5"}, JudgedBy: []string{Information},
		},
	})
	rows = append(rows, attr.Row{
		Path: "threat_detection.anomaly_alerts.tested_on", Type: attr.Date, Past: true,
		Doc:  "Date on which you last received a test alert.",
		Seed: "S3b", Controls: []string{"NIST SP 800-53 SI-4(5)"}, JudgedBy: []string{"VG-DET-001", "VG-REG-003"},
	})
	return group{"Threat detection", attr.Claimed, "an audit report that covers it, and an alert that arrived in a test", TheVendor}.of(rows)
}

func observability() []attr.Row {
	return group{"Observability", attr.Claimed, "the page that describes it", TheVendor}.of(claims("observability.", []attr.Row{
		{
			Path: "integrations", Type: attr.Word, List: true, Example: "[opentelemetry]",
			Doc:  "Tools that the vendor integrates with.",
			Seed: "S3d", Controls: []string{"CCM 4.1 LOG-03"}, JudgedBy: []string{Information},
		},
		{
			Path: "request_id_header", Type: attr.Text, Example: "X-Request-Id",
			Doc:  "Response header with the request's id in the vendor's logs.",
			Seed: "S3d", Controls: []string{"CCM 4.1 LOG-03"}, JudgedBy: []string{"VG-REG-004"},
		},
		{
			Path: "trace_context", Type: attr.Tri,
			Doc:  "Whether the API propagates trace context.",
			Seed: "S3d", Controls: []string{"CCM 4.1 LOG-03"}, JudgedBy: []string{Information},
		},
		{
			Path: "status_page.url", Type: attr.URL,
			Doc:  "URL of the status page.",
			Seed: "S3d", Controls: []string{"DORA 30(3)(b)"}, JudgedBy: []string{Information},
		},
		{
			Path: "status_page.api", Type: attr.URL,
			Doc:      "URL of the machine-readable status page.",
			Question: "At which URL can a program read the status of the service?",
			Seed:     "S3d", Controls: []string{"RFC 8631", "DORA 30(3)(b)"}, JudgedBy: []string{"VG-LOG-002"},
		},
	}))
}
