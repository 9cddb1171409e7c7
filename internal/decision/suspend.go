package decision

import (
	"errors"
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/edit"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Suspend forbids every use of a vendor from now on. A vendor of the catalogue without a record gets one.
func (o Office) Suspend(id, reason string) (Outcome, error) {
	changes := []edit.Change{{Path: "status", Value: "suspended"}, {Path: "status_since", Value: o.Today.Day.String()}, {Path: "status_reason", Value: yamltree.Quote(reason)}}
	out, err := o.record(id)
	switch {
	case errors.Is(err, ErrNoRecord) && slices.Contains(o.Known.IDs(), id):
		text := fmt.Sprintf("apiVersion: vendorgate/v1\nkind: Vendor\nid: %s\n", id)
		for _, c := range changes {
			text += c.Path + ": " + c.Value + "\n"
		}
		return o.judged(o.permits(id, Outcome{Path: "vendors/" + id + ".yaml", After: []byte(text)}))
	case err != nil:
		return Outcome{}, err
	case out.status() == "suspended":
		return Outcome{}, Refusal{fmt.Sprintf("%q is suspended already", id), "edit status_reason if the reason has changed"}
	}
	return o.judged(o.change(id, out, changes))
}
