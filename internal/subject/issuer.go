package subject

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// IssuedByVendor reports whether the issuer of a document is the vendor itself, by one of its names or domains, so that the document is no word of a
// third party.
func (u *Subject) IssuedByVendor(issuer *attr.Value) bool {
	if !issuer.Known() {
		return false
	}
	names := u.Attr("aliases").Texts()
	for _, path := range []string{"name", "provider.legal_name", "provider.parent", "provider.id", "id"} {
		names = append(names, u.Attr(path).Text)
	}
	host := strings.ToLower(strings.Trim(strings.TrimPrefix(strings.TrimPrefix(issuer.Text, "https://"), "http://"), "/ "))
	if slices.ContainsFunc(u.Attr("domains").Texts(), func(d string) bool { return host == d || strings.HasSuffix(host, "."+d) }) {
		return true
	}
	issued := scalar.CompanyName(issuer.Text)
	for _, name := range names {
		own := scalar.CompanyName(name)
		if n := min(len(own), len(issued)); n > 0 && slices.Equal(own[:n], issued[:n]) {
			return true
		}
	}
	return false
}
