package sink_test

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	nethtml "golang.org/x/net/html"

	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/sink/sinktest"
)

//go:embed testdata/page.css testdata/page.js testdata/ends.js testdata/speaks.js
var assets embed.FS

// node is an element with its attributes, or the text before, between and after elements.
type node struct {
	Name  string
	Attrs []string
	Depth int
}

// parsed returns the elements and texts of a page, in order, and the values of its attributes by name.
func parsed(tb testing.TB, page string) (shape []node, texts []string, values map[string][]string) {
	tb.Helper()
	root, err := nethtml.Parse(strings.NewReader(page))
	if err != nil {
		tb.Fatal(err)
	}
	values = map[string][]string{}
	var walk func(n *nethtml.Node, depth int)
	walk = func(n *nethtml.Node, depth int) {
		switch n.Type { //nolint:exhaustive // the document has no place of its own
		case nethtml.TextNode:
			texts = append(texts, n.Data)
		case nethtml.ElementNode, nethtml.CommentNode, nethtml.DoctypeNode:
			one := node{Name: n.Data, Depth: depth}
			for _, a := range n.Attr {
				one.Attrs = append(one.Attrs, a.Key)
				values[a.Key] = append(values[a.Key], a.Val)
			}
			shape = append(shape, one)
		}
		for child := range n.ChildNodes() {
			walk(child, depth+1)
		}
	}
	walk(root, 0)
	return shape, texts, values
}

// everywhere is a page with a text in every place where one may stand.
func everywhere(text string) string {
	var h sink.HTML
	h.Markup("<!doctype html>\n<html lang=\"en\"><head><title>").Text(text).Markup("</title></head><body><p id=\"").Text("record-" + text).Markup("\" class=\"a ").Text(text)
	h.Markup("\" data-key=\"").Text(text).Markup("\" aria-label=\"").Text(text).Markup("\">").Text(text).Markup("</p>\n<p><a class=\"x\" href=\"").Link(text)
	h.Markup("\">").Text(text).Markup("</a><a href=\"").Anchor("record-" + text).Markup("\">").Text(text).Markup("</a></p>\n<table><tr><td>").Text(text)
	h.Markup("</td></tr></table>\n<svg><rect width=\"").Int(7).Markup("\"><title>").Text(text).Markup("</title></rect></svg></body></html>\n")
	return string(h.Document().Bytes())
}

// FuzzHTML puts a text in every place of a page: it shows as it is, and adds nothing to the page. What it shows on one line is
// what sink.Text makes of it.
func FuzzHTML(f *testing.F) {
	seeds(f)
	for _, s := range []string{"</title><script>alert(1)</script>", `" onmouseover="alert(1)`, "' x='", "javascript:alert(1)", "JavaScript:alert(1)", " javascript:x", "java\tscript:x", "data:text/html,x", "//evil.example", "///evil.example", `/\evil.example`, `\\evil.example`, "/%2Fevil.example", "https:evil.example", "]]>", "--><b>", "<![CDATA[x", "&#60;b&#62;", "&lt", "{{.}}"} {
		f.Add(s)
	}
	wantShape, _, _ := parsed(f, everywhere("x"))
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 2000 {
			return
		}
		page, line := everywhere(s), sink.Text(s).String()
		sinktest.CheckSilent(t, "HTML", page)
		shape, texts, values := parsed(t, page)
		if d := cmp.Diff(wantShape, shape); d != "" {
			t.Errorf("%q makes elements (-want +got):\n%s", s, d)
		}
		texts = slices.DeleteFunc(texts, func(text string) bool { return strings.Trim(text, "\n") == "" })
		if want := 6; line != "" && (len(texts) != want || slices.ContainsFunc(texts, func(text string) bool { return text != line })) {
			t.Errorf("%q shows %q, want %d times %q", s, texts, want, line)
		}
		id := sink.Text("record-" + s).String()
		for name, want := range map[string]string{"id": id, "data-key": line, "aria-label": line} {
			if got := values[name]; !slices.Equal(got, []string{want}) {
				t.Errorf("%q: the attribute %s is %q, want %q", s, name, got, want)
			}
		}
		checkLink(t, s, values["href"][0])
		if got, err := url.PathUnescape(values["href"][1]); err != nil || got != "#"+id {
			t.Errorf("%q: the anchor is %q, want that of %q", s, values["href"][1], id)
		}
	})
}

