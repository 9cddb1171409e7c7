package rules

import (
	"fmt"
)

// noWayOut: VG-EXT-001.
func noWayOut(u *Subject) []Fault {
	w := u.gaps("VG-EXT-001")
	api := u.Fact("exit.export.api")
	formats, known := w.claim("exit.export.formats")
	if known && len(formats.Items) == 0 && !api.True() {
		w.lack("exit.export.formats", "no export that a machine can read")
	} else if known {
		w.atMost("exit.export.deadline", "export_deadline", "an export takes")
	}
	if !u.Fact("exit.data_return_or_deletion").Known() {
		w.lack("exit.data_return_or_deletion", "no term for returning or deleting data")
	}
	if limit, set := u.Limit("exit_transition"); set {
		switch transition := u.Fact("exit.transition"); {
		case !transition.Known():
			w.lack("exit.transition", "no time of transition")
		case transition.Span.Compare(limit.Value) < 0:
			w.limited("exit.transition", limit.Pos, "a transition of %s (at least %s)", transition.Span.Words(), limit.Value.Words())
		}
	}
	if u.Fact("risk.substitutability").Text == "not-substitutable" && len(u.Fact("exit.alternatives").Items) == 0 && !u.Get("exit.fallback_vendor").Known() {
		w.lack("exit.alternatives", "no alternative, and it cannot be substituted")
	}
	const tried = "exit.plan_tested_on"
	var d LastDay
	if _, set := u.Limit("exit_plan_test_max_age"); set {
		if !u.Fact("exit.plan").Known() {
			w.lack("exit.plan", "no plan for leaving")
		} else {
			d = w.fresh(tried, "exit_plan_test_max_age", "the plan for leaving was last tried on", "the plan for leaving was never tried")
		}
	}
	return append(w.fault(u.subject("the way out"), "Keep the vendor behind an interface of your own (exit.abstraction), and try an export."),
		u.announced(d, tried, "plan", fmt.Sprintf("the test of the plan for leaving %q counts through %s (%s)", u.ID.Value, d.Date, d.Ago()), u.team("tries the plan again."))...)
}
