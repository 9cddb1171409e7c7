package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
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
			RuleInfo: policy.RuleInfo{ID: StatusForbids, Title: "the vendor's status does not allow this use", Levels: tiered("EEEE"), Waivable: true, AlwaysOn: true},
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
			Judge:    approvalInvalid, Actor: Approvers,
		},
		{
			RuleInfo: policy.RuleInfo{ID: ConditionOverdue, Title: "a condition of the approval is overdue", Levels: tiered("EEEE"), Waivable: true},
			Judge:    conditionOverdue, Deadlines: conditionsDue, Actor: Approvers, Public: TitleOnly,
		},
	}
}

// statusForbids implements VG-APR-001. The switch follows the order of the life cycle.
func statusForbids(u *Subject) []Fault {
	status := u.Attr("status")
	f := Fault{Pos: u.ID.Pos, Related: []diag.Related{u.relatedTo("status", "the status")}, Key: status.Text}
	f.Message = fmt.Sprintf("%q %s", u.ID.Value, u.inWords())
	switch status.Text {
	case "proposed", "in-review":
		f.Hint = fmt.Sprintf("Wait for %s to decide.%s", u.Policy.Owner(), u.decision())
	case "pilot":
		if f.Message, f.Hint = u.outsidePilot(); f.Message == "" {
			return nil
		}
		f.Key = "pilot"
	case "deprecated":
		return u.deprecated(f)
	case "suspended":
		f.Everywhere = true
		f.Hint = fmt.Sprintf("Stop all calls%s, and wait for %s to lift the suspension.%s", u.rotate(), u.Policy.Owner(), u.replacement())
	case "denied", "retired":
		f.Everywhere = true
		f.Hint = fmt.Sprintf("Remove the vendor, and ask %s for an alternative.%s", u.Policy.Owner(), u.replacement())
	default:
		return nil
	}
	return []Fault{f}
}

// Blocked reports whether a status forbids every use, so that no other rule needs to run.
func Blocked(status string) bool {
	return slices.Contains([]string{"proposed", "in-review", "suspended", "denied", "retired"}, status)
}

// WaivableStatus reports whether a waiver may cover a finding of VG-APR-001: never for a suspended, denied or retired vendor.
func WaivableStatus(status string) bool {
	return !slices.Contains([]string{"suspended", "denied", "retired"}, status)
}

// inWords describes the status, its date and its reason, such as: has been denied since 2026-05-01: unsafe.
func (u *Subject) inWords() string {
	out := "is " + u.Attr("status").Text
	if since := u.Attr("status_since"); since.Known() {
		out = "has been " + u.Attr("status").Text + " since " + since.Text
	}
	return out + u.reason()
}

// replacement names the vendor to use instead, as a sentence with a space before it; empty if there is none.
func (u *Subject) replacement() string {
	if by := u.Attr("replaced_by"); by.Known() {
		return fmt.Sprintf(" Use %s instead.", by.Text)
	}
	return ""
}

func (u *Subject) decision() string {
	if ref := u.Attr("approval.decision_ref"); ref.Known() && !u.Private() {
		return " " + ref.Text + " tracks the decision."
	}
	return ""
}

func (u *Subject) rotate() string {
	if len(u.Secrets) == 0 {
		return ""
	}
	return ", rotate " + strings.Join(u.Secrets, ", ")
}

// statusEnds returns the last day of a pilot, or of a deprecated vendor.
func statusEnds(u *Subject) []Deadline {
	until, sunset := u.Attr("pilot.until"), u.Attr("sunset")
	var d Deadline
	switch status := u.Attr("status").Text; {
	case status == "pilot" && until.Known():
		d = u.deadlineFor(StatusForbids, inventory.Pilot, "pilot.until", until.Day, "warn_before_lapse")
		d.What, d.Do = "the pilot", "Approve or deny the vendor, or end the pilot."
	case status == "deprecated" && sunset.Known():
		d = u.deadlineFor(StatusForbids, inventory.Sunset, "sunset", sunset.Day, "warn_before_sunset")
		d.What, d.Do = "the use of the vendor", "Move every use to another vendor."+u.replacement()
	default:
		return nil
	}
	d.Who = u.Owners()
	return []Deadline{d}
}

