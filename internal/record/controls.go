package record

import (
	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

func authentication() []attr.Row {
	const (
		revocation = "the page that describes it, and a key that was revoked in a pilot"
		call       = "the page that describes it, or a call that was received"
	)
	return group{"Authentication", attr.Claimed, "the page that describes it (links.auth_docs), or a test call", TheVendor}.of(claims("authentication.", []attr.Row{
		{
			Path: "methods", Type: attr.Enum, List: true, Filled: true, Values: vocab.AuthMethods(), Example: "[oauth2-client-credentials, mtls]",
			Doc:      "How clients can authenticate.",
			Question: "Which authentication methods does the API accept? List all of them, including deprecated ones.",
			Seed:     "S1b", Controls: []string{"RFC 9700 2", "RFC 8705", "RFC 9421", "CCM 4.1 IAM-13", "OWASP API2:2023"}, JudgedBy: []string{"AUTH-METHODS", "VG-AUT-001", "VG-AUT-002", "VG-AUT-003", "VG-REG-003", "VG-SCP-004"},
		},
		{
			Path: "issuer", Type: attr.URL,
			Doc:  "Issuer identifier of the authorization server.",
			Seed: "S2b", Controls: []string{"RFC 8414"}, JudgedBy: []string{Information},
		},
		{
			Path: "metadata_url", Type: attr.URL,
			Doc:  "URL of the authorization server's metadata.",
			Seed: "S2b", Controls: []string{"RFC 8414", "RFC 9728"}, JudgedBy: []string{Information},
		},
		{
			Path: "sender_constrained", Type: attr.Enum, List: true, Filled: true, Values: []string{"mtls", "dpop", "none"}, Example: "[mtls]",
			Doc:      "How access tokens are bound to the client.",
			Question: "Are access tokens bound to the client that they were issued to, by mutual TLS (RFC 8705) or DPoP (RFC 9449)?",
			Seed:     "R4", Controls: []string{"RFC 8705 3", "RFC 9449", "ASVS 5.0 V10.4.14"}, JudgedBy: []string{"VG-AUT-003", "VG-REG-003"},
		},
		{
			Path: "access_token_max_lifetime", Type: attr.Period, Also: []string{"never"}, Nullable: true, Example: "PT15M",
			Doc:      "Maximum lifetime of an access token; never if it does not expire, null if there are none.",
			Question: "What is the maximum lifetime of an access token?",
			Seed:     "S2c", Controls: []string{"RFC 9700", "ASVS 5.0 V10.4.8"}, JudgedBy: []string{"VG-AUT-003", "VG-REG-003"},
		},
		{
			Path: "refresh_token_max_lifetime", Type: attr.Period, Also: []string{"never"}, Nullable: true, Example: "P30D",
			Doc:      "Maximum lifetime of a refresh token; never if it does not expire, null if there are none.",
			Question: "What is the maximum lifetime of a refresh token?",
			Seed:     "S2c", Controls: []string{"RFC 9700", "ASVS 5.0 V10.4.8"}, JudgedBy: []string{"VG-REG-003"},
		},
		{
			Path: "refresh_rotation", Type: attr.Tri, Also: []string{"n/a"},
			Doc:      "Whether a refresh token is replaced each time it is used.",
			Question: "Is a refresh token replaced each time it is used, so that theft can be noticed?",
			Seed:     "S2c", Controls: []string{"RFC 9700 2.2.2", "ASVS 5.0 V10.4.5"}, JudgedBy: []string{"VG-AUT-003", "VG-REG-003"},
		},
		{
			Path: "revocation.supported", Type: attr.Tri,
			Doc:      "Whether credentials can be revoked.",
			Question: "Can a customer revoke a credential before it expires?",
			Seed:     "S2c", Controls: []string{"RFC 7009", "ASVS 5.0 V10.4.9", "CCM 4.1 CEK-13"}, Evidence: revocation, JudgedBy: []string{"VG-AUT-001", "VG-AUT-003", "VG-REG-003", "VG-REG-006"},
		},
		{
			Path: "revocation.endpoint", Type: attr.URL,
			Doc:  "URL of the revocation endpoint.",
			Seed: "S2c", Controls: []string{"RFC 7009"}, Evidence: revocation, JudgedBy: []string{Information},
		},
		{
			Path: "revocation.max_propagation", Type: attr.Period, Example: "PT1M",
			Doc:      "How long a credential still works after it was revoked.",
			Question: "How long does a credential still work after it was revoked?",
			Seed:     "S2c", Controls: []string{"ASVS 5.0 V10.4.9"}, Evidence: revocation, JudgedBy: []string{"VG-AUT-001", "VG-AUT-003", "VG-REG-006"},
		},
		{
			Path: "client_credential.max_age", Type: attr.Period, Also: []string{"never"}, Example: "P90D",
			Doc:      "Age at which the vendor expires a static credential.",
			Question: "After how long does a static credential expire automatically?",
			Seed:     "S2c", Controls: []string{"ASVS 5.0 V13.3.4", "PCI DSS 4.0.1 8.6.3", "CCM 4.1 CEK-12"}, JudgedBy: []string{"VG-AUT-001", "VG-AUT-003"},
		},
		{
			Path: "client_credential.overlap_rotation", Type: attr.Tri,
			Doc:      "Whether the old and the new credential both work for a while during rotation.",
			Question: "Can the old and the new static credential both work for a while, so that a customer can rotate without an outage?",
			Seed:     "S2c", Controls: []string{"CCM 4.1 CEK-12"}, JudgedBy: []string{"VG-AUT-001", "VG-AUT-003"},
		},
		{
			Path: "client_credential.per_environment", Type: attr.Tri,
			Doc:      "Whether each environment can have its own credentials.",
			Question: "Can each environment, such as test and production, have its own static credentials?",
			Seed:     "S2c", Controls: []string{"CCM 4.1 CEK-12"}, JudgedBy: []string{"VG-AUT-001"},
		},
		{
			Path: "client_credential.ip_allowlist", Type: attr.Tri,
			Doc:      "Whether a credential can be limited to IP addresses.",
			Question: "Can a customer limit a static credential to certain IP addresses?",
			Seed:     "S2c", Controls: []string{"CCM 4.1 CEK-12"}, JudgedBy: []string{"VG-AUT-001"},
		},
		{
			Path: "scopes.granularity", Type: attr.Enum, Values: []string{"none", "coarse", "fine"}, Ordered: true,
			Doc:      "How finely a credential can be restricted.",
			Question: "How finely can a credential be restricted: not at all, by area, or by operation and resource?",
			Seed:     "S2c", Controls: []string{"CCM 4.1 IAM-05", "ASVS 5.0 V10.4.11", "NIST SP 800-53 AC-6"}, JudgedBy: []string{"VG-AUT-001", "VG-REG-003"},
		},
		{
			Path: "scopes.least_privilege", Type: attr.Tri,
			Doc:      "Whether a credential can be restricted to what a use needs.",
			Question: "Can a credential be restricted to the operations that a use needs?",
			Seed:     "R3", Controls: []string{"NIST SP 800-53 AC-6"}, JudgedBy: []string{"VG-REG-003"},
		},
		{
			Path: "secret_scanning_partner", Type: attr.Tri,
			Doc:      "Whether secret scanners recognise leaked credentials and report them to the vendor.",
			Question: "Can secret scanners recognise your credentials, and are leaked ones reported to you automatically?",
			Seed:     "S2c", Controls: []string{"CCM 4.1 CEK-19"}, JudgedBy: []string{"VG-AUT-001"},
		},
		{
			Path: "webhooks.signature", Type: attr.Enum, Values: []string{"hmac-sha256", "ed25519", "http-message-signatures", "none"}, Also: []string{"n/a"},
			Doc:      "How the vendor signs its webhook calls; n/a if it has no webhooks.",
			Question: "How do you sign webhook calls?",
			Seed:     "S1b", Controls: []string{"OWASP API10:2023"}, Evidence: call, JudgedBy: []string{"VG-AUT-005", "VG-REG-003"},
		},
		{
			Path: "webhooks.replay_window", Type: attr.Period, Example: "PT5M",
			Doc:      "Maximum age of a signed webhook call.",
			Question: "What is the maximum age of a signed webhook call?",
			Seed:     "S1b", Controls: []string{"OWASP API10:2023"}, Evidence: call, JudgedBy: []string{Information},
		},
		{
			Path: "webhooks.secret_rotation", Type: attr.Tri,
			Doc:      "Whether the webhook signing secret can be rotated.",
			Question: "Can a customer replace the secret or key that webhook calls are signed with, without missing calls?",
			Seed:     "S1b", Controls: []string{"OWASP API10:2023"}, Evidence: call, JudgedBy: []string{Information},
		},
	}))
}

func console() []attr.Row {
	iam := []string{"CCM 4.1 IAM-05", "CCM 4.1 IAM-09", "CCM 4.1 IAM-15", "ISO 27001:2022 A.8.2", "NIST SP 800-53 AC-6"}
	return group{"Console", attr.Claimed, "its documentation, or the console in a trial", TheVendor}.of(claims("access.", []attr.Row{
		{
			Path: "rbac.supported", Type: attr.Tri,
			Doc:      "Whether the console has roles.",
			Question: "Does the console have roles with different permissions?",
			Seed:     "R3", Controls: iam, JudgedBy: []string{"VG-IAM-001", "VG-REG-003", "VG-REG-006"},
		},
		{
			Path: "rbac.custom_roles", Type: attr.Tri,
			Doc:      "Whether you can define your own roles.",
			Question: "Can customers define their own roles?",
			Seed:     "R3", Controls: iam, JudgedBy: []string{"VG-REG-003"},
		},
		{
			Path: "rbac.api_key_scoping", Type: attr.Tri,
			Doc:      "Whether API keys can be restricted.",
			Question: "Can an API key be restricted to some operations or resources?",
			Seed:     "R3", Controls: append([]string{"OWASP API5:2023"}, iam...), JudgedBy: []string{"VG-IAM-001", "VG-REG-003", "VG-REG-006"},
		},
		{
			Path: "rbac.roles_count", Type: attr.Int, Example: "9",
			Doc:  "Number of built-in roles.",
			Seed: "R3", Controls: iam, JudgedBy: []string{"VG-REG-003"},
		},
		{
			Path: "sso.protocols", Type: attr.Enum, List: true, Values: []string{"saml2", "oidc"}, Example: "[saml2, oidc]",
			Doc:      "Single sign-on protocols of the console.",
			Question: "Which single sign-on protocols does the console accept?",
			Seed:     "R3", Controls: []string{"MVSP 2.1"}, JudgedBy: []string{"VG-IAM-001", "VG-REG-003", "VG-REG-006"},
		},
		{
			Path: "sso.extra_cost", Type: attr.Tri,
			Doc:      "Whether single sign-on costs extra.",
			Question: "Does single sign-on cost extra?",
			Kind:     attr.Exposure, Seed: "R3", Controls: []string{"MVSP 2.1"}, JudgedBy: []string{"VG-IAM-001"},
		},
		{
			Path: "sso.enforceable", Type: attr.Tri,
			Doc:  "Whether other ways to sign in can be turned off.",
			Seed: "R3", Controls: []string{"MVSP 2.1"}, JudgedBy: []string{Information},
		},
		{
			Path: "mfa.supported", Type: attr.Tri,
			Doc:      "Whether the console has multi-factor authentication.",
			Question: "Does the console offer multi-factor authentication?",
			Seed:     "R3", Controls: []string{"CCM 4.1 IAM-13", "MVSP 4.2", "NIS2 21(2)(j)"}, JudgedBy: []string{"VG-REG-003"},
		},
		{
			Path: "mfa.enforced", Type: attr.Tri,
			Doc:      "Whether multi-factor authentication is required for everyone.",
			Question: "Does the console require multi-factor authentication for every user?",
			Seed:     "R3", Controls: []string{"CCM 4.1 IAM-13", "MVSP 4.2", "NIS2 21(2)(j)", "ISO 27001:2022 A.5.23"}, JudgedBy: []string{"VG-IAM-001", "VG-REG-006"},
		},
		{
			Path: "mfa.phishing_resistant", Type: attr.Tri,
			Doc:      "Whether passkeys or hardware keys are supported.",
			Question: "Can the second factor be a passkey or a hardware key?",
			Seed:     "R3", Controls: []string{"CCM 4.1 IAM-13"}, JudgedBy: []string{Information},
		},
		{
			Path: "scim", Type: attr.Tri,
			Doc:  "Whether SCIM can provision accounts.",
			Seed: "R3", Controls: []string{"CCM 4.1 IAM-06", "CCM 4.1 IAM-07"}, JudgedBy: []string{Information},
		},
	}))
}

func encryption() []attr.Row {
	onTheWire := group{"Encryption", attr.Claimed, "a scan of the API hosts", ourselves}.of(claims("encryption.", []attr.Row{
		{
			Path: "in_transit.min_tls", Type: attr.Enum, Values: []string{"1.0", "1.1", "1.2", "1.3"}, Ordered: true, Example: `"1.2"`,
			Doc:      "Oldest TLS version that the vendor's hosts accept.",
			Question: "What is the oldest TLS version that any host of the API accepts?",
			Seed:     "S1c", Controls: []string{"RFC 9325 3.1.1", "RFC 8996", "PCI DSS 4.0.1 4.2.1", "NIST SP 800-53 SC-8(1)", "ASVS 5.0 V12.1.1", "MVSP 2.2", "DORA 28(5)", "DORA 30(2)(c)"}, JudgedBy: []string{"MIN-TLS", "VG-ENC-001", "VG-REG-003"},
		},
		{
			Path: "in_transit.tls13", Type: attr.Tri,
			Doc:  "Whether the hosts support TLS 1.3.",
			Seed: "S1c", Controls: []string{"RFC 9325", "RFC 9852"}, JudgedBy: []string{Information},
		},
		{
			Path: "in_transit.mtls", Type: attr.Tri,
			Doc:  "Whether the hosts accept client certificates.",
			Seed: "R4", Controls: []string{"RFC 8705"}, JudgedBy: []string{"VG-REG-003"},
		},
		{
			Path: "in_transit.mozilla_profile", Type: attr.Enum, Values: []string{"old", "intermediate", "modern"}, Ordered: true, Example: "intermediate",
			Doc:      "Profile of Mozilla's server-side TLS guidelines 5.7 that the hosts meet.",
			Question: "Which profile of Mozilla's server-side TLS guidelines do the API hosts meet: old, intermediate or modern?",
			Seed:     "S1c", JudgedBy: []string{"VG-ENC-003", "VG-REG-003"},
		},
		{
			Path: "in_transit.plaintext_http", Type: attr.Enum, Values: []string{"closed", "refuse", "redirect", "served"}, Example: "closed",
			Doc:      "What the hosts do with plaintext HTTP on port 80.",
			Question: "What do the API hosts do on port 80: is it closed, or do they refuse, redirect or serve requests?",
			Kind:     attr.Exposure, Omission: "only a failing probe (VG-PRB-002)", Seed: "S1c", Controls: []string{"ASVS 5.0 V4.1.2", "MVSP 2.2"}, JudgedBy: []string{"VG-ENC-001"},
		},
	}))
	return append(onTheWire, group{"Encryption", attr.Claimed, "an audit report that covers it, or its security page", TheVendor}.of(claims("encryption.", []attr.Row{
		{
			Path: "at_rest.encrypted", Type: attr.Tri,
			Doc:      "Whether stored data is encrypted.",
			Question: "Is all stored customer data encrypted?",
			Seed:     "S1c", Controls: []string{"CCM 4.1 CEK-03", "MVSP 2.8", "PCI DSS 4.0.1 3.5.1", "GDPR 32(1)(a)", "DORA 30(2)(c)"}, JudgedBy: []string{"VG-ENC-002", "VG-ENC-003", "VG-REG-003", "VG-REG-006"},
		},
		{
			Path: "at_rest.backups", Type: attr.Tri,
			Doc:      "Whether backups are encrypted.",
			Question: "Are all backups of customer data encrypted?",
			Seed:     "S1c", Controls: []string{"CCM 4.1 CEK-03", "MVSP 2.8"}, JudgedBy: []string{"VG-ENC-002", "VG-REG-006"},
		},
		{
			Path: "at_rest.algorithm", Type: attr.Text, Example: "AES-256-GCM",
			Doc:      "Cipher that encrypts stored data.",
			Question: "Which cipher, mode and key length do you use for stored data?",
			Seed:     "S1c", Controls: []string{"CCM 4.1 CEK-03"}, JudgedBy: []string{"VG-ENC-003", "VG-REG-003", "VG-REG-004", "VG-REG-006"},
		},
		{
			Path: "at_rest.key_management", Type: attr.Enum, Values: []string{"vendor", "byok", "hyok"}, Ordered: true,
			Doc:      "Who holds the encryption keys.",
			Question: "Who holds the encryption keys for stored data: you or the customer?",
			Seed:     "S1c", Controls: []string{"CCM 4.1 CEK-08"}, JudgedBy: []string{Information},
		},
		{
			Path: "at_rest.key_rotation", Type: attr.Period, Example: "P1Y",
			Doc:      "How often the encryption keys are replaced.",
			Question: "How often do you replace the encryption keys for stored data?",
			Seed:     "S1c", Controls: []string{"CCM 4.1 CEK-12"}, JudgedBy: []string{Information},
		},
		{
			Path: "at_rest.fips_140", Type: attr.Tri,
			Doc:  "Whether the cryptographic module is FIPS 140 validated.",
			Seed: "S1c", Controls: []string{"NIST SP 800-53 SC-13"}, JudgedBy: []string{Information},
		},
	}))...)
}
