package policytest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Trial is the result of a case.
type Trial struct {
	Case *Case
	Tier int // effective; 0 if the vendor is not reviewed
	Said []Said
}

// Said is an expectation with the actual outcome.
type Said struct {
	Expectation
	Got policy.Outcome
	Why string // message of the finding, or why the rule did not run; empty if it passed
}

// Met reports whether the outcome is the expected one.
func (s Said) Met() bool { return s.Got == s.Want }

// Hint says what to do about an expectation that is not met; empty if nobody can say.
func (s Said) Hint() string {
	if s.Want == policy.Fails && s.Got == policy.IsUnknown {
		return fmt.Sprintf("the record lacks an answer, which is not a wrong one: list %s under `unknown`, or state the answer in the record", s.ID.Value)
	}
	return ""
}

// Passed reports whether every expectation is met.
func (t Trial) Passed() bool {
	return !slices.ContainsFunc(t.Said, func(s Said) bool { return !s.Met() })
}

// Try runs a case.
func Try(p *policy.Policy, c *Case) Trial {
	t := Trial{Case: c}
	j := judge(p, c)
	if j.use != nil {
		t.Tier = j.use.Tier
	}
	for _, want := range c.Expect {
		got, why := j.outcome(want.ID.Value)
		t.Said = append(t.Said, Said{want, got, why})
	}
	return t
}

// judgement is the outcome of all rules for a case.
type judgement struct {
	policy   *policy.Policy
	use      *subject.Subject // nil if the vendor is not reviewed
	outcomes []subject.RuleOutcome
	findings []diag.Finding
}

func judge(p *policy.Policy, c *Case) judgement {
	u := gate.NewSubject(p, c.registry, c.AsOf.Start(p.Zone), c.repository, &c.entry)
	if u == nil {
		return judgement{policy: p, outcomes: []subject.RuleOutcome{{ID: gate.Unregistered, Outcome: policy.Fails}}}
	}
	if c.tier > 0 {
		u.Tier = c.tier
	}
	u.TrackOutcomes = true
	u.AddOutcome(gate.Unregistered, policy.Holds)
	findings := gate.Judge(u)
	return judgement{p, u, u.Outcomes, findings}
}

// outcome returns the outcome of a rule or requirement, and why.
func (j judgement) outcome(id string) (policy.Outcome, string) {
	i := slices.IndexFunc(j.outcomes, func(v subject.RuleOutcome) bool { return v.ID == id })
	if i < 0 || j.outcomes[i].Outcome == policy.NotAsked {
		return policy.NotAsked, j.whyNotAsked(id)
	}
	var why []string
	for _, f := range j.findings {
		if f.Rule == id {
			why = append(why, f.Message)
		}
	}
	if j.outcomes[i].Outcome == policy.IsUnknown {
		why = append(why, j.outcomes[i].UnknownTo()...)
	}
	return j.outcomes[i].Outcome, strings.Join(why, "; ")
}

// whyNotAsked explains why a rule or requirement did not run.
func (j judgement) whyNotAsked(id string) string {
	if j.use == nil {
		return "the vendor is not reviewed"
	}
	requirements := j.policy.Requirements
	i := slices.IndexFunc(requirements, func(q policy.Requirement) bool { return q.ID == id })
	switch {
	case j.policy.Severities(id)[j.use.Tier] == diag.Off:
		return fmt.Sprintf("it is off at tier %d", j.use.Tier)
	case i >= 0 && !requirements[i].Admits(j.use.Facts()):
		return "its `when` does not match the use"
	}
	for _, o := range j.outcomes {
		if o.ID == id && o.Excluded != "" {
			return o.Excluded
		}
	}
	return "the status of the vendor already forbids the use"
}
