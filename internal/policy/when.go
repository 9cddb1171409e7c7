package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/vocab"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// when is the condition on uses of a requirement. An absent condition matches every use.
type when struct {
	tier        [5]bool // matching tiers
	tierLimited bool    // tier is set
	dataClass   oneOf
	Category    oneOf
	environment oneOf
}

// oneOf matches a use that has one of the words or, if Not is set, none of them.
type oneOf struct {
	Words []string
	Not   bool
}

func (o oneOf) admits(have ...string) bool {
	if o.Words == nil {
		return true
	}
	return slices.ContainsFunc(have, func(h string) bool { return slices.Contains(o.Words, h) }) != o.Not
}

// Facts are what a condition on uses can depend on.
type Facts struct {
	Tier         int // effective, 1 to 4
	Category     string
	Classes      []string // data classes
	Environments []string
}

// when reads the conditions; written is false if there are none.
func (l *loader) when(r *attr.Record) (w when, written bool) {
	if v := r.Get("when.tier"); v.Known() {
		written, w.tierLimited = true, true
		w.tier = l.whenTier(v.Node)
	}
	for _, c := range []struct {
		path    string
		target  *oneOf
		allowed []string
	}{
		{"when.data_class", &w.dataClass, nil},
		{"when.category", &w.Category, vocab.Categories()},
		{"when.environment", &w.environment, vocab.Environments()},
	} {
		if v := r.Get(c.path); v.Known() {
			written = true
			*c.target = l.whenWords(c.path, v.Node, c.allowed)
		}
	}
	return w, written
}

// condition splits a condition into operator and operands: 2 is eq, [1, 2] is in, {lte: 2} is lte.
func (l *loader) condition(path string, node *yamltree.Node, operators ...operator) (operator, []*yamltree.Node) {
	switch node.Kind {
	case yamltree.Scalar:
		return opEq, []*yamltree.Node{node}
	case yamltree.List:
		return opIn, node.Items
	case yamltree.Map:
		var names []string
		for _, op := range operators {
			names = append(names, string(op))
		}
		if len(node.Pairs) != 1 || !slices.Contains(names, node.Pairs[0].Key) {
			l.problem(node.Pos, path+" must have exactly one known operator", "use one of "+strings.Join(names, ", "))
			return "", nil
		}
		pair := node.Pairs[0]
		if pair.Value.Kind == yamltree.List {
			return operator(pair.Key), pair.Value.Items
		}
		return operator(pair.Key), []*yamltree.Node{pair.Value}
	default:
		l.problem(node.Pos, path+" has no value", "remove it or give it a value")
		return "", nil
	}
}

func (l *loader) whenTier(node *yamltree.Node) (out [5]bool) {
	op, operands := l.condition("when.tier", node, opEq, opNe, opIn, opNotIn, opLte, opGte)
	var asked []int
	for _, o := range operands {
		n, err := strconv.Atoi(o.Text)
		if err != nil || n < 1 || n > 4 {
			l.problem(o.Pos, fmt.Sprintf("%q is not a tier", FirstRunes(o.Text, 20)), "use 1, 2, 3 or 4; 1 is the most critical")
			return out
		}
		asked = append(asked, n)
	}
	if op != "" && (len(asked) == 0 || len(asked) > 1 && (op == opLte || op == opGte)) {
		l.problem(node.Pos, "when.tier matches no use", "name a tier")
		return out
	}
	for tier := 1; tier <= 4 && op != ""; tier++ {
		switch op {
		case opLte:
			out[tier] = tier <= asked[0]
		case opGte:
			out[tier] = tier >= asked[0]
		case opNe, opNotIn:
			out[tier] = !slices.Contains(asked, tier)
		default:
			out[tier] = slices.Contains(asked, tier)
		}
	}
	return out
}

// whenWords reads a condition on words. If allowed is nil, the words are data classes, which checkClasses checks later.
func (l *loader) whenWords(path string, node *yamltree.Node, allowed []string) oneOf {
	op, operands := l.condition(path, node, opEq, opNe, opIn, opNotIn)
	out := oneOf{Words: []string{}, Not: op == opNe || op == opNotIn}
	if op != "" && len(operands) == 0 {
		l.problem(node.Pos, path+" matches no use", "name at least one value")
	}
	for _, o := range operands {
		if allowed == nil {
			l.classesUsed = append(l.classesUsed, diag.At[string]{Value: o.Text, Pos: o.Pos})
		} else if !slices.Contains(allowed, o.Text) {
			hint := "use one of " + strings.Join(allowed, ", ")
			if near := l.nearest(o.Text, allowed); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			l.problem(o.Pos, fmt.Sprintf("%s: unknown value %q", path, FirstRunes(o.Text, 60)), hint)
		}
		out.Words = append(out.Words, o.Text)
	}
	return out
}
