package cli

import (
	"context"
	"errors"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/ci"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// comment writes or updates the comment on the change request. Errors are reported once and do not affect the verdict.
func comment(ctx context.Context, env process.Env, system ci.System, o *actionOptions, rep check.Report, code int) {
	if o.Job.Event.Change == 0 || o.comment == never {
		return
	}
	place := system.Place()
	place.Files = rep.Files
	c := ci.Comment{
		Settings: o.Manifests, Verdict: rep.Verdict, Create: o.comment == always || code != exitPass,
		Body: func(before *diag.Verdict, limit int) sink.Document {
			resolved := before != nil && (weight(*before) > 0 || o.comment == onFailure) // an on-failure comment exists only after a failure
			return report.Comment(&rep.Report, place, limit, resolved)
		},
		RecreateIf: func(before diag.Verdict) bool {
			return o.recreate == whenWorse && weight(rep.Verdict) > weight(before)
		},
	}
	hint, err := "", o.Job.Unavailable
	switch {
	case err != nil:
	case o.Token == "":
		err = errors.New("there is no token")
	default:
		hint, err = system.Comment(ctx, c)
	}
	if err != nil {
		reportNoComment(env, system, err, hint)
	}
}

// weight orders verdicts from pass to fail.
func weight(verdict diag.Verdict) int {
	switch verdict {
	case diag.Pass:
		return 0
	case diag.Fail:
		return 2
	default:
		return 1
	}
}

// reportNoComment adds a notice to the run that says why there is no comment, and how to get one.
func reportNoComment(env process.Env, system ci.System, err error, hint string) {
	message := "the comment was not written: " + inputs.Because(err) + ". The verdict is not affected, and the job summary has the full report."
	if hint != "" {
		message += " " + hint
	}
	if err := system.Notify(message); err != nil {
		env.Say(sink.Linef("vendorgate: %s", message))
	}
}
