package policy

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// assurance is what the policy wants of the proof of an attribute, or of all below a name.
type assurance struct {
	pattern string
	paths   []string // the attributes that it speaks of
	need    tiers[level]
}

// assurances reads how well attributes must be proven. A pattern that the preset has is changed tier by tier.
func (l *loader) assurances(p *Policy, r *attr.Record) {
	for _, item := range r.Get("assurance").Records {
		pattern := item.Key.Value
		a := assurance{pattern: pattern}
		for _, path := range registry.Table().Paths() {
			if registry.Supports(pattern, path) {
				a.paths = append(a.paths, path)
			}
		}
		if len(a.paths) == 0 {
			l.problem(item.Key.Pos, fmt.Sprintf("records have no attribute %q", firstRunes(pattern, 60)), registry.SupportHint(pattern))
			continue
		}
		i := slices.IndexFunc(p.assurance, func(b assurance) bool { return b.pattern == pattern })
		if i < 0 {
			i = len(p.assurance)
			p.assurance = append(p.assurance, a)
		}
		p.assurance[i].need = byTier(l, item.Get("").Node, p.assurance[i].need, parseLevel)
	}
}

func parseLevel(text string) (level, error) {
	i := slices.Index(vocab.Assurances(), text)
	if i < 0 {
		return 0, fmt.Errorf("use one of %s", strings.Join(vocab.Assurances(), ", "))
	}
	return level(i), nil
}

// proof is how far a claim can be trusted: the best of the fresh evidence that supports it.
func (u *use) proof(path string) level {
	best := asserted
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
	level    level
	supports []string
}

// evidence is what each piece of evidence proves today. It ends on its own last day. One that holds an assessment also
// ends with the assessment, and proves no more than that: a report that only a bridge letter keeps alive is no longer
// audited.
func (u *use) evidence() []piece {
	if u.pieces != nil {
		return u.pieces
	}
	held := map[string]level{}
	for _, a := range u.get("assessments").Records {
		if id := a.Get("evidence"); id.Known() {
			s := u.counts(a)
			if s.through.Lapsed(u.today.Instant, time.UTC) {
				s.level = asserted
			}
			held[id.Text] = max(held[id.Text], s.level)
		}
	}
	u.pieces = []piece{}
	for _, e := range u.get("evidence").Records {
		p := piece{e.Get("id").Text, level(e.Get("assurance").Int), e.Get("supports").Texts()}
		if end := e.Get("expires"); end.Known() && end.Day.Lapsed(u.today.Instant, u.today.Zone) {
			p.level = asserted
		}
		if most, ok := held[p.id]; ok {
			p.level = min(p.level, most)
		}
		u.pieces = append(u.pieces, p)
	}
	return u.pieces
}

// freshEvidence reports whether a piece of evidence is there and proves anything today.
func (u *use) freshEvidence(id string) bool {
	return slices.ContainsFunc(u.evidence(), func(p piece) bool { return p.id == id && p.level > asserted })
}

// unprovenClaims: VG-REG-006. What nobody knows needs no proof yet: VG-REG-005 asks for it.
func unprovenClaims(u *use) []fault {
	w := u.wants("VG-REG-006")
	for _, a := range u.policy.assurance {
		need, have := a.need[u.tier], tested
		for _, path := range a.paths {
			if v := u.get(path); !v.Known() || strings.HasSuffix(path, ".notes") {
				continue
			}
			if p := u.proof(path); p < need.Value {
				have = min(have, p)
				w.related = append(w.related, u.seen(path, "the claim"))
			}
		}
		if have < need.Value {
			w.lacking = append(w.lacking, fmt.Sprintf("%s is only %s, and this use needs it %s", strings.TrimSuffix(a.pattern, ".*"), have, need.Value))
			w.related = append(w.related, diag.Related{Pos: need.Pos, Message: "the policy wants the proof"})
		}
	}
	return w.fault(u.subject("the proof of claims"), u.team("attaches evidence that covers it (evidence[].supports)."))
}
