package keeper

import (
	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
)

func newRegistryReport(r *command.Run) *cobra.Command {
	o := &surveyOptions{}
	var format settings.FormatFlag[*inventory.Inventory]
	cmd := &cobra.Command{
		Use:     "report",
		Short:   "Report what a registry contains, what expires, and which records meet the policy",
		Example: "  vendorgate registry report --registry ../vendor-registry\n  vendorgate registry report --registry acme/vendor-registry --format html=report.html --format ics=expiries.ics",
		Args:    command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			outputs, err := format.Read(r.Env)
			if err != nil {
				return err
			}
			v, err := o.survey(cmd.Context(), r.Env)
			if err != nil {
				return err
			}
			if err = settings.WriteEach(r.Env, outputs, func(file string) *inventory.Inventory {
				in := *v
				in.Files = filesFrom(r.Env, v.Files, file)
				return &in
			}); err != nil {
				return err
			}
			for _, o := range outputs {
				if note, ok := inventory.ExtractNote(o.Name, v); ok {
					r.Env.Say(sink.Join(sink.Text("vendorgate: "), note))
				}
			}
			surveyed(r, v, inventory.Summary(v))
			return nil
		},
	}
	o.flags(cmd.Flags())
	command.AddFormat(&format, cmd, "the overview", inventory.Formats())
	return cmd
}

func newRegistryForecast(r *command.Run) *cobra.Command {
	o := &surveyOptions{}
	var format settings.FormatFlag[*inventory.Forecast]
	var days, cliff int
	var by string
	cmd := &cobra.Command{
		Use:     "forecast",
		Short:   "Forecast what expires in a registry, and when",
		Long:    "forecast counts what expires in a registry by week or month, and lists the days on which many things expire.",
		Example: "  vendorgate registry forecast --registry ../vendor-registry\n  vendorgate registry forecast --registry ../vendor-registry --days 90 --by week --cliff 3 --format markdown",
		Args:    command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case days < 1 || days > 3660:
				return inputs.Usagef("write a number of days from 1 to 3660", "--days %d is out of range", days)
			case cliff < 1:
				return inputs.Usagef("write a number of 1 or more", "--cliff %d is out of range", cliff)
			case by != string(inventory.Week) && by != string(inventory.Month):
				return settings.Invalid("--by", by, []string{"week", "month"})
			}
			outputs, err := format.Read(r.Env)
			if err != nil {
				return err
			}
			v, err := o.survey(cmd.Context(), r.Env)
			if err != nil {
				return err
			}
			f := v.Forecast(days, inventory.Unit(by), cliff)
			if err = settings.WriteOutputs(r.Env, outputs, &f); err == nil {
				surveyed(r, v, inventory.ForecastSummary(&f))
			}
			return err
		},
	}
	o.flags(cmd.Flags())
	command.AddFormat(&format, cmd, "the forecast", inventory.ForecastFormats())
	cmd.Flags().IntVar(&days, "days", 365, "How many days to look ahead.")
	cmd.Flags().StringVar(&by, "by", "month", "Period to group by: week or month.")
	command.CompleteFlag(cmd, "by", []string{string(inventory.Week), string(inventory.Month)})
	cmd.Flags().IntVar(&cliff, "cliff", inventory.CliffOver, "List days with more than this many expiries.")
	return cmd
}
