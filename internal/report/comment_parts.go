package report

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// Place is where a report is read: what its links lead to. The zero Place makes no links.
type Place struct {
	Server     string            // such as https://github.com
	Repository string            // owner/name under check
	Blob       []string          // what comes between the repository and "blob" in the URL of a file
	Commit     string            // that was checked
	Files      map[string]string // paths in the repository, by the names that findings have them under
	Registry   string            // owner/name of the registry on the same server, if whoever reads the comment can see it
	Run        string            // URL of the run; empty if unknown
}

const (
	maxLines = 25   // that a reader sees without unfolding anything
	width    = 110  // characters that fit on a line there
	maxShown = 10   // items of a section that is not folded
	maxText  = 600  // characters of one text
	maxName  = 100  // characters of a name
	reserve  = 1500 // bytes kept for the lines that say what is left out
)

// comment is a comment under construction.
type comment struct {
	report *diag.Report
	at     Place
	pass   Pass
	rules  map[string]diag.Rule
	out    sink.Markdown
	left   int // bytes
	lines  int // that may still be shown without unfolding
	most   int // gaps and notices that are shown
	job    bool
}

// add writes a part if it fits, and reports whether it did.
func (c *comment) add(write func(*sink.Markdown)) bool {
	var part sink.Markdown
	write(&part)
	if part.Len() > c.left {
		return false
	}
	c.left -= part.Len()
	c.out.Add(&part)
	return true
}

// show adds a part that is not folded, if there is room for its lines, too.
func (c *comment) show(write func(*sink.Markdown)) bool {
	var part sink.Markdown
	write(&part)
	n := linesOf(string(part.Document().Bytes()))
	if n > c.lines || !c.add(func(m *sink.Markdown) { m.Add(&part) }) {
		return false
	}
	c.lines -= n
	return true
}

// linesOf counts the lines that a reader sees, as they are wrapped on the page of a pull request.
func linesOf(text string) int {
	n := 0
	for line := range strings.SplitSeq(strings.ReplaceAll(targets.ReplaceAllString(text, "]"), "<br>", "\n"), "\n") {
		n += (utf8.RuneCountInString(strings.TrimSpace(line)) + width - 1) / width
	}
	return n
}

// targets matches where links lead, which takes no space.
var targets = regexp.MustCompile(`\]\([^)]*\)`)

// place writes a position, as a link if possible.
func (c *comment) place(m *sink.Markdown, pos diag.Pos) {
	name := clip(pos.File)
	if name == "" {
		m.Markup("in the settings")
		return
	}
	if pos.Line > 0 {
		name += fmt.Sprintf(", line %d", pos.Line)
	}
	if to, ok := c.blob(pos); ok {
		m.Link(name, to)
		return
	}
	m.Code(name)
}

// rule writes the id of a rule, with a link to its page.
func (c *comment) rule(m *sink.Markdown, id string) {
	page, anchor, _ := strings.Cut(c.rules[id].Page, "#")
	to, err := sink.ParseURL(page)
	if err != nil {
		m.Code(id)
		return
	}
	if anchor != "" {
		to = to.Anchor(anchor)
	}
	m.Link(id, to)
}

// blob returns the URL of a line in a file of the repository.
func (c *comment) blob(pos diag.Pos) (sink.URL, bool) {
	file, ok := c.at.Files[pos.File]
	if !ok {
		return sink.URL{}, false
	}
	return c.line(c.at.Repository, c.at.Commit, file, pos.Line)
}

// record returns the URL of a line in a file of the registry, if readers can see it: it is in this repository, or in a public one.
func (c *comment) record(pos diag.Pos) (sink.URL, bool) {
	for _, repository := range []string{c.at.Registry, c.at.Repository} {
		if file, ok := strings.CutPrefix(pos.File, repository+"/"); ok && repository != "" && fullCommit.MatchString(c.report.Revision) {
			return c.line(repository, c.report.Revision, file, pos.Line)
		}
	}
	return sink.URL{}, false
}

var fullCommit = regexp.MustCompile(`^[0-9a-f]{40}$`)

// line returns the URL of a line of a file at a commit.
func (c *comment) line(repository, commit, file string, line int) (sink.URL, bool) {
	parts := strings.Split(repository, "/")
	if len(parts) < 2 || c.at.Server == "" || commit == "" {
		return sink.URL{}, false
	}
	to, err := sink.Web(c.at.Server, slices.Concat(parts, c.at.Blob, []string{"blob", commit}, strings.Split(file, "/"))...)
	if err != nil {
		return sink.URL{}, false
	}
	if line > 0 {
		to = to.Anchor(fmt.Sprintf("L%d", line))
	}
	return to, true
}

// prose writes text in which the policy's URLs are links. The link to the vendor request form is prefilled.
func (c *comment) prose(m *sink.Markdown, text, request string) {
	words := strings.Split(text, " ")
	from := 0
	for i, word := range words {
		address := strings.TrimRight(word, ".,;:")
		if !slices.Contains(c.report.Links, address) {
			continue
		}
		label, target := strings.TrimPrefix(address, "https://"), address
		if sameForm(request, address) {
			label, target = "the prefilled request form", request
		}
		to, err := sink.ParseURL(target)
		if err != nil {
			continue
		}
		if before := strings.Join(words[from:i], " "); before != "" {
			m.Prose(before).Markup(" ")
		}
		m.Link(label, to)
		if tail := word[len(address):]; tail != "" {
			m.Text(tail)
		}
		if from = i + 1; from < len(words) {
			m.Markup(" ")
		}
	}
	m.Prose(strings.Join(words[from:], " "))
}

// sameForm reports whether a URL is the one of the prefilled form.
func sameForm(filled, form string) bool {
	page, _, _ := strings.Cut(filled, "?")
	empty, _, _ := strings.Cut(form, "?")
	return filled != form && page == empty
}

// clip shortens untrusted text, so that one text cannot take the space of all others.
func clip(text string) string { return clipTo(text, maxText) }

// clipTo shortens text to a number of characters.
func clipTo(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}
