package policy

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// operator is a condition on an attribute.
type operator string

const (
	opEq       operator = "eq"
	opNe       operator = "ne"
	opIn       operator = "in"
	opNotIn    operator = "not_in"
	opContains operator = "contains"
	opSubsetOf operator = "subset_of"
	opLte      operator = "lte"
	opGte      operator = "gte"
	opMatches  operator = "matches"
	opPresent  operator = "present"
	opWithin   operator = "within"
	opValidFor operator = "valid_for"
)

func allOperators() []operator {
	return []operator{opEq, opNe, opIn, opNotIn, opContains, opSubsetOf, opLte, opGte, opMatches, opPresent, opWithin, opValidFor}
}

func operatorNames() string {
	var out []string
	for _, op := range allOperators() {
		out = append(out, string(op))
	}
	return strings.Join(out, ", ")
}

// check is one operator with its operand, compiled for the type of the attribute.
type check struct {
	op     operator
	texts  []string // operands as written
	number int      // of lte and gte on integers and ordered choices
	span   scalar.Period
	spans  []scalar.Period // operands that are periods; zero for a word such as never
	day    scalar.Date
	amount float64              // of operators on numbers
	groups scalar.CountryGroups // of operators on countries
	kind   attr.Type
	re     *regexp.Regexp
}

// String describes the check.
func (c check) String() string {
	switch c.op {
	case opPresent:
		return "is known"
	case opMatches:
		return "matches " + c.re.String()
	case opWithin:
		return "within " + c.span.String()
	case opValidFor:
		if c.span.IsZero() {
			return "is today or later"
		}
		return "valid for " + c.span.String()
	case opIn, opNotIn, opSubsetOf, opContains:
		return strings.ReplaceAll(string(c.op), "_", " ") + " [" + strings.Join(c.texts, ", ") + "]"
	default:
		return map[operator]string{opEq: "is", opNe: "is not", opLte: "at most", opGte: "at least"}[c.op] + " " + strings.Join(c.texts, "")
	}
}

// compileCheck compiles an operator. The problem is empty if the operator works on the attribute and the operand is valid.
func compileCheck(op operator, row *attr.Row, node *yamltree.Node, groups scalar.CountryGroups) (c check, problem, hint string) {
	c = check{op: op, kind: row.Type, groups: groups}
	if use := operatorAdvice(op, row); use != "" {
		return c, "the operator does not work on " + describeRow(row), use
	}
	if op == opPresent {
		if node.Text != "true" || node.Quoted {
			return c, "the only valid value is true", "use another operator; vendorgate cannot verify that an attribute is absent"
		}
		return c, "", ""
	}
	items := []*yamltree.Node{node}
	if op == opIn || op == opNotIn || op == opSubsetOf || op == opContains && node.Kind == yamltree.List {
		if node.Kind != yamltree.List || len(node.Items) == 0 {
			return c, "expected a list", fmt.Sprintf("write `%s: [a, b]`", op)
		}
		items = node.Items
	}
	for _, item := range items {
		if item.Kind != yamltree.Scalar {
			return c, "expected a single value", ""
		}
		if problem, hint = c.operand(op, row, item); problem != "" {
			return c, problem, hint
		}
		c.texts, c.spans = append(c.texts, item.Text), append(c.spans, c.span)
	}
	return c, "", ""
}

// operatorAdvice is a hint for an operator that does not work on an attribute; empty if it does.
func operatorAdvice(op operator, row *attr.Row) string {
	ordered := row.Type == attr.Int || row.Type == attr.Number || row.Type == attr.Period || row.Type == attr.Date || row.Type == attr.Enum && row.Ordered
	switch op {
	case opEq, opNe, opIn, opNotIn:
		if row.List {
			return "use contains or subset_of for a list"
		}
	case opContains, opSubsetOf:
		if !row.List {
			return "use eq or in for a single value"
		}
	case opLte, opGte:
		if row.List || !ordered {
			return "use it on an integer, number, period, date or ordered enumeration"
		}
	case opWithin, opValidFor:
		if row.List || row.Type != attr.Date {
			return "use it on a date"
		}
	case opMatches:
		if row.Type == attr.Tri || row.Type == attr.Int || row.Type == attr.Number || row.Type == attr.Date || row.Type == attr.Period {
			return "use it on text"
		}
	case opPresent:
	}
	return ""
}

func describeRow(row *attr.Row) string {
	if row.List {
		return "a list"
	}
	return "an attribute of type " + string(row.Type)
}

