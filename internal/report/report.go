// Package report renders a diag.Report as text, JSON or Markdown. It does not know rules or vendors, and it does not
// decide the verdict.
package report

import (
	"fmt"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// Summary returns the last line of a run: verdict, how many findings block, unless there was nothing to check, and what they were measured
// against.
func Summary(r *diag.Report) sink.Line {
	var out strings.Builder
	out.WriteString(string(r.Verdict))
	if r.Verdict == diag.NothingToCheck {
		cause, _ := Advice(r)
		out.WriteString(": " + cause)
	} else {
		if r.Reason != "" {
			out.WriteString(": " + r.Reason)
		}
		out.WriteString(": " + totals(r))
	}
	if r.Counts.Absent > 0 {
		fmt.Fprintf(&out, "; %s not in the checkout", diag.Count(r.Counts.Absent, "tracked path"))
	}
	if r.Policy != "" {
		fmt.Fprintf(&out, "; policy %s", r.Policy)
	}
	if r.Origin != "" {
		fmt.Fprintf(&out, "; registry %s%s", r.Origin, moment(r))
	}
	fmt.Fprintf(&out, "; as of %s", r.AsOf.UTC().Format("2006-01-02T15:04:05Z"))
	out.WriteString(settings(r.Settings))
	return sink.Text(out.String())
}

// Advice splits the reason for a verdict into its cause and what to do about it, which is empty if there is no advice.
func Advice(r *diag.Report) (cause, advice string) {
	cause, advice, _ = strings.Cut(r.Reason, "; ")
	return cause, advice
}

// settings lists the settings of the run, except the registry, which the summary already names.
func settings(all []diag.Setting) string {
	const most = 8
	var shown []string
	for _, s := range all {
		if s.Name != "registry" {
			shown = append(shown, s.Name+" "+s.Value)
		}
	}
	if len(shown) == 0 {
		return ""
	}
	if more := len(shown) - most; more > 0 {
		shown = append(shown[:most], fmt.Sprintf("and %d more", more))
	}
	return "; settings of this run: " + strings.Join(shown, ", ")
}

// moment returns the commit that a registry was read at, and how old it is.
func moment(r *diag.Report) string {
	if r.Committed.IsZero() || len(r.Revision) < 7 {
		return ""
	}
	age := "today"
	if days := int(r.AsOf.Sub(r.Committed) / (24 * time.Hour)); days > 0 {
		age = diag.Count(days, "day") + " old"
	}
	at := r.Revision[:7]
	switch ref := strings.TrimPrefix(strings.TrimPrefix(r.Ref, "refs/heads/"), "refs/tags/"); ref {
	case "":
	case "HEAD":
		at = "default branch at " + at
	default:
		at = ref + " at " + at
	}
	return fmt.Sprintf(" (%s, %s)", at, age)
}

// totals returns the counts of a check in words.
func totals(r *diag.Report) string {
	c := r.Counts
	out := blocking(c)
	if all := c.Errors + c.Warnings + c.Notes; r.Verdict == diag.NoVerdict && all > 0 && c.Blocking == 0 { // nobody knows yet whether they do
		out = diag.Count(all, "finding")
	}
	if c.Vendors > 0 {
		out += " in " + diag.Count(c.Vendors, "vendor")
	}
	var states []string
	for _, s := range []struct {
		n    int
		word string
	}{{c.Unvetted, "unvetted"}, {c.Lapsed, "overdue"}} {
		if s.n > 0 {
			states = append(states, fmt.Sprintf("%d %s", s.n, s.word))
		}
	}
	if len(states) > 0 {
		out += " (" + strings.Join(states, ", ") + ")"
	}
	return out
}

// blocking says how many findings there are, and how many of them fail the check: 2 of 12 findings block, 1 waived.
func blocking(c diag.Counts) string {
	all, blocks := c.Errors+c.Warnings+c.Notes, c.Blocking
	var out string
	switch {
	case all == 0:
		out = "no findings"
	case all == 1 && blocks == 1:
		out = "1 finding blocks"
	case all == 1:
		out = "1 finding does not block"
	case blocks == 0:
		out = fmt.Sprintf("none of %d findings blocks", all)
	case blocks == 1:
		out = fmt.Sprintf("1 of %d findings blocks", all)
	case blocks == all:
		out = fmt.Sprintf("%d findings block", all)
	default:
		out = fmt.Sprintf("%d of %d findings block", blocks, all)
	}
	if c.Waived > 0 {
		out += fmt.Sprintf(", %d waived", c.Waived)
	}
	if c.Ignored > 0 {
		out += fmt.Sprintf(", %d ignored", c.Ignored)
	}
	return out
}

// level returns the word that a finding is shown with.
func level(f diag.Finding) string {
	if f.Waived() {
		return "waived"
	}
	return f.Severity.String()
}
