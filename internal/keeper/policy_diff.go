package keeper

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/impact"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/render"
	"github.com/vendorgate/vendorgate/internal/settings"
)

// diffOptions are the flags of policy diff.
type diffOptions struct {
	registry, base, asOf string
	format               settings.FormatFlag[*impact.Policy]
}

func newPolicyDiff(r *command.Run) *cobra.Command {
	o := &diffOptions{}
	cmd := &cobra.Command{
		Use:   "diff",
		Short: "Show what a change of the policy does to the records of a registry",
		Example: "  vendorgate policy diff --base ../vendor-registry-before\n" +
			"  vendorgate policy diff --base acme/vendor-registry --registry . --format markdown",
		Long: "diff compares the policy of a registry with the one of another registry, or of the same one before a change. It judges every\n" +
			"record that permits use by both, as if one repository used everything that the scope allows, and names the records whose\n" +
			"results change.",
		Args: command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			code, err := diffPolicy(cmd.Context(), r.Env, o)
			r.Code = code
			return err
		},
	}
	command.RegistryFlag(cmd.Flags(), &o.registry, ".", command.RegistryHelp)
	cmd.Flags().StringVar(&o.base, "base", "", "The registry before the change: a directory, or a repository as owner/repo[@ref][//path].")
	cmd.Flags().StringVar(&o.asOf, "as-of", "", command.AsOfHelp)
	command.AddFormat(&o.format, cmd, "the comparison", render.ImpactFormats())
	return cmd
}

// diffPolicy compares two policies. A record that cannot be judged leaves it without a verdict.
func diffPolicy(ctx context.Context, env process.Env, o *diffOptions) (int, error) {
	if o.base == "" {
		return 0, inputs.Usagef("pass the registry before the change with --base", "policy diff needs --base")
	}
	outputs, err := o.format.Read(env)
	if err != nil {
		return 0, err
	}
	asOf, err := settings.ReadAsOf(o.asOf, env)
	if err != nil {
		return 0, err
	}
	_, before, err := command.OpenRegistry(ctx, env, o.base)
	if err != nil {
		return 0, err
	}
	known, after, err := command.OpenRegistry(ctx, env, o.registry)
	if err != nil {
		return 0, err
	}
	result, err := impact.OfPolicy(before, after, known, asOf.In(after))
	if err != nil {
		return 0, err
	}
	if err := settings.WriteOutputs(env, outputs, &result); err != nil {
		return 0, err
	}
	if len(result.Unjudged) > 0 {
		return command.ExitNoVerdict, nil
	}
	return command.ExitPass, nil
}
