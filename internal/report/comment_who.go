package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// group is a list of findings with something in common.
type group struct {
	name     string
	findings []diag.Finding
}

// grouped groups findings by a name, in the order in which the names come first.
func grouped(findings []diag.Finding, name func(diag.Finding) string) []group {
	var out []group
	at := map[string]int{}
	for _, f := range findings {
		i, found := at[name(f)]
		if !found {
			i = len(out)
			at[name(f)] = i
			out = append(out, group{name: name(f)})
		}
		out[i].findings = append(out[i].findings, f)
	}
	return out
}

// request returns the prefilled form of all findings of a group; empty if each has its own.
func (g group) request() string {
	first := g.findings[0].Request
	if slices.ContainsFunc(g.findings, func(f diag.Finding) bool { return f.Request != first }) {
		return ""
	}
	return first
}

// author writes a block for each vendor that the author of the change must do something about, the worst first. What does not fit on the
// screen is folded.
func (c *comment) author(findings []diag.Finding) {
	var left []diag.Finding
	vendors := grouped(findings, func(f diag.Finding) string { return cmp.Or(f.Vendor, f.Pos.File) })
	full, listed := false, false // listed: the list of the last vendor is still open
	for n, v := range vendors {
		for i, f := range v.findings {
			if full = full || !c.show(func(m *sink.Markdown) {
				if i == 0 {
					c.heading(m, n+1, v)
				}
				c.item(m, f)
			}); full {
				left = append(left, f)
			} else {
				listed = true
				if f.Paste != "" && f.Paste != c.report.Draft {
					c.out.Markup("\n")
					c.paste("The entry to add", f.Paste)
					listed = false
				}
			}
		}
	}
	if listed {
		c.out.Markup("\n")
	}
	thing, things := "more finding to fix", "more findings to fix"
	if c.report.Verdict == diag.Pass {
		thing, things = "more finding that does not block"+c.merge(), "more findings that do not block"+c.merge()
	}
	c.folded(left, thing, things)
}

// heading begins the block of a vendor.
func (c *comment) heading(m *sink.Markdown, number int, v group) {
	if number > 1 {
		m.Markup("\n")
	}
	m.Markup("#### ").Int(number).Markup(". ")
	if name := clipTo(v.name, maxName); name != "" {
		m.Code(name)
	} else {
		m.Markup("The settings of the check")
	}
	switch first := v.findings[0]; {
	case c.report.Baseline == "":
	case first.Introduced && (first.Vendor != "" || first.Notable):
		m.Markup(", new or changed")
		if !c.job {
			m.Markup(" in this pull request")
		}
	case c.unchanged(first):
		m.Markup(", unchanged by this ").Text(c.change())
	}
	m.Markup("\n\n")
}

// item writes a finding, and what to do about it, on two lines.
func (c *comment) item(m *sink.Markdown, f diag.Finding) {
	m.Markup("- ")
	c.sentence(m, f)
	if f.Notable && !f.Blocks && c.report.Verdict == diag.Fail {
		m.Markup(" · does not block").Add(c.theMerge())
	}
	hint := clip(f.Hint)
	if hint != "" {
		m.Markup("<br>**What to do:** ")
		c.prose(m, hint, f.Request)
	}
	if owner := clipTo(f.Owner, maxName); owner != "" && !strings.Contains(hint, owner) {
		m.Markup(" **Who:** ").Text(owner)
	}
	m.Markup("\n")
}

// sentence writes what is wrong, where, by which rule, and where the registry says so.
func (c *comment) sentence(m *sink.Markdown, f diag.Finding) {
	m.Prose(diag.Capital(clip(f.Message))).Markup(" · ")
	c.place(m, f.Pos)
	m.Markup(" · ")
	c.rule(m, f.Rule)
	for _, related := range f.Related {
		if to, ok := c.record(related.Pos); ok {
			m.Markup(" · ").Link(clipTo(related.Message, maxName), to)
			break
		}
	}
}

