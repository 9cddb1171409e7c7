package search

import (
	"slices"
	"strings"
)

// owns reports whether a namespace belongs to the vendor: one of its labels contains a word of the vendor's id or domains. Packages
// that call a vendor are often part of a larger namespace, such as org.springframework.cloud or io.quarkus.
func (e *Entry) owns(namespace string) bool {
	if strings.HasPrefix(namespace, "com.github.") || strings.HasPrefix(namespace, "io.github.") {
		return false // the packages in these artifacts can have any name
	}
	for _, domain := range e.Brand { // com.acme of acme.com
		labels := strings.Split(domain, ".")
		slices.Reverse(labels)
		if own := strings.Join(labels, "."); own == namespace || strings.HasPrefix(namespace, own+".") {
			return true
		}
	}
	for label := range strings.SplitSeq(namespace, ".") {
		label = strings.ReplaceAll(label, "-", "")
		for _, word := range e.words() {
			const distinctive = 4
			if label == word || len(word) >= distinctive && strings.Contains(label, word) {
				return true
			}
		}
	}
	return false
}

// words returns the names of a vendor: its id, the distinctive parts of its id, and the names of its domains.
func (e *Entry) words() []string {
	words := []string{strings.ReplaceAll(e.ID, "-", "")}
	for part := range strings.SplitSeq(e.ID, "-") {
		if !common(part) {
			words = append(words, part)
		}
	}
	for _, domain := range e.Brand {
		if labels := strings.Split(domain, "."); len(labels) > 1 && !common(labels[len(labels)-2]) {
			words = append(words, strings.ReplaceAll(labels[len(labels)-2], "-", ""))
		}
	}
	return words
}

// uncommon returns a list of the name, or nil if the name is a common word.
func uncommon(name string) []string {
	if common(name) {
		return nil
	}
	return []string{name}
}

// common reports whether programs often use a word for modules of their own.
func common(name string) bool {
	switch name {
	case "account", "accounts", "ads", "ai", "analytics", "api", "apis", "app", "apps", "auth", "billing", "block", "blockchain", "box", "bridge", "buffer", "calendar",
		"cards", "castle", "chat", "checkout", "client", "close", "cloud", "co", "code", "com", "common", "connect", "contacts", "core", "crm", "data", "database", "datasets",
		"dev", "docs", "drive", "email", "events", "experience", "fingerprint", "food", "forms", "front", "functions", "genius", "graph", "id", "identity", "insights", "io",
		"java", "kit", "knock", "language", "line", "location", "logs", "mail", "maps", "media", "merge", "messaging", "monitor", "monitoring", "net", "notifications", "open", "org",
		"pay", "payment", "payments", "php", "phrase", "platform", "plus", "push", "realtime", "replicate", "sanity", "search", "security", "segment", "server", "service",
		"services", "sheets", "shop", "sift", "sign", "sms", "social", "speech", "split", "spring", "square", "storage", "store", "stream", "tag", "target", "telemetry",
		"tracing", "translate", "translator", "travel", "video", "vision", "weather", "web", "work", "workspace":
		return true
	}
	return false
}
