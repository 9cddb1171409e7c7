package cli

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vendorgate/vendorgate/internal/ci"
	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/publish"
	"github.com/vendorgate/vendorgate/internal/settings"
)

// newAction returns the command that the container of the GitHub Action runs: check, with the action's inputs as its flags.
func newAction(r *command.Run) *cobra.Command {
	o := &actionOptions{Check: settings.Check{Dir: "."}}
	cmd := &cobra.Command{
		Use: "action", Short: ci.ActionShort, Hidden: true, Args: command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.run(cmd, r, ci.NewGitHub(r.Env))
		},
	}
	o.flags(cmd, ci.GitHubHelp())
	return cmd
}

// newGitLab returns the command that a job of GitLab CI/CD runs: check, with the job's merge request as its change.
func newGitLab(r *command.Run) *cobra.Command {
	o := &actionOptions{Check: settings.Check{Dir: "."}}
	var server string
	cmd := &cobra.Command{
		Use: "gitlab", Short: ci.GitLabShort, Args: command.NoArgs,
		Long: "gitlab checks the repository of a job of GitLab CI/CD. It asks the server which merge request the job is about, compares with the\n" +
			"merge base, and writes a note on the merge request. The tokens are read from VENDORGATE_TOKEN and VENDORGATE_REGISTRY_TOKEN.\n\n" +
			"Exit codes: 0 pass, 1 findings, 2 usage error, 3 nothing to check, 4 no verdict.",
		Example: "  vendorgate gitlab --registry gitlab:acme/vendor-registry\n  vendorgate gitlab --server https://gitlab.example --registry gitlab:acme/vendor-registry --format codequality=gl-code-quality-report.json --format text",
		RunE: func(cmd *cobra.Command, _ []string) error {
			job := ci.NewGitLab(r.Env)
			var err error
			if o.GitLab, err = job.At(server); err != nil {
				return err
			}
			return o.run(cmd, r, job)
		},
	}
	o.flags(cmd, ci.GitLabHelp())
	cmd.Flags().StringVar(&server, "server", ci.GitLabServer, ci.ServerHelp)
	return cmd
}

// run checks the repository of a CI job. The verdict is final before any of it is published; later errors do not change it.
func (o *actionOptions) run(cmd *cobra.Command, r *command.Run, system ci.System) error {
	if err := o.read(cmd.Context(), cmd.Flags(), r.Env, system); err != nil {
		return err
	}
	rep, code, err := checkAndWrite(cmd.Context(), r.Env, &o.Check)
	if err != nil {
		return err
	}
	r.Code = code
	publish.All(cmd.Context(), r.Env, system, publish.Options{
		When: o.comment, Recreate: o.recreate, HasToken: o.Token != "", Registry: ci.PublicRegistry(r.Env, ci.RegistrySettings{Name: o.Registry, Token: o.RegistryToken, API: o.RegistryAPI}), Job: o.Job, Settings: o.Identity(), Alone: o.jobs == 1,
	}, rep, code)
	return nil
}

// actionOptions are the inputs of the action: the flags of check, and those that only make sense in a CI job.
type actionOptions struct {
	settings.Check
	comment  string
	recreate string
	jobs     int
}

// flags defines the flags. help describes those that exist only in a job of a CI system, or mean something else there.
func (o *actionOptions) flags(cmd *cobra.Command, help map[string]string) {
	checkFlags(&o.Check, cmd)
	f := cmd.Flags()
	f.StringVar(&o.Token, "token", "", "")
	f.StringVar(&o.comment, "comment", publish.OnFailure, "")
	f.StringVar(&o.recreate, "comment-recreate", publish.Never, "")
	f.IntVar(&o.jobs, "matrix-jobs", 0, "")
	for name, text := range help {
		f.Lookup(name).Usage = text
	}
}

func (o *actionOptions) validate() error {
	if !slices.Contains(commentChoices(), o.comment) {
		return settings.Invalid("comment", o.comment, commentChoices())
	}
	if !slices.Contains(recreateChoices(), o.recreate) {
		return settings.Invalid("comment-recreate", o.recreate, recreateChoices())
	}
	return nil
}

// commentChoices are the values of comment, and recreateChoices those of comment-recreate.
func commentChoices() []string {
	return []string{publish.OnFailure, publish.OnWarning, publish.Always, publish.Never}
}

func recreateChoices() []string { return []string{publish.Never, publish.WhenWorse} }

// read turns the inputs of the action, and the event that it runs for, into options. It masks tokens before anything else
// is printed.
func (o *actionOptions) read(ctx context.Context, flags *pflag.FlagSet, env process.Env, system ci.System) error {
	args, err := system.Arguments(ciInputs(flags))
	if err != nil {
		return inputs.Usagef("the inputs of the action are the flags of `vendorgate check`", "%s", err)
	}
	if err := flags.Parse(args); err != nil {
		return command.InputError(err)
	}
	for _, token := range []string{o.Token, o.RegistryToken} {
		if err := system.Hide(token); err != nil {
			return fmt.Errorf("mask the token: %w", err)
		}
	}
	if err := o.validate(); err != nil {
		return err
	}
	if err := ci.ContainsRegistry(env, o.Registry); err != nil {
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
