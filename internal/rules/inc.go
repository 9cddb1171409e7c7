package rules

import (
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Rules about incidents.
const (
	SevereIncident = "VG-INC-001"
)

func incidentRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: SevereIncident, Title: "a severe incident is unresolved, or happened after the last review", Levels: tiered("EEWN"), Waivable: true},
			Judge:    severeIncident, Public: SentenceOnly,
		},
	}
}

// severeIncident implements VG-INC-001: a fault for incidents of severity sev1 or sev2 that are unresolved, and a warning for those that
// are over, but that nobody took into account in a review.
func severeIncident(u *subject.Subject) []subject.Fault {
	unresolved, unreviewed := u.Shortfalls(SevereIncident), u.Shortfalls(SevereIncident)
	_, reviewed := u.LastReview()
	if !u.Attr("incidents").Known() {
		return u.NotAsked("the record lists no incidents")
	}
	u.Wants("each of severity sev1 or sev2 resolved, and reviewed since", "incidents")
	for _, r := range u.Attr("incidents").Records {
		severity, on, resolved, late := r.Get("severity"), r.Get("date"), r.Get("resolved_on"), ""
		if severity.Text != "sev1" && severity.Text != "sev2" {
			continue
		}
		if hours, most := r.Get("notified_within_hours"), u.NoticeHours(); hours.Known() && most.Pos.File != "" && hours.Int > most.Value {
			late = fmt.Sprintf(", reported after %d hours (at most %d)", hours.Int, most.Value)
		}
		w := unreviewed
		switch {
		case !resolved.Known(), resolved.Day.After(u.Today.Day):
			w = unresolved
		case !on.Day.After(reviewed.Day) && !resolved.Day.After(reviewed.Day):
			continue
		}
		w.Reasons = append(w.Reasons, strings.TrimSpace(fmt.Sprintf("%s of %s %s", severity.Text, on.Text, r.Get("ref").Text))+late)
		w.Related = append(w.Related, diag.Related{Pos: severity.Pos, Message: "the incident"})
	}
	out := u.InPrivate("a severe incident at %q is unresolved", unresolved.Fault(u.About("a severe incident at %q is unresolved"), u.OwnerMust("follow it up with the vendor and record resolved_on when it is over, or suspend the vendor.")))
	return append(out, subject.WithLimit(diag.Warning, "review", u.InPrivate("%q had a severe incident that no review has taken into account", unreviewed.Fault(u.About("%q had a severe incident that no review has taken into account"), u.OwnerMust("review the vendor and set approval.last_review."))))...)
}