// outsidePilot explains why a pilot does not cover a use; the message is empty if it does.
func (u *Subject) outsidePilot() (message, hint string) {
	var why []string
	if u.production() {
		why = append(why, "it excludes production")
	}
	for _, class := range u.Classes {
		if class != "public" && class != "synthetic" {
			why = append(why, "it excludes "+class+" data")
		}
	}
	if repos := u.Attr("scope.repos"); !repos.Known() || !registry.NamesRepository(repos, u.Repository) {
		why = append(why, "scope.repos does not include "+u.repositoryName())
	}
	if !u.Attr("pilot.until").Known() {
		why = append(why, "it has no end date (pilot.until)")
	}
	for _, end := range statusEnds(u) {
		if end.Past {
			why = append(why, "it ended on "+end.At.Text)
		}
	}
	if len(why) == 0 {
		return "", ""
	}
	return fmt.Sprintf("%q is in a pilot that does not cover this use: %s", u.ID.Value, strings.Join(why, "; ")),
		fmt.Sprintf("Use the vendor only outside production, with test data and in a pilot repository, or wait for %s to approve it.", u.Policy.Owner())
}

// deprecated reports new uses immediately, and existing ones after the sunset.
func (u *Subject) deprecated(f Fault) []Fault {
	f.Hint = fmt.Sprintf("Plan the migration with %s.%s", u.Owners(), u.replacement())
	for _, end := range statusEnds(u) {
		d, sunset := end.LastDay, end.At
		f.Related = append(f.Related, u.relatedTo("sunset", "the last day"))
		if d.Past {
			f.Lapsed, f.Day = true, d
			f.Message += fmt.Sprintf("; its last day was %s (%s)", sunset.Text, d.Ago())
			f.Hint = fmt.Sprintf("Stop using it now, and ask %s for help.%s", u.Owners(), u.replacement())
			return []Fault{f}
		}
		f.Message += fmt.Sprintf("; its last day is %s (%s)", sunset.Text, d.Ago())
	}
	if !u.Introduced {
		f.MaxSeverity = diag.Warning
	} else {
		f.Message += "; this use is new or changed"
	}
	return []Fault{f}
}

// ApprovalEnd returns the last day of the approval. Its date is zero if there is none, also if the approval runs too long and is
// not over: VG-APR-004 then fails at once.
func (u *Subject) ApprovalEnd() LastDay {
	end := u.LastDay(u.Attr("approval.expires").Day, "warn_before_lapse")
	if _, tooLong := u.tooLong(); tooLong && !end.Past && u.Policy.Rule(ApprovalInvalid).Levels[u.Tier] == diag.Error {
		return LastDay{}
	}
	return end
}

// approvalEnds returns the last day of the approval. A pilot has its own end, see statusEnds.
func approvalEnds(u *Subject) []Deadline {
	end := u.ApprovalEnd()
	if end.Date.IsZero() || u.Attr("status").Text == "pilot" {
		return nil // approvalInvalid reports it
	}
	const path = "approval.expires"
	d := Deadline{LastDay: end, Rule: ApprovalLapsed, Kind: inventory.Approval, Path: path, At: u.Attr(path)}
	d.What, d.Who, d.Do = "the approval", u.Owners(), "Renew the approval"+u.RenewAt()+"."
	return []Deadline{d}
}

// approvalLapsed implements VG-APR-002.
func approvalLapsed(u *Subject) []Fault {
	ends := approvalEnds(u)
	if len(ends) == 0 {
		return nil
	}
	d, expires := ends[0].LastDay, ends[0].At
	f := Fault{
		Pos: u.ID.Pos, Related: []diag.Related{u.relatedTo("approval.expires", "the last day of the approval")},
		Hint: must(u.Owners(), "renew the approval%s.%s", u.RenewAt(), u.waiverHint()), Day: d,
	}
	switch {
	case d.Past:
		f.Lapsed = true
		f.Message = fmt.Sprintf("the approval of %q expired on %s (%s)", u.ID.Value, expires.Text, d.Ago())
	case d.Near:
		f.MaxSeverity = diag.Warning
		f.Message = fmt.Sprintf("the approval of %q expires on %s (%s)", u.ID.Value, expires.Text, d.Ago())
		f.Hint = must(u.Owners(), "renew the approval%s. No code change is needed.", u.RenewAt())
	default:
		return nil
	}
	return []Fault{f}
}

// reviewsDue returns the last day for the next review. A pilot needs none, and a review in the future does not count.
func reviewsDue(u *Subject) []Deadline {
	path, last := u.LastReview()
	if !last.Known() || last.Day.After(u.Today.Day) || u.Attr("status").Text == "pilot" {
		return nil
	}
	_, due := u.ReviewDue()
	return []Deadline{{
		LastDay: due, Rule: ReviewOverdue, Kind: inventory.Review, Path: path, At: last, What: "the review",
		Who: u.Owners(), Do: "Review the vendor and set approval.last_review.",
	}}
}

