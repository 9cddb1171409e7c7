package rules

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
func statusForbids(u *Subject) []Fault {
	status := u.Fact("status")
	f := Fault{Pos: u.ID.Pos, Related: []diag.Related{u.Seen("status", "the status")}, Key: status.Text}
	f.Message = fmt.Sprintf("%q %s", u.ID.Value, u.inWords())
	switch status.Text {
	case "proposed", "in-review":
		f.Hint = fmt.Sprintf("Wait for the decision of %s.%s", u.Policy.Owner(), u.decision())
	case "pilot":
		if f.Message, f.Hint = u.outsidePilot(); f.Message == "" {
			return nil
		}
		f.Key = "pilot"
	case "deprecated":
		return u.deprecated(f)
	case "suspended":
		f.Everywhere = true
		f.Hint = fmt.Sprintf("Stop all calls%s and wait for %s.%s", u.rotate(), u.Policy.Owner(), u.Instead())
	case "denied", "retired":
		f.Everywhere = true
		f.Hint = fmt.Sprintf("Remove it; ask %s what to use.%s", u.Policy.Owner(), u.Instead())
	default:
		return nil
	}
	return []Fault{f}
}

// Blocked reports whether a status settles the matter, so that no other rule is asked.
func Blocked(status string) bool {
	return slices.Contains([]string{"proposed", "in-review", "suspended", "denied", "retired"}, status)
}

// WaivableStatus reports whether a waiver may cover a finding of VG-APR-001: never for a vendor that is shut out.
func WaivableStatus(status string) bool {
	return !slices.Contains([]string{"suspended", "denied", "retired"}, status)
}

// inWords is the status in words: is denied, or has been denied since a day, and why.
func (u *Subject) inWords() string {
	out := "is " + u.Fact("status").Text
	if since := u.Fact("status_since"); since.Known() {
		out = "has been " + u.Fact("status").Text + " since " + since.Text
	}
	return out + u.reason()
}

func (u *Subject) Instead() string {
	if by := u.Fact("replaced_by"); by.Known() {
		return fmt.Sprintf(" Use %s instead.", by.Text)
	}
	return ""
}

func (u *Subject) decision() string {
	if ref := u.Fact("approval.decision_ref"); ref.Known() && !u.Private() {
		return " It is being taken in " + ref.Text + "."
	}
	return ""
}

func (u *Subject) rotate() string {
	if len(u.Secrets) == 0 {
		return ""
	}
	return ", rotate " + strings.Join(u.Secrets, ", ")
}

// outsidePilot says what keeps a use out of a pilot; the message is empty if nothing does.
func (u *Subject) outsidePilot() (message, hint string) {
	until := u.Fact("pilot.until")
	var why []string
	if u.production() {
		why = append(why, "production is excluded")
	}
	for _, class := range u.Classes {
		if class != "public" && class != "synthetic" {
			why = append(why, class+" data is excluded")
		}
	}
	if repos := u.Fact("scope.repos"); !repos.Known() || !registry.MatchAny(repos, u.Repository) {
		why = append(why, "scope.repos does not name "+u.repositoryName())
	}
	switch {
	case !until.Known():
		why = append(why, "the record does not say until when (pilot.until)")
	case until.Day.Lapsed(u.Today.Instant, u.Today.Zone):
		why = append(why, "it ended on "+until.Text)
	}
	if len(why) == 0 {
		return "", ""
	}
	return fmt.Sprintf("%q is in a pilot that does not cover this use: %s", u.ID.Value, strings.Join(why, "; ")),
		fmt.Sprintf("Use test data outside production, in a repository of the pilot, or wait for the approval by %s.", u.Policy.Owner())
}

// deprecated forbids new uses at once, and existing ones after the sunset.
func (u *Subject) deprecated(f Fault) []Fault {
	sunset := u.Fact("sunset")
	f.Hint = fmt.Sprintf("Plan the move with %s.%s", u.Owners(), u.Instead())
	if sunset.Known() {
		d := u.LastDay(sunset.Day, "warn_before_sunset")
		f.Related = append(f.Related, u.Seen("sunset", "the last day"))
		if d.Past {
			f.Lapsed, f.Day = true, d
			f.Message += fmt.Sprintf("; its last day was %s (%s)", sunset.Text, d.Ago())
			f.Hint = fmt.Sprintf("Move now; ask %s.%s", u.Owners(), u.Instead())
			return []Fault{f}
		}
		f.Message += fmt.Sprintf("; it may be used through %s (%s)", sunset.Text, d.Ago())
	}
	if !u.Introduced {
		f.Cap = diag.Warning
	} else {
		f.Message += ", and this use is new or changed"
	}
	return []Fault{f}
}

// approvalLapsed: VG-APR-002.
func approvalLapsed(u *Subject) []Fault {
	expires := u.Fact("approval.expires")
	if !expires.Known() || u.Fact("status").Text == "pilot" {
		return nil // approvalInvalid speaks of a missing end
	}
	d := u.LastDay(expires.Day, "warn_before_lapse")
	f := Fault{
		Pos: u.ID.Pos, Related: []diag.Related{u.Seen("approval.expires", "the last day of the approval")},
		Hint: fmt.Sprintf("%s must renew it%s.%s", u.Owners(), u.RenewAt(), u.waiverHint()), Day: d,
	}
	switch {
	case d.Past:
		f.Lapsed = true
		f.Message = fmt.Sprintf("the approval of %q was valid through %s (%s)", u.ID.Value, expires.Text, d.Ago())
	case d.Near:
		f.Cap = diag.Warning
		f.Message = fmt.Sprintf("the approval of %q ends on %s (%s)", u.ID.Value, expires.Text, d.Ago())
		f.Hint = fmt.Sprintf("Nothing to change here; %s renews it%s.", u.Owners(), u.RenewAt())
	default:
		return nil
	}
	return []Fault{f}
}

