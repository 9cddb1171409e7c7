package sink_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/sink/sinktest"
)

func words(text string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("\u2060", "", "\x00", " ").Replace(text)), " ")
}

func markdown(m *sink.Markdown) string { return string(m.Document().Bytes()) }

func written(build func(*sink.Markdown)) string {
	var m sink.Markdown
	build(&m)
	return markdown(&m)
}

// checkInert wants a page whose tags are the given ones, that refers to nothing.
func checkInert(t *testing.T, page string, tags ...string) {
	t.Helper()
	p := sinktest.Read(t, page)
	want := map[string]int{}
	for _, tag := range tags {
		want[tag]++
	}
	if !maps.Equal(p.Tags, want) {
		t.Errorf("the page has the tags %v, want %v; Markdown:\n%s", p.Tags, want, page)
	}
	if found := p.Reference(); found != "" {
		t.Errorf("the page refers to something: %q; Markdown:\n%s", found, page)
	}
	sinktest.CheckSilent(t, "Markdown", page)
}

// FuzzText puts a text wherever one may stand: it shows, and it does nothing.
func FuzzText(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		line := words(sink.Text(s).String())
		if len(s) > 2000 || line == "" {
			return
		}
		for _, frame := range []struct {
			before, after, shown string
			tags                 []string
		}{
			{"", "", "%", []string{"p"}},
			{"- x: ", " (y)\n", "x: % (y)", []string{"ul", "li"}},
			{"a\n\n", "\n", "a %", []string{"p", "p"}},
			{"a\n", "\nb\n", "a % b", []string{"p"}},
			{"| a | b |\n|---|---|\n| ", " | c |\n", "a b % c", []string{"table", "thead", "tbody", "tr", "tr", "th", "th", "td", "td"}},
		} {
			page := frame.before + markdown(new(sink.Markdown).Text(s)) + frame.after
			checkInert(t, page, frame.tags...)
			if got, want := words(sinktest.Read(t, page).Shown), words(strings.ReplaceAll(frame.shown, "%", line)); got != want {
				t.Errorf("Text(%q) in %q shows %q, want %q", s, page, got, want)
			}
		}
	})
}

// Two harmless texts side by side are harmless, as is a text beside a number, code or a link.
func FuzzNeighbours(f *testing.F) {
	seeds(f)
	link, err := sink.Web("https://github.example", "a")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 100 || strings.TrimSpace(sink.Text(s).String()) == "" {
			return
		}
		for cut := range len(s) + 1 {
			a, b := s[:cut], s[cut:]
			checkInert(t, written(func(m *sink.Markdown) { m.Text(a).Text(b) }), "p")
			checkInert(t, written(func(m *sink.Markdown) { m.Text(a).Add(new(sink.Markdown).Text(b)) }), "p")
			checkInert(t, written(func(m *sink.Markdown) { m.Text(a).Int(12).Text(b) }), "p")
			checkInert(t, written(func(m *sink.Markdown) { m.Text(a).Code(b).Code(a).Text(b) }), "p", "code", "code")
			checkInert(t, written(func(m *sink.Markdown) { m.Text(a).Link("x"+b, link).Text(b) }), "p", "a")
		}
	})
}

// FuzzCode wants one code span that shows the text; a stroke shows as a broken one.
func FuzzCode(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 2000 {
			return
		}
		want := words(strings.ReplaceAll(sink.Text(s).String(), "|", "¦"))
		checkInert(t, written(func(m *sink.Markdown) { m.Markup("- ").Code(s).Markup(" (y)") }), "ul", "li", "code")
		page := written(func(m *sink.Markdown) { m.Markup("| a | b |\n|---|---|\n| ").Code(s).Markup(" | c |\n") })
		checkInert(t, page, "table", "thead", "tbody", "tr", "tr", "th", "th", "td", "td", "code")
		if got := words(sinktest.Read(t, page).Shown); got != words("a b "+want+" c") {
			t.Errorf("Code(%q) shows %q, want %q", s, got, want)
		}
		block := written(func(m *sink.Markdown) { m.Text("a").Block("yaml", s).Markup("b\n") })
		checkInert(t, block, "p", "pre", "code", "p")
		if got := words(sinktest.Read(t, block).Shown); got != words("a "+string(sink.Lines(s).Bytes())+" b") {
			t.Errorf("Block(%q) shows %q", s, got)
		}
		for _, attribute := range []string{
			written(func(m *sink.Markdown) { m.Markup("x <span title=\"").Attribute(s).Markup("\">y</span>") }),
			written(func(m *sink.Markdown) {
				m.Markup("| a |\n|---|\n| <span title=\"").Attribute(s).Markup("\">y</span> |\n")
			}),
			written(func(m *sink.Markdown) { m.Markup("<!-- ").Attribute(s).Markup(" -->\n") }),
		} {
			p := sinktest.Read(t, attribute)
			delete(p.Tags, "span")
			if tags := slices.Sorted(maps.Keys(p.Tags)); len(tags) > 6 || slices.Contains(tags, "img") || slices.Contains(tags, "a") || p.Reference() != "" {
				t.Errorf("Attribute(%q) makes %v; Markdown:\n%q", s, tags, attribute)
			}
			sinktest.CheckSilent(t, "Attribute", attribute)
		}
	})
}

