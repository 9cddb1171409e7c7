package command

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// The help of flags that several commands have.
const (
	RegistryHelp          = "Your organisation's registry: a directory with policy.yaml, vendors/ and waivers/, or a repository as owner/repo[@ref][//path], on GitLab gitlab:group/project[@ref][//path]."
	EmbeddedByDefault     = " By default, that of the variable VENDORGATE_REGISTRY outside CI jobs, or the registry embedded in vendorgate."
	RegistryDirectoryHelp = "Your organisation's registry: a directory with policy.yaml, vendors/ and waivers/."
	AsOfHelp              = "Date (2027-01-31) or time (RFC 3339) to evaluate at. By default, now."
)

// RegistryFlag adds the --registry flag. Commands for the maintainers of a registry default to the current directory.
func RegistryFlag(f *pflag.FlagSet, registry *string, value, help string) {
	f.SortFlags = false
	f.StringVar(registry, "registry", value, help)
}

// AddFormat adds the flag to a command. The help calls the output by the name in what.
func AddFormat[T any](f *settings.FormatFlag[T], cmd *cobra.Command, what string, formats sink.Formats[T]) {
	f.Formats = formats
	cmd.Flags().StringArrayVar(&f.Given, "format", nil,
		fmt.Sprintf("Format of %s: %s, with =FILE to write it to a file; repeatable. By default, %s on stdout.", what, diag.OrList(formats.Names()), formats[0].Name))
	complete(cmd, "format", formats.Names(), cobra.ShellCompDirectiveNoFileComp|cobra.ShellCompDirectiveNoSpace)
}

// CompleteFlag lets shells complete the values of a flag.
func CompleteFlag(cmd *cobra.Command, flag string, values []string) {
	complete(cmd, flag, values, cobra.ShellCompDirectiveNoFileComp)
}

func complete(cmd *cobra.Command, flag string, values []string, how cobra.ShellCompDirective) {
	if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, how)); err != nil {
		panic("command: " + err.Error()) // the flag is missing, or has a completion already
	}
}

// OnRegistry returns the flag with which another command goes on with a registry; empty if it is where the user is, or the embedded one.
func OnRegistry(registry string) string {
	if registry == "" || registry == "." {
		return ""
	}
	return " --registry " + diag.ShellWord(registry)
}

// Unknown returns the error for a word that is not one of the choices.
func Unknown(kind, word string, choices []string) error {
	hint := "use one of " + strings.Join(choices, ", ")
	if near := diag.Nearest(word, choices); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return inputs.Usagef(hint, "unknown %s %q", kind, word)
}

// FlagError adds a suggestion to the error of the flag parser. If the command before the flag is unknown, it says so instead.
func FlagError(cmd *cobra.Command, err error) error {
	var missing *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	var valueless *pflag.ValueRequiredError
	switch {
	case errors.As(err, &valueless):
		return inputs.Usagef("`"+cmd.CommandPath()+" --help` lists the flags", "--%s needs a value", valueless.GetFlag().Name)
	case errors.As(err, &invalid):
		return inputs.Usagef("`"+cmd.CommandPath()+" --help` lists the flags", "--%s %q is not %s", invalid.GetFlag().Name, invalid.GetValue(), expected(invalid.GetFlag()))
	case !errors.As(err, &missing):
		return inputs.Usagef("`"+cmd.CommandPath()+" --help` lists the flags", "%s", err)
	}
	if given := cmd.Flags().Args(); cmd.HasAvailableSubCommands() && len(given) > 0 { // the flag belongs to that command
		return cmd.ValidateArgs(given)
	}
	var names, alike []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		names = append(names, "--"+f.Name)
		if strings.HasPrefix(f.Name, missing.GetSpecifiedName()) {
			alike = append(alike, "--"+f.Name)
		}
	})
	if missing.GetSpecifiedShortnames() == "" {
		return Unknown("flag", "--"+missing.GetSpecifiedName(), names)
	}
	hint := "use one of " + strings.Join(names, ", ")
	if len(alike) == 1 { // -v for --version
		hint = fmt.Sprintf("did you mean %q?", alike[0])
	}
	return inputs.Usagef(hint, "unknown flag %q", "-"+missing.GetSpecifiedName())
}

// InputError says what is wrong with an input of a CI job, which is a flag under the same name.
func InputError(err error) error {
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		return inputs.Usagef("", "the input %s is %q, which is not %s", invalid.GetFlag().Name, invalid.GetValue(), expected(invalid.GetFlag()))
	}
	return inputs.Usagef("", "%s", err)
}

// expected describes the values of a flag, as the end of a sentence.
func expected(f *pflag.Flag) string {
	kinds := map[string]string{"int": "a whole number", "bool": "true or false"}
	return cmp.Or(kinds[f.Value.Type()], "a valid value")
}

// QuietFlag adds -q to a command.
func QuietFlag(cmd *cobra.Command, quiet *bool) {
	cmd.Flags().BoolVarP(quiet, "quiet", "q", false, "Print only the last line, unless --format says otherwise.")
}

// NoArgs allows no arguments.
func NoArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return inputs.Usagef("`"+cmd.CommandPath()+" --help` shows the usage", "%s takes no arguments; unexpected argument %q", Name(cmd), args[0])
	}
	return nil
}

// Name returns the name of a command as messages show it, such as "registry lint".
func Name(cmd *cobra.Command) string {
	return strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()+" ")
}

// OneID requires the id of one vendor as the argument.
func OneID(name, example string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return inputs.Usagef("for example, `vendorgate "+name+" "+example+"`", "%s takes the id of one vendor", name)
		}
		if problem := registry.CheckID(args[0]); problem != "" {
			return inputs.Usagef(problem, "%q is not a valid vendor id", args[0])
		}
		return nil
	}
}

// OneDirectory allows one argument, a directory. The default is the current directory.
func OneDirectory(dir *string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		*dir = "."
		switch len(args) {
		case 0:
		case 1:
			*dir = args[0]
		default:
			return inputs.Usagef("pass one directory", "%s takes one directory; unexpected argument %q", Name(cmd), args[1])
		}
		return nil
	}
}
