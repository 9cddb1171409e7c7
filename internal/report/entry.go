package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// entry is a finding, with the rules of the less severe ones that are folded into its line.
type entry struct {
	diag.Finding
	full bool     // shown with its hint; false if it is folded, even if it is the only one
	more []string // a rule for each finding
}

// others says how many findings are folded into the line, and which rules they break that the line does not name. It is empty if there are
// none.
func (e entry) others() string {
	if len(e.more) == 0 {
		return ""
	}
	out := fmt.Sprintf(" and %d more", len(e.more))
	rules := slices.Compact(slices.Sorted(slices.Values(e.more)))
	if rules = slices.DeleteFunc(rules, func(rule string) bool { return rule == e.Rule }); len(rules) > 0 {
		out += " (" + strings.Join(rules, ", ") + ")"
	}
	return out
}

// key is what a finding is folded by.
func (e entry) key() string { return cmp.Or(e.Vendor, e.Rule) }

// each returns an entry for each finding.
func each(findings []diag.Finding) []entry {
	out := make([]entry, len(findings))
	for i, f := range findings {
		out[i] = entry{Finding: f, full: true}
	}
	return out
}

// byVendor returns an entry for each finding about a new or changed use, then one for each vendor with unchanged uses: its most severe
// finding. Findings about no declared vendor, such as hosts, are folded by rule. Vendors with an entry above get no other, and are counted
// there.
func byVendor(findings []diag.Finding, above []entry) []entry {
	var out, folded []entry
	at, has := map[string]int{}, map[string]*entry{}
	for i := range above {
		if e := &above[i]; !e.full {
			has[e.key()] = e
		}
	}
	for _, f := range findings {
		if !foldable(f) {
			out = append(out, entry{Finding: f, full: true})
			continue
		}
		key := entry{Finding: f}.key()
		i, found := at[key]
		switch {
		case has[key] != nil:
			has[key].more = append(has[key].more, f.Rule)
		case !found:
			at[key] = len(folded)
			folded = append(folded, entry{Finding: f})
		case heavier(f, folded[i].Finding):
			folded[i] = entry{Finding: f, more: append(folded[i].more, folded[i].Rule)}
		default:
			folded[i].more = append(folded[i].more, f.Rule)
		}
	}
	return append(out, folded...)
}

// few is the number of findings that are not worth folding.
const few = 5

// foldable reports whether a finding is about a use that did not change. What counts everywhere, such as a suspended vendor or a file that
// cannot be read, is always shown in full.
func foldable(f diag.Finding) bool { return !f.Introduced && !f.Everywhere }

// heavier reports whether a finding is more severe than another. One that a waiver covers is the least severe.
func heavier(a, b diag.Finding) bool {
	return cmp.Or(compareBool(b.Waived(), a.Waived()), cmp.Compare(a.Severity, b.Severity)) > 0
}
