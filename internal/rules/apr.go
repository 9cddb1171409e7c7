package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Rules about the approval.
const (
	StatusForbids    = "VG-APR-001"
	ApprovalLapsed   = "VG-APR-002"
	ReviewOverdue    = "VG-APR-003"
	ApprovalInvalid  = "VG-APR-004"
	ConditionOverdue = "VG-APR-005"
)

func approvalRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: StatusForbids, Title: "the vendor's status does not allow this use", Levels: tiered("EEEE"), Waivable: true, AlwaysOn: true, Varies: "A vendor that is suspended, denied or retired is an error, whatever the policy says."},
			Judge:    statusForbids, Deadlines: statusEnds, Actor: Approvers,
		},
		{
			RuleInfo: policy.RuleInfo{ID: ApprovalLapsed, Title: "the approval has expired", Levels: tiered("EEEE"), Waivable: true},
			Judge:    approvalLapsed, Deadlines: approvalEnds, Actor: Approvers,
		},
		{
			RuleInfo: policy.RuleInfo{ID: ReviewOverdue, Title: "the review is overdue", Levels: tiered("EEWN"), Waivable: true},
			Judge:    reviewOverdue, Deadlines: reviewsDue, Actor: Approvers,
		},
		{
			RuleInfo: policy.RuleInfo{ID: ApprovalInvalid, Title: "the approval is not valid", Levels: tiered("EEEE")},
			Judge:    approvalInvalid,
		},
		{
			RuleInfo: policy.RuleInfo{ID: ConditionOverdue, Title: "a condition of the approval is overdue", Levels: tiered("EEEE"), Waivable: true},
			Judge:    conditionOverdue, Deadlines: conditionsDue, Actor: Approvers, Public: SentenceOnly,
		},
	}
}

// statusForbids implements VG-APR-001. The switch follows the order of the life cycle.
func statusForbids(u *subject.Subject) []subject.Fault {
	status := u.Attr("status")
	u.Wants("approved, conditional, deprecated until its sunset, or pilot within its limits", "status")
	f := subject.Fault{Pos: u.ID.Pos, Related: []diag.Related{u.RelatedTo("status", "the status")}, Key: status.Text}
	f.Message = fmt.Sprintf("%q %s", u.ID.Value, u.StatusInWords())
	switch status.Text {
	case "proposed", "in-review":
		f.Hint = fmt.Sprintf("Wait for %s to decide.%s", u.Policy.Owner(), u.DecisionTracked())
	case "pilot":
		if f.Message, f.Hint, f.Team = u.OutsidePilot(statusEnds(u)); f.Message == "" {
			return nil
		}
		f.Key = "pilot"
	case "deprecated":
		return deprecated(u, f)
	case "suspended":
		f.Everywhere, f.Team, f.Urgent = true, true, "Stop all calls"+u.Rotation()+"."
		f.Hint = fmt.Sprintf("Stop all calls%s, and wait for %s to lift the suspension.%s", u.Rotation(), u.Policy.Owner(), u.UseReplacement())
	case "denied", "retired":
		f.Everywhere, f.Team, f.Hint = true, true, "Remove the vendor."+u.UseReplacement()
		if u.Replacement() == "" {
			f.Hint = fmt.Sprintf("Remove the vendor, and ask %s for an alternative.", u.Policy.Owner())
		}
	default:
		return nil
	}
	return []subject.Fault{f}
}

// statusEnds returns the last day of a pilot, or of a deprecated vendor.
func statusEnds(u *subject.Subject) []subject.Deadline {
	until, sunset := u.Attr("pilot.until"), u.Attr("sunset")
	var d subject.Deadline
	switch status := u.Attr("status").Text; {
	case status == "pilot" && until.Known():
		d = u.DeadlineFor(StatusForbids, inventory.Pilot, "pilot.until", until.Day, "warn_before_lapse")
		d.What, d.Do = "the pilot", "Approve or deny the vendor, or end the pilot."
	case status == "deprecated" && sunset.Known():
		d = u.DeadlineFor(StatusForbids, inventory.Sunset, "sunset", sunset.Day, "warn_before_sunset")
		d.What, d.Do = "the use of the vendor", "Move every use to "+cmp.Or(u.Replacement(), "another vendor")+"."
	default:
		return nil
	}
	d.Who = u.Owners()
	return []subject.Deadline{d}
}

// deprecated reports new uses immediately, and existing ones after the sunset.
func deprecated(u *subject.Subject, f subject.Fault) []subject.Fault {
	f.Team, f.Hint = true, fmt.Sprintf("Plan the migration with %s.%s", u.Owners(), u.UseReplacement())
	for _, end := range statusEnds(u) {
		d, sunset := end.LastDay, end.At
		f.Related = append(f.Related, u.RelatedTo("sunset", "the last day"))
		if d.Past {
			f.Lapsed, f.Day = true, d
			f.Message += fmt.Sprintf("; its last day was %s (%s)", sunset.Text, d.Ago())
			f.Hint = fmt.Sprintf("Stop using it now, and ask %s for help.%s", u.Owners(), u.UseReplacement())
			return []subject.Fault{f}
		}
		f.Message += fmt.Sprintf("; its last day is %s (%s)", sunset.Text, d.Ago())
	}
	if !u.Introduced {
		f.MaxSeverity = diag.Warning
	} else {
		f.Message += "; this use is new or changed"
		f.Hint = fmt.Sprintf("Ask %s for a vendor to start with instead.", u.Owners())
		if by := u.Replacement(); by != "" {
			f.Hint = fmt.Sprintf("Start with %s instead.", by)
		}
	}
	return []subject.Fault{f}
}

