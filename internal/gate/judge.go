package gate

import (
	"fmt"
	"slices"
	"strings"

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
		u.Begin(r.Waivable)
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
		u.Begin(true)
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
			u.AskAt(q.Levels[u.Tier], q.Pos, q.Unknown(u.Answers())...)
		case policy.Holds, policy.NotApplicable, policy.NotAsked:
		}
		u.AddOutcome(q.ID, outcome)
	}
	for _, f := range missing(u) {
		e.rule(u, Incomplete, f)
	}
	if e.in.Policy.Rule(Incomplete).Levels[u.Tier] != diag.Off {
		u.Begin(true)
		u.WantsOf("an answer to everything that a rule or requirement needs to know", "")
		u.AddOutcome(Incomplete, map[bool]policy.Outcome{false: policy.Holds, true: policy.IsUnknown}[len(u.Missing) > 0])
	}
}

// UnknownSeverity returns the severity of an answer that is missing: that of VG-REG-005, and at least that of a requirement that asks for
// it. Otherwise, it would pay to leave out a bad answer. A policy that does not raise VG-REG-005 but sets it, or turns it off, means that.
func UnknownSeverity(u *subject.Subject, m subject.Missing) diag.Severity {
	set := u.Policy.Rule(Incomplete)
	builtIn, _ := rules.ByID(Incomplete)
	level := set.Levels[u.Tier]
	if level == diag.Off || set.Pos.File != "" && level <= builtIn.Levels[u.Tier] {
		return level
	}
	return max(level, m.Level)
}

// missing implements VG-REG-005: one fault for all attributes that the policy asks for and the record does not have, and others for those
// that a requirement makes more severe and those that no waiver may cover.
func missing(u *subject.Subject) []subject.Fault {
	base := u.Policy.Rule(Incomplete).Levels[u.Tier]
	type kind struct{ raised, firm bool }
	answers, least := map[kind][]subject.Missing{}, map[kind]diag.Severity{}
	for _, m := range u.Missing {
		k := kind{UnknownSeverity(u, m) > base, u.Firm(m)}
		answers[k] = append(answers[k], m)
		if k.raised {
			least[k] = max(least[k], m.Level)
		}
	}
	var out []subject.Fault
	for _, k := range []kind{{true, true}, {true, false}, {false, true}, {false, false}} {
		if len(answers[k]) > 0 {
			f := missingFault(u, answers[k])
			f.MinSeverity, f.Firm = least[k], k.firm
			out = append(out, f)
		}
	}
	return out
}

func missingFault(u *subject.Subject, answers []subject.Missing) subject.Fault {
	var paths []string
	for _, a := range answers {
		paths = append(paths, strings.Join(a.Paths, " or "))
	}
	f := subject.Fault{
		Pos: u.ID.Pos, Key: strings.Join(slices.Sorted(slices.Values(paths)), ","),
		Message: fmt.Sprintf("the policy requires attributes that are unknown for %q: %s", u.ID.Value, strings.Join(paths, ", ")),
		Hint:    u.OwnerMust("%s and record the answers in %s.", subject.HowToAnswer(answers), u.Vendor.File),
	}
	once := func(pos diag.Pos, words string) {
		if pos.File != "" && !slices.ContainsFunc(f.Related, func(r diag.Related) bool { return r.Pos == pos }) {
			f.Related = append(f.Related, diag.Related{Pos: pos, Message: words})
		}
	}
	for _, a := range answers {
		once(u.Attr(a.Paths[0]).Pos, "missing here")
	}
	for _, a := range answers {
		once(a.Pos, "the policy asks for "+strings.Join(a.Paths, " or "))
	}
	return f
}
