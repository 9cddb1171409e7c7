package render

import (
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/policytest"
)

// Proposal is a gap of the coverage with a case for it.
type Proposal struct {
	policytest.CoverageGap
	Text  string // of the case, in YAML
	Found bool   // it is complete
}

// Tested is what the cases of a policy came to.
type Tested struct {
	Policy    *policy.Policy
	Trials    []policytest.Trial
	Coverage  policytest.Coverage
	Proposals []Proposal // for the gaps, in their order; nil if nobody asked
}

// Failed counts the cases that did not pass.
func (t *Tested) Failed() int {
	n := 0
	for _, trial := range t.Trials {
		if !trial.Passed() {
			n++
		}
	}
	return n
}
