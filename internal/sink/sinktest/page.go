package sinktest

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	nethtml "golang.org/x/net/html"
)

// Page is what a reader of GitHub Flavored Markdown sees.
type Page struct {
	Tags  map[string]int
	Plain string // text outside of code, with a NUL for each piece of code
	Shown string // all text
	Cells []int  // of each row of all tables
	Links []Link
}

// Link is a link of a page and the text that it shows.
type Link struct{ Label, Target string }

// renderer may be used by several tests at once.
var renderer = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote), goldmark.WithRendererOptions(html.WithUnsafe())) //nolint:gochecknoglobals // it is dear to make, and does not change

// Read renders Markdown with the extensions of GitHub, leaving raw HTML as it is, and reads the result.
func Read(tb testing.TB, markdown string) Page {
	tb.Helper()
	var out bytes.Buffer
	if err := renderer.Convert([]byte(markdown), &out); err != nil {
		tb.Fatalf("goldmark: %v", err)
	}
	r := reader{page: Page{Tags: map[string]int{}}}
	for tokens := nethtml.NewTokenizer(&out); ; {
		kind := tokens.Next()
		if kind == nethtml.ErrorToken {
			r.page.Plain, r.page.Shown = r.plain.String(), r.shown.String()
			return r.page
		}
		r.read(kind, tokens.Token())
	}
}

type reader struct {
	page         Page
	plain, shown strings.Builder
	code, link   int
}

func (r *reader) read(kind nethtml.TokenType, token nethtml.Token) {
	switch kind { //nolint:exhaustive // the end of the page is the caller's
	case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
		r.page.Tags[token.Data]++
		r.open(token)
	case nethtml.EndTagToken:
		switch token.Data {
		case "code":
			r.code--
		case "a":
			r.link--
		}
	case nethtml.CommentToken, nethtml.DoctypeToken:
		r.page.Tags["comment"]++
	case nethtml.TextToken:
		r.shown.WriteString(token.Data)
		if r.link > 0 {
			r.page.Links[len(r.page.Links)-1].Label += token.Data
		}
		if r.code == 0 {
			r.plain.WriteString(token.Data)
		} else {
			r.plain.WriteString("\x00") // what stands on both sides of code does not touch
		}
	}
}

func (r *reader) open(token nethtml.Token) {
	switch token.Data {
	case "code":
		r.code++
	case "a":
		r.link++
		link := Link{}
		for _, a := range token.Attr {
			if a.Key == "href" {
				link.Target = a.Val
			}
		}
		r.page.Links = append(r.page.Links, link)
	case "tr":
		r.page.Cells = append(r.page.Cells, 0)
	case "th", "td":
		r.page.Cells[len(r.page.Cells)-1]++
	}
}

// reference is what GitHub makes a link, a notification or a picture of, outside of code.
var reference = regexp.MustCompile(`(?i)@[a-z0-9]|#[0-9]|\bgh-[0-9]|www\.[a-z0-9]|://|:[0-9]*[a-z_+-][a-z0-9_+-]*:|:[0-9]{3,}:|[a-z0-9]@[a-z0-9]`)

// Reference is the first mention, reference to an issue, address or emoji in the text outside of code; empty if there is
// none.
func (p Page) Reference() string { return reference.FindString(p.Plain) }

// Hostile are texts that mean something to a log, a terminal, a Markdown renderer or GitHub.
func Hostile() []string {
	return []string{
		"##[error]x", "##[set-output name=result]pass", "###[error]x", "##\u200b[error]", "##\\[x]", "#\n#[error]", "::error::x", " \u00a0\u2003::error::x", "\n::error file=a::x", "\r::stop-commands::x", "x\r\n::error::y",
		"\t::debug::x", "::", ":", "##", "[", "#", "##[", "]", "\x1b[31mred", "\x1b]8;;https://evil.example\x07link", "\u202eabc", "\u2028::error::x", "\u0085::error::x", "\x00", "\ufeff::error::x", "\xff\xfe",
		"<script>alert(1)</script>", "<img src=x>", "<!-- x -->", "<a href=https://evil.example>", "<details>", "</sub>", "&lt;b&gt;", "&#60;b&#62;", "&#x40;acme", "&commat;acme", "<https://evil.example>", "<x@evil.example>",
		"@acme/security", "a @b", "x@y.example", "mailto:x@y.example", "xmpp:x@y.example/z", "#12", "acme/repo#12", "GH-12", "gh-12", "Gh-12", "fixes #1", "www.evil.example", "WWW.evil.example", "https://evil.example", "HTTPS://EVIL.EXAMPLE", "ftp://evil.example",
		"[a](https://evil.example)", "![a](https://evil.example/x.png)", "[a][b]", "[a]: https://evil.example", "[^1]", "[^1]: x", "- [ ] x", "[x] y", "*a*", "**a**", "_a_", "__a__", "~~a~~", "`a`", "``", "`", "a`b``c", "\\", "\\`", "a\\", "|", "a|b|c", "\\|", "|---|---|",
		"- a", "+ a", "* a", "1. a", "1) a", "12345. a", "# a", "> a", "> [!NOTE]", "---", ":--", ":-:", "***", "___", "===", "=", "    code", "\tcode", "```\ncode", "~~~", "$x$", "$$x$$", "$`x`$", ":shipit:", ":+1:", "a:b:c", ":a:b:", "::a::", ":100:", ":8ball:", ":1st_place_medal:", "12:34:56", "a  ", "  a", " ", "", "a\nb", "a\n\nb", "a<br>b", "&nbsp;", "&", ";", "é", "日本", "😀",
		"](https://evil.example)", "\"><img src=x>", "https://github.com/acme/repo/issues/1", "%0A::error::x", "a,line=3::", "x\n_GitHubActionsFileCommandDelimeter_\nresult=pass",
	}
}
