package sink

import (
	"regexp"
	"strings"
)

// joiner is a word joiner (U+2060). It has no width and breaks up text that GitHub would turn into a link.
const joiner = "\u2060"

func textMarkdown(text string) string {
	text = part(strings.TrimSpace(Text(text).text))
	var out strings.Builder
	for i, r := range text {
		switch {
		case r == '<':
			out.WriteString("&lt;")
		case r == '>':
			out.WriteString("&gt;")
		case r == '&':
			out.WriteString("&amp;")
		case strings.ContainsRune("\\`*_[]!|~$", r), strings.ContainsRune("-+=", r) && i == 0, strings.HasPrefix(text, ":-") && i == 0,
			(r == '.' || r == ')') && i > 0 && strings.Trim(text[:i], "0123456789") == "": // what begins a list, underlines, or makes a table of the line above
			out.WriteByte('\\')
			out.WriteRune(r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

var references = regexp.MustCompile(`(?i)@|#|:/|www\.|\bgh-(?:[0-9]|$)|[&%]["0-9]|\^a`)

// part inserts a joiner into text that GitHub or GitLab would turn into a link, a mention or an emoji.
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

// startsEmoji reports whether the text after a colon is the name of an emoji followed by another colon. The minutes of
// a time do not count.
func startsEmoji(text string) bool {
	name, _, ok := strings.Cut(text, ":")
	return ok && name != "" && strings.Trim(name, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_+-") == "" &&
		(len(name) > 2 || strings.Trim(name, "0123456789") != "")
}

// plainURL is a URL that needs no escape inside a code span.
var plainURL = regexp.MustCompile(`^https://[A-Za-z0-9._~/?=&%-]+$`)

// spans matches what an instruction quotes as code: `vendorgate scan`.
var spans = regexp.MustCompile("`[^`]+`")

func proseMarkdown(text string) string {
	out, from := "", 0
	add := func(part string) {
		if strings.HasSuffix(out, "`") && strings.HasPrefix(part, "`") { // two spans would be one
			out += joiner
		}
		out += part
	}
	for _, span := range spans.FindAllStringIndex(text, -1) {
		add(spaced(text[from:span[0]]))
		add(codeMarkdown(text[span[0]+1 : span[1]-1]))
		from = span[1]
	}
	add(spaced(text[from:]))
	return strings.TrimSpace(out)
}

// spaced is withURLs for a part of a text, and keeps a space at its ends.
func spaced(text string) string {
	shown := withURLs(text)
	if strings.HasPrefix(text, " ") {
		shown = " " + shown
	}
	if strings.TrimSpace(text) != "" && strings.HasSuffix(text, " ") {
		shown += " "
	}
	return shown
}

// withURLs shows URLs as code.
func withURLs(text string) string {
	words := strings.Split(text, " ")
	var out []string
	from := 0
	for i, word := range words {
		if url := strings.TrimRight(word, ".,;:"); plainURL.MatchString(url) {
			if before := textMarkdown(strings.Join(words[from:i], " ")); before != "" {
				out = append(out, before)
			}
			out, from = append(out, codeMarkdown(url)+word[len(url):]), i+1
		}
	}
	if rest := textMarkdown(strings.Join(words[from:], " ")); rest != "" {
		out = append(out, rest)
	}
	return strings.Join(out, " ")
}

// codeMarkdown fences text with more backticks than it contains in a row.
func codeMarkdown(text string) string {
	text = strings.ReplaceAll(Text(text).text, "|", "¦")
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") || text == "" {
		text = " " + text + " "
	}
	return fence + text + fence
}

// target escapes a URL for use as a Markdown link target.
func target(url string) string {
	var out strings.Builder
	for _, r := range url {
		switch {
		case r == '&':
			out.WriteString("&amp;")
		case strings.ContainsRune("()[]*_!|~$", r):
			out.WriteByte('\\')
			fallthrough
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}
