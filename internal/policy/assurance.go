package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// AssuranceNeed is the assurance that the policy requires for an attribute, or for all attributes below a name.
type AssuranceNeed struct {
	Pattern string
	Paths   []string // the attributes that it is about
	Need    tiers[Assurance]
}

// assurances reads the required assurance of attributes. It overrides a pattern of the preset tier by tier.
func (l *loader) assurances(p *Policy, r *attr.Record) {
	for _, item := range r.Get("assurance").Records {
		pattern := item.Key.Value
		a := AssuranceNeed{Pattern: pattern}
		for _, path := range record.Table().Paths() {
			if registry.Supports(pattern, path) {
				a.Paths = append(a.Paths, path)
			}
		}
		if len(a.Paths) == 0 {
			l.problem(item.Key.Pos, fmt.Sprintf("unknown attribute %q", FirstRunes(pattern, 60)), registry.SupportHint(pattern))
			continue
		}
		i := slices.IndexFunc(p.Assurance, func(b AssuranceNeed) bool { return b.Pattern == pattern })
		if i < 0 {
			i = len(p.Assurance)
			p.Assurance = append(p.Assurance, a)
		}
		p.Assurance[i].Need = byTier(l, item.Get("").Node, p.Assurance[i].Need, parseAssurance)
	}
}

func parseAssurance(text string) (Assurance, error) {
	i := slices.Index(vocab.Assurances(), text)
	if i < 0 {
		return 0, fmt.Errorf("use one of %s", strings.Join(vocab.Assurances(), ", "))
	}
	return Assurance(i), nil
}

// Assurance is an index in vocab.Assurances.
type Assurance int

// The assurances, weakest first.
const (
	Asserted Assurance = iota
	Documented
	Attested
	Audited
	Tested
)

func (l Assurance) String() string { return vocab.Assurances()[l] }