// reviewOverdue implements VG-APR-003. A record can shorten the review cadence of the policy but not extend it.
func reviewOverdue(u *Subject) []Fault {
	path, last := u.LastReview()
	future := u.ReviewedInFuture()
	if len(reviewsDue(u)) == 0 && !future {
		return nil
	}
	cadence, d := u.ReviewDue()
	words := "the last review"
	if path == "approval.approved_on" {
		words = "the approval, which counts as the first review"
	}
	related := []diag.Related{u.relatedTo(path, words), {Pos: cadence.Pos, Message: "the review cadence"}}
	f := Fault{Pos: u.ID.Pos, Related: related}
	if future {
		f.Message = fmt.Sprintf("the last review of %q is dated %s, which is in the future", u.ID.Value, last.Text)
		f.Hint = must(u.Owners(), "correct approval.last_review in %s. No code change is needed.", u.Vendor.File)
		return []Fault{f}
	}
	f.Day = d
	f.Hint = must(u.Owners(), "review the vendor and record the date%s. No code change is needed.", u.RenewAt())
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
	return []Fault{f}
}

// LastReview returns the date of the last review; the approval counts as the first one.
func (u *Subject) LastReview() (path string, last *attr.Value) {
	path = "approval.last_review"
	if last = u.Attr(path); last.State == attr.Absent {
		path = "approval.approved_on"
		last = u.Attr(path)
	}
	return path, last
}

// ReviewedInFuture reports whether the record dates the last review in the future. approvalInvalid reports such an approval.
func (u *Subject) ReviewedInFuture() bool {
	path, last := u.LastReview()
	return path == "approval.last_review" && last.Known() && last.Day.After(u.Today.Day) && u.Attr("status").Text != "pilot"
}

// ReviewDue returns the last day for the next review: the last review plus the cadence.
func (u *Subject) ReviewDue() (diag.At[scalar.Period], LastDay) {
	cadence := u.Policy.Params.Period("review_cadence", u.Tier)
	if own := u.Attr("approval.review_cadence"); own.Known() && own.Span.Compare(cadence.Value) < 0 {
		cadence = diag.At[scalar.Period]{Value: own.Span, Pos: own.Pos}
	}
	_, last := u.LastReview()
	return cadence, u.LastDay(last.Day.Plus(cadence.Value), "warn_before_lapse")
}

// conditionsDue returns the due dates of open conditions.
func conditionsDue(u *Subject) []Deadline {
	var out []Deadline
	for _, c := range u.Attr("approval.conditions").Records {
		id, due, met := c.Get("id").Text, c.Get("due"), c.Get("met_on")
		early := met.Known() && met.Day.After(u.Today.Day) // a condition met in the future is not met yet
		if c.Get("status").Text != "open" && !early || !due.Known() {
			continue
		}
		out = append(out, Deadline{
			LastDay: u.LastDay(due.Day, "warn_before_condition"), Rule: ConditionOverdue, Kind: inventory.Condition, Item: id,
			Path: "approval.conditions[" + id + "].due", At: due, What: fmt.Sprintf("the condition %q", c.Get("text").Text),
			Who: u.Owners(), Do: fmt.Sprintf("Meet the condition %q and close it in the record, or move its due date.", c.Get("text").Text),
		})
	}
	return out
}

// conditionOverdue implements VG-APR-005.
func conditionOverdue(u *Subject) []Fault {
	var out []Fault
	for _, open := range conditionsDue(u) {
		d, due, what := open.LastDay, open.At, strings.TrimPrefix(open.What, "the ")
		f := Fault{
			Pos: u.ID.Pos, Related: []diag.Related{{Pos: due.Pos, Message: "the last day of the condition"}}, Key: open.Item, Day: d,
			Hint: fmt.Sprintf("Meet the condition and close it in %s, or ask %s to move its due date.", u.Vendor.File, u.Owners()),
		}
		switch {
		case d.Past:
			f.Lapsed = true
			f.Message = fmt.Sprintf("%s of the approval of %q was due on %s (%s)", what, u.ID.Value, due.Text, d.Ago())
		case d.Near:
			f.MaxSeverity = diag.Warning
			f.Message = fmt.Sprintf("%s of the approval of %q is due on %s (%s)", what, u.ID.Value, due.Text, d.Ago())
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

// ForbiddenByStatus reports whether the status forbids the use with severity error, so that no other rule needs to run.
func (u *Subject) ForbiddenByStatus() bool {
	status := u.Attr("status").Text
	return Blocked(status) && (!WaivableStatus(status) || u.Policy.Rule(StatusForbids).Levels[u.Tier] == diag.Error)
}

// Overdue reports whether the approval or the review of a vendor is past its last day, whatever severity the rules have.
func (u *Subject) Overdue() bool {
	if !Vetted(u.Attr("status")) {
		return false
	}
	if end := u.ApprovalEnd(); !end.Date.IsZero() && end.Past {
		return true
	}
	_, last := u.LastReview()
	_, due := u.ReviewDue()
	return last.Known() && due.Past
}
