package around

import (
	"bytes"
	"strings"
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
