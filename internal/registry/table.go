package registry

import (
	"sync"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// Table holds the attributes of a vendor's record. A further block of the record is a further list of rows.
//
//nolint:gochecknoglobals // an immutable table, built once
var Table = sync.OnceValue(func() *attr.Table {
	var rows []attr.Row
	for _, block := range [][]attr.Row{
		identity(), decision(), scope(), authentication(), console(), encryption(), logging(), rateLimiting(), threatDetection(),
		observability(), data(), compliance(), assessments(), vulnerabilities(), contract(), exit(), pilot(), evidence(), notes(),
	} {
		rows = append(rows, block...)
	}
	return attr.New("vendorgate vendor record", "What an organisation knows and has decided about a third-party API service.", rows)
})

func identity() []attr.Row {
	rows := []attr.Row{
		{Path: "apiVersion", Type: attr.Enum, Values: []string{"vendorgate/v1"}, Required: true, Example: "vendorgate/v1", Doc: "Schema version of the file.", Seed: "S1f"},
		{Path: "kind", Type: attr.Enum, Values: []string{"Vendor"}, Required: true, Example: "Vendor", Doc: "Type of the file.", Seed: "S1f"},
		{Path: "id", Type: attr.ID, Required: true, Example: "calderwick-payments", Doc: "Id of the service. The file has the same name.", Seed: "S0a", Controls: []string{"CCM 4.0 STA-07", "PCI DSS 4.0.1 12.8.1", "NIST CSF 2.0 GV.SC-04", "OWASP API9:2023"}},
		{Path: "name", Type: attr.Text, Example: "Calderwick Payments API", Doc: "Display name.", Seed: "S0a"},
		{Path: "aliases", Type: attr.Text, List: true, Doc: "Other names, including those of acquired companies.", Seed: "S0a"},
		{Path: "category", Type: attr.Enum, Values: vocab.Categories(), Example: "payments", Doc: "What the service is for. Findings suggest alternatives from the same category.", Seed: "S0a"},
		{Path: "description", Type: attr.Text, Doc: "What the service does.", Seed: "S0a", Controls: []string{"PCI DSS 4.0.1 12.8.1", "DORA 30(2)(a)"}},
		{Path: "provider.id", Type: attr.ID, Doc: "Id of the company.", Seed: "S0c", Controls: []string{"DORA B_05.01"}},
		{Path: "provider.legal_name", Type: attr.Text, Doc: "Registered name of the company.", Seed: "S0c", Controls: []string{"DORA B_05.01"}},
		{Path: "provider.parent", Type: attr.Text, Doc: "Parent company.", Seed: "S0c", Controls: []string{"DORA B_05.01"}},
		{Path: "provider.country", Type: attr.Country, Example: "IE", Doc: "Where the company is registered.", Seed: "S4a", Controls: []string{"DORA 30(2)(b)"}},
		{Path: "provider.identifiers.lei", Type: attr.LEI, Doc: "Legal entity identifier.", Seed: "S0c", Controls: []string{"DORA B_05.01.0010"}},
		{Path: "provider.identifiers.euid", Type: attr.Text, Doc: "European unique identifier.", Seed: "S0c", Controls: []string{"DORA B_05.01.0010"}},
		{Path: "provider.identifiers.duns", Type: attr.Text, Doc: "D-U-N-S number.", Seed: "S0c"},
		{Path: "provider.identifiers.vat", Type: attr.Text, Doc: "VAT number.", Seed: "S0c"},
		{Path: "provider.website", Type: attr.URL, Example: "https://calderwick.example", Doc: "Website of the company.", Seed: "R1"},
		{Path: "domains", Type: attr.Host, List: true, Example: "[calderwick.example]", Doc: "Domains of the vendor.", Seed: "S0a", Controls: []string{"ASVS 5.0 V13.2.4", "SA-9(2)"}},
		{Path: "api_hosts", Type: attr.Host, List: true, Example: "[api.calderwick.example]", Doc: "Hosts that answer API calls.", Seed: "S0a", Controls: []string{"ASVS 5.0 V13.2.4", "SA-9(2)"}},
		{Path: "api_version_scheme", Type: attr.Enum, Values: []string{"opaque", "semver", "date"}, Example: "date", Doc: "How API versions are compared: opaque only for equality, semver as dotted numbers, date as YYYY-MM-DD with an optional .label. Constraints such as >= need semver or date.", Seed: "E1"},
		{Path: "apis[].id", Type: attr.ID, Required: true, Example: "core", Doc: "Id of an API of the service.", Seed: "S2b"},
		{Path: "apis[].base_url", Type: attr.Endpoint, Doc: "Base URL of the API.", Seed: "S2b", Controls: []string{"CCM 4.1 AIS-08"}},
		{Path: "apis[].spec.type", Type: attr.Enum, Values: []string{"openapi", "asyncapi", "graphql", "grpc"}, Doc: "Language of the API description.", Seed: "S2b", Controls: []string{"CCM 4.1 AIS-08"}},
		{Path: "apis[].spec.url", Type: attr.URL, Doc: "URL of the API description.", Seed: "S2b", Controls: []string{"CCM 4.1 AIS-08"}},
		{Path: "apis[].versions[].id", Type: attr.Text, Required: true, Example: `"2026-04"`, Doc: "Version, as clients write it.", Seed: "E1", Controls: []string{"OWASP API9:2023"}},
		{Path: "apis[].versions[].status", Type: attr.Enum, Values: []string{"current", "supported", "deprecated", "retired"}, Required: true, Example: "current", Doc: "Life-cycle status of the version.", Seed: "E1", Controls: []string{"RFC 9745"}},
		{Path: "apis[].versions[].sunset", Type: attr.Date, Example: "2027-02-28", Doc: "Last day on which the version works.", Seed: "E1", Controls: []string{"RFC 8594"}},
		{Path: "sdks", Type: attr.Purl, List: true, Example: "[pkg:pypi/calderwick]", Doc: "Packages that call the service, as purls without versions.", Seed: "S0a"},
		{Path: "detect.env_names", Type: attr.Glob, List: true, Example: "[CALDERWICK_*]", Doc: "Names of environment variables with the vendor's credentials.", Seed: "S0a", Controls: []string{"ASVS 5.0 V13.3.1"}},
		{Path: "detect.script_hosts", Type: attr.Host, List: true, Example: "[js.calderwick.example]", Doc: "Hosts of the vendor's browser scripts, pixels and widgets.", Seed: "S0a", Controls: []string{"PCI DSS 4.0.1 6.4.3"}},
		{Path: "detect.imports", Type: attr.Text, List: true, Example: `["java:example.calderwick"]`, Doc: "What code imports, as language:name, if it differs from the package name.", Seed: "S0a"},
		{Path: "detect.token_patterns", Type: attr.Regexp, List: true, Doc: "Regular expressions that match the vendor's credentials.", Seed: "S0a", Controls: []string{"ASVS 5.0 V13.3.1"}},
	}
	for _, link := range []string{"docs", "auth_docs", "security", "trust_center", "privacy", "terms", "changelog", "sla", "limits"} {
		rows = append(rows, attr.Row{Path: "links." + link, Type: attr.URL, Doc: "URL of the vendor's public page: " + link + ".", Seed: "R1", Controls: []string{"SA-4(2)"}})
	}
	return rows
}

func decision() []attr.Row {
	return []attr.Row{
		{Path: "status", Type: attr.Enum, Values: vocab.Statuses(), Example: "approved", Doc: "Your organisation's decision. Without one, the vendor is unreviewed.", Seed: "S0b", Controls: []string{"NIST CSF 2.0 GV.SC-07", "NIST CSF 2.0 GV.SC-10"}},
		{Path: "status_since", Type: attr.Date, Doc: "Date of the decision.", Seed: "S0b"},
		{Path: "status_reason", Type: attr.Text, Doc: "Reason for the decision. Developers can see it, unless the policy is confidential or the record has evidence that is not public.", Seed: "S0b"},
		{Path: "replaced_by", Type: attr.ID, Doc: "Vendor to use instead.", Seed: "E1", Controls: []string{"NIST CSF 2.0 GV.SC-10"}},
		{Path: "sunset", Type: attr.Date, Doc: "Last day on which a deprecated vendor may be used.", Seed: "E1", Controls: []string{"NIST CSF 2.0 GV.SC-10"}},
		{Path: "approval.approved_by[].user", Type: attr.Word, Required: true, Example: "a.ferreira", Doc: "User name of the approver.", Seed: "S2a", Controls: []string{"SOC 2 CC9.2", "NIST CSF 2.0 GV.SC-02"}},
		{Path: "approval.approved_by[].role", Type: attr.Word, Required: true, Example: "security-architect", Doc: "Role of the approver. The policy says which roles can approve.", Seed: "S2a", Controls: []string{"SOC 2 CC9.2"}},
		{Path: "approval.requested_by", Type: attr.Word, Example: "s.marchetti", Doc: "User name of the person who requested the approval, who cannot also approve.", Seed: "S2a", Controls: []string{"SOC 2 CC9.2", "AC-5"}},
		{Path: "approval.approved_on", Type: attr.Date, Example: "2026-06-01", Doc: "Date of the approval.", Seed: "S0d", Controls: []string{"PCI DSS 4.0.1 12.8.4"}},
		{Path: "approval.expires", Type: attr.Date, Example: "2027-05-31", Doc: "Last day on which the approval is valid.", Seed: "S0d", Controls: []string{"CCM 4.0 STA-10", "SR-6", "PCI DSS 4.0.1 12.8.4"}},
		{Path: "approval.review_cadence", Type: attr.Period, Example: "P12M", Doc: "How often the vendor is reviewed.", Seed: "S0d", Controls: []string{"SR-6", "NIST CSF 2.0 GV.SC-07"}},
		{Path: "approval.last_review", Type: attr.Date, Example: "2026-06-01", Doc: "Date of the last review.", Seed: "S0d", Controls: []string{"SR-6"}},
		{Path: "approval.conditions[].id", Type: attr.ID, Required: true, Example: "rotate-keys", Doc: "Id of a condition of the approval.", Seed: "S2a", Controls: []string{"SOC 2 CC9.2"}},
		{Path: "approval.conditions[].text", Type: attr.Text, Required: true, Example: "Rotate the keys", Doc: "What must be done.", Seed: "S2a"},
		{Path: "approval.conditions[].due", Type: attr.Date, Required: true, Example: "2026-12-31", Doc: "Last day to meet the condition.", Seed: "S2a"},
		{Path: "approval.conditions[].status", Type: attr.Enum, Values: []string{"open", "met", "waived"}, Required: true, Example: "open", Doc: "Whether the condition is met.", Seed: "S2a"},
		{Path: "approval.conditions[].met_on", Type: attr.Date, Doc: "Date on which the condition was met.", Seed: "S2a"},
		{Path: "approval.decision_ref", Type: attr.URL, Doc: "Link or reference to the decision.", Seed: "S2a", Controls: []string{"DORA 28(4)(d)", "PCI DSS 4.0.1 12.8.3"}},
		{Path: "risk.tier", Type: attr.Enum, Values: []string{"1", "2", "3", "4"}, Ordered: true, Example: "2", Doc: "How critical the vendor is: 1 mission critical, 2 business critical, 3 business operational, 4 administrative.", Seed: "S0c", Controls: []string{"NIST CSF 2.0 GV.SC-04", "DORA 28(4)(a)"}},
		{Path: "risk.inherent", Type: attr.Enum, Values: []string{"critical", "high", "medium", "low", "unknown"}, Doc: "Risk without your own safeguards.", Seed: "S0c", Controls: []string{"CCM 4.0 STA-08", "RA-3"}},
		{Path: "risk.residual", Type: attr.Enum, Values: []string{"critical", "high", "medium", "low", "unknown"}, Doc: "Risk that remains with your own safeguards.", Seed: "S0c", Controls: []string{"CCM 4.0 STA-08", "RA-3"}},
		{Path: "risk.critical_or_important_function", Type: attr.Tri, Claim: true, Doc: "Whether it supports a critical or important function, as DORA defines it.", Seed: "S4a", Controls: []string{"DORA 28(4)(a)", "DORA 30(3)"}},
		{Path: "risk.substitutability", Type: attr.Enum, Values: []string{"not-substitutable", "highly-complex", "medium-complexity", "easily"}, Claim: true, Doc: "How hard it is to replace the vendor.", Seed: "R5", Controls: []string{"DORA B_07.01.0050"}},
		{Path: "risk.reliance", Type: attr.Enum, Values: []string{"not-significant", "low", "material", "full"}, Claim: true, Doc: "How much your organisation relies on it.", Seed: "R5", Controls: []string{"DORA B_02.02"}},
		{Path: "risk.assessed_on", Type: attr.Date, Doc: "Date of the risk assessment.", Seed: "S0c", Controls: []string{"NIST CSF 2.0 GV.SC-07"}},
		{Path: "incidents[].date", Type: attr.Date, Required: true, Doc: "Date of an incident at the vendor.", Seed: "C3", Controls: []string{"NIST CSF 2.0 GV.SC-08", "SR-8"}},
		{Path: "incidents[].severity", Type: attr.Enum, Values: []string{"sev1", "sev2", "sev3", "sev4"}, Required: true, Doc: "Severity of the incident; sev1 is the worst.", Seed: "C3"},
		{Path: "incidents[].notified_within_hours", Type: attr.Int, Doc: "Hours until the vendor notified you.", Seed: "C3"},
		{Path: "incidents[].resolved_on", Type: attr.Date, Doc: "Date on which the incident was resolved.", Seed: "C3"},
		{Path: "incidents[].ref", Type: attr.Text, Doc: "Link to a description of the incident.", Seed: "C3"},
	}
}

func scope() []attr.Row {
	return []attr.Row{
		{Path: "scope.environments", Type: attr.Enum, List: true, Values: vocab.Environments(), Example: "[prod]", Doc: "Environments in which it may be used. Without the list, none.", Seed: "S0c", Controls: []string{"CCM 4.0 DSP-15"}},
		{Path: "scope.data_classes", Type: attr.ID, List: true, Example: "[internal, personal]", Doc: "Data classes that may be exchanged. Without the list, none.", Seed: "S4a", Controls: []string{"CCM 4.0 DSP-04", "MVSP 3.1", "GDPR 28(3)"}},
		{Path: "scope.repos", Type: attr.Glob, List: true, Example: `["acme/checkout-*"]`, Doc: "Repositories that may use it. Without the list, any.", Seed: "S0c", Controls: []string{"AC-6"}},
		{Path: "scope.teams", Type: attr.Glob, List: true, Example: "[team-checkout]", Doc: "Teams that may use it. Without the list, any.", Seed: "S0c", Controls: []string{"AC-6"}},
		{Path: "scope.api_versions", Type: attr.Text, List: true, Example: `["2026-04"]`, Doc: "API versions that may be used, exact or as constraints in the api_version_scheme. Without the list, all versions under apis that are not retired.", Seed: "E1", Controls: []string{"OWASP API9:2023"}},
		{Path: "scope.hosts", Type: attr.Host, List: true, Doc: "Hosts that may be called. Without the list, api_hosts.", Seed: "S1b", Controls: []string{"ASVS 5.0 V13.2.4", "CM-7"}},
		{Path: "scope.auth_methods", Type: attr.Enum, List: true, Values: vocab.AuthMethods(), Doc: "Authentication methods that may be used. Without the list, authentication.methods.", Seed: "S1b", Controls: []string{"CM-7"}},
		{Path: "scope.purposes", Type: attr.ID, List: true, Example: "[payment-acceptance]", Doc: "Purposes that it may be used for. Without the list, any.", Seed: "S4a", Controls: []string{"GDPR 28(3)(a)", "CCM 4.0 DSP-12"}},
		{Path: "scope.regions", Type: attr.Country, List: true, Example: "[IE, DE]", Doc: "Countries where data may be stored or processed.", Seed: "S4a", Controls: []string{"CCM 4.0 DSP-12"}},
	}
}

// claims marks rows as statements about the vendor, which may be unknown, and puts them below one mapping.
func claims(prefix string, rows []attr.Row) []attr.Row {
	for i := range rows {
		rows[i].Path = prefix + rows[i].Path
		rows[i].Claim = true
	}
	return rows
}

func authentication() []attr.Row {
	return claims("authentication.", []attr.Row{
		{Path: "methods", Type: attr.Enum, List: true, Values: vocab.AuthMethods(), Example: "[oauth2-client-credentials, mtls]", Doc: "How clients can authenticate.", Seed: "S1b", Controls: []string{"RFC 9700 2", "RFC 8705", "RFC 9421", "CCM 4.1 IAM-14", "OWASP API2:2023"}},
		{Path: "issuer", Type: attr.URL, Doc: "Issuer identifier of the authorization server.", Seed: "S2b", Controls: []string{"RFC 8414"}},
		{Path: "metadata_url", Type: attr.URL, Doc: "URL of the authorization server's metadata.", Seed: "S2b", Controls: []string{"RFC 8414", "RFC 9728"}},
		{Path: "sender_constrained", Type: attr.Enum, List: true, Values: []string{"mtls", "dpop", "none"}, Example: "[mtls]", Doc: "How access tokens are bound to the client.", Seed: "R4", Controls: []string{"RFC 8705 3", "RFC 9449", "ASVS 5.0 V10.4.14"}},
		{Path: "access_token_max_lifetime", Type: attr.Period, Nullable: true, Example: "PT15M", Doc: "Maximum lifetime of an access token; null if there are none.", Seed: "S2c", Controls: []string{"RFC 9700", "ASVS 5.0 V10.4.8"}},
		{Path: "refresh_token_max_lifetime", Type: attr.Period, Nullable: true, Example: "P30D", Doc: "Maximum lifetime of a refresh token; null if there are none.", Seed: "S2c", Controls: []string{"RFC 9700", "ASVS 5.0 V10.4.8"}},
		{Path: "refresh_rotation", Type: attr.Tri, Also: []string{"n/a"}, Doc: "Whether a refresh token is replaced each time it is used.", Seed: "S2c", Controls: []string{"RFC 9700 2.2.2", "ASVS 5.0 V10.4.5"}},
		{Path: "revocation.supported", Type: attr.Tri, Doc: "Whether credentials can be revoked.", Seed: "S2c", Controls: []string{"RFC 7009", "ASVS 5.0 V10.4.9", "CCM 4.1 CEK-13"}},
		{Path: "revocation.endpoint", Type: attr.URL, Doc: "URL of the revocation endpoint.", Seed: "S2c", Controls: []string{"RFC 7009"}},
		{Path: "revocation.max_propagation", Type: attr.Period, Example: "PT1M", Doc: "How long a credential still works after it was revoked.", Seed: "S2c", Controls: []string{"ASVS 5.0 V10.4.9"}},
		{Path: "client_credential.max_age", Type: attr.Period, Also: []string{"never"}, Example: "P90D", Doc: "Age at which the vendor expires a static credential.", Seed: "S2c", Controls: []string{"ASVS 5.0 V13.3.4", "PCI DSS 4.0.1 8.6.3", "CCM 4.1 CEK-12"}},
		{Path: "client_credential.overlap_rotation", Type: attr.Tri, Doc: "Whether the old and the new credential both work for a while during rotation.", Seed: "S2c", Controls: []string{"CCM 4.1 CEK-12"}},
		{Path: "client_credential.per_environment", Type: attr.Tri, Doc: "Whether each environment can have its own credentials.", Seed: "S2c", Controls: []string{"CCM 4.1 CEK-12"}},
		{Path: "client_credential.ip_allowlist", Type: attr.Tri, Doc: "Whether a credential can be limited to IP addresses.", Seed: "S2c", Controls: []string{"CCM 4.1 CEK-12"}},
		{Path: "scopes.granularity", Type: attr.Enum, Values: []string{"none", "coarse", "fine"}, Ordered: true, Doc: "How finely a credential can be restricted.", Seed: "S2c", Controls: []string{"CCM 4.1 IAM-05", "ASVS 5.0 V10.4.11", "AC-6"}},
		{Path: "scopes.least_privilege", Type: attr.Tri, Doc: "Whether a credential can be restricted to what a use needs.", Seed: "R3", Controls: []string{"AC-6"}},
		{Path: "secret_scanning_partner", Type: attr.Tri, Doc: "Whether secret scanners recognise leaked credentials and report them to the vendor.", Seed: "S2c", Controls: []string{"CCM 4.1 CEK-19"}},
		{Path: "webhooks.signature", Type: attr.Enum, Values: []string{"hmac-sha256", "ed25519", "http-message-signatures", "none"}, Doc: "How the vendor signs its webhook calls.", Seed: "S1b", Controls: []string{"OWASP API10:2023"}},
		{Path: "webhooks.replay_window", Type: attr.Period, Example: "PT5M", Doc: "Maximum age of a signed webhook call.", Seed: "S1b", Controls: []string{"OWASP API10:2023"}},
		{Path: "webhooks.secret_rotation", Type: attr.Tri, Doc: "Whether the webhook signing secret can be rotated.", Seed: "S1b", Controls: []string{"OWASP API10:2023"}},
	})
}

func console() []attr.Row {
	iam := []string{"CCM 4.1 IAM-05", "CCM 4.1 IAM-09", "CCM 4.1 IAM-16", "ISO 27001:2022 A.8.2", "AC-6"}
	return claims("access.", []attr.Row{
		{Path: "rbac.supported", Type: attr.Tri, Doc: "Whether the console has roles.", Seed: "R3", Controls: iam},
		{Path: "rbac.custom_roles", Type: attr.Tri, Doc: "Whether you can define your own roles.", Seed: "R3", Controls: iam},
		{Path: "rbac.api_key_scoping", Type: attr.Tri, Doc: "Whether API keys can be restricted.", Seed: "R3", Controls: append([]string{"OWASP API5:2023"}, iam...)},
		{Path: "rbac.roles_count", Type: attr.Int, Example: "9", Doc: "Number of built-in roles.", Seed: "R3", Controls: iam},
		{Path: "sso.protocols", Type: attr.Enum, List: true, Values: []string{"saml2", "oidc"}, Example: "[saml2, oidc]", Doc: "Single sign-on protocols of the console.", Seed: "R3", Controls: []string{"MVSP 2.1"}},
		{Path: "sso.extra_cost", Type: attr.Tri, Doc: "Whether single sign-on costs extra.", Seed: "R3", Controls: []string{"MVSP 2.1"}},
		{Path: "sso.enforceable", Type: attr.Tri, Doc: "Whether other ways to sign in can be turned off.", Seed: "R3", Controls: []string{"MVSP 2.1"}},
		{Path: "mfa.supported", Type: attr.Tri, Doc: "Whether the console has multi-factor authentication.", Seed: "R3", Controls: []string{"CCM 4.1 IAM-14", "MVSP 4.2", "NIS2 21(2)(j)"}},
		{Path: "mfa.enforced", Type: attr.Tri, Doc: "Whether multi-factor authentication is required for everyone.", Seed: "R3", Controls: []string{"CCM 4.1 IAM-14", "MVSP 4.2", "NIS2 21(2)(j)"}},
		{Path: "mfa.phishing_resistant", Type: attr.Tri, Doc: "Whether passkeys or hardware keys are supported.", Seed: "R3", Controls: []string{"CCM 4.1 IAM-14"}},
		{Path: "scim", Type: attr.Tri, Doc: "Whether SCIM can provision accounts.", Seed: "R3", Controls: []string{"CCM 4.1 IAM-06", "CCM 4.1 IAM-07"}},
	})
}

func encryption() []attr.Row {
	return claims("encryption.", []attr.Row{
		{Path: "in_transit.min_tls", Type: attr.Enum, Values: []string{"1.0", "1.1", "1.2", "1.3"}, Ordered: true, Example: `"1.2"`, Doc: "Oldest TLS version that the vendor's hosts accept.", Seed: "S1c", Controls: []string{"RFC 9325 3.1.1", "RFC 8996", "PCI DSS 4.0.1 4.2.1", "SC-8(1)", "ASVS 5.0 V12.1.1", "MVSP 2.2"}},
		{Path: "in_transit.tls13", Type: attr.Tri, Doc: "Whether the hosts support TLS 1.3.", Seed: "S1c", Controls: []string{"RFC 9325", "RFC 9852"}},
		{Path: "in_transit.mtls", Type: attr.Tri, Doc: "Whether the hosts accept client certificates.", Seed: "R4", Controls: []string{"RFC 8705"}},
		{Path: "in_transit.mozilla_profile", Type: attr.Enum, Values: []string{"old", "intermediate", "modern"}, Ordered: true, Doc: "Profile of Mozilla's server-side TLS guidelines 5.7 that the hosts meet.", Seed: "S1c"},
		{Path: "in_transit.plaintext_http", Type: attr.Enum, Values: []string{"closed", "refuse", "redirect", "served"}, Example: "closed", Doc: "What the hosts do with plaintext HTTP on port 80.", Seed: "S1c", Controls: []string{"ASVS 5.0 V4.1.2", "MVSP 2.2"}},
		{Path: "at_rest.encrypted", Type: attr.Tri, Doc: "Whether stored data is encrypted.", Seed: "S1c", Controls: []string{"CCM 4.1 CEK-03", "MVSP 2.8", "PCI DSS 4.0.1 3.5.1", "GDPR 32(1)(a)"}},
		{Path: "at_rest.backups", Type: attr.Tri, Doc: "Whether backups are encrypted.", Seed: "S1c", Controls: []string{"CCM 4.1 CEK-03", "MVSP 2.8"}},
		{Path: "at_rest.algorithm", Type: attr.Text, Example: "AES-256-GCM", Doc: "Cipher that encrypts stored data.", Seed: "S1c", Controls: []string{"CCM 4.1 CEK-03"}},
		{Path: "at_rest.key_management", Type: attr.Enum, Values: []string{"vendor", "byok", "hyok"}, Ordered: true, Doc: "Who holds the encryption keys.", Seed: "S1c", Controls: []string{"CCM 4.1 CEK-08"}},
		{Path: "at_rest.key_rotation", Type: attr.Period, Example: "P1Y", Doc: "How often the encryption keys are replaced.", Seed: "S1c", Controls: []string{"CCM 4.1 CEK-12"}},
		{Path: "at_rest.fips_140", Type: attr.Tri, Doc: "Whether the cryptographic module is FIPS 140 validated.", Seed: "S1c", Controls: []string{"SC-13"}},
	})
}
