package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// statusForbids: VG-APR-001. What each status permits stands in one switch, in the order of the life cycle.
func statusForbids(u *use) []fault {
	status := u.get("status")
	f := fault{pos: u.ID.Pos, related: []diag.Related{u.seen("status", "the status")}, key: status.Text}
	f.message = fmt.Sprintf("%q %s", u.ID.Value, u.standing())
	switch status.Text {
	case "proposed", "in-review":
		f.hint = fmt.Sprintf("Wait for the decision of %s.%s", u.policy.owner(), u.decision())
	case "pilot":
		if f.message, f.hint = u.outsidePilot(); f.message == "" {
			return nil
		}
		f.key = "pilot"
	case "deprecated":
		return u.deprecated(f)
	case "suspended":
		f.everywhere = true
		f.hint = fmt.Sprintf("Stop all calls%s and wait for %s.%s", u.rotate(), u.policy.owner(), u.instead())
	case "denied", "retired":
		f.everywhere = true
		f.hint = fmt.Sprintf("Remove it; ask %s what to use.%s", u.policy.owner(), u.instead())
	default:
		return nil
	}
	return []fault{f}
}

// blocked reports whether a status settles the matter, so that no other rule is asked.
func blocked(status string) bool {
	return slices.Contains([]string{"proposed", "in-review", "suspended", "denied", "retired"}, status)
}

// waivable reports whether a waiver may cover a finding of VG-APR-001: never for a vendor that is shut out.
func waivableStatus(status string) bool {
	return !slices.Contains([]string{"suspended", "denied", "retired"}, status)
}

// standing is the status in words: is denied, or has been denied since a day, and why.
func (u *use) standing() string {
	out := "is " + u.get("status").Text
	if since := u.get("status_since"); since.Known() {
		out = "has been " + u.get("status").Text + " since " + since.Text
	}
	return out + u.reason()
}

func (u *use) instead() string {
	if by := u.get("replaced_by"); by.Known() {
		return fmt.Sprintf(" Use %s instead.", by.Text)
	}
	return ""
}

func (u *use) decision() string {
	if ref := u.get("approval.decision_ref"); ref.Known() && !u.private() {
		return " It is being taken in " + ref.Text + "."
	}
	return ""
}

func (u *use) rotate() string {
	if len(u.Secrets) == 0 {
		return ""
	}
	return ", rotate " + strings.Join(u.Secrets, ", ")
}

// outsidePilot says what keeps a use out of a pilot; the message is empty if nothing does.
func (u *use) outsidePilot() (message, hint string) {
	until := u.get("pilot.until")
	var why []string
	if u.production() {
		why = append(why, "production is excluded")
	}
	for _, class := range u.classes {
		if class != "public" && class != "synthetic" {
			why = append(why, class+" data is excluded")
		}
	}
	if repos := u.get("scope.repos"); !repos.Known() || !registry.MatchAny(repos, u.repository) {
		why = append(why, "scope.repos does not name "+u.repositoryName())
	}
	switch {
	case !until.Known():
		why = append(why, "the record does not say until when (pilot.until)")
	case until.Day.Lapsed(u.today.Instant, u.today.Zone):
		why = append(why, "it ended on "+until.Text)
	}
	if len(why) == 0 {
		return "", ""
	}
	return fmt.Sprintf("%q is in a pilot that does not cover this use: %s", u.ID.Value, strings.Join(why, "; ")),
		fmt.Sprintf("Use test data outside production, in a repository of the pilot, or wait for the approval by %s.", u.policy.owner())
}

// deprecated forbids new uses at once, and existing ones after the sunset.
func (u *use) deprecated(f fault) []fault {
	sunset := u.get("sunset")
	f.hint = fmt.Sprintf("Plan the move with %s.%s", u.owners(), u.instead())
	if sunset.Known() {
		d := u.deadline(sunset.Day, "warn_before_sunset")
		f.related = append(f.related, u.seen("sunset", "the last day"))
		if d.past {
			f.lapsed, f.day = true, d
			f.message += fmt.Sprintf("; its last day was %s (%s)", sunset.Text, d.ago())
			f.hint = fmt.Sprintf("Move now; ask %s.%s", u.owners(), u.instead())
			return []fault{f}
		}
		f.message += fmt.Sprintf("; it may be used through %s (%s)", sunset.Text, d.ago())
	}
	if !u.introduced {
		f.most = diag.Warning
	} else {
		f.message += ", and this use is new or changed"
	}
	return []fault{f}
}

