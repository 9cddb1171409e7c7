package report

import (
	"cmp"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// Pass is what a comment says about a pass.
type Pass int

// What there is to say.
const (
	Clean    Pass = iota // nothing blocks
	Resolved             // what an earlier comment reported is fixed
	Warned               // nothing blocks, but there are warnings, which were asked for
)

// Comment returns the report as a comment on a pull request, in at most limit bytes, which must be at least 5,000.
// Findings that block come first, at most ten of them in full. The rest is folded, and what does not fit is counted.
// pass matters only if the verdict is a pass; Warned shows the warnings like findings that block.
func Comment(r *diag.Report, at Place, limit int, pass Pass) sink.Document {
	c := comment{report: r, at: at, rules: map[string]diag.Rule{}}
	for _, rule := range r.Rules {
		c.rules[rule.ID] = rule
	}
	var end sink.Markdown
	c.footer(&end)
	c.left = limit - end.Len() - reserve
	c.add(func(m *sink.Markdown) { c.opening(m, pass) })
	told, other, waived := c.sort()
	isWhat, areWhat := "to fix", "to fix"
	if r.Verdict == diag.Pass {
		isWhat, areWhat = "that does not block the merge", "that do not block the merge"
	}
	if r.Verdict == diag.Pass && pass == Warned {
		told = slices.Concat(told, slices.DeleteFunc(slices.Concat(other, waived), quiet))
		other, waived = slices.DeleteFunc(other, warns), slices.DeleteFunc(waived, warns)
	}
	c.told(told, isWhat, areWhat)
	c.gaps()
	c.sections()
	c.folded(other, "finding", "that does not block the merge", "findings", "that do not block the merge")
	c.folded(waived, "finding", "is covered by a waiver", "findings", "are covered by a waiver")
	c.notices()
	c.out.Add(&end)
	return c.out.Document()
}

// Notable counts the findings that are worth a comment even if the check passes.
func Notable(r *diag.Report) int {
	n := 0
	for i := range r.Findings {
		if r.Findings[i].Notable {
			n++
		}
	}
	return n
}

// sort splits the findings into those to tell in full, which block or are notable (most severe first, and those of the change first), the
// others, and the waived ones.
func (c *comment) sort() (told, other, waived []diag.Finding) {
	for _, f := range c.report.Findings {
		switch {
		case f.Waived():
			waived = append(waived, f)
		case f.Blocks || f.Notable || c.report.Verdict == diag.NoVerdict && f.Severity == diag.Error:
			told = append(told, f)
		default:
			other = append(other, f)
		}
	}
	byWeight := func(a, b diag.Finding) int {
		return cmp.Or(compareBool(b.Blocks, a.Blocks), cmp.Compare(b.Severity, a.Severity), compareBool(b.Introduced, a.Introduced))
	}
	slices.SortStableFunc(told, byWeight)
	slices.SortStableFunc(other, byWeight)
	return told, other, waived
}

// Warns reports whether a report has warnings, or findings that would be if no waiver covered them.
func Warns(r *diag.Report) bool { return slices.ContainsFunc(r.Findings, warns) }

func warns(f diag.Finding) bool { return f.Severity >= diag.Warning }

func quiet(f diag.Finding) bool { return !warns(f) }

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	default:
		return -1
	}
}

