package policy

import (
	"fmt"
	"maps"
	"slices"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Within reports whether every country of a region, which is a country or a group of countries, belongs to one of others. A group
// that nobody defines is within none.
func (p *Policy) Within(region string, others []string) bool { return p.groups.Within(region, others) }

// UnknownRegion reports a group of countries that nobody defines.
func (p *Policy) UnknownRegion(region diag.At[string]) (problem diag.Problem, unknown bool) {
	if _, known := p.groups.Countries(region.Value); known {
		return diag.Problem{}, false
	}
	hint := "write the two letters of ISO 3166-1, such as IE, EU or EEA, or define the group in the policy, under country_groups"
	if near := diag.Nearest(region.Value, slices.Sorted(maps.Keys(p.groups))); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return diag.Problem{Pos: region.Pos, Message: fmt.Sprintf("unknown group of countries %q", FirstRunes(region.Value, 60)), Hint: hint}, true
}

// countryGroups reads the groups of countries of one file.
func (l *loader) countryGroups(p *Policy, r *attr.Record) {
	for _, g := range r.Get("country_groups").Records {
		name, list := g.Key.Value, g.Get("")
		switch {
		case scalar.CountryGroup(name) != nil:
			l.problem(g.Key.Pos, fmt.Sprintf("the group of countries %q is built in", name), "choose another name")
			continue
		case !scalar.CountryGroupName(name):
			l.problem(g.Key.Pos, fmt.Sprintf("%q cannot be the name of a group of countries", FirstRunes(name, 60)), "use at least three capital letters, digits and hyphens, such as NORDICS")
			continue
		case list.Known() && len(list.Items) == 0:
			l.problem(list.Pos, fmt.Sprintf("the group of countries %q is empty", name), "name its countries, or remove it")
			continue
		case !list.Known():
			continue // the table reports it
		}
		p.groups[name], p.origins["country_groups."+name] = nil, g.Key.Pos
		for i := range list.Items {
			item := &list.Items[i]
			countries := scalar.CountryGroup(item.Text)
			if countries == nil && scalar.ParseCountry(item.Text) != nil {
				l.problem(item.Pos, fmt.Sprintf("the group of countries %q contains another group, %q", name, item.Text), "list countries, EU or EEA")
				continue
			}
			if countries == nil {
				countries = []string{item.Text}
			}
			p.groups[name] = append(p.groups[name], countries...)
		}
		slices.Sort(p.groups[name])
		p.groups[name] = slices.Compact(p.groups[name])
	}
}

// regionsIn remembers the countries and groups that a list names, until all groups are known.
func (l *loader) regionsIn(list *attr.Value) {
	for i := range list.Items {
		l.regionsUsed = append(l.regionsUsed, list.Items[i].At())
	}
}

// regionsOf is regionsIn for the operands of an operator.
func (l *loader) regionsOf(node *yamltree.Node) {
	items := node.Items
	if node.Kind != yamltree.List {
		items = []*yamltree.Node{node}
	}
	for _, item := range items {
		l.regionsUsed = append(l.regionsUsed, diag.At[string]{Value: item.Text, Pos: item.Pos})
	}
}

// checkRegions reports unknown groups of countries, after all layers are read.
func (l *loader) checkRegions(p *Policy) {
	for _, region := range l.regionsUsed {
		if problem, unknown := p.UnknownRegion(region); unknown {
			l.problems = append(l.problems, problem)
		}
	}
}
