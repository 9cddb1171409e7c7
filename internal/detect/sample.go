package detect

import (
	"bytes"
	"path"
	"strings"

	"github.com/vendorgate/vendorgate/internal/around"
	"github.com/vendorgate/vendorgate/internal/search"
)

// sample reports whether a URL contains placeholders: a user or password such as "user" or "secret", or a path such as /your-id.
func sample(data []byte, at int, path string) bool {
	if strings.Contains(path, "/your-") || strings.Contains(path, "/your_") || strings.HasSuffix(path, "/...") {
		return true
	}
	if at == 0 || data[at-1] != '@' {
		return false
	}
	user := data[search.URLStart(data, at-1) : at-1]
	if i := bytes.LastIndex(user, []byte("://")); i >= 0 {
		user = user[i+3:]
	}
	name, password, _ := strings.Cut(strings.ToLower(string(user)), ":")
	switch name {
	case "user", "username", "me", "someone":
		return true
	}
	switch password {
	case "secret", "password", "pass", "pwd", "passwd", "token":
		return true
	}
	return false
}

// inScopes reports whether a URL is the name of a permission that a program asks for.
func (f *file) inScopes(start int) bool {
	const reach = 300
	return bytes.Contains(bytes.ToLower(f.data[max(0, start-reach):start]), []byte("scope"))
}

// pageOfAPI reports whether a path on an API host is a page: its documentation, or a fragment of a page.
func pageOfAPI(path string) bool {
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

// idleTenant reports whether a program neither calls the URL of a customer's host nor calls it a base URL. A URL without a path of a page
// may still be called where that cannot be seen, so that it only counts less. A name for addresses, a computed path and the name of a
// file are signs of a call there.
func (f *file) idleTenant(h search.Hit, name, path string) bool {
	const shortest = len("/x")
	if !h.URL || h.Partial || len(path) < shortest || !f.tree.c.Tenant(name) {
		return false
	}
	file, _, _ := strings.Cut(path, "?")
	if strings.HasSuffix(file, ".json") || strings.HasSuffix(file, ".xml") {
		return false
	}
	use := around.UseOf(f.data, f.startOf(h))
	if use.Form == around.Called || use.Form == around.Assigned && around.Strong(use.Name) {
		return false
	}
	return around.TenantPage(path) || use.Form == around.Other && f.family.Code() && !strings.Contains(path, ".") && !strings.HasPrefix(path, "/artifactory") && !around.Computed(f.data, h.End)
}

// composes reports whether a path on the host of a mail service or messenger is that of a page where people write a message.
func composes(name, path string) bool {
	switch {
	case strings.HasPrefix(name, "mail."), strings.HasPrefix(name, "outlook."):
		return strings.HasPrefix(path, "/mail") || strings.Contains(path, "/deeplink/")
	case strings.HasSuffix(name, "whatsapp.com"):
		return strings.HasPrefix(path, "/send")
	}
	return false
}

// inBlockText reports whether an offset in YAML is in the block text of a description or summary.
func (f *file) inBlockText(at int) bool {
	const lines = 40
	if ext := path.Ext(f.name); ext != ".yaml" && ext != ".yml" {
		return false
	}
	from, to := search.Line(f.data, at)
	indent := around.IndentOf(f.data[from:to])
	for range lines {
		if from == 0 || indent == 0 {
			return false
		}
		from, to = search.Line(f.data, from-1)
		line := f.data[from:to]
		text := bytes.TrimSpace(line)
		if len(text) == 0 || around.IndentOf(line) >= indent {
			continue
		}
		key, _, _ := bytes.Cut(bytes.TrimPrefix(text, []byte("- ")), []byte(":"))
		return string(key) == "description" || string(key) == "summary"
	}
	return false
}
