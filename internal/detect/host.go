package detect

import (
	"bytes"
	"path"
	"strings"

	"github.com/vendorgate/vendorgate/internal/lexer"
	"github.com/vendorgate/vendorgate/internal/search"
)

// weighHost weighs a host of a known vendor. It returns false for a name in code that is not a host but a property or a package.
func (f *file) weighHost(t *weighed, span lexer.Span) bool {
	name := strings.ToLower(string(f.data[t.At:t.End]))
	h := t.Hit
	if !h.URL && (reversed(name) || interpolated(f.data, t.At) || f.modulePath(t.At) || f.class == "" && f.family.Code() && span.State == lexer.Code) {
		return false
	}
	path := search.Path(f.data, t.End)
	api := apiSegment(path) != "" && !search.PageHost([]byte(name))
	if owner, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/"); api && codeHost(name) && !strings.Contains(path, "/oauth") {
		api = apiSegment("/"+owner) != "" // the rest are names of repositories
	}
	script := h.URL && f.isScript(h.At)
	t.kind, t.confidence = KindHost, Confirmed
	switch {
	case h.Host == search.APIHost:
	case h.Host == search.ScriptHost, h.Host == search.PathHost && script:
		t.kind = KindScript
	case h.Host == search.PathHost && api:
	case h.Host == search.PathHost && f.called(h, path):
		t.confidence = Likely
	case h.Host == search.BrandHost && search.Shared(name):
		t.kind = KindPage
		t.demote(asShared)
		if f.class == "" && span.State != lexer.Comment && search.Plausible(f.data, h) {
			f.keepUnknown(h, span)
		}
	case h.Host == search.BrandHost && (api || script):
		t.kind, t.confidence = KindPage, Likely
	default:
		t.kind = KindPage
		t.demote(asPage)
	}
	if reason := f.demotionReason(h, name, path, span); reason != "" {
		t.demote(reason)
	}
	return true
}

// codeHost reports whether the paths of a host start with an owner and a repository.
func codeHost(name string) bool {
	switch strings.TrimPrefix(name, "www.") {
	case "github.com", "ghcr.io", "raw.githubusercontent.com", "gist.githubusercontent.com", "gitlab.com", "bitbucket.org", "codeberg.org", "huggingface.co", "sourceforge.net":
		return true
	}
	return false
}

// modulePath reports whether a name starts the path of a Go module: in go.mod, or in an import, which ends after the string.
func (f *file) modulePath(at int) bool {
	switch base := path.Base(f.name); {
	case base == "go.mod", base == "go.work":
		return true
	case path.Ext(base) != ".go":
		return false
	}
	from, to := search.Line(f.data, at)
	before := f.data[from:at]
	after, rest, _ := bytes.Cut(bytes.TrimRight(f.data[at:to], " \t\r"), []byte(`"`))
	return bytes.HasSuffix(before, []byte(`"`)) && bytes.IndexByte(after, '/') > 0 && !bytes.ContainsAny(before, "=(,:{") &&
		(len(rest) == 0 || bytes.HasPrefix(bytes.TrimLeft(rest, " \t"), []byte("//")))
}

// called reports whether a program calls a URL: its path is not that of a page, and its line calls it or assigns it to a name.
func (f *file) called(h search.Hit, path string) bool {
	if !h.URL || len(path) < 2 || pageSegment(path) || codeHost(search.HostOf(f.data, h)) {
		return false
	}
	start := search.URLStart(f.data, h.At)
	return callOn(f.data, start) != "" || nameOn(f.data, start, "URL", "ENDPOINT", "API", "URI") != ""
}

// demotionReason returns the reason to demote a host; empty if there is none.
func (f *file) demotionReason(h search.Hit, name, path string, span lexer.Span) string {
	start := h.At
	if h.URL || h.Partial {
		start = search.URLStart(f.data, h.At)
	}
	switch {
	case f.class != "":
		return f.class
	case span.State == lexer.Comment:
		return inComment
	case f.family.Code() && span.State == lexer.Code: // the text of a page in JSX
		return inText
	case search.Placeholder(name), sample(f.data, h.At, path):
		return isPlaceholder
	case image(path):
		return asAsset
	case !h.URL && containerImage(f.data, h.At, h.End):
		return asImage
	case f.family == lexer.HTML && pageText(f.name, f.data, start):
		return inText
	case f.table && !h.URL:
		return inTable
	case f.description:
		return inDescription
	case inPolicy(f.data, h.At):
		return inCSP
	case f.disabled(h.At):
		return isDisabled
	case prose(f.data, start, span), f.inBlockText(start):
		return inText
	case f.family.Code() && compared(f.data, start, h.End):
		return isCompared
	case h.Host == search.APIHost && pageOfAPI(path):
		return asPage
	}
	return linked(f.data, start)
}

// isTable reports whether a file is a list of names, with many names and little else.
func isTable(hits search.Found, size int) bool {
	const many, dense, vendors = 30, 200, 8
	if hits.Bare > many && hits.Bare*dense > size {
		return true
	}
	seen := map[int]bool{}
	for _, h := range hits.Hits {
		if h.Kind == search.HostName && h.Host != search.NoHost && !h.URL {
			seen[h.Vendor] = true
		}
	}
	return len(seen) >= vendors
}
