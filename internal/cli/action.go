package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/ci"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// reportFile is the name of the JSON report in the runner's temp folder. The output names the file and not its path,
// because the folder has one path in the container and another outside.
const reportFile = "vendorgate-report.json"

// newAction returns the command that the container runs: check, with the action's inputs as its flags. The verdict is final
// before any of it is published; later errors do not change it.
func newAction(r *run) *cobra.Command {
	o := &actionOptions{Check: settings.Check{Dir: "."}}
	cmd := &cobra.Command{
		Use: "action", Short: ci.ActionShort, Hidden: true, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			system := ci.New(r.env)
			if err := o.read(cmd.Context(), cmd.Flags(), r.env, system); err != nil {
				return err
			}
			rep, code, err := checkAndWrite(cmd.Context(), r.env, &o.Check)
			if err != nil {
				return err
			}
			r.code = code
			publish(r.env, system, rep, code)
			show(r.env, system, rep)
			comment(cmd.Context(), r.env, system, o, rep, code)
			return nil
		},
	}
	o.flags(cmd)
	return cmd
}

// actionOptions are the inputs of the action: the flags of check, and those that only make sense in a CI job.
type actionOptions struct {
	settings.Check
	comment  string
	recreate string
}

func (o *actionOptions) flags(cmd *cobra.Command) {
	checkFlags(&o.Check, cmd)
	f := cmd.Flags()
	f.StringVar(&o.Token, "token", "", "The job's token. It reads the base of the change, and writes the comment if it has permission.")
	f.StringVar(&o.comment, "comment", onFailure, "When to comment on the pull request: on-failure, on-warning (also on a pass with warnings or waived findings), always or never. The policy can ask for more. There is a single comment, updated in place.")
	f.StringVar(&o.recreate, "comment-recreate", "never", "When to replace the comment so that people are notified again: never, or when-worse if the verdict got worse.")
}

// When a change request gets a comment.
const (
	onFailure = "on-failure"
	onWarning = "on-warning"
	always    = "always"
	never     = "never"
)

const whenWorse = "when-worse"

func (o *actionOptions) validate() error {
	if choices := []string{onFailure, onWarning, always, never}; !slices.Contains(choices, o.comment) {
		return settings.Invalid("comment", o.comment, choices)
	}
	if choices := []string{never, whenWorse}; !slices.Contains(choices, o.recreate) {
		return settings.Invalid("comment-recreate", o.recreate, choices)
	}
	return nil
}

// read turns the inputs of the action, and the event that it runs for, into options. It masks tokens before anything else
// is printed.
func (o *actionOptions) read(ctx context.Context, flags *pflag.FlagSet, env process.Env, system ci.System) error {
	args, err := system.Arguments(ciInputs(flags))
	if err != nil {
		return inputs.Usagef("the inputs of the action are the flags of `vendorgate check`", "%s", err)
	}
	if err := flags.Parse(args); err != nil {
		return inputs.Usagef("", "%s", err)
	}
	for _, token := range []string{o.Token, o.RegistryToken} {
		if err := system.Hide(token); err != nil {
			return fmt.Errorf("mask the token: %w", err)
		}
	}
	if err := o.validate(); err != nil {
		return err
	}
	network, err := o.Network(env)
	if err != nil {
		return err
	}
	if o.Job, err = system.Job(ctx, o.Token, network); err != nil {
		return err
	}
	if o.Repository == "" {
		o.Repository = o.Job.Event.Repository
	}
	return nil
}

// ciInputs returns the flags as inputs of a job.
func ciInputs(flags *pflag.FlagSet) []ci.Input {
	var out []ci.Input
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" {
			return
		}
		out = append(out, ci.Input{Name: f.Name, List: f.Value.Type() == "stringArray"})
	})
	return out
}

// show writes the annotations on the changed lines and the summary of the run.
func show(env process.Env, system ci.System, rep check.Report) {
	if err := system.Annotate(rep.Findings); err != nil {
		env.Say(sink.Linef("vendorgate: cannot write the annotations: %s; the verdict is not affected", err))
	}
	if err := system.Summarise(&rep.Report); err != nil {
		env.Say(sink.Linef("vendorgate: cannot write the summary: %s; the verdict is not affected", err))
	}
}

// publish passes the verdict to later steps. Errors are reported and do not affect the verdict.
func publish(env process.Env, system ci.System, rep check.Report, code int) {
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
