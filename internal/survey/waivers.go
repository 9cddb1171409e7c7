package survey

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// extendWaiver is what to do about a waiver that ends.
const extendWaiver = "Remove the waiver if nothing needs it any more, or ask for an extension."

// waivers adds the lapses of all waivers. One that no check applies has no day to come; lint and renewal say what is wrong with it.
// If the record of its vendor cannot be read, a check may apply it once the record is mended.
func (s *survey) waivers(uses map[string]*subject.Subject) {
	ids, err := s.known.Tree.List("waivers", ".yaml")
	if err != nil {
		return // there are none, or unreadNames reports it
	}
	all, gaps := s.known.Waivers(nil, ids)
	s.out.Unjudged = append(s.out.Unjudged, gaps...)
	for _, w := range all {
		if len(w.Problems) > 0 {
			s.out.Unjudged = append(s.out.Unjudged, diag.Gap{Target: w.File, Reason: firstProblem(w.Problems)})
			continue
		}
		u, name := uses[w.Vendor.Value], w.Vendor.Value
		if u == nil {
			u = subject.Unreviewed(s.policy, s.today)
		} else {
			name = u.Vendor.Name()
		}
		end := subject.WaiverEnd(u, w)
		if !end.Past && !s.unread[w.Vendor.Value] && len(rules.VoidWaiver(u, w)) > 0 {
			continue
		}
		s.out.Lapses = append(s.out.Lapses, lapse(u, inventory.Lapse{
			Vendor: w.Vendor.Value, Name: name, Kind: inventory.Waiver, Rule: rules.WaiverInvalid, Item: w.ID, File: w.File, Who: w.RequestedBy.Value,
			What: fmt.Sprintf("waiver %s for %s%s in %s", w.ID, subject.List(w.Record.Get("rules").Texts()), ofUse(w), subject.List(w.Record.Get("repos").Texts())),
			Do:   extendWaiver,
		}, end))
	}
}

// ofUse names the only use that a waiver is for, as part of a sentence; empty if it is for all of them.
func ofUse(w *registry.Waiver) string {
	if w.Use.Value == "" {
		return ""
	}
	return fmt.Sprintf(" of the use %s", w.Use.Value)
}

// waivers adds tasks for the waivers of a vendor, whatever its status is. They include waivers that cannot be read, and those that no
// check applies.
func (r *renewal) waivers(known *registry.Registry, vendor string) {
	const proof = "the decision of its approvers (approved_by)"
	all, gaps := known.Waivers([]string{vendor}, nil)
	unread := func(file, reason string) {
		r.tasks = append(r.tasks, Task{State: Unknown, Path: file, Do: "Correct it, because it may hold a waiver of this vendor: " + reason + ".", Proof: proof, Who: r.Policy.Owner()})
	}
	for _, gap := range gaps {
		unread(gap.Target, gap.Reason)
	}
	for _, w := range all {
		switch {
		case len(w.Problems) > 0 && (w.Record == nil || w.Vendor.Value == "" || w.Vendor.Value == vendor):
			unread(w.File, firstProblem(w.Problems))
		case len(w.Problems) == 0 && w.Vendor.Value == vendor:
			end := subject.WaiverEnd(r.Subject, w)
			if void := rules.VoidWaiver(r.Subject, w); !end.Past && len(void) > 0 {
				r.invalid(Task{Path: "waivers[" + w.ID + "]", Do: "Correct the waiver or remove it", Proof: proof, Who: w.RequestedBy.Value}, void)
				continue
			}
			r.due(end, Task{Path: "waivers[" + w.ID + "].expires", Was: w.Record.Get("expires").Text, Do: extendWaiver, Proof: proof, Who: w.RequestedBy.Value})
		}
	}
}
