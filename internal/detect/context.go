package detect

import (
	"bytes"
	"path"
	"strings"

	"github.com/vendorgate/vendorgate/internal/around"
	"github.com/vendorgate/vendorgate/internal/search"
)

// Reasons why a hit counts as a hint, besides the class of its file.
const (
	inComment     = "comments"
	inOutput      = "texts and outputs of notebooks"
	inText        = "text for people"
	asLink        = "links"
	asPage        = "pages"
	asAsset       = "images and fonts"
	asDownload    = "downloads"
	asRegistry    = "registries of packages"
	asPlatform    = "the platform itself"
	asScope       = "names of permissions"
	asImage       = "container images"
	asNamespace   = "names of schemas"
	asObject      = "names of Kubernetes objects"
	asShared      = "sites of other customers"
	inCSP         = "content security policies"
	isPlaceholder = "placeholders"
	isDisabled    = "disabled sections"
	isCompared    = "comparisons"
	inTable       = "tables of names"
	inAllowList   = "lists of allowed hosts"
	inMocks       = "answers for tests"
	inPreview     = "previews for developers"
	inDevelopment = "development dependencies"
	isIndirect    = "indirect dependencies"
	isNameOnly    = "names alone"
	isElsewhere   = "credentials of another service"
	isUnused      = "packages that call another vendor"
	isCommunity   = "packages of others"
	isLocal       = "packages that call nobody"
	isOwn         = "clients of the repository's own product"
	isBroken      = "dependency files that nothing installs"
	isUnimported  = "packages that no code imports"
	atHome        = "software that anyone may run"
	isUnlisted    = "imports without a dependency"
	inDescription = "API descriptions"
	isMisplaced   = "files where no service reads them"
)

// pageText reports whether an offset is in the visible text of a page, and not in an attribute or a string of a script.
func pageText(name string, data []byte, start int) bool {
	switch path.Ext(name) {
	case ".xml", ".config", ".plist", ".entitlements", ".props", ".targets", ".csproj", ".fsproj", ".vbproj", ".xaml", ".resx", ".storyboard":
		return false // values are the text of elements
	}
	return start > 0 && strings.IndexByte("\"'`=", data[start-1]) < 0 && (start < 2 || string(data[start-2:start]) != "//")
}

// linked returns the reason to demote a URL in a page or component, such as a link or an image; empty if there is none.
func linked(data []byte, start int) string {
	if bytes.HasSuffix(data[:start], []byte("](")) {
		return asLink
	}
	tag, attribute := around.TagOf(data, start)
	switch {
	case tag == "script", tag == "iframe", tag == "embed", tag == "object", tag == "form", tag == "":
	case tag == "a", tag == "area":
		return asLink
	case tag == "img", tag == "source", tag == "video", tag == "picture", tag == "image", tag == "audio", tag == "input":
		return asAsset
	case tag == "link":
		const reach = 300
		near := strings.ToLower(string(data[max(0, start-reach):min(len(data), start+reach)]))
		for _, rel := range []string{"preconnect", "prefetch", "canonical", "alternate", "icon", "manifest", "author", "license"} {
			if strings.Contains(near, rel) {
				return asLink
			}
		}
	case attribute == "href", attribute == "android:host", attribute == ":href", attribute == "to":
		return asLink
	}
	from, _ := search.Line(data, start)
	key := strings.ToLower(strings.TrimRight(string(data[from:start]), " \"'`"))
	if trimmed := strings.TrimRight(key, ":=>|? "); trimmed != key {
		key = strings.TrimRight(trimmed, "\"'")
		for _, word := range []string{"href", "link", "homepage", "demo", "website", "docs", "docsurl", "docs_url", "documentation", "documentationurl", "helpurl", "help_url"} {
			if strings.HasSuffix(key, word) {
				return asLink
			}
		}
		for _, word := range []string{"logo", "icon", "image", "avatar", "logourl", "iconurl", "imageurl", "logo_url", "icon_url", "image_url", "thumbnail"} {
			if strings.HasSuffix(key, word) {
				return asAsset
			}
		}
		for _, word := range []string{"description", "tooltip", "helptext", "help_text", "hint"} {
			if strings.HasSuffix(key, word) {
				return inText
			}
		}
	}
	return ""
}
