package detect

import (
	"bytes"
	"path"
	"strings"

	"github.com/vendorgate/vendorgate/internal/around"
	"github.com/vendorgate/vendorgate/internal/lexer"
	"github.com/vendorgate/vendorgate/internal/search"
)

// weighHost weighs a host of a known vendor. It returns false for a name in code that is not a host but a property or a package.
func (f *file) weighHost(t *weighed, span lexer.Span) bool {
	name := strings.ToLower(string(f.data[t.At:t.End]))
	h := t.Hit
	if !h.URL && (around.Reversed(name) || around.Interpolated(f.data, t.At) || f.modulePath(t.At) || f.class == "" && f.family.Code() && span.State == lexer.Code) {
		return false
	}
	path := around.Path(f.data, t.End)
	segment := around.APISegment(path)
	api := segment == "oembed" || segment != "" && !search.PageHost([]byte(name))
	if owner, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/"); api && around.CodeHost(name) && !strings.Contains(path, "/oauth") {
		api = around.APISegment("/"+owner) != "" // the rest are names of repositories
	}
	script, drawn := h.URL && f.isScript(h.At), f.drawn(h, name, path, span)
	var use around.Use
	registry := f.tree.c.Registry(t.Vendor)
	if !script && (h.Host != search.APIHost || f.class == "") || registry { // the class decides for the hosts of APIs
		use = around.UseOf(f.data, f.startOf(h))
	}
	t.kind, t.confidence = KindHost, Confirmed
	switch {
	case h.Host == search.APIHost && use.Form == around.Rendered && around.Says(use.Name):
		t.demote(inText)
	case h.Host == search.APIHost && use.Form == around.Rendered && around.OpenedBy(f.data, f.startOf(h)) != "":
		t.demote(asLink)
	case h.Host == search.APIHost && segment == "" && (use.Form == around.Assigned && around.NamesItem(use.Name) || h.URL && around.BareLink(f.data, f.startOf(h), name, path)):
		t.demote(asLink)
	case h.Host == search.APIHost && segment == "" && f.idleTenant(h, name, path):
		if t.confidence = Likely; around.TenantPage(path) {
			t.demote(asPage)
		}
	case h.Host == search.APIHost:
		if f.class == "" && (f.mentions(use) || f.family == lexer.Ruby && span.State == lexer.Code && around.CalledInText(f.data, f.startOf(h)) || use.Form != around.Called && f.inside(h, span) || around.UnfilledMailServer(f.data, h.At) || around.Exemplary(f.data, f.startOf(h)) || segment == "" && !script && !f.calledFor(h, name, path, use)) {
			t.confidence = Likely
		}
	case h.Host == search.ScriptHost && f.class == "" && f.family == lexer.JSON && use.Form == around.Other && around.HasKey(f.data, f.startOf(h)):
		t.kind = KindScript
		t.demote(inTable)
	case h.Host == search.ScriptHost && (use.Form == around.Rendered || h.URL && !script && around.PageOfScripts(name, path)):
		t.kind = KindPage
		t.demote(asLink)
	case h.Host == search.ScriptHost, h.Host == search.PathHost && script:
		t.kind = KindScript
	case drawn:
		if t.confidence = Likely; h.Host == search.BrandHost {
			t.kind = KindPage
		}
	case use.Form == around.Rendered:
		if h.Host == search.BrandHost {
			t.kind = KindPage
		}
		t.demote(asLink)
	case h.Host == search.PathHost && api:
	case h.Host == search.PathHost && f.called(h, name, path, use):
		t.confidence = Likely
	case h.Host == search.BrandHost && search.Shared(name):
		t.kind = KindPage
		t.demote(asShared)
		if f.class == "" && span.State != lexer.Comment && search.Plausible(f.data, h) {
			f.keepUnknown(h, span)
		}
	case h.Host == search.BrandHost && (api || script || f.called(h, name, path, use)):
		t.kind, t.confidence = KindPage, Likely
	case h.Host == search.BrandHost && f.tree.c.Guarded(t.Vendor) && f.tree.c.Plausible(f.data, h) && f.unknownAPI(h, span) != "":
		t.kind, t.confidence = KindPage, Likely
	default:
		t.kind = KindPage
		t.demote(asPage)
	}
	if h.URL && around.PackageSource(f.name, f.data, h.At) && !f.besideCredential(f.startOf(h), h.End) {
		t.demote(asRegistry)
	}
	if registry && !f.calls[t.Vendor] && (use.Form != around.Called && (use.Form != around.Assigned && !around.ParsesURL(f.data, f.startOf(h)) || !api) || !f.family.Code()) {
		t.demote(asRegistry)
	}
	if reason := f.demotionReason(h, name, path, span); reason != "" && (reason != asAsset || !drawn) && (reason != asLink || h.Host != search.APIHost || !f.family.Code() || !api && !strings.Contains(path, "/api/")) {
		t.demote(reason)
	}
	return true
}

