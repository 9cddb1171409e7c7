package subject

import (
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// Neighbours returns the ids of some records of a registry, and of those that a fault of one of them can involve: records that claim the same
// host or package, that it names, also through replacements of replacements, and whose ids look like its id. Only these are read in full.
func Neighbours(known *registry.Registry, of []string) ([]string, error) {
	own, err := known.Tree.List("vendors", ".yaml")
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", known.Tree.Name("vendors"), err)
	}
	near := slices.Clone(of)
	for _, id := range of {
		near = append(near, named(known, id)...)
	}
	shared := Overlaps(claimedBy(known, own), nil)
	for _, id := range of {
		for _, o := range shared[id] {
			near = append(near, o.Other())
		}
	}
	for i, alike := range diag.Alike(own) {
		if alike != "" && (slices.Contains(of, own[i]) || slices.Contains(of, alike)) {
			near = append(near, own[i], alike)
		}
	}
	slices.Sort(near)
	return slices.DeleteFunc(slices.Compact(near), func(id string) bool {
		_, ours := slices.BinarySearch(own, id)
		return !ours
	}), nil
}

// named lists the vendors that a record names, and those that replace them.
func named(known *registry.Registry, id string) []string {
	const most = 100
	var out []string
	v := usable(known, id)
	if v != nil {
		out = v.Record.Get("exit.alternatives").Texts()
	}
	for ; v != nil && len(out) < most; v = usable(known, out[len(out)-1]) {
		by := v.Record.Get("replaced_by")
		if !by.Known() || slices.Contains(out, by.Text) {
			break
		}
		out = append(out, by.Text)
	}
	return out
}

// claimedBy lists the hosts and packages of records without their places. A record that cannot be read claims nothing, and others report it.
func claimedBy(known *registry.Registry, ids []string) []Claim {
	all := make([][]Claim, len(ids))
	parsed := func(i int) {
		if v := usable(known, ids[i]); v != nil {
			all[i] = Claims(v)
		}
	}
	err := known.ScanIdentities(ids, func(string, []byte) bool { return true }, func(id string, identity *registry.Identity) {
		i, _ := slices.BinarySearch(ids, id)
		if identity == nil {
			parsed(i)
			return
		}
		for _, text := range slices.Concat(identity.APIHosts, identity.SDKs) {
			all[i] = append(all[i], Claim{vendor: id, text: text})
		}
	})
	for i := range ids {
		if err != nil && all[i] == nil { // the scan ended at a record that cannot be read
			parsed(i)
		}
	}
	return slices.Concat(all...)
}

// usable reads a vendor with a record that can be judged; nil if there is none.
func usable(known *registry.Registry, id string) *registry.Vendor {
	v, err := known.Vendor(id)
	if err != nil || v == nil || v.Record == nil || len(v.Problems) > 0 {
		return nil
	}
	return v
}
