package detect

import (
	"bytes"
	"path"
	"strings"

	"github.com/vendorgate/vendorgate/internal/around"
	"github.com/vendorgate/vendorgate/internal/search"
)

// inScopes reports whether a URL is the name of a permission that a program asks for.
func (f *file) inScopes(start int) bool {
	const reach = 300
	return bytes.Contains(bytes.ToLower(f.data[max(0, start-reach):start]), []byte("scope"))
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
