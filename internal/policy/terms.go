package policy

import (
	"slices"
	"strings"

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

// MayApprove reports whether a user may approve in a role, for themselves or for a team. team is empty if the approval names none.
// It does not check that the user is a member of the team.
func (p *Policy) MayApprove(user, role, team string) bool {
	return len(p.approvers) == 0 || slices.ContainsFunc(p.approvers[role], func(listed string) bool {
		if isTeam(listed) {
			return scalar.TeamMatches(listed, team)
		}
		return scalar.SameLogin(listed, user)
	})
}

// ApprovingTeams lists the teams that may approve in a role.
func (p *Policy) ApprovingTeams(role string) []string {
	return slices.DeleteFunc(slices.Clone(p.approvers[role]), func(listed string) bool { return !isTeam(listed) })
}

// isTeam reports whether an approver is a team, such as @acme/security, not a user.
func isTeam(approver string) bool { return strings.Contains(approver, "/") }
