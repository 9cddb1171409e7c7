package decision

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/edit"
	"github.com/vendorgate/vendorgate/internal/lint"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Approver is a person who approves, in a role. Team is the team for which they do; empty for themselves.
type Approver struct{ User, Role, Team string }

// Approval is a decision in favour of a vendor.
type Approval struct {
	By          []Approver  // of a renewal without any, those of the record
	Until       scalar.Date // zero for as long as the policy allows before the next review
	RequestedBy string      // empty to leave it as it is
	Reference   string      // address of the decision; empty to leave it as it is
}

// Refusal says why the status of a vendor is in the way of a decision.
type Refusal struct{ Message, Hint string }

func (r Refusal) Error() string { return r.Message }

// Approve approves a vendor from today.
func (o Office) Approve(id string, a Approval) (Outcome, error) {
	out, err := o.record(id)
	if err != nil {
		return Outcome{}, err
	}
	changes := []edit.Change{}
	switch status := out.status(); status {
	case "approved", "conditional":
		return Outcome{}, Refusal{fmt.Sprintf("%q is %s already", id, status), "use `vendorgate registry renew " + id + " --write" + o.Flags + "`"}
	case "deprecated", "suspended", "denied", "retired":
		return Outcome{}, Refusal{fmt.Sprintf("%q is %s", id, status), o.next(id, status)}
	default:
		changes = append(changes, edit.Change{Path: "status", Value: "approved"}, edit.Change{Path: "status_since", Value: o.Today.Day.String()}, edit.Change{Path: "status_reason"})
	}
	return o.approve(id, out, a, changes)
}

// Renew approves a vendor again from today. Without approvers, those of the record have to approve the change.
func (o Office) Renew(id string, a Approval) (Outcome, error) {
	out, err := o.record(id)
	if err != nil {
		return Outcome{}, err
	}
	if status := out.status(); !subject.Vetted(out.Vendor.Record.Get("status")) {
		return Outcome{}, Refusal{fmt.Sprintf("%q is %s, so there is no approval to renew", id, words(status)), o.next(id, status)}
	}
	return o.approve(id, out, a, nil)
}

// next says how a vendor that is not approved can be.
func (o Office) next(id, status string) string {
	approve := "`vendorgate registry approve " + id + " --by USER --role ROLE" + o.Flags + "`"
	switch next := lint.Transitions(status); {
	case status == "" || slices.Contains(next, "approved"):
		return "once it has been reviewed, run " + approve
	case slices.Contains(next, "in-review"):
		return fmt.Sprintf("to approve it again, set status to in-review and status_since to %s; after that is merged and it has been reviewed, run %s", o.Today.Day, approve)
	default:
		return fmt.Sprintf("from %s, its status can only become %s", status, strings.Join(next, " or "))
	}
}

// status returns the status of a record; empty if it has none.
func (o Outcome) status() string { return o.Vendor.Record.Get("status").Text }

func words(status string) string {
	if status == "" {
		return "not reviewed"
	}
	return status
}

// approve adds the approval to changes of a record.
func (o Office) approve(id string, out Outcome, a Approval, changes []edit.Change) (Outcome, error) {
	today := o.Today.Day.String()
	set := func(path, value string) {
		changes = append(changes, edit.Change{Path: "approval." + path, Value: value})
	}
	if a.RequestedBy != "" {
		set("requested_by", yamltree.Quote(a.RequestedBy))
	}
	if len(a.By) > 0 {
		set("approved_by", approvedBy(a.By))
	}
	set("approved_on", today)
	if a.Reference != "" {
		set("decision_ref", yamltree.Quote(a.Reference))
	}
	out, err := o.change(id, out, changes)
	if err != nil {
		return Outcome{}, err
	}
	changes = nil
	if out.Use.Attr("approval.last_review").Known() {
		set("last_review", today)
	}
	if a.Until.IsZero() {
		a.Until = o.lastDay(out.Use)
	}
	set("expires", a.Until.String())
	return o.judged(o.change(id, out, changes))
}

// lastDay returns the last day of an approval from today. It ends with its first review, unless the policy wants it to end before, or the
// vendor ends before.
func (o Office) lastDay(u *subject.Subject) scalar.Date {
	end, cadence := o.Today.Day.Plus(o.Policy.Terms(u.Tier).Longest), u.ReviewCadence()
	if review := o.Today.Day.Plus(cadence.Value); review.Before(end) {
		end = review
	}
	if sunset := u.Attr("sunset"); sunset.Known() && sunset.Day.Before(end) {
		return sunset.Day
	}
	return end
}

// approvedBy formats approvers as a list in YAML.
func approvedBy(all []Approver) string {
	var items []string
	for _, a := range all {
		fields := []yamltree.Assignment{{Path: "user", Value: yamltree.Quote(a.User)}, {Path: "role", Value: yamltree.Quote(a.Role)}}
		if a.Team != "" {
			fields = append(fields, yamltree.Assignment{Path: "team", Value: yamltree.Quote(a.Team)})
		}
		items = append(items, yamltree.FlowMap(fields))
	}
	return "[" + strings.Join(items, ", ") + "]"
}

// Approvers lists the people who approved a record.
func (o Outcome) Approvers() []string {
	var out []string
	for _, a := range o.Vendor.Record.Get("approval.approved_by").Records {
		if user := a.Get("user").Text; user != "" && !slices.Contains(out, user) {
			out = append(out, user)
		}
	}
	return out
}
