package subject

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
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
	for _, p := range u.Vendor.Faults {
		add(p.Pos, p.Message, p.Message, p.Hint)
	}
	for _, d := range u.Vendor.Past() {
		if d.Day.After(u.todayOf(d.Path)) && (d.Path != "approval.approved_on" || !Vetted(u.Attr("status"))) { // ApprovalDefects reports that
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
