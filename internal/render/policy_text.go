package render

import (
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// effectiveText lists everything in a policy, one item a line.
func effectiveText(e policy.Effective) sink.Document {
	var out sink.Page
	base := "nothing"
	if len(e.Extends) > 0 {
		base = strings.Join(e.Extends, ", ")
	}
	out.Linef("policy %s, extends %s", e.ID, base)
	lines(&out, "Settings", e.Settings)
	lines(&out, "Users who can approve, by role", e.Approvers)
	lines(&out, "Data classes, and the least critical tier for each", e.Classes)
	lines(&out, "Groups of countries", e.Groups)
	byTier(&out, "Parameters", e.Params)
	byTier(&out, "Required assurance", e.Assurance)
	byTier(&out, "Rules", e.Rules)
	var requirements []policy.ByTier
	for _, q := range e.Requirements {
		requirements = append(requirements, q.ByTier)
	}
	byTier(&out, "Requirements", requirements)
	for _, q := range e.Requirements {
		out.Line()
		out.Linef("%s asks: %s (%s)", q.Name, q.Asks, originOf(q.Origin))
		if q.When != "" {
			out.Linef("    when: %s", q.When)
		}
		if q.Message != "" {
			out.Linef("    message: %s", q.Message)
		}
		if q.Fix != "" {
			out.Linef("    fix: %s", q.Fix)
		}
	}
	return out.Document()
}

func lines(out *sink.Page, title string, all []policy.Setting) {
	if len(all) == 0 {
		return
	}
	out.Line()
	out.Linef("%s", title)
	for _, s := range all {
		out.Linef("  %-28s %s (%s)", s.Name, strings.Join(s.Values, ", "), originOf(s.Origin))
	}
}

// byTier prints a table with a column for each tier, and one for the origin.
func byTier(out *sink.Page, title string, all []policy.ByTier) {
	if len(all) == 0 {
		return
	}
	out.Line()
	out.Linef("%-30s %-10s %-10s %-10s %-10s origin", title, "tier 1", "tier 2", "tier 3", "tier 4")
	for _, b := range all {
		v := b.Values
		for tier := range v {
			if v[tier] == "" {
				v[tier] = "-"
			}
		}
		out.Linef("  %-28s %-10s %-10s %-10s %-10s %s", b.Name, v[1], v[2], v[3], v[4], originsOf(b))
		if b.Varies != "" {
			out.Linef("    %s", b.Varies)
		}
	}
}

// originsOf returns the origin of a line. If there are several, it lists their tiers.
func originsOf(b policy.ByTier) string {
	if b.Fixed {
		return "built in, fixed"
	}
	var words []string
	tiers := map[string][]string{}
	for tier := 1; tier <= 4; tier++ {
		if b.Values[tier] == "" {
			continue
		}
		word := originOf(b.Origins[tier])
		if tiers[word] == nil {
			words = append(words, word)
		}
		tiers[word] = append(tiers[word], fmt.Sprint(tier))
	}
	if len(words) == 1 {
		return words[0]
	}
	for i, word := range words {
		words[i] = fmt.Sprintf("%s (%s)", word, strings.Join(tiers[word], ", "))
	}
	return strings.Join(words, ", ")
}
