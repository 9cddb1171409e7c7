package report

import (
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
)

const (
	bold   = "\x1b[1m"
	red    = "\x1b[31m"
	yellow = "\x1b[33m"
	cyan   = "\x1b[36m"
	faint  = "\x1b[2m"
	reset  = "\x1b[0m"
)

// text is one line for each finding, as compilers write it: file:line:col: severity: message [RULE]; below it the next
// step, and the other places that explain it.
func text(r *diag.Report, colour bool) []byte {
	paint := func(style, s string) string {
		if !colour {
			return s
		}
		return style + s + reset
	}
	var out strings.Builder
	for _, f := range r.Findings {
		word := level(f)
		style := map[string]string{"error": red, "warning": yellow, "note": cyan, "waived": faint}[word]
		out.WriteString(paint(bold, Line(f.Pos.String()+":")) + " " + paint(style, word+":") + " " + Line(f.Message) + " " + paint(faint, "["+Line(f.Rule)+"]") + "\n")
		if f.Waived() {
			out.WriteString("    waived by " + Line(f.Waiver) + " through " + Line(f.WaivedUntil) + "\n")
		}
		if f.Hint != "" {
			out.WriteString("    hint: " + Line(f.Hint) + "\n")
		}
		for _, related := range f.Related {
			if related.Pos.File != "" {
				out.WriteString(paint(faint, "    see:  "+Line(related.Pos.String()+": "+related.Message)) + "\n")
			}
		}
	}
	for _, gap := range r.Gaps {
		out.WriteString(paint(red, "not judged:") + " " + Line(gap.Target+": "+gap.Reason) + "\n")
	}
	return []byte(out.String())
}
