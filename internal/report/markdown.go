package report

import (
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// MarkdownWithin is the Markdown format in at most limit bytes. Where that leaves findings, gaps or vendors out, it says how
// many; verdict and counts are exact in any case. What cannot be shortened is a few hundred bytes.
func MarkdownWithin(r *diag.Report, limit int) []byte {
	most := max(len(r.Findings), len(r.Gaps), len(r.Vendors))
	for {
		part := *r
		part.Findings, part.Gaps, part.Vendors = first(r.Findings, most), first(r.Gaps, most), first(r.Vendors, most)
		left := len(r.Findings) + len(r.Gaps) + len(r.Vendors) - len(part.Findings) - len(part.Gaps) - len(part.Vendors)
		out := markdown(&part)
		if left > 0 {
			out = fmt.Appendf(out, "\n%d more lines are left out here; the JSON report has all.\n", left)
		}
		if len(out) <= limit || most == 0 {
			return out
		}
		most /= 2
	}
}

func first[T any](all []T, most int) []T { return all[:min(len(all), most)] }

// markdown is the report as a reader of a pull request or a job summary sees it: verdict, what blocks, what else.
func markdown(r *diag.Report) []byte {
	var out strings.Builder
	fmt.Fprintf(&out, "### %s\n\n", headline(r))
	if r.Reason != "" {
		fmt.Fprintf(&out, "%s\n\n", Markdown(r.Reason))
	}
	for _, group := range []struct{ title, word string }{{"Errors", "error"}, {"Warnings", "warning"}, {"Notes", "note"}, {"Waived", "waived"}} {
		findings(&out, group.title, group.word, r.Findings)
	}
	if len(r.Gaps) > 0 {
		out.WriteString("#### Not judged\n\n")
		for _, g := range r.Gaps {
			fmt.Fprintf(&out, "- %s: %s\n", Code(g.Target), Markdown(g.Reason))
		}
		out.WriteString("\n")
	}
	vendors(&out, r.Vendors)
	fmt.Fprintf(&out, "<sub>%s</sub>\n", Markdown(Summary(r)))
	return []byte(out.String())
}

func headline(r *diag.Report) string {
	switch r.Verdict {
	case diag.Pass:
		return "✅ API vendors: pass"
	case diag.Fail:
		return "❌ API vendors: " + faults(r.Counts)
	case diag.NothingToCheck:
		return "⚠️ API vendors: nothing to check"
	default:
		return "⚠️ API vendors: no verdict"
	}
}

func findings(out *strings.Builder, title, word string, all []diag.Finding) {
	first := true
	for _, f := range all {
		if level(f) != word {
			continue
		}
		if first {
			fmt.Fprintf(out, "#### %s\n\n", title)
			first = false
		}
		fmt.Fprintf(out, "- %s: %s (%s)\n", Code(f.Pos.String()), Markdown(f.Message), Code(f.Rule))
		if f.Waived() {
			fmt.Fprintf(out, "  <br>Waived by %s through %s.\n", Code(f.Waiver), Markdown(f.WaivedUntil))
		}
		if f.Hint != "" {
			fmt.Fprintf(out, "  <br>**Next step:** %s\n", markdownWithURLs(f.Hint))
		}
	}
	if !first {
		out.WriteString("\n")
	}
}

func vendors(out *strings.Builder, all []diag.Vendor) {
	if len(all) == 0 {
		return
	}
	out.WriteString("| vendor | status | tier | approved through | verdict |\n|---|---|---|---|---|\n")
	for _, v := range all {
		tier, expires := "", v.Expires
		if v.Tier > 0 {
			tier = fmt.Sprint(v.Tier)
		}
		fmt.Fprintf(out, "| %s | %s | %s | %s | %s |\n", Code(v.ID), Markdown(v.Status), tier, Markdown(expires), v.Verdict)
	}
	out.WriteString("\n")
}
