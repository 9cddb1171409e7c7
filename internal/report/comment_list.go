package report

import (
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// folded writes a collapsed list: a row for each finding that fits, and a line that counts the others.
func (c *comment) folded(findings []diag.Finding, thing, things string) {
	if len(findings) == 0 {
		return
	}
	if len(findings) > 1 {
		thing = things
	}
	c.fold(func(m *sink.Markdown) { m.Int(len(findings)).Markup(" ").Text(thing) }, func() {
		c.out.Markup("| where | what | rule |\n|---|---|---|\n")
		shown := 0
		for shown < len(findings) && c.add(func(m *sink.Markdown) { c.row(m, findings[shown]) }) {
			shown++
		}
		c.rest(len(findings) - shown)
	})
}

// row returns a finding in a line of a table.
func (c *comment) row(m *sink.Markdown, f diag.Finding) {
	m.Markup("| ")
	c.place(m, f.Pos)
	m.Markup(" | ").Prose(clip(f.Message)).Markup(" | ")
	c.rule(m, f.Rule)
	m.Markup(" |\n")
}

// fold writes a collapsed section. It always writes both the start and the end.
func (c *comment) fold(heading func(*sink.Markdown), content func()) {
	c.lines--
	c.out.Markup("<details><summary>")
	heading(&c.out)
	c.out.Markup("</summary>\n\n")
	content()
	c.out.Markup("\n</details>\n\n")
}

// rest counts what did not fit.
func (c *comment) rest(n int) {
	switch {
	case n == 0:
	case c.job:
		c.out.Markup("\n").Int(n).Markup(" more are not shown here. The JSON report is complete.\n")
	default:
		c.out.Markup("\n").Int(n).Markup(" more are not shown here. See the full report of the run.\n")
	}
}

// gaps lists what could not be read: the first ones in full, as far as there is room on the screen.
func (c *comment) gaps() {
	gaps := c.report.Gaps
	if len(gaps) == 0 {
		return
	}
	c.out.Markup("#### What could not be read\n\n")
	shown := 0
	for shown < min(len(gaps), c.most) && c.show(func(m *sink.Markdown) {
		m.Markup("- ").Code(clip(gaps[shown].Target)).Markup(": ").Prose(clip(gaps[shown].Reason)).Markup("\n")
	}) {
		shown++
	}
	c.rest(len(gaps) - shown)
	c.out.Markup("\n")
}

// sections says what a change of a registry means.
func (c *comment) sections() {
	for _, s := range c.report.Sections {
		list := func() {
			shown := 0
			for shown < len(s.Items) && c.add(func(m *sink.Markdown) {
				sectionItem(m, diag.Item{Name: clip(s.Items[shown].Name), Text: clipTo(s.Items[shown].Text, 4*maxText)})
			}) {
				shown++
			}
			c.rest(len(s.Items) - shown)
		}
		if s.Folded || len(s.Items) > maxShown {
			c.fold(func(m *sink.Markdown) { m.Text(s.Title) }, list)
			continue
		}
		c.out.Markup("#### ").Text(s.Title).Markup("\n\n")
		list()
		c.out.Markup("\n")
	}
}

// sectionItem writes a line of a section.
func sectionItem(m *sink.Markdown, i diag.Item) {
	m.Markup("- ")
	if i.Name != "" {
		m.Code(i.Name).Markup(": ")
	}
	m.Prose(i.Text).Markup("\n")
}

// vendors lists the declared vendors in the summary of a job.
func (c *comment) vendors() {
	all := c.report.Vendors
	if !c.job || len(all) == 0 {
		return
	}
	c.fold(func(m *sink.Markdown) { m.Text(diag.Count(len(all), "vendor")) }, func() {
		c.out.Markup(vendorHead)
		shown := 0
		for shown < len(all) && c.add(func(m *sink.Markdown) { vendorRow(m, all[shown]) }) {
			shown++
		}
		c.rest(len(all) - shown)
	})
}

// notices lists what the reader should know about the run itself.
func (c *comment) notices() {
	notices := c.report.Notices
	if len(notices) == 0 {
		return
	}
	c.fold(func(m *sink.Markdown) { m.Markup("About this run") }, func() {
		shown := 0
		for shown < min(len(notices), c.most) && c.add(func(m *sink.Markdown) {
			m.Markup("- ").Prose(diag.Capital(clip(notices[shown]))).Markup("\n")
		}) {
			shown++
		}
		c.rest(len(notices) - shown)
	})
}

// footerStart begins the last line. No text of others can, because it is escaped.
const footerStart = "<sub>"

// footer names the policy and registry of the verdict, and where to read more.
func (c *comment) footer(m *sink.Markdown) {
	m.Markup(footerStart)
	m.Prose(clip(Summary(c.report).String()))
	if len(c.at.Commit) >= 7 {
		m.Markup("; commit ").Code(c.at.Commit[:7])
	}
	m.Markup(".")
	if to, err := sink.ParseURL(c.at.Run); err == nil {
		m.Markup(" ").Link("The run", to).Markup(" has the full report.")
	}
	m.Markup("</sub>\n")
}
