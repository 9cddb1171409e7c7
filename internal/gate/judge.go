package gate

import (
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// The rules that package gate judges by itself and that test cases of a policy may name.
const (
	Unregistered = rules.Unregistered
	Incomplete   = rules.NotEstablished
)

// Judge runs every rule and requirement on one use, without waivers. The findings are in the order of the rules.
func Judge(u *subject.Subject) []diag.Finding {
	e := newEvaluation(Input{Registry: u.Registry, Policy: u.Policy, AsOf: u.Today.Instant, Repository: u.Repository})
	e.judge(u)
	var out []diag.Finding
	for i := range e.findings {
		out = append(out, e.findings[i].Finding)
	}
	return out
}

// judge runs the rules on one use. If the status forbids the use, no other rule runs. A rule that is off does not run, so it does
// not ask for attributes either.
func (e *evaluation) judge(u *subject.Subject) {
	for _, r := range e.asked {
		if r.Judge == nil || e.in.Policy.Rule(r.ID).Levels[u.Tier] == diag.Off {
			continue
		}
		u.Begin()
		faults := r.Judge(u)
		u.Conclude(r.ID, faults)
		for _, f := range faults {
			e.rule(u, r.ID, f)
			if r.ID == rules.StatusForbids && f.Key == "pilot" {
				e.unvetted[u.ID.Value] = true
			}
		}
		if r.ID == rules.StatusForbids && rules.ForbiddenByStatus(u) {
			return
		}
	}
	for i := range e.in.Policy.Requirements {
		q := &e.in.Policy.Requirements[i]
		if q.Levels[u.Tier] == diag.Off {
			continue
		}
		u.Begin()
		if !q.Admits(u.Facts()) {
			u.NotAsked("its condition (when) excludes the use")
			u.AddOutcome(q.ID, policy.NotAsked)
			continue
		}
		outcome, b := q.Judge(u.Answers())
		switch outcome {
		case policy.Fails:
			e.add(u, q.ID, q.Levels, true, subject.RequirementFails(u, q, b))
		case policy.IsUnknown:
			u.Ask(q.Pos, q.Unknown(u.Answers())...)
		case policy.Holds, policy.NotApplicable, policy.NotAsked:
		}
		u.AddOutcome(q.ID, outcome)
	}
	if len(u.Missing) > 0 {
		e.rule(u, Incomplete, rules.MissingAnswers(u))
	}
	if e.in.Policy.Rule(Incomplete).Levels[u.Tier] != diag.Off {
		u.Begin()
		u.WantsOf("an answer to everything that a rule or requirement needs to know", "")
		u.AddOutcome(Incomplete, map[bool]policy.Outcome{false: policy.Holds, true: policy.IsUnknown}[len(u.Missing) > 0])
	}
}
