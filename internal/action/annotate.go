package action

import (
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// Annotations returns workflow commands that annotate the lines and columns of the findings that block, that are about new or changed
// uses, or that count everywhere, such as a file that cannot be read: as many as the runner keeps. A waived finding is a notice.
func Annotations(findings []diag.Finding) sink.Document {
	var all []sink.Annotation
	for _, f := range newFirst(findings) {
		if !f.Blocks && !f.Introduced && !f.Everywhere {
			continue
		}
		a := sink.Annotation{
			Kind: kind(f), File: f.Pos.File, Line: f.Pos.Line, Col: f.Pos.Col, Title: f.Rule, Message: sink.Text(f.Message), Explanation: sink.Text(f.Hint),
		}
		if f.Vendor != "" {
			a.Title += ": " + f.Vendor
		}
		if f.Waived() {
			a.Message = sink.Linef("%s (waived by %s through %s)", a.Message, f.Waiver, f.WaivedUntil)
		}
		all = append(all, a)
	}
	return sink.Annotations(all)
}

// newFirst puts the findings about new or changed uses first, because the runner only keeps the first annotations of each kind.
func newFirst(findings []diag.Finding) []diag.Finding {
	var introduced, others []diag.Finding
	for _, f := range findings {
		if f.Introduced {
			introduced = append(introduced, f)
		} else {
			others = append(others, f)
		}
	}
	return append(introduced, others...)
}

func kind(f diag.Finding) sink.Kind {
	switch {
	case f.Waived():
		return sink.Notice
	case f.Severity == diag.Error:
		return sink.Error
	case f.Severity == diag.Warning:
		return sink.Warning
	default:
		return sink.Notice
	}
}
