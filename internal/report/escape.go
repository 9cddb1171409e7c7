package report

import (
	"fmt"
	"strings"
	"unicode"
)

// Line makes text safe for a terminal and for the log of a GitHub Actions job, and keeps it on one line. Characters
// that are not printed (controls, bidi, line separators) become escapes; the two beginnings of a workflow command,
// "::" at the start of a line and "##[" anywhere in it, are broken by a backslash.
func Line(text string) string {
	var out strings.Builder
	for _, r := range text {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			out.WriteByte(' ')
		case unicode.IsPrint(r):
			out.WriteRune(r)
		default:
			fmt.Fprintf(&out, "\\u%04x", r)
		}
	}
	s := strings.ReplaceAll(out.String(), "##[", "##\\[")
	if strings.HasPrefix(strings.TrimSpace(s), "::") {
		s = "\\" + strings.TrimSpace(s)
	}
	return s
}

// Markdown makes text show as it is in GitHub Flavored Markdown: no mark-up, no HTML, no link, and no reference to a
// user or an issue. A word joiner (U+2060), which has no width, parts what GitHub would link.
func Markdown(text string) string {
	const joiner = "\u2060"
	var out strings.Builder
	for _, r := range Line(text) {
		switch {
		case r == '<':
			out.WriteString("&lt;")
		case r == '>':
			out.WriteString("&gt;")
		case r == '&':
			out.WriteString("&amp;")
		case r == '@' || r == '#':
			out.WriteRune(r)
			out.WriteString(joiner)
		case strings.ContainsRune("\\`*_[]!|~$", r):
			out.WriteByte('\\')
			out.WriteRune(r)
		default:
			out.WriteRune(r)
		}
	}
	return strings.NewReplacer("://", ":"+joiner+"//", "www.", "www"+joiner+".", "GH-", "GH"+joiner+"-", "gh-", "gh"+joiner+"-").Replace(out.String())
}

// Code makes text an inline code span, fenced by more backticks than the text holds in a row.
func Code(text string) string {
	text = strings.ReplaceAll(Line(text), "|", "¦")
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") || text == "" {
		text = " " + text + " "
	}
	return fence + text + fence
}

// inert keeps a JSON document from speaking to whoever reads the log that it is printed to: "##[" and characters that
// are not printed become JSON escapes. In a JSON document all of these stand inside strings.
func inert(document string) string {
	var out strings.Builder
	for _, r := range strings.ReplaceAll(document, "##[", `#\u0023[`) {
		switch {
		case r == '\n' || unicode.IsPrint(r):
			out.WriteRune(r)
		case r > 0xffff:
			r -= 0x10000
			fmt.Fprintf(&out, `\u%04x\u%04x`, 0xd800+(r>>10), 0xdc00+(r&0x3ff))
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return out.String()
}
