package decision

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/survey"
)

// Due lists the vendors whose approval or review has ended, or ends within a period. The inventory says which records could not be judged.
func (o Office) Due(within scalar.Period) ([]string, inventory.Inventory, error) {
	all, err := survey.Of(o.Policy, o.Known, o.Today.Instant)
	if err != nil {
		return nil, all, err //nolint:wrapcheck // it says what was attempted
	}
	var out []string
	for _, l := range all.Lapses {
		if (l.Kind == inventory.Approval || l.Kind == inventory.Review) && !l.Last.After(o.Today.Day.Plus(within)) {
			out = append(out, l.Vendor)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), all, nil
}
