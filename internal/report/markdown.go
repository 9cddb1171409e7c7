package report

import (
	"cmp"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// markdown returns the report as a page: verdict, what blocks, what else.
func markdown(r *diag.Report) *sink.Markdown {
	var out sink.Markdown
	out.Markup("### ").Text(headline(r)).Markup("\n\n")
	if r.Reason != "" {
		out.Prose(r.Reason).Markup("\n\n")
	}
	blocking, rest, waived := byOutcome(r.Findings)
	findings(&out, "Blocking", blocking)
	if r.Verdict == diag.NoVerdict {
		findings(&out, "Findings", rest)
	} else {
		findings(&out, "Not blocking", rest)
	}
	findings(&out, "Waived", waived)
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
		return "✅ API vendors: pass, " + blocking(r.Counts)
	case diag.Fail:
		return "❌ API vendors: " + blocking(r.Counts)
	case diag.NothingToCheck:
		return "⚠️ API vendors: nothing to check"
	default:
		return "⚠️ API vendors: no verdict"
	}
}

// byOutcome returns the findings that block, the others by severity, and the waived ones.
func byOutcome(all []diag.Finding) (blocking, rest, waived []diag.Finding) {
	for _, f := range all {
		switch {
		case f.Blocks:
			blocking = append(blocking, f)
		case f.Waived():
			waived = append(waived, f)
		default:
			rest = append(rest, f)
		}
	}
	slices.SortStableFunc(rest, func(a, b diag.Finding) int { return cmp.Compare(b.Severity, a.Severity) })
	return blocking, rest, waived
}

func findings(out *sink.Markdown, title string, all []diag.Finding) {
	if len(all) == 0 {
		return
	}
	out.Markup("#### ").Text(title).Markup("\n\n")
	for _, f := range all {
		out.Markup("- ").Code(f.Pos.String()).Markup(": ").Text(f.Severity.String()).Markup(": ").Prose(f.Message).Markup(" (").Code(f.Rule).Markup(")\n")
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
	out.Markup("\n")
}

func vendors(out *sink.Markdown, all []diag.Vendor) {
	if len(all) == 0 {
		return
	}
	out.Markup(vendorHead)
	for _, v := range all {
		vendorRow(out, v)
	}
	out.Markup("\n")
}

// vendorHead begins a table of vendors.
const vendorHead = "| vendor | status | tier | approved through | verdict |\n|---|---|---|---|---|\n"

func vendorRow(out *sink.Markdown, v diag.Vendor) {
	out.Markup("| ").Code(v.ID).Markup(" | ").Text(v.Status).Markup(" | ")
	if v.Tier > 0 {
		out.Int(v.Tier)
	}
	out.Markup(" | ").Text(v.Expires).Markup(" | ").Text(string(v.Verdict)).Markup(" |\n")
}
