package report

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
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
	Registry   string            // owner/name, where the registry is a repository of the same server
	Run        string            // URL of the run; empty if unknown
}

const (
	maxShown = 10   // findings that are shown in full
	maxText  = 600  // characters of one text
	reserve  = 1000 // bytes kept for the lines that say what is left out
)

// comment is a comment under construction.
type comment struct {
	report *diag.Report
	at     Place
	rules  map[string]diag.Rule
	out    sink.Markdown
	left   int // bytes
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

// place writes the position of a finding, as a link if possible.
func (c *comment) place(m *sink.Markdown, f diag.Finding) {
	name := clip(f.Pos.File)
	if name == "" {
		m.Markup("In the settings")
		return
	}
	if f.Pos.Line > 0 {
		name += fmt.Sprintf(", line %d", f.Pos.Line)
	}
	if to, ok := c.blob(f.Pos); ok {
		m.Link(name, to)
		return
	}
	m.Code(name)
}

// blob returns the URL of a line in a file of the repository.
func (c *comment) blob(pos diag.Pos) (sink.URL, bool) {
	file, ok := c.at.Files[pos.File]
	repository := strings.Split(c.at.Repository, "/")
	if !ok || len(repository) < 2 || c.at.Server == "" || c.at.Commit == "" {
		return sink.URL{}, false
	}
	to, err := sink.Web(c.at.Server, slices.Concat(repository, c.at.Blob, []string{"blob", c.at.Commit}, strings.Split(file, "/"))...)
	if err != nil {
		return sink.URL{}, false
	}
	if pos.Line > 0 {
		to = to.Anchor(fmt.Sprintf("L%d", pos.Line))
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

// capital starts a text with a capital letter, unless it starts with a quoted name.
func capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	if !unicode.IsLower(r) || strings.HasPrefix(text, "vendors.") {
		return text
	}
	return string(unicode.ToUpper(r)) + text[size:]
}
