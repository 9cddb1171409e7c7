package search

import (
	"path"

	"github.com/vendorgate/vendorgate/internal/choice"
)

// choices finds the services that settings and code choose by name.
func (f *finder) choices() {
	if path.Base(f.name) == "app.json" {
		if list, addons := choice.Addons(f.data); len(addons) > 0 {
			for _, addon := range append(addons, list) {
				f.choose(addon)
			}
		}
	}
	choice.Find(f.name, f.data, f.choose)
}

// choose adds the vendor of a name, unless its software may run anywhere, or it is a registry of packages or images. It returns false if there is no room for more.
func (f *finder) choose(n choice.Name) bool {
	const distinctive = 5 // letters
	vendor, id, ok := f.c.firstOf(n.IDs)
	if !ok || f.c.SelfHosted(vendor) || f.c.Registry(vendor) || n.Loose && (len(id) < distinctive || Everyday(id)) {
		return true
	}
	if f.room() {
		f.add(Hit{Kind: Symbol, Vendor: vendor, At: n.At, End: n.End})
	}
	return f.room()
}

// firstOf returns the first of some ids that a vendor has.
func (c *Catalogue) firstOf(ids []string) (vendor int, id string, ok bool) {
	for _, id := range ids {
		if number, known := c.numbers[id]; known {
			return number, id, true
		}
	}
	return 0, "", false
}
