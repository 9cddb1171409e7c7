package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"

	"github.com/vendorgate/vendorgate/internal/policy"
)

// proof is how far a claim can be trusted: the best of the fresh evidence that supports it.
func (u *Subject) proof(path string) policy.Assurance {
	best := policy.Asserted
	for _, e := range u.evidence() {
		if e.level > best && slices.ContainsFunc(e.supports, func(pattern string) bool { return registry.Supports(pattern, path) }) {
			best = e.level
		}
	}
	return best
}

// piece is what a piece of evidence proves today.
type piece struct {
	id       string
	level    policy.Assurance
	supports []string
}

// evidence is what each piece of evidence proves today. It ends on its own last day. One that holds an assessment also
// ends with the assessment, and proves no more than that: a report that only a bridge letter keeps alive is no longer
// audited.
func (u *Subject) evidence() []piece {
	if u.pieces != nil {
		return u.pieces
	}
	held := map[string]policy.Assurance{}
	for _, a := range u.Fact("assessments").Records {
		if id := a.Get("evidence"); id.Known() {
			s := u.Counts(a)
			if s.Through.Lapsed(u.Today.Instant, time.UTC) {
				s.level = policy.Asserted
			}
			held[id.Text] = max(held[id.Text], s.level)
		}
	}
	u.pieces = []piece{}
	for _, e := range u.Fact("evidence").Records {
		p := piece{e.Get("id").Text, policy.Assurance(e.Get("assurance").Int), e.Get("supports").Texts()}
		if end := e.Get("expires"); end.Known() && end.Day.Lapsed(u.Today.Instant, u.Today.Zone) {
			p.level = policy.Asserted
		}
		if most, ok := held[p.id]; ok {
			p.level = min(p.level, most)
		}
		u.pieces = append(u.pieces, p)
	}
	return u.pieces
}

// freshEvidence reports whether a piece of evidence is there and proves anything today.
func (u *Subject) freshEvidence(id string) bool {
	return slices.ContainsFunc(u.evidence(), func(p piece) bool { return p.id == id && p.level > policy.Asserted })
}

// unprovenClaims: VG-REG-006. What nobody knows needs no proof yet: VG-REG-005 asks for it.
func unprovenClaims(u *Subject) []Fault {
	w := u.gaps("VG-REG-006")
	for _, a := range u.Policy.Assurance {
		need, have := a.Need[u.Tier], policy.Tested
		for _, path := range a.Paths {
			if v := u.Fact(path); !v.Known() || strings.HasSuffix(path, ".notes") {
				continue
			}
			if p := u.proof(path); p < need.Value {
				have = min(have, p)
				w.related = append(w.related, u.Seen(path, "the claim"))
			}
		}
		if have < need.Value {
			w.lacking = append(w.lacking, fmt.Sprintf("%s is only %s, and this use needs it %s", strings.TrimSuffix(a.Pattern, ".*"), have, need.Value))
			w.related = append(w.related, diag.Related{Pos: need.Pos, Message: "the policy wants the proof"})
		}
	}
	return w.fault(u.subject("the proof of claims"), u.team("attaches evidence that covers it (evidence[].supports)."))
}
