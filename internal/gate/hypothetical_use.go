package gate

import (
	"fmt"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/subject"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// HypotheticalUse returns a use that no manifest declares; nil if the vendor is not reviewed, or its record is invalid.
func HypotheticalUse(p *policy.Policy, known *registry.Registry, id string, asOf time.Time, classes, environments []string) *subject.Subject {
	m := manifest.Parse("", "", []byte(fmt.Sprintf(hypotheticalManifest, id, words(environments, vocab.Environments()), words(classes, []string{"none"}))))
	u := NewSubject(p, known, asOf, "", &m)
	if u != nil {
		u.Hypothetical = true
	}
	return u
}

const hypotheticalManifest = "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: nobody\nvendors: [{id: %q, purpose: To ask, environments: [%s], data: [%s]}]\n"

// words formats ids as the items of a list, or others if there are none.
func words(ids, others []string) string {
	if len(ids) == 0 {
		ids = others
	}
	return `"` + strings.Join(ids, `", "`) + `"`
}
