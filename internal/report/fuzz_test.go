package report_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/report"
)

// seeds are the texts that a fuzzer begins with.
func seeds(f *testing.F) {
	f.Helper()
	for _, s := range hostile() {
		f.Add(s)
	}
	v := runnerVectors(f)
	for _, vector := range append(v.V1, v.V2...) {
		f.Add(vector.Line)
	}
}

func FuzzLine(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		line := report.Line(s)
		checkNoCommand(t, "Line", line)
		checkNoCommand(t, "Summary", report.Summary(filled(s)))
		if strings.ContainsAny(line, "\r\n\t\x1b\u2060") || !utf8.ValidString(line) {
			t.Errorf("Line(%q): got %q", s, line)
		}
		if again := report.Line(line); again != line {
			t.Errorf("Line(Line(%q)): got %q, want %q", s, again, line)
		}
	})
}

func FuzzText(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		out := render(t, "text", filled(s), false)
		checkNoCommand(t, "text", out)
		like := render(t, "text", filled("harmless"), false)
		if s != "" && strings.Count(out, "\n") != strings.Count(like, "\n") {
			t.Errorf("text of %q has %d lines, want %d:\n%s", s, strings.Count(out, "\n"), strings.Count(like, "\n"), out)
		}
		checkNoCommand(t, "text with colour", render(t, "text", filled(s), true))
	})
}

func FuzzJSON(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		out := render(t, "json", filled(s), false)
		checkNoCommand(t, "JSON", out)
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
	like := map[bool]page{}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 2000 {
			return
		}
		out := render(t, "markdown", filled(s), false)
		checkNoCommand(t, "Markdown", out)
		if len(like) == 0 {
			like[true] = browse(t, render(t, "markdown", filled("harmless"), false))
		}
		checkPage(t, out, likeFor(t, like[true], s))
		checkShown(t, s)
		checkCode(t, s)
	})
}