// drawn reports whether a URL asks a service for an image of the program's own data, such as an avatar for a hash or an icon for a domain:
// it is computed, and the source of an image or the value of a name for one.
func (f *file) drawn(h search.Hit, name, path string, span lexer.Span) bool {
	if !h.URL || h.Partial || span.State == lexer.Comment || around.CodeHost(name) || !f.family.Code() && f.family != lexer.HTML || !around.Computed(f.data, h.End) {
		return false
	}
	start := search.URLStart(f.data, h.At)
	tag, attribute := around.TagOf(f.data, start)
	if linked(f.data, start) == asAsset || tag == "img" || tag == "image" {
		return attribute != "href" && (h.Host != search.BrandHost || !around.Stored(f.data, h.End))
	}
	if h.Host == search.PathHost && strings.HasPrefix(path, "/?") {
		return true // a service with one purpose, such as https://images.example/?url=${x}
	}
	segment := strings.TrimPrefix(path, "/")
	for _, word := range []string{"avatar", "favicon", "s2/favicons", "badge", "icon"} {
		if strings.HasPrefix(segment, word) {
			return f.family.Code() && tag == ""
		}
	}
	return false
}

// mentions reports whether a file that is no code names a host without a call or a key for addresses. In JSON, which is data for many
// purposes, the key must speak of an API.
func (f *file) mentions(use around.Use) bool {
	switch f.family {
	case lexer.JSON:
		return use.Form != around.Called && (use.Form != around.Assigned || !around.Strong(use.Name))
	case lexer.YAML, lexer.Settings, lexer.Text:
		return use.Form != around.Called && use.Form != around.Assigned
	default:
		return false
	}
}

// calledFor reports whether something says that code calls a host without the path of an API: what surrounds it, a word in its name, or
// parts that are computed.
func (f *file) calledFor(h search.Hit, name, path string, use around.Use) bool {
	if !f.family.Code() || h.Partial || use.Form == around.Called || use.Form == around.Assigned || around.Computed(f.data, h.End) || strings.HasSuffix(path, ".json") || strings.HasSuffix(path, ".xml") {
		return true
	}
	domain, _ := search.Registrable(name)
	return around.APILabel(strings.TrimSuffix(name, domain)) != ""
}

