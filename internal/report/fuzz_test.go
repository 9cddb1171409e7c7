package report_test

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/sink/sinktest"
)

// seeds are the texts that a fuzzer begins with.
func seeds(f *testing.F) {
	f.Helper()
	for _, s := range sinktest.Hostile() {
		f.Add(s)
	}
}

func FuzzText(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		out := render(t, "text", filled(s), false)
		sinktest.CheckSilent(t, "Summary", report.Summary(filled(s)).String())
		sinktest.CheckSilent(t, "text", out)
		like := render(t, "text", filled("harmless"), false)
		if s != "" && strings.Count(out, "\n") != strings.Count(like, "\n") {
			t.Errorf("text of %q has %d lines, want %d:\n%s", s, strings.Count(out, "\n"), strings.Count(like, "\n"), out)
		}
		sinktest.CheckSilent(t, "text with colour", render(t, "text", filled(s), true))
	})
}

func FuzzJSON(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		out := render(t, "json", filled(s), false)
		sinktest.CheckSilent(t, "JSON", out)
		var back struct {
			Reason   string
			Findings []struct{ Message, Hint, File, Rule string }
			Gaps     []struct{ Target, Reason string }
			Vendors  []struct{ ID string }
		}
		if err := json.Unmarshal([]byte(out), &back); err != nil {
			t.Fatalf("JSON of %q: %v", s, err)
		}
		want := strings.ToValidUTF8(s, "\ufffd")
		if utf8.ValidString(s) && (back.Reason != want || back.Findings[0].Message != want || back.Findings[1].Hint != want || back.Findings[2].File != want ||
			back.Findings[3].Rule != want || back.Gaps[0].Target != want || back.Gaps[1].Reason != want || back.Vendors[0].ID != want) {
			t.Errorf("JSON of %q holds something else: %+v", s, back)
		}
	})
}

func FuzzMarkdown(f *testing.F) {
	seeds(f)
	var once sync.Once
	var like sinktest.Page
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 2000 {
			return
		}
		out := render(t, "markdown", filled(s), false)
		sinktest.CheckSilent(t, "Markdown", out)
		once.Do(func() { like = sinktest.Read(t, render(t, "markdown", filled("harmless"), false)) })
		checkPage(t, s, out, like)
	})
}
