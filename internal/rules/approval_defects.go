package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// approvalInvalid: VG-APR-004. An approval without an end, without enough approvers, from the future, or for too long
// is none.
func approvalInvalid(u *Subject) []Fault {
	if u.Attr("status").Text == "pilot" {
		return nil
	}
	var out []Fault
	for _, d := range u.ApprovalDefects() {
		out = append(out, Fault{
			Pos: u.ID.Pos, Related: d.Related, Key: d.Key,
			Message: fmt.Sprintf("the approval of %q is not valid: %s", u.ID.Value, d.Message),
			Hint:    fmt.Sprintf("Nothing is wrong with your change; %s must correct %s.", u.Policy.Owner(), u.Vendor.File),
		})
	}
	return out
}

// ApprovalDefects is what keeps an approval from being one.
func (u *Subject) ApprovalDefects() []Defect {
	var out []Defect
	add := func(key, path, message string, more ...diag.Related) {
		at := u.Seen(path, "the approval")
		out = append(out, Defect{Pos: at.Pos, Related: append([]diag.Related{at}, more...), Key: key, Message: message})
	}
	on, end := u.Attr("approval.approved_on"), u.Attr("approval.expires")
	if !end.Known() {
		add("expires", "approval.expires", "it does not say until when it holds (approval.expires)")
	}
	switch {
	case !on.Known():
		add("approved_on", "approval.approved_on", "it does not say since when it holds (approval.approved_on)")
	case on.Day.After(u.Today.Day):
		add("future", "approval.approved_on", fmt.Sprintf("it is dated %s, which lies in the future", on.Text))
	case end.Known():
		term := u.Policy.Params.Period("approval_max_term", u.Tier)
		if end.Day.After(on.Day.Plus(term.Value)) {
			add("term", "approval.expires", fmt.Sprintf("it runs from %s to %s, and a tier-%d use may be approved for %s at most", on.Text, end.Text, u.Tier, term.Value.Words()),
				diag.Related{Pos: term.Pos, Message: "the policy's limit"})
		}
	}
	approvers := u.approvers(add)
	if need := u.Policy.Params.Number("approvers_needed", u.Tier); approvers < need.Value {
		add("approvers", "approval.approved_by", fmt.Sprintf("it has %s, and a tier-%d use needs %d", People(approvers), u.Tier, need.Value), diag.Related{Pos: need.Pos, Message: "the policy's number"})
	}
	return out
}

func People(n int) string {
	switch n {
	case 0:
		return "no approver"
	case 1:
		return "1 approver"
	default:
		return fmt.Sprintf("%d approvers", n)
	}
}

// approvers counts the distinct people whose approval counts.
func (u *Subject) approvers(add func(key, path, message string, more ...diag.Related)) int {
	var people []string
	requested := u.Attr("approval.requested_by")
	for _, a := range u.Attr("approval.approved_by").Records {
		user, role := a.Get("user"), a.Get("role")
		switch {
		case !user.Known() || !role.Known():
		case requested.Known() && strings.EqualFold(user.Text, requested.Text):
			add("self:"+user.Text, "approval.approved_by", user.Text+" approved what they asked for themselves (approval.requested_by)", diag.Related{Pos: user.Pos, Message: "the approver"})
		case !u.Policy.MayApprove(user.Text, role.Text):
			add("role:"+user.Text, "approval.approved_by", fmt.Sprintf("%s may not approve as %s", user.Text, role.Text), diag.Related{Pos: user.Pos, Message: "the approver"})
		case !slices.Contains(people, strings.ToLower(user.Text)):
			people = append(people, strings.ToLower(user.Text))
		}
	}
	return len(people)
}
