package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/render"
)

// showOptions is the command line of policy show.
type showOptions struct {
	registry string
	format   formatFlag[*policy.Policy]
}

func newPolicyShow(r *run) *cobra.Command {
	o := &showOptions{}
	cmd := &cobra.Command{
		Use:   "show",
		Short: "Show the policy as it applies, and where each line of it comes from",
		Example: "  vendorgate policy show --registry ../vendor-registry\n" +
			"  vendorgate policy show --registry ../vendor-registry --format yaml=effective.yaml",
		Long: "show prints the policy with its presets and overlays applied. As yaml it is a policy that says all of it, and\n" +
			"applies as this one does.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return showPolicy(cmd.Context(), r.env, o) },
	}
	registryFlag(cmd.Flags(), &o.registry, "Registry of the organisation, as check takes it.")
	o.format.add(cmd, "the policy", render.PolicyFormats())
	return cmd
}

func showPolicy(ctx context.Context, env Env, o *showOptions) error {
	outputs, err := o.format.read(env)
	if err != nil {
		return err
	}
	_, rules, err := trustedRegistry(ctx, env, o.registry)
	if err != nil {
		return err
	}
	return writeOutputs(env, outputs, rules)
}
