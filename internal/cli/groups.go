package cli

import (
	"runtime/debug"

	"github.com/spf13/cobra"
)

// newPolicy groups the commands about a policy.
func newPolicy(r *run) *cobra.Command {
	return group(&cobra.Command{
		Use:     "policy",
		Short:   "Show and test a registry's policy",
		Example: "  vendorgate policy show --registry ../vendor-registry\n  vendorgate policy test --registry ../vendor-registry --require-coverage",
	}, newPolicyShow(r), newPolicyTest(r))
}

// newRegistry groups the commands for the maintainers of a registry.
func newRegistry(r *run) *cobra.Command {
	return group(&cobra.Command{
		Use:   "registry",
		Short: "Maintain a registry's records, waivers and policy",
		// These commands read thousands of records and keep most of them, so collecting garbage often is wasted work.
		PersistentPreRun: func(*cobra.Command, []string) { debug.SetGCPercent(400) },
		Example:          "  vendorgate registry new stripe --tier 2 --data personal --registry ../vendor-registry\n  vendorgate registry fmt ../vendor-registry",
	}, newRegistryBrief(r), newRegistryFmt(r), newRegistryForecast(r), newRegistryLint(r), newRegistryNew(r), newRegistryRenew(r), newRegistryReport(r))
}

// group adds subcommands to a command that does nothing but show its help.
func group(cmd *cobra.Command, commands ...*cobra.Command) *cobra.Command {
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
		return unknown("command", cmd.Name()+" "+args[0], prefixed(cmd.Name()+" ", names))
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
