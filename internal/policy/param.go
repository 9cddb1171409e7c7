package policy

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// tiers is a value for each effective tier; index 0 is unused.
type tiers[T any] [5]diag.At[T]

// Levels is a severity for each effective tier.
type Levels [5]diag.Severity

func everyTier(s diag.Severity) Levels { return Levels{0, s, s, s, s} }

// param is one number of the policy that structural rules read.
type param struct {
	name string
	kind paramKind
	doc  string
}

type paramKind int8

const (
	calendar paramKind = iota // a period in days or longer
	elapsed                   // a period
	number                    // a whole number
)

func params() []param {
	return []param{
		{"approval_max_term", calendar, "Longest term of an approval."},
		{"review_cadence", calendar, "Longest time between reviews; a record may set a shorter one."},
		{"warn_before_lapse", calendar, "How long before an approval or a review ends it is announced."},
		{"warn_before_condition", calendar, "How long before a condition is due it is announced."},
		{"warn_before_sunset", calendar, "How long before the sunset of a version or vendor it is announced."},
		{"warn_before_waiver_end", calendar, "How long before a waiver ends it is announced."},
		{"grace", calendar, "How long after a lapse an unchanged use is only warned about."},
		{"approvers_needed", number, "How many people approve a vendor."},
		{"static_key_max_age", elapsed, "Age that static credentials may reach."},
		{"revocation_within", elapsed, "Time that a revocation may take."},
		{"waiver_max_length", calendar, "Longest term of a waiver."},
		{"waiver_max_extensions", number, "How often a waiver may be extended."},
	}
}

func (p param) schema() string {
	value := `{"type": "integer", "minimum": 0}`
	if p.kind != number {
		value = `{"type": "string", "pattern": "^P"}`
	}
	return `{"oneOf": [` + value + `, {"type": "object", "additionalProperties": false, "minProperties": 1, "patternProperties": {"^tier-[1-4]$": ` + value + `}}]}`
}

// Params are the numbers in force.
type Params struct {
	periods map[string]tiers[scalar.Period]
	numbers map[string]tiers[int]
}

func (p *Params) period(name string, tier int) diag.At[scalar.Period] { return p.periods[name][tier] }

func (p *Params) number(name string, tier int) diag.At[int] { return p.numbers[name][tier] }

// read takes over the params that a policy writes.
func (p *Params) read(l *loader, r *attr.Record) {
	for _, spec := range params() {
		v := r.Get("params." + spec.name)
		switch {
		case !v.Known():
		case spec.kind == calendar:
			p.periods[spec.name] = byTier(l, v.Node, p.periods[spec.name], wholeDays)
		case spec.kind == elapsed:
			p.periods[spec.name] = byTier(l, v.Node, p.periods[spec.name], scalar.ParsePeriod)
		default:
			p.numbers[spec.name] = byTier(l, v.Node, p.numbers[spec.name], wholeNumber)
		}
	}
}

// wholeDays refuses hours, which the calendar would leave out.
func wholeDays(text string) (scalar.Period, error) {
	p, err := scalar.ParsePeriod(text)
	if err == nil && p.Time != 0 {
		err = fmt.Errorf("write it in days or longer, such as P30D")
	}
	return p, err
}

func wholeNumber(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 1000 {
		return 0, fmt.Errorf("write a whole number up to 1000")
	}
	return n, nil
}

// byTier reads one value for all tiers, or a mapping from tier-1 to tier-4 of which any may be absent.
func byTier[T any](l *loader, node *yamltree.Node, before tiers[T], parse func(string) (T, error)) tiers[T] {
	one := func(n *yamltree.Node) (diag.At[T], bool) {
		if n.Kind != yamltree.Scalar {
			l.problem(n.Pos, "a single value is expected here", "")
			return diag.At[T]{}, false
		}
		value, err := parse(n.Text)
		if err != nil {
			l.problem(n.Pos, fmt.Sprintf("%q is not a value of this parameter", firstRunes(n.Text, 60)), firstRunes(err.Error(), 200))
			return diag.At[T]{}, false
		}
		return diag.At[T]{Value: value, Pos: n.Pos}, true
	}
	out := before
	if node.Kind != yamltree.Map {
		if v, ok := one(node); ok {
			out = tiers[T]{{}, v, v, v, v}
		}
		return out
	}
	if len(node.Pairs) == 0 {
		l.problem(node.Pos, "no tier is named", "the keys here are tier-1, tier-2, tier-3, tier-4")
	}
	for _, pair := range node.Pairs {
		tier, ok := parseTierKey(pair.Key)
		if !ok {
			l.problem(pair.KeyPos, fmt.Sprintf("unknown key %q", firstRunes(pair.Key, 60)), "the keys here are tier-1, tier-2, tier-3, tier-4")
			continue
		}
		if v, ok := one(pair.Value); ok {
			out[tier] = v
		}
	}
	return out
}

func parseTierKey(key string) (int, bool) {
	n, ok := strings.CutPrefix(key, "tier-")
	if !ok || len(n) != 1 || n[0] < '1' || n[0] > '4' {
		return 0, false
	}
	return int(n[0] - '0'), true
}

// levels reads a severity for all tiers or by tier.
func (l *loader) levels(node *yamltree.Node, before Levels) Levels {
	var start tiers[diag.Severity]
	for i, s := range before {
		start[i].Value = s
	}
	out := before
	for i, s := range byTier(l, node, start, diag.ParseSeverity) {
		out[i] = s.Value
	}
	return out
}
