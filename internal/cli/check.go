package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/sink"
)

func newCheck(r *run) *cobra.Command {
	o := &checkOptions{}
	cmd := &cobra.Command{
		Use:     "check [dir]",
		Short:   "Check the declared vendors against the registry",
		Example: "  vendorgate check --registry ../vendor-registry\n  vendorgate check services/checkout --registry ../vendor-registry --format json=report.json",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("give one directory; --manifest selects among its manifests", "check takes one directory, and %q is a second", args[1])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			o.dir = "."
			if len(args) == 1 {
				o.dir = args[0]
			}
			_, code, err := checkAndWrite(cmd.Context(), r.env, o)
			r.code = code
			return err
		},
	}
	o.flags(cmd)
	return cmd
}

// checkAndWrite is one run of the gate, from options to exit code. The error is wrong settings, or that the run was stopped;
// whatever else goes wrong is part of the report.
func checkAndWrite(ctx context.Context, env Env, o *checkOptions) (check.Report, int, error) {
	s, err := o.settings(env)
	if err != nil {
		return check.Report{}, 0, err
	}
	collected, err := inputs.Collect(ctx, s.request)
	if err != nil {
		return check.Report{}, 0, err
	}
	show, done := progress(env)
	s.check.Progress = show
	rep, err := check.Run(ctx, check.Inputs{Collected: collected, Settings: s.check})
	done()
	if err != nil {
		return check.Report{}, 0, err
	}
	rep, code := writeReport(env, s.outputs, rep)
	return rep, code, nil
}

// exitCode is the exit code that a verdict means.
func exitCode(rep check.Report) int {
	switch {
	case rep.Verdict == diag.Pass, rep.Verdict == diag.NothingToCheck && rep.NothingAllowed:
		return exitPass
	case rep.Verdict == diag.Fail:
		return exitFindings
	case rep.Verdict == diag.NothingToCheck:
		return exitNothing
	default:
		return exitNoVerdict
	}
}

// writeReport renders everything before the first byte leaves, then writes each output once. A report that cannot be
// written makes no verdict better, and no pass stays one whose report is lost: whatever is written later says so. It returns
// the report as it was written last, and its exit code.
func writeReport(env Env, outputs []output[*diag.Report], rep check.Report) (check.Report, int) {
	code := exitCode(rep)
	rendered, failures := make([]sink.Document, len(outputs)), make([]error, len(outputs))
	for i, o := range outputs {
		rendered[i], failures[i] = o.render(env, &rep.Report)
	}
	lost := false
	for i, o := range outputs {
		if lost {
			rendered[i], failures[i] = o.render(env, &rep.Report)
		}
		err := failures[i]
		if err == nil {
			err = o.write(env, rendered[i])
		}
		if err == nil {
			continue
		}
		env.say(sink.Linef("vendorgate: write the %s report: %s", o.Name, err))
		if code == exitPass {
			code, lost = exitNoVerdict, true
			rep.Verdict, rep.Reason = diag.NoVerdict, "the "+o.Name+" report could not be written"
		}
	}
	for _, notice := range rep.Notices {
		env.say(sink.Linef("vendorgate: %s", notice))
	}
	env.say(sink.Linef("vendorgate: %s", report.Summary(&rep.Report)))
	return rep, code
}
