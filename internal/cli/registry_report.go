package cli

import (
	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
)

func newRegistryReport(r *run) *cobra.Command {
	o := &surveyOptions{}
	var format settings.FormatFlag[*inventory.Inventory]
	cmd := &cobra.Command{
		Use:     "report",
		Short:   "Report what a registry contains, what expires, and which records meet the policy",
		Example: "  vendorgate registry report --registry ../vendor-registry\n  vendorgate registry report --registry acme/vendor-registry --format html=report.html --format ics=expiries.ics",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			outputs, err := format.Read(r.env)
			if err != nil {
				return err
			}
			v, err := o.survey(cmd.Context(), r.env)
			if err != nil {
				return err
			}
			if err = settings.WriteOutputs(r.env, outputs, v); err != nil {
				return err
			}
			for _, o := range outputs {
				if note, ok := inventory.Note(o.Name, v); ok {
					r.env.Say(sink.Join(sink.Text("vendorgate: "), note))
				}
			}
			r.surveyed(v, inventory.Summary(v))
			return nil
		},
	}
	o.flags(cmd.Flags())
	addFormat(&format, cmd, "the overview", inventory.Formats())
	return cmd
}
