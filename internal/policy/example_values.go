package policy

import (
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Admitted returns an example use that the requirement applies to, as YAML.
func (q *Requirement) Admitted() string {
	tier := 1
	for t := 4; t >= 1; t-- {
		if q.Levels[t] != diag.Off && (!q.When.tierLimited || q.When.tier[t]) {
			tier = t
		}
	}
	out := fmt.Sprintf("tier: %d", tier)
	if class := q.When.dataClass; !class.Not && len(class.Words) > 0 {
		out += ", data: [" + class.Words[0] + "]"
	}
	if environment := q.When.environment; len(environment.Words) > 0 && !environment.admits("prod") {
		for _, e := range []string{"dev", "test", "sandbox", "staging"} {
			if environment.admits(e) {
				return out + ", environments: [" + e + "]"
			}
		}
	}
	return out
}

// Values returns a path in the record and example values for it, as YAML, that the branch may judge differently.
func (b *Branch) Values(day scalar.Date) (path string, values []string) {
	if b.list != nil {
		return b.list.path, b.list.values(day)
	}
	row, ok := attributeRow(b.Path)
	if !ok {
		return b.Path, nil
	}
	return b.Path, exampleValues(row, b.checks, day)
}

// values returns example lists: none, and one item for each example value of its attribute.
func (c *listCondition) values(day scalar.Date) []string {
	_, items, _ := record.Table().Items(c.path)
	var item []yamltree.Assignment
	for i := range items.Rows {
		if row := &items.Rows[i]; row.Required {
			item = append(item, yamltree.Assignment{Path: row.Path, Value: exampleValue(row, day)})
		}
	}
	for _, w := range c.where {
		switch first := w.checks; {
		case len(first) == 0:
		case w.derived:
			item = append(item, datedAssessment(day)...)
		case len(first[0].texts) == 0:
			item = append(item, yamltree.Assignment{Path: w.path, Value: day.String()})
		case w.row.List:
			item = append(item, yamltree.Assignment{Path: w.path, Value: yamltree.FlowList(first[0].texts)})
		default:
			item = append(item, yamltree.Assignment{Path: w.path, Value: bareOrQuoted(w.row, first[0].texts[0])})
		}
	}
	out := []string{"[]"}
	switch {
	case c.item.path == "":
		out = append(out, "["+yamltree.FlowMap(item)+"]")
	case c.item.derived:
		for _, on := range []scalar.Date{day, day.Minus(scalar.Period{Years: 20})} {
			out = append(out, "["+yamltree.FlowMap(append(slices.Clone(item), datedAssessment(on)...))+"]")
		}
	default:
		for _, value := range exampleValues(c.item.row, c.item.checks, day) {
			out = append(out, "["+yamltree.FlowMap(append(slices.Clone(item), yamltree.Assignment{Path: c.item.path, Value: value}))+"]")
		}
	}
	return out
}

// exampleValue returns a value that an attribute may have, as YAML.
func exampleValue(row *attr.Row, day scalar.Date) string {
	switch {
	case row.Example != "":
		return row.Example
	case row.Type == attr.Date:
		return day.String()
	case len(row.Values) > 0:
		return yamltree.Quote(row.Values[0])
	default:
		return "x"
	}
}

// datedAssessment returns what an assessment of any type needs so that it is valid from a day.
func datedAssessment(day scalar.Date) []yamltree.Assignment {
	on := day.String()
	return []yamltree.Assignment{
		{Path: "period.end", Value: on},
		{Path: "performed.end", Value: on},
		{Path: "issued", Value: on},
		{Path: "certified_on", Value: on},
		{Path: "expires", Value: day.Plus(scalar.Period{Years: 1}).String()},
	}
}

// exampleValues returns example values of an attribute, as YAML: the operands, the values next to them, and all values of an
// enumeration.
func exampleValues(row *attr.Row, checks []check, day scalar.Date) []string {
	var out []string
	var all []string
	for _, c := range checks {
		all = append(all, c.texts...)
		for _, text := range c.texts {
			out = append(out, bareOrQuoted(row, text))
		}
		out = append(out, c.boundaryValues(day)...)
	}
	switch row.Type {
	case attr.Tri:
		out = append(out, "true", "false")
	case attr.Int, attr.Number:
		out = append(out, "0", "1000000")
	case attr.Period:
		out = append(out, "PT1S", "P1D", "P100Y")
	case attr.Date:
		out = append(out, day.String(), day.Minus(scalar.Period{Years: 50}).String(), day.Plus(scalar.Period{Years: 50}).String())
	case attr.Enum:
		for _, v := range row.Values {
			out = append(out, yamltree.Quote(v))
		}
	case attr.URL:
		out = append(out, "https://acme.example", "https://other.example")
	case attr.Country, attr.Region:
		out = append(out, "IE", "FR", "US", "JP")
	default:
		out = append(out, "x")
	}
	if row.Example != "" {
		out = append(out, row.Example)
	}
	if row.List {
		lists := []string{yamltree.FlowList(slices.Compact(slices.Sorted(slices.Values(all)))), "[]"}
		for _, v := range out {
			lists = append(lists, "["+v+"]")
		}
		return lists
	}
	return out
}

// boundaryValues are the values on either side of a threshold.
func (c *check) boundaryValues(day scalar.Date) []string {
	switch {
	case c.op == opWithin:
		return []string{day.Minus(c.span).String()}
	case c.op == opValidFor:
		return []string{day.Plus(c.span).String()}
	case c.kind == attr.Int && (c.op == opLte || c.op == opGte):
		return []string{fmt.Sprint(max(0, c.number-1)), fmt.Sprint(c.number + 1)}
	default:
		return nil
	}
}

func attributeRow(path string) (*attr.Row, bool) {
	_, row, ok := record.Table().Lookup(path)
	return row, ok && row != nil
}

// bareOrQuoted formats an operand for the type of the attribute.
func bareOrQuoted(row *attr.Row, text string) string {
	switch row.Type {
	case attr.Tri, attr.Int, attr.Number:
		return text
	default:
		return yamltree.Quote(text)
	}
}
