package report_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/sink/sinktest"
)

// here is where the comments of the tests are read.
func here() report.Place {
	return report.Place{
		Server: "https://github.com", Repository: "acme/checkout", Commit: "ec26c3e57ca3a959ca5aad62de7213c562f8c821",
		Files: map[string]string{"vendors.yaml": "vendors.yaml"}, Registry: "acme/vendor-registry", Run: "https://github.com/acme/checkout/actions/runs/77",
	}
}

// blocked is a report with one finding of each kind.
func blocked() *diag.Report {
	form := "https://github.com/acme/vendor-registry/issues/new?template=vendor-request.yml"
	pos := func(line int) diag.Pos { return diag.Pos{File: "vendors.yaml", Line: line, Col: 9} }
	r := rich()
	r.Reason, r.Verdict, r.Gaps, r.Baseline = "", diag.Fail, nil, "main"
	r.Notices = []string{"this change edits the registry that judges it (policy.yaml): that takes effect after merge, and the verdict is by acme/checkout/registry as it is now"}
	r.Links = []string{"https://acme.example/renew", "https://acme.example/waiver", form}
	r.Revision = "3f2c1a9f2c1a9f2c1a9f2c1a9f2c1a9f2c1a9f2c"
	r.Rules = []diag.Rule{
		{ID: "VG-APR-002", Why: "An approval reflects what was known when it was given."},
		{ID: "VG-REG-001", Why: "Most failures of API security begin in procurement.", Page: "https://docs.example/rules.md#vg-reg-001"},
	}
	r.Findings = []diag.Finding{
		{
			Rule: "VG-APR-002", Severity: diag.Error, Blocks: true, Vendor: "quillnest-messaging", Pos: pos(14), Owner: "k.nakagawa (security-architect)", Message: `the approval of "quillnest-messaging" was valid through 2026-10-14 (40 days ago)`, Hint: "k.nakagawa (security-architect) must renew it: https://acme.example/renew. Urgent? Ask for a waiver: https://acme.example/waiver.",
			Related: []diag.Related{{Pos: pos(13), Message: "the use"}, {Pos: diag.Pos{File: "acme/vendor-registry/vendors/quillnest.yaml", Line: 11, Col: 3}, Message: "the last day of the approval"}},
		},
		{Rule: "VG-REG-001", Severity: diag.Error, Blocks: true, Introduced: true, Vendor: "halloway-maps", Pos: pos(18), Owner: "#vendor-security", Message: `"halloway-maps" is not in the approved-vendor registry`, Hint: "Not this: https://evil.example/x. To request it: " + form + ".", Request: form + "&title=Vendor+request%3A+halloway-maps&vendor=halloway-maps"},
		{Rule: "VG-ENC-001", Severity: diag.Warning, Introduced: true, Vendor: "larkspur-mail", Pos: pos(25), Message: `"larkspur-mail" accepts plaintext HTTP`, Hint: "Make sure that every base URL begins with https."},
		{Rule: "VG-SCP-001", Severity: diag.Error, Waiver: "WVR-1", WaivedUntil: "2026-12-15", Vendor: "larkspur-mail", Pos: diag.Pos{File: "registry/x.yaml", Line: 1, Col: 1}, Message: `"larkspur-mail" is not approved for health data`},
	}
	r.Count()
	return r
}

