package subject

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// Answers returns what requirements judge.
func (u *Subject) Answers() policy.Answers {
	return policy.Answers{Record: u.Vendor.Record, Today: u.Today, ValidUntil: u.validUntil}
}

// validUntil returns the last day on which an assessment is valid, as VG-AUD-001 has it.
func (u *Subject) validUntil(a *attr.Record) (last *attr.Value, missing string) {
	s := u.Validity(a)
	switch {
	case s.missing != "":
		return nil, s.missing
	case s.Through.IsZero():
		return &attr.Value{State: attr.Invalid, Pos: a.Pos, Text: "never, because the assessment " + s.why}, ""
	default:
		return &attr.Value{State: attr.Set, Pos: a.Get(s.By).Pos, Text: s.Through.String(), Day: s.Through}, ""
	}
}

// itemAttr returns an attribute of an item of a list, or the item itself.
func (u *Subject) itemAttr(path string) *attr.Value {
	list, _, _ := strings.Cut(path, "[")
	items := u.Vendor.Record.Get(list)
	for i, item := range items.Records {
		rest, ok := strings.CutPrefix(path, policy.ItemName(list, items.Records, i))
		switch name := strings.TrimPrefix(rest, "."); {
		case !ok:
		case name == "":
			return &attr.Value{State: attr.Set, Pos: item.Pos}
		case name == policy.ValidUntil && list == policy.Assessments:
			if last, _ := u.validUntil(item); last != nil {
				return last
			}
			return &attr.Value{Pos: item.Pos}
		default:
			return item.Get(name)
		}
	}
	return &attr.Value{Pos: items.Pos}
}

// RequirementFails returns the fault for a requirement that fails, with the positions of the attribute and the requirement.
func RequirementFails(u *Subject, q *policy.Requirement, b *policy.Branch) Fault {
	path := b.Decisive(u.Answers())
	f := Fault{Pos: u.ID.Pos, Key: b.Path}
	f.Related = []diag.Related{u.RelatedTo(path, "in the record"), {Pos: q.Pos, Message: "the requirement"}}
	f.Message, f.Hint = q.Words(u.placeholder(path))
	switch list, where := b.Selection(); {
	case f.Message != "":
	case list == path && where == "":
		f.Message = fmt.Sprintf("%s of %q is empty; the policy requires: %s", list, u.ID.Value, b.Wanted())
	case list == path:
		f.Message = fmt.Sprintf("%s of %q has no item where %s; the policy requires: %s", list, u.ID.Value, where, b.Wanted())
	default:
		f.Message = fmt.Sprintf("%s of %q is %s; the policy requires: %s", path, u.ID.Value, u.Quote(path), b.Wanted())
	}
	if f.Hint == "" && u.ForKeepers {
		f.Hint = "Record what meets it, with evidence, or narrow the approval."
	}
	if f.Hint == "" {
		f.Hint = fmt.Sprintf("Ask %s.%s", u.Policy.Owner(), u.NoCodeChange())
	}
	if q.Docs != "" {
		f.Hint += " See " + q.Docs + "."
	}
	return f
}

// placeholder returns the values for the placeholders in the message of a requirement.
func (u *Subject) placeholder(path string) func(string) string {
	return func(name string) string {
		return map[string]string{
			"vendor": u.ID.Value, "name": u.Vendor.Name(), "tier": strconv.Itoa(u.Tier), "value": u.Quote(path),
			"attribute": path, "category": u.Vendor.Record.Get("category").Text, "owner": u.Owner.Value,
		}[name]
	}
}
