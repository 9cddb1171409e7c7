package diag

import (
	"slices"
	"strings"
)

// synonyms are words that people write for those of the files' closed lists, as folded. A word can stand for several: the first that is
// among the choices is meant.
func synonyms(word string) []string {
	switch word {
	case "production", "prd", "live", "prod-env":
		return []string{"prod"}
	case "stage", "stg", "preprod", "pre-prod", "pre-production", "uat":
		return []string{"staging"}
	case "development", "local":
		return []string{"dev"}
	case "testing", "qa", "ci":
		return []string{"test"}
	case "pii", "pi", "gdpr", "personal-data", "customer-data", "user-data":
		return []string{"personal"}
	case "special-category", "special-categories", "sensitive", "biometric", "spi":
		return []string{"personal-special"}
	case "phi", "ephi", "hipaa", "medical":
		return []string{"health"}
	case "pci", "card", "cards", "pan", "chd", "card-data", "credit-card":
		return []string{"cardholder"}
	case "secret", "secrets", "passwords":
		return []string{"credentials"}
	case "code", "source":
		return []string{"source-code"}
	case "test-data", "fake", "mock":
		return []string{"synthetic"}
	case "open", "open-data":
		return []string{"public"}
	case "ai", "llm", "ml", "genai":
		return []string{"ai-inference"}
	case "mail", "e-mail", "smtp":
		return []string{"email"}
	case "payment", "psp":
		return []string{"payments"}
	case "sms":
		return []string{"messaging"}
	case "auth", "sso", "authentication":
		return []string{"identity"}
	case "monitoring", "apm":
		return []string{"observability"}
	case "warn", "medium":
		return []string{"warning"}
	case "err", "fail", "block", "critical":
		return []string{"error"}
	case "info", "notice":
		return []string{"note"}
	case "none", "ignore", "disabled", "false", "never":
		return []string{"off"}
	case "active", "accepted", "ok":
		return []string{"approved"}
	case "rejected", "refused", "forbidden", "banned":
		return []string{"denied"}
	case "pending", "under-review", "review":
		return []string{"in-review"}
	case "new", "requested", "draft":
		return []string{"proposed"}
	case "trial", "poc":
		return []string{"pilot"}
	case "blocked":
		return []string{"suspended"}
	case "removed", "offboarded":
		return []string{"retired"}
	case "bearer", "bearer-token":
		return []string{"http-bearer-static"}
	case "basic", "basic-auth":
		return []string{"http-basic"}
	case "hmac":
		return []string{"hmac-signature"}
	case "soc2", "soc-2":
		return []string{"soc2-type2"}
	case "yearly", "annually":
		return []string{"annual"}
	}
	return nil
}

// synonym returns the choice that a word is another word for, or "".
func synonym(word string, choices []string) string {
	for _, meant := range synonyms(word) {
		if slices.Contains(choices, meant) {
			return meant
		}
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
