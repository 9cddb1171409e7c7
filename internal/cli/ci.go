package cli

import (
	"context"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// ciSystem is the CI system that a job runs in. It provides the settings and the event, and takes the verdict.
type ciSystem interface {
	// arguments turns the inputs of the job into command-line arguments. An unknown input is an error.
	arguments(all []ciInput) ([]string, error)
	// hide masks a secret in the log of the job.
	hide(secret string) error
	// job describes the job, with a client for the server that holds its repository. It makes no requests.
	job(token string, n network) (*inputs.Job, error)
	// keep stores a document for later steps and returns its name, which is empty if there is no place for it.
	keep(name string, document sink.Document) (string, error)
	// publish sets outputs for later steps.
	publish(outputs []sink.Output) error
	// annotate shows findings on their lines.
	annotate(findings []diag.Finding) error
	// notify shows a message next to the findings.
	notify(message string) error
	// summarise shows the report on the page of the run, if it has one.
	summarise(rep *diag.Report) error
	// comment writes or updates the comment on the change request. If it fails, hint says how to fix that, if known.
	comment(ctx context.Context, c changeComment) (hint string, err error)
	// place returns what the links of the comment point to.
	place() report.Place
}

// ciInput is a setting of a job: a flag of check.
type ciInput struct {
	name string
	list bool // several values, one a line
}

// changeComment is the single comment on a change request, which is updated in place.
type changeComment struct {
	settings   []string // distinguish several runs of vendorgate in one job, which have a comment each
	verdict    diag.Verdict
	create     bool                                                // create the comment if there is none yet
	body       func(before *diag.Verdict, limit int) sink.Document // before is the verdict in the existing comment, nil if there is none
	recreateIf func(before diag.Verdict) bool                      // replace the comment, so that people are notified
}