// checkLink wants an address that a browser opens over https or http, or on the same server or disk.
func checkLink(t *testing.T, text, got string) {
	t.Helper()
	u, err := url.Parse(got)
	switch {
	case err != nil:
		t.Errorf("Link(%q) is %q: %v", text, got, err)
	case (u.Scheme == "https" || u.Scheme == "http") && u.Host != "":
	case u.Scheme != "" || u.Host != "" || strings.HasPrefix(strings.ReplaceAll(got, `\`, "/"), "//"):
		t.Errorf("Link(%q) is %q", text, got)
	}
}

// Two texts side by side add nothing to a page or a log either.
func FuzzHTMLNeighbours(f *testing.F) {
	seeds(f)
	page := func(a, b string) string {
		var h sink.HTML
		h.Markup("<p id=\"").Text(a).Text(b).Markup("\">\n").Text(a).Text(b).Markup("\n").Int(1).Text(b).Markup("<b>").Text(b).Markup("</b>").Text(a).Markup("</p>")
		return string(h.Document().Bytes())
	}
	want, _, _ := parsed(f, page("x", "y"))
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 100 {
			return
		}
		for cut := range len(s) + 1 {
			written := page(s[:cut], s[cut:])
			sinktest.CheckSilent(t, "HTML", written)
			if got, _, _ := parsed(t, written); cmp.Diff(want, got) != "" {
				t.Errorf("%q and %q make elements: %s", s[:cut], s[cut:], written)
			}
		}
	})
}

func TestLink(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"https://acme.example/a?b=c&d#e": "https://acme.example/a?b=c&amp;d#e",
		"http://localhost:8080/":         "http://localhost:8080/",
		`https://acme.example/"x`:        "https://acme.example/%22x",
		"registry/vendors/a.yaml":        "registry/vendors/a.yaml",
		"../registry/vendors/é b.yaml":   "../registry/vendors/%C3%A9%20b.yaml",
		"/srv/registry/vendors/a.yaml":   "/srv/registry/vendors/a.yaml",
		"registry/vendors/a#b?c.yaml":    "registry/vendors/a%23b%3Fc.yaml",
		"100%/vendors/a\tb.yaml":         "100%25/vendors/a%09b.yaml",
		`/\acme.example/x`:               "/%5Cacme.example/x",
		"#x":                             "%23x",
		"javascript:alert(1)":            "./javascript:alert%281%29",
		" javascript:alert(1)":           "./%20javascript:alert%281%29",
		"java\tscript:alert(1)":          "./java%09script:alert%281%29",
		"HTTPS://acme.example":           "./HTTPS://acme.example",
		"data:text/html,x":               "./data:text/html,x",
		"https:acme.example":             "./https:acme.example",
		"//acme.example/x":               "#",
		"///acme.example/x":              "#",
		"https://":                       "#",
		"https:///acme.example":          "#",
		"https://acme.example/%zz":       "#",
		"https://acme.example/a\nb":      "#",
	} {
		got := string(new(sink.HTML).Markup(`<a href="`).Link(text).Document().Bytes())
		if want = `<a href="` + want; got != want {
			t.Errorf("Link(%q) = %s, want %s", text, got, want)
		}
	}
	got := string(new(sink.HTML).Markup(`<a href="`).Anchor("record-a b/\n").Document().Bytes())
	if want := `<a href="#record-a%20b%2F%20`; got != want {
		t.Errorf("Anchor = %s, want %s", got, want)
	}
}

// Text does not fit everywhere: what a browser reads as an address, a style or a script takes none, and neither does a tag.
func TestPlaces(t *testing.T) {
	t.Parallel()
	text := func(h *sink.HTML) { h.Text("x") }
	number := func(h *sink.HTML) { h.Int(1) }
	link := func(h *sink.HTML) { h.Link("https://acme.example") }
	anchor := func(h *sink.HTML) { h.Anchor("x") }
	for _, c := range []struct {
		markup                     string
		text, number, link, anchor bool
	}{
		{"", true, true, false, false},
		{"<p>", true, true, false, false},
		{"<p>a<b>b</b>", true, true, false, false},
		{`<p id="`, true, true, false, false},
		{`<p id="a-`, true, true, false, false},
		{`<p class="a" data-key="`, true, true, false, false},
		{`<p aria-label="`, true, true, false, false},
		{`<p title="`, true, true, false, false},
		{`<rect width="`, false, true, false, false},
		{`<a href="`, false, true, true, true},
		{`<a class="x" href="`, false, true, true, true},
		{`<a href="https://acme.example/`, false, true, false, false},
		{`<a href="#`, false, true, false, false},
		{`<a data-x` + "\nhref=\"", false, true, true, true},
		{`<a/href="`, false, true, true, true},
		{`<img src="`, false, true, false, false},
		{`<p style="`, false, true, false, false},
		{`<p onclick="`, false, true, false, false},
		{`<p HREF="`, false, true, false, false},
		{`<meta content="`, false, true, false, false},
		{`<p id=`, false, false, false, false},
		{`<p id='`, false, false, false, false},
		{`<p `, false, false, false, false},
		{`<`, false, false, false, false},
		{`<p id="a" `, false, false, false, false},
		{`<p "`, false, false, false, false},
		{`<style>`, false, false, false, false},
		{`<script>`, false, false, false, false},
		{`<script type="module">`, false, false, false, false},
		{`<!-- `, false, false, false, false},
		{`<!-- -->`, false, false, false, false},
	} {
		for name, try := range map[string]struct {
			add  func(*sink.HTML)
			want bool
		}{"Text": {text, c.text}, "Int": {number, c.number}, "Link": {link, c.link}, "Anchor": {anchor, c.anchor}} {
			if got := allowed(sink.MarkupOf(new(sink.HTML), c.markup), try.add); got != try.want {
				t.Errorf("%s after %s: allowed %v, want %v", name, c.markup, got, try.want)
			}
		}
	}
}

func allowed(h *sink.HTML, add func(*sink.HTML)) (ok bool) {
	defer func() { ok = recover() == nil }()
	add(h)
	return true
}

// A page carries its style and script byte by byte, and its policy names both.
func TestAssets(t *testing.T) {
	t.Parallel()
	style, script := sink.Embedded(assets, "testdata/page.css"), sink.Embedded(assets, "testdata/page.js")
	page := string(new(sink.HTML).Policy(style, script).Markup("\n").Style(style).Markup("<p>").Text("x").Markup("</p>").Script(script).Document().Bytes())
	_, texts, values := parsed(t, page)
	css, js := read(t, "testdata/page.css"), read(t, "testdata/page.js")
	if want := []string{"\n", css, "x", js}; !slices.Equal(texts, want) {
		t.Errorf("the page has %q, want %q", texts, want)
	}
	want := "default-src 'none'; style-src 'sha256-" + sum(css) + "'; script-src 'sha256-" + sum(js) + "'; base-uri 'none'; form-action 'none'"
	if got := values["content"]; !slices.Equal(got, []string{want}) {
		t.Errorf("the policy is %q, want %q", got, want)
	}
	for what, load := range map[string]func(){
		"a file that is not there":    func() { sink.Embedded(assets, "testdata/none.js") },
		"a script that ends early":    func() { sink.Embedded(assets, "testdata/ends.js") },
		"a script that says commands": func() { sink.Embedded(assets, "testdata/speaks.js") },
	} {
		if allowed(nil, func(*sink.HTML) { load() }) {
			t.Errorf("%s can be part of a page", what)
		}
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := assets.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func sum(text string) string {
	hash := sha256.Sum256([]byte(text))
	return base64.StdEncoding.EncodeToString(hash[:])
}
