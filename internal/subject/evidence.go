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

// piece is a piece of evidence with the assurance that it gives today.
type piece struct {
	entry         *attr.Record
	id            string
	stated, level policy.Assurance
	most          policy.Assurance // on the days on which it is valid
	supports      []string
	doubt         string // why the level is lower than stated, as the rest of a sentence; empty if it is not
}

// lower lowers the level.
func (p *piece) lower(to policy.Assurance, format string, args ...any) {
	if to < p.level {
		p.level, p.doubt = to, fmt.Sprintf(format, args...)
	}
}

// proves reports whether the evidence supports an attribute.
func (p *piece) proves(path string) bool {
	return slices.ContainsFunc(p.supports, func(pattern string) bool { return registry.Supports(pattern, path) })
}

// Proof returns the assurance of a claim: the highest of the valid evidence that supports it.
func (u *Subject) Proof(path string) policy.Assurance {
	best := policy.Asserted
	for _, p := range u.evidence() {
		if p.proves(path) {
			best = max(best, min(p.level, u.mostFor(p.entry, path)))
		}
	}
	return best
}

// mostFor returns the assurance that a piece of evidence can give an attribute: a report cannot show a test that was made after it.
func (u *Subject) mostFor(e *attr.Record, path string) policy.Assurance {
	if early(e, path, u.Attr(path)) != "" {
		return policy.Attested
	}
	return policy.Tested
}

// evidence returns each piece of evidence with the assurance that it gives today. Evidence that nobody can find or date gives none, and
// no evidence gives more than its type allows. Expired evidence gives none. Evidence of an assessment expires with the assessment and
// gives no more assurance than it: a report that is valid only through a bridge letter no longer counts as audited.
func (u *Subject) evidence() []piece {
	if u.pieces != nil {
		return u.pieces
	}
	held, most := map[string]policy.Assurance{}, map[string]policy.Assurance{} // today, and while an assessment is valid
	for _, a := range u.Attr("assessments").Records {
		if id := u.evidenceOf(a); id != "" {
			s := u.Validity(a)
			most[id] = max(most[id], s.level)
			if u.ValidityEnd(s).Past {
				s.level = policy.Asserted
			}
			held[id] = max(held[id], s.level)
		}
	}
	u.pieces = []piece{}
	for _, e := range u.Attr("evidence").Records {
		p := piece{entry: e, id: e.Get("id").Text, stated: stated(e), level: stated(e), supports: e.Get("supports").Texts()}
		today, assessed := held[p.id]
		level, why := u.doubt(e, assessed)
		p.lower(level, "%s", why)
		if p.most = p.level; assessed {
			p.most = min(p.most, most[p.id])
		}
		switch end, by, at := u.ownEnd(e); {
		case end.Past && by == "expires":
			p.lower(policy.Asserted, "expired on %s", end.Date)
		case end.Past:
			p.lower(policy.Asserted, "is of %s, and counted through %s (evidence_max_age)", at.Text, end.Date)
		}
		if assessed && today == policy.Asserted {
			p.lower(today, "belongs to an assessment that is not valid today")
		} else if assessed {
			p.lower(today, "belongs to an assessment that counts only as %s today", today)
		}
		u.pieces = append(u.pieces, p)
	}
	return u.pieces
}

// ownEnd returns the last day of a piece of evidence, and the attribute that sets it; nil if it has no end of its own. Evidence that does
// not expire is valid for evidence_max_age, unless an assessment says how long it is.
func (u *Subject) ownEnd(e *attr.Record) (end LastDay, by string, at *attr.Value) {
	if expires := e.Get("expires"); expires.Known() {
		return u.LastDay(expires.Day, "warn_before_lapse"), "expires", expires
	}
	age, set := u.Limit("evidence_max_age")
	by, on := datedBy(e)
	if !set || on == nil || u.assessed(e.Get("id").Text) {
		return LastDay{}, "", nil
	}
	return u.LastDay(on.Day.Plus(age.Value), "warn_before_lapse"), by, on
}

// EvidenceLevel returns the assurance that a piece of evidence gives on the days on which it is valid.
func (u *Subject) EvidenceLevel(id string) policy.Assurance {
	for _, p := range u.evidence() {
		if p.id == id {
			return p.most
		}
	}
	return policy.Asserted
}

// FreshEvidence reports whether a piece of evidence is valid today.
func (u *Subject) FreshEvidence(id string) bool {
	return slices.ContainsFunc(u.evidence(), func(p piece) bool { return p.id == id && p.level > policy.Asserted })
}

// EvidenceEnd returns the last day on which a piece of evidence gives the assurance need; none if it has no end. counts is false if it
// never does.
func (u *Subject) EvidenceEnd(rule, id string, need policy.Assurance) (end []Deadline, counts bool) {
	for _, e := range u.Attr("evidence").Records {
		if level, _ := u.doubt(e, u.assessed(id)); e.Get("id").Text != id || level < need {
			continue
		}
		d := u.documentEnd(rule, e)
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

// documentEnd returns the last day of a piece of evidence itself. At is nil if it has none.
func (u *Subject) documentEnd(rule string, e *attr.Record) Deadline {
	id := e.Get("id").Text
	d := Deadline{
		Rule: rule, Kind: inventory.Document, Item: id, What: fmt.Sprintf("the evidence %s", id), Who: u.Policy.Owner(), Do: "Get newer evidence and record it.",
	}
	if own, by, at := u.ownEnd(e); at != nil {
		d.LastDay, d.At, d.Path = own, at, "evidence["+id+"]."+by
	}
	return d
}

// ExpiryOf returns the day on which the evidence that an attribute names says that it expires; none if it does not say so. Its age does not count.
func (u *Subject) ExpiryOf(rule, path string) []Deadline {
	e := u.Document(u.Attr(path))
	if e == nil || !e.Get("expires").Known() {
		return nil
	}
	return []Deadline{u.documentEnd(rule, e)}
}

// heldUntil returns the last day on which the assessments of a piece of evidence give the assurance need, and the attribute by of the
// assessment that sets the day; nil if it has none.
func (u *Subject) heldUntil(id string, need policy.Assurance) (last LastDay, by string, paper *attr.Record) {
	for _, a := range u.Attr("assessments").Records {
		if u.evidenceOf(a) != id {
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
		if !supports(e, path) || u.mostFor(e, path) < need {
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
