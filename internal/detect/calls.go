package detect

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/around"
	"github.com/vendorgate/vendorgate/internal/lexer"
	"github.com/vendorgate/vendorgate/internal/search"
)

// callsOf returns the vendors whose API host and credential the file both names. Such a file counts in full, even in a folder
// named demo or spec. Tests of a test framework are an exception, because they replay calls.
func (f *file) callsOf(hits []search.Hit) map[int]bool {
	const host, credential = 1, 2
	seen := map[int]int{}
	for _, h := range hits {
		switch {
		case h.Kind == search.HostName && h.Host == search.APIHost:
			seen[h.Vendor] |= host
		case h.Kind == search.EnvName:
			seen[h.Vendor] |= credential
		}
	}
	out := map[int]bool{}
	for vendor, what := range seen {
		if what == host|credential && (f.path != inTests || !around.DeclaresTests(f.data)) && f.confirms(vendor, hits) {
			out[vendor] = true
		}
	}
	return out
}

// confirms reports whether the host and the credential of a vendor would count in full in another folder.
func (f *file) confirms(vendor int, hits []search.Hit) bool {
	var places []int
	var mine []search.Hit
	for _, h := range hits {
		if h.Vendor == vendor && (h.Kind == search.HostName || h.Kind == search.EnvName) {
			mine = append(mine, h)
		}
	}
	slices.SortFunc(mine, func(a, b search.Hit) int { return a.At - b.At })
	for _, h := range mine {
		places = append(places, h.At)
	}
	host, credential := false, false
	for i, span := range lexer.At(f.family, f.data, places) {
		t := weighed{Hit: mine[i]}
		if !f.weighCall(&t, span) {
			continue
		}
		host = host || t.kind == KindHost && t.confidence == Confirmed
		credential = credential || t.Kind == search.EnvName && (t.confidence == Likely || f.family.Code() && t.context == isNameOnly)
	}
	return host && credential
}

// weighCall weighs a hit without the class of its folder.
func (f *file) weighCall(t *weighed, span lexer.Span) bool {
	class, path := f.class, f.path
	f.class, f.path = "", ""
	counts := f.weigh(t, span)
	f.class, f.path = class, path
	return counts
}