// The texts that a developer reads, byte by byte.
func TestComment(t *testing.T) {
	t.Parallel()
	passes := blocked()
	passes.Verdict, passes.Findings, passes.Notices = diag.Pass, passes.Findings[3:], nil
	passes.Count()
	clean := blocked()
	clean.Verdict, clean.Findings, clean.Notices = diag.Pass, nil, nil
	clean.Count()
	warned := blocked()
	warned.Verdict, warned.Findings, warned.Notices = diag.Pass, warned.Findings[2:], nil
	warned.Findings = append(warned.Findings, diag.Finding{Rule: "VG-MAN-001", Severity: diag.Note, Pos: diag.Pos{File: "vendors.yaml", Line: 2, Col: 1}, Message: "a note"})
	warned.Count()
	unread := blocked()
	unread.Verdict, unread.Reason, unread.Findings = diag.NoVerdict, "not everything could be read", nil
	unread.Gaps = []diag.Gap{{Target: "acme/vendor-registry", Reason: "not found, or the token has no access (HTTP 404)"}}
	unread.Count()
	nothing := blocked()
	nothing.Verdict, nothing.Reason, nothing.Findings, nothing.Notices = diag.NothingToCheck, "no vendors.yaml below .; add one", nil, nil
	nothing.Count()
	for name, c := range map[string]struct {
		report *diag.Report
		pass   report.Pass
	}{
		"fail": {blocked(), report.Clean}, "pass": {passes, report.Clean}, "resolved": {clean, report.Resolved}, "resolved_warns": {passes, report.Resolved},
		"warned": {warned, report.Warned}, "unread": {unread, report.Clean}, "nothing": {nothing, report.Warned},
	} {
		got := string(report.Comment(c.report, here(), 60_000, c.pass).Bytes())
		file := filepath.Join("testdata", "comment_"+name+".md.golden")
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s: want, got:\n%s", name, diff)
		}
	}
}

// What says the same is recognised, and nothing else.
func TestSameComment(t *testing.T) {
	t.Parallel()
	text := func(change func(*diag.Report, *report.Place)) string {
		r, at := blocked(), here()
		change(r, &at)
		r.Count()
		return string(report.Comment(r, at, 60_000, report.Clean).Bytes())
	}
	was := text(func(*diag.Report, *report.Place) {})
	for name, c := range map[string]struct {
		change func(*diag.Report, *report.Place)
		same   bool
	}{
		"nothing":                     {func(*diag.Report, *report.Place) {}, true},
		"another run, a second later": {func(r *diag.Report, at *report.Place) { r.AsOf, at.Run = r.AsOf.Add(time.Second), at.Run+"8" }, true},
		"a day later": {func(r *diag.Report, _ *report.Place) {
			r.Findings[0].Message = strings.ReplaceAll(r.Findings[0].Message, "40 days", "41 days")
		}, true},
		"a registry of another day": {func(r *diag.Report, _ *report.Place) { r.Revision = "1234567" + r.Revision[7:] }, true},
		"another date": {func(r *diag.Report, _ *report.Place) {
			r.Findings[0].Message = strings.ReplaceAll(r.Findings[0].Message, "2026-10-14", "2026-10-15")
		}, false},
		"one finding less": {func(r *diag.Report, _ *report.Place) { r.Findings = r.Findings[1:] }, false},
		"another line":     {func(r *diag.Report, _ *report.Place) { r.Findings[0].Pos.Line++ }, false},
		"another severity of a note": {func(r *diag.Report, _ *report.Place) {
			r.Findings[2].Severity = diag.Error
			r.Findings[2].Blocks = true
		}, false},
		"a notice": {func(r *diag.Report, _ *report.Place) { r.Notices = append(r.Notices, "x") }, false},
		"the hint": {func(r *diag.Report, _ *report.Place) { r.Findings[0].Hint = "<sub>x" }, false},
	} {
		if got := report.SameComment(was, text(c.change)); got != c.same {
			t.Errorf("%s: same: %v", name, got)
		}
	}
	if report.SameComment(was, strings.Replace(was, "block the merge", "are approved", 1)) || report.SameComment(was, "") || report.SameComment(was, "<sub>x</sub>") {
		t.Error("an edited comment counts as the same")
	}
}

