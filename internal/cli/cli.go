// Package cli defines the commands. It turns flags into values, and reports into output and exit codes.
// It evaluates no rules, and it reaches the process only through process.Env.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/keeper"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// Main runs one command line and returns the exit code. It recovers from panics: a bug in vendorgate means no verdict.
func Main(ctx context.Context, env process.Env, args []string) (code int) {
	defer func() {
		if fault := recover(); fault != nil {
			env.Say(sink.Linef("vendorgate: internal error, no verdict: %v", fault))
			code = command.ExitNoVerdict
		}
	}()
	run := &command.Run{Env: env}
	out, errs := env.Stdout.Writer(), env.Stderr.Writer()
	root := newRoot(run, out)
	root.SetArgs(args)
	root.SetErr(errs)
	err := errors.Join(root.ExecuteContext(ctx), out.Flush(), errs.Flush())
	if err != nil {
		return command.SayError(env, err)
	}
	return run.Code
}

// newRoot builds the command tree. It sets the output first, because cobra's own commands keep the one that they start with.
func newRoot(r *command.Run, out io.Writer) *cobra.Command {
	root := &cobra.Command{
		Use:   "vendorgate",
		Short: "A CI gate for API vendor integrations",
		Long: "vendorgate checks the API vendors that a repository uses against its organisation's registry of approved\n" +
			"vendors.",
		Example:       "  vendorgate check --registry ../vendor-registry\n  vendorgate explain VG-APR-002",
		SilenceErrors: true, SilenceUsage: true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return unknownCommand(cmd, args[0])
		},
	}
	version := root.Flags().Bool("version", false, "Print the version and the commit that it was built from.")
	root.RunE = func(cmd *cobra.Command, _ []string) error {
		if *version {
			return printVersion(r.Env)
		}
		return cmd.Help()
	}
	root.SetOut(out)
	root.SetFlagErrorFunc(command.FlagError)
	root.SetUsageFunc(usage)
	root.SetHelpCommand(newHelp(r))
	root.AddCommand(newCheck(r), newScan(r), newInit(r), newAdd(r), newExplain(r), newSBOM(r), newSchema(r), newVersion(r), newMan(r), keeper.NewRegistry(r), keeper.NewPolicy(r), newAction(r), newGitLab(r))
	root.InitDefaultCompletionCmd("completion")
	strictCompletion(root)
	completeValues(r.Env, root, flagValues())
	return root
}

// strictCompletion makes cobra's completion command reject unknown arguments.
func strictCompletion(root *cobra.Command) {
	cmd, _, err := root.Find([]string{"completion"})
	if err != nil {
		panic("cli: cobra has no completion command")
	}
	var shells []string
	for _, shell := range cmd.Commands() {
		shells = append(shells, shell.Name())
		shell.Args = command.NoArgs
	}
	cmd.Args = func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		return command.Unknown("shell", args[0], shells)
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
}

// usage shows examples first. A template of cobra's would do, but templates call methods by name, so the linker would
// keep every method of the program.
func usage(cmd *cobra.Command) error {
	var out strings.Builder
	if cmd.HasExample() {
		out.WriteString("Examples:\n" + cmd.Example + "\n\n")
	}
	out.WriteString("Usage:\n  " + cmd.UseLine())
	if cmd.HasAvailableSubCommands() {
		out.WriteString("\n\nCommands:")
		for _, c := range cmd.Commands() {
			if c.IsAvailableCommand() {
				fmt.Fprintf(&out, "\n  %-*s %s", c.NamePadding(), c.Name(), c.Short)
			}
		}
	}
	if cmd.HasAvailableLocalFlags() {
		out.WriteString("\n\nFlags:\n" + strings.TrimRight(cmd.LocalFlags().FlagUsages(), " \n"))
	}
	_, err := io.WriteString(cmd.OutOrStderr(), out.String()+"\n")
	return err
}

// commandPaths lists the commands as they are written after the name of the program: check, registry lint.
func commandPaths(cmd *cobra.Command) []string {
	var out []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			out = append(append(out, command.Name(c)), commandPaths(c)...)
		}
	}
	return out
}

// unknownCommand returns the error for a word that is no command. A command of a group is found without the name of the group.
func unknownCommand(cmd *cobra.Command, word string) error {
	paths := commandPaths(cmd.Root())
	group, _, grouped := strings.Cut(word, " ")
	if !grouped {
		for _, path := range paths {
			if strings.HasSuffix(path, " "+word) {
				return inputs.Usagef(fmt.Sprintf("did you mean %q?", path), "unknown command %q", word)
			}
		}
	}
	var first, beside []string
	for _, path := range paths {
		if !strings.Contains(path, " ") {
			first = append(first, path)
		} else if strings.HasPrefix(path, group+" ") {
			beside = append(beside, path)
		}
	}
	if grouped && len(beside) > 0 {
		return command.Unknown("command", word, beside)
	}
	if cmd.Name() == "help" {
		first = append(first, exitCodesPage)
	}
	return command.Unknown("command", word, first)
}

// exitCodesPage is the name of the page of help about exit codes.
const exitCodesPage = "exit-codes"

// exitCodes is the page of help about them.
const exitCodes = `Exit codes of all commands:

  0  pass: no finding blocks, or the command did what it was asked to do
  1  fail: at least one finding blocks, or a file is not as it should be
  2  usage error: a command, flag or value is wrong; nothing was read or written
  3  nothing to check: there is no manifest
  4  no verdict: something that the result depends on could not be read or written

What is certain comes first: if findings block and something could not be read, the code is 1.
`

// newHelp shows the help of a command, or a page about something that all commands share.
func newHelp(r *command.Run) *cobra.Command {
	return &cobra.Command{
		Use:               "help [command]",
		Short:             "Show the help of a command, or all exit codes with exit-codes",
		Example:           "  vendorgate help registry lint\n  vendorgate help exit-codes",
		ValidArgsFunction: completeHelp,
		RunE: func(cmd *cobra.Command, args []string) error {
			word := strings.Join(args, " ")
			if word == exitCodesPage {
				return r.Env.Stdout.Put(sink.Lines(exitCodes))
			}
			found, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return unknownCommand(cmd, word)
			}
			found.InitDefaultHelpFlag()
			return found.Help()
		},
	}
}
