package diag

import (
	"slices"
	"strings"
)

// meaning returns the word of the files' closed lists that people mean by another one, as folded; "" if it has no other meaning.
func meaning(word string) string {
	switch word {
	case "production", "prd", "live", "prod-env":
		return "prod"
	case "stage", "stg", "preprod", "pre-prod", "pre-production", "uat":
		return "staging"
	case "development", "local":
		return "dev"
	case "testing", "qa", "ci":
		return "test"
	case "pii", "pi", "gdpr", "personal-data", "customer-data", "user-data":
		return "personal"
	case "special-category", "special-categories", "sensitive", "biometric", "spi":
		return "personal-special"
	case "phi", "ephi", "hipaa", "medical":
		return "health"
	case "pci", "card", "cards", "pan", "chd", "card-data", "credit-card":
		return "cardholder"
	case "secret", "secrets", "passwords":
		return "credentials"
	case "code", "source":
		return "source-code"
	case "test-data", "fake", "mock":
		return "synthetic"
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
	case "auth", "sso", "authentication":
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
	case "bearer", "bearer-token":
		return "http-bearer-static"
	case "basic", "basic-auth":
		return "http-basic"
	case "hmac":
		return "hmac-signature"
	case "soc2", "soc-2":
		return "soc2-type2"
	case "yearly", "annually":
		return "annual"
	}
	return ""
}

// synonym returns the choice that a word is another word for, or "".
func synonym(word string, choices []string) string {
	if meant := meaning(word); slices.Contains(choices, meant) {
		return meant
	}
	return ""
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