// FuzzProse is FuzzText, but that URLs and what stands between backticks become code.
func FuzzProse(f *testing.F) {
	seeds(f)
	for _, s := range []string{"see https://a.example/b?c=d, or", "https://a.example", "https://a.example:: x", "x https://a.example/`b`", "https://a.example:smile: x", "1. https://a.example", "run `vendorgate scan`, or `a`", "x``y`z`", "`a|b` | c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line := words(sink.Text(s).String())
		if len(s) > 2000 || line == "" {
			return
		}
		page := written(func(m *sink.Markdown) { m.Markup("- ").Prose(s).Markup(" (y)") })
		p := sinktest.Read(t, page)
		tags := []string{"ul", "li"}
		for range p.Tags["code"] {
			tags = append(tags, "code")
		}
		checkInert(t, page, tags...)
		unquoted := func(text string) string { // code in a table has another bar
			return words(strings.NewReplacer("`", "", "|", "¦").Replace(text))
		}
		if got := unquoted(p.Shown); got != unquoted(line+" (y)") {
			t.Errorf("Prose(%q) shows %q", s, got)
		}
		if p.Tags["code"] > strings.Count(s, "https://")+strings.Count(s, "`")/2 {
			t.Errorf("Prose(%q) has %d code spans", s, p.Tags["code"])
		}
	})
}

// FuzzLink wants the one link that was meant, with its label.
func FuzzLink(f *testing.F) {
	seeds(f)
	for _, s := range sinktest.Hostile() {
		f.Add("https://acme.example/" + s)
		f.Add("https://acme.example/?a=(b)*[c]_!~$;&copy;@d:e" + s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 1000 {
			return
		}
		links := []sink.URL{}
		if u, err := sink.Web("https://github.example", s, "blob", s); err == nil {
			links = append(links, u, u.Query("title", s, s, "y").Anchor(s))
		}
		if u, err := sink.ParseURL(s); err == nil {
			links = append(links, u, u.Query(s, s).Anchor(s))
		}
		for _, u := range links {
			page := written(func(m *sink.Markdown) {
				m.Markup("| a | b |\n|---|---|\n| ").Link(s, u).Markup(" | ").Link("", u).Markup(" |\n")
			})
			p := sinktest.Read(t, page)
			label := words(sink.Text(s).String())
			if label == "" {
				label = words(u.String())
			}
			want := []sinktest.Link{{Label: label, Target: readable(u.String())}, {Label: words(strings.ReplaceAll(u.String(), "|", "¦")), Target: readable(u.String())}}
			for i, link := range p.Links {
				p.Links[i] = sinktest.Link{Label: words(link.Label), Target: readable(link.Target)}
			}
			if diff := cmp.Diff(want, p.Links); diff != "" || !slices.Equal(p.Cells, []int{2, 2}) {
				t.Errorf("Link(%q, %s): want, got:\n%s\ncells %v; Markdown:\n%s", s, u, diff, p.Cells, page)
			}
			if p.Reference() != "" || p.Tags["img"] > 0 {
				t.Errorf("Link(%q, %s) refers to %q; Markdown:\n%s", s, u, p.Reference(), page)
			}
			sinktest.CheckSilent(t, "Link", page)
		}
	})
}

// readable undoes what a renderer escapes in a target although it need not.
func readable(target string) string {
	return strings.NewReplacer("%5B", "[", "%5D", "]", "%27", "'", "%7C", "|").Replace(target)
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	u, err := sink.Web("https://github.com", "acme", "shop", "blob", "main", "a b", "vendors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var part, m sink.Markdown
	part.Text("1. @acme").Markup("\n")
	if part.Len() != len(markdown(&part)) {
		t.Errorf("Len: got %d, want %d", part.Len(), len(markdown(&part)))
	}
	m.Markup("- ").Int(3).Markup(" ").Code("a`b").Markup(": ").Link("vendors.yaml:3", u.Anchor("L3")).Markup(" ").Link("nowhere", sink.URL{}).Markup("\n").Add(&part)
	m.Block("yaml", "id: ```\n\tx").Block("", "")
	want := "- 3 ``a`b``: [vendors.yaml:3](https://github.com/acme/shop/blob/main/a%20b/vendors.yaml#L3) nowhere\n1\\. @\u2060acme\n" +
		"````yaml\nid: ```\n\tx\n````\n```\n\n```\n"
	if got := markdown(&m); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