// approvalLapsed: VG-APR-002.
func approvalLapsed(u *use) []fault {
	expires := u.get("approval.expires")
	if !expires.Known() || u.get("status").Text == "pilot" {
		return nil // approvalInvalid speaks of a missing end
	}
	d := u.deadline(expires.Day, "warn_before_lapse")
	f := fault{
		pos: u.ID.Pos, related: []diag.Related{u.seen("approval.expires", "the last day of the approval")},
		hint: fmt.Sprintf("%s must renew it%s.%s", u.owners(), u.renewAt(), u.waiverHint()), day: d,
	}
	switch {
	case d.past:
		f.lapsed = true
		f.message = fmt.Sprintf("the approval of %q was valid through %s (%s)", u.ID.Value, expires.Text, d.ago())
	case d.near:
		f.most = diag.Warning
		f.message = fmt.Sprintf("the approval of %q ends on %s (%s)", u.ID.Value, expires.Text, d.ago())
		f.hint = fmt.Sprintf("Nothing to change here; %s renews it%s.", u.owners(), u.renewAt())
	default:
		return nil
	}
	return []fault{f}
}

// reviewOverdue: VG-APR-003. The cadence is the record's, but never longer than the policy's.
func reviewOverdue(u *use) []fault {
	path, last := u.lastReview()
	if !last.Known() || u.get("status").Text == "pilot" {
		return nil
	}
	cadence, d := u.reviewDue()
	words := "the last review"
	if path == "approval.approved_on" {
		words = "the approval, which counts as the first review"
	}
	related := []diag.Related{u.seen(path, words), {Pos: cadence.Pos, Message: "the cadence of reviews"}}
	f := fault{pos: u.ID.Pos, related: related}
	if last.Day.After(u.today.Day) && path == "approval.last_review" { // approvalInvalid speaks of the other
		f.message = fmt.Sprintf("the last review of %q is dated %s, which lies in the future", u.ID.Value, last.Text)
		f.hint = fmt.Sprintf("%s must correct %s.", u.owners(), u.vendor.File)
		return []fault{f}
	}
	f.day = d
	f.hint = fmt.Sprintf("%s must review it%s; no code change is needed.", u.owners(), u.renewAt())
	switch {
	case d.past:
		f.lapsed = true
		f.message = fmt.Sprintf("the review of %q was due %s (%s)", u.ID.Value, d.Date, d.ago())
	case d.near:
		f.most = diag.Warning
		f.message = fmt.Sprintf("the review of %q is due %s (%s)", u.ID.Value, d.Date, d.ago())
	default:
		return nil
	}
	return []fault{f}
}

// lastReview is the last review on record; the approval counts as the first one.
func (u *use) lastReview() (path string, last *attr.Value) {
	path = "approval.last_review"
	if last = u.get(path); last.State == attr.Absent {
		path = "approval.approved_on"
		last = u.get(path)
	}
	return path, last
}

// reviewDue is the last day for the next review: the last one plus the cadence.
func (u *use) reviewDue() (diag.At[scalar.Period], day) {
	cadence := u.policy.Params.period("review_cadence", u.tier)
	if own := u.get("approval.review_cadence"); own.Known() && own.Span.Compare(cadence.Value) < 0 {
		cadence = diag.At[scalar.Period]{Value: own.Span, Pos: own.Pos}
	}
	_, last := u.lastReview()
	return cadence, u.deadline(last.Day.Plus(cadence.Value), "warn_before_lapse")
}

// approvalInvalid: VG-APR-004. An approval without an end, without enough approvers, from the future, or for too long
// is none.
func approvalInvalid(u *use) []fault {
	if u.get("status").Text == "pilot" {
		return nil
	}
	var out []fault
	for _, d := range u.approvalDefects() {
		out = append(out, fault{
			pos: u.ID.Pos, related: d.related, key: d.key,
			message: fmt.Sprintf("the approval of %q is not valid: %s", u.ID.Value, d.message),
			hint:    fmt.Sprintf("Nothing is wrong with your change; %s must correct %s.", u.policy.owner(), u.vendor.File),
		})
	}
	return out
}

