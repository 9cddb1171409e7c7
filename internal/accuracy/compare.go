package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/detect"
)

// result is what a search found in a repository, compared with the truth.
type result struct {
	truth
	found        int      // vendors in use that are likely or confirmed
	missed       []string // vendors in use that are not, with the reason
	seen         int      // of those, vendors with a host that is reported as unknown
	wrong        []string // vendors that are likely or confirmed and not in use
	sure         int      // of those, confirmed ones
	hosts        int      // unknown hosts of vendors in use
	strangeHosts []string // unknown hosts of nobody in use
}

// compare judges what was found.
func compare(t truth, found *detect.Result) result {
	out := result{truth: t}
	for _, u := range t.uses {
		if u.neutral {
			continue
		}
		best := detect.None
		why := "no trace of it"
		for _, v := range found.Vendors {
			if u.is(v.ID) && v.Confidence > best {
				best = v.Confidence
				why = fmt.Sprintf("a hint: %s %q at %s:%d (%s)", v.Sightings[0].Kind, v.Sightings[0].Text, v.Sightings[0].File, v.Sightings[0].Line, v.Sightings[0].Context)
			}
		}
		if best >= detect.Likely {
			out.found++
			continue
		}
		if !u.listed {
			why = "not in the catalogue; " + why
		}
		if host := unknownOf(u, found); host != "" {
			out.seen++
			why += "; its host is unknown: " + host
		}
		out.missed = append(out.missed, fmt.Sprintf("%s: %s; see %s", u.vendor, why, strings.Join(u.places, " ")))
	}
	for _, v := range found.Vendors {
		if v.Confidence < detect.Likely || slices.Contains(t.self, v.ID) || slices.ContainsFunc(t.uses, func(u use) bool { return u.explains(v.ID) }) {
			continue
		}
		if v.Confidence == detect.Confirmed {
			out.sure++
		}
		s := v.Sightings[0]
		out.wrong = append(out.wrong, fmt.Sprintf("%s, %s: %s %q at %s:%d", v.ID, v.Confidence, s.Kind, s.Text, s.File, s.Line))
	}
	for _, h := range found.UnknownHosts {
		if slices.ContainsFunc(t.uses, func(u use) bool { return hasDomain(u, h.Domain) }) {
			out.hosts++
			continue
		}
		out.strangeHosts = append(out.strangeHosts, fmt.Sprintf("%s at %s:%d (%s)", h.Host, h.File, h.Line, h.Why))
	}
	return out
}

// unknownOf returns an unknown host of a vendor in use.
func unknownOf(u use, found *detect.Result) string {
	for _, h := range found.UnknownHosts {
		if hasDomain(u, h.Domain) {
			return h.Host
		}
	}
	return ""
}

// hasDomain reports whether one of a vendor's hosts is below a domain.
func hasDomain(u use, domain string) bool {
	return slices.ContainsFunc(u.hosts, func(host string) bool { return host == domain || strings.HasSuffix(host, "."+domain) })
}

// total adds up results.
type total struct{ found, missed, seen, wrong, sure, hosts, strangeHosts int }

func (t *total) add(r result) {
	t.found += r.found
	t.missed += len(r.missed)
	t.seen += r.seen
	t.wrong += len(r.wrong)
	t.sure += r.sure
	t.hosts += r.hosts
	t.strangeHosts += len(r.strangeHosts)
}

// recall is the share of vendors in use that were found.
func (t total) recall() float64 { return share(t.found, t.missed) }

// reported is the recall that also counts vendors with an unknown host.
func (t total) reported() float64 { return share(t.found+t.seen, t.missed-t.seen) }

// precision is the share of found vendors that are in use.
func (t total) precision() float64 { return share(t.found, t.wrong) }

// hostPrecision is the share of unknown hosts that belong to a vendor in use.
func (t total) hostPrecision() float64 { return share(t.hosts, t.strangeHosts) }

func share(yes, no int) float64 {
	if yes+no == 0 {
		return 1
	}
	return float64(yes) / float64(yes+no)
}
