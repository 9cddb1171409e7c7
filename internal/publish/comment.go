package publish

import (
	"context"
	"errors"
	"slices"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/ci"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// comment writes or updates the comment on the change request. Errors are reported once and do not affect the verdict.
func comment(ctx context.Context, env process.Env, system ci.System, o Options, rep check.Report, code int) {
	event := o.Job.Event
	if event.Change == 0 && event.Unmatched == nil || o.When == Never {
		return
	}
	when := moreOften(o.When, rep.Comment)
	create := code != 0 || when == Always || when == OnWarning && report.Warns(&rep.Report) || report.Notable(&rep.Report) > 0 || len(rep.Sections) > 0
	hint, err := "", o.Job.Unavailable
	switch {
	case err != nil:
	case event.Unmatched != nil && !create:
		return // there is nothing to say
	case event.Unmatched != nil:
		err = event.Unmatched
	case !o.HasToken:
		err = errors.New("there is no token")
	default:
		hint, err = system.Comment(ctx, commentOf(system, o, rep, when, create))
	}
	if err != nil {
		reportNoComment(env, system, err, hint)
	}
}

// moreOften returns the more frequent of the settings of a run and of the policy, which may be empty.
func moreOften(run, policy string) string {
	order := []string{OnFailure, OnWarning, Always}
	return order[max(slices.Index(order, run), slices.Index(order, policy))]
}

// The states of a comment about a pass. Those about another verdict are called like the verdict.
const (
	passed   = string(diag.Pass)
	resolved = "resolved" // what an earlier comment reported is fixed
	warned   = "warned"   // it passes with warnings, which were asked for
	notable  = "notable"  // it passes with findings that are always told
)

// placeOf returns what the links of a report lead to.
func placeOf(system ci.System, o Options, rep check.Report) report.Place {
	out := system.Place()
	out.Files, out.Registry = rep.Files, o.Registry
	return out
}

// commentOf returns the comment about a report.
func commentOf(system ci.System, o Options, rep check.Report, when string, create bool) ci.Comment {
	place := placeOf(system, o, rep)
	state := func(before string) string {
		switch {
		case rep.Verdict != diag.Pass:
			return string(rep.Verdict)
		case when != OnFailure && report.Warns(&rep.Report):
			return warned
		case report.Notable(&rep.Report) > 0:
			return notable
		case before != "" && before != passed:
			return resolved
		default:
			return passed
		}
	}
	return ci.Comment{
		Settings: o.Settings, Alone: o.Alone, Create: create,
		Write: func(before string, limit int) (string, sink.Document) {
			now := state(before)
			return now, report.Comment(&rep.Report, place, limit, map[string]report.Pass{resolved: report.Resolved, warned: report.Warned}[now])
		},
		RecreateIf: func(before string) bool {
			return o.Recreate == WhenWorse && weight(state(before)) > weight(before)
		},
	}
}

// weight orders the states of a comment from pass to fail.
func weight(state string) int {
	switch state {
	case passed, resolved:
		return 0
	case warned, notable:
		return 1
	case string(diag.Fail):
		return 3
	default:
		return 2
	}
}

// reportNoComment adds a notice to the run that says why there is no comment, and how to get one.
func reportNoComment(env process.Env, system ci.System, err error, hint string) {
	message := "the comment was not written: " + inputs.Because(err) + ". The verdict is not affected, and the job shows the full report."
	if hint != "" {
		message += " " + hint
	}
	if err := system.Notify(message); err != nil {
		env.Say(sink.Linef("vendorgate: %s", message))
	}
}
