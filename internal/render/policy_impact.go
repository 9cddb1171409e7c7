package render

import (
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/impact"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// ImpactFormats are the formats of a comparison of two policies.
func ImpactFormats() sink.Formats[*impact.Policy] {
	return sink.Formats[*impact.Policy]{
		{Name: "text", Render: sink.Sure(impactText)},
		{Name: "markdown", Render: sink.Sure(impactMarkdown)},
		{Name: "json", Render: sink.Colourless(impactJSON)},
	}
}

// impactHeading says how many records another policy affects, as a sentence.
func impactHeading(p *impact.Policy) string {
	return diag.Capital(p.Summary()) + "."
}

func impactText(p *impact.Policy) sink.Document {
	var out sink.Page
	for _, g := range p.Unjudged {
		out.Linef("not judged: %s: %s", g.Target, g.Reason)
	}
	out.Linef("%s", impactHeading(p))
	if len(p.Rows) > 0 {
		out.Line()
		out.Linef("What changes in the policy:")
	}
	for _, r := range p.Rows {
		out.Linef("  %s: %s", r.Name, r.What)
	}
	if len(p.Rules) > 0 {
		out.Line()
		out.Linef("What that does to records:")
	}
	for _, r := range p.Rules {
		out.Linef("  %s (%s): %s", r.ID, r.Title, r.Says(p.Records))
		for _, l := range namesOf(r) {
			out.Linef("      %s: %s", l.Name, l.What)
		}
	}
	return out.Document()
}

// namesOf names the records behind the counts of a rule.
func namesOf(r impact.Rule) []impact.Row {
	const most = 20
	var out []impact.Row
	add := func(word string, ids []string) {
		if n := len(ids); n > most {
			out = append(out, impact.Row{Name: word, What: fmt.Sprintf("%s and %d more", strings.Join(ids[:most], ", "), n-most)})
		} else if n > 0 {
			out = append(out, impact.Row{Name: word, What: strings.Join(ids, ", ")})
		}
	}
	add("fail", r.Fail)
	add("warning", r.Warn)
	add("pass", r.Pass)
	return out
}

func impactMarkdown(p *impact.Policy) sink.Document {
	var out sink.Markdown
	out.Markup("### ").Text(impactHeading(p)).Markup("\n\n")
	for _, g := range p.Unjudged {
		out.Markup("- not judged: ").Code(g.Target).Markup(": ").Prose(g.Reason).Markup("\n")
	}
	for _, r := range p.Rows {
		out.Markup("- ").Code(r.Name).Markup(": ").Text(r.What).Markup("\n")
	}
	if len(p.Rules) > 0 {
		out.Markup("\n| rule | finds or asks | what changes | records |\n|---|---|---|---|\n")
	}
	for _, r := range p.Rules {
		var names []string
		for _, l := range namesOf(r) {
			names = append(names, l.Name+": "+l.What)
		}
		out.Markup("| ").Code(r.ID).Markup(" | ").Text(r.Title).Markup(" | ").Text(r.Says(p.Records)).Markup(" | ").Text(strings.Join(names, "; ")).Markup(" |\n")
	}
	return out.Document()
}

// The shape of the JSON format, version 1. A field may be added; none is removed or changes its meaning.
type (
	impactShape struct {
		Version int               `json:"version"`
		Records int               `json:"records"`
		Fail    []string          `json:"newly_fail"`
		Warn    []string          `json:"newly_warn"`
		Pass    []string          `json:"no_longer_fail"`
		Changes []impactRowShape  `json:"changes"`
		Rules   []impactRuleShape `json:"rules"`
		Gaps    []impactGapShape  `json:"not_judged"`
	}
	impactRowShape struct {
		Name string `json:"name"`
		What string `json:"what"`
	}
	impactRuleShape struct {
		ID      string   `json:"rule"`
		Title   string   `json:"title"`
		Fail    []string `json:"newly_fail"`
		Unknown []string `json:"newly_unknown"`
		Warn    []string `json:"newly_warn"`
		Pass    []string `json:"no_longer_fail"`
	}
	impactGapShape struct {
		Target string `json:"target"`
		Reason string `json:"reason"`
	}
)

func impactJSON(p *impact.Policy) (sink.Document, error) {
	list := func(ids []string) []string { return append([]string{}, ids...) }
	out := impactShape{1, p.Records, list(p.Fail), list(p.Warn), list(p.Pass), []impactRowShape{}, []impactRuleShape{}, []impactGapShape{}}
	for _, r := range p.Rows {
		out.Changes = append(out.Changes, impactRowShape(r))
	}
	for _, r := range p.Rules {
		out.Rules = append(out.Rules, impactRuleShape{r.ID, r.Title, list(r.Fail), list(r.Unknown), list(r.Warn), list(r.Pass)})
	}
	for _, g := range p.Unjudged {
		out.Gaps = append(out.Gaps, impactGapShape(g))
	}
	return sink.JSON(out)
}
