package decision

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/survey"
)

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
