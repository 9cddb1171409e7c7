package subject

import (
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Grants reports whether a change of a record needs a second person: it permits use and gives the record a less strict status, or a new approval.
// was is nil if there was no record that can be used. [Widened] says what needs a new approval.
func Grants(was, is *attr.Record) bool {
	status := is.Get("status").Text
	switch {
	case Blocked(status):
		return false
	case was == nil || Strictness(status) < Strictness(was.Get("status").Text):
		return true
	}
	return was.Get("approval.approved_on").Text != is.Get("approval.approved_on").Text
}

// Widened returns what an approved record permits after a change and did not before, although the decision about it is no newer. p may be nil;
// it knows groups of countries.
func Widened(p *policy.Policy, was, is *attr.Record) []Defect {
	before, on := was.Get("approval.approved_on"), is.Get("approval.approved_on")
	if !Vetted(was.Get("status")) || !Vetted(is.Get("status")) || on.Known() && (!before.Known() || on.Day.After(before.Day)) {
		return nil
	}
	var out []Defect
	add := func(path, format string, args ...any) {
		of := "the approval"
		if on.Known() {
			of = "the decision of " + on.Text
		}
		v := is.Get(path)
		out = append(out, Defect{
			Pos: v.Pos, Key: "wider:" + path, Message: fmt.Sprintf(format, args...) + ", which " + of + " does not cover",
			Hint: "leave it as it was, or decide again: set approval.approved_on and approval.approved_by, and let somebody who does not approve it open the pull request",
		})
	}
	for _, s := range scopes() {
		a, b := was.Get(s.path), is.Get(s.path)
		switch {
		case s.open && !a.Known():
		case s.open && !b.Known():
			add(s.path, "%s no longer limits the use to %s", s.path, List(a.Texts()))
		default:
			var more []string
			for _, item := range b.Texts() {
				if !slices.Contains(a.Texts(), item) && !s.covers(p, a.Texts(), item) {
					more = append(more, item)
				}
			}
			if len(more) > 0 {
				add(s.path, "%s adds %s", s.path, List(more))
			}
		}
	}
	if a, b := was.Get("approval.expires"), is.Get("approval.expires"); a.Known() && b.Known() && b.Day.After(a.Day) {
		add("approval.expires", "approval.expires moves from %s to %s", a.Text, b.Text)
	}
	if a, b := was.Get("risk.tier"), is.Get("risk.tier"); b.Known() && (!a.Known() && b.Int > 0 || a.Known() && b.Int > a.Int) {
		add("risk.tier", "risk.tier becomes less critical (%s)", b.Text)
	}
	return out
}

// scopeList is a list of the scope.
type scopeList struct {
	path   string
	open   bool // without it, everything is permitted
	covers func(p *policy.Policy, patterns []string, item string) bool
}

// scopes lists the lists of the scope, and which items permit another one, too.
func scopes() []scopeList {
	exact := func(*policy.Policy, []string, string) bool { return false }
	anyOf := func(covers func(pattern, item string) bool) func(*policy.Policy, []string, string) bool {
		return func(_ *policy.Policy, patterns []string, item string) bool {
			return slices.ContainsFunc(patterns, func(pattern string) bool { return covers(pattern, item) })
		}
	}
	return []scopeList{
		{"scope.environments", false, exact},
		{"scope.data_classes", false, exact},
		{"scope.purposes", true, exact},
		{"scope.repos", true, anyOf(scalar.RepositoryCovers)},
		{"scope.teams", true, anyOf(scalar.TeamCovers)},
		{"scope.api_versions", true, exact},
		{"scope.hosts", true, anyOf(scalar.HostMatches)},
		{"scope.auth_methods", true, exact},
		{"scope.regions", true, func(p *policy.Policy, patterns []string, item string) bool {
			return p != nil && p.Within(item, patterns)
		}},
	}
}
