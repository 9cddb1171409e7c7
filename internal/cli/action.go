package cli

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vendorgate/vendorgate/internal/action"
	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// reportFile is the name of the JSON report in the runner's temp folder. The output names the file and not its path,
// because the folder has one path in the container and another outside.
const reportFile = "vendorgate-report.json"

// actionOptions are the inputs of the action: the flags of check, and what only makes sense in a run of GitHub Actions.
type actionOptions struct {
	checkOptions
	comment  string
	recreate string
}

func (o *actionOptions) flags(f *pflag.FlagSet) {
	o.checkOptions.flags(f)
	f.StringVar(&o.token, "token", "", "The job's token. It reads the base of the change, and writes the comment if it has permission.")
	f.StringVar(&o.comment, "comment", onFailure, "When to comment on the pull request: on-failure, always or never. There is a single comment, updated in place.")
	f.StringVar(&o.recreate, "comment-recreate", "never", "When to replace the comment so that people are notified again: never, or when-worse if the verdict got worse.")
}

// When a pull request gets a comment.
const (
	onFailure = "on-failure"
	always    = "always"
	never     = "never"
)

func (o *actionOptions) validate() error {
	if choices := []string{onFailure, always, never}; !slices.Contains(choices, o.comment) {
		return usagef(nearest(o.comment, choices), "comment %q is not a choice", o.comment)
	}
	if choices := []string{never, whenWorse}; !slices.Contains(choices, o.recreate) {
		return usagef(nearest(o.recreate, choices), "comment-recreate %q is not a choice", o.recreate)
	}
	return nil
}

const whenWorse = "when-worse"

// newAction is what the container runs: check, with the action's inputs as its flags. The verdict is final before
// anything of it is published, and nothing that fails from then on changes it.
func newAction(r *run) *cobra.Command {
	o := &actionOptions{checkOptions: checkOptions{dir: "."}}
	cmd := &cobra.Command{
		Use: "action", Short: "Run as a step of GitHub Actions", Hidden: true, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.read(cmd.Flags(), r.env); err != nil {
				return err
			}
			done, err := check(cmd.Context(), r.env, &o.checkOptions)
			if err != nil {
				return err
			}
			r.code = done.code
			publish(r.env, done)
			show(r.env, done)
			comment(cmd.Context(), r.env, o, done)
			return nil
		},
	}
	o.flags(cmd.Flags())
	return cmd
}

// read turns the inputs of the action, and the event that it runs for, into options. Tokens are masked before anything
// else is said.
func (o *actionOptions) read(flags *pflag.FlagSet, env Env) error {
	args, err := action.Arguments(inputs(flags), env.Environ(), env.Getenv)
	if err != nil {
		return usagef("the inputs of the action are the flags of `vendorgate check`", "%s", err)
	}
	if err := flags.Parse(args); err != nil {
		return usagef("", "%s", err)
	}
	for _, token := range []string{o.token, o.registryToken} {
		if err := env.Stdout.Put(sink.Mask(token)); err != nil {
			return fmt.Errorf("mask the token: %w", err)
		}
	}
	if err := o.validate(); err != nil {
		return err
	}
	event, err := action.ReadEvent(env.Getenv, func(name string) ([]byte, error) { return env.ReadFile(name, action.MaxEvent) })
	if err != nil {
		return usagef("run the action on pull_request, merge_group, push, schedule or workflow_dispatch", "%s", err)
	}
	network, err := o.network(env)
	if err != nil {
		return err
	}
	o.own = newOwn(env, event, github.NewToken(o.token), network)
	if o.repository == "" {
		o.repository = event.Repository
	}
	return nil
}

// inputs are the flags of check as inputs of the action.
func inputs(flags *pflag.FlagSet) []action.Input {
	var out []action.Input
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" {
			return
		}
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
