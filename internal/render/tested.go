package render

import (
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/policytest"
)

// Proposal is a gap in the coverage with a case that fills it.
type Proposal struct {
	policytest.CoverageGap
	Text  string // the case in YAML
	Found bool   // the case is complete
}

// Tested is the result of the test cases of a policy.
type Tested struct {
	Policy    *policy.Policy
	Trials    []policytest.Trial
	Coverage  policytest.Coverage
	Proposals []Proposal // one for each gap, in order; nil if not requested
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
