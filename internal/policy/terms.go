package policy

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Terms are the numbers that a decision at a tier is bound by.
type Terms struct {
	Longest   scalar.Period // of an approval
	Cadence   scalar.Period // of its reviews
	Approvers int
	Roles     []string // in which people may approve, sorted; none if every role counts
	Owner     string   // whom to ask
}

// Terms are what the policy says of approvals at a tier.
func (p *Policy) Terms(tier int) Terms {
	t := Terms{
		Longest: p.Params.Period("approval_max_term", tier).Value, Cadence: p.Params.Period("review_cadence", tier).Value,
		Approvers: p.Params.Number("approvers_needed", tier).Value, Owner: p.Owner(),
	}
	for role := range p.approvers {
		t.Roles = append(t.Roles, role)
	}
	slices.Sort(t.Roles)
	return t
}
