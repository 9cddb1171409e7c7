package registry

import "strings"

// Question returns the question that asks a vendor for an attribute. If the attribute has no question of its own, the question
// uses its documentation. It is empty for an unknown attribute.
func Question(path string) string {
	if q := questions()[path]; q != "" {
		return q
	}
	_, row, ok := Table().Lookup(path)
	if !ok || row == nil {
		return ""
	}
	doc := strings.TrimSuffix(row.Doc, ".")
	if first, second := doc[:1], doc[1:2]; strings.ToUpper(second) != second {
		doc = strings.ToLower(first) + doc[1:] // and keep an abbreviation as it is
	}
	return "What is the answer for `" + path + "` (" + doc + ")?"
}

// HasQuestion reports whether an attribute has a question of its own.
func HasQuestion(path string) bool { return questions()[path] != "" }

func questions() map[string]string {
	return map[string]string{ //nolint:gosec // these are questions about credentials, not credentials
		"risk.tier":                           "How critical is the service for you: 1 mission critical, 2 business critical, 3 business operational, 4 administrative?",
		"risk.residual":                       "Which risk remains, given the vendor's answers?",
		"risk.critical_or_important_function": "Does a critical or important function, as DORA defines it, depend on the service?",

		"authentication.methods":                            "Which authentication methods does the API accept? List all of them, including deprecated ones.",
		"authentication.sender_constrained":                 "Are access tokens bound to the client that they were issued to, by mutual TLS (RFC 8705) or DPoP (RFC 9449)?",
		"authentication.access_token_max_lifetime":          "What is the maximum lifetime of an access token?",
		"authentication.refresh_token_max_lifetime":         "What is the maximum lifetime of a refresh token?",
		"authentication.refresh_rotation":                   "Is a refresh token replaced each time it is used, so that theft can be noticed?",
		"authentication.revocation.supported":               "Can a customer revoke a credential before it expires?",
		"authentication.revocation.max_propagation":         "How long does a credential still work after it was revoked?",
		"authentication.client_credential.max_age":          "After how long does a static credential expire automatically?",
		"authentication.client_credential.overlap_rotation": "Can the old and the new static credential both work for a while, so that a customer can rotate without an outage?",
		"authentication.client_credential.per_environment":  "Can each environment, such as test and production, have its own static credentials?",
		"authentication.client_credential.ip_allowlist":     "Can a customer limit a static credential to certain IP addresses?",
		"authentication.scopes.granularity":                 "How finely can a credential be restricted: not at all, by area, or by operation and resource?",
		"authentication.scopes.least_privilege":             "Can a credential be restricted to the operations that a use needs?",
		"authentication.secret_scanning_partner":            "Can secret scanners recognise your credentials, and are leaked ones reported to you automatically?",
		"authentication.webhooks.signature":                 "How do you sign webhook calls?",
		"authentication.webhooks.replay_window":             "What is the maximum age of a signed webhook call?",
		"access.rbac.supported":                             "Does the console have roles with different permissions?",
		"access.rbac.custom_roles":                          "Can customers define their own roles?",
		"access.rbac.api_key_scoping":                       "Can an API key be restricted to some operations or resources?",
		"access.sso.protocols":                              "Which single sign-on protocols does the console accept?",
		"access.sso.extra_cost":                             "Does single sign-on cost extra?",
		"access.mfa.supported":                              "Does the console offer multi-factor authentication?",
		"access.mfa.enforced":                               "Does the console require multi-factor authentication for every user?",
		"access.mfa.phishing_resistant":                     "Can the second factor be a passkey or a hardware key?",
		"encryption.in_transit.min_tls":                     "What is the oldest TLS version that any host of the API accepts?",
		"encryption.in_transit.plaintext_http":              "What do the API hosts do on port 80: is it closed, or do they refuse, redirect or serve requests?",
		"encryption.at_rest.encrypted":                      "Is all stored customer data encrypted?",
		"encryption.at_rest.backups":                        "Are all backups of customer data encrypted?",
		"encryption.at_rest.algorithm":                      "Which cipher, mode and key length do you use for stored data?",
		"encryption.at_rest.key_management":                 "Who holds the encryption keys for stored data: you or the customer?",
		"encryption.at_rest.key_rotation":                   "How often do you replace the encryption keys for stored data?",
		"logging.events":                                    "Which events do the logs that customers can access contain?",
		"logging.fields":                                    "Which fields does each log entry have?",
		"logging.retention":                                 "How long are these logs kept?",
		"logging.immediately_available":                     "How far back can these logs be searched immediately?",
		"logging.customer_access":                           "Can a customer read these logs without asking you?",
		"logging.tamper_protection":                         "Are these logs protected from being changed or deleted?",
		"logging.export.targets":                            "To which systems can these logs be exported continuously?",
		"logging.export.max_delay":                          "What is the maximum delay between an event and its export?",
		"observability.status_page.api":                     "At which URL can a program read the status of the service?",
		"rate_limiting.documented_url":                      "On which page are the rate limits documented?",
		"rate_limiting.limits":                              "Which quotas apply, for what (client, key, account, user, address), and in which time window?",
		"rate_limiting.on_exceed.status":                    "Which HTTP status does a request over the limit get?",
		"rate_limiting.on_exceed.retry_after":               "Does that response have a Retry-After header?",
		"rate_limiting.customer_caps":                       "Can a customer set a cap on spending or on the number of calls?",
		"threat_detection.realtime.supported":               "Do you detect attacks on a customer's account in real time?",
		"threat_detection.anomaly_alerts.supported":         "Do you alert customers about anomalies in their account, such as a sudden rise in failed sign-ins?",
		"threat_detection.anomaly_alerts.max_delay":         "What is the maximum delay between the start of an anomaly and the alert?",
		"threat_detection.automated_blocking.supported":     "Are malicious requests blocked automatically?",
		"threat_detection.automated_blocking.mechanisms":    "Which mechanisms block malicious requests?",
		"data.stores_customer_data":                         "Do you store data that we send for longer than a request takes?",
		"data.storage_locations":                            "In which countries is our data stored, including backups?",
		"data.processing_locations":                         "From which countries is our data processed or accessed, including by support staff?",
		"data.retention.default":                            "How long is our data kept if nobody deletes it?",
		"data.deletion.on_request":                          "How soon is data deleted on request, including from backups?",
		"data.deletion.on_termination":                      "How soon after the contract ends is all our data deleted, including from backups?",
		"data.tenant_isolation":                             "How is our data separated from other customers' data?",
		"data.used_for_training":                            "Is our data used to train models, by you or by anyone you share it with?",
		"data.subprocessors.url":                            "On which page do you list your subprocessors?",
		"data.subprocessors.notice":                         "How long in advance do you tell us about a new subprocessor?",
		"vulnerability_management.scanning.cadence":         "How often are the systems behind the API scanned for vulnerabilities?",
		"vulnerability_management.patch_sla.critical":       "How soon do you fix a critical vulnerability?",
		"vulnerability_management.patch_sla.high":           "How soon do you fix a high-severity vulnerability?",
		"vulnerability_management.patch_sla.medium":         "How soon do you fix a medium-severity vulnerability?",
		"vulnerability_management.patch_sla.low":            "How soon do you fix a low-severity vulnerability?",
		"vulnerability_management.patch_sla.kev":            "How soon do you fix a vulnerability that is known to be exploited (CISA KEV)?",
		"exit.export.formats":                               "In which machine-readable formats can we export all our data?",
		"exit.export.api":                                   "Can we export all our data through an API?",
		"exit.export.deadline":                              "How long does a full export take after we request it?",
		"exit.transition":                                   "How long do you continue to serve us after notice?",
		"exit.data_return_or_deletion":                      "How soon after the end is our data returned or deleted?",
		"contract.incident.notify_hours":                    "Within how many hours do you notify us of a security incident?",
		"contract.sla.uptime_pct":                           "Which uptime, in percent per month, do you commit to?",
		"contract.sla.security_incidents_count_as_downtime": "Does time that we cannot use the service because of a security incident count as downtime?",
	}
}
