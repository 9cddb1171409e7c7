package interop

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// issue is an entry of GitLab's code quality report, a subset of the Code Climate format.
type issue struct {
	Description string        `json:"description"`
	Check       string        `json:"check_name"`
	Fingerprint string        `json:"fingerprint"`
	Severity    string        `json:"severity"`
	Location    issueLocation `json:"location"`
}

type issueLocation struct {
	Path  string     `json:"path"`
	Lines issueLines `json:"lines"`
}

type issueLines struct {
	Begin int `json:"begin"`
}

// CodeQuality is the report in GitLab's code quality format. What a waiver covers is left out, because the format cannot say so.
func CodeQuality(r *diag.Report) (sink.Document, error) {
	out, times := []issue{}, map[string]int{}
	for _, f := range worst(r.Findings) {
		if f.Waived() {
			continue
		}
		print := f.Fingerprint
		if times[print]++; times[print] > 1 { // GitLab shows one issue for each
			print = fmt.Sprintf("%s-%d", print, times[print])
		}
		pos := place(r, f)
		out = append(out, issue{text(f), f.Rule, print, quality(f), issueLocation{pos.File, issueLines{pos.Line}}})
	}
	return sink.JSON(out)
}

// quality returns the severity in GitLab's words.
func quality(f diag.Finding) string {
	switch {
	case f.Blocks:
		return "blocker"
	case f.Severity == diag.Error:
		return "major"
	case f.Severity == diag.Warning:
		return "minor"
	default:
		return "info"
	}
}
