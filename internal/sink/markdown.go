package sink

import (
	"strconv"
	"strings"
)

// Markdown builds GitHub Flavored Markdown. Text that is added with Text, Prose, Code, Block, Link or Attribute is
// shown literally: it cannot create mark-up, HTML, links, images, emoji, mentions or issue references, and cannot leave
// its table cell. The zero Markdown is empty.
type Markdown struct{ out strings.Builder }

// Markup adds mark-up unchanged.
func (m *Markdown) Markup(text literal) *Markdown {
	m.out.WriteString(string(text))
	return m
}

// Text adds text on one line, without surrounding white space.
func (m *Markdown) Text(text string) *Markdown { return m.add(textMarkdown(text)) }

// Prose is Text for messages and instructions: URLs and what stands between backticks become code spans, which are not links but can
// be copied.
func (m *Markdown) Prose(text string) *Markdown { return m.add(proseMarkdown(text)) }

// Code adds text as a code span. Vertical bars are replaced by broken bars, which do not split table cells.
func (m *Markdown) Code(text string) *Markdown { return m.add(codeMarkdown(text)) }

// Int adds a number.
func (m *Markdown) Int(n int) *Markdown { return m.add(strconv.Itoa(n)) }

// Link adds a link. Without a label it shows the URL; without a URL it adds only the label.
func (m *Markdown) Link(label string, to URL) *Markdown {
	shown := textMarkdown(label)
	if to == (URL{}) {
		return m.add(shown)
	}
	if shown == "" {
		shown = codeMarkdown(to.String())
	}
	return m.add("[" + shown + "](" + target(to.String()) + ")")
}

// Block adds a fenced block of code on lines of its own. The language may be empty.
func (m *Markdown) Block(language literal, text string) *Markdown {
	if written := m.out.String(); written != "" && !strings.HasSuffix(written, "\n") {
		m.out.WriteByte('\n')
	}
	text = strings.TrimSuffix(escapeLines(text), "\n")
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	m.out.WriteString(fence + string(language) + "\n" + text + "\n" + fence + "\n")
	return m
}

// Attribute adds text between the quotes of an HTML attribute, or inside an HTML comment.
func (m *Markdown) Attribute(text string) *Markdown {
	for _, r := range Text(text).text {
		if r == ' ' || alphanumeric(r) {
			m.out.WriteRune(r)
		} else {
			m.out.WriteString("&#" + strconv.Itoa(int(r)) + ";")
		}
	}
	return m
}

// Add appends other Markdown unchanged.
func (m *Markdown) Add(part *Markdown) *Markdown { return m.add(part.out.String()) }

// Len returns the number of bytes.
func (m *Markdown) Len() int { return m.out.Len() }

// Document returns the Markdown so far.
func (m *Markdown) Document() Document { return Document{m.out.String()} }

// add separates new text from its neighbours, because two harmless texts can combine into mark-up.
func (m *Markdown) add(text string) *Markdown {
	written := m.out.String()
	if written != "" && text != "" && !strings.ContainsRune(" \n>(|*", rune(written[len(written)-1])) && !strings.ContainsRune(" \n", rune(text[0])) {
		m.out.WriteString(joiner)
	}
	m.out.WriteString(text)
	return m
}
