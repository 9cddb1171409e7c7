package render

import (
	"strings"

	"github.com/vendorgate/vendorgate/internal/brief"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// Brief is what a policy asks of one vendor.
type Brief struct {
	ID        string           // of the vendor
	Identity  *registry.Vendor // nil if the vendor is unknown
	Policy    *policy.Policy
	Profile   brief.Profile // of the use that the questions are for
	Questions []brief.Question
	Documents []brief.Document
}

// name returns what the vendor calls its service, or the id.
func (b Brief) name() string {
	if b.Identity != nil {
		return b.Identity.Name()
	}
	return b.ID
}

// and joins words as in a sentence.
func and(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return joined(words)
	}
	return joined(words[:last]) + " and " + words[last]
}

func joined(words []string) string { return strings.Join(words, ", ") }