// others writes what others must do, by person and by what to do. Several findings often need the same.
func (c *comment) others(findings []diag.Finding) {
	if len(findings) == 0 {
		return
	}
	people := grouped(findings, func(f diag.Finding) string { return f.Owner })
	slices.SortStableFunc(people, func(a, b group) int { return len(b.findings) - len(a.findings) })
	c.fold(func(m *sink.Markdown) {
		m.Markup("For others: ").Text(diag.Count(len(findings), "finding"))
		if !slices.ContainsFunc(findings, func(f diag.Finding) bool { return !c.unchanged(f) }) {
			m.Markup(" about unchanged uses")
		}
	}, func() {
		shown := 0
		defer func() { c.rest(len(findings) - shown) }()
		for n, person := range people {
			heading := func(m *sink.Markdown) {
				if n > 0 {
					m.Markup("\n")
				}
				m.Markup("#### ").Text(clipTo(person.name, maxName)).Markup(" · ").Text(diag.Count(len(person.findings), "finding")).Markup("\n\n")
			}
			for _, task := range grouped(person.findings, func(f diag.Finding) string { return f.Hint }) {
				for i, f := range task.findings {
					if !c.add(func(m *sink.Markdown) {
						if heading != nil {
							heading(m)
						}
						if i == 0 && task.name != "" {
							m.Markup("- **What to do:** ")
							c.prose(m, clip(task.name), task.request())
							m.Markup("\n")
						}
						if task.name != "" {
							m.Markup("  ")
						}
						m.Markup("- ")
						c.sentence(m, f)
						m.Markup("\n")
					}) {
						return
					}
					heading = nil
					shown++
				}
			}
		}
	})
}

// exempted lists what waivers and ignore entries cover.
func (c *comment) exempted(waived []diag.Finding) {
	ignored := c.report.Ignored
	if len(waived)+len(ignored) == 0 {
		return
	}
	c.fold(func(m *sink.Markdown) {
		switch {
		case len(ignored) == 0:
			m.Text(diag.Count(len(waived), "waived finding"))
		case len(waived) == 0:
			m.Int(diag.CountIgnored(ignored)).Markup(" ignored")
		default:
			m.Text(diag.Count(len(waived), "waived finding")).Markup(", ").Int(diag.CountIgnored(ignored)).Markup(" ignored")
		}
	}, func() {
		shown := 0
		for shown < len(waived) && c.add(func(m *sink.Markdown) {
			f := waived[shown]
			m.Markup("- ")
			c.sentence(m, f)
			m.Markup(" · waived by ").Code(f.Waiver).Markup(" through ").Text(f.WaivedUntil).Markup("\n")
		}) {
			shown++
		}
		entries := 0
		for shown == len(waived) && entries < len(ignored) && c.add(func(m *sink.Markdown) {
			i := ignored[entries]
			m.Markup("- ").Code(clipTo(i.What, maxName)).Markup(" is ignored: ").Prose(clip(i.Terms())).Markup(" · ")
			c.place(m, i.Pos)
			m.Markup("\n")
		}) {
			entries++
		}
		c.rest(len(waived) + len(ignored) - shown - entries)
	})
}

// reasons says once for each rule why it exists.
func (c *comment) reasons(findings []diag.Finding) {
	var rules []diag.Rule
	for _, g := range grouped(findings, func(f diag.Finding) string { return f.Rule }) {
		if c.rules[g.name].Why != "" {
			rules = append(rules, c.rules[g.name])
		}
	}
	if len(rules) == 0 {
		return
	}
	c.fold(func(m *sink.Markdown) { m.Markup("Why these rules exist") }, func() {
		shown := 0
		for shown < len(rules) && c.add(func(m *sink.Markdown) {
			m.Markup("- ")
			c.rule(m, rules[shown].ID)
			m.Markup(": ").Prose(clip(rules[shown].Why)).Markup("\n")
		}) {
			shown++
		}
		c.rest(len(rules) - shown)
	})
}

// draft shows the manifest that `vendorgate init` would write, where there is none.
func (c *comment) draft() {
	c.paste("Draft of vendors.yaml, as vendorgate init writes it", c.report.Draft)
}

// paste writes folded lines to copy, if they fit.
func (c *comment) paste(title, text string) {
	var block sink.Markdown
	if block.Block("yaml", text); text == "" || block.Len() > c.left {
		return
	}
	c.fold(func(m *sink.Markdown) { m.Text(title) }, func() { c.add(func(m *sink.Markdown) { m.Add(&block) }) })
}
