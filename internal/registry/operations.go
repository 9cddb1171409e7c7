package registry

import "github.com/vendorgate/vendorgate/internal/attr"

func logging() []attr.Row {
	return claims("logging.", []attr.Row{
		{Path: "events", Type: attr.Enum, List: true, Values: []string{"authn-success", "authn-failure", "crud", "config-change", "vendor-staff-access"}, Example: "[authn-success, authn-failure, crud, config-change, vendor-staff-access]", Doc: "Types of events in the logs.", Seed: "S1d", Controls: []string{"MVSP 2.7", "CCM 4.1 LOG-07", "CCM 4.1 LOG-08", "AU-2", "ISO 27001:2022 A.8.15"}},
		{Path: "fields", Type: attr.Enum, List: true, Values: []string{"actor", "ip", "timestamp", "action", "object"}, Example: "[actor, ip, timestamp, action, object]", Doc: "Fields of each log entry.", Seed: "S1d", Controls: []string{"MVSP 2.7"}},
		{Path: "retention", Type: attr.Period, Example: "P90D", Doc: "How long logs are kept.", Seed: "S1d", Controls: []string{"MVSP 2.7", "PCI DSS 4.0.1 10.5.1"}},
		{Path: "immediately_available", Type: attr.Period, Example: "P90D", Doc: "How far back logs can be searched immediately.", Seed: "S1d", Controls: []string{"PCI DSS 4.0.1 10.5.1"}},
		{Path: "customer_access", Type: attr.Tri, Doc: "Whether you can read the logs of your account.", Seed: "S1d", Controls: []string{"CCM 4.1 LOG-02", "CCM 4.1 LOG-09"}},
		{Path: "tamper_protection", Type: attr.Tri, Doc: "Whether logs are protected from changes.", Seed: "S1d", Controls: []string{"CCM 4.1 LOG-02", "CCM 4.1 LOG-09", "CCM 4.1 IAM-12"}},
		{Path: "export.targets", Type: attr.Word, List: true, Example: "[webhook, splunk]", Doc: "Systems that logs can be exported to. The policy's stack lists the ones that you use.", Seed: "S3d", Controls: []string{"CCM 4.1 LOG-03", "SI-4"}},
		{Path: "export.formats", Type: attr.Word, List: true, Example: "[ocsf, json]", Doc: "Export formats.", Seed: "S3d", Controls: []string{"CCM 4.1 LOG-03"}},
		{Path: "export.max_delay", Type: attr.Period, Example: "PT5M", Doc: "Maximum delay between event and export.", Seed: "S3d", Controls: []string{"CCM 4.1 LOG-03"}},
	})
}

func rateLimiting() []attr.Row {
	return claims("rate_limiting.", []attr.Row{
		{Path: "documented_url", Type: attr.URL, Doc: "URL of the documentation of rate limits.", Seed: "S1e", Controls: []string{"OWASP API4:2023", "SC-5", "ASVS 5.0 V13.2.6"}},
		{Path: "limits[].scope", Type: attr.Enum, Values: []string{"client", "key", "account", "user", "ip", "endpoint", "global"}, Required: true, Example: "client", Doc: "What the limit applies to.", Seed: "S1e", Controls: []string{"OWASP API4:2023", "SC-5"}},
		{Path: "limits[].quota", Type: attr.Int, Required: true, Example: "100", Doc: "Number of requests allowed per window.", Seed: "S1e", Controls: []string{"OWASP API4:2023"}},
		{Path: "limits[].window", Type: attr.Period, Required: true, Example: "PT1S", Doc: "Time window of the limit.", Seed: "S1e", Controls: []string{"OWASP API4:2023"}},
		{Path: "on_exceed.status", Type: attr.Int, Example: "429", Doc: "HTTP status of a request above the limit.", Seed: "S1e", Controls: []string{"RFC 6585"}},
		{Path: "on_exceed.retry_after", Type: attr.Tri, Doc: "Whether the response has a Retry-After header.", Seed: "S1e", Controls: []string{"RFC 9110"}},
		{Path: "headers", Type: attr.Enum, Values: []string{"ratelimit-draft", "x-ratelimit", "none"}, Doc: "Headers that show the remaining quota. The draft is draft-ietf-httpapi-ratelimit-headers.", Seed: "S1e"},
		{Path: "customer_caps", Type: attr.Tri, Doc: "Whether you can set a spending or usage cap.", Seed: "S1e", Controls: []string{"OWASP API4:2023"}},
		{Path: "idempotency", Type: attr.Tri, Doc: "Whether requests can be retried safely, with idempotency keys.", Seed: "S1e", Controls: []string{"OWASP API4:2023"}},
	})
}

