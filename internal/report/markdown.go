package report

import (
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// MarkdownWithin returns the Markdown format in at most limit bytes. If findings, gaps, vendors or ignore entries do not fit, it says
// how many; the verdict and the counts are always exact. A few hundred bytes cannot be shortened.
func MarkdownWithin(r *diag.Report, limit int) sink.Document {
	most := max(len(r.Findings), len(r.Gaps), len(r.Vendors), len(r.Ignored))
	for {
		part := *r
		part.Findings, part.Gaps, part.Vendors, part.Ignored = first(r.Findings, most), first(r.Gaps, most), first(r.Vendors, most), first(r.Ignored, most)
		left := len(r.Findings) + len(r.Gaps) + len(r.Vendors) + len(r.Ignored) - len(part.Findings) - len(part.Gaps) - len(part.Vendors) - len(part.Ignored)
		out := markdown(&part)
		if left > 0 {
			out.Markup("\n").Int(left).Markup(" more lines are not shown here. The JSON report is complete.\n")
		}
		if out.Len() <= limit || most == 0 {
			return out.Document()
		}
		most /= 2
	}
}

func first[T any](all []T, most int) []T { return all[:min(len(all), most)] }

// markdown returns the report as a reader of a pull request or a job summary sees it: verdict, what blocks, what else.
func markdown(r *diag.Report) *sink.Markdown {
	var out sink.Markdown
	out.Markup("### ").Text(headline(r)).Markup("\n\n")
	if r.Reason != "" {
		out.Prose(r.Reason).Markup("\n\n")
	}
	for _, group := range []struct{ title, word string }{{"Errors", "error"}, {"Warnings", "warning"}, {"Notes", "note"}, {"Waived", "waived"}} {
		findings(&out, group.title, group.word, r.Findings)
	}
	if alone(r) {
		out.Markup("#### The manifest to create\n\n").Block("yaml", r.Draft).Markup("\n")
	}
	if len(r.Ignored) > 0 {
		out.Markup("#### Ignored\n\n")
		for _, i := range r.Ignored {
			out.Markup("- ").Code(i.Pos.String()).Markup(": ").Code(i.What).Markup(" covers ").Text(i.Terms()).Markup("\n")
		}
		out.Markup("\n")
	}
	if len(r.Gaps) > 0 {
		out.Markup("#### Not checked\n\n")
		for _, g := range r.Gaps {
			out.Markup("- ").Code(g.Target).Markup(": ").Prose(g.Reason).Markup("\n")
		}
		out.Markup("\n")
	}
	for _, s := range r.Sections {
		out.Markup("#### ").Text(s.Title).Markup("\n\n")
		for _, i := range s.Items {
			sectionItem(&out, i)
		}
		out.Markup("\n")
	}
	if len(r.Notices) > 0 {
		out.Markup("#### About this run\n\n")
		for _, notice := range r.Notices {
			out.Markup("- ").Prose(notice).Markup("\n")
		}
		out.Markup("\n")
	}
	vendors(&out, r.Vendors)
	out.Markup("<sub>").Text(Summary(r).String()).Markup("</sub>\n")
	return &out
}

func headline(r *diag.Report) string {
	switch r.Verdict {
	case diag.Pass:
		return "✅ API vendors: pass"
	case diag.Fail:
		return "❌ API vendors: " + blocking(r.Counts)
	case diag.NothingToCheck:
		return "⚠️ API vendors: nothing to check"
	default:
		return "⚠️ API vendors: no verdict"
	}
}

func findings(out *sink.Markdown, title, word string, all []diag.Finding) {
	first := true
	for _, f := range all {
		if level(f) != word {
			continue
		}
		if first {
			out.Markup("#### ").Text(title).Markup("\n\n")
			first = false
		}
		out.Markup("- ").Code(f.Pos.String()).Markup(": ").Prose(f.Message).Markup(" (").Code(f.Rule).Markup(")\n")
		if f.Waived() {
			out.Markup("  <br>Waived by ").Code(f.Waiver).Markup(" through ").Text(f.WaivedUntil).Markup(".\n")
		}
		if f.Hint != "" {
			out.Markup("  <br>**Next step:** ").Prose(f.Hint).Markup("\n")
		}
		if f.Paste != "" {
			out.Markup("\n").Block("yaml", f.Paste).Markup("\n")
		}
	}
	if !first {
		out.Markup("\n")
	}
}

func vendors(out *sink.Markdown, all []diag.Vendor) {
	if len(all) == 0 {
		return
	}
	out.Markup("| vendor | status | tier | approved through | verdict |\n|---|---|---|---|---|\n")
	for _, v := range all {
		out.Markup("| ").Code(v.ID).Markup(" | ").Text(v.Status).Markup(" | ")
		if v.Tier > 0 {
			out.Int(v.Tier)
		}
		out.Markup(" | ").Text(v.Expires).Markup(" | ").Text(string(v.Verdict)).Markup(" |\n")
	}
	out.Markup("\n")
}
