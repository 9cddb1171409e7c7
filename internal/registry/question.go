package registry

import "strings"

// Question asks a vendor for an attribute. Attributes without words of their own are asked for by their documentation; it is
// empty for what is no attribute.
func Question(path string) string {
	if q := questions()[path]; q != "" {
		return q
	}
	_, row, ok := Table().Lookup(path)
	if !ok || row == nil {
		return ""
	}
	doc := strings.TrimSuffix(row.Doc, ".")
	return "What is known of `" + path + "`: " + strings.ToLower(doc[:1]) + doc[1:] + "?"
}

// HasQuestion reports whether an attribute has words of its own.
func HasQuestion(path string) bool { return questions()[path] != "" }

func questions() map[string]string {
	return map[string]string{ //nolint:gosec // questions about credentials, and none of them
		"risk.tier":                           "How critical is the service for us: 1 mission critical, 2 business critical, 3 business operational, 4 administrative?",
		"risk.residual":                       "Which risk remains once the vendor's answers are taken into account?",
		"risk.critical_or_important_function": "Does a critical or important function in the sense of DORA depend on the service?",

		"authentication.methods":                            "Which ways to authenticate does the API accept? List all that are open, old ones too.",
		"authentication.sender_constrained":                 "Are access tokens bound to the client that they were issued to, by mutual TLS (RFC 8705) or DPoP (RFC 9449)?",
		"authentication.access_token_max_lifetime":          "After how long does an access token end at the latest?",
		"authentication.refresh_token_max_lifetime":         "After how long does a refresh token end at the latest?",
		"authentication.refresh_rotation":                   "Is a refresh token replaced at each use, so that a stolen one shows?",
		"authentication.revocation.supported":               "Can a customer revoke a credential before it ends?",
		"authentication.revocation.max_propagation":         "For how long does a credential still work once it is revoked?",
		"authentication.client_credential.max_age":          "At which age does a static credential end by itself?",
		"authentication.client_credential.overlap_rotation": "Do an old and a new static credential work side by side, so that one can be replaced without an outage?",
		"authentication.client_credential.per_environment":  "Can each environment, such as test and production, have static credentials of its own?",
		"authentication.client_credential.ip_allowlist":     "Can a static credential be limited to IP addresses that the customer names?",
		"authentication.scopes.granularity":                 "How finely can a credential be restricted: not at all, by area, or by single operation and resource?",
		"authentication.scopes.least_privilege":             "Can a credential be restricted to the operations that one use needs?",
		"authentication.secret_scanning_partner":            "Do your credentials have a form that scanners recognise, and is a leaked one reported to you automatically?",
		"authentication.webhooks.signature":                 "How are your calls to our endpoints signed?",
		"authentication.webhooks.replay_window":             "Up to which age does a signed call to our endpoints count?",
		"access.rbac.supported":                             "Does the console know roles with different rights?",
		"access.rbac.custom_roles":                          "Can a customer define roles of its own?",
		"access.rbac.api_key_scoping":                       "Can an API key be restricted to some operations or resources?",
		"access.sso.protocols":                              "Which single sign-on protocols does the console accept?",
		"access.sso.extra_cost":                             "Does single sign-on cost extra?",
		"access.mfa.supported":                              "Does the console offer multi-factor authentication?",
		"access.mfa.enforced":                               "Does the console require multi-factor authentication of every user of a customer?",
		"access.mfa.phishing_resistant":                     "Can the second factor be a passkey or a hardware key?",
		"encryption.in_transit.min_tls":                     "Which is the oldest TLS version that any host of the API accepts?",
		"encryption.in_transit.plaintext_http":              "What do the hosts of the API do on port 80: is it closed, do they refuse, redirect, or serve?",
		"encryption.at_rest.encrypted":                      "Is all customer data encrypted where it is stored?",
		"encryption.at_rest.backups":                        "Are all backups of customer data encrypted?",
		"encryption.at_rest.algorithm":                      "Which cipher, mode and key length encrypt stored data?",
		"encryption.at_rest.key_management":                 "Who holds the keys of stored data: you, or the customer?",
		"encryption.at_rest.key_rotation":                   "At which interval are the keys of stored data replaced?",
		"logging.events":                                    "Which events does the log that customers get record?",
		"logging.fields":                                    "Which fields does each entry of that log have?",
		"logging.retention":                                 "For how long are these logs kept?",
		"logging.immediately_available":                     "For which time back can these logs be searched at once?",
		"logging.customer_access":                           "Can a customer read these logs without asking you?",
		"logging.tamper_protection":                         "Are these logs protected from being changed or deleted?",
		"logging.export.targets":                            "To which systems can these logs be exported as they arise?",
		"logging.export.max_delay":                          "How long after an event does its entry arrive there at the latest?",
		"observability.status_page.api":                     "Under which URL can a program read the state of the service?",
		"rate_limiting.documented_url":                      "On which page are the rate limits documented?",
		"rate_limiting.limits":                              "Which quotas apply, per which scope (client, key, account, user, address), and in which window?",
		"rate_limiting.on_exceed.status":                    "With which HTTP status does the API answer a request over the limit?",
		"rate_limiting.on_exceed.retry_after":               "Does that answer say in Retry-After when to try again?",
		"rate_limiting.customer_caps":                       "Can a customer set a cap on its spending or its number of calls?",
		"threat_detection.realtime.supported":               "Do you detect attacks on a customer's account while they happen?",
		"threat_detection.anomaly_alerts.supported":         "Do you alert the customer of anomalies in its account, such as a sudden rise of failed logins?",
		"threat_detection.anomaly_alerts.max_delay":         "How long after an anomaly begins does the alert arrive at the latest?",
		"threat_detection.automated_blocking.supported":     "Are malicious requests blocked without anybody having to act?",
		"threat_detection.automated_blocking.mechanisms":    "By which mechanisms are malicious requests blocked?",
		"data.stores_customer_data":                         "Do you store data that we send, beyond the time that a request takes?",
		"data.storage_locations":                            "In which countries is our data stored, backups included?",
		"data.processing_locations":                         "From which countries is our data processed or accessed, support included?",
		"data.retention.default":                            "For how long is our data kept if nobody deletes it?",
		"data.deletion.on_request":                          "Within which time is data deleted on request, backups included?",
		"data.deletion.on_termination":                      "Within which time after the contract ends is all our data deleted, backups included?",
		"data.tenant_isolation":                             "How is our data kept apart from that of other customers?",
		"data.used_for_training":                            "Is our data used to train models, by you or by anybody whom you pass it to?",
		"data.subprocessors.url":                            "On which page do you list your sub-processors?",
		"data.subprocessors.notice":                         "How long before a new sub-processor begins do you tell us?",
		"vulnerability_management.scanning.cadence":         "How often are the systems behind the API scanned for vulnerabilities?",
		"vulnerability_management.patch_sla.critical":       "Within which time is a critical vulnerability fixed?",
		"vulnerability_management.patch_sla.high":           "Within which time is a vulnerability of severity high fixed?",
		"vulnerability_management.patch_sla.medium":         "Within which time is a vulnerability of severity medium fixed?",
		"vulnerability_management.patch_sla.low":            "Within which time is a vulnerability of severity low fixed?",
		"vulnerability_management.patch_sla.kev":            "Within which time is a vulnerability fixed that is known to be exploited (CISA KEV)?",
		"exit.export.formats":                               "In which formats that a program can read can we export all our data?",
		"exit.export.api":                                   "Can we export all our data by an API?",
		"exit.export.deadline":                              "Within which time after our request is a full export complete?",
		"exit.transition":                                   "For how long do you go on serving us after notice?",
		"exit.data_return_or_deletion":                      "Within which time after the end is our data returned or deleted?",
		"contract.incident.notify_hours":                    "Within how many hours do you tell us of a security incident?",
		"contract.sla.uptime_pct":                           "Which uptime, in percent per month, do you commit to?",
		"contract.sla.security_incidents_count_as_downtime": "Does the time in which a security incident keeps us from the service count as downtime?",
	}
}
