package rules

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Rules about leaving a vendor.
const (
	NoWayOut = "VG-EXT-001"
)

func exitRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: NoWayOut, Title: "the record shows no workable way to leave the vendor", Levels: tiered("EEW-"), Waivable: true, Optional: true},
			Judge:    noWayOut, Deadlines: exitEnds, Documents: exitTerms,
		},
	}
}

// noWayOut implements VG-EXT-001.
func noWayOut(u *subject.Subject) []subject.Fault {
	w := u.Shortfalls(NoWayOut)
	api := u.Attr("exit.export.api")
	u.Wants("one or more, such as json or csv; or an export by API", "exit.export.formats")
	u.Wants("a period", "exit.data_return_or_deletion")
	formats, known := w.Claim("exit.export.formats")
	if known && len(formats.Items) == 0 && !api.True() {
		w.Add("exit.export.formats", "no machine-readable export")
	} else if known {
		w.RequireAtMost("exit.export.deadline", "export_deadline", "an export takes")
	}
	if !u.Attr("exit.data_return_or_deletion").Known() {
		w.Add("exit.data_return_or_deletion", "no deadline for returning or deleting data")
	}
	if limit, set := u.Limit("exit_transition"); set {
		u.Wants("at least "+limit.Value.Words(), "exit.transition")
		switch transition := u.Attr("exit.transition"); {
		case !transition.Known():
			w.Add("exit.transition", "no transition period")
		case transition.Span.Compare(limit.Value) < 0:
			w.AddLimit("exit.transition", limit.Pos, "a transition period of %s (at least %s)", transition.Span.Words(), limit.Value.Words())
		}
	}
	w.NeedSince(0, "agree with the vendor on an export and the terms of leaving")
	if len(u.Attr("exit.alternatives").Items) == 0 && !u.Get("exit.fallback_vendor").Known() {
		u.Wants("not not-substitutable, unless there is an alternative", "risk.substitutability")
		if hard, ok := w.Claim("risk.substitutability"); ok && hard.Text == "not-substitutable" {
			w.Add("exit.alternatives", "no alternative, although the vendor is hard to replace")
			w.Need("name an alternative")
		}
	}
	due := exitTestDue(u)
	if _, set := u.Limit("exit_plan_test_max_age"); set {
		before := len(w.Reasons)
		w.RequireOnFile("exit.plan", "", "no exit plan")
		w.NeedSince(before, "write an exit plan and record it as evidence")
		if u.Attr("exit.plan").Known() {
			w.RequireRecent(due, "exit.plan_tested_on", "exit_plan_test_max_age", "the exit plan was last tested on", "the exit plan was never tested")
		}
		w.NeedSince(before, "test the exit plan")
	}
	start, hint := "there is no workable exit from %q", u.OwnerMust("%s, and record the result in %s.", w.Needs(""), u.Vendor.File)
	if len(w.Reasons) == 1 && w.Expired.Past {
		start, hint = "the exit plan of %q must be tested again", u.OwnerMust("test the exit plan again.")
	}
	return append(w.Fault(u.About(start), hint),
		u.DueSoon(due, "plan", fmt.Sprintf("the exit plan test of %q", u.ID.Value), u.OwnerMust("test the exit plan again."))...)
}

// exitEnds returns the last day for the next exit plan test, and that of the plan.
func exitEnds(u *subject.Subject) []subject.Deadline {
	out := exitTestDue(u)
	if _, set := u.Limit("exit_plan_test_max_age"); set {
		out = append(out, u.ExpiryOf(NoWayOut, "exit.plan")...)
	}
	return out
}

// exitTestDue returns the last day for the next exit plan test.
func exitTestDue(u *subject.Subject) []subject.Deadline {
	if !u.Attr("exit.plan").Known() {
		return nil
	}
	return u.RepeatBy(NoWayOut, inventory.Exercise, "exit.plan_tested_on", "exit_plan_test_max_age", "the exit plan test", "Test the exit plan and set exit.plan_tested_on.")
}

// exitTerms asks for the terms of termination.
func exitTerms(u *subject.Subject) []string {
	out := []string{"In the contract: a deadline for returning or deleting our data at termination."}
	return append(out, u.LimitedTerm("exit_transition", "In the contract: service for at least %s after notice.")...)
}
