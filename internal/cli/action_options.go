package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// actionOptions are the inputs of the action: the flags of check, and those that only make sense in a CI job.
type actionOptions struct {
	checkOptions
	comment  string
	recreate string
}

func (o *actionOptions) flags(cmd *cobra.Command) {
	o.checkOptions.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&o.token, "token", "", "The job's token. It reads the base of the change, and writes the comment if it has permission.")
	f.StringVar(&o.comment, "comment", onFailure, "When to comment on the pull request: on-failure, always or never. There is a single comment, updated in place.")
	f.StringVar(&o.recreate, "comment-recreate", "never", "When to replace the comment so that people are notified again: never, or when-worse if the verdict got worse.")
}

// When a change request gets a comment.
const (
	onFailure = "on-failure"
	always    = "always"
	never     = "never"
)

const whenWorse = "when-worse"

func (o *actionOptions) validate() error {
	if choices := []string{onFailure, always, never}; !slices.Contains(choices, o.comment) {
		return invalid("comment", o.comment, choices)
	}
	if choices := []string{never, whenWorse}; !slices.Contains(choices, o.recreate) {
		return invalid("comment-recreate", o.recreate, choices)
	}
	return nil
}

// read turns the inputs of the action, and the event that it runs for, into options. It masks tokens before anything else
// is printed.
func (o *actionOptions) read(flags *pflag.FlagSet, env Env, ci ciSystem) error {
	args, err := ci.arguments(ciInputs(flags))
	if err != nil {
		return usagef("the inputs of the action are the flags of `vendorgate check`", "%s", err)
	}
	if err := flags.Parse(args); err != nil {
		return usagef("", "%s", err)
	}
	for _, token := range []string{o.token, o.registryToken} {
		if err := ci.hide(token); err != nil {
			return fmt.Errorf("mask the token: %w", err)
		}
	}
	if err := o.validate(); err != nil {
		return err
	}
	network, err := o.network(env)
	if err != nil {
		return err
	}
	if o.job, err = ci.job(o.token, network); err != nil {
		return err
	}
	if o.repository == "" {
		o.repository = o.job.Event.Repository
	}
	return nil
}

// ciInputs returns the flags as inputs of a job.
func ciInputs(flags *pflag.FlagSet) []ciInput {
	var out []ciInput
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" {
			return
		}
		out = append(out, ciInput{name: f.Name, list: f.Value.Type() == "stringArray"})
	})
	return out
}
