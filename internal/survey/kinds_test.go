package survey_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// An exposure can only count against a use: in no situation does any value of one clear or soften a finding that there is without it,
// unless that finding is the one that notices the omission.
func TestExposuresNeverHelp(t *testing.T) {
	t.Parallel()
	all := situations(t)
	tried, heavier := 0, 0
	for i := range record.Table().Rows {
		row := &record.Table().Rows[i]
		if row.Kind != attr.Exposure || row.Required {
			continue
		}
		for j := range all {
			s := &all[j]
			if !s.concerns(row) {
				continue
			}
			without := clone(withItem(s.tree, row))
			put(without, "", row.Path, nil)
			before := weights(s, without)
			for _, mutant := range mutants(without, row) {
				tried++
				after := weights(s, mutant)
				for rule, weight := range before {
					if after[rule] < weight && !strings.Contains(row.Omission, rule) {
						t.Errorf("%s, %s: %s weighs %d without it, %d with %s", s.name, row.Path, rule, weight, after[rule], yamlOf(mutant))
					}
				}
				for rule, weight := range after {
					if before[rule] < weight {
						heavier++
					}
				}
			}
		}
	}
	if tried < 100 || heavier < 20 {
		t.Errorf("%d values tried, of which %d count; the test has lost its way", tried, heavier)
	}
}

// weights are the summed severities of each rule's findings about a use, and the number of answers that are missing.
func weights(s *situation, tree *yamltree.Node) map[string]int {
	id := s.manifest.Uses[0].ID.Value
	out := map[string]int{}
	u := gate.NewSubject(s.policy, registry.SingleAt(id, recordFile, tree), s.day, gatetest.Checkout, &s.manifest)
	if u == nil {
		return out
	}
	for _, f := range gate.Judge(u) {
		out[f.Rule] += int(f.Severity)
	}
	out[rules.NotEstablished] += len(u.Missing)
	return out
}