// inside reports whether a host is in the middle of a string of code that is no command, so that the string is more than an address.
func (f *file) inside(h search.Hit, span lexer.Span) bool {
	const prefix = 4 // quotes, and letters before them
	start := f.startOf(h)
	return f.family.Code() && span.State == lexer.String && start-span.Start > prefix && bytes.IndexByte(f.data[span.Start:start], '<') < 0 && !around.RunsIn(f.data, start, span)
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

// startOf returns where the URL of a host starts, or the host outside of URLs.
func (f *file) startOf(h search.Hit) int {
	if h.URL || h.Partial {
		return search.URLStart(f.data, h.At)
	}
	return h.At
}

// called reports whether a program calls a host of pages, by what surrounds it: a call, or a name for addresses.
func (f *file) called(h search.Hit, name, path string, use around.Use) bool {
	const shortest = 2 // a path
	named := use.Form == around.Assigned && (around.Strong(use.Name) || h.Host == search.PathHost && around.Default(use.Name))
	requested := use.Form == around.Called
	switch {
	case around.PageSegment(path) && (use.Form == around.Other || !strings.HasPrefix(path, "/search")), around.IsDownload(path), around.IsImage(path):
		return false
	case !requested && search.PageHost([]byte(name)) && !strings.HasPrefix(name, "www."):
		return false
	case len(path) < shortest && f.address(h, use):
		return true
	case !h.URL || len(path) < shortest:
		return named
	case around.CodeHost(name):
		return false
	case h.Host == search.PathHost:
		return use.Form != around.Other && (requested || !around.Profile(path))
	}
	return named || requested
}

// address reports whether a name outside of a URL is an address: it has a port, or stands in configuration as the
// value of a name for addresses or in a list, and is more than a domain.
func (f *file) address(h search.Hit, use around.Use) bool {
	if h.URL && !bytes.HasSuffix(f.data[:h.At], []byte("dns:///")) || h.Host != search.PathHost {
		return false
	}
	if rest := f.data[h.End:]; bytes.HasPrefix(rest, []byte(":443")) {
		return true
	}
	from, to := search.Line(f.data, h.At)
	if line := bytes.TrimPrefix(bytes.TrimSpace(f.data[from:to]), []byte("- ")); use.Form != around.Assigned && !around.QuotedName(line) && len(line) > h.End-h.At {
		return false
	}
	domain, _ := search.Registrable(search.HostOf(f.data, h))
	return !f.family.Code() && f.family != lexer.HTML && f.family != lexer.Text && h.End-h.At > len(domain)+len("www.")
}

// demotionReason returns the reason to demote a host; empty if there is none.
func (f *file) demotionReason(h search.Hit, name, path string, span lexer.Span) string {
	start := f.startOf(h)
	switch {
	case f.class != "":
		return f.class
	case span.State == lexer.Comment:
		return inComment
	case f.family.Code() && span.State == lexer.Code && (f.family != lexer.Ruby || !around.RubyCommand(f.data, start) && !around.CalledInText(f.data, start)): // the text of a page in JSX
		return inText
	case f.tree.c.Placeholder(name), around.Sample(f.data, h.At, path):
		return isPlaceholder
	case around.IsImage(path), (f.family == lexer.CSS || f.family == lexer.Sass) && !around.Imports(f.data, h.At):
		return asAsset
	case !h.URL && !f.family.Code() && around.ObjectName(f.data, h.At, h.End):
		return asObject
	case h.URL && around.Namespace(f.data, start):
		return asNamespace
	case around.ContainerImage(f.data, h.At, h.End):
		return asImage
	case f.family == lexer.HTML && pageText(f.name, f.data, start):
		return inText
	case !h.URL && (f.table || f.family.Code() && (around.Listed(f.data, h.At, h.End) || around.Beside(f.data, h.At, h.End) || around.Enumerated(f.data, h.At) || around.Keyed(f.data, h.At, h.End))):
		return inTable
	case (f.family.Code() || f.family == lexer.JSON || f.family == lexer.HTML) && around.Admitted(f.data, start), around.AdmitsOrigins(f.data, h.At), h.URL && around.Patterned(f.data, h.At):
		return inAllowList
	case f.family.Code() && around.Mocked(f.data, start, h.End):
		return inMocks
	case around.InPreview(f.name, f.data, h.At):
		return inPreview
	case h.URL && (around.IsDownload(path) && !f.isScript(h.At) || around.Download(f.data, h.At) || around.Distribution(name)) && !f.tree.c.Listed(name, f.data[h.End:]):
		return asDownload
	case f.description:
		return inDescription
	case around.InPolicy(f.data, h.At), around.OfPolicy(f.name) && around.UseOf(f.data, start).Form != around.Called:
		return inCSP
	case f.disabled(h.At):
		return isDisabled
	case around.Platform(f.name, name, f.data):
		return asPlatform
	case around.Prose(f.data, start, h.URL || h.Partial, span), f.inBlockText(start), around.Printed(f.data, start), f.inside(h, span) && around.LineOfText(f.data, h.End):
		return inText
	case f.family.Code() && (around.Compared(f.data, start, h.End) || around.Pattern(f.data, start, h.End)):
		return isCompared
	case h.URL && strings.HasPrefix(path, "/auth/") && f.inScopes(start):
		return asScope
	case (name == "oauth2.googleapis.com" || name == "accounts.google.com" || name == "www.googleapis.com") && around.OfServiceAccount(f.data, start):
		return isElsewhere
	case f.profiles && around.APISegment(path) == "" && around.Profiles(name):
		return asLink
	case h.Host == search.APIHost && (around.PageOfAPI(path) || around.CodeHost(name) && len(path) > len("/x") && around.APISegment(path) == ""), around.Composes(name, path):
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
	return distinct(hits.Hits, func(h search.Hit) (int, bool) { return h.Vendor, h.Host != search.NoHost && !h.URL }) >= vendors
}
