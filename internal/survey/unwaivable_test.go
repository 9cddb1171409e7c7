package survey_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// unwaived is what the rules find in a record although every waiver that is possible covers it; nil if nobody judges the record.
func unwaived(s *situation, p *policy.Policy, tree *yamltree.Node) map[string]diag.Severity {
	u := gate.NewSubject(p, registry.SingleAt(s.manifest.Uses[0].ID.Value, recordFile, tree), s.day, gatetest.Checkout, &s.manifest)
	if u == nil {
		return nil
	}
	out := map[string]diag.Severity{}
	for _, result := range gate.JudgeRecord(u) {
		for _, f := range result.Findings {
			if key := f.Rule + " " + f.Message; !f.Waivable && f.Rule != rules.RecordContradicts {
				out[key] = max(out[key], f.Severity)
			}
		}
	}
	return out
}

// Where no waiver covers a bad answer, none covers the lack of an answer.
func TestUnknownIsNotWaivedWhereBadIsNot(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	all, firm := situations(t), map[string]bool{}
	for i := range record.Table().Rows {
		row := &record.Table().Rows[i]
		unwaivable := slices.ContainsFunc(row.JudgedBy, func(id string) bool {
			r, structural := rules.ByID(id)
			return structural && !r.Waivable && id != rules.RecordContradicts
		})
		if !unwaivable || !monotone(row) {
			continue
		}
		for j := range all {
			s := &all[j]
			if !s.concerns(row) || s.name != "good" && !effort.Takes(j, oneIn) {
				continue
			}
			without := clone(withItem(s.tree, row))
			put(without, "", row.Path, nil)
			for k, p := range append(presets(t), s.policy) {
				after := unwaived(s, p, without)
				for key := range after {
					if strings.HasPrefix(key, rules.NotEstablished) && strings.Contains(key, row.Path) {
						firm[row.Path] = true
					}
				}
				for _, mutant := range mutants(without, row) {
					if _, contradicts := said(s, p, mutant); contradicts && row.Type == attr.Date { // days in the wrong order are no facts
						continue
					}
					if less := worse(after, unwaived(s, p, mutant)); less != "" {
						t.Errorf("%s, policy %d: with waivers and without %s there is no %s, which there is with %s", s.name, k, row.Path, less, yamlOf(mutant))
					}
				}
			}
		}
	}
	for _, path := range []string{"encryption.in_transit.min_tls", "data.storage_locations", "data.processing_locations"} {
		if !firm[path] {
			t.Errorf("no finding that cannot be waived asks for %s: %v", path, firm)
		}
	}
}
