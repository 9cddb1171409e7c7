package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// Trial is what became of a case.
type Trial struct {
	Case *Case
	Tier int // the effective one; 0 if nobody has reviewed the vendor
	Said []Said
}

// Said is an expectation and what the rule or requirement said.
type Said struct {
	Expectation
	Got Outcome
	Why string // its message, or why it was not asked; empty where it found nothing
}

// Met reports whether it said what was expected.
func (s Said) Met() bool { return s.Got == s.Want }

// Passed reports whether every expectation is met.
func (t Trial) Passed() bool {
	return !slices.ContainsFunc(t.Said, func(s Said) bool { return !s.Met() })
}

// Try judges a case as a check would.
func (p *Policy) Try(c *Case) Trial {
	t := Trial{Case: c}
	j := p.judgement(c)
	if j.use != nil {
		t.Tier = j.use.tier
	}
	for _, want := range c.Expect {
		got, why := j.of(want.ID.Value)
		t.Said = append(t.Said, Said{want, got, why})
	}
	return t
}

// judgement is all that the rules say of a case.
type judgement struct {
	policy   *Policy
	use      *use // nil if nobody has reviewed the vendor
	verdicts []verdict
	findings []diag.Finding
}

func (p *Policy) judgement(c *Case) judgement {
	u := NewSubject(p, c.registry, c.AsOf.Start(p.Zone), c.repository, &c.entry)
	if u == nil {
		return judgement{policy: p, verdicts: []verdict{{id: unregistered, outcome: Fails}}}
	}
	if c.tier > 0 {
		u.tier = c.tier
	}
	u.keeps = true
	u.conclude(unregistered, Holds, nil)
	findings := JudgeUse(u)
	return judgement{p, u, u.verdicts, findings}
}

// of is what one rule or requirement says, and why.
func (j judgement) of(id string) (Outcome, string) {
	i := slices.IndexFunc(j.verdicts, func(v verdict) bool { return v.id == id })
	if i < 0 {
		return NotAsked, j.unasked(id)
	}
	var why []string
	for _, f := range j.findings {
		if f.Rule == id {
			why = append(why, f.Message)
		}
	}
	if j.verdicts[i].outcome == IsUnknown {
		for _, a := range j.verdicts[i].missed {
			why = append(why, "nobody has established "+strings.Join(a.paths, " or "))
		}
	}
	return j.verdicts[i].outcome, strings.Join(why, "; ")
}

// unasked says why a rule or requirement was not asked.
func (j judgement) unasked(id string) string {
	if j.use == nil {
		return "nobody has reviewed the vendor"
	}
	requirements := j.policy.Requirements
	i := slices.IndexFunc(requirements, func(q Requirement) bool { return q.ID == id })
	switch {
	case j.policy.severities(id)[j.use.tier] == diag.Off:
		return fmt.Sprintf("it is off at tier %d", j.use.tier)
	case i >= 0 && !requirements[i].Admits(j.use.facts()):
		return "its `when` does not admit the use"
	default:
		return "the status of the vendor settles the matter"
	}
}

const (
	unregistered = "VG-REG-001"
	incomplete   = "VG-REG-005"
)

// testable lists what a case can judge: the requirements, and the rules that look at a use and its record.
func (p *Policy) testable() []string {
	var out []string
	for _, r := range Rules() {
		if r.judge != nil || r.ID == unregistered || r.ID == incomplete {
			out = append(out, r.ID)
		}
	}
	for i := range p.Requirements {
		out = append(out, p.Requirements[i].ID)
	}
	return out
}
