package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// Place is where a report is read: what its links lead to. The zero Place makes no links.
type Place struct {
	Server     string            // of GitHub, https://github.com
	Repository string            // owner/name under check
	Commit     string            // that was checked
	Files      map[string]string // paths in the repository, by the names that findings have them under
	Registry   string            // owner/name, where the registry is a repository of the same server
	Run        string            // URL of the run; empty if unknown
}

const (
	maxShown = 10   // findings that are shown in full
	maxText  = 600  // characters of one text
	reserve  = 1000 // bytes kept for the lines that say what is left out
)

// Comment returns the report as a comment on a pull request, in at most limit bytes, which must be at least 5,000.
// Findings that block come first, at most ten of them in full. The rest is folded, and what does not fit is counted.
// resolved means that an earlier run for the same pull request was blocked.
func Comment(r *diag.Report, at Place, limit int, resolved bool) sink.Document {
	c := comment{report: r, at: at, rules: map[string]diag.Rule{}}
	for _, rule := range r.Rules {
		c.rules[rule.ID] = rule
	}
	var end sink.Markdown
	c.footer(&end)
	c.left = limit - end.Len() - reserve
	c.add(func(m *sink.Markdown) { c.opening(m, resolved) })
	blocking, other, waived := c.sort()
	c.told(blocking)
	c.gaps()
	c.folded(other, "finding", "that does not block the merge", "findings", "that do not block the merge")
	c.folded(waived, "finding", "is covered by a waiver", "findings", "are covered by a waiver")
	c.notices()
	c.out.Add(&end)
	return c.out.Document()
}

// comment is a comment under construction.
type comment struct {
	report *diag.Report
	at     Place
	rules  map[string]diag.Rule
	out    sink.Markdown
	left   int // bytes
}

// add writes a part if it fits, and reports whether it did.
func (c *comment) add(write func(*sink.Markdown)) bool {
	var part sink.Markdown
	write(&part)
	if part.Len() > c.left {
		return false
	}
	c.left -= part.Len()
	c.out.Add(&part)
	return true
}

// sort splits the findings into those that block (most severe first, and those of the change first), the others, and
// the waived ones.
func (c *comment) sort() (blocking, other, waived []diag.Finding) {
	for _, f := range c.report.Findings {
		switch {
		case f.Waived():
			waived = append(waived, f)
		case f.Blocks || c.report.Verdict == diag.NoVerdict && f.Severity == diag.Error:
			blocking = append(blocking, f)
		default:
			other = append(other, f)
		}
	}
	byWeight := func(a, b diag.Finding) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), compareBool(b.Introduced, a.Introduced))
	}
	slices.SortStableFunc(blocking, byWeight)
	slices.SortStableFunc(other, byWeight)
	return blocking, other, waived
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
func (c *comment) opening(m *sink.Markdown, resolved bool) {
	r := c.report
	switch {
	case r.Verdict == diag.Pass && resolved:
		m.Markup("### ✅ API vendors: resolved")
		if len(c.at.Commit) >= 7 {
			m.Markup(" at ").Code(c.at.Commit[:7])
		}
		m.Markup("\n\nEverything that blocked this pull request is fixed. There is nothing left to do.\n\n")
		return
	case r.Verdict == diag.Pass:
		m.Markup("### ✅ API vendors: ").Text(diag.Count(r.Counts.Vendors, "declared vendor") + ", no blocking findings").Markup("\n\n")
		return
	case r.Verdict == diag.NothingToCheck:
		m.Markup("### ⚠️ API vendors: nothing to check\n\n").Prose(capital(clip(r.Reason))).Markup(".\n\n")
	case r.Verdict == diag.NoVerdict:
		m.Markup("### ⚠️ API vendors: no verdict\n\nThis pull request could not be checked, so it is blocked: ").Prose(clip(r.Reason)).Markup(".\n\n")
	default:
		blocked := 0
		for _, f := range r.Findings {
			if f.Blocks {
				blocked++
			}
		}
		m.Markup("### ❌ API vendors: ").Text(diag.Count(blocked, "finding")).Markup(" to fix before merging\n\n")
	}
	m.Markup("This repository declares the third-party API services that it uses in ").Code("vendors.yaml")
	m.Markup(". The check compares them with the vendors that your organisation has approved.\n\n")
}

