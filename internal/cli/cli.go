// Package cli joins the edges to the core: commands, wiring, exit codes.
// It holds no rule, and it touches the process only through Env.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// The exit codes. They are an interface.
const (
	exitPass      = 0
	exitFindings  = 1
	exitUsage     = 2
	exitNothing   = 3
	exitNoVerdict = 4
)

// Env is everything outside memory.
type Env struct {
	Stdout, Stderr sink.Stream
	Getenv         func(string) string
	Environ        func() []string
	Open           func(dir string) (fs.FS, error)                     // a directory that no link leads out of
	Abs            func(name string) string                            // one name for all spellings of it
	IsDir          func(name string) (bool, error)                     // of --base, which may be either
	ReadFile       func(name string, most int64) ([]byte, error)       // a plain file, at most one byte more than most
	WriteFile      func(name string, data []byte) error                // all of it or nothing
	AppendFile     func(name string, data []byte) error                // to a file of the runner
	NewFile        func(dir, name string, data []byte) (string, error) // the name under which it was made
	Now            func() time.Time                                    // read once
	Terminal       bool                                                // standard output is one
	Watched        bool                                                // standard error is one
	Registry       fs.FS                                               // the embedded registry
	Build          Build                                               // what the build recorded
	Transport      http.RoundTripper                                   // nil for a direct one
	Sleep          func(context.Context, time.Duration) error          // nil for a real one
}

// say prints a line to standard error. If nobody can read it there, nobody can be told.
func (e Env) say(line sink.Line) { _ = e.Stderr.Print(line) }

// usageError is a wrong command line or wrong settings.
type usageError struct {
	message string
	hint    string
}

func (e usageError) Error() string { return e.message }

func usagef(hint, format string, args ...any) error {
	return usageError{message: fmt.Sprintf(format, args...), hint: hint}
}

// Main runs one command line and returns the exit code. It never panics: a fault of vendorgate itself is no verdict.
func Main(ctx context.Context, env Env, args []string) (code int) {
	defer func() {
		if fault := recover(); fault != nil {
			env.say(sink.Linef("vendorgate: internal error, no verdict: %v", fault))
			code = exitNoVerdict
		}
	}()
	run := &run{env: env}
	root := newRoot(run)
	root.SetArgs(args)
	out, errs := env.Stdout.Writer(), env.Stderr.Writer()
	root.SetOut(out)
	root.SetErr(errs)
	err := errors.Join(root.ExecuteContext(ctx), out.Flush(), errs.Flush())
	var usage usageError
	switch {
	case errors.As(err, &usage):
		env.say(sink.Linef("vendorgate: %s", usage.message))
		if usage.hint != "" {
			env.say(sink.Linef("    hint: %s", usage.hint))
		}
		return exitUsage
	case err != nil:
		env.say(sink.Linef("vendorgate: %s", err))
		return exitNoVerdict
	}
	return run.code
}

// run carries the exit code out of a command, past cobra, which knows errors only.
type run struct {
	env  Env
	code int
}

func newRoot(r *run) *cobra.Command {
	root := &cobra.Command{
		Use:   "vendorgate",
		Short: "The gate for API vendor integrations",
		Long: "vendorgate checks the API vendors that a repository declares in vendors.yaml against the registry of\n" +
			"vendors that its organisation has approved.",
		Example:       "  vendorgate check --registry ../vendor-registry\n  vendorgate explain VG-APR-002",
		SilenceErrors: true, SilenceUsage: true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return unknown("command", args[0], commandNames(cmd))
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(flagError)
	root.SetUsageTemplate(usageTemplate)
	root.SetHelpCommand(&cobra.Command{Hidden: true, Use: "no-help"})
	root.AddCommand(newCheck(r), newScan(r), newInit(r), newExplain(r), newSchema(r), newVersion(r), newRegistry(r), newPolicy(r), newAction(r))
	root.InitDefaultCompletionCmd("completion")
	strictCompletion(root)
	return root
}

// strictCompletion makes cobra's own command refuse what it does not know.
func strictCompletion(root *cobra.Command) {
	cmd, _, err := root.Find([]string{"completion"})
	if err != nil {
		panic("cli: cobra has no completion command")
	}
	var shells []string
	for _, shell := range cmd.Commands() {
		shells = append(shells, shell.Name())
		shell.Args = noArgs
	}
	cmd.Args = func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		return unknown("shell", args[0], shells)
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
}

// usageTemplate shows an example before anything else.
const usageTemplate = `{{if .HasExample}}Examples:
{{.Example}}

{{end}}Usage:
  {{.UseLine}}{{if .HasAvailableSubCommands}}

Commands:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
`

func commandNames(cmd *cobra.Command) []string {
	var out []string
	for _, c := range cmd.Root().Commands() {
		if c.IsAvailableCommand() {
			out = append(out, c.Name())
		}
	}
	return out
}

// unknown is the error for a word that is none of several.
func unknown(kind, word string, choices []string) error {
	hint := "use one of " + strings.Join(choices, ", ")
	if near := diag.Nearest(word, choices); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return usagef(hint, "unknown %s %q", kind, word)
}

// flagError adds the nearest flag to what the flag parser says.
func flagError(cmd *cobra.Command, err error) error {
	var missing *pflag.NotExistError
	if !errors.As(err, &missing) {
		return usagef("`"+cmd.CommandPath()+" --help` lists the flags", "%s", err)
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	return unknown("flag", "--"+missing.GetSpecifiedName(), names)
}

func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("`"+cmd.CommandPath()+" --help` shows its use", "%s takes no arguments, and %q is one", cmd.CommandPath(), args[0])
	}
	return nil
}
