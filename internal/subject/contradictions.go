package subject

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Misspells reports whether the scope of the record has a word that is no data class, but nearly the name of this one. That is a
// contradiction of its own.
func (u *Subject) Misspells(class string) bool {
	return slices.ContainsFunc(u.Attr("scope.data_classes").Items, func(word attr.Value) bool {
		_, known := u.Policy.ClassTier(word.Text)
		return !known && diag.Nearest(word.Text, u.Policy.Classes()) == class
	})
}

// Contradictions returns the contradictions within the record.
func (u *Subject) Contradictions() []Defect {
	var out []Defect
	add := func(pos diag.Pos, key, message, hint string) {
		out = append(out, Defect{Pos: pos, Key: key, Message: message, Hint: hint})
	}
	future := u.future()
	for _, p := range u.Vendor.Faults {
		others := u.Vendor.Others(p)
		if len(others) > 0 && !slices.ContainsFunc(others, func(pos diag.Pos) bool { return !ahead(future, pos) }) {
			continue // what it follows is in the future, which is the mistake
		}
		add(p.Pos, p.Message, p.Message, p.Hint)
		for _, pos := range others {
			last := &out[len(out)-1]
			last.Related = append(last.Related, diag.Related{Pos: pos, Message: "what it contradicts"})
		}
	}
	for _, d := range future {
		if d.Path != "approval.approved_on" || !Vetted(u.Attr("status")) { // ApprovalDefects reports that
			add(d.Pos, "future:"+d.Path, fmt.Sprintf("%s is %s, which is in the future", d.Path, d.Day), "correct the date")
		}
	}
	for _, class := range u.Attr("scope.data_classes").Items {
		if _, ok := u.Policy.ClassTier(class.Text); !ok {
			hint := "declare the class in the policy"
			if near := diag.Nearest(class.Text, u.Policy.Classes()); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			} else if attr.Own(class.Text) {
				hint = "choose a name that does not begin with x-"
			}
			add(class.Pos, "class:"+class.Text, fmt.Sprintf("unknown data class %q", class.Text), hint)
		}
	}
	for _, path := range []string{"scope.regions", "data.storage_locations", "data.processing_locations"} {
		items := u.Attr(path).Items
		for i := range items {
			if p, unknown := u.Policy.UnknownRegion(items[i].At()); unknown {
				add(p.Pos, path+":"+items[i].Text, p.Message, p.Hint)
			}
		}
	}
	if u.ForKeepers { // for one use, it matters only what the list as a whole permits
		out = append(out, Unmatchable(u.Vendor.Record)...)
	}
	return out
}

// future lists the days of the record on which something was done, but which are still to come.
func (u *Subject) future() []registry.Dated {
	return slices.DeleteFunc(u.Vendor.Past(), func(d registry.Dated) bool { return !d.Day.After(u.todayOf(d.Path)) })
}

func ahead(future []registry.Dated, pos diag.Pos) bool {
	return slices.ContainsFunc(future, func(d registry.Dated) bool { return d.Pos == pos })
}

// Mistaken reports whether a value of the record cannot be meant, so that nothing follows from it: evidence that is not there, what
// contradicts another value, a date in the future. It is a contradiction of its own.
func (u *Subject) Mistaken(pos diag.Pos) bool {
	return ahead(u.future(), pos) || slices.ContainsFunc(u.Vendor.Mistaken, func(m registry.Mistake) bool { return m.Pos == pos })
}

// Unmatchable returns the patterns of a scope that match no repository or team.
func Unmatchable(r *attr.Record) []Defect {
	return slices.Concat(RepositoryPatterns("scope.repos", r.Get("scope.repos")), unmatched("scope.teams", "team", r.Get("scope.teams"), scalar.TeamPattern))
}

// todayOf returns the current day where a date of the record counts: the contract has a time zone of its own.
func (u *Subject) todayOf(path string) scalar.Date {
	if strings.HasPrefix(path, "contract.") {
		return scalar.DateOf(u.Today.Instant, u.ContractZone())
	}
	return u.Today.Day
}
