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

// Summary returns the last line of a run.
func Summary(v *Inventory) sink.Line {
	return sink.Linef("%s, %s; policy %s; registry %s; as of %s", diag.Count(len(v.Records), "record"), v.soon(), v.Policy, v.Origin, v.at())
}

// soon counts past expiries, those within 90 days, and files that could not be evaluated.
func (v *Inventory) soon() string {
	windows := v.Windows()
	out := fmt.Sprintf("%d overdue, %d more within 90 days", len(windows[0].Lapses), len(windows[1].Lapses)+len(windows[2].Lapses)+len(windows[3].Lapses))
	if n := len(v.Unjudged); n > 0 {
		out += fmt.Sprintf(", %s not checked", diag.Count(n, "file"))
	}
	return out
}

func (v *Inventory) at() string { return v.AsOf.UTC().Format(time.RFC3339) }

// When returns how far the last day is in the past or future.
func (l Lapse) When() string { return diag.Ahead(l.Days) }

// String returns the evidence of a record in words.
func (e Evidence) String() string {
	var out []string
	if e.Fresh > 0 {
		out = append(out, fmt.Sprintf("%d fresh, the first through %s", e.Fresh, e.Next))
	}
	if e.Stale > 0 {
		out = append(out, fmt.Sprintf("%d stale", e.Stale))
	}
	return strings.Join(out, "; ")
}

// tier returns a tier in words; empty if unknown.
func tier(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// orDash returns a dash for an empty text.
func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// dayText returns a day as tables show it.
func dayText(d scalar.Date) string { return orDash(d.String()) }