// Only links of ours lead anywhere, and they lead where they should.
func TestCommentLinks(t *testing.T) {
	t.Parallel()
	page := sinktest.Read(t, string(report.Comment(blocked(), here(), 60_000, report.Clean).Bytes()))
	const blob, rule = "https://github.com/acme/checkout/blob/ec26c3e57ca3a959ca5aad62de7213c562f8c821/vendors.yaml#L", "https://docs.example/rules.md#vg-reg-001"
	want := []sinktest.Link{
		{Label: "vendors.yaml, line 18", Target: blob + "18"},
		{Label: "VG-REG-001", Target: rule},
		{Label: "the prefilled request form", Target: "https://github.com/acme/vendor-registry/issues/new?template=vendor-request.yml&title=Vendor+request%3A+halloway-maps&vendor=halloway-maps"},
		{Label: "acme.example/renew", Target: "https://acme.example/renew"},
		{Label: "acme.example/waiver", Target: "https://acme.example/waiver"},
		{Label: "vendors.yaml, line 14", Target: blob + "14"},
		{Label: "the last day of the approval", Target: "https://github.com/acme/vendor-registry/blob/3f2c1a9f2c1a9f2c1a9f2c1a9f2c1a9f2c1a9f2c/vendors/quillnest.yaml#L11"},
		{Label: "vendors.yaml, line 25", Target: blob + "25"},
		{Label: "vendors.yaml, line 30", Target: blob + "30"},
		{Label: "vendors.yaml, line 31", Target: blob + "31"},
		{Label: "VG-REG-001", Target: rule},
		{Label: "The run", Target: "https://github.com/acme/checkout/actions/runs/77"},
	}
	if diff := cmp.Diff(want, page.Links); diff != "" {
		t.Errorf("links: want, got:\n%s", diff)
	}
	if found := page.Reference(); found != "" {
		t.Errorf("the page refers to something: %q", found)
	}
	at := here()
	for _, at.Registry = range []string{"", "acme/other", "acme/vendor"} {
		if got := string(report.Comment(blocked(), at, 60_000, report.Clean).Bytes()); strings.Contains(got, "/blob/3f2c") {
			t.Errorf("with the registry %q: a link to a record\n%s", at.Registry, got)
		}
	}
}

