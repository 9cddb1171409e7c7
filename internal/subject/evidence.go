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
			if s.Through.Lapsed(u.Today.Instant, time.UTC) {
				s.level = policy.Asserted
			}
			held[id.Text] = max(held[id.Text], s.level)
		}
	}
	u.pieces = []piece{}
	for _, e := range u.Attr("evidence").Records {
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

// FreshEvidence reports whether a piece of evidence is valid today.
func (u *Subject) FreshEvidence(id string) bool {
	return slices.ContainsFunc(u.evidence(), func(p piece) bool { return p.id == id && p.level > policy.Asserted })
}

// EvidenceEnd returns the last day on which a piece of evidence gives the assurance need; none if it has no end, or never does.
func (u *Subject) EvidenceEnd(rule, id string, need policy.Assurance) []Deadline {
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
		if last, paper := u.heldUntil(id, need); paper != nil && (d.At == nil || Ends(last).Before(Ends(d.LastDay))) {
			d.LastDay, d.At, d.Path = last, paper.Get("id"), "assessments["+paper.Get("id").Text+"]"
		}
		if d.At != nil && !d.Date.IsZero() {
			return []Deadline{d}
		}
	}
	return nil
}

// Ends returns the instant at which a last day is over.
func Ends(d LastDay) time.Time { return d.Date.Plus(scalar.Period{Days: 1}).Start(d.Zone) }

// heldUntil returns the last day on which the assessments of a piece of evidence give the assurance need; nil if it has none.
func (u *Subject) heldUntil(id string, need policy.Assurance) (last LastDay, paper *attr.Record) {
	for _, a := range u.Attr("assessments").Records {
		if a.Get("evidence").Text != id {
			continue
		}
		s := u.Validity(a)
		through := s.Through
		switch {
		case !s.full.IsZero() && need > policy.Attested:
			through = s.full
		case s.level < need && s.full.IsZero():
			through = scalar.Date{}
		}
		if d := u.LastDayIn(time.UTC, through, "warn_before_assessment_end"); paper == nil || d.Date.After(last.Date) {
			last, paper = d, a
		}
	}
	return last, paper
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
		end := u.EvidenceEnd(rule, id, need)
		switch {
		case len(end) == 0:
			return nil
		case end[0].Date.IsZero():
		case len(best) == 0 || Ends(best[0].LastDay).Before(Ends(end[0].LastDay)):
			best = end
		}
	}
	return best
}
