package around

import (
	"bytes"
	"iter"
	"slices"
	"strings"
)

// The functions below say what the path of a URL is for, in lower case and without its host.

// IsImage reports whether a path is that of an image, a font or other media. A tile of a map is none: a service draws it for a place.
func IsImage(path string) bool {
	if strings.Contains(path, "{z}") || strings.Contains(path, "{zoom}") {
		return false
	}
	path, _, _ = strings.Cut(path, "?")
	for _, ending := range []string{".png", ".jpg", ".jpeg", ".gif", ".svg", ".ico", ".webp", ".avif", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".mp4", ".webm", ".mp3", ".pdf"} {
		if strings.HasSuffix(path, ending) {
			return true
		}
	}
	return false
}

// APISegment returns the segment that makes a path look like an API, such as v1, api or graphql. It is empty if there is none, or
// if the path looks like a page.
func APISegment(path string) string {
	signIn := false
	for segment := range firstSegments(path) {
		switch segment {
		case "oauth", "oauth2", "token":
			return segment
		case "login", "signin", "account", "settings", "apps": // pages, unless OAuth follows
			signIn = true
			continue
		case "api", "apis", "rest", "graphql", "gql", "rpc", "webhook", "webhooks", "soap", "odata", "rest-api", "_api", "siteverify", "userinfo", "oauth1", "openid-connect", "jsonrpc", "xmlrpc.php", "api.php", "oembed":
			if signIn {
				return ""
			}
			return segment
		}
		if isPage(segment) {
			return ""
		}
		if !signIn && len(segment) > 1 && len(segment) <= 8 && segment[0] == 'v' && strings.Trim(segment[1:], "0123456789.") == "" {
			return segment
		}
	}
	return ""
}

// PageSegment reports whether a path looks like a page for people.
func PageSegment(path string) bool {
	for segment := range firstSegments(path) {
		if isPage(segment) {
			return true
		}
	}
	return false
}

// TenantPage reports whether a path is that of a page where the customers of a service work, and not of its API.
func TenantPage(path string) bool {
	if PageSegment(path) {
		return true
	}
	path, _, _ = strings.Cut(strings.TrimPrefix(path, "/"), "?")
	first, _, _ := strings.Cut(path, "/")
	switch first {
	case "browse", "issues", "jira", "projects", "secure", "servicedesk": // trackers
		return true
	case "app", "admin", "agent", "home", "incidents", "lightning", "nav_to.do", "now", "ui", "user":
		return true
	case "cart", "collections", "pages": // shops
		return true
	}
	return isRecord(path)
}

// isRecord reports whether a path is nothing but the id of a record, as in a CRM: 0015000000abcde.
func isRecord(path string) bool {
	const shortest = 7
	return len(path) >= shortest && strings.HasPrefix(path, "00") && strings.Trim(path, "0123456789abcdefghijklmnopqrstuvwxyz") == ""
}

func isPage(segment string) bool {
	switch segment {
	case "docs", "doc", "documentation", "reference", "help", "guide", "guides", "blog", "learn", "support", "wiki", "tutorial", "tutorials", "articles", "article",
		"developers", "developer", "settings", "signup", "sign-up", "signin", "login", "console", "dashboard", "apps", "news", "community", "questions", "hc",
		"about", "pricing", "legal", "terms", "privacy", "contact", "jobs", "careers", "features", "products", "account", "download", "downloads", "search":
		return true
	}
	return false
}

func firstSegments(path string) iter.Seq[string] {
	const deep = 4
	path, _, _ = strings.Cut(strings.TrimPrefix(path, "/"), "?")
	return func(yield func(string) bool) {
		for range deep {
			segment, rest, more := strings.Cut(path, "/")
			if !yield(segment) || !more {
				return
			}
			path = rest
		}
	}
}

// IsDownload reports whether a path is that of a file to download.
func IsDownload(path string) bool {
	return ends(path, ".zip", ".tar.gz", ".tgz", ".gz", ".xz", ".bz2", ".deb", ".rpm", ".dmg", ".exe", ".msi", ".jar", ".whl", ".sh", ".ps1", ".bat", ".git", ".asc", ".gpg", ".apk", ".tar", ".pkg", ".appimage")
}

// IsDocument reports whether a path is that of a file that is not the answer of an API.
func IsDocument(path string) bool {
	return IsDownload(path) || ends(path, ".html", ".htm", ".md", ".xsd", ".dtd", ".xml", ".txt", ".css", ".rss", ".ics", ".pem", ".pdf", ".csv")
}

func ends(path string, endings ...string) bool {
	path, _, _ = strings.Cut(path, "?")
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(path, e) })
}

// AsksFor reports whether a path is that of an image for a name, an address or a text, and not of one that somebody stored.
func AsksFor(path string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	for _, word := range []string{"avatar", "favicon", "badge"} {
		if strings.HasPrefix(first, word) {
			return true
		}
	}
	_, query, _ := strings.Cut(path, "?")
	for _, word := range []string{"url=", "name=", "domain=", "text=", "data=", "email=", "q=", "chl="} {
		if strings.HasPrefix(query, word) || strings.Contains(query, "&"+word) {
			return true
		}
	}
	return false
}

// Stored reports whether the URL that goes on at an offset is that of an image that somebody stored, whatever parts of it are computed.
func Stored(data []byte, at int) bool {
	const longest = 300
	url := data[at:min(len(data), at+longest)]
	url = url[:max(0, bytes.IndexAny(url, "\"'`\n"))]
	for _, folder := range []string{"/static/", "/badges/", "/assets/", "/images/", "/img/"} {
		if bytes.Contains(url, []byte(folder)) {
			return true
		}
	}
	return false
}

// Picture reports whether a name is one for an image.
func Picture(name string) bool {
	words := Words(name)
	return slices.Contains([]string{"icon", "image", "avatar", "logo", "thumbnail"}, words[len(words)-1])
}
