// Package publish shows in a CI job what a check found: outputs, annotations, summary and comment. The verdict is final before it starts,
// and no error of it changes the verdict.
package publish

import (
	"context"
	"strconv"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/ci"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// reportFile is the name of the JSON report in the runner's temp folder. The output names the file and not its path,
// because the folder has one path in the container and another outside.
const reportFile = "vendorgate-report.json"

// Options say whether to comment on the change request, and how.
type Options struct {
	When     string // OnFailure, OnWarning, Always or Never
	Recreate string // Never or WhenWorse
	HasToken bool
	Registry string // owner/name of the registry, if whoever sees the comment can see it
	Job      *inputs.Job
	Settings []string // those that shape the verdict
	Alone    bool     // no other job of the run has the place of this one and other settings
}

// When a change request gets a comment.
const (
	OnFailure = "on-failure"
	OnWarning = "on-warning" // also on a pass with warnings or waived findings
	Always    = "always"
	Never     = "never"
)

// WhenWorse replaces the comment if the verdict got worse.
const WhenWorse = "when-worse"

// All passes a report, and the exit code that follows from it, to later steps and shows it in the run and on the change request.
func All(ctx context.Context, env process.Env, system ci.System, o Options, rep check.Report, code int) {
	outputs(env, system, rep, code)
	show(env, system, o, rep)
	comment(ctx, env, system, o, rep, code)
}

// show writes the annotations on the changed lines and the summary of the run.
func show(env process.Env, system ci.System, o Options, rep check.Report) {
	if err := system.Annotate(rep.Findings); err != nil {
		env.Say(sink.Linef("vendorgate: cannot write the annotations: %s; the verdict is not affected", err))
	}
	if err := system.Summarise(&rep.Report, placeOf(system, o, rep)); err != nil {
		env.Say(sink.Linef("vendorgate: cannot write the summary: %s; the verdict is not affected", err))
	}
}

// outputs passes the verdict to later steps. Errors are reported and do not affect the verdict.
func outputs(env process.Env, system ci.System, rep check.Report, code int) {
	document, err := report.JSON(&rep.Report)
	where := ""
	if err == nil {
		where, err = system.Keep(reportFile, document)
	}
	if err != nil {
		env.Say(sink.Linef("vendorgate: cannot write the report: %s; the verdict is not affected", err))
	}
	c := rep.Counts
	err = system.Publish([]sink.Output{
		{Name: "verdict", Value: string(rep.Verdict)},
		{Name: "exit-code", Value: strconv.Itoa(code)},
		{Name: "errors", Value: strconv.Itoa(c.Errors)},
		{Name: "warnings", Value: strconv.Itoa(c.Warnings)},
		{Name: "unvetted", Value: strconv.Itoa(c.Unvetted)},
		{Name: "lapsed", Value: strconv.Itoa(c.Lapsed)},
		{Name: "report", Value: where},
	})
	if err != nil {
		env.Say(sink.Linef("vendorgate: cannot set the outputs: %s; the verdict is not affected", err))
	}
}
