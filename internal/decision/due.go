package decision

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
	"github.com/vendorgate/vendorgate/internal/survey"
)

// Renewal lists what to do to renew a record, also what would be in the way of a renewal today. around is what the other files of the registry
// show about the record; what ends within a period is due soon.
func (o Office) Renewal(v *registry.Vendor, around subject.Surroundings, within scalar.Period) survey.Renewal {
	q := survey.Question{Vendor: v, Around: around, Within: within}
	if out, err := o.Renew(v.ID, Approval{}); err == nil { // otherwise there is nothing to renew
		q.Renewed, q.Refused = out.Vendor, slices.DeleteFunc(out.Findings, func(f diag.Finding) bool { return !out.Fails(f) })
	}
	return survey.Renew(o.Policy, o.Known, q, o.Today.Instant)
}

// Due lists the approvals and reviews that have ended, or end within a period, by vendor. The inventory says which records could not be
// judged.
func (o Office) Due(within scalar.Period) ([]inventory.Lapse, inventory.Inventory, error) {
	all, err := survey.Of(o.Policy, o.Known, o.Today.Instant)
	if err != nil {
		return nil, all, err //nolint:wrapcheck // it says what was attempted
	}
	var out []inventory.Lapse
	for _, l := range all.Lapses {
		if (l.Kind == inventory.Approval || l.Kind == inventory.Review) && !l.Last.After(o.Today.Day.Plus(within)) {
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, func(a, b inventory.Lapse) int { return strings.Compare(a.Vendor, b.Vendor) })
	return out, all, nil
}
