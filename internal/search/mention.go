package search

import (
	"bytes"
	"strings"

	"github.com/vendorgate/vendorgate/internal/deps"
)

// Mentioned returns the vendors' packages whose names such a file contains. This is enough to assign an import to a vendor, but it is
// no evidence of a use.
func (c *Catalogue) Mentioned(name string, data []byte) []Hit {
	var out []Hit
	ecosystems, before := deps.MentionedIn(name), ""
	for word := range bytes.FieldsFuncSeq(data, func(r rune) bool { return strings.ContainsRune(" \t\r\n\"'`,;%()[]{}<>=|~^", r) }) {
		for text := range strings.SplitSeq(strings.TrimPrefix(string(word), "https://"), ":") { // group:artifact:version, npm:name@version
			for _, ecosystem := range ecosystems {
				if found, ok := c.packageOf(ecosystem, deps.Mentioned(ecosystem, before, text)); ok {
					out = append(out, Hit{Kind: Package, Vendor: int(found.vendor), Ecosystem: ecosystem, Text: deps.Mentioned(ecosystem, before, text), Local: found.local})
				}
			}
			if text != "" {
				before = text
			}
		}
	}
	return out
}
