package cli

import (
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vendorgate/vendorgate/internal/ci"
	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/explain"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// flagValues returns the values that shells complete a flag to, by its name. Commands agree on what a name means.
func flagValues() map[string][]string {
	out := settings.Choices()
	out["policy"] = slices.Concat(policy.Presets(), policy.Overlays())
	out["preset"] = out["policy"]
	out["category"] = vocab.Categories()
	out["comment"], out["comment-recreate"] = commentChoices(), recreateChoices()
	out["environment"] = vocab.Environments()
	for _, class := range vocab.DataClasses() {
		out["data"] = append(out["data"], class.Name)
	}
	return out
}

// completeValues lets shells complete the values of flags, and the rules and vendors that commands take as arguments.
func completeValues(env process.Env, cmd *cobra.Command, values map[string][]string) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		known, ok := values[f.Name]
		if _, taken := cmd.GetFlagCompletionFunc(f.Name); !ok || taken {
			return
		}
		command.CompleteFlag(cmd, f.Name, known)
	})
	switch command.Name(cmd) {
	case "explain":
		cmd.ValidArgsFunction = completeVendors(env, explain.IDs())
	case "add", "registry approve", "registry renew", "registry suspend", "registry brief":
		cmd.ValidArgsFunction = completeVendors(env, nil)
	}
	for _, c := range cmd.Commands() {
		completeValues(env, c, values)
	}
}

// completeHelp completes the name of a command, with the groups that it is in.
func completeHelp(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var out []string
	if found, rest, err := cmd.Root().Find(args); err == nil && len(rest) == 0 {
		for _, c := range found.Commands() {
			if c.IsAvailableCommand() {
				out = append(out, c.Name())
			}
		}
	}
	if len(args) == 0 {
		out = append(out, exitCodesPage)
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// completeVendors completes an argument to a word or a vendor. It asks no server.
func completeVendors(env process.Env, words []string) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		name, _ := cmd.Flags().GetString("registry") // all of these commands have it
		request, err := settings.RegistryRequest(env, ci.RegistrySettings{Name: name})
		if err != nil {
			return words, cobra.ShellCompDirectiveNoFileComp
		}
		trusted := request.BuiltIn()
		if request.Registry != "" {
			if found := request.FindRegistry(cmd.Context(), nil); found.Rules.Tree() != nil {
				trusted = found.Rules
			}
		}
		known, err := registry.Open(trusted, request.BuiltIn())
		if err != nil {
			return words, cobra.ShellCompDirectiveNoFileComp
		}
		return slices.Concat(words, known.IDs()), cobra.ShellCompDirectiveNoFileComp
	}
}
