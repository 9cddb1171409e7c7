package policy

import (
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/scalar"
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

// Values returns example values of the attribute, as YAML: the operands, the values next to them, and all values of an
// enumeration.
func (b *Branch) Values(day scalar.Date) []string {
	row, ok := attributeRow(b.Path)
	if !ok {
		return nil
	}
	var out []string
	var all []string
	for _, c := range b.checks {
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
			out = append(out, quoteYAML(v))
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
		lists := []string{ListInYAML(slices.Compact(slices.Sorted(slices.Values(all)))), "[]"}
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
		return quoteYAML(text)
	}
}
