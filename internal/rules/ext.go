package rules

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// Rules about the way out.
const (
	NoWayOut = "VG-EXT-001"
)

func exitRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: NoWayOut, Title: "no way out", Levels: tiered("EEW-"), Waivable: true, Optional: true},
			Judge:    noWayOut, Deadlines: exitTestDue, Questions: exitQuestions, Documents: exitTerms,
		},
	}
}

// noWayOut: VG-EXT-001.
func noWayOut(u *Subject) []Fault {
	w := u.shortfalls(NoWayOut)
	api := u.Attr("exit.export.api")
	formats, known := w.claim("exit.export.formats")
	if known && len(formats.Items) == 0 && !api.True() {
		w.add("exit.export.formats", "no export that a machine can read")
	} else if known {
		w.requireAtMost("exit.export.deadline", "export_deadline", "an export takes")
	}
	if !u.Attr("exit.data_return_or_deletion").Known() {
		w.add("exit.data_return_or_deletion", "no term for returning or deleting data")
	}
	if limit, set := u.Limit("exit_transition"); set {
		switch transition := u.Attr("exit.transition"); {
		case !transition.Known():
			w.add("exit.transition", "no time of transition")
		case transition.Span.Compare(limit.Value) < 0:
			w.addLimit("exit.transition", limit.Pos, "a transition of %s (at least %s)", transition.Span.Words(), limit.Value.Words())
		}
	}
	if u.Attr("risk.substitutability").Text == "not-substitutable" && len(u.Attr("exit.alternatives").Items) == 0 && !u.Get("exit.fallback_vendor").Known() {
		w.add("exit.alternatives", "no alternative, and it cannot be substituted")
	}
	due := exitTestDue(u)
	if _, set := u.Limit("exit_plan_test_max_age"); set {
		if !u.Attr("exit.plan").Known() {
			w.add("exit.plan", "no plan for leaving")
		} else {
			w.requireRecent(due, "exit.plan_tested_on", "exit_plan_test_max_age", "the plan for leaving was last tried on", "the plan for leaving was never tried")
		}
	}
	return append(w.fault(u.subject("the way out"), "Keep the vendor behind an interface of your own (exit.abstraction), and try an export."),
		u.dueSoon(due, "plan", fmt.Sprintf("the test of the plan for leaving %q", u.ID.Value), u.ownerMust("tries the plan again."))...)
}

// exitTestDue is the last day for the next test of the plan for leaving.
func exitTestDue(u *Subject) []Deadline {
	if !u.Attr("exit.plan").Known() {
		return nil
	}
	return u.repeatBy(NoWayOut, inventory.Exercise, "exit.plan_tested_on", "exit_plan_test_max_age", "the test of the plan for leaving", "Try the plan again, and record the day.")
}

// exitQuestions are what the rule accepts.
func exitQuestions(*policy.Policy, int) []Question {
	return []Question{{Path: "exit.export.formats", Accepted: "one or more, such as json or csv; or an export by API"}}
}

// exitTerms are what the contract must say of the end.
func exitTerms(u *Subject) []string {
	out := []string{"In the contract: the time within which our data is returned or deleted at the end."}
	return append(out, u.limitedTerm("exit_transition", "In the contract: service for at least %s after notice.")...)
}
