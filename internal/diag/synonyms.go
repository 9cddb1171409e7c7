package diag

import (
	"slices"
	"strings"
)

// meanings returns the words of the files' closed lists, and their keys, that people mean by another word, as folded; "" if it has no
// other meaning. Of several, separated by spaces, the first in the list counts.
func meanings(word string) string {
	switch word {
	case "production", "prd", "live", "prod-env", "prod-eu", "prod-us":
		return "prod"
	case "stage", "stg", "preprod", "pre-prod", "pre-production", "uat", "preview", "acceptance":
		return "staging"
	case "development", "develop", "local":
		return "dev"
	case "testing", "tests", "qa", "ci":
		return "test"
	case "sbx", "demo":
		return "sandbox"
	case "pii", "pi", "gdpr", "personal-data", "customer-data", "user-data", "contact", "contacts":
		return "personal"
	case "special-category", "special-categories", "sensitive", "biometric", "spi":
		return "personal-special"
	case "phi", "ephi", "hipaa", "medical":
		return "health"
	case "pci", "card", "cards", "pan", "chd", "card-data", "credit-card":
		return "cardholder"
	case "secret", "secrets", "passwords", "keys":
		return "credentials"
	case "bank", "banking-data", "iban", "payment-data":
		return "financial"
	case "content", "user-content", "ugc":
		return "customer-content"
	case "company", "business", "private":
		return "internal confidential"
	case "code", "source":
		return "source-code"
	case "test-data", "fake", "mock":
		return "synthetic"
	case "n/a", "na", "nothing", "no-data", "nil", "not-applicable":
		return "none"
	case "open", "open-data":
		return "public"
	case "ai", "llm", "ml", "genai":
		return "ai-inference"
	case "mail", "e-mail", "smtp":
		return "email"
	case "payment", "psp":
		return "payments"
	case "sms":
		return "messaging"
	case "auth", "authentication", "auth-type":
		return "identity auth_method"
	case "sso":
		return "identity"
	case "monitoring", "apm":
		return "observability"
	case "warn", "medium":
		return "warning"
	case "err", "fail", "block", "critical":
		return "error"
	case "info", "notice":
		return "note"
	case "none", "ignore", "disabled", "false", "never":
		return "off"
	case "active", "accepted", "ok":
		return "approved"
	case "rejected", "refused", "forbidden", "banned":
		return "denied"
	case "pending", "under-review", "review":
		return "in-review"
	case "new", "requested", "draft":
		return "proposed"
	case "trial", "poc":
		return "pilot"
	case "blocked":
		return "suspended"
	case "removed", "offboarded":
		return "retired"
	case "api-key", "apikey", "api-keys", "x-api-key", "key", "api-token", "header":
		return "api-key-header"
	case "oauth", "oauth2", "oauth-2", "oauth2.o", "oauth-2.o", "client-credentials", "oauth2-cc", "m2m":
		return "oauth2-client-credentials"
	case "authorization-code", "pkce", "oauth2-pkce", "oauth2-authorization-code":
		return "oauth2-authorization-code-pkce"
	case "openid", "openid-connect", "oidc-connect":
		return "oidc"
	case "saml", "saml-2", "saml2.o", "saml-2.o":
		return "saml2"
	case "jwt", "jwt-bearer":
		return "oauth2-jwt-bearer private-key-jwt"
	case "bearer", "bearer-token", "token", "static-token", "access-token", "pat":
		return "http-bearer-static"
	case "basic", "basic-auth", "username-password":
		return "http-basic"
	case "mutual-tls", "client-certificate", "client-cert", "x5o9", "certificate":
		return "mtls"
	case "hmac", "signature", "sigv4", "hmac-sha256", "sha256":
		return "hmac-signature hmac-sha256"
	case "iam", "iam-role", "irsa", "workload", "managed-identity":
		return "workload-identity"
	case "url", "urls", "host", "hosts", "base-url", "base-urls", "endpoint":
		return "endpoints"
	case "env", "envs":
		return "environments"
	case "team":
		return "owner"
	case "name", "vendor", "vendor-id", "vendor-name", "service", "provider":
		return "id"
	case "use-case", "usage", "why", "what-for":
		return "purpose"
	case "data-class", "data-classes", "classes":
		return "data"
	case "packages", "package", "purls", "libraries":
		return "sdks"
	case "documented", "docs":
		return "documentation"
	case "soc2", "soc-2", "soc2-type-2", "soc-2-type-2", "soc2-type-ii", "soc-2-type-ii":
		return "soc2-type2"
	case "soc2-type-i", "soc-2-type-i": // 1 is folded to i
		return "soc2-type1"
	case "soci-type-2", "soc-i-type-2", "soci-type-ii", "soc-i-type-ii":
		return "soc1-type2"
	case "yearly", "annually":
		return "annual"
	}
	return ""
}

// Synonym returns the choice that a word is another word for, or "".
func Synonym(word string, choices []string) string {
	for meant := range strings.FieldsSeq(meanings(string(foldConfusables(word)))) {
		if slices.Contains(choices, meant) {
			return meant
		}
	}
	if version := tlsVersion(word); slices.Contains(choices, version) {
		return version
	}
	return ""
}

// tlsVersion returns the version in a name of TLS, such as 1.2 of TLSv1.2 and tls12; "" if it is none.
func tlsVersion(word string) string {
	digits, isTLS := strings.CutPrefix(strings.NewReplacer("_", "", " ", "", "-", "", ".", "").Replace(strings.ToLower(word)), "tls")
	digits = strings.TrimPrefix(digits, "v")
	if !isTLS || len(digits) != 2 {
		return ""
	}
	return digits[:1] + "." + digits[1:]
}

// half returns the one choice that a word is whole parts of, such as larkspur of larkspur-mail, or else the longest one that begins the
// word, such as personal of personal-records; "" if there is none. Parts end at hyphens. A short word says too little.
func half(word string, choices []string) string {
	const enough = 4
	if len(word) < enough {
		return ""
	}
	part, begins, several := "", "", false
	for _, choice := range choices {
		folded := string(foldConfusables(choice))
		switch {
		case strings.Contains("-"+folded+"-", "-"+word+"-"):
			several, part = several || part != "" && part != choice, choice
		case len(folded) >= enough && len(choice) > len(begins) && strings.HasPrefix(word, folded+"-"):
			begins = choice
		}
	}
	switch {
	case several:
		return ""
	case part != "":
		return part
	}
	return begins
}
