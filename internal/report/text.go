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
	paint := func(style sink.Style, line sink.Line) sink.Line {
		if !colour {
			return line
		}
		return line.In(style)
	}
	space := sink.Text(" ")
	styles := map[string]sink.Style{"error": sink.Red, "warning": sink.Yellow, "note": sink.Cyan, "waived": sink.Faint}
	var out sink.Page
	blocking, rest := divided(r.Findings)
	for i, f := range slices.Concat(blocking, rest) {
		if i > 0 && i == len(blocking) {
			out.Line(paint(sink.Bold, sink.Text(divider(i))))
		}
		place, word, rule := sink.Linef("%s:", f.Pos), sink.Linef("%s:", level(f)), sink.Linef("[%s]", sink.Text(f.Rule))
		out.Line(paint(sink.Bold, place), space, paint(styles[level(f)], word), space, sink.Text(f.Message), space, paint(sink.Faint, rule))
		if f.Waived() {
			out.Linef("    waived by %s through %s", sink.Text(f.Waiver), sink.Text(f.WaivedUntil))
		}
		if f.Hint != "" {
			out.Linef("    hint: %s", sink.Text(f.Hint))
		}
		for line := range strings.Lines(f.Paste) { // unchanged, so that it can be copied
			out.Line(sink.Text(strings.TrimSuffix(line, "\n")))
		}
		for _, related := range f.Related {
			if related.Pos.File != "" {
				out.Line(paint(sink.Faint, sink.Linef("    see:  %s", sink.Linef("%s: %s", related.Pos, related.Message))))
			}
		}
	}
	for _, gap := range r.Gaps {
		out.Line(paint(sink.Red, sink.Text("not checked:")), space, sink.Linef("%s: %s", gap.Target, gap.Reason))
	}
	return out.Document()
}

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
