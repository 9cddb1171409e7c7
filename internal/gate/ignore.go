package gate

import (
	"maps"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// IgnoreUse is an ignore entry of a manifest, and what it did in one scan. It is not safe for concurrent use.
type IgnoreUse struct {
	manifest.Ignore
	Folder string // that the entry applies to; "." for the whole tree
	Head   bool   // it stands in the tree that is judged
	Agreed bool   // it stands on the default branch
	Lapsed bool   // its last day is over, so it has no effect
	Met    bool   // it matched something
	Late   bool   // it would have covered a known vendor if it were agreed

	metHost            bool              // it matched a host of an unknown vendor
	noVendors, noHosts bool              // what the policy forbids
	endless, tooFar    bool              // why it covers no known vendor
	refused            map[string]string // known vendors that it matched and does not cover: their status, empty if the entry is at fault
	covered            map[string]int    // number of places of each vendor or host that it covers
}

// NewIgnoreUse returns an entry as a policy judges it on a day.
func NewIgnoreUse(entry manifest.Ignore, p *policy.Policy, today policy.Today) *IgnoreUse {
	i := &IgnoreUse{Ignore: entry, Folder: ".", refused: map[string]string{}, covered: map[string]int{}}
	i.endless = entry.Expires.Value == scalar.Date{}
	i.Lapsed = !i.endless && subject.LastDayOn(p, today, entry.Expires.Value).Past
	last, _ := p.LastIgnoreDay(today)
	i.tooFar = !i.endless && entry.Expires.Value.After(last)
	i.noVendors, i.noHosts = p.Ignore.NoVendors.Value, p.Ignore.NoHosts.Value
	return i
}

// FirstParty returns the entries for the hosts that the policy calls the organisation's own. They count even if manifests may have none.
func FirstParty(p *policy.Policy, today policy.Today) []*IgnoreUse {
	var out []*IgnoreUse
	for _, own := range p.FirstParty {
		i := NewIgnoreUse(own, p, today)
		i.Agreed, i.noHosts = true, false
		out = append(out, i)
	}
	return out
}

// Admits decides whether the entry covers something that it matches, and notes it. An entry covers a known vendor only if it stands
// on the default branch and ends, and never if the vendor is shut out. vendor and status are empty for a host of an unknown vendor.
func (i *IgnoreUse) Admits(vendor, status string) bool {
	i.Met, i.metHost = true, i.metHost || vendor == ""
	switch {
	case i.Lapsed, vendor == "" && i.noHosts:
		return false
	case vendor == "":
		return true
	case !subject.WaivableStatus(status) || status == UnreadableStatus:
		i.refused[vendor] = status
		return false
	case i.noVendors || i.endless || i.tooFar:
		i.refused[vendor] = ""
		return false
	case !i.Agreed:
		i.Late = true
		return false
	}
	return true
}

// UnreadableStatus is the status of a vendor whose record cannot be read.
const UnreadableStatus = "unreadable"

// Cover notes a place that the entry covers. name is a vendor or a host.
func (i *IgnoreUse) Cover(name string) { i.covered[name]++ }

// Ignored lists what entries cover, in their order.
func Ignored(entries []*IgnoreUse) []diag.Ignored {
	var out []diag.Ignored
	for _, i := range entries {
		if len(i.covered) == 0 {
			continue
		}
		entry := diag.Ignored{
			Pos: i.Pos, What: i.What(), Path: i.Path, Reason: i.Reason, New: i.Head && !i.Agreed, Covered: slices.Sorted(maps.Keys(i.covered)),
		}
		if !i.endless {
			entry.Until = i.Expires.Value.String()
		}
		for _, n := range i.covered {
			entry.Places += n
		}
		out = append(out, entry)
	}
	return out
}

// wouldCoverVendors reports whether an entry would cover known vendors if nothing were wrong with it.
func (i *IgnoreUse) wouldCoverVendors() bool {
	if i.Vendor != "" {
		return i.refused[i.Vendor] == ""
	}
	for _, status := range i.refused {
		if status == "" {
			return true
		}
	}
	return false
}
