package around

import (
	"bytes"
	"path"
	"strings"

	"github.com/vendorgate/vendorgate/internal/search"
)

// OfPolicy reports whether a file sets the content security policy of a program, by its name.
func OfPolicy(name string) bool {
	base := strings.ToLower(path.Base(name))
	return strings.HasPrefix(base, "content_security_policy.") || strings.HasPrefix(base, "content-security-policy.") || strings.HasPrefix(base, "contentsecuritypolicy.") || strings.HasPrefix(base, "csp.")
}

// Patterned reports whether a host is one of a pattern for hosts, and no address: https://*.name.example.
func Patterned(data []byte, at int) bool {
	return at > 1 && data[at-1] == '.' && data[at-2] == '*' || at > 0 && data[at-1] == '*'
}

// InPolicy reports whether a host is in a content security policy, or in a list below one of its directives.
func InPolicy(data []byte, at int) bool {
	const lines = 25
	from, to := search.Line(data, at)
	if isDirective(data[from:to]) {
		return true
	}
	for range lines {
		line := bytes.TrimSpace(data[from:to])
		if !IsListItem(line) || from == 0 {
			return false
		}
		from, to = search.Line(data, from-1)
		if isDirective(data[from:to]) {
			return true
		}
	}
	return false
}

func isDirective(line []byte) bool {
	if !bytes.Contains(line, []byte("rc")) && !bytes.Contains(line, []byte("form")) && !bytes.Contains(line, []byte("C")) && !bytes.Contains(line, []byte("ncestors")) && !bytes.Contains(line, []byte("olicy")) {
		return false // the usual case, quickly
	}
	for _, word := range []string{
		"connect-src", "script-src", "img-src", "frame-src", "style-src", "font-src", "default-src", "form-action", "child-src", "media-src", "worker-src",
		"connectSrc", "scriptSrc", "imgSrc", "frameSrc", "styleSrc", "fontSrc", "defaultSrc", "formAction", "connect_src", "script_src", "img_src", "frame_src",
		"style_src", "font_src", "default_src", "CSP_", "Content-Security-Policy",
		"frame-ancestors", "frameAncestors", "frame_ancestors", "Permissions-Policy", "permissionsPolicy", "permissions_policy",
	} {
		if bytes.Contains(line, []byte(word)) {
			return true
		}
	}
	return false
}