// opening writes what happened, and one line about what this comment is.
func (c *comment) opening(m *sink.Markdown, pass Pass) {
	r, what := c.report, "API vendors"
	if c.ofRegistry() {
		what = "Vendor registry"
	}
	switch {
	case r.Verdict == diag.Pass && pass == Resolved:
		m.Markup("### ✅ ").Text(what).Markup(": resolved")
		if len(c.at.Commit) >= 7 {
			m.Markup(" at ").Code(c.at.Commit[:7])
		}
		if Warns(r) {
			m.Markup("\n\nNothing that this comment reported blocks the merge any more.\n\n")
		} else {
			m.Markup("\n\nEverything that this comment reported is fixed. There is nothing left to do.\n\n")
		}
		return
	case r.Verdict == diag.Pass && pass == Warned:
		shown := slices.DeleteFunc(slices.Clone(r.Findings), quiet)
		m.Markup("### ⚠️ ").Text(what).Markup(": ").Text(diag.Count(len(shown), "finding")).Markup(", none blocking\n\n")
	case r.Verdict == diag.Pass && Notable(r) > 0:
		m.Markup("### ⚠️ ").Text(what).Markup(": this pull request calls ").Text(diag.Count(Notable(r), "unknown vendor")).Markup("\n\nNothing blocks the merge.\n\n")
		return
	case r.Verdict == diag.Pass && c.ofRegistry():
		m.Markup("### ✅ Vendor registry: no blocking findings\n\n").Text(aboutRegistry).Markup("\n\n")
		return
	case r.Verdict == diag.Pass:
		m.Markup("### ✅ ").Text(what).Markup(": ").Text(diag.Count(r.Counts.Vendors, "declared vendor") + ", no blocking findings").Markup("\n\n")
		return
	case r.Verdict == diag.NothingToCheck:
		m.Markup("### ⚠️ ").Text(what).Markup(": nothing to check\n\n").Prose(diag.Capital(clip(r.Reason))).Markup(".\n\n")
	case r.Verdict == diag.NoVerdict:
		m.Markup("### ⚠️ ").Text(what).Markup(": no verdict\n\nThis pull request could not be checked, so it is blocked: ").Prose(clip(r.Reason)).Markup(".\n\n")
	default:
		blocked := 0
		for _, f := range r.Findings {
			if f.Blocks {
				blocked++
			}
		}
		m.Markup("### ❌ ").Text(what).Markup(": ").Text(diag.Count(blocked, "finding")).Markup(" to fix before merging\n\n")
	}
	if c.ofRegistry() {
		m.Text(aboutRegistry).Markup("\n\n")
		return
	}
	m.Markup("This repository declares the third-party API services that it uses in ").Code("vendors.yaml")
	m.Markup(". The check compares them with the vendors that your organisation has approved.\n\n")
}

// told writes the findings that the comment is about: the first ones in full and the others on one line each.
func (c *comment) told(findings []diag.Finding, isWhat, areWhat string) {
	shown := 0
	for shown < min(len(findings), maxShown) && c.add(func(m *sink.Markdown) { c.full(m, shown+1, findings[shown]) }) {
		shown++
	}
	c.folded(findings[shown:], "more finding", isWhat, "more findings", areWhat)
}

// full writes one finding: what, where, why, what to do, and who.
func (c *comment) full(m *sink.Markdown, number int, f diag.Finding) {
	m.Markup("#### ").Int(number)
	m.Markup(". ").Prose(diag.Capital(clip(f.Message))).Markup("\n\n")
	c.place(m, f)
	if f.Introduced {
		m.Markup(" · new or changed in this pull request")
	} else if f.Vendor != "" {
		m.Markup(" · not changed in this pull request")
	}
	m.Markup(" · rule ").Code(f.Rule)
	if f.Notable && !f.Blocks && c.report.Verdict == diag.Fail {
		m.Markup(" · does not block the merge")
	}
	m.Markup("\n\n")
	if f.Hint != "" {
		m.Markup("- **What to do:** ")
		c.prose(m, clip(f.Hint), f.Request)
		m.Markup("\n")
	}
	if f.Paste != "" {
		m.Markup("\n").Block("yaml", f.Paste).Markup("\n")
	}
	if f.Waived() {
		m.Markup("- **Waived** by ").Code(f.Waiver).Markup(" through ").Text(f.WaivedUntil).Markup("\n")
	}
	if f.Owner != "" {
		m.Markup("- **Who:** ").Text(clip(f.Owner)).Markup("\n")
	}
	if why := c.rules[f.Rule].Why; why != "" {
		m.Markup("- **Why:** ").Prose(clip(why)).Markup("\n")
	}
	m.Markup("\n")
}

// aboutRegistry says how a change of a registry is judged.
const aboutRegistry = "This pull request changes the registry of approved vendors. Records are judged by the policy as it will be after the merge, and approvals also by the one before it. Nothing takes effect before the merge."

// ofRegistry reports whether the change is one of a registry, in a repository that declares no vendors.
func (c *comment) ofRegistry() bool {
	return len(c.report.Sections) > 0 && c.report.Counts.Vendors == 0
}
