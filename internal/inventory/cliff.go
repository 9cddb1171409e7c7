package inventory

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

// ApprovalCliff is a day on which the approvals of many records end.
type ApprovalCliff struct {
	Day scalar.Date
	IDs []string // of the records, sorted
}

// ApprovalCliffs finds the days on which more than CliffOver approvals end. ends holds the last days of approvals by the ids of records.
func ApprovalCliffs(ends map[string]scalar.Date) []ApprovalCliff {
	byDay := map[scalar.Date][]string{}
	for _, id := range slices.Sorted(maps.Keys(ends)) {
		byDay[ends[id]] = append(byDay[ends[id]], id)
	}
	var out []ApprovalCliff
	for day, ids := range byDay {
		if len(ids) > CliffOver {
			out = append(out, ApprovalCliff{day, ids})
		}
	}
	slices.SortFunc(out, func(a, b ApprovalCliff) int { return a.Day.Compare(b.Day) })
	return out
}

// Message says how many approvals end, as: 7 approvals end on 2027-05-31: a, b, c.
func (c ApprovalCliff) Message() string {
	shown := strings.Join(c.IDs[:min(len(c.IDs), shownIDs)], ", ")
	if more := len(c.IDs) - shownIDs; more > 0 {
		shown += fmt.Sprintf(" and %d more", more)
	}
	return fmt.Sprintf("%d approvals end on %s: %s", len(c.IDs), c.Day, shown)
}

// Hint says what to do about it.
func (ApprovalCliff) Hint() string {
	return "renew some of them earlier, so that they are not all due at once"
}
