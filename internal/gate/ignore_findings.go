package gate

import (
	"fmt"
	"maps"
	"path"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
)

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

// ignoreFault reports something wrong with an ignore entry. Entries are not part of what a change introduces.
func (e *evaluation) ignoreFault(i *IgnoreUse, key string, pos diag.Pos, most diag.Severity, message, hint string, related ...diag.Related) {
	what, kind := i.What(), "ignore"
	if i.Own {
		kind = "first_party"
	}
	if i.Path != "" {
		what += " " + i.Path
	}
	u := e.undeclaredUse("", i.Pos, path.Join(i.Folder, "vendors.yaml"), false)
	u.Introduced = false
	e.rule(u, rules.IgnoreIdle, subject.Fault{
		Pos: pos, Key: key + ":" + what, MaxSeverity: most, Related: related,
		Message: fmt.Sprintf("the %s entry for %q %s", kind, what, message), Hint: hint,
	})
}
