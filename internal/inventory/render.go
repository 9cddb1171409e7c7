package inventory

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// Formats lists the formats of an overview, the default first.
func Formats() []string { return []string{"text", "json", "markdown", "csv", "html", "ics"} }

// Render renders the overview. Colour applies to text only.
func Render(format string, v *Inventory, colour bool) (sink.Document, error) {
	switch format {
	case "text":
		return text(v, colour), nil
	case "json":
		return jsonDocument(v)
	case "markdown":
		return markdown(v), nil
	case "csv":
		return csvDocument(recordRows(v))
	case "html":
		return htmlDocument(v)
	case "ics":
		return calendar(v), nil
	default:
		return sink.Document{}, unknownFormat(format, Formats())
	}
}

func unknownFormat(format string, all []string) error {
	return fmt.Errorf("unknown format %q; use one of %s", format, strings.Join(all, ", "))
}

// Summary is the last line of a run.
func Summary(v *Inventory) sink.Line {
	return sink.Linef("%s, %s; policy %s; registry %s; as of %s", diag.Count(len(v.Records), "record"), v.soon(), v.Policy, v.Origin, v.at())
}

// soon counts the lapses that are overdue and due within 90 days, and files that could not be judged.
func (v *Inventory) soon() string {
	windows := v.Windows()
	out := fmt.Sprintf("%d overdue, %d more within 90 days", len(windows[0].Lapses), len(windows[1].Lapses)+len(windows[2].Lapses)+len(windows[3].Lapses))
	if n := len(v.Unjudged); n > 0 {
		out += fmt.Sprintf(", %s not judged", diag.Count(n, "file"))
	}
	return out
}

func (v *Inventory) at() string { return v.AsOf.UTC().Format(time.RFC3339) }

// When describes the distance to the last day, such as: in 3 days.
func (l Lapse) When() string { return diag.Ahead(l.Days) }

// String describes the evidence of a record.
func (e Evidence) String() string {
	var out []string
	if e.Fresh > 0 {
		out = append(out, fmt.Sprintf("%d valid, the first through %s", e.Fresh, e.Next))
	}
	if e.Stale > 0 {
		out = append(out, fmt.Sprintf("%d expired", e.Stale))
	}
	return strings.Join(out, "; ")
}

// tier formats a tier; empty if it is unknown.
func tier(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// orDash replaces an empty text with a dash.
func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// dayText formats a day for a table.
func dayText(d scalar.Date) string { return orDash(d.String()) }