// Findings that need the same of somebody share a line that says so, but not the form of one of them.
func TestCommentOthers(t *testing.T) {
	t.Parallel()
	const form = "https://forms.example/new"
	r := &diag.Report{Verdict: diag.Fail, Links: []string{form}, Baseline: "main"}
	for i, vendor := range []string{"stripe", "twilio", "openai"} {
		r.Findings = append(r.Findings, diag.Finding{
			Rule: "VG-REG-001", Severity: diag.Error, Blocks: true, Vendor: vendor, Pos: diag.Pos{File: "vendors.yaml", Line: i + 1, Col: 1},
			Message: "not registered", Hint: "Request it: " + form + ".", Owner: []string{"team-a", "team-b", "team-b"}[i], Request: form + "?vendor=" + vendor,
		})
	}
	r.Count()
	const want = "### ❌ API vendors: 3 findings for others to fix before merging\n\nNothing that this pull request adds or changes blocks the merge. Uses that it does not change do.\n\n" +
		"<details><summary>For others: 3 findings about unchanged uses</summary>\n\n" +
		"#### team-b · 2 findings\n\n- **What to do:** Request it: [forms.example/new](https://forms.example/new)\u2060.\n" +
		"  - Not registered · `vendors.yaml, line 2` · `VG-REG-001`\n  - Not registered · `vendors.yaml, line 3` · `VG-REG-001`\n\n" +
		"#### team-a · 1 finding\n\n- **What to do:** Request it: [the prefilled request form](https://forms.example/new?vendor=stripe)\u2060.\n" +
		"  - Not registered · `vendors.yaml, line 1` · `VG-REG-001`\n\n</details>\n\n"
	if got := string(report.Comment(r, report.Place{}, 60_000, report.Clean).Bytes()); !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// The first lines say how many findings block, which of them are new, who has to fix them, and where the vendors are declared. The numbers are
// those of the last line.
func TestCommentOpening(t *testing.T) {
	t.Parallel()
	const (
		declares = "This repository declares the third-party API services that it uses in `vendors.yaml`. The check"
		missing  = "A repository declares the third-party API services that it uses in `vendors.yaml`, which is missing here. Run `vendorgate init`, or start with the draft below. The check"
		nothing  = "Nothing that this pull request adds or changes blocks the merge. Uses that it does not change do.\n\n"
	)
	for name, c := range map[string]struct {
		fresh, old, others int
		base, draft        string
		want               string
	}{
		"one's own":                {2, 0, 0, "main", "", "2 findings to fix before merging\n\n" + declares},
		"and others'":              {2, 0, 121, "main", "", "123 findings block the merge, 2 of them new or changed\n\n" + declares},
		"others'":                  {0, 0, 121, "main", "", "121 findings for others to fix before merging\n\n" + nothing + "<details>"},
		"nobody's":                 {0, 4, 0, "main", "", "4 findings to fix before merging\n\n" + nothing + declares},
		"nobody's, without a file": {1, 4, 0, "main", "vendors: []\n", "5 findings block the merge, 1 of them new or changed\n\n" + missing},
		"without a base":           {1, 1, 1, "", "", "3 findings block the merge, 1 of them for others to fix\n\n" + declares},
		"mine without a base":      {1, 1, 0, "", "", "2 findings to fix before merging\n\n" + declares},
	} {
		r := &diag.Report{Verdict: diag.Fail, Baseline: c.base, Draft: c.draft}
		add := func(n int, f diag.Finding) {
			for range n {
				f.Rule, f.Severity, f.Blocks, f.Vendor, f.Message = "VG-REG-002", diag.Error, true, fmt.Sprintf("v%d", len(r.Findings)), "x"
				r.Findings = append(r.Findings, f)
			}
		}
		add(c.others, diag.Finding{Owner: "team-b"})
		add(c.old, diag.Finding{})
		add(c.fresh, diag.Finding{Introduced: true, Owner: "team-a"})
		if r.Count(); c.draft == "" {
			r.Counts.Vendors = len(r.Findings)
		}
		got := string(report.Comment(r, report.Place{}, 60_000, report.Clean).Bytes())
		if want := "### ❌ API vendors: " + c.want; !strings.HasPrefix(got, want) {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
		if total := diag.Count(len(r.Findings), "finding") + " block"; !strings.Contains(got, total) {
			t.Errorf("%s: no %q in\n%s", name, total, got)
		}
		if strings.Contains(got, "unchanged by this pull request") != (c.old > 0 && c.base != "") || strings.Contains(got, "about unchanged uses") != (c.others > 0 && c.base != "") {
			t.Errorf("%s: what is unchanged is not what it says\n%s", name, got)
		}
		if first := strings.Index(got, "#### 1."); c.fresh > 0 && c.base != "" && !strings.HasPrefix(got[first:], fmt.Sprintf("#### 1. `v%d`, new or changed", c.old+c.others)) {
			t.Errorf("%s: the first block is not about the change\n%s", name, got)
		}
	}
}

// Whatever its texts hold, a comment has the structure of a harmless one.
func TestCommentHostile(t *testing.T) {
	t.Parallel()
	text := func(s string) string { return string(report.Comment(spoken(s), here(), 60_000, report.Clean).Bytes()) }
	like := sinktest.Read(t, text("harmless"))
	for _, s := range sinktest.Hostile() {
		page := sinktest.Read(t, text(s))
		if found := page.Reference(); found != "" {
			t.Errorf("%q: the page refers to something: %q\n%s", s, found, text(s))
		}
		if strings.TrimSpace(s) == "" {
			continue
		}
		for tag, n := range page.Tags {
			if more := tag == "code" && n > like.Tags[tag]; n != like.Tags[tag] && !more {
				t.Errorf("%q: the page holds <%s> %d times, want %d\n%s", s, tag, n, like.Tags[tag], text(s))
			}
		}
		if diff := cmp.Diff(like.Cells, page.Cells); diff != "" {
			t.Errorf("%q: cells of the tables' rows: want, got:\n%s", s, diff)
		}
		for _, link := range page.Links {
			if !strings.HasPrefix(link.Target, "https://github.com/acme/checkout/") {
				t.Errorf("%q: a link to %s", s, link.Target)
			}
		}
	}
}

// spoken is a report whose every text is the given one.
func spoken(s string) *diag.Report {
	r := filled(s)
	r.Verdict, r.Reason, r.Notices = diag.Fail, "", []string{s, s}
	r.Rules = []diag.Rule{{ID: s, Title: s, Why: s, Acts: s}}
	for i := range r.Findings {
		f := &r.Findings[i]
		f.Blocks, f.Owner, f.Request = i%2 == 0 && !f.Waived(), s, s
	}
	return r
}

var moreThan = regexp.MustCompile(`(?m)^(\d+) more are not shown here`)

// seen returns what a reader sees of a comment without unfolding anything, line by line.
func seen(markdown string) []string {
	var out []string
	depth := 0
	for line := range strings.SplitSeq(strings.ReplaceAll(markdown, "<br>", "\n"), "\n") {
		if depth == 0 && strings.TrimSpace(line) != "" || strings.HasPrefix(line, "<details>") && depth == 0 {
			out = append(out, line)
		}
		depth += strings.Count(line, "<details>") - strings.Count(line, "</details>")
	}
	return slices.DeleteFunc(out, func(line string) bool { return line == "</details>" })
}

// A comment fits whatever there is to say, on one screen and in its limit. All that opens closes, and the counts add up.
func TestCommentFits(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	for _, n := range []int{0, 1, 2, 9, 10, 11, 100, 10_000} {
		for name, word := range map[string]string{"short": "v", "long": strings.Repeat("é|`<@x>", 400)} {
			for _, limit := range []int{5_000, 60_000} {
				r := many(n, word)
				got := string(report.Comment(r, here(), limit, report.Clean).Bytes())
				if len(got) > limit {
					t.Errorf("%d findings, %s: %d bytes, want at most %d", n, name, len(got), limit)
				}
				if open, closed := strings.Count(got, "<details>"), strings.Count(got, "</details>"); open != closed {
					t.Errorf("%d findings, %s: %d open, %d close", n, name, open, closed)
				}
				if lines := seen(got); len(lines) > 25 {
					t.Errorf("%d findings, %s: %d lines are seen, want at most 25:\n%s", n, name, len(lines), strings.Join(lines, "\n"))
				}
				shown, left := strings.Count(got, "`VG-REG-001`")+strings.Count(got, "- `x`: y\n")+strings.Count(got, "- Z\n"), sum(moreThan, got)
				if want := len(r.Findings) + len(r.Gaps) + len(r.Notices); shown+left != want {
					t.Errorf("%d findings, %s, %d bytes: %d shown, %d left out; they do not add up to %d", n, name, limit, shown, left, want)
				}
				sinktest.Read(t, got)
			}
		}
	}
}

// many is a report with so many findings of each kind: for the author of the change, for others, for nobody, waived. All have gaps and more.
func many(n int, word string) *diag.Report {
	r := &diag.Report{Verdict: diag.Fail, Counts: diag.Counts{Errors: n, Warnings: n, Vendors: n}, Draft: "vendors: []\n"}
	for i := range 4 * n {
		id := fmt.Sprintf("%s-%d", word, i)
		f := diag.Finding{Rule: "VG-REG-001", Severity: diag.Error, Blocks: true, Vendor: id, Pos: diag.Pos{File: "vendors.yaml", Line: i + 1, Col: 1}, Message: id, Hint: id, Owner: word}
		switch i % 4 {
		case 0:
			f.Introduced, f.Paste = true, "- id: x\n"
		case 1:
			f.Severity, f.Blocks = diag.Warning, false
		case 2:
			f.Waiver, f.WaivedUntil, f.Blocks = "WVR-1", "2026-12-15", false
		default:
			f.Owner = fmt.Sprintf("%s-%d", word, i%7)
		}
		r.Findings = append(r.Findings, f)
	}
	for range n {
		r.Gaps = append(r.Gaps, diag.Gap{Target: "x", Reason: "y"})
		r.Notices = append(r.Notices, "z")
	}
	r.Gaps, r.Notices = r.Gaps[:min(n, 10)], r.Notices[:min(n, 10)]
	return r
}

func sum(pattern *regexp.Regexp, text string) int {
	total := 0
	for _, m := range pattern.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(m[1])
		total += n
	}
	return total
}

func FuzzComment(f *testing.F) {
	for _, s := range sinktest.Hostile() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		page := sinktest.Read(t, string(report.Comment(spoken(s), here(), 60_000, report.Clean).Bytes()))
		if found := page.Reference(); found != "" {
			t.Errorf("the page refers to something: %q", found)
		}
		for _, link := range page.Links {
			if !strings.HasPrefix(link.Target, "https://github.com/acme/checkout/") {
				t.Errorf("a link to %s", link.Target)
			}
		}
	})
}

func BenchmarkComment(b *testing.B) {
	r := many(5_000, "vendor")
	b.ReportAllocs()
	for b.Loop() {
		report.Comment(r, here(), 60_000, report.Clean)
	}
}

func BenchmarkSummary(b *testing.B) {
	r := many(5_000, "vendor")
	b.ReportAllocs()
	for b.Loop() {
		report.JobSummary(r, report.Place{}, 900<<10)
	}
}
