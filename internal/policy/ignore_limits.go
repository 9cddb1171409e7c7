package policy

import (
	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
)

// IgnoreLimits says what the ignore entries of manifests may not cover. The zero value forbids nothing.
type IgnoreLimits struct {
	NoVendors diag.At[bool] // known vendors
	NoHosts   diag.At[bool] // hosts of unknown vendors
}

// read applies the settings of one file.
func (i *IgnoreLimits) read(r *attr.Record) {
	for path, field := range map[string]*diag.At[bool]{"ignore.vendors": &i.NoVendors, "ignore.hosts": &i.NoHosts} {
		if v := r.Get(path); v.Known() {
			*field = diag.At[bool]{Value: v.Text == "forbid", Pos: v.Pos}
		}
	}
}

// ignoreSettings returns the allowed values of ignore.vendors and ignore.hosts.
func ignoreSettings() []string { return []string{"allow", "forbid"} }

// settings adds what is forbidden.
func (i IgnoreLimits) settings(add func(name string, origin diag.Pos, list bool, values ...string)) {
	if i.NoVendors.Value {
		add("ignore.vendors", i.NoVendors.Pos, false, "forbid")
	}
	if i.NoHosts.Value {
		add("ignore.hosts", i.NoHosts.Pos, false, "forbid")
	}
}
