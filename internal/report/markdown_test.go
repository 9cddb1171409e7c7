package report_test

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	nethtml "golang.org/x/net/html"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/report"
)

// page is what a reader of GitHub Flavored Markdown sees.
type page struct {
	tags  map[string]int
	plain string // text outside of code
	shown string // all text
	cells []int  // of each row of the table
}

// browse renders Markdown with the extensions of GitHub, leaving raw HTML as it is, and reads the result.
func browse(t *testing.T, markdown string) page {
	t.Helper()
	renderer := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote), goldmark.WithRendererOptions(html.WithUnsafe()))
	var out bytes.Buffer
	if err := renderer.Convert([]byte(markdown), &out); err != nil {
		t.Fatalf("goldmark: %v", err)
	}
	p := page{tags: map[string]int{}}
	var plain, shown strings.Builder
	code := 0
	for tokens := nethtml.NewTokenizer(&out); ; {
		kind := tokens.Next()
		token := tokens.Token()
		switch kind {
		case nethtml.ErrorToken:
			p.plain, p.shown = plain.String(), shown.String()
			return p
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			p.tags[token.Data]++
			switch token.Data {
			case "code":
				code++
			case "tr":
				p.cells = append(p.cells, 0)
			case "th", "td":
				p.cells[len(p.cells)-1]++
			}
		case nethtml.EndTagToken:
			if token.Data == "code" {
				code--
			}
		case nethtml.CommentToken, nethtml.DoctypeToken:
			p.tags["comment"]++
		case nethtml.TextToken:
			shown.WriteString(token.Data)
			if code == 0 {
				plain.WriteString(token.Data)
			} else {
				plain.WriteString("\x00") // what stands on both sides of code does not touch
			}
		}
	}
}

// reference is what GitHub makes a link, a notification or a picture of, outside of code.
var reference = regexp.MustCompile(`(?i)@[a-z0-9]|#[0-9]|\bgh-[0-9]|www\.[a-z0-9]|://|:[0-9]*[a-z_+-][a-z0-9_+-]*:|:[0-9]{3,}:|[a-z0-9]@[a-z0-9]`)

// own are the tags that the report itself consists of.
var own = []string{"h3", "h4", "p", "ul", "li", "code", "strong", "br", "sub", "table", "thead", "tbody", "tr", "th", "td"}

