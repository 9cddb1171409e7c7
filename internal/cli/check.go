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
		Use:   "check [dir]",
		Short: "Check the vendors that a repository uses against the registry",
		Long: "check reads the vendors that a repository declares in vendors.yaml, searches the code for undeclared ones, and checks\n" +
			"them against the registry and its policy.\n\n" +
			"Exit codes: 0 pass, 1 findings, 2 usage error, 3 nothing to check, 4 no verdict.",
		Example: "  vendorgate check --registry ../vendor-registry\n  vendorgate check services/checkout --registry ../vendor-registry --format json=report.json",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("pass one directory; --manifest selects manifests in it", "check takes one directory; unexpected argument %q", args[1])
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

// checkAndWrite runs one check, from options to exit code. It returns an error for wrong settings and for a run that was
// stopped; all other errors are part of the report.
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

// exitCode returns the exit code of a report.
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

// writeReport renders all outputs before it writes the first byte, then writes each of them once. If an output cannot be
// written, a pass becomes no-verdict, and the outputs that follow say so. It returns the report as last written, and its exit
// code.
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
		env.say(sink.Linef("vendorgate: cannot write the %s report: %s", o.Name, err))
		if code == exitPass {
			code, lost = exitNoVerdict, true
			rep.Verdict, rep.Reason = diag.NoVerdict, "the "+o.Name+" report could not be written"
		}
	}
	for _, notice := range rep.Notices {
		env.say(sink.Linef("vendorgate: %s", notice))
	}
	env.say(sink.Linef("vendorgate: %s", report.Summary(&rep.Report)))
	if _, advice := report.Advice(&rep.Report); advice != "" && rep.Verdict == diag.NothingToCheck {
		env.say(sink.Linef("    hint: %s", advice))
	}
	return rep, code
}
