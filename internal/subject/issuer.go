package subject

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// IssuedByVendor reports whether the issuer of a document is the vendor itself, by one of its names, so that the document is no word of a
// third party.
func (u *Subject) IssuedByVendor(issuer *attr.Value) bool {
	if !issuer.Known() {
		return false
	}
	issued := scalar.CompanyName(issuer.Text)
	for _, path := range []string{"name", "provider.legal_name", "provider.parent", "provider.id", "id"} {
		own := scalar.CompanyName(u.Attr(path).Text)
		if n := min(len(own), len(issued)); n > 0 && slices.Equal(own[:n], issued[:n]) {
			return true
		}
	}
	return false
}