// approvalDefects is what keeps an approval from being one.
func (u *use) approvalDefects() []defect {
	var out []defect
	add := func(key, path, message string, more ...diag.Related) {
		at := u.seen(path, "the approval")
		out = append(out, defect{pos: at.Pos, related: append([]diag.Related{at}, more...), key: key, message: message})
	}
	on, end := u.get("approval.approved_on"), u.get("approval.expires")
	if !end.Known() {
		add("expires", "approval.expires", "it does not say until when it holds (approval.expires)")
	}
	switch {
	case !on.Known():
		add("approved_on", "approval.approved_on", "it does not say since when it holds (approval.approved_on)")
	case on.Day.After(u.today.Day):
		add("future", "approval.approved_on", fmt.Sprintf("it is dated %s, which lies in the future", on.Text))
	case end.Known():
		term := u.policy.Params.period("approval_max_term", u.tier)
		if end.Day.After(on.Day.Plus(term.Value)) {
			add("term", "approval.expires", fmt.Sprintf("it runs from %s to %s, and a tier-%d use may be approved for %s at most", on.Text, end.Text, u.tier, term.Value.Words()),
				diag.Related{Pos: term.Pos, Message: "the policy's limit"})
		}
	}
	approvers := u.approvers(add)
	if need := u.policy.Params.number("approvers_needed", u.tier); approvers < need.Value {
		add("approvers", "approval.approved_by", fmt.Sprintf("it has %s, and a tier-%d use needs %d", people(approvers), u.tier, need.Value), diag.Related{Pos: need.Pos, Message: "the policy's number"})
	}
	return out
}

func people(n int) string {
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
func (u *use) approvers(add func(key, path, message string, more ...diag.Related)) int {
	var people []string
	requested := u.get("approval.requested_by")
	for _, a := range u.get("approval.approved_by").Records {
		user, role := a.Get("user"), a.Get("role")
		switch {
		case !user.Known() || !role.Known():
		case requested.Known() && strings.EqualFold(user.Text, requested.Text):
			add("self:"+user.Text, "approval.approved_by", user.Text+" approved what they asked for themselves (approval.requested_by)", diag.Related{Pos: user.Pos, Message: "the approver"})
		case !u.policy.mayApprove(user.Text, role.Text):
			add("role:"+user.Text, "approval.approved_by", fmt.Sprintf("%s may not approve as %s", user.Text, role.Text), diag.Related{Pos: user.Pos, Message: "the approver"})
		case !slices.Contains(people, strings.ToLower(user.Text)):
			people = append(people, strings.ToLower(user.Text))
		}
	}
	return len(people)
}

// conditionOverdue: VG-APR-005.
func conditionOverdue(u *use) []fault {
	var out []fault
	for _, c := range u.get("approval.conditions").Records {
		due := c.Get("due")
		met := c.Get("met_on")
		early := met.Known() && met.Day.After(u.today.Day) // met on a day to come is not met
		if c.Get("status").Text != "open" && !early || !due.Known() {
			continue
		}
		d := u.deadline(due.Day, "warn_before_condition")
		f := fault{
			pos: u.ID.Pos, related: []diag.Related{{Pos: due.Pos, Message: "the last day of the condition"}}, key: c.Get("id").Text, day: d,
			hint: fmt.Sprintf("Close it in %s, or ask %s to move the date.", u.vendor.File, u.owners()),
		}
		switch {
		case d.past:
			f.lapsed = true
			f.message = fmt.Sprintf("condition %q of the approval of %q was due %s (%s)", c.Get("text").Text, u.ID.Value, due.Text, d.ago())
		case d.near:
			f.most = diag.Warning
			f.message = fmt.Sprintf("condition %q of the approval of %q is due %s (%s)", c.Get("text").Text, u.ID.Value, due.Text, d.ago())
		default:
			continue
		}
		out = append(out, f)
	}
	return out
}

// vetted reports whether a status says that the organisation has approved the vendor.
func vetted(status *attr.Value) bool {
	return slices.Contains([]string{"approved", "conditional", "deprecated"}, status.Text)
}
