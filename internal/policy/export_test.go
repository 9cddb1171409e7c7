package policy

import (
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
)

// Judge asks every requirement of a policy about a record, as Evaluate does, and counts the outcomes. It stands here
// for the benchmark: what a record costs without manifests, structural rules and findings has no exported door.
func Judge(p *Policy, r *attr.Record, asOf time.Time) (counts [3]int) {
	u := use{tier: 2, category: r.Get("category").Text, classes: []string{"personal", "internal"}, environments: []string{"staging", "prod"}}
	today := p.At(asOf)
	for i := range p.Requirements {
		q := &p.Requirements[i]
		if q.Levels[u.tier] == diag.Off || !q.Admits(u.facts()) {
			continue
		}
		outcome, _ := q.judge(r, today)
		counts[outcome]++
	}
	return counts
}

// RuleLevels are the severities of a structural rule under a policy. They stand here for the tests of the presets.
func RuleLevels(p *Policy, id string) Levels { return p.rule(id).Levels }
