package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Rules about the pilot.
const (
	PilotMissing    = "VG-PIL-001"
	PilotUnattacked = "VG-PIL-002"
)

func pilotRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: PilotMissing, Title: "the pilot is missing, incomplete, or over the limits", Levels: tiered("EEN-"), Waivable: true, Optional: true},
			Judge:    pilotMissing, Deadlines: pilotEnds, Public: SentenceOnly,
		},
		{
			RuleInfo: policy.RuleInfo{ID: PilotUnattacked, Title: "attack tests or breach drills are missing, failed or out of date", Levels: tiered("EW--"), Waivable: true, Optional: true},
			Judge:    pilotUnattacked, Deadlines: drillDue, Documents: pilotConsent, Public: SentenceOnly,
		},
	}
}

// pilotMissing implements VG-PIL-001. The organisation runs the pilot itself, so a missing result is a fault rather than unknown.
func pilotMissing(u *subject.Subject) []subject.Fault {
	if !u.Approved() {
		return u.NotAsked("the vendor is not approved")
	}
	w := u.Shortfalls(PilotMissing)
	end, on := u.Attr("pilot.period.end"), u.Attr("approval.approved_on")
	limit, _ := u.Limit("pilot_window")
	u.Wants("at most "+limit.Value.Words()+" before the approval", "pilot.period.end")
	dated := on.Known() && !on.Day.After(u.Today.Day) // VG-APR-004 reports one in the future
	switch {
	case !end.Known():
		w.Add("pilot.period.end", "there was no pilot")
		return u.InPrivate("the pilot of %q does not meet the policy", w.FaultSaying(u.About("there was no pilot of %q"), u.OwnerMust("run a pilot and attach the results.")))
	case dated && end.Day.After(on.Day):
		w.Add("pilot.period.end", "it ended on %s, after the approval on %s", end.Text, on.Text)
	case dated && on.Day.After(end.Day.Plus(limit.Value)):
		w.AddLimit("pilot.period.end", limit.Pos, "it ended on %s, more than %s before the approval on %s", end.Text, limit.Value.Words(), on.Text)
	}
	w.RequireRequests()
	w.RequireMeasured("pilot.latency_ms.p95", "pilot_p95_ms", "resilience.budget.p95_ms", "p95 latency", " ms")
	w.RequireMeasured("pilot.error_rate_pct", "pilot_error_rate_pct", "resilience.budget.error_rate_pct", "error rate", "%")
	w.RequireErrorHandling()
	w.RequireOnFile("pilot.evidence", "pilot.period.end", "its results are not on file")
	return u.InPrivate("the pilot of %q does not meet the policy", w.Fault(u.About("the pilot of %q does not meet the policy"), u.OwnerMust("run the pilot again and attach the results.")))
}

// pilotEnds returns the last day of the results of the pilot.
func pilotEnds(u *subject.Subject) []subject.Deadline {
	if !u.Approved() {
		return nil
	}
	return u.ExpiryOf(PilotMissing, "pilot.evidence")
}

// pilotUnattacked implements VG-PIL-002.
func pilotUnattacked(u *subject.Subject) []subject.Fault {
	if !u.Approved() {
		return u.NotAsked("the vendor is not approved")
	}
	w := u.Shortfalls(PilotUnattacked)
	u.Wants("one or more, none of which succeeded", "pilot.attacks")
	u.Wants("true", "pilot.vendor_authorised")
	u.Wants(strings.TrimSuffix("one or more, "+u.DrillLimits(), ", "), "pilot.breach_simulation")
	attacks, drills := u.Attr("pilot.attacks").Records, u.Attr("pilot.breach_simulation").Records
	if len(attacks) == 0 {
		w.Add("pilot.attacks", "no attack tests were run")
	} else if !u.Attr("pilot.vendor_authorised").True() {
		w.Add("pilot.vendor_authorised", "attack tests were run without the vendor's consent")
	}
	for _, a := range attacks {
		if result := a.Get("result"); result.Text == "succeeded" {
			w.Reasons = append(w.Reasons, "the attack "+a.Get("scenario").Text+" succeeded")
			w.Related = append(w.Related, diag.Related{Pos: result.Pos, Message: "in the record"})
		}
	}
	w.RequireEntries(attacks)
	if len(drills) == 0 {
		w.Add("pilot.breach_simulation", "no breach drill was run")
	}
	due := drillDue(u)
	requireDrills(w, drills, due)
	hint := u.OwnerMust("run attack tests and breach drills in the sandbox and attach the results.")
	out := u.InPrivate("the attack tests or breach drills of %q do not meet the policy", w.Fault(u.About("the attack tests and breach drills of %q do not meet the policy"), hint))
	return append(out, u.InPrivate("the breach drill of %q needs attention soon", u.DueSoon(due, "drill", fmt.Sprintf("the breach drill of %q", u.ID.Value), hint))...)
}

