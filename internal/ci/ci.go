// Package ci connects vendorgate to the CI system that a job runs in, and to the server that hosts a registry.
package ci

import (
	"context"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// System is the CI system that a job runs in. It provides the settings and the event, and takes the verdict.
type System interface {
	// Arguments turns the inputs of the job into command-line arguments. An unknown input is an error.
	Arguments(all []Input) ([]string, error)
	// Hide masks a secret in the log of the job.
	Hide(secret string) error
	// Job describes the job, with a client for the server that holds its repository. It makes at most one request: if the event does
	// not name the change request that it is about, it asks the server.
	Job(ctx context.Context, token string, n process.Network) (*inputs.Job, error)
	// Keep stores a document for later steps and returns its name, which is empty if there is no place for it.
	Keep(name string, document sink.Document) (string, error)
	// Publish sets outputs for later steps.
	Publish(outputs []sink.Output) error
	// Annotate shows findings on their lines.
	Annotate(findings []diag.Finding) error
	// Notify shows a message next to the findings.
	Notify(message string) error
	// Summarise shows the report on the page of the run, if it has one.
	Summarise(rep *diag.Report, at report.Place) error
	// Comment writes or updates the comment on the change request. If it fails, hint says how to fix that, if known.
	Comment(ctx context.Context, c Comment) (hint string, err error)
	// Place returns what the links of the comment point to.
	Place() report.Place
}

// Input is a setting of a job: a flag of check.
type Input struct {
	Name string
	List bool // several values, one a line
}

// Comment is the single comment on a change request, which is updated in place. A state is what a comment says, in a word: lower-case
// letters and hyphens.
type Comment struct {
	Settings   []string                                                              // those that shape the verdict; each set of them has a comment of its own
	Alone      bool                                                                  // no other job of the run has the place of this one and other settings
	Create     bool                                                                  // create the comment if there is none yet
	Write      func(before string, limit int) (state string, document sink.Document) // before is the state of the existing comment, empty if there is none
	RecreateIf func(before string) bool                                              // replace the comment, so that people are notified
}
