package gate

import (
	"fmt"
	"maps"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/scalar"
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
	i.Lapsed = !i.endless && rules.LastDayOn(p, today, entry.Expires.Value).Past
	last, _ := p.LastIgnoreDay(today)
	i.tooFar = !i.endless && entry.Expires.Value.After(last)
	i.noVendors, i.noHosts = p.Ignore.NoVendors.Value, p.Ignore.NoHosts.Value
	return i
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
	case !rules.WaivableStatus(status) || status == UnreadableStatus:
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

// ignoreEntry reports an ignore entry that does not count, or that matches nothing (VG-MAN-004).
func (e *evaluation) ignoreEntry(i *IgnoreUse) {
	last, term := e.in.Policy.LastIgnoreDay(e.today)
	limit := diag.Related{Pos: term.Pos, Message: "the longest term that the policy allows"}
	vendors := i.wouldCoverVendors()
	switch {
	case i.Lapsed:
		e.ignoreFault(i, "lapsed", i.Expires.Pos, diag.Off, fmt.Sprintf("expired on %s", i.Expires.Value), "Remove it, or check that the reason still applies and set a new date.")
	case vendors && i.noVendors:
		e.ignoreFault(i, "forbidden", i.Pos, diag.Off, "does not count: the policy forbids entries for known vendors", "Declare the vendor, or remove the calls and the entry.",
			diag.Related{Pos: e.in.Policy.Ignore.NoVendors.Pos, Message: "the policy says so"})
	case i.noHosts && i.metHost:
		e.ignoreFault(i, "forbidden", i.Pos, diag.Off, "does not count: the policy forbids entries for hosts of unknown vendors", "Declare the vendor, or remove the entry.",
			diag.Related{Pos: e.in.Policy.Ignore.NoHosts.Pos, Message: "the policy says so"})
	case vendors && i.endless:
		e.ignoreFault(i, "endless", i.Pos, diag.Off, "does not count for known vendors, because it has no last day", fmt.Sprintf("Add `expires:` with a date through %s.", last), limit)
	case vendors && i.tooFar:
		e.ignoreFault(i, "far", i.Expires.Pos, diag.Off, fmt.Sprintf("does not count for known vendors: it expires on %s, but the policy allows at most %s from today", i.Expires.Value, term.Value.Words()),
			fmt.Sprintf("Set `expires:` to a date through %s.", last), limit)
	case !i.Met:
		e.ignoreFault(i, "idle", i.Pos, diag.Note, "matches nothing in the code", "Remove it.")
	}
	for _, vendor := range slices.Sorted(maps.Keys(i.refused)) {
		if status := i.refused[vendor]; status == UnreadableStatus {
			e.ignoreFault(i, "unreadable:"+vendor, i.Pos, diag.Off, fmt.Sprintf("does not cover %q, whose record cannot be read", vendor), "Tell the maintainers of the registry.")
		} else if status != "" {
			e.ignoreFault(i, "status:"+vendor, i.Pos, diag.Off, fmt.Sprintf("does not cover %q, which is %s", vendor, e.in.Policy.ShownStatus(status)), "Stop using the vendor, and remove the entry.")
		}
	}
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

// ignoreFault reports something wrong with an ignore entry. Entries are not part of what a change introduces.
func (e *evaluation) ignoreFault(i *IgnoreUse, key string, pos diag.Pos, most diag.Severity, message, hint string, related ...diag.Related) {
	what := i.What()
	if i.Path != "" {
		what += " " + i.Path
	}
	u := e.undeclaredUse("", i.Pos)
	u.Introduced = false
	e.rule(u, rules.IgnoreIdle, rules.Fault{
		Pos: pos, Key: key + ":" + what, MaxSeverity: most, Related: related,
		Message: fmt.Sprintf("the ignore entry for %q %s", what, message), Hint: hint,
	})
}
