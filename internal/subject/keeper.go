package subject

import (
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Ownerless reports whether a record names nobody who answers for it: neither who approved the vendor nor who asked for it. A
// retired vendor needs nobody.
func (u *Subject) Ownerless() bool {
	named := slices.ContainsFunc(u.Attr("approval.approved_by").Records, func(a *attr.Record) bool { return a.Get("user").Known() })
	return u.Attr("status").Text != "retired" && !named && !u.Attr("approval.requested_by").Known()
}

// The message and hint about a record without an owner.
const (
	OwnerlessMessage = "nobody answers for the record: it names neither who approved the vendor nor who requested it"
	OwnerlessHint    = "add approval.requested_by, or approval.approved_by"
)

// AgedAdequacy notes a list of adequate countries that nobody has compared with its source for a year, or that does not say when. Such lists
// change. The message is empty if there is nothing to note.
func AgedAdequacy(p *policy.Policy, today scalar.Date) (message, hint string) {
	list := p.Adequate
	switch {
	case list.Checked.Pos.File == "":
		return "adequate_countries does not say when it was last checked", "compare it with the adequacy decisions in force, and add adequate_countries_checked with the day"
	case list.Checked.Value.Plus(scalar.Period{Years: 1}).Before(today) && list.Source == "":
		hint = "compare it with the adequacy decisions in force, and set adequate_countries_checked to the day"
	case list.Checked.Value.Plus(scalar.Period{Years: 1}).Before(today):
		hint = "compare it with " + list.Source + ", and set adequate_countries and adequate_countries_checked in the policy, or install a newer vendorgate"
	case list.Checked.Value.After(today):
		return fmt.Sprintf("adequate_countries was last checked on %s, which is in the future", list.Checked.Value), "correct adequate_countries_checked"
	default:
		return "", ""
	}
	return fmt.Sprintf("adequate_countries was last checked on %s, more than a year ago", list.Checked.Value), hint
}
