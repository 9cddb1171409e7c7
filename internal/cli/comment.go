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

// comment keeps the comment on the change request. What goes wrong is reported once and does not affect the verdict.
func comment(ctx context.Context, env Env, ci ciSystem, o *actionOptions, rep check.Report, code int) {
	if o.job.Event.Change == 0 || o.comment == never {
		return
	}
	place := ci.place()
	place.Files = rep.Files
	c := changeComment{
		settings: o.manifests, verdict: rep.Verdict, create: o.comment == always || code != exitPass,
		body: func(before *diag.Verdict, limit int) sink.Document {
			resolved := before != nil && (weight(*before) > 0 || o.comment == onFailure) // which begins with what blocks
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
		err = errors.New("no token is given")
	default:
		hint, err = ci.comment(ctx, c)
	}
	if err != nil {
		uncommented(env, ci, err, hint)
	}
}

// weight orders verdicts by how bad they are for whoever wants to merge.
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

// uncommented says in one notice of the run why there is no comment, and what would let there be one.
func uncommented(env Env, ci ciSystem, err error, hint string) {
	message := "the comment on the pull request is not written; the verdict stands, and the summary of the run has all of it. " + inputs.Because(err)
	if hint != "" {
		message += ". " + hint
	}
	if err := ci.notify(message); err != nil {
		env.say(sink.Linef("vendorgate: %s", message))
	}
}
