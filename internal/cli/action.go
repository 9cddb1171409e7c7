package cli

import (
	"strconv"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// reportFile is the name of the JSON report in the runner's temp folder. The output names the file and not its path,
// because the folder has one path in the container and another outside.
const reportFile = "vendorgate-report.json"

// newAction returns the command that the container runs: check, with the action's inputs as its flags. The verdict is final
// before any of it is published; later errors do not change it.
func newAction(r *run) *cobra.Command {
	o := &actionOptions{checkOptions: checkOptions{dir: "."}}
	cmd := &cobra.Command{
		Use: "action", Short: actionShort, Hidden: true, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ci := newCI(r.env)
			if err := o.read(cmd.Flags(), r.env, ci); err != nil {
				return err
			}
			rep, code, err := checkAndWrite(cmd.Context(), r.env, &o.checkOptions)
			if err != nil {
				return err
			}
			r.code = code
			publish(r.env, ci, rep, code)
			show(r.env, ci, rep)
			comment(cmd.Context(), r.env, ci, o, rep, code)
			return nil
		},
	}
	o.flags(cmd)
	return cmd
}

// show writes the annotations on the changed lines and the summary of the run.
func show(env Env, ci ciSystem, rep check.Report) {
	if err := ci.annotate(rep.Findings); err != nil {
		env.say(sink.Linef("vendorgate: cannot write the annotations: %s; the verdict is not affected", err))
	}
	if err := ci.summarise(&rep.Report); err != nil {
		env.say(sink.Linef("vendorgate: cannot write the summary: %s; the verdict is not affected", err))
	}
}

// publish passes the verdict to later steps. Errors are reported and do not affect the verdict.
func publish(env Env, ci ciSystem, rep check.Report, code int) {
	document, err := report.JSON(&rep.Report)
	where := ""
	if err == nil {
		where, err = ci.keep(reportFile, document)
	}
	if err != nil {
		env.say(sink.Linef("vendorgate: cannot write the report: %s; the verdict is not affected", err))
	}
	c := rep.Counts
	err = ci.publish([]sink.Output{
		{Name: "verdict", Value: string(rep.Verdict)},
		{Name: "exit-code", Value: strconv.Itoa(code)},
		{Name: "errors", Value: strconv.Itoa(c.Errors)},
		{Name: "warnings", Value: strconv.Itoa(c.Warnings)},
		{Name: "unvetted", Value: strconv.Itoa(c.Unvetted)},
		{Name: "lapsed", Value: strconv.Itoa(c.Lapsed)},
		{Name: "report", Value: where},
	})
	if err != nil {
		env.say(sink.Linef("vendorgate: cannot set the outputs: %s; the verdict is not affected", err))
	}
}
