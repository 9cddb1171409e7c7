package check

import (
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// judgement turns findings into a verdict.
type judgement struct {
	gate    gate.Threshold
	doubt   bool           // the base could not be read, so it is unknown what the change introduced and which settings there were
	atBest  []diag.Finding // the findings if the change introduced nothing
	nothing string         // why there is nothing to check; empty if there is something
}

// strictest returns the gate for a run that does not know the settings that could make it stricter.
func strictest() gate.Threshold { return gate.Threshold{FailOn: diag.Note} }

// conclude returns the report with its verdict. A definite failure outranks a gap, and a gap outranks having nothing to
// check.
func (j judgement) conclude(rep diag.Report) diag.Report {
	j.gate.Vendors(rep.Vendors, rep.Findings)
	j.gate.Mark(rep.Findings)
	rep.Count()
	sure := rep.Findings
	if j.doubt {
		sure = j.atBest
	}
	switch {
	case j.gate.Fails(unwaivable(rep, sure)):
		rep.Verdict = diag.Fail
	case len(rep.Gaps) > 0 || gate.Undecided(rep.Findings):
		rep.Verdict, rep.Reason = diag.NoVerdict, "not everything could be read"
	case j.doubt && (j.nothing != "" || strictest().Fails(rep.Findings)):
		rep.Verdict, rep.Reason = diag.NoVerdict, "the base could not be read, and the verdict depends on it"
	case j.nothing != "":
		rep.Verdict, rep.Reason = diag.NothingToCheck, j.nothing
	default:
		rep.Verdict = diag.Pass
	}
	return rep
}

// unwaivable returns the findings that no unread waiver could cover: all of them, if every waiver was read.
func unwaivable(rep diag.Report, findings []diag.Finding) []diag.Finding {
	waivers := path.Join(rep.Origin, "waivers")
	if !slices.ContainsFunc(rep.Gaps, func(g diag.Gap) bool { return g.Target == waivers || strings.HasPrefix(g.Target, waivers+"/") }) {
		return findings
	}
	return slices.DeleteFunc(slices.Clone(findings), func(f diag.Finding) bool {
		rule, structural := rules.ByID(f.Rule)
		return !structural || rule.Waivable
	})
}
