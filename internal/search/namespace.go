package search

import (
	"slices"
	"strings"
)

// owns reports whether a namespace is a vendor's own: one of its labels has a word of the vendor's id or domains.
// Anybody can publish a package that calls a vendor, and org.springframework.cloud or io.quarkus hold far more than that.
func (e *Entry) owns(namespace string) bool {
	if strings.HasPrefix(namespace, "com.github.") || strings.HasPrefix(namespace, "io.github.") {
		return false // an account's artifacts, whose code has any name
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

// words are what a vendor is called: its id, the parts of its id that are not common words, and the names of its domains.
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

// uncommon returns a name as the only one, or none if it is a common word.
func uncommon(name string) []string {
	if common(name) {
		return nil
	}
	return []string{name}
}

// common reports whether a name is a word that programs use for parts of their own.
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
