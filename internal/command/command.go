// Package command is what all commands share: flags, arguments, groups, and exit codes.
package command

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// Run carries the exit code out of a command, because cobra returns only errors.
type Run struct {
	Env  process.Env
	Code int
}

// The exit codes. They are a public interface.
const (
	ExitPass      = 0
	ExitFindings  = 1
	ExitUsage     = 2
	ExitNothing   = 3
	ExitNoVerdict = 4
)

// Group adds subcommands to a command that does nothing but show its help.
func Group(cmd *cobra.Command, commands ...*cobra.Command) *cobra.Command {
	cmd.AddCommand(commands...)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.Args = func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		var names []string
		for _, c := range cmd.Commands() {
			names = append(names, c.Name())
		}
		return Unknown("command", cmd.Name()+" "+args[0], prefixed(cmd.Name()+" ", names))
	}
	return cmd
}

func prefixed(prefix string, words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = prefix + w
	}
	return out
}

// SayError prints an error and its hint. It returns the exit code of a command that ends with it.
func SayError(env process.Env, err error) int {
	if usage := (inputs.UsageError{}); errors.As(err, &usage) {
		env.Say(sink.Linef("vendorgate: %s", usage.Message))
		env.Hint(usage.Hint)
		return ExitUsage
	}
	env.Say(sink.Linef("vendorgate: %s", err))
	if wrong := (FileError{}); errors.As(err, &wrong) {
		env.Hint(wrong.Hint)
	}
	return ExitNoVerdict
}
