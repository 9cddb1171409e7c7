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
			RuleInfo: policy.RuleInfo{ID: StatusForbids, Title: "the vendor's status does not permit the use", Levels: tiered("EEEE"), Waivable: true, AlwaysOn: true},
			Judge:    statusForbids, Deadlines: statusEnds, Actor: Approvers,
		},
		{
			RuleInfo: policy.RuleInfo{ID: ApprovalLapsed, Title: "the approval has lapsed", Levels: tiered("EEEE"), Waivable: true},
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

// statusForbids: VG-APR-001. What each status permits stands in one switch, in the order of the life cycle.
func statusForbids(u *Subject) []Fault {
	status := u.Attr("status")
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
	out := "is " + u.Attr("status").Text
	if since := u.Attr("status_since"); since.Known() {
		out = "has been " + u.Attr("status").Text + " since " + since.Text
	}
	return out + u.reason()
}

func (u *Subject) Instead() string {
	if by := u.Attr("replaced_by"); by.Known() {
		return fmt.Sprintf(" Use %s instead.", by.Text)
	}
	return ""
}

func (u *Subject) decision() string {
	if ref := u.Attr("approval.decision_ref"); ref.Known() && !u.Private() {
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

// statusEnds is the end of a pilot, or of a vendor that is deprecated.
func statusEnds(u *Subject) []Deadline {
	until, sunset := u.Attr("pilot.until"), u.Attr("sunset")
	var d Deadline
	switch status := u.Attr("status").Text; {
	case status == "pilot" && until.Known():
		d = u.deadlineFor(StatusForbids, inventory.Pilot, "pilot.until", until.Day, "warn_before_lapse")
		d.What, d.Do = "the pilot", "Decide on the vendor, or end the pilot."
	case status == "deprecated" && sunset.Known():
		d = u.deadlineFor(StatusForbids, inventory.Sunset, "sunset", sunset.Day, "warn_before_sunset")
		d.What, d.Do = "the use of the vendor", "Move every use away."+u.Instead()
	default:
		return nil
	}
	d.Who = u.Owners()
	return []Deadline{d}
}

// outsidePilot says what keeps a use out of a pilot; the message is empty if nothing does.
func (u *Subject) outsidePilot() (message, hint string) {
	var why []string
	if u.production() {
		why = append(why, "production is excluded")
	}
	for _, class := range u.Classes {
		if class != "public" && class != "synthetic" {
			why = append(why, class+" data is excluded")
		}
	}
	if repos := u.Attr("scope.repos"); !repos.Known() || !registry.MatchAny(repos, u.Repository) {
		why = append(why, "scope.repos does not name "+u.repositoryName())
	}
	if !u.Attr("pilot.until").Known() {
		why = append(why, "the record does not say until when (pilot.until)")
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
		fmt.Sprintf("Use test data outside production, in a repository of the pilot, or wait for the approval by %s.", u.Policy.Owner())
}

// deprecated forbids new uses at once, and existing ones after the sunset.
func (u *Subject) deprecated(f Fault) []Fault {
	f.Hint = fmt.Sprintf("Plan the move with %s.%s", u.Owners(), u.Instead())
	for _, end := range statusEnds(u) {
		d, sunset := end.LastDay, end.At
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
		f.MaxSeverity = diag.Warning
	} else {
		f.Message += ", and this use is new or changed"
	}
	return []Fault{f}
}

// approvalEnds is the last day of the approval. A pilot has an end of its own.
func approvalEnds(u *Subject) []Deadline {
	expires := u.Attr("approval.expires")
	if !expires.Known() || u.Attr("status").Text == "pilot" {
		return nil // approvalInvalid speaks of a missing end
	}
	d := u.deadlineFor(ApprovalLapsed, inventory.Approval, "approval.expires", expires.Day, "warn_before_lapse")
	d.What, d.Who, d.Do = "the approval", u.Owners(), "Renew it"+u.RenewAt()+"."
	return []Deadline{d}
}

// approvalLapsed: VG-APR-002.
func approvalLapsed(u *Subject) []Fault {
	ends := approvalEnds(u)
	if len(ends) == 0 {
		return nil
	}
	d, expires := ends[0].LastDay, ends[0].At
	f := Fault{
		Pos: u.ID.Pos, Related: []diag.Related{u.Seen("approval.expires", "the last day of the approval")},
		Hint: fmt.Sprintf("%s must renew it%s.%s", u.Owners(), u.RenewAt(), u.waiverHint()), Day: d,
	}
	switch {
	case d.Past:
		f.Lapsed = true
		f.Message = fmt.Sprintf("the approval of %q was valid through %s (%s)", u.ID.Value, expires.Text, d.Ago())
	case d.Near:
		f.MaxSeverity = diag.Warning
		f.Message = fmt.Sprintf("the approval of %q ends on %s (%s)", u.ID.Value, expires.Text, d.Ago())
		f.Hint = fmt.Sprintf("Nothing to change here; %s renews it%s.", u.Owners(), u.RenewAt())
	default:
		return nil
	}
	return []Fault{f}
}

// reviewsDue is the last day for the next review. A pilot ends before one is due.
func reviewsDue(u *Subject) []Deadline {
	path, last := u.LastReview()
	if !last.Known() || u.Attr("status").Text == "pilot" {
		return nil
	}
	_, due := u.ReviewDue()
	return []Deadline{{
		LastDay: due, Rule: ReviewOverdue, Kind: inventory.Review, Path: path, At: last, What: "the review",
		Who: u.Owners(), Do: "Review the vendor, and record the day in approval.last_review.",
	}}
}

// reviewOverdue: VG-APR-003. The cadence is the record's, but never longer than the policy's.
func reviewOverdue(u *Subject) []Fault {
	if len(reviewsDue(u)) == 0 {
		return nil
	}
	path, last := u.LastReview()
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
		f.MaxSeverity = diag.Warning
		f.Message = fmt.Sprintf("the review of %q is due %s (%s)", u.ID.Value, d.Date, d.Ago())
	default:
		return nil
	}
	return []Fault{f}
}

// LastReview is the last review on record; the approval counts as the first one.
func (u *Subject) LastReview() (path string, last *attr.Value) {
	path = "approval.last_review"
	if last = u.Attr(path); last.State == attr.Absent {
		path = "approval.approved_on"
		last = u.Attr(path)
	}
	return path, last
}

// ReviewDue is the last day for the next review: the last one plus the cadence.
func (u *Subject) ReviewDue() (diag.At[scalar.Period], LastDay) {
	cadence := u.Policy.Params.Period("review_cadence", u.Tier)
	if own := u.Attr("approval.review_cadence"); own.Known() && own.Span.Compare(cadence.Value) < 0 {
		cadence = diag.At[scalar.Period]{Value: own.Span, Pos: own.Pos}
	}
	_, last := u.LastReview()
	return cadence, u.LastDay(last.Day.Plus(cadence.Value), "warn_before_lapse")
}

// conditionsDue are the last days of the conditions that are open.
func conditionsDue(u *Subject) []Deadline {
	var out []Deadline
	for _, c := range u.Attr("approval.conditions").Records {
		id, due, met := c.Get("id").Text, c.Get("due"), c.Get("met_on")
		early := met.Known() && met.Day.After(u.Today.Day) // met on a day to come is not met
		if c.Get("status").Text != "open" && !early || !due.Known() {
			continue
		}
		out = append(out, Deadline{
			LastDay: u.LastDay(due.Day, "warn_before_condition"), Rule: ConditionOverdue, Kind: inventory.Condition, Item: id,
			Path: "approval.conditions[" + id + "].due", At: due, What: fmt.Sprintf("the condition %q", c.Get("text").Text),
			Who: u.Owners(), Do: fmt.Sprintf("Meet the condition %q and close it in the record, or move its date.", c.Get("text").Text),
		})
	}
	return out
}

// conditionOverdue: VG-APR-005.
func conditionOverdue(u *Subject) []Fault {
	var out []Fault
	for _, open := range conditionsDue(u) {
		d, due, what := open.LastDay, open.At, strings.TrimPrefix(open.What, "the ")
		f := Fault{
			Pos: u.ID.Pos, Related: []diag.Related{{Pos: due.Pos, Message: "the last day of the condition"}}, Key: open.Item, Day: d,
			Hint: fmt.Sprintf("Close it in %s, or ask %s to move the date.", u.Vendor.File, u.Owners()),
		}
		switch {
		case d.Past:
			f.Lapsed = true
			f.Message = fmt.Sprintf("%s of the approval of %q was due %s (%s)", what, u.ID.Value, due.Text, d.Ago())
		case d.Near:
			f.MaxSeverity = diag.Warning
			f.Message = fmt.Sprintf("%s of the approval of %q is due %s (%s)", what, u.ID.Value, due.Text, d.Ago())
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
	status := u.Attr("status").Text
	return Blocked(status) && (!WaivableStatus(status) || u.Policy.Rule(StatusForbids).Levels[u.Tier] == diag.Error)
}

// Overdue reports whether the approval or the review of a vendor is past its last day, whatever the rules weigh.
func (u *Subject) Overdue() bool {
	if !Vetted(u.Attr("status")) {
		return false
	}
	if end := u.Attr("approval.expires"); end.Known() && end.Day.Lapsed(u.Today.Instant, u.Today.Zone) {
		return true
	}
	_, last := u.LastReview()
	_, due := u.ReviewDue()
	return last.Known() && due.Past
}