func checkPage(t *testing.T, markdown string, like page) {
	t.Helper()
	p := browse(t, markdown)
	for tag, n := range p.tags {
		if !slices.Contains(own, tag) {
			t.Errorf("the page holds <%s>; Markdown:\n%s", tag, markdown)
		}
		more := tag == "code" && n > like.tags[tag] // a URL that the reader is to follow
		if n != like.tags[tag] && !more {
			t.Errorf("the page holds <%s> %d times, want %d; Markdown:\n%s", tag, n, like.tags[tag], markdown)
		}
	}
	if !slices.Equal(p.cells, like.cells) {
		t.Errorf("the table has rows of %v cells, want %v; Markdown:\n%s", p.cells, like.cells, markdown)
	}
	if found := reference.FindString(p.plain); found != "" {
		t.Errorf("the page refers to something: %q; Markdown:\n%s", found, markdown)
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

// hostile are texts that mean something to a log, a terminal, a Markdown renderer or GitHub.
func hostile() []string {
	return []string{
		"##[error]x", "##[set-output name=result]pass", "###[error]x", "##\u200b[error]", "##\\[x]", "#\n#[error]", "::error::x", " \u00a0\u2003::error::x", "\n::error file=a::x", "\r::stop-commands::x", "x\r\n::error::y",
		"\t::debug::x", "::", ":", "##", "[", "#", "##[", "]", "\x1b[31mred", "\x1b]8;;https://evil.example\x07link", "\u202eabc", "\u2028::error::x", "\u0085::error::x", "\x00", "\ufeff::error::x", "\xff\xfe",
		"<script>alert(1)</script>", "<img src=x>", "<!-- x -->", "<a href=https://evil.example>", "<details>", "</sub>", "&lt;b&gt;", "&#60;b&#62;", "&#x40;acme", "&commat;acme", "<https://evil.example>", "<x@evil.example>",
		"@acme/security", "a @b", "x@y.example", "mailto:x@y.example", "xmpp:x@y.example/z", "#12", "acme/repo#12", "GH-12", "gh-12", "Gh-12", "fixes #1", "www.evil.example", "WWW.evil.example", "https://evil.example", "HTTPS://EVIL.EXAMPLE", "ftp://evil.example",
		"[a](https://evil.example)", "![a](https://evil.example/x.png)", "[a][b]", "[a]: https://evil.example", "[^1]", "[^1]: x", "- [ ] x", "[x] y", "*a*", "**a**", "_a_", "__a__", "~~a~~", "`a`", "``", "`", "a`b``c", "\\", "\\`", "a\\", "|", "a|b|c", "\\|", "|---|---|",
		"- a", "+ a", "* a", "1. a", "1) a", "12345. a", "# a", "> a", "> [!NOTE]", "---", "***", "___", "===", "=", "    code", "\tcode", "```\ncode", "~~~", "$x$", "$$x$$", "$`x`$", ":shipit:", ":+1:", "a:b:c", ":a:b:", "::a::", ":100:", ":8ball:", ":1st_place_medal:", "12:34:56", "a  ", "  a", " ", "", "a\nb", "a\n\nb", "a<br>b", "&nbsp;", "&", ";", "é", "日本", "😀",
	}
}

func TestMarkdownPage(t *testing.T) {
	t.Parallel()
	like := browse(t, render(t, "markdown", filled("harmless"), false))
	for _, s := range hostile() {
		checkPage(t, render(t, "markdown", filled(s), false), likeFor(t, like, s))
	}
}

// likeFor allows for what an empty text leaves out.
func likeFor(t *testing.T, like page, s string) page {
	t.Helper()
	if report.Markdown(s) == "" {
		return browse(t, render(t, "markdown", filled(s), false))
	}
	return like
}

// Markdown shows a text as it is, wherever it stands; joiners do not show.
func TestMarkdownShowsText(t *testing.T) {
	t.Parallel()
	for _, s := range hostile() {
		checkShown(t, s)
	}
}

func checkShown(t *testing.T, s string) {
	t.Helper()
	want := strings.Join(strings.Fields(report.Line(s)), " ")
	for _, frame := range []string{"%", "- x: % (y)", "a\n\n%\n", "| a |\n|---|\n| % |\n"} {
		p := browse(t, strings.ReplaceAll(frame, "%", report.Markdown(s)))
		got := strings.Join(strings.Fields(strings.ReplaceAll(p.shown, "\u2060", "")), " ")
		switch frame {
		case "- x: % (y)":
			got = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(got, "x:"), "(y)"))
		case "a\n\n%\n", "| a |\n|---|\n| % |\n":
			got = strings.TrimSpace(strings.TrimPrefix(got, "a"))
		}
		if got != want {
			t.Errorf("Markdown(%q) in %q shows %q, want %q", s, frame, got, want)
		}
		if p.tags["code"] > 0 {
			t.Errorf("Markdown(%q) in %q makes code", s, frame)
		}
	}
}

func TestCode(t *testing.T) {
	t.Parallel()
	for _, s := range hostile() {
		checkCode(t, s)
	}
}

// checkCode wants one code span that shows the text; in a table a stroke is shown as a broken one.
func checkCode(t *testing.T, s string) {
	t.Helper()
	want := strings.Join(strings.Fields(strings.ReplaceAll(report.Line(s), "|", "¦")), " ")
	for _, frame := range []string{"%", "- % (y)", "| a |\n|---|\n| % |\n"} {
		p := browse(t, strings.ReplaceAll(frame, "%", report.Code(s)))
		got := strings.Join(strings.Fields(p.shown), " ")
		got = strings.TrimSpace(strings.TrimSuffix(got, "(y)"))
		if strings.Contains(frame, "---") {
			got = strings.TrimSpace(strings.TrimPrefix(got, "a"))
		}
		if got != want || p.tags["code"] != 1 || strings.Trim(p.plain, "\x00 \n(y)a") != "" {
			t.Errorf("Code(%q) in %q shows %q in %d spans, want %q in one", s, frame, got, p.tags["code"], want)
		}
	}
}
