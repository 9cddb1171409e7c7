package report

import (
	"cmp"
	"math"
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
	return (&comment{report: r, at: at, pass: pass, most: 10}).write(limit)
}

// JobSummary returns the report as the summary of a CI job, in at most limit bytes, which must be at least 5,000. It is a comment with all that
// fits, and with the vendors.
func JobSummary(r *diag.Report, at Place, limit int) sink.Document {
	at.Run = "" // where it is read
	return (&comment{report: r, at: at, most: math.MaxInt, job: true}).write(limit)
}

func (c *comment) write(limit int) sink.Document {
	r := c.report
	c.rules = map[string]diag.Rule{}
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
	c.folded(all.rest, "finding that does not block"+c.merge(), "findings that do not block"+c.merge())
	c.exempted(all.waived)
	c.reasons(slices.Concat(all.mine, all.others))
	c.vendors()
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

// sort puts what blocks first, then what the change adds or changes, then the most severe.
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
	return cmp.Or(compareBool(b.Blocks, a.Blocks), compareBool(b.Introduced, a.Introduced), cmp.Compare(b.Severity, a.Severity))
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
		m.Markup("### ⚠️ ").Text(what).Markup(": ").Text(blocking(r.Counts)).Markup("\n\n")
	case r.Verdict == diag.Pass && Notable(r) > 0:
		m.Markup("### ⚠️ ").Text(what).Markup(": this ").Text(c.change()).Markup(" calls ").Text(diag.Count(Notable(r), "unknown vendor")).Markup("\n\nNothing blocks").Add(c.theMerge()).Markup(".\n\n")
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
		m.Markup("### ⚠️ ").Text(what).Markup(": no verdict\n\n").Text(c.unchecked()).Markup(": ").Prose(clip(r.Reason)).Markup(".\n\n")
	default:
		c.failed(m, what, all)
		return
	}
	c.introduce(m)
}

// failed writes how many findings block, and what they are about.
func (c *comment) failed(m *sink.Markdown, what string, all sorted) {
	mine, _ := divided(all.mine)
	others, _ := divided(all.others)
	unchanged := 0
	for _, f := range slices.Concat(mine, others) {
		if c.unchanged(f) {
			unchanged++
		}
	}
	total := len(mine) + len(others)
	m.Markup("### ❌ ").Text(what).Markup(": ")
	switch {
	case c.merge() == "":
		m.Text(blocking(c.report.Counts)).Markup("\n\n")
	case unchanged == total && len(mine) == 0:
		m.Text(diag.Count(total, "finding")).Markup(" for others to fix before merging\n\n")
	case unchanged == total, len(others)+unchanged == 0:
		m.Text(diag.Count(total, "finding")).Markup(" to fix before merging\n\n")
	case unchanged == 0:
		m.Int(total).Markup(" findings block the merge, ").Int(len(others)).Markup(" of them for others to fix\n\n")
	default:
		m.Int(total).Markup(" findings block the merge, ").Int(total - unchanged).Markup(" of them new or changed\n\n")
	}
	if total > 0 && unchanged == total {
		m.Markup("Nothing that this ").Text(c.change()).Markup(" adds or changes blocks").Add(c.theMerge()).Markup(". Uses that it does not change do.\n\n")
		if len(mine) == 0 {
			return
		}
	}
	c.introduce(m)
}

// unchanged reports whether a finding is known to be about a use that the change leaves as it was.
func (c *comment) unchanged(f diag.Finding) bool { return c.report.Baseline != "" && foldable(f) }

// change is what is checked, in words. The summary of a job is also read where there is no pull request.
func (c *comment) change() string {
	if c.job {
		return "change"
	}
	return "pull request"
}

// unchecked says what has no verdict.
func (c *comment) unchecked() string {
	if c.merge() == "" {
		return "The repository could not be checked"
	}
	return "This " + c.change() + " could not be checked, so it is blocked"
}

// merge ends a sentence about what blocks: what it blocks. A job that checks no change blocks no merge.
func (c *comment) merge() string {
	if c.job && c.report.Baseline == "" {
		return ""
	}
	return " the merge"
}

// theMerge is merge as Markdown.
func (c *comment) theMerge() *sink.Markdown {
	var out sink.Markdown
	if c.merge() != "" {
		out.Markup(" the merge")
	}
	return &out
}

// introduce says what is checked, to a reader who has never seen it.
func (c *comment) introduce(m *sink.Markdown) {
	const compares = " The check compares them with the vendors that your organisation has approved.\n\n"
	switch {
	case c.ofRegistry():
		m.Text(aboutRegistry).Markup("\n\n")
	case c.report.Counts.Vendors > 0 && (c.report.Draft == "" || len(c.report.Uses) > 0):
		m.Markup("This repository declares the third-party API services that it uses in ").Code("vendors.yaml").Markup("." + compares)
	case c.report.Draft != "":
		m.Markup("A repository declares the third-party API services that it uses in ").Code("vendors.yaml")
		m.Markup(", which is missing here. Run ").Code("vendorgate init").Markup(", or start with the draft below." + compares)
	default:
		m.Markup("A repository declares the third-party API services that it uses in ").Code("vendors.yaml").Markup("." + compares)
	}
}

// aboutRegistry says how a change of a registry is judged.
const aboutRegistry = "This pull request changes the registry of approved vendors. Records are judged by the policy as it will be after the merge, and approvals also by the one before it. Nothing takes effect before the merge."

// ofRegistry reports whether the change is one of a registry, in a repository that declares no vendors.
func (c *comment) ofRegistry() bool {
	return len(c.report.Sections) > 0 && c.report.Counts.Vendors == 0
}