// ApprovalEnd returns the last day of the approval. Its date is zero if there is none, also if the approval is not over and runs too long, or
// nobody gave it: VG-APR-004 then fails at once.
func ApprovalEnd(u *subject.Subject) subject.LastDay {
	end := u.LastDay(u.Attr("approval.expires").Day, "warn_before_lapse")
	_, tooLong := u.TooLong()
	none := subject.Vetted(u.Attr("status")) && len(u.Attr("approval.approved_by").Records) == 0 && u.Policy.Params.Number("approvers_needed", u.Tier).Value > 0
	if (tooLong || none) && !end.Past && u.Policy.Rule(ApprovalInvalid).Levels[u.Tier] == diag.Error {
		return subject.LastDay{}
	}
	return end
}

// approvalEnds returns the last day of the approval. A pilot has its own end, see statusEnds.
func approvalEnds(u *subject.Subject) []subject.Deadline {
	end := ApprovalEnd(u)
	if end.Date.IsZero() || u.Attr("status").Text == "pilot" {
		return nil // approvalInvalid reports it
	}
	const path = "approval.expires"
	d := subject.Deadline{LastDay: end, Rule: ApprovalLapsed, Kind: inventory.Approval, Path: path, At: u.Attr(path)}
	d.What, d.Who, d.Do = "the approval", u.Owners(), "Renew the approval"+u.RenewAt()+"."
	return []subject.Deadline{d}
}

// approvalLapsed implements VG-APR-002.
func approvalLapsed(u *subject.Subject) []subject.Fault {
	if u.Attr("status").Text == "pilot" {
		return u.NotAsked("a pilot has no approval")
	}
	ends := approvalEnds(u)
	if _, tooLong := u.TooLong(); len(ends) == 0 && tooLong {
		return u.NotAsked("the approval is not valid (%s)", ApprovalInvalid)
	}
	u.Wants("today or later", "approval.expires")
	if len(ends) == 0 {
		return nil
	}
	d, expires := ends[0].LastDay, ends[0].At
	f := subject.Fault{
		Pos: u.ID.Pos, Related: []diag.Related{u.RelatedTo("approval.expires", "the last day of the approval")},
		Hint: subject.Must(u.Owners(), "renew the approval%s.", u.RenewAt()), Day: d,
	}
	switch {
	case d.Past:
		f.Lapsed = true
		f.Message = fmt.Sprintf("the approval of %q expired on %s (%s)", u.ID.Value, expires.Text, d.Ago())
	case d.Near:
		f.MaxSeverity = diag.Warning
		f.Message = fmt.Sprintf("the approval of %q expires on %s (%s)", u.ID.Value, expires.Text, d.Ago())
		f.Hint = subject.Must(u.Owners(), "renew the approval%s.", u.RenewAt()) + u.NoCodeChange()
	default:
		return nil
	}
	return []subject.Fault{f}
}

// DecisionEnds returns the last days of the decision about a vendor: of its approval and review, of a pilot, or of the use of a deprecated one.
func DecisionEnds(u *subject.Subject) []subject.Deadline {
	return slices.Concat(statusEnds(u), approvalEnds(u), reviewsDue(u))
}

// reviewsDue returns the last day for the next review. A pilot needs none, and a review in the future does not count: the record contradicts
// itself.
func reviewsDue(u *subject.Subject) []subject.Deadline {
	path, last := u.LastReview()
	if !last.Known() || last.Day.After(u.Today.Day) || u.Attr("status").Text == "pilot" {
		return nil
	}
	_, due := u.ReviewDue()
	return []subject.Deadline{{
		LastDay: due, Rule: ReviewOverdue, Kind: inventory.Review, Path: path, At: last, What: "the review",
		Who: u.Owners(), Do: "Review the vendor and set approval.last_review.",
	}}
}

