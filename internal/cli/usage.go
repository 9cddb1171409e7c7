package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
)

// unknown returns the error for a word that is not one of the choices.
func unknown(kind, word string, choices []string) error {
	hint := "use one of " + strings.Join(choices, ", ")
	if near := diag.Nearest(word, choices); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return inputs.Usagef(hint, "unknown %s %q", kind, word)
}

// flagError adds a suggestion to the error of the flag parser. If the command before the flag is unknown, it says so instead.
func flagError(cmd *cobra.Command, err error) error {
	var missing *pflag.NotExistError
	if !errors.As(err, &missing) {
		return inputs.Usagef("`"+cmd.CommandPath()+" --help` lists the flags", "%s", err)
	}
	if given := cmd.Flags().Args(); cmd.HasAvailableSubCommands() && len(given) > 0 { // the flag belongs to that command
		return cmd.ValidateArgs(given)
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	return unknown("flag", "--"+missing.GetSpecifiedName(), names)
}

func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return inputs.Usagef("`"+cmd.CommandPath()+" --help` shows the usage", "%s takes no arguments; unexpected argument %q", commandName(cmd), args[0])
	}
	return nil
}

// commandName returns the name of a command as messages show it, such as "registry lint".
func commandName(cmd *cobra.Command) string {
	return strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()+" ")
}
