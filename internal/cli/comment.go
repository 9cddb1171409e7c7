package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// maxComment is below the 65,536 characters that GitHub takes, however it counts them.
const maxComment = 60_000

// comment keeps the one comment on the pull request. What goes wrong is said once, and changes nothing.
func comment(ctx context.Context, env Env, o *actionOptions, done outcome) {
	event := o.own.event
	if event.Pull == 0 || o.comment == never {
		return
	}
	if err := o.own.noClient; err != nil {
		uncommented(env, err)
		return
	}
	if o.token == "" {
		uncommented(env, errors.New("no token is given"))
		return
	}
	place := placeOf(env, o, done)
	_, err := o.own.client.Sync(ctx, github.Comment{
		Owner: o.own.owner, Repo: o.own.name, Number: event.Pull,
		Mark:   github.Mark{Key: commentKey(env, o), Run: max(event.RunID, 1), Attempt: event.Attempt, Head: event.Head, Verdict: string(done.Verdict)},
		Create: o.comment == always || done.code != exitPass,
		Body: func(before *github.Mark) string {
			resolved := before != nil && (weight(before.Verdict) > 0 || o.comment == onFailure) // which begins with what blocks
			return string(report.Comment(done.Report, place, maxComment, resolved).Bytes())
		},
		RecreateIf: func(before github.Mark) bool {
			return o.recreate == whenWorse && weight(string(done.Verdict)) > weight(before.Verdict)
		},
	})
	if err != nil {
		uncommented(env, err)
	}
}

// weight orders verdicts by how bad they are for whoever wants to merge.
func weight(verdict string) int {
	switch diag.Verdict(verdict) {
	case diag.Pass:
		return 0
	case diag.Fail:
		return 2
	default:
		return 1
	}
}

// commentKey tells the comments of several uses of the action on one pull request apart: by workflow, job and step, and by the
// manifests that they judge, which the legs of a matrix differ in.
func commentKey(env Env, o *actionOptions) string {
	workflow, _, _ := strings.Cut(env.Getenv("GITHUB_WORKFLOW_REF"), "@")
	parts := append([]string{workflow, env.Getenv("GITHUB_JOB"), env.Getenv("GITHUB_ACTION")}, o.manifests...)
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// placeOf is what the links of the comment lead to.
func placeOf(env Env, o *actionOptions, done outcome) report.Place {
	return report.Place{
		Server: env.Getenv("GITHUB_SERVER_URL"), Repository: o.own.event.Repository, Commit: o.own.event.Head,
		Files: done.files, Run: o.own.event.RunURL,
	}
}

// uncommented says in one notice of the run why there is no comment, and what would let there be one.
func uncommented(env Env, err error) {
	message := "the comment on the pull request is not written; the verdict stands, and the summary of the run has all of it. " + because(err)
	var refused *github.Error
	if errors.As(err, &refused) && refused.Cause == github.Permission {
		message += ". To have it, give the job `permissions: pull-requests: write`; on pull requests from forks and from Dependabot the token cannot write"
	}
	notice := sink.Annotation{Kind: sink.Notice, Title: "vendorgate", Message: sink.Text(message)}
	if err := env.Stdout.Put(sink.Annotations([]sink.Annotation{notice})); err != nil {
		env.say(sink.Linef("vendorgate: %s", fmt.Sprint(message)))
	}
}
