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
// What the author of the change must do comes first, then what others must do, then what does not block. All but the first is folded, so
// that a reader sees at most 25 lines and those about the change of a registry. What does not fit is counted. pass matters only if
// the verdict is a pass; Warned reports the warnings like findings that block.
func Comment(r *diag.Report, at Place, limit int, pass Pass) sink.Document {
	c := comment{report: r, at: at, pass: pass, rules: map[string]diag.Rule{}}
	for _, rule := range r.Rules {
		c.rules[rule.ID] = rule
	}
	var end sink.Markdown
	c.footer(&end)
	c.left = limit - end.Len() - reserve
	all := c.sort()
	c.lines = maxLines - c.tail(all)
	c.show(func(m *sink.Markdown) { c.opening(m, all) })
	forGaps := min(len(r.Gaps), 4)
	c.lines -= forGaps
	c.author(all.mine)
	c.lines += forGaps
	c.gaps()
	c.sections()
	c.draft()
	c.others(all.others)
	c.folded(all.rest, "finding that does not block the merge", "findings that do not block the merge")
	c.exempted(all.waived)
	c.reasons(slices.Concat(all.mine, all.others))
	c.notices()
	c.out.Add(&end)
	return c.out.Document()
}

// tail returns the number of lines to keep free for what follows the author's findings: the headings of what is folded, a few lines about
// what could not be read, and the footer.
func (c *comment) tail(all sorted) int {
	out := 2 // the footer
	for _, n := range []int{len(all.mine) - 1, len(all.others), len(all.rest), len(all.waived) + len(c.report.Ignored), len(all.mine) + len(all.others), len(c.report.Notices), len(c.report.Draft)} {
		if n > 0 {
			out++
		}
	}
	if gaps := len(c.report.Gaps); gaps > 0 {
		out += 2 // the heading, and how many are left out
	}
	return out
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

// Warns reports whether a report has warnings, or findings that would be if no waiver covered them.
func Warns(r *diag.Report) bool { return slices.ContainsFunc(r.Findings, warns) }

func warns(f diag.Finding) bool { return f.Severity >= diag.Warning }

// sorted are the findings by who has to do something about them. The first two are what the comment is about.
type sorted struct {
	mine   []diag.Finding // for the author of the change: about new or changed uses, or nobody else's
	others []diag.Finding
	rest   []diag.Finding // no need to act before the merge
	waived []diag.Finding
}

// sort puts the most severe findings first, and those of the change before others.
func (c *comment) sort() sorted {
	var out sorted
	for _, f := range c.report.Findings {
		switch {
		case f.Waived():
			out.waived = append(out.waived, f)
		case !c.about(f):
			out.rest = append(out.rest, f)
		case f.Introduced || f.Owner == "":
			out.mine = append(out.mine, f)
		default:
			out.others = append(out.others, f)
		}
	}
	for _, list := range [][]diag.Finding{out.mine, out.others, out.rest} {
		slices.SortStableFunc(list, byWeight)
	}
	return out
}

// about reports whether the comment is about a finding that no waiver covers.
func (c *comment) about(f diag.Finding) bool {
	switch c.report.Verdict {
	case diag.NoVerdict:
		return f.Blocks || f.Notable || f.Severity == diag.Error
	case diag.Pass:
		return f.Notable || c.pass == Warned && warns(f)
	default:
		return f.Blocks || f.Notable
	}
}

func byWeight(a, b diag.Finding) int {
	return cmp.Or(compareBool(b.Blocks, a.Blocks), cmp.Compare(b.Severity, a.Severity), compareBool(b.Introduced, a.Introduced))
}

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
func (c *comment) opening(m *sink.Markdown, all sorted) {
	r, what := c.report, "API vendors"
	if c.ofRegistry() {
		what = "Vendor registry"
	}
	switch {
	case r.Verdict == diag.Pass && c.pass == Resolved:
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
	case r.Verdict == diag.Pass && c.pass == Warned:
		shown := 0
		for _, f := range r.Findings {
			if warns(f) {
				shown++
			}
		}
		m.Markup("### ⚠️ ").Text(what).Markup(": ").Text(diag.Count(shown, "finding")).Markup(", none blocking\n\n")
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
		c.failed(m, what, blocks(all.mine), blocks(all.others))
		return
	}
	c.introduce(m)
}

// failed writes how many findings block, and whether the author can do anything about them.
func (c *comment) failed(m *sink.Markdown, what string, mine, others int) {
	m.Markup("### ❌ ").Text(what).Markup(": ").Text(diag.Count(cmp.Or(mine, others), "finding"))
	switch {
	case others == 0:
		m.Markup(" to fix before merging\n\n")
	case mine > 0:
		m.Markup(" to fix before merging, and ").Int(others).Markup(" for others to fix\n\n")
	default:
		m.Markup(" for others to fix before merging\n\nNothing that this pull request adds or changes blocks the merge. Uses that it does not change do.\n\n")
		return
	}
	c.introduce(m)
}

func blocks(findings []diag.Finding) int {
	blocking, _ := divided(findings)
	return len(blocking)
}

// introduce says what is checked, to a reader who has never seen it.
func (c *comment) introduce(m *sink.Markdown) {
	if c.ofRegistry() {
		m.Text(aboutRegistry).Markup("\n\n")
		return
	}
	m.Markup("This repository declares the third-party API services that it uses in ").Code("vendors.yaml")
	m.Markup(". The check compares them with the vendors that your organisation has approved.\n\n")
}

// aboutRegistry says how a change of a registry is judged.
const aboutRegistry = "This pull request changes the registry of approved vendors. Records are judged by the policy as it will be after the merge, and approvals also by the one before it. Nothing takes effect before the merge."

// ofRegistry reports whether the change is one of a registry, in a repository that declares no vendors.
func (c *comment) ofRegistry() bool {
	return len(c.report.Sections) > 0 && c.report.Counts.Vendors == 0
}
