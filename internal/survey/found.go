package survey

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// askedBy says what a rule asks, with the values of the policy.
func askedBy(o subject.RuleOutcome) []string {
	var out []string
	for _, c := range o.Criteria {
		out = append(out, c.String())
	}
	return out
}

// readBy lists the attributes that a rule reads, in the order of the table.
func readBy(rule string) []string {
	var out []string
	for _, row := range record.Table().Rows {
		if slices.Contains(row.JudgedBy, rule) {
			out = append(out, row.Path)
		}
	}
	return out
}

// found returns the values of attributes that a record has, also in lists, and those that a rule asks about and does not find.
func found(u *subject.Subject, paths []string, o subject.RuleOutcome) []inventory.Value {
	var out []inventory.Value
	add := func(path, text string) {
		if !slices.ContainsFunc(out, func(v inventory.Value) bool { return v.Path == path }) {
			out = append(out, inventory.Value{Path: path, Text: text})
		}
	}
	for _, path := range paths {
		if strings.Contains(path, "[") && !strings.Contains(path, "[]") { // an item, by its id
			add(path, u.Quote(path))
			continue
		}
		eachValue(u.Vendor.Record, "", path, func(name string, v *attr.Value) {
			if v.State != attr.Absent {
				add(name, valueText(u, name, v))
			}
		})
	}
	for _, m := range o.Missing {
		for _, path := range m.Paths {
			add(path, "unknown")
		}
	}
	for _, c := range o.Criteria {
		for _, path := range c.Paths {
			if c.Unknown != "" {
				add(path, "unknown")
			}
		}
	}
	return out
}

func valueText(u *subject.Subject, name string, v *attr.Value) string {
	switch {
	case v.State == attr.NotApplicable:
		return "not applicable"
	case v.State == attr.None:
		return attr.NoneWord
	case v.Records != nil:
		return u.Quote(name)
	case v.Items != nil:
		return "[" + strings.Join(v.Texts(), ", ") + "]"
	case v.State == attr.Unknown:
		return "unknown"
	default:
		return v.Text
	}
}

// supporting lists the ids of the evidence for values: what says that it supports the attribute, what the value names, and what belongs
// to an assessment among them.
func supporting(r *attr.Record, values []inventory.Value) []string {
	assessments := map[string]string{}
	for _, a := range r.Get("assessments").Records {
		assessments["assessments["+a.Get("id").Text+"]"] = a.Get("evidence").Text
	}
	var out []string
	for _, e := range r.Get("evidence").Records {
		id := e.Get("id").Text
		if slices.ContainsFunc(values, func(v inventory.Value) bool {
			item, _, _ := strings.Cut(v.Path, "].")
			named := v.Text == id && isReference(v.Path)
			return named || assessments[item+"]"] == id || slices.ContainsFunc(e.Get("supports").Texts(), func(pattern string) bool {
				return registry.Supports(pattern, v.Path) || registry.Supports(pattern, unlisted(v.Path))
			})
		}) {
			out = append(out, id)
		}
	}
	return out
}

// isReference reports whether an attribute names evidence. The id of an entry only names itself.
func isReference(path string) bool {
	row := record.Attribute(path)
	return row != nil && row.Type == attr.ID && !row.List && !strings.HasPrefix(row.Path, "evidence[]")
}

// unlisted returns a path as evidence names an item: assessments.soc2-2026.type.
func unlisted(path string) string {
	return strings.NewReplacer("[", ".", "]", "").Replace(path)
}