// requireDrills requires breach drills to measure their times and end in time, one with a leaked credential among them, and the last one to be recent.
func requireDrills(w *subject.Shortfalls, drills []*attr.Record, due []subject.Deadline) {
	for _, step := range []struct{ path, param, words string }{{"revoke_seconds", "breach_revoke_within", "revoked"}, {"recover_seconds", "breach_recover_within", "recovered"}} {
		limit, set := w.Subject.Limit(step.param)
		leaked := slices.ContainsFunc(drills, func(d *attr.Record) bool { return subject.LeakedCredential(d) && d.Get(step.path).Known() })
		if set && len(drills) > 0 && !leaked {
			w.Add("pilot.breach_simulation", "no breach drill with a leaked credential recorded how soon the vendor %s", step.words)
		}
		for _, drill := range drills {
			v, scenario := drill.Get(step.path), drill.Get("scenario").Text
			took := scalar.Period{Time: time.Duration(v.Int) * time.Second}
			switch {
			case !set || step.path == "revoke_seconds" && !subject.StolenCredential(drill): // there is nothing to revoke
				continue
			case v.Known() && took.Compare(limit.Value) > 0:
				w.Reasons = append(w.Reasons, fmt.Sprintf("%s: %s after %s (at most %s)", scenario, step.words, took.Words(), limit.Value.Words()))
			case !v.Known() && (leaked || !subject.LeakedCredential(drill)):
				w.Reasons = append(w.Reasons, fmt.Sprintf("%s: nobody recorded how soon the vendor %s", scenario, step.words))
			default:
				continue
			}
			w.Related = append(w.Related, diag.Related{Pos: v.Pos, Message: "in the record"}, diag.Related{Pos: limit.Pos, Message: "the policy's limit"})
		}
	}
	if len(due) > 0 && due[0].Past {
		limit, _ := w.Subject.Limit("breach_drill_max_age")
		w.Expired = due[0].LastDay
		w.Grace = "pilot_grace"
		w.Reasons = append(w.Reasons, fmt.Sprintf("the last breach drill was on %s (due again by %s)", due[0].At.Text, due[0].Date))
		w.Related = append(w.Related, diag.Related{Pos: due[0].At.Pos, Message: "in the record"}, diag.Related{Pos: limit.Pos, Message: "the policy's limit"})
	}
}

// drillDue returns the last day for the next breach drill. If the policy limits the time to revoke a credential, it is one with a leaked
// credential.
func drillDue(u *subject.Subject) []subject.Deadline {
	limit, set := u.Limit("breach_drill_max_age")
	_, timed := u.Limit("breach_revoke_within")
	var last *attr.Value
	for _, drill := range u.Attr("pilot.breach_simulation").Records {
		if timed && !subject.LeakedCredential(drill) {
			continue
		}
		if on := drill.Get("performed_on"); last == nil || on.Day.After(last.Day) {
			last = on
		}
	}
	if !set || last == nil || !last.Known() || !u.Approved() {
		return nil
	}
	return []subject.Deadline{{
		LastDay: u.LastDay(last.Day.Plus(limit.Value), "warn_before_lapse"), Rule: PilotUnattacked, Kind: inventory.Exercise, Item: "pilot.breach_simulation",
		Path: "pilot.breach_simulation[].performed_on", At: last, What: "the breach drill", Who: u.Policy.Owner(), Do: "Run the breach drill again in the sandbox and attach the results.",
	}}
}

// pilotConsent asks for the consent of the vendor.
func pilotConsent(*subject.Subject) []string {
	return []string{"Written consent to attack tests in a sandbox during the pilot."}
}
