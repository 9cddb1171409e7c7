package gate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// noTrace reports declared vendors that the code does not name at all (VG-MAN-005). It reports none if a part of the code was not
// searched, or if the record does not say how to recognise the vendor.
func (e *evaluation) noTrace() {
	scan := e.in.CodeScan
	if scan == nil || scan.Files == 0 || slices.ContainsFunc(scan.Skipped, mayHoldCode) {
		return
	}
	for _, u := range e.uses {
		id := u.ID.Value
		named := func(v detect.Vendor) bool { return v.ID == id }
		if u.Get("not_in_code").Known() || slices.ContainsFunc(scan.Vendors, named) || !u.Vendor.Identity().Recognisable() || scan.exempts(id) {
			continue
		}
		e.rule(u, rules.NoTrace, subject.Fault{
			Pos: u.ID.Pos, Key: "no-trace", MaxSeverity: diag.Note,
			Message: fmt.Sprintf("the code shows no trace of %q%s", id, u.NameSuffix()),
			Hint:    "Remove the entry if the vendor is not used any more. Otherwise, add `not_in_code:` with the reason, such as \"Called by a stored procedure\".",
		})
	}
}

// mayHoldCode reports whether code in a skipped path could use a vendor.
func mayHoldCode(s detect.Skipped) bool {
	return s.Absent() || s.Reason == worktree.Submodule || detect.Cut(s) || strings.HasPrefix(s.Reason, detect.Unread) || strings.HasPrefix(s.Reason, detect.Limit)
}

// exempts reports whether an ignore entry covers a vendor.
func (s *CodeScan) exempts(id string) bool {
	return slices.ContainsFunc(s.Ignored, func(i diag.Ignored) bool { return slices.Contains(i.Covered, id) })
}
