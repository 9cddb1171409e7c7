package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// text renders each finding on one line, as compilers do: file:line:col: severity: message [RULE]. The hint and related
// places follow below. What blocks comes first, and a line divides it from the rest.
func text(r *diag.Report, colour bool) sink.Document {
	blocking, rest := divided(r.Findings)
	return (&painter{colour: colour}).page(r, each(blocking), each(rest))
}

// full is text about uses. On both sides of the line, what is about new or changed uses comes first, and says so.
func full(r *diag.Report, colour bool) sink.Document {
	blocking, rest := halves(r)
	return (&painter{colour: colour, marks: marksNew(r)}).page(r, each(blocking), each(rest))
}

// short is full with one line per vendor for findings about unchanged uses, if there are more than a few. What blocks is only folded if
// there is a change, as it is otherwise what the reader asked for.
func short(r *diag.Report, colour bool) sink.Document {
	blocking, rest := halves(r)
	unchanged := 0
	for _, f := range r.Findings {
		if foldable(f) {
			unchanged++
		}
	}
	if unchanged <= few {
		return full(r, colour)
	}
	p := painter{colour: colour, marks: marksNew(r)}
	if r.Baseline == "" {
		return p.page(r, each(blocking), byVendor(rest, nil))
	}
	above := byVendor(blocking, nil)
	return p.page(r, above, byVendor(rest, above))
}

// page renders a report with the entries of what blocks, and of what does not.
func (p *painter) page(r *diag.Report, blocking, rest []entry) sink.Document {
	folded := p.entries(blocking)
	if len(blocking) > 0 && len(rest) > 0 {
		p.out.Line(p.paint(sink.Bold, sink.Text(divider(r.Counts.Blocking))))
	}
	folded += p.entries(rest)
	if alone(r) {
		p.out.Line(p.paint(sink.Bold, sink.Text("-- The manifest to create:")))
		p.lines(r.Draft)
	}
	for _, gap := range r.Gaps {
		p.out.Line(p.paint(sink.Red, sink.Text("not checked:")), sink.Text(" "), sink.Linef("%s: %s", gap.Target, gap.Reason))
	}
	if folded > 0 {
		about := " about unchanged uses"
		if r.Baseline == "" {
			about = ""
		}
		p.out.Line(p.paint(sink.Faint, sink.Linef("-- %s%s: one line per vendor. `vendorgate check -v` shows each, and what to do.", diag.Count(folded, "finding"), about)))
	}
	return p.out.Document()
}

// painter writes findings.
type painter struct {
	out    sink.Page
	colour bool
	marks  bool // what is about new or changed uses
}

func (p *painter) paint(style sink.Style, line sink.Line) sink.Line {
	if !p.colour {
		return line
	}
	return line.In(style)
}

// entries writes entries, and returns how many findings are folded.
func (p *painter) entries(all []entry) (folded int) {
	for _, e := range all {
		p.line(e)
		if e.full {
			p.details(e.Finding)
		} else {
			folded += 1 + len(e.more)
		}
	}
	return folded
}

// line writes the first line of an entry.
func (p *painter) line(e entry) {
	styles := map[string]sink.Style{"error": sink.Red, "warning": sink.Yellow, "note": sink.Cyan, "waived": sink.Faint}
	f, space := e.Finding, sink.Text(" ")
	place, word, rule := sink.Linef("%s:", f.Pos), sink.Linef("%s:", level(f)), sink.Linef("[%s]", sink.Text(f.Rule))
	message := f.Message
	if p.marks && fresh(f) {
		message = "new or changed: " + message
	}
	p.out.Line(p.paint(sink.Bold, place), space, p.paint(styles[level(f)], word), space, sink.Text(message), space, p.paint(sink.Faint, rule), sink.Text(e.others()))
}

// details writes what follows the first line of a finding.
func (p *painter) details(f diag.Finding) {
	if f.Waived() {
		p.out.Linef("    waived by %s through %s", sink.Text(f.Waiver), sink.Text(f.WaivedUntil))
	}
	if f.Hint != "" {
		p.out.Linef("    hint: %s", sink.Text(f.Hint))
	}
	p.lines(f.Paste)
	for _, related := range f.Related {
		if related.Pos.File != "" {
			p.out.Line(p.paint(sink.Faint, sink.Linef("    see:  %s", sink.Linef("%s: %s", related.Pos, related.Message))))
		}
	}
}

// lines writes lines unchanged, so that they can be copied.
func (p *painter) lines(text string) {
	for line := range strings.Lines(text) {
		p.out.Line(sink.Text(strings.TrimSuffix(line, "\n")))
	}
}

// alone reports whether the draft of a manifest is not part of a finding, because several vendors belong into it.
func alone(r *diag.Report) bool {
	return r.Draft != "" && !slices.ContainsFunc(r.Findings, func(f diag.Finding) bool { return f.Paste == r.Draft })
}

// halves returns the findings that block, and the others, each with those about new or changed uses first.
func halves(r *diag.Report) (blocking, rest []diag.Finding) {
	blocking, rest = divided(r.Findings)
	if marksNew(r) {
		for _, half := range [][]diag.Finding{blocking, rest} {
			slices.SortStableFunc(half, func(a, b diag.Finding) int { return compareBool(fresh(b) && !b.Waived(), fresh(a) && !a.Waived()) })
		}
	}
	return blocking, rest
}

// marksNew reports whether some findings are about new or changed uses and others are not. Without a base, nobody knows.
func marksNew(r *diag.Report) bool {
	return r.Baseline != "" && slices.ContainsFunc(r.Findings, fresh) && slices.ContainsFunc(r.Findings, foldable)
}

// fresh reports whether a finding is about a new or changed use. A mistake in a file counts whenever it was made.
func fresh(f diag.Finding) bool { return f.Introduced && !f.Everywhere }

// divided returns the findings that block, and the others.
func divided(all []diag.Finding) (blocking, rest []diag.Finding) {
	for _, f := range all {
		if f.Blocks {
			blocking = append(blocking, f)
		} else {
			rest = append(rest, f)
		}
	}
	return blocking, rest
}

// divider is the line below the findings that block.
func divider(blocks int) string {
	if blocks == 1 {
		return "-- The finding above fails the check; what follows does not."
	}
	return fmt.Sprintf("-- The %d findings above fail the check; what follows does not.", blocks)
}
