package cli

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/render"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/survey"
)

// renewOptions are the flags of registry renew.
type renewOptions struct {
	id, registry, asOf string
	format             settings.FormatFlag[render.Renewal]
}

func newRegistryRenew(r *run) *cobra.Command {
	o := &renewOptions{}
	cmd := &cobra.Command{
		Use:   "renew id",
		Short: "List what to do to renew a record",
		Example: "  vendorgate registry renew larkspur-mail --registry ../vendor-registry\n" +
			"  vendorgate registry renew larkspur-mail --as-of 2027-09-01 --format markdown",
		Long: "renew lists what is not valid or overdue in a record, what is due within the warning periods of the policy, and what is\n" +
			"unknown, as if one repository used everything that the scope allows. It says what to do and who has the evidence, and\n" +
			"includes the vendor's waivers.",
		Args: oneID("registry renew", "larkspur-mail"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.id = args[0]
			return renew(cmd.Context(), r.env, o)
		},
	}
	registryFlag(cmd.Flags(), &o.registry, ".", registryHelp)
	cmd.Flags().StringVar(&o.asOf, "as-of", "", asOfHelp)
	addFormat(&o.format, cmd, "the list", render.RenewalFormats())
	return cmd
}

// renew prints the list for one record.
func renew(ctx context.Context, env process.Env, o *renewOptions) error {
	outputs, err := o.format.Read(env)
	if err != nil {
		return err
	}
	asOf, err := settings.ReadAsOf(o.asOf, env)
	if err != nil {
		return err
	}
	known, rules, err := trustedRegistry(ctx, env, o.registry)
	if err != nil {
		return err
	}
	v, err := o.record(known)
	if err != nil {
		return err
	}
	return settings.WriteOutputs(env, outputs, render.Renewal{Vendor: v, Policy: rules, List: survey.Renew(rules, known, v, asOf.In(rules))})
}

// record returns the organisation's record. Records in the embedded catalogue need no renewal.
func (o *renewOptions) record(known *registry.Registry) (*registry.Vendor, error) {
	own, err := known.Tree.List("vendors", ".yaml")
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", known.Tree.Name("vendors"), err)
	}
	if slices.Contains(own, o.id) {
		return vendor(known, o.id)
	}
	if slices.Contains(known.IDs(), o.id) {
		return nil, inputs.Usagef("create one with `vendorgate registry new "+o.id+" --registry "+o.registry+"`", "the registry has no record of %q", o.id)
	}
	return nil, unknown("vendor", o.id, own)
}
