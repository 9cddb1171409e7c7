package cli

import (
	"context"
	"errors"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// comment writes or updates the comment on the change request. Errors are reported once and do not affect the verdict.
func comment(ctx context.Context, env Env, ci ciSystem, o *actionOptions, rep check.Report, code int) {
	if o.job.Event.Change == 0 || o.comment == never {
		return
	}
	place := ci.place()
	place.Files = rep.Files
	c := changeComment{
		settings: o.manifests, verdict: rep.Verdict, create: o.comment == always || code != exitPass,
		body: func(before *diag.Verdict, limit int) sink.Document {
			resolved := before != nil && (weight(*before) > 0 || o.comment == onFailure) // an on-failure comment exists only after a failure
			return report.Comment(&rep.Report, place, limit, resolved)
		},
		recreateIf: func(before diag.Verdict) bool {
			return o.recreate == whenWorse && weight(rep.Verdict) > weight(before)
		},
	}
	hint, err := "", o.job.Unavailable
	switch {
	case err != nil:
	case o.token == "":
		err = errors.New("there is no token")
	default:
		hint, err = ci.comment(ctx, c)
	}
	if err != nil {
		reportNoComment(env, ci, err, hint)
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
func reportNoComment(env Env, ci ciSystem, err error, hint string) {
	message := "the comment was not written: " + inputs.Because(err) + ". The verdict is not affected, and the job summary has the full report."
	if hint != "" {
		message += " " + hint
	}
	if err := ci.notify(message); err != nil {
		env.say(sink.Linef("vendorgate: %s", message))
	}
}
