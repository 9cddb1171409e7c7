package impact

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/policy"
)

// Row is a difference between two policies with their presets and overlays applied.
type Row struct {
	Name string // of a rule, requirement, parameter or setting
	What string // such as: from warning to error at tiers 1 and 2
}

// rowsChanged lists the differences between two policies, in the order of Effective.
func rowsChanged(before, after *policy.Policy) []Row {
	was, is := before.Effective(), after.Effective()
	var out []Row
	for _, pair := range [][2][]policy.Setting{{was.Settings, is.Settings}, {was.Classes, is.Classes}, {was.Groups, is.Groups}, {was.Approvers, is.Approvers}} {
		out = append(out, changedSettings(pair[0], pair[1])...)
	}
	for _, pair := range [][2][]policy.ByTier{{was.Params, is.Params}, {was.Assurance, is.Assurance}, {was.Rules, is.Rules}} {
		out = append(out, changedByTier(pair[0], pair[1])...)
	}
	return append(out, changedDemands(was.Requirements, is.Requirements)...)
}

func changedSettings(was, is []policy.Setting) []Row {
	var out []Row
	text := func(all []policy.Setting, name string) string {
		i := slices.IndexFunc(all, func(s policy.Setting) bool { return s.Name == name })
		if i < 0 {
			return "not set"
		}
		return strings.Join(all[i].Values, ", ")
	}
	for _, name := range names(was, is, func(s policy.Setting) string { return s.Name }) {
		if a, b := text(was, name), text(is, name); a != b {
			out = append(out, Row{name, fmt.Sprintf("from %s to %s", a, b)})
		}
	}
	return out
}

func changedByTier(was, is []policy.ByTier) []Row {
	var out []Row
	for _, name := range names(was, is, func(b policy.ByTier) string { return b.Name }) {
		if what := tiersChanged(valuesOf(was, name), valuesOf(is, name)); what != "" {
			out = append(out, Row{name, what})
		}
	}
	return out
}

func changedDemands(was, is []policy.Demand) []Row {
	var out []Row
	find := func(all []policy.Demand, name string) *policy.Demand {
		if i := slices.IndexFunc(all, func(d policy.Demand) bool { return d.Name == name }); i >= 0 {
			return &all[i]
		}
		return nil
	}
	for _, name := range names(was, is, func(d policy.Demand) string { return d.Name }) {
		a, b := find(was, name), find(is, name)
		switch {
		case a == nil:
			out = append(out, Row{name, "new: " + b.Asks + when(b) + "; " + strings.TrimPrefix(tiersChanged([5]string{}, b.Values), "from off to ")})
		case b == nil:
			out = append(out, Row{name, "removed; it asked: " + a.Asks})
		default:
			var what []string
			if a.Asks != b.Asks || a.When != b.When {
				what = append(what, fmt.Sprintf("asks %s%s instead of %s%s", b.Asks, when(b), a.Asks, when(a)))
			}
			if tiers := tiersChanged(a.Values, b.Values); tiers != "" {
				what = append(what, tiers)
			}
			if len(what) > 0 {
				out = append(out, Row{name, strings.Join(what, "; ")})
			}
		}
	}
	return out
}

// when describes the uses that a requirement applies to, after what it asks.
func when(d *policy.Demand) string {
	if d.When == "" {
		return ""
	}
	return " (when " + d.When + ")"
}

// tiersChanged describes the changes of a value by tier: from warning to error at tiers 1 and 2. It is empty if there are none.
func tiersChanged(was, is [5]string) string {
	var out []string
	done := map[string]bool{}
	for tier := 1; tier <= 4; tier++ {
		a, b := orOff(was[tier]), orOff(is[tier])
		if a == b || done[a+"\x00"+b] {
			continue
		}
		done[a+"\x00"+b] = true
		var at []string
		for other := tier; other <= 4; other++ {
			if orOff(was[other]) == a && orOff(is[other]) == b {
				at = append(at, fmt.Sprint(other))
			}
		}
		out = append(out, fmt.Sprintf("from %s to %s at tier %s", a, b, strings.Join(at, ", ")))
	}
	return strings.Join(out, "; ")
}

func orOff(text string) string {
	if text == "" {
		return "off"
	}
	return text
}

func valuesOf(all []policy.ByTier, name string) [5]string {
	if i := slices.IndexFunc(all, func(b policy.ByTier) bool { return b.Name == name }); i >= 0 {
		return all[i].Values
	}
	return [5]string{}
}

// names lists the names of two lists, those of the second first.
func names[T any](was, is []T, name func(T) string) []string {
	var out []string
	for _, item := range slices.Concat(is, was) {
		if !slices.Contains(out, name(item)) {
			out = append(out, name(item))
		}
	}
	return out
}