// told writes the findings that block: the first ones in full and the others on one line each.
func (c *comment) told(findings []diag.Finding) {
	shown := 0
	for shown < min(len(findings), maxShown) && c.add(func(m *sink.Markdown) { c.full(m, shown+1, findings[shown]) }) {
		shown++
	}
	c.folded(findings[shown:], "more finding", "to fix", "more findings", "to fix")
}

// full writes one finding: what, where, why, what to do, and who.
func (c *comment) full(m *sink.Markdown, number int, f diag.Finding) {
	m.Markup("#### ").Int(number)
	m.Markup(". ").Text(capital(clip(f.Message))).Markup("\n\n")
	c.place(m, f)
	if f.Introduced {
		m.Markup(" · new or changed in this pull request")
	} else if f.Vendor != "" {
		m.Markup(" · not changed in this pull request")
	}
	m.Markup(" · rule ").Code(f.Rule)
	m.Markup("\n\n")
	if f.Hint != "" {
		m.Markup("- **What to do:** ")
		c.prose(m, clip(f.Hint), f.Request)
		m.Markup("\n")
	}
	if f.Paste != "" {
		m.Markup("\n").Block("yaml", f.Paste).Markup("\n")
	}
	if f.Owner != "" {
		m.Markup("- **Who:** ").Text(clip(f.Owner)).Markup("\n")
	}
	if why := c.rules[f.Rule].Why; why != "" {
		m.Markup("- **Why:** ").Text(clip(why)).Markup("\n")
	}
	m.Markup("\n")
}

// place writes the position of a finding, as a link if possible.
func (c *comment) place(m *sink.Markdown, f diag.Finding) {
	name := clip(f.Pos.File)
	if name == "" {
		m.Markup("In the settings")
		return
	}
	if f.Pos.Line > 0 {
		name += fmt.Sprintf(", line %d", f.Pos.Line)
	}
	if to, ok := c.blob(f.Pos); ok {
		m.Link(name, to)
		return
	}
	m.Code(name)
}

// blob returns the URL of a line in a file of the repository.
func (c *comment) blob(pos diag.Pos) (sink.URL, bool) {
	file, ok := c.at.Files[pos.File]
	owner, name, isRepo := strings.Cut(c.at.Repository, "/")
	if !ok || !isRepo || c.at.Server == "" || c.at.Commit == "" {
		return sink.URL{}, false
	}
	to, err := sink.Web(c.at.Server, append([]string{owner, name, "blob", c.at.Commit}, strings.Split(file, "/")...)...)
	if err != nil {
		return sink.URL{}, false
	}
	if pos.Line > 0 {
		to = to.Anchor(fmt.Sprintf("L%d", pos.Line))
	}
	return to, true
}

// prose writes text in which the policy's URLs are links. The link to the vendor request form is prefilled.
func (c *comment) prose(m *sink.Markdown, text, request string) {
	words := strings.Split(text, " ")
	from := 0
	for i, word := range words {
		address := strings.TrimRight(word, ".,;:")
		if !slices.Contains(c.report.Links, address) {
			continue
		}
		label, target := strings.TrimPrefix(address, "https://"), address
		if sameForm(request, address) {
			label, target = "the prefilled request form", request
		}
		to, err := sink.ParseURL(target)
		if err != nil {
			continue
		}
		if before := strings.Join(words[from:i], " "); before != "" {
			m.Prose(before).Markup(" ")
		}
		m.Link(label, to)
		if tail := word[len(address):]; tail != "" {
			m.Text(tail)
		}
		if from = i + 1; from < len(words) {
			m.Markup(" ")
		}
	}
	m.Prose(strings.Join(words[from:], " "))
}

// sameForm reports whether a URL is the one of the prefilled form.
func sameForm(filled, form string) bool {
	page, _, _ := strings.Cut(filled, "?")
	empty, _, _ := strings.Cut(form, "?")
	return filled != form && page == empty
}
