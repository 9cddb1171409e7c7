package subject

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// LastReview returns the date of the last review. An approval counts as one: a review before it is not the last, so that leaving it out of
// the record changes nothing.
func (u *Subject) LastReview() (path string, last *attr.Value) {
	on, last := u.Attr("approval.approved_on"), u.Attr("approval.last_review")
	later := on.Known() && last.Known() && on.Day.After(last.Day) && !on.Day.After(u.Today.Day)
	if last.State == attr.Absent || later {
		return "approval.approved_on", on
	}
	return "approval.last_review", last
}

// ReviewCadence returns how often a vendor is reviewed: as often as the policy wants, or the record if that is more often.
func (u *Subject) ReviewCadence() diag.At[scalar.Period] {
	cadence := u.Policy.Params.Period("review_cadence", u.Tier)
	if own := u.Attr("approval.review_cadence"); own.Known() && own.Span.Compare(cadence.Value) < 0 {
		return diag.At[scalar.Period]{Value: own.Span, Pos: own.Pos}
	}
	return cadence
}

// ReviewDue returns the last day for the next review: the last review plus the cadence. If that is the day after an approval of the same
// day ends, the review is due on its last day: a year from 1 September ends on 31 August, or a day later, and nobody meant two days.
func (u *Subject) ReviewDue() (diag.At[scalar.Period], LastDay) {
	cadence := u.ReviewCadence()
	_, last := u.LastReview()
	due := last.Day.Plus(cadence.Value)
	on, end := u.Attr("approval.approved_on"), u.Attr("approval.expires")
	if end.Known() && on.Day == last.Day && end.Day.DaysUntil(due) == 1 {
		due = end.Day
	}
	return cadence, u.LastDay(due, "warn_before_lapse")
}

// ApprovalDefects returns the reasons why an approval is invalid.
func (u *Subject) ApprovalDefects() []Defect {
	var out []Defect
	add := func(key, path, message string, more ...diag.Related) {
		at := u.RelatedTo(path, "the approval")
		out = append(out, Defect{Pos: at.Pos, Related: append([]diag.Related{at}, more...), Key: key, Message: message})
	}
	on, end := u.Attr("approval.approved_on"), u.Attr("approval.expires")
	if !end.Known() {
		add("expires", "approval.expires", "it has no end date (approval.expires)")
	}
	switch {
	case !on.Known():
		add("approved_on", "approval.approved_on", "it has no approval date (approval.approved_on)")
	case on.Day.After(u.Today.Day):
		add("future", "approval.approved_on", fmt.Sprintf("it is dated %s, which is in the future", on.Text))
	case end.Known():
		if term, tooLong := u.TooLong(); tooLong {
			add("term", "approval.expires", fmt.Sprintf("it runs from %s to %s, but a tier-%d use can be approved for at most %s", on.Text, end.Text, u.Tier, term.Value.Words()),
				diag.Related{Pos: term.Pos, Message: "the policy's limit"})
		}
	}
	approvers, refused := u.approvers(add)
	if need := u.Policy.Params.Number("approvers_needed", u.Tier); approvers+refused < need.Value {
		add("approvers", "approval.approved_by", fmt.Sprintf("it has %s, but a tier-%d use needs %d", People(approvers), u.Tier, need.Value), diag.Related{Pos: need.Pos, Message: "the policy's minimum"})
	}
	return out
}

// TooLong reports whether the approval runs longer than the policy allows.
func (u *Subject) TooLong() (diag.At[scalar.Period], bool) {
	on, end, term := u.Attr("approval.approved_on"), u.Attr("approval.expires"), u.Policy.Params.Period("approval_max_term", u.Tier)
	return term, on.Known() && end.Known() && end.Day.After(on.Day.Plus(term.Value))
}

// approvers counts the distinct people whose approval counts, and reports and counts the approvals that do not.
func (u *Subject) approvers(add func(key, path, message string, more ...diag.Related)) (counted, refused int) {
	var people []string
	for _, a := range u.Attr("approval.approved_by").Records {
		user, role, team := a.Get("user"), a.Get("role"), a.Get("team")
		switch {
		case !user.Known() || !role.Known():
		case u.requested(user.Text):
			refused++
			add("self:"+user.Text, "approval.approved_by", user.Text+" approved their own request (approval.requested_by)", diag.Related{Pos: user.Pos, Message: "the approver"})
		case !u.Policy.MayApprove(user.Text, role.Text, team.Text):
			refused++
			add("role:"+user.Text, "approval.approved_by", NotAnApprover(u.Policy, user.Text, role.Text, team.Text), diag.Related{Pos: user.Pos, Message: "the approver"})
		case !slices.Contains(people, scalar.Login(user.Text)):
			people = append(people, scalar.Login(user.Text))
		}
	}
	return len(people), refused
}

// requested reports whether a user asked for the approval.
func (u *Subject) requested(user string) bool {
	by := u.Attr("approval.requested_by")
	return by.Known() && scalar.SameLogin(user, by.Text)
}

// People formats a number of approvers.
func People(n int) string {
	switch n {
	case 0:
		return "no approvers"
	case 1:
		return "1 approver"
	default:
		return fmt.Sprintf("%d approvers", n)
	}
}

// NotAnApprover explains that the policy does not let the user approve in the role, for themselves or for the team.
func NotAnApprover(p *policy.Policy, user, role, team string) string {
	teams := p.ApprovingTeams(role)
	switch {
	case team != "":
		return fmt.Sprintf("the policy does not let %s approve as %s for the team %s", user, role, team)
	case len(teams) > 0:
		return fmt.Sprintf("the policy does not let %s approve as %s without a team (team: %s)", user, role, strings.Join(teams, " or "))
	default:
		return fmt.Sprintf("the policy does not let %s approve as %s", user, role)
	}
}
