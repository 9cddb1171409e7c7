package search

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/choice"
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
		if !choice.Common(part) {
			words = append(words, part)
		}
	}
	for _, domain := range e.Brand {
		if labels := strings.Split(domain, "."); len(labels) > 1 && !choice.Common(labels[len(labels)-2]) {
			words = append(words, strings.ReplaceAll(labels[len(labels)-2], "-", ""))
		}
	}
	return words
}

// uncommon returns a list of the name, or nil if the name is a common word.
func uncommon(name string) []string {
	if choice.Common(name) {
		return nil
	}
	return []string{name}
}
