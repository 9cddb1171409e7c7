package render

import (
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// text renders a line for each case, and for each expectation that is not met.
func (t *Tested) text() sink.Document {
	var out sink.Page
	for _, trial := range t.Trials {
		if trial.Passed() {
			out.Linef("ok    %s: %s", trial.Case.Name.Pos, trial.Case.Name.Value)
			continue
		}
		out.Linef("FAIL  %s: %s", trial.Case.Name.Pos, trial.Case.Name.Value)
		for _, s := range trial.Said {
			if s.Met() {
				continue
			}
			out.Linef("      %s: %s: expected %s, got %s", s.ID.Pos, s.ID.Value, s.Want, s.Got)
			if s.Why != "" {
				out.Linef("          %s", s.Why)
			}
			if hint := s.Hint(); hint != "" {
				out.Linef("          hint: %s", hint)
			}
		}
	}
	passed := len(t.Trials) - t.Failed()
	out.Linef("%d of %s pass under policy %s; %d of %d rules and requirements in force are tested both ways",
		passed, diag.Count(len(t.Trials), "case"), t.Policy.ID, t.Coverage.Covered, t.Coverage.InForce)
	t.missing(&out)
	return out.Document()
}

// missing renders a case for each gap in the coverage, ready to paste if it is complete.
func (t *Tested) missing(out *sink.Page) {
	if len(t.Proposals) == 0 {
		return
	}
	out.Line()
	out.Linef("Missing test cases. Those without a comment can be pasted under `tests:` unchanged.")
	out.Line()
	for _, p := range t.Proposals {
		for line := range strings.Lines(p.Text) {
			out.Linef("%s", strings.TrimRight(line, "\n"))
		}
	}
}
