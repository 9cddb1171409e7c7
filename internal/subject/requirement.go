package subject

import (
	"fmt"
	"strconv"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// RequirementFails returns the fault for a requirement that fails, with the positions of the attribute and the requirement.
func RequirementFails(u *Subject, q *policy.Requirement, b *policy.Branch) Fault {
	f := Fault{Pos: u.ID.Pos, Key: b.Path}
	f.Related = []diag.Related{u.RelatedTo(b.Path, "in the record"), {Pos: q.Pos, Message: "the requirement"}}
	f.Message, f.Hint = q.Words(u.placeholder(b.Path))
	if f.Message == "" {
		f.Message = fmt.Sprintf("%s of %q is %s; the policy requires: %s", b.Path, u.ID.Value, u.Quote(b.Path), b.Wanted())
	}
	if f.Hint == "" {
		f.Hint = fmt.Sprintf("Ask %s; no code change is needed.", u.Policy.Owner())
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
