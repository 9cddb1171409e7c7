package main

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/detect"
)

// named adds the ids that the catalogue has by now: of vendors that it lacked when the file was written, by their hosts and packages,
// and of the project itself, by its domains.
func named(t truth, entries []detect.Entry) truth {
	t.uses = slices.Clone(t.uses)
	for i := range entries {
		e := &entries[i]
		if anyOf(t.own, e.Brand) || slices.ContainsFunc(t.own, func(own string) bool { return hasDomain(use{hosts: e.API}, own) }) {
			t.self = append(t.self, e.ID)
		}
		for j := range t.uses {
			u := &t.uses[j]
			if !u.listed && (anyOf(u.hosts, e.API) || anyOf(u.hosts, e.Script) || anyOf(u.sdks, e.SDKs)) {
				u.also = append(slices.Clone(u.also), e.ID)
			}
		}
	}
	return t
}

func anyOf(list, of []string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return slices.Contains(of, s) })
}
