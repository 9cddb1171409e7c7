package inventory

import (
	"strconv"
	"strings"

	"github.com/vendorgate/vendorgate/internal/sink"
)

func number(n int) string { return strconv.Itoa(n) }

// markdown returns the overview for an issue or a job summary.
func markdown(v *Inventory) sink.Document {
	var out sink.Markdown
	out.Markup("### Vendor registry: ").Text(v.soon()).Markup("\n\n")
	if len(v.Unjudged) > 0 {
		out.Markup("#### Not judged\n\n")
		for _, g := range v.Unjudged {
			out.Markup("- ").Code(g.Target).Markup(": ").Prose(g.Reason).Markup("\n")
		}
		out.Markup("\n")
	}
	for _, w := range v.Windows() {
		if len(w.Lapses) > 0 {
			out.Markup("#### ").Text(w.Title).Markup("\n\n")
			lapseTable(&out, w.Lapses)
		}
	}
	if len(v.Notes) > 0 {
		out.Markup("#### Notes\n\n")
		for _, n := range v.Notes {
			out.Markup("- ").Prose(n.Message).Markup("<br>").Text(n.Hint).Markup("\n")
		}
		out.Markup("\n")
	}
	out.Markup("#### Records\n\n| record | name | category | status | tier | owners | approved through | review due | evidence |\n|---|---|---|---|---|---|---|---|---|\n")
	for _, r := range v.Records {
		out.Markup("| ").Code(r.ID)
		for _, cell := range []string{r.Name, r.Category, r.Status, tier(r.Tier), strings.Join(r.Owners, ", "), r.Through.String(), r.Review.String(), r.Evidence.String()} {
			out.Markup(" | ").Text(cell)
		}
		out.Markup(" |\n")
	}
	out.Markup("\n#### Coverage\n\n| rule | finds or asks | pass | fail | unknown | not asked | records |\n|---|---|---|---|---|---|---|\n")
	for _, c := range v.Coverage {
		out.Markup("| ").Code(c.Rule).Markup(" | ").Text(c.Title).Markup(" | ").Int(c.Pass).Markup(" | ").Int(c.Fail).Markup(" | ").Int(c.Unknown).Markup(" | ").Int(c.NotAsked).Markup(" | ").Text(c.Where()).Markup(" |\n")
	}
	out.Markup("\n<sub>").Text(Summary(v).String()).Markup("</sub>\n")
	return out.Document()
}

func lapseTable(out *sink.Markdown, lapses []Lapse) {
	out.Markup("| last day | when | vendor | what | who acts | next step |\n|---|---|---|---|---|---|\n")
	for _, l := range lapses {
		out.Markup("| ").Text(l.Last.String()).Markup(" | ").Text(l.When()).Markup(" | ").Code(l.Vendor).Markup(" | ").Text(l.What).Markup(" (").Code(l.Rule).Markup(") | ").
			Text(l.Who).Markup(" | ").Prose(l.Do).Markup(" |\n")
	}
	out.Markup("\n")
}