func threatDetection() []attr.Row {
	rows := claims("threat_detection.", []attr.Row{
		{Path: "realtime.supported", Type: attr.Tri, Doc: "Whether threats are detected in real time.", Seed: "S3a", Controls: []string{"CCM 4.1 LOG-03", "SI-4(2)", "ISO 27001:2022 A.8.16"}},
		{Path: "realtime.max_latency", Type: attr.Period, Example: "PT1M", Doc: "Maximum time until a threat is detected.", Seed: "S3a", Controls: []string{"SI-4(2)"}},
		{Path: "anomaly_alerts.supported", Type: attr.Tri, Doc: "Whether the vendor alerts you about anomalies.", Seed: "S3b", Controls: []string{"CCM 4.1 LOG-05", "CCM 4.1 LOG-13", "SI-4(5)"}},
		{Path: "anomaly_alerts.channels", Type: attr.Enum, List: true, Values: []string{"webhook", "email", "siem", "pager", "slack"}, Example: "[webhook, email]", Doc: "Channels that alerts are sent through.", Seed: "S3b", Controls: []string{"SI-4(5)"}},
		{Path: "anomaly_alerts.max_delay", Type: attr.Period, Example: "PT10M", Doc: "Maximum time until an alert reaches you.", Seed: "S3b", Controls: []string{"SI-4(5)"}},
		{Path: "automated_blocking.supported", Type: attr.Tri, Doc: "Whether malicious requests are blocked automatically.", Seed: "S3c", Controls: []string{"SC-5", "OWASP API4:2023", "OWASP API6:2023"}},
		{Path: "automated_blocking.mechanisms", Type: attr.Enum, List: true, Values: []string{"waf", "bot", "ip-reputation", "credential-stuffing", "leaked-key-revocation", "quota"}, Example: "[waf, quota]", Doc: "Mechanisms that block requests.", Seed: "S3c", Controls: []string{"SC-5"}},
		{Path: "automated_blocking.customer_configurable", Type: attr.Tri, Doc: "Whether you can configure what is blocked.", Seed: "S3c", Controls: []string{"SC-5"}},
	})
	return append(rows, attr.Row{Path: "threat_detection.anomaly_alerts.tested_on", Type: attr.Date, Doc: "Date on which you last received a test alert.", Seed: "S3b", Controls: []string{"SI-4(5)"}})
}

func observability() []attr.Row {
	return claims("observability.", []attr.Row{
		{Path: "integrations", Type: attr.Word, List: true, Example: "[opentelemetry]", Doc: "Tools that the vendor integrates with.", Seed: "S3d", Controls: []string{"CCM 4.1 LOG-03"}},
		{Path: "request_id_header", Type: attr.Text, Example: "X-Request-Id", Doc: "Response header with the request's id in the vendor's logs.", Seed: "S3d", Controls: []string{"CCM 4.1 LOG-03"}},
		{Path: "trace_context", Type: attr.Tri, Doc: "Whether the API propagates trace context.", Seed: "S3d", Controls: []string{"CCM 4.1 LOG-03"}},
		{Path: "status_page.url", Type: attr.URL, Doc: "URL of the status page.", Seed: "S3d", Controls: []string{"DORA 30(3)(b)"}},
		{Path: "status_page.api", Type: attr.URL, Doc: "URL of the machine-readable status page.", Seed: "S3d", Controls: []string{"RFC 8631", "DORA 30(3)(b)"}},
	})
}
