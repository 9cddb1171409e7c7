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
	for _, e := range u.get("evidence").Records {
		if slices.ContainsFunc(e.Get("supports").Texts(), func(pattern string) bool { return registry.Supports(pattern, path) }) {
			best = max(best, u.evidence(e))
		}
	}
	return best
}

// evidence is what a piece of evidence proves today. It ends on its own last day. One that holds an assessment also ends
// with the assessment, and proves no more than that: a report that only a bridge letter keeps alive is no longer audited.
func (u *use) evidence(e *attr.Record) level {
	if end := e.Get("expires"); end.Known() && end.Day.Lapsed(u.today.Instant, u.today.Zone) {
		return asserted
	}
	held, best := false, asserted
	for _, a := range u.get("assessments").Records {
		if id := a.Get("evidence"); !id.Known() || id.Text != e.Get("id").Text {
			continue
		}
		held = true
		if s := u.counts(a); !s.through.Lapsed(u.today.Instant, time.UTC) {
			best = max(best, s.level)
		}
	}
	own := level(e.Get("assurance").Int)
	if held {
		return min(own, best)
	}
	return own
}

// freshEvidence reports whether a piece of evidence is there and proves anything today.
func (u *use) freshEvidence(id string) bool {
	e := u.vendor.Evidence(id)
	return e != nil && u.evidence(e) > asserted
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
