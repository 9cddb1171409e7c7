package cli

import (
	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/inventory"
)

func newRegistryForecast(r *run) *cobra.Command {
	o := &surveyOptions{}
	var format formatFlag[*inventory.Forecast]
	var days, cliff int
	var by string
	cmd := &cobra.Command{
		Use:     "forecast",
		Short:   "Forecast what expires in a registry, and when",
		Long:    "forecast counts what expires in a registry by week or month, and lists the days on which many things expire.",
		Example: "  vendorgate registry forecast --registry ../vendor-registry\n  vendorgate registry forecast --registry ../vendor-registry --days 90 --by week --cliff 3 --format markdown",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case days < 1 || days > 3660:
				return usagef("write a number of days from 1 to 3660", "--days %d is out of range", days)
			case cliff < 1:
				return usagef("write a number of 1 or more", "--cliff %d is out of range", cliff)
			case by != string(inventory.Week) && by != string(inventory.Month):
				return invalid("--by", by, []string{"week", "month"})
			}
			outputs, err := format.read(r.env)
			if err != nil {
				return err
			}
			v, err := o.survey(cmd.Context(), r.env)
			if err != nil {
				return err
			}
			f := v.Forecast(days, inventory.Unit(by), cliff)
			if err = writeOutputs(r.env, outputs, &f); err == nil {
				r.surveyed(v, inventory.ForecastSummary(&f))
			}
			return err
		},
	}
	o.flags(cmd.Flags())
	format.add(cmd, "the forecast", inventory.ForecastFormats())
	cmd.Flags().IntVar(&days, "days", 365, "How many days to look ahead.")
	cmd.Flags().StringVar(&by, "by", "month", "Period to group by: week or month.")
	cmd.Flags().IntVar(&cliff, "cliff", inventory.CliffOver, "List days with more than this many expiries.")
	return cmd
}
