package lint

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// ownerless notes a record for which nobody answers, whatever its status: somebody has to decide about a draft, and end a suspension.
func (l *Linter) ownerless(out *Linted, u *subject.Subject) {
	if u.Ownerless() {
		l.add(out, rules.ApprovalInvalid, diag.Note, u.Vendor.ID, subject.Defect{
			Pos: u.Attr("status").Pos, Key: "owner", Message: subject.OwnerlessMessage, Hint: subject.OwnerlessHint,
		})
	}
}

// approvalCliffs notes the days on which many approvals end, at the first record of each. A change is to blame if it touches one of them.
func (c *crossFileCheck) approvalCliffs() {
	if c.inForce == nil {
		return
	}
	ends := map[string]scalar.Date{}
	for _, id := range c.ids {
		u := c.files[id].record.use
		if u.Vendor.Reviewed() && subject.Vetted(u.Attr("status")) {
			if end := rules.ApprovalEnd(u); !end.Date.IsZero() && !end.Past {
				ends[id] = end.Date
			}
		}
	}
	for _, cliff := range inventory.ApprovalCliffs(ends) {
		f := c.files[cliff.IDs[0]]
		d := subject.Defect{Pos: f.record.use.Attr("approval.expires").Pos, Key: "cliff:" + cliff.Day.String(), Message: cliff.Message(), Hint: cliff.Hint()}
		c.note(f, rules.ApprovalLapsed, diag.Note, d, "")
		f.found[len(f.found)-1].Introduced = slices.ContainsFunc(cliff.IDs, func(id string) bool { return c.changed[id] })
	}
}
