package report

import (
	"fmt"
	"regexp"
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

// plainURL is a URL that needs no escape inside a code span.
var plainURL = regexp.MustCompile(`^https://[A-Za-z0-9._~/?=&%-]+$`)

// markdownWithURLs is Markdown for text that tells the reader where to go: a URL becomes a code span, which is no link and can be
// copied as it is.
func markdownWithURLs(text string) string {
	words := strings.Split(text, " ")
	var out []string
	from := 0
	for i, word := range words {
		if url := strings.TrimRight(word, ".,;:"); plainURL.MatchString(url) {
			if before := Markdown(strings.Join(words[from:i], " ")); before != "" {
				out = append(out, before)
			}
			out, from = append(out, Code(url)+word[len(url):]), i+1
		}
	}
	if rest := Markdown(strings.Join(words[from:], " ")); rest != "" {
		out = append(out, rest)
	}
	return strings.Join(out, " ")
}

// joiner is a word joiner (U+2060). It has no width and parts what GitHub would link.
const joiner = "\u2060"

// Markdown makes text show as it is in GitHub Flavored Markdown, less the white space around it: no mark-up, no HTML,
// no link, no emoji, and no reference to a user or an issue.
func Markdown(text string) string {
	text = part(strings.TrimSpace(Line(text)))
	var out strings.Builder
	for i, r := range text {
		switch {
		case r == '<':
			out.WriteString("&lt;")
		case r == '>':
			out.WriteString("&gt;")
		case r == '&':
			out.WriteString("&amp;")
		case strings.ContainsRune("\\`*_[]!|~$", r), strings.ContainsRune("-+=", r) && i == 0,
			(r == '.' || r == ')') && i > 0 && strings.Trim(text[:i], "0123456789") == "": // what begins a list, or underlines
			out.WriteByte('\\')
			out.WriteRune(r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

var references = regexp.MustCompile(`(?i)@|#|:/|www\.|gh-`)

// part puts a joiner into what GitHub would make a link, a mention or an emoji of.
func part(text string) string {
	text = references.ReplaceAllStringFunc(text, func(s string) string {
		cut := max(1, len(s)-1)
		return s[:cut] + joiner + s[cut:]
	})
	var out strings.Builder
	for i, r := range text {
		out.WriteRune(r)
		if r == ':' && startsEmoji(text[i+1:]) {
			out.WriteString(joiner)
		}
	}
	return out.String()
}

// startsEmoji reports whether what follows a colon is the name of an emoji and another colon. The minutes of a time
// are none.
func startsEmoji(text string) bool {
	name, _, ok := strings.Cut(text, ":")
	return ok && name != "" && strings.Trim(name, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_+-") == "" &&
		(len(name) > 2 || strings.Trim(name, "0123456789") != "")
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
