package subject

import (
	"fmt"
	"slices"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Proof returns the assurance of a claim: the highest of the valid evidence that supports it.
func (u *Subject) Proof(path string) policy.Assurance {
	best := policy.Asserted
	for _, e := range u.evidence() {
		if e.level > best && slices.ContainsFunc(e.supports, func(pattern string) bool { return registry.Supports(pattern, path) }) {
			best = e.level
		}
	}
	return best
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
			s := u.Validity(a)
			if u.ValidityEnd(s).Past {
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

// FreshEvidence reports whether a piece of evidence is valid today.
func (u *Subject) FreshEvidence(id string) bool {
	return slices.ContainsFunc(u.evidence(), func(p piece) bool { return p.id == id && p.level > policy.Asserted })
}

// EvidenceEnd returns the last day on which a piece of evidence gives the assurance need; none if it has no end. counts is false if it
// never does.
func (u *Subject) EvidenceEnd(rule, id string, need policy.Assurance) (end []Deadline, counts bool) {
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
		s := u.Validity(a)
		through, sets := s.Through, s.By
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

// ProofEnd returns the last day on which any evidence gives an attribute the assurance need; none if none expires, or none does.
func (u *Subject) ProofEnd(rule, path string, need policy.Assurance) []Deadline {
	var best []Deadline
	for _, e := range u.Attr("evidence").Records {
		id := e.Get("id").Text
		supports := slices.ContainsFunc(e.Get("supports").Texts(), func(pattern string) bool { return registry.Supports(pattern, path) })
		if !supports || policy.Assurance(e.Get("assurance").Int) < need {
			continue
		}
		end, counts := u.EvidenceEnd(rule, id, need)
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
