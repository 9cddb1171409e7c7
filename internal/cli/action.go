package cli

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vendorgate/vendorgate/internal/action"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// reportFile is the name of the JSON report in the runner's temp folder. The output names the file and not its path,
// because the folder has one path in the container and another outside.
const reportFile = "vendorgate-report.json"

// newAction is what the container runs: check, with the action's inputs as its flags.
func newAction(r *run) *cobra.Command {
	return &cobra.Command{
		Use: "action", Short: "Run as a step of GitHub Actions", Hidden: true, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o := &checkOptions{dir: "."}
			flags := pflag.NewFlagSet("action", pflag.ContinueOnError)
			o.flags(flags)
			args, err := action.Arguments(inputs(flags), r.env.Environ(), r.env.Getenv)
			if err != nil {
				return usagef("the inputs of the action are the flags of `vendorgate check`", "%s", err)
			}
			if err := flags.Parse(args); err != nil {
				return usagef("", "%s", err)
			}
			if err := r.env.Stdout.Put(sink.Mask(o.registryToken)); err != nil {
				return fmt.Errorf("mask the token: %w", err)
			}
			done, err := check(cmd.Context(), r.env, o)
			if err != nil {
				return err
			}
			r.code = done.code
			publish(r.env, done)
			show(r.env, done)
			return nil
		},
	}
}

// inputs are the flags of check as inputs of the action.
func inputs(flags *pflag.FlagSet) []action.Input {
	var out []action.Input
	flags.VisitAll(func(f *pflag.Flag) {
		out = append(out, action.Input{Name: f.Name, List: f.Value.Type() == "stringArray"})
	})
	return out
}

// maxSummary is below the 1 MiB above which the runner drops a step's summary whole.
const maxSummary = 900 << 10

// show puts the findings where a developer looks: on the lines of the pull request, and on the page of the run.
func show(env Env, done outcome) {
	if err := env.Stdout.Put(action.Annotations(done.Findings)); err != nil {
		env.say(sink.Linef("vendorgate: write the annotations: %s; the verdict stands", err))
	}
	if name := env.Getenv("GITHUB_STEP_SUMMARY"); name != "" {
		if err := env.AppendFile(name, report.MarkdownWithin(done.Report, maxSummary).Bytes()); err != nil {
			env.say(sink.Linef("vendorgate: write the summary: %s; the verdict stands", err))
		}
	}
}

// publish hands the verdict to later steps. The verdict is final by now: what cannot be published is said and changes
// nothing.
func publish(env Env, done outcome) {
	complain := func(what string, err error) {
		env.say(sink.Linef("vendorgate: %s: %s; the verdict stands", what, err))
	}
	where := ""
	if temp := env.Getenv("RUNNER_TEMP"); temp != "" {
		document, err := report.Render("json", done.Report, false)
		if err == nil {
			where, err = env.NewFile(temp, reportFile, document.Bytes())
		}
		if err != nil {
			complain("write the report", err)
		}
	}
	c := done.Counts
	file, err := sink.Outputs([]sink.Output{
		{Name: "verdict", Value: string(done.Verdict)},
		{Name: "exit-code", Value: strconv.Itoa(done.code)},
		{Name: "errors", Value: strconv.Itoa(c.Errors)},
		{Name: "warnings", Value: strconv.Itoa(c.Warnings)},
		{Name: "unvetted", Value: strconv.Itoa(c.Unvetted)},
		{Name: "lapsed", Value: strconv.Itoa(c.Lapsed)},
		{Name: "report", Value: where},
	})
	name := env.Getenv("GITHUB_OUTPUT")
	if err == nil && name == "" {
		err = fmt.Errorf("GITHUB_OUTPUT is not set")
	}
	if err == nil {
		err = env.AppendFile(name, file)
	}
	if err != nil {
		complain("set the outputs", err)
	}
}
