package sink

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// HTML builds an HTML page. Text that is added with Text is shown literally. The zero HTML is empty.
//
// The methods look at the mark-up around them, and panic if it is no place for what they add. That depends on nothing
// but the mark-up, which is constant, so every test of a page finds it.
type HTML struct{ out strings.Builder }

// Markup adds mark-up unchanged.
func (h *HTML) Markup(text literal) *HTML { return h.add(string(text)) }

// Text adds text on one line, in an element or between the double quotes of an attribute that holds text.
func (h *HTML) Text(text string) *HTML {
	name := h.attribute()
	if !strings.HasPrefix(name, "aria-") && !strings.HasPrefix(name, "data-") && !slices.Contains([]string{"", "class", "id", "title"}, name) {
		panic("sink: an attribute " + name + " holds no text")
	}
	return h.escaped(text)
}

// Int adds a number, in an element or between the double quotes of an attribute.
func (h *HTML) Int(n int) *HTML {
	h.attribute()
	return h.add(strconv.Itoa(n))
}

// Link adds the address between the double quotes of an href: a URL with https or http, or the path of a file from where
// the page is. It adds a link to the page itself if the URL is not valid, and for a path that browsers read as a server.
func (h *HTML) Link(to string) *HTML {
	h.href()
	u, valid := &url.URL{Path: to}, !strings.HasPrefix(to, "//")
	if strings.HasPrefix(to, "https://") || strings.HasPrefix(to, "http://") {
		parsed, err := url.Parse(to)
		u, valid = parsed, err == nil && parsed.Host != ""
	}
	if !valid {
		return h.add("#")
	}
	return h.escaped(u.String())
}

// Anchor adds a link to the element of the page with an id between the double quotes of an href.
func (h *HTML) Anchor(id string) *HTML {
	h.href()
	return h.add("#" + percent(Text(id).text))
}

// Asset is a style or a script of vendorgate's own. The zero Asset is empty.
type Asset struct{ text string }

// Embedded returns the style or script in an embedded file. It panics if there is none, or if a page would not contain
// it byte by byte.
func Embedded(files embed.FS, name literal) Asset {
	data, err := files.ReadFile(string(name))
	text := string(data)
	if err != nil || strings.Contains(text, "</") || strings.Contains(text, "<!--") || escapeLines(text) != text {
		panic("sink: " + string(name) + " cannot be part of a page")
	}
	return Asset{text}
}

// Policy adds the element of the head that lets the page use one style and one script, and load nothing.
func (h *HTML) Policy(style, script Asset) *HTML {
	policy := "default-src 'none'; style-src " + style.hash() + "; script-src " + script.hash() + "; base-uri 'none'; form-action 'none'"
	return h.Markup(`<meta http-equiv="Content-Security-Policy" content="`).escaped(policy).Markup(`">`)
}

// Style adds the element with a style.
func (h *HTML) Style(a Asset) *HTML { return h.add("<style>" + a.text + "</style>") }

// Script adds the element with a script.
func (h *HTML) Script(a Asset) *HTML { return h.add("<script>" + a.text + "</script>") }

// Document returns the page so far. It is safe for the log of a job, too.
func (h *HTML) Document() Document { return Lines(h.out.String()) }

func (a Asset) hash() string {
	sum := sha256.Sum256([]byte(a.text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func (h *HTML) href() {
	if name := h.attribute(); name != "href" || !strings.HasSuffix(h.out.String(), `"`) {
		panic("sink: an address that is not the whole of an href")
	}
}

// attribute returns the name of the attribute whose value is open; empty inside of an element. It panics at any other
// place. Escaped text has neither angle brackets nor quotes, so those that it sees are of mark-up.
func (h *HTML) attribute() string {
	written := h.out.String()
	start := strings.LastIndexByte(written, '<')
	tag := written[start+1:]
	switch closed := strings.Contains(tag, ">"); {
	case start < 0, closed && !strings.HasPrefix(tag, "script") && !strings.HasPrefix(tag, "style") && !strings.HasPrefix(tag, "!--"):
		return ""
	case closed || strings.Count(tag, `"`)%2 == 0:
		panic("sink: text outside of an element and of double quotes")
	}
	name, opens := strings.CutSuffix(tag[:strings.LastIndexByte(tag, '"')], "=")
	at := strings.LastIndexAny(name, " \t\r\n\f/")
	if !opens || at < 0 {
		panic("sink: text in no attribute")
	}
	return name[at+1:]
}

func (h *HTML) escaped(text string) *HTML { return h.add(html.EscapeString(Text(text).text)) }

func (h *HTML) add(text string) *HTML {
	h.out.WriteString(text)
	return h
}
