// Package vocab holds the closed word lists that manifest, registry and policy share. What the words mean for a verdict is up
// to the policy.
package vocab

import "slices"

// Environments lists the environments of a use, least critical first.
func Environments() []string { return []string{"dev", "test", "sandbox", "staging", "prod"} }

// ModernAuth lists the ways to authenticate that need no long-lived shared secret on the wire, or bind the request
// to its sender (RFC 9700, RFC 8705, RFC 9449, RFC 9421).
func ModernAuth() []string {
	return []string{
		"oauth2-client-credentials", "oauth2-authorization-code-pkce", "oauth2-jwt-bearer", "oauth2-token-exchange",
		"oidc", "workload-identity", "mtls", "private-key-jwt", "dpop", "http-message-signatures", "hmac-signature",
	}
}

// StaticAuth lists the ways to authenticate that send a static key. They are acceptable with compensating controls.
func StaticAuth() []string { return []string{"api-key-header", "http-bearer-static", "http-basic"} }

// ForbiddenAuth lists the ways to authenticate that no use may have (RFC 9700, 2.1.2 and 2.4; OWASP API2:2023).
func ForbiddenAuth() []string {
	return []string{"api-key-query", "oauth2-implicit", "oauth2-password", "none"}
}

// AuthMethods lists all ways to authenticate, best first.
func AuthMethods() []string { return slices.Concat(ModernAuth(), StaticAuth(), ForbiddenAuth()) }

// DataClass is a data class and the least critical tier that a use with it can have.
type DataClass struct {
	Name string
	Tier int // 1 is most critical
}

// ClassNames lists the names of the built-in data classes.
func ClassNames() []string {
	var out []string
	for _, c := range DataClasses() {
		out = append(out, c.Name)
	}
	return out
}

// DataClasses lists the built-in data classes, least sensitive first.
func DataClasses() []DataClass {
	return []DataClass{
		{"synthetic", 4},
		{"public", 4},
		{"internal", 3},
		{"confidential", 2},
		{"source-code", 2},
		{"customer-content", 2},
		{"personal", 2},
		{"personal-special", 1},
		{"health", 1},
		{"cardholder", 1},
		{"financial", 1},
		{"credentials", 1},
	}
}

// Categories lists what vendors are for.
func Categories() []string {
	return []string{
		"accounting", "ai-inference", "ai-speech", "ai-vector", "ai-vision", "analytics", "banking", "billing", "blockchain",
		"cdn", "cdp", "chat", "ci", "cloud", "cms", "code-hosting", "compute", "crm", "data", "database", "dev-tools",
		"documents", "e-commerce", "e-signature", "email", "error-tracking", "experimentation", "feature-flags", "forms",
		"fraud", "government", "health", "hr", "identity", "identity-verification", "iot", "logging", "maps", "marketing",
		"media", "messaging", "notifications", "observability", "payments", "push", "scheduling", "scraping", "search",
		"secrets", "security", "shipping", "social", "storage", "support", "tax", "translation", "travel", "video",
		"weather", "other",
	}
}

// Statuses lists the life cycle of a vendor's record.
func Statuses() []string {
	return []string{"proposed", "in-review", "pilot", "approved", "conditional", "deprecated", "suspended", "denied", "retired"}
}

// Assurances lists how strong evidence can be, weakest first.
func Assurances() []string {
	return []string{"asserted", "documented", "attested", "audited", "tested"}
}

// Cadences lists how often something is done, most often first.
func Cadences() []string {
	return []string{"continuous", "daily", "weekly", "monthly", "quarterly", "annual"}
}

// IndependentAssessments lists the audits that a third party makes of a whole service.
func IndependentAssessments() []string {
	return []string{"soc2-type2", "iso27001", "pci-dss-aoc", "fedramp", "csa-star-2", "hitrust-r2", "c5"}
}

// Assessments lists the audits, certificates, tests and questionnaires that a vendor can show.
func Assessments() []string {
	return append(IndependentAssessments(),
		"soc1-type2", "soc2-type1", "soc3", "iso27017", "iso27018", "iso27701", "iso42001", "iso22301", "csa-star-1",
		"cyber-essentials-plus", "pentest", "caiq", "sig-core", "sig-lite", "vsaq", "mvsp", "hecvat", "ssdf-attestation")
}
