package keeper

import (
	"cmp"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/egress"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/survey"
)

func newRegistryExport(r *command.Run) *cobra.Command {
	o := &surveyOptions{}
	var format settings.FormatFlag[*egress.List]
	var environments, data []string
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Export the hosts of approved vendors as an allow list for proxies and gateways",
		Long: "export writes the hosts of the vendors that may be used. A vendor whose approval or review is over stays on the list and is marked\n" +
			"in a comment, so that the list can be applied without an outage. One that is suspended, denied or not yet approved is left out.",
		Example: "  vendorgate registry export --registry ../vendor-registry --environment prod\n" +
			"  vendorgate registry export --registry ../vendor-registry --environment prod --data personal --format squid=vendors.txt --format cilium=vendors.yaml",
		Args: command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			outputs, err := format.Read(r.Env)
			if err != nil {
				return err
			}
			_, found, asOf, err := o.open(cmd.Context(), r.Env)
			if err != nil {
				return err
			}
			if err = cmp.Or(environmentsExist(environments), classesExist(found.Policy, data)); err != nil {
				return err
			}
			list, err := survey.Egress(found.Policy, found.Registry, asOf, environments, data)
			if err != nil {
				return err //nolint:wrapcheck // it says what was attempted
			}
			list.Version = r.Env.Build.ShownVersion()
			if err = settings.WriteOutputs(r.Env, outputs, &list); err != nil {
				return err
			}
			for _, text := range list.Cautions() {
				r.Env.Say(sink.Linef("vendorgate: beware: %s", text))
			}
			r.Env.Say(sink.Join(sink.Text("vendorgate: "), egress.Summary(&list)))
			if len(list.Unread) > 0 {
				r.Code = command.ExitNoVerdict
			}
			return nil
		},
	}
	o.flags(cmd.Flags())
	command.AddFormat(&format, cmd, "the list", egress.Formats())
	f := cmd.Flags()
	f.StringSliceVar(&environments, "environment", nil, "List only vendors that are approved for all of these environments.")
	f.StringSliceVar(&data, "data", nil, "List only vendors that are approved for all of these data classes.")
	return cmd
}
