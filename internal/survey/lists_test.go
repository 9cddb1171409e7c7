package survey_test

import (
	"slices"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// listsThatLapse has requirements over a list whose items end.
func listsThatLapse(t *testing.T) gatetest.Files {
	t.Helper()
	return gatetest.World(t, "risk: {tier: 2}\n", "risk: {tier: 2}\nassessments:\n  - {id: a, type: soc2-type2, period: {end: 2026-01-31}}\n"+
		"  - {id: b, type: soc2-type2, period: {end: 2026-09-30}}\n  - {id: c, type: pentest, performed: {end: 2026-05-10}}\n  - {id: d, type: pentest, performed: {end: 2026-10-10}}\n").Rules(openHorizons +
		"  assessment_max_age: P1Y\n  pentest_max_age: P1Y\nrequirements:\n  - {id: ONE, any: {list: assessments, where: {type: soc2-type2}, attr: valid_until, valid_for: P0D}}\n" +
		"  - {id: SELECTED, any: {list: assessments, where: {type: soc2-type2, valid_until: {valid_for: P30D}}}}\n" +
		"  - {id: EVERY, all: {list: assessments, where: {type: pentest}, attr: performed.end, within: P1Y}}\n" +
		"  - {id: EITHER, any_of: [{any: {list: assessments, where: {type: pentest}, attr: valid_until, valid_for: P0D}}, {attr: approval.expires, valid_for: P90D}]}\n")
}

// The last day of a requirement over a list is that of the item that lasts longest or, if every item must meet it, of the first that
// no longer does.
func TestLastDaysOfLists(t *testing.T) {
	t.Parallel()
	var got []string
	for _, d := range rules.Deadlines(subjectOf(t, listsThatLapse(t))) {
		if slices.Contains([]string{"ONE", "SELECTED", "EVERY", "EITHER"}, d.Rule) {
			got = append(got, d.Rule+" "+d.Path+" "+d.Date.String()+": "+d.Do)
		}
	}
	gatetest.Diff(t, "last days", []string{
		"EVERY assessments[c].performed.end 2027-05-10: Get a newer one and record it under assessments.",
		"SELECTED assessments[b].valid_until 2027-08-31: Get a newer one and record it under assessments.",
		"ONE assessments[b].valid_until 2027-09-30: Get a newer one and record it under assessments.",
		"EITHER assessments[d].valid_until 2027-10-10: Get a newer one and record it under assessments.",
	}, got)
}