// reviewOverdue implements VG-APR-003. A record can shorten the review cadence of the policy but not extend it.
func reviewOverdue(u *subject.Subject) []subject.Fault {
	path, _ := u.LastReview()
	cadence, d := u.ReviewDue()
	if u.Attr("status").Text == "pilot" {
		return u.NotAsked("a pilot needs no review")
	}
	u.Wants("at most "+cadence.Value.Words()+" ago", path)
	if len(reviewsDue(u)) == 0 {
		return nil
	}
	words := "the last review"
	if path == "approval.approved_on" {
		words = "the approval, which counts as a review"
	}
	related := []diag.Related{u.RelatedTo(path, words), {Pos: cadence.Pos, Message: "the review cadence"}}
	f := subject.Fault{Pos: u.ID.Pos, Related: related, Day: d}
	f.Hint = subject.Must(u.Owners(), "review the vendor and record the date%s.", u.RenewAt()) + u.NoCodeChange()
	switch {
	case d.Past:
		f.Lapsed = true
		f.Message = fmt.Sprintf("the review of %q was due on %s (%s)", u.ID.Value, d.Date, d.Ago())
	case d.Near:
		f.MaxSeverity = diag.Warning
		f.Message = fmt.Sprintf("the review of %q is due on %s (%s)", u.ID.Value, d.Date, d.Ago())
	default:
		return nil
	}
	return []subject.Fault{f}
}

// conditionsDue returns the due dates of open conditions.
func conditionsDue(u *subject.Subject) []subject.Deadline {
	var out []subject.Deadline
	for _, c := range u.Attr("approval.conditions").Records {
		id, due := c.Get("id").Text, c.Get("due")
		if c.Get("status").Text != "open" || !due.Known() {
			continue
		}
		out = append(out, subject.Deadline{
			LastDay: u.LastDay(due.Day, "warn_before_condition"), Rule: ConditionOverdue, Kind: inventory.Condition, Item: id,
			Path: "approval.conditions[" + id + "].due", At: due, What: fmt.Sprintf("the condition %q", c.Get("text").Text),
			Who: u.Owners(), Do: fmt.Sprintf("Meet the condition %q and close it in the record, or move its due date.", c.Get("text").Text),
		})
	}
	return out
}

// conditionOverdue implements VG-APR-005.
func conditionOverdue(u *subject.Subject) []subject.Fault {
	if len(u.Attr("approval.conditions").Records) == 0 {
		return u.NotAsked("the approval has no conditions")
	}
	u.Wants("each met or waived by its last day", "approval.conditions")
	var out []subject.Fault
	for _, open := range conditionsDue(u) {
		d, due, what := open.LastDay, open.At, strings.TrimPrefix(open.What, "the ")
		f := subject.Fault{
			Pos: u.ID.Pos, Related: []diag.Related{{Pos: due.Pos, Message: "the last day of the condition"}}, Key: open.Item, Day: d,
			Hint: subject.Must(u.Owners(), "meet the condition and close it in %s, or move its due date.", u.Vendor.File) + u.NoCodeChange(),
		}
		switch {
		case d.Past:
			f.Lapsed, f.Private = true, u.About("a condition of the approval of %q is overdue")
			f.Message = fmt.Sprintf("%s of the approval of %q was due on %s (%s)", what, u.ID.Value, due.Text, d.Ago())
		case d.Near:
			f.MaxSeverity, f.Private = diag.Warning, u.About("a condition of the approval of %q needs attention soon")
			f.Message = fmt.Sprintf("%s of the approval of %q is due on %s (%s)", what, u.ID.Value, due.Text, d.Ago())
		default:
			continue
		}
		out = append(out, f)
	}
	return out
}

// ForbiddenByStatus reports whether the status forbids the use with severity error, so that no other rule needs to run.
func ForbiddenByStatus(u *subject.Subject) bool {
	status := u.Attr("status").Text
	return subject.Blocked(status) && (!subject.WaivableStatus(status) || u.Policy.Rule(StatusForbids).Levels[u.Tier] == diag.Error)
}

// Overdue reports whether the approval or the review of a vendor is past its last day, whatever severity the rules have.
func Overdue(u *subject.Subject) bool {
	if !subject.Vetted(u.Attr("status")) {
		return false
	}
	if end := ApprovalEnd(u); !end.Date.IsZero() && end.Past {
		return true
	}
	_, last := u.LastReview()
	_, due := u.ReviewDue()
	return last.Known() && due.Past
}

// approvalInvalid implements VG-APR-004. An approval is invalid if it has no end, runs too long, lies in the future, or has
// too few approvers.
func approvalInvalid(u *subject.Subject) []subject.Fault {
	if u.Attr("status").Text == "pilot" {
		return u.NotAsked("a pilot has no approval")
	}
	u.Wants("today or earlier", "approval.approved_on")
	u.Wants(atMost(u.Policy, u.Tier, "approval_max_term")+" after approval.approved_on", "approval.expires")
	u.Wants(fmt.Sprintf("at least %d whom the policy lets approve, not counting whoever asked", u.Policy.Params.Number("approvers_needed", u.Tier).Value), "approval.approved_by")
	var out []subject.Fault
	for _, d := range u.ApprovalDefects() {
		out = append(out, subject.Fault{
			Pos: u.ID.Pos, Related: d.Related, Key: d.Key,
			Message: fmt.Sprintf("the approval of %q is not valid: %s", u.ID.Value, d.Message),
			Hint:    u.OwnerMust("correct %s.", u.Vendor.File),
		})
	}
	return out
}
