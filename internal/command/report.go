package command

import (
	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// exitCode returns the exit code of a report.
func exitCode(rep check.Report) int {
	switch {
	case rep.Verdict == diag.Pass, rep.Verdict == diag.NothingToCheck && rep.NothingAllowed:
		return ExitPass
	case rep.Verdict == diag.Fail:
		return ExitFindings
	case rep.Verdict == diag.NothingToCheck:
		return ExitNothing
	default:
		return ExitNoVerdict
	}
}

// WriteReport renders all outputs before it writes the first byte, then writes each of them once. If an output cannot be
// written, a pass becomes no-verdict, and the outputs that follow say so. It returns the report as last written, and its exit
// code. quiet leaves out the notices.
func WriteReport(env process.Env, outputs []settings.Output[*diag.Report], rep check.Report, quiet bool) (check.Report, int) {
	code := exitCode(rep)
	rendered, failures := make([]sink.Document, len(outputs)), make([]error, len(outputs))
	for i, o := range outputs {
		rendered[i], failures[i] = o.Document(env, &rep.Report)
	}
	lost := false
	for i, o := range outputs {
		if lost {
			rendered[i], failures[i] = o.Document(env, &rep.Report)
		}
		err := failures[i]
		if err == nil {
			err = o.Write(env, rendered[i])
		}
		if err == nil {
			continue
		}
		env.Say(sink.Linef("vendorgate: cannot write the %s report: %s", o.Name, err))
		if code == ExitPass {
			code, lost = ExitNoVerdict, true
			rep.Verdict, rep.Reason = diag.NoVerdict, "the "+o.Name+" report could not be written"
		}
	}
	for _, notice := range rep.Notices {
		if !quiet {
			env.Say(sink.Linef("vendorgate: %s", notice))
		}
	}
	env.Say(sink.Linef("vendorgate: %s", report.Summary(&rep.Report)))
	if _, advice := report.Advice(&rep.Report); advice != "" && rep.Verdict == diag.NothingToCheck {
		env.Say(sink.Linef("    hint: %s", advice))
	}
	return rep, code
}
