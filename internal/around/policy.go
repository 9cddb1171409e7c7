package around

import (
	"bytes"

	"github.com/vendorgate/vendorgate/internal/search"
)

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
