package policy

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Terms are the limits of an approval at a tier.
type Terms struct {
	Longest   scalar.Period // of an approval
	Cadence   scalar.Period // of its reviews
	Approvers int
	Roles     []string // roles that may approve, sorted; none if every role may
	Owner     string   // whom to ask
}

// Terms returns the limits of an approval at a tier.
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
