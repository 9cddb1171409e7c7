package cli

import (
	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/sink"
)

func newRegistryReport(r *run) *cobra.Command {
	o := &surveyOptions{}
	cmd := &cobra.Command{
		Use:     "report",
		Short:   "Report what a registry holds, what lapses, and how its records stand by the policy",
		Example: "  vendorgate registry report --registry ../vendor-registry\n  vendorgate registry report --registry acme/vendor-registry --format html=report.html --format ics=lapses.ics",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			v, outputs, err := o.survey(cmd.Context(), r.env, inventory.Formats())
			if err != nil {
				return err
			}
			err = writeOutputs(r.env, outputs, func(format string, colour bool) (sink.Document, error) { return inventory.Render(format, v, colour) })
			if err == nil {
				r.surveyed(v, inventory.Summary(v))
			}
			return err
		},
	}
	o.flags(cmd.Flags(), inventory.Formats())
	return cmd
}
