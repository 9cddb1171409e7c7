package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// The help of flags that several commands have.
const (
	registryHelp          = "Your organisation's registry: a directory with policy.yaml, vendors/ and waivers/, or a repository as owner/repo[@ref][//path]."
	embeddedByDefault     = " By default, the registry embedded in vendorgate."
	registryDirectoryHelp = "Your organisation's registry: a directory with policy.yaml, vendors/ and waivers/."
	asOfHelp              = "Date (2027-01-31) or time (RFC 3339) to evaluate at. By default, now."
)

// registryFlag adds the --registry flag. Commands for the maintainers of a registry default to the current directory.
func registryFlag(f *pflag.FlagSet, registry *string, value, help string) {
	f.SortFlags = false
	f.StringVar(registry, "registry", value, help)
}

// addFormat adds the flag to a command. The help calls the output by the name in what.
func addFormat[T any](f *settings.FormatFlag[T], cmd *cobra.Command, what string, formats sink.Formats[T]) {
	f.Formats = formats
	cmd.Flags().StringArrayVar(&f.Given, "format", nil,
		fmt.Sprintf("Format of %s: %s, with =FILE to write it to a file; repeatable. By default, %s on stdout.", what, orList(formats.Names()), formats[0].Name))
	completeFormats(cmd, formats.Names())
}

// completeFormats lets shells complete --format.
func completeFormats(cmd *cobra.Command, names []string) {
	err := cmd.RegisterFlagCompletionFunc("format", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return names, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	})
	if err != nil {
		panic("cli: " + err.Error()) // the flag is missing, or has a completion already
	}
}

// orList joins words: "text, json or markdown".
func orList(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
