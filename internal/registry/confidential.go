package registry

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/attr"
)

// Private reports whether the record relies on evidence that is not public. Invalid evidence counts as not public, because that may be what its author meant.
func (v *Vendor) Private() bool {
	if v.Record == nil {
		return false
	}
	return v.Record.Get("evidence").State == attr.Invalid || slices.ContainsFunc(v.Record.Get("evidence").Records, func(e *attr.Record) bool {
		access, tlp := e.Get("access"), e.Get("tlp")
		return access.State == attr.Invalid || tlp.State == attr.Invalid || access.Known() && access.Text != "public" ||
			tlp.Known() && tlp.Text != "CLEAR" && tlp.Text != "GREEN"
	})
}
