package around

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/search"
)

// PageOfAPI reports whether a path on an API host is a page: its documentation, or a fragment of a page.
func PageOfAPI(path string) bool {
	if i := strings.IndexByte(path, '#'); i >= 0 && !strings.HasPrefix(path[i:], "#{") {
		return true
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	switch first {
	case "hc", "support", "help", "agent", "kb", "articles", "portal", "servicedesk": // pages of tenants
		return true
	case "intent", "sharer", "sharer.php", "deeplink": // what people follow to share something
		return true
	case "doc", "docs", "document", "documentation", "api-docs", "apidocs", "swagger-ui", "guide", "guides", "wiki", "tutorials":
		return true
	}
	return false
}

// Composes reports whether a path on the host of a mail service or messenger is that of a page where people write a message.
func Composes(name, path string) bool {
	switch {
	case strings.HasPrefix(name, "mail."), strings.HasPrefix(name, "outlook."):
		return strings.HasPrefix(path, "/mail") || strings.Contains(path, "/deeplink/")
	case strings.HasSuffix(name, "whatsapp.com"):
		return strings.HasPrefix(path, "/send")
	}
	return false
}

// Profile reports whether a path is that of a page of somebody: an invitation, a Profile, a board or a project.
func Profile(path string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	switch first {
	case "invite", "invites", "join", "channels", "project", "company", "Profile", "share", "b", "c", "u", "p", "r":
		return true
	}
	return strings.HasPrefix(first, "@")
}

// PageOfScripts reports whether a host serves pages, too, and a path on it is not that of a script or an embedded page.
func PageOfScripts(name, path string) bool {
	if !strings.HasPrefix(name, "www.") || len(path) < len("/x") {
		return false
	}
	for _, word := range []string{"js", "sdk", "embed", "script", "widget", "ns.html", "tag"} {
		if strings.Contains(path, word) {
			return false
		}
	}
	return true
}

// Path returns the path and query after a host, without a port, in lower case and clipped.
func Path(data []byte, end int) string {
	const longest = 200
	rest := data[end:min(len(data), end+longest)]
	if len(rest) > 0 && rest[0] == ':' {
		i := 1
		for i < len(rest) && rest[i] >= '0' && rest[i] <= '9' {
			i++
		}
		rest = rest[i:]
	}
	if len(rest) > 3 && rest[0] == '%' && strings.EqualFold(string(rest[:3]), "%2f") { // the URL is a part of another one
		rest = bytes.ReplaceAll(bytes.ReplaceAll(rest, []byte("%2f"), []byte("/")), []byte("%2F"), []byte("/"))
	}
	if len(rest) == 0 || rest[0] != '/' {
		return ""
	}
	if i := bytes.IndexAny(rest, " \t\r\n\"'`<>()|\\,;"); i >= 0 {
		rest = rest[:i]
	}
	return strings.ToLower(string(rest))
}

// BareLink reports whether the URL at an offset is nothing but a site, as the attribute url of a component that shows it: <x-logo url="https://…">.
func BareLink(data []byte, start int, name, path string) bool {
	if len(path) >= len("/x") || APILabel(name) != "" {
		return false
	}
	tag, attribute := TagOf(data, start)
	return attribute == "url" && tag != "script" && tag != "iframe" && tag != "form"
}

// Imports reports whether the line of an offset in a style sheet loads another one. What others name are fonts and images.
func Imports(data []byte, at int) bool {
	from, _ := search.Line(data, at)
	return bytes.Contains(data[from:at], []byte("@import"))
}

// HasKey reports whether the URL at an offset in JSON is the value of a key that is none for a script.
func HasKey(data []byte, start int) bool {
	from, _ := search.Line(data, start)
	key, ok := bytes.CutSuffix(bytes.TrimRight(data[from:start], "\" \t"), []byte(":"))
	if !ok {
		return false
	}
	key = bytes.ToLower(key)
	return !slices.ContainsFunc([]string{"src", "script", "js", "cdn", "load", "tag"}, func(word string) bool { return bytes.Contains(key, []byte(word)) })
}

// library matches the path of a version of a library on a network that delivers files: /1.10.20/js/acme.js.
var library = regexp.MustCompile(`[/@]v?\d+\.\d+(?:\.\d+)?/(?:[\w./-]*/)?[\w.-]+\.js$`)

// Library reports whether a path is that of a script of a fixed version, and so of a library that works without the host.
func Library(path string) bool {
	path, _, _ = strings.Cut(path, "?")
	return library.MatchString(path)
}

// parsesURL matches the call that makes an address of the text after it.
var parsesURL = regexp.MustCompile("(?:\\burl\\.Parse|\\bnew URL|\\bUR[IL]\\.(?:parse|create)|\\bUri\\.parse|\\bnew Uri|\\burlparse)\\(\\s*[\"'`]$")

// ParsesURL reports whether code makes an address of the text at an offset, with which it can only be called.
func ParsesURL(data []byte, start int) bool {
	const longest = 30
	return parsesURL.Match(data[max(0, start-longest):start])
}

// generators is what tools write into the pages that they make, in lower case: references of an API, and sites of documentation.
func generators() []string {
	return []string{
		`name="generator"`, `name='generator'`, "name=generator", "generated by javadoc", "<redoc>", "<redoc ", "<rapi-doc", "<elements-api",
		"redoc.init(", "swaggeruibundle(", "knuckleswtf/scribe", "apidocjs.com",
	}
}

// GeneratedPage reports whether a tool made a page, such as the reference of an API. It looks at the beginning and at the end.
func GeneratedPage(data []byte) bool {
	const most = 8 << 10
	ends := bytes.ToLower(data[:min(len(data), most)])
	if len(data) > most {
		ends = append(ends, bytes.ToLower(data[max(most, len(data)-most):])...)
	}
	return slices.ContainsFunc(generators(), func(mark string) bool { return bytes.Contains(ends, []byte(mark)) })
}
