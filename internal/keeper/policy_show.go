package keeper

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/render"
	"github.com/vendorgate/vendorgate/internal/settings"
)

// showOptions are the flags of policy show.
type showOptions struct {
	registry string
	format   settings.FormatFlag[*policy.Policy]
}

func newPolicyShow(r *command.Run) *cobra.Command {
	o := &showOptions{}
	cmd := &cobra.Command{
		Use:   "show",
		Short: "Show the policy in force, and where each line comes from",
		Example: "  vendorgate policy show --registry ../vendor-registry\n" +
			"  vendorgate policy show --registry ../vendor-registry --format yaml=effective.yaml",
		Long: "show prints the policy with its presets and overlays applied. The yaml format is a policy that has the same effect\n" +
			"and does not need the presets.",
		Args: command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return showPolicy(cmd.Context(), r.Env, o) },
	}
	command.RegistryFlag(cmd.Flags(), &o.registry, ".", command.RegistryHelp)
	command.AddFormat(&o.format, cmd, "the policy", render.PolicyFormats())
	return cmd
}

func showPolicy(ctx context.Context, env process.Env, o *showOptions) error {
	outputs, err := o.format.Read(env)
	if err != nil {
		return err
	}
	_, rules, err := command.OpenRegistry(ctx, env, o.registry)
	if err != nil {
		return err
	}
	return settings.WriteOutputs(env, outputs, rules)
}
