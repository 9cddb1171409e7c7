package subject

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// IssuedByVendor reports whether the issuer of a document is the vendor itself, by one of its names, so that the document is no word of a
// third party.
func (u *Subject) IssuedByVendor(issuer *attr.Value) bool {
	if !issuer.Known() {
		return false
	}
	issued := nameWords(issuer.Text)
	for _, path := range []string{"name", "provider.legal_name", "provider.parent", "provider.id", "id"} {
		own := nameWords(u.Attr(path).Text)
		if n := min(len(own), len(issued)); n > 0 && slices.Equal(own[:n], issued[:n]) {
			return true
		}
	}
	return false
}

// nameWords returns the words of a company's name without those that only say what kind of company it is.
func nameWords(name string) []string {
	const forms = " inc incorporated ltd limited plc llc llp gmbh ag sa sas srl bv nv ab as oy corp corporation co company group holding holdings the "
	return slices.DeleteFunc(scalar.Words(name), func(w string) bool { return strings.Contains(forms, " "+w+" ") })
}
