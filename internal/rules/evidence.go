package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// proof returns the assurance of a claim: the highest of the valid evidence that supports it.
func (u *Subject) proof(path string) policy.Assurance {
	best := policy.Asserted
	for _, e := range u.evidence() {
		if e.level > best && slices.ContainsFunc(e.supports, func(pattern string) bool { return registry.Supports(pattern, path) }) {
			best = e.level
		}
	}
	return best
}

// piece is a piece of evidence with the assurance that it gives today.
type piece struct {
	id       string
	level    policy.Assurance
	supports []string
}

// evidence returns each piece of evidence with the assurance that it gives today. Expired evidence gives none. Evidence of an
// assessment expires with the assessment and gives no more assurance than it: a report that is valid only through a bridge
// letter no longer counts as audited.
func (u *Subject) evidence() []piece {
	if u.pieces != nil {
		return u.pieces
	}
	held := map[string]policy.Assurance{}
	for _, a := range u.Attr("assessments").Records {
		if id := a.Get("evidence"); id.Known() {
			s := u.validity(a)
			if u.validityEnd(s).Past {
				s.level = policy.Asserted
			}
			held[id.Text] = max(held[id.Text], s.level)
		}
	}
	u.pieces = []piece{}
	for _, e := range u.Attr("evidence").Records {
		p := piece{e.Get("id").Text, policy.Assurance(e.Get("assurance").Int), e.Get("supports").Texts()}
		if end := e.Get("expires"); end.Known() && u.LastDay(end.Day, "").Past {
			p.level = policy.Asserted
		}
		if most, ok := held[p.id]; ok {
			p.level = min(p.level, most)
		}
		u.pieces = append(u.pieces, p)
	}
	return u.pieces
}

// evidenceEnd returns the last day on which a piece of evidence gives the assurance need; none if it has no end. counts is false if it
// never does.
func (u *Subject) evidenceEnd(rule, id string, need policy.Assurance) (end []Deadline, counts bool) {
	for _, e := range u.Attr("evidence").Records {
		if e.Get("id").Text != id || policy.Assurance(e.Get("assurance").Int) < need {
			continue
		}
		d := Deadline{
			Rule: rule, Kind: inventory.Document, Item: id, What: fmt.Sprintf("the evidence %s", id), Who: u.Policy.Owner(), Do: "Get newer evidence and record it.",
		}
		if end := e.Get("expires"); end.Known() {
			d.LastDay, d.At, d.Path = u.LastDay(end.Day, "warn_before_lapse"), end, "evidence["+id+"].expires"
		}
		last, by, paper := u.heldUntil(id, need)
		if paper != nil && last.Date.IsZero() {
			return nil, false
		}
		if paper != nil && (d.At == nil || last.Date.Before(d.Date)) {
			d.LastDay, d.At, d.Path = last, paper.Get(by), "assessments["+paper.Get("id").Text+"]."+by
		}
		if d.At != nil {
			end = []Deadline{d}
		}
		return end, true
	}
	return nil, false
}

// heldUntil returns the last day on which the assessments of a piece of evidence give the assurance need, and the attribute by of the
// assessment that sets the day; nil if it has none.
func (u *Subject) heldUntil(id string, need policy.Assurance) (last LastDay, by string, paper *attr.Record) {
	for _, a := range u.Attr("assessments").Records {
		if a.Get("evidence").Text != id {
			continue
		}
		s := u.validity(a)
		through, sets := s.Through, s.by
		switch {
		case !s.full.IsZero() && need > policy.Attested:
			through, sets = s.full, "period.end"
		case s.level < need && s.full.IsZero():
			through = scalar.Date{}
		}
		if d := u.LastDayIn(time.UTC, through, "warn_before_assessment_end"); paper == nil || d.Date.After(last.Date) {
			last, by, paper = d, sets, a
		}
	}
	return last, by, paper
}

// proofEnd returns the last day on which any evidence gives an attribute the assurance need; none if none expires, or none does.
func (u *Subject) proofEnd(rule, path string, need policy.Assurance) []Deadline {
	var best []Deadline
	for _, e := range u.Attr("evidence").Records {
		id := e.Get("id").Text
		supports := slices.ContainsFunc(e.Get("supports").Texts(), func(pattern string) bool { return registry.Supports(pattern, path) })
		if !supports || policy.Assurance(e.Get("assurance").Int) < need {
			continue
		}
		end, counts := u.evidenceEnd(rule, id, need)
		switch {
		case !counts:
		case len(end) == 0:
			return nil
		case len(best) == 0 || best[0].Date.Before(end[0].Date):
			best = end
		}
	}
	return best
}

// evidenceEnds returns, for each entry of assurance in the policy, the first day on which a claim loses the assurance that it
// needs.
func evidenceEnds(u *Subject) []Deadline {
	var out []Deadline
	for _, a := range u.Policy.Assurance {
		var first []Deadline
		for _, path := range a.Paths {
			if v := u.Attr(path); !v.Known() || strings.HasSuffix(path, ".notes") || a.Need[u.Tier].Value == policy.Asserted {
				continue
			}
			if end := u.proofEnd(UnprovenClaims, path, a.Need[u.Tier].Value); len(end) > 0 && (len(first) == 0 || end[0].Date.Before(first[0].Date)) {
				first = end
			}
		}
		for _, d := range first {
			if !slices.ContainsFunc(out, func(o Deadline) bool { return o.Item == d.Item && o.Date == d.Date }) {
				out = append(out, d)
			}
		}
	}
	return out
}

// freshEvidence reports whether a piece of evidence is valid today.
func (u *Subject) freshEvidence(id string) bool {
	return slices.ContainsFunc(u.evidence(), func(p piece) bool { return p.id == id && p.level > policy.Asserted })
}

// shown says how well a claim is supported, as part of a sentence.
func shown(have policy.Assurance) string {
	if have == policy.Asserted {
		return "is only asserted by the vendor"
	}
	return "has only " + evidenceOf(have)
}

// evidenceOf names the evidence of a level, such as audited evidence.
func evidenceOf(level policy.Assurance) string {
	if level == policy.Tested {
		return "evidence from a test"
	}
	return fmt.Sprintf("%s evidence", level)
}

// unprovenClaims implements VG-REG-006. VG-REG-005 reports claims that are unknown.
func unprovenClaims(u *Subject) []Fault {
	w := u.shortfalls(UnprovenClaims)
	for _, a := range u.Policy.Assurance {
		need, have := a.Need[u.Tier], policy.Tested
		for _, path := range a.Paths {
			if v := u.Attr(path); !v.Known() || strings.HasSuffix(path, ".notes") {
				continue
			}
			if p := u.proof(path); p < need.Value {
				have = min(have, p)
				w.related = append(w.related, u.relatedTo(path, "the claim"))
			}
		}
		if have < need.Value {
			w.reasons = append(w.reasons, fmt.Sprintf("%s %s, but this use requires %s", strings.TrimSuffix(a.Pattern, ".*"), shown(have), evidenceOf(need.Value)))
			w.related = append(w.related, diag.Related{Pos: need.Pos, Message: "the policy requires this assurance"})
		}
	}
	return w.fault(u.about("claims in the record of %q lack evidence"), u.ownerMust("attach evidence for them (evidence[].supports)."))
}
