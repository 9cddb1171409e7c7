package cli

import (
	"context"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// ciSystem is the CI system of a job: where its settings come from, what it is about, and where the verdict goes.
type ciSystem interface {
	// arguments turns the inputs that the job was given into arguments. An input that does not exist is an error.
	arguments(all []ciInput) ([]string, error)
	// hide keeps a secret out of the log of the job.
	hide(secret string) error
	// job says what the job is about, and connects to the server that holds its repository. It asks nothing of the server.
	job(token string, n network) (*inputs.Job, error)
	// keep stores a document for later steps, and returns its name; empty if there is no place for it.
	keep(name string, document sink.Document) (string, error)
	// publish hands outputs to later steps.
	publish(outputs []sink.Output) error
	// annotate shows findings on the lines that they are about.
	annotate(findings []diag.Finding) error
	// notify shows a message beside the findings.
	notify(message string) error
	// summarise shows the report on the page of the run, where there is one.
	summarise(rep *diag.Report) error
	// comment keeps the comment on the change request. If it cannot be written, hint says what would let it be, if that is known.
	comment(ctx context.Context, c changeComment) (hint string, err error)
	// place is where links of the comment lead.
	place() report.Place
}

// ciInput is a setting of a job: a flag of check.
type ciInput struct {
	name string
	list bool // several values, one a line
}

// changeComment is the single comment on a change request, which is updated in place.
type changeComment struct {
	settings   []string // that the uses of vendorgate in one job differ in: each has its own comment
	verdict    diag.Verdict
	create     bool                                                // if there is none yet
	body       func(before *diag.Verdict, limit int) sink.Document // before is the verdict of the comment so far, nil for none
	recreateIf func(before diag.Verdict) bool                      // the comment is written anew, so that people are notified
}