// operand parses one operand.
func (c *check) operand(op operator, row *attr.Row, item *yamltree.Node) (problem, hint string) {
	var err error
	c.span = scalar.Period{}
	switch {
	case (op == opLte || op == opGte) && (slices.Contains(row.Also, item.Text) || row.None && item.Text == attr.NoneWord):
		return fmt.Sprintf("%q cannot be compared", item.Text), "use eq or ne"
	case op == opMatches:
		if c.re, err = regexp.Compile(item.Text); err != nil || len(item.Text) > 500 {
			return fmt.Sprintf("%q is not an RE2 expression of at most 500 characters", FirstRunes(item.Text, 60)), ""
		}
	case row.None && item.Text == attr.NoneWord && op != opWithin && op != opValidFor:
	case op == opWithin || op == opValidFor || row.Type == attr.Period && !slices.Contains(row.Also, item.Text):
		c.span, err = scalar.ParsePeriod(item.Text)
		if err == nil && c.span.Time != 0 && row.Type == attr.Date {
			err = fmt.Errorf("use days or longer units for a date, such as P30D")
		}
	case row.Type == attr.Country || row.Type == attr.Region:
		err = attr.Check(attr.Region, item.Text)
	case row.Type == attr.Date:
		c.day, err = scalar.ParseDate(item.Text)
	case row.Type == attr.Int:
		c.number, err = strconv.Atoi(item.Text)
		if err != nil || strconv.Itoa(c.number) != item.Text || c.number < 0 {
			err = fmt.Errorf("write a whole number, in digits")
		}
	case row.Type == attr.Number:
		c.amount, err = decimalNumber(item.Text)
	case row.Type == attr.Tri && !slices.Contains(row.Also, item.Text):
		if item.Quoted || item.Text != "true" && item.Text != "false" {
			err = fmt.Errorf("write true or false")
		}
	case row.Type == attr.Enum:
		allowed := append(slices.Clone(row.Values), row.Also...)
		if c.number = slices.Index(row.Values, item.Text); !slices.Contains(allowed, item.Text) {
			err = fmt.Errorf("use one of %s", strings.Join(allowed, ", "))
			if near := diag.Nearest(item.Text, allowed); near != "" {
				err = fmt.Errorf("did you mean %q?", near)
			}
		}
	}
	if err != nil {
		return fmt.Sprintf("%q is not a valid value", FirstRunes(item.Text, 60)), err.Error()
	}
	return "", ""
}

// aboutRegions reports whether the operands are countries or groups of countries.
func (c *check) aboutRegions() bool {
	return (c.kind == attr.Country || c.kind == attr.Region) && c.op != opMatches && c.op != opPresent
}

// holdsRegions is holds for countries and groups of countries.
func (c *check) holdsRegions(v *attr.Value) bool {
	values := []string{v.Text}
	if v.Items != nil {
		values = v.Texts()
	}
	outside := func(region string, others []string) bool { return !c.groups.Within(region, others) }
	switch c.op {
	case opNe, opNotIn:
		return !slices.ContainsFunc(values, func(r string) bool { return c.groups.Overlaps(r, c.texts) })
	case opContains:
		return !slices.ContainsFunc(c.texts, func(r string) bool { return outside(r, values) })
	default:
		return !slices.ContainsFunc(values, func(r string) bool { return outside(r, c.texts) })
	}
}

// holds reports whether a known value meets the check.
func (c *check) holds(v *attr.Value, today Today) bool {
	if c.aboutRegions() {
		return c.holdsRegions(v)
	}
	switch c.op {
	case opEq, opIn:
		return c.has(v)
	case opNe, opNotIn:
		return !c.has(v)
	case opContains:
		return !slices.ContainsFunc(c.texts, func(t string) bool { return !v.Has(t) })
	case opSubsetOf:
		for i := range v.Items { // by index: a Value is large
			if !slices.Contains(c.texts, v.Items[i].Text) {
				return false
			}
		}
		return true
	case opLte:
		d, ok := c.order(v)
		return ok && d <= 0
	case opGte:
		d, ok := c.order(v)
		return d >= 0 && ok || v.Text == "never"
	case opMatches:
		if v.Items != nil {
			return len(v.Items) > 0 && !slices.ContainsFunc(v.Items, func(i attr.Value) bool { return !c.re.MatchString(i.Text) })
		}
		return c.re.MatchString(v.Text)
	case opPresent:
		return true
	case opWithin:
		return !v.Day.After(today.Day) && !v.Day.Plus(c.span).Before(today.Day)
	case opValidFor:
		return !v.Day.Before(today.Day.Plus(c.span))
	}
	return false
}

// holdsForNone reports whether a value that the record says does not exist meets the check.
func (c *check) holdsForNone() bool {
	named := slices.Contains(c.texts, attr.NoneWord)
	switch c.op {
	case opEq, opIn:
		return named
	case opNe, opNotIn:
		return !named
	default:
		return c.op == opPresent
	}
}

// has reports whether the value is one of the operands. Periods are compared by length, so P12M equals P1Y; a word such as never
// equals only itself.
func (c *check) has(v *attr.Value) bool {
	text := v.Text
	if c.kind == attr.Number {
		return slices.ContainsFunc(c.texts, func(t string) bool { n, err := decimalNumber(t); return err == nil && n == DecimalOf(v) })
	}
	if c.kind == attr.Int {
		text = strconv.Itoa(v.Int) // 09 is 9
	}
	if slices.Contains(c.texts, text) {
		return true
	}
	for i, span := range c.spans {
		if c.kind == attr.Period && text[0] == 'P' && c.texts[i][0] == 'P' && span.Compare(v.Span) == 0 {
			return true
		}
	}
	return false
}

// order compares a value with the operand; false if the value is a word that cannot be compared.
func (c *check) order(v *attr.Value) (int, bool) {
	switch c.kind {
	case attr.Period:
		if v.Span.IsZero() && v.Text == "never" {
			return 0, false
		}
		return v.Span.Compare(c.span), true
	case attr.Date:
		return v.Day.Compare(c.day), true
	case attr.Number:
		return cmp.Compare(DecimalOf(v), c.amount), true
	default:
		return v.Int - c.number, v.Int >= 0
	}
}

// DecimalOf returns the number of a value of type attr.Number.
func DecimalOf(v *attr.Value) float64 {
	n, _ := strconv.ParseFloat(v.Text, 64)
	return n
}
