package cli

import (
	"github.com/spf13/cobra"
)

// newRegistry groups the commands for those who keep a registry.
func newRegistry(r *run) *cobra.Command {
	group := &cobra.Command{
		Use:     "registry",
		Short:   "Work on the records, waivers and policy of a registry",
		Example: "  vendorgate registry lint ../vendor-registry",
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	group.AddCommand(newRegistryLint(r))
	group.Args = func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		var names []string
		for _, c := range group.Commands() {
			names = append(names, c.Name())
		}
		return unknown("command", "registry "+args[0], prefixed("registry ", names))
	}
	return group
}

func prefixed(prefix string, words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = prefix + w
	}
	return out
}
