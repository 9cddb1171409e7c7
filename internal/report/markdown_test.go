package report_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/sink/sinktest"
)

// own are the tags that the report itself consists of.
var own = []string{"h3", "h4", "p", "ul", "li", "code", "strong", "br", "sub", "table", "thead", "tbody", "tr", "th", "td"}

// checkPage wants the page of a report whose every text is the given one to have the structure of a
// harmless one.
func checkPage(t *testing.T, s, markdown string, like sinktest.Page) {
	t.Helper()
	p := sinktest.Read(t, markdown)
	if found := p.Reference(); found != "" {
		t.Errorf("the page refers to something: %q; Markdown:\n%s", found, markdown)
	}
	if strings.TrimSpace(sink.Text(s).String()) == "" {
		return // then something is left out
	}
	for tag, n := range p.Tags {
		if !slices.Contains(own, tag) {
			t.Errorf("the page holds <%s>; Markdown:\n%s", tag, markdown)
		}
		more := tag == "code" && n > like.Tags[tag] // a URL that the reader is to follow
		if n != like.Tags[tag] && !more {
			t.Errorf("the page holds <%s> %d times, want %d; Markdown:\n%s", tag, n, like.Tags[tag], markdown)
		}
	}
	if !slices.Equal(p.Cells, like.Cells) {
		t.Errorf("the table has rows of %v cells, want %v; Markdown:\n%s", p.Cells, like.Cells, markdown)
	}
}

// filled is a report whose every text is the given one.
func filled(s string) *diag.Report {
	r := rich()
	r.Reason, r.Origin, r.Policy, r.Baseline, r.Revision, r.Version = s, s, s, s, s, s
	for i := range r.Vendors {
		v := &r.Vendors[i]
		v.ID, v.Name, v.Status, v.Expires = s, s, s, s
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		f.Rule, f.Vendor, f.Message, f.Hint, f.Pos.File, f.Key = s, s, s, s, s, s
		if f.Waived() {
			f.Waiver, f.WaivedUntil = s, s
		}
		for j := range f.Related {
			f.Related[j].Message, f.Related[j].Pos.File = s, s
		}
	}
	for i := range r.Gaps {
		r.Gaps[i] = diag.Gap{Target: s, Reason: s}
	}
	return r
}

func TestMarkdownPage(t *testing.T) {
	t.Parallel()
	like := sinktest.Read(t, render(t, "markdown", filled("harmless"), false))
	for _, s := range sinktest.Hostile() {
		checkPage(t, s, render(t, "markdown", filled(s), false), like)
	}
}
