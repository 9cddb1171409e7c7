package sinktest

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The picture of a comment has the width of GitHub's own, and about its letters.
const (
	pictureWidth = 820
	linesOfText  = 104 // characters
	lineHeight   = 21
)

// pictureStyle needs nothing from outside, because a browser loads nothing for a picture.
const pictureStyle = `
body { margin: 0; font: 14px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; color: #1f2328; }
article { box-sizing: border-box; border: 1px solid #d1d9e0; border-radius: 6px; background: #fff; overflow: hidden; }
header { padding: 8px 16px; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; color: #59636e; }
header b { color: #1f2328; }
main { padding: 4px 16px 12px; }
h3 { font-size: 18px; margin: 12px 0 8px; }
h4 { font-size: 14px; margin: 16px 0 4px; }
p, ul, ol, details, table { margin: 0 0 8px; }
ul, ol { padding-left: 24px; }
li p { margin: 0; }
a { color: #0969da; text-decoration: none; }
code { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: #eff1f3; border-radius: 6px; padding: 2px 5px; }
pre { background: #f6f8fa; border-radius: 6px; padding: 12px; margin: 0 0 8px; }
pre code { background: none; padding: 0; }
sub { font-size: 12px; vertical-align: baseline; color: #59636e; }
`

// Picture draws a comment as it looks on GitHub, as an SVG. It is the same on every machine. The height is estimated, because only a
// reader's browser knows the fonts; it is rather too large, and folded parts stay folded.
func Picture(tb testing.TB, author, markdown string) string {
	tb.Helper()
	var rendered bytes.Buffer
	if err := renderer.Convert([]byte(markdown), &rendered); err != nil {
		tb.Fatalf("goldmark: %v", err)
	}
	// Only a parser makes XML of what browsers accept as HTML.
	nodes, err := nethtml.ParseFragment(&rendered, &nethtml.Node{Type: nethtml.ElementNode, Data: "main", DataAtom: atom.Main})
	if err != nil {
		tb.Fatalf("html: %v", err)
	}
	var body bytes.Buffer
	height := 75
	for _, n := range nodes {
		height += estimate(n, linesOfText)
		if err := nethtml.Render(&body, n); err != nil {
			tb.Fatalf("html: %v", err)
		}
	}
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d">
<foreignObject width="100%%" height="100%%">
<body xmlns="http://www.w3.org/1999/xhtml">
<style>%s</style>
<article>
<header><b>%s</b> commented</header>
<main>
%s
</main>
</article>
</body>
</foreignObject>
</svg>
`, pictureWidth, height, pictureWidth, height, pictureStyle, author, strings.TrimSpace(body.String()))
}

// estimate returns the height of a node in a column of so many characters.
func estimate(n *nethtml.Node, column int) int {
	switch n.DataAtom { //nolint:exhaustive // most elements are text or contain it
	case atom.H3:
		return 47
	case atom.H4:
		return textHeight(n, column) + 20
	case atom.Details:
		return lineHeight + 8
	case atom.Ul, atom.Ol, atom.Blockquote:
		sum := 8
		for child := range n.ChildNodes() {
			sum += estimate(child, column-4)
		}
		return sum
	case atom.Li:
		return textHeight(n, column)
	case atom.Pre, atom.Table:
		return lineHeight*strings.Count(plain(n), "\n") + 32
	}
	if n.Type != nethtml.ElementNode {
		return 0
	}
	return textHeight(n, column) + 8
}

func textHeight(n *nethtml.Node, column int) int {
	return lineHeight * (1 + utf8.RuneCountInString(strings.TrimSpace(plain(n)))/column)
}

func plain(n *nethtml.Node) string {
	if n.Type == nethtml.TextNode {
		return n.Data
	}
	var out strings.Builder
	for child := range n.ChildNodes() {
		out.WriteString(plain(child))
	}
	return out.String()
}