// reviewOverdue: VG-APR-003. The cadence is the record's, but never longer than the policy's.
func reviewOverdue(u *Subject) []Fault {
	path, last := u.LastReview()
	if !last.Known() || u.Fact("status").Text == "pilot" {
		return nil
	}
	cadence, d := u.ReviewDue()
	words := "the last review"
	if path == "approval.approved_on" {
		words = "the approval, which counts as the first review"
	}
	related := []diag.Related{u.Seen(path, words), {Pos: cadence.Pos, Message: "the cadence of reviews"}}
	f := Fault{Pos: u.ID.Pos, Related: related}
	if last.Day.After(u.Today.Day) && path == "approval.last_review" { // approvalInvalid speaks of the other
		f.Message = fmt.Sprintf("the last review of %q is dated %s, which lies in the future", u.ID.Value, last.Text)
		f.Hint = fmt.Sprintf("%s must correct %s.", u.Owners(), u.Vendor.File)
		return []Fault{f}
	}
	f.Day = d
	f.Hint = fmt.Sprintf("%s must review it%s; no code change is needed.", u.Owners(), u.RenewAt())
	switch {
	case d.Past:
		f.Lapsed = true
		f.Message = fmt.Sprintf("the review of %q was due %s (%s)", u.ID.Value, d.Date, d.Ago())
	case d.Near:
		f.Cap = diag.Warning
		f.Message = fmt.Sprintf("the review of %q is due %s (%s)", u.ID.Value, d.Date, d.Ago())
	default:
		return nil
	}
	return []Fault{f}
}

// LastReview is the last review on record; the approval counts as the first one.
func (u *Subject) LastReview() (path string, last *attr.Value) {
	path = "approval.last_review"
	if last = u.Fact(path); last.State == attr.Absent {
		path = "approval.approved_on"
		last = u.Fact(path)
	}
	return path, last
}

// ReviewDue is the last day for the next review: the last one plus the cadence.
func (u *Subject) ReviewDue() (diag.At[scalar.Period], LastDay) {
	cadence := u.Policy.Params.Period("review_cadence", u.Tier)
	if own := u.Fact("approval.review_cadence"); own.Known() && own.Span.Compare(cadence.Value) < 0 {
		cadence = diag.At[scalar.Period]{Value: own.Span, Pos: own.Pos}
	}
	_, last := u.LastReview()
	return cadence, u.LastDay(last.Day.Plus(cadence.Value), "warn_before_lapse")
}

// approvalInvalid: VG-APR-004. An approval without an end, without enough approvers, from the future, or for too long
// is none.
func approvalInvalid(u *Subject) []Fault {
	if u.Fact("status").Text == "pilot" {
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
	on, end := u.Fact("approval.approved_on"), u.Fact("approval.expires")
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
	requested := u.Fact("approval.requested_by")
	for _, a := range u.Fact("approval.approved_by").Records {
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

// conditionOverdue: VG-APR-005.
func conditionOverdue(u *Subject) []Fault {
	var out []Fault
	for _, c := range u.Fact("approval.conditions").Records {
		due := c.Get("due")
		met := c.Get("met_on")
		early := met.Known() && met.Day.After(u.Today.Day) // met on a day to come is not met
		if c.Get("status").Text != "open" && !early || !due.Known() {
			continue
		}
		d := u.LastDay(due.Day, "warn_before_condition")
		f := Fault{
			Pos: u.ID.Pos, Related: []diag.Related{{Pos: due.Pos, Message: "the last day of the condition"}}, Key: c.Get("id").Text, Day: d,
			Hint: fmt.Sprintf("Close it in %s, or ask %s to move the date.", u.Vendor.File, u.Owners()),
		}
		switch {
		case d.Past:
			f.Lapsed = true
			f.Message = fmt.Sprintf("condition %q of the approval of %q was due %s (%s)", c.Get("text").Text, u.ID.Value, due.Text, d.Ago())
		case d.Near:
			f.Cap = diag.Warning
			f.Message = fmt.Sprintf("condition %q of the approval of %q is due %s (%s)", c.Get("text").Text, u.ID.Value, due.Text, d.Ago())
		default:
			continue
		}
		out = append(out, f)
	}
	return out
}

// Vetted reports whether a status says that the organisation has approved the vendor.
func Vetted(status *attr.Value) bool {
	return slices.Contains([]string{"approved", "conditional", "deprecated"}, status.Text)
}

// Settled reports whether the status forbids the use, and as an error: then nothing else needs to be asked.
func (u *Subject) Settled() bool {
	status := u.Fact("status").Text
	return Blocked(status) && (!WaivableStatus(status) || u.Policy.Rule("VG-APR-001").Levels[u.Tier] == diag.Error)
}

// Overdue reports whether the approval or the review of a vendor is past its last day, whatever the rules weigh.
func (u *Subject) Overdue() bool {
	if !Vetted(u.Fact("status")) {
		return false
	}
	if end := u.Fact("approval.expires"); end.Known() && end.Day.Lapsed(u.Today.Instant, u.Today.Zone) {
		return true
	}
	_, last := u.LastReview()
	_, due := u.ReviewDue()
	return last.Known() && due.Past
}
