package detect

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/construct"
	"github.com/vendorgate/vendorgate/internal/search"
)

// redirect looks for SDKs that call another vendor than their own, because of a call such as
// new OpenAI({baseURL: "https://api.deepseek.com"}) or an assignment such as openai.base_url = "https://…". The vendor of the URL is
// confirmed. The import is a hint if the file creates no client for the SDK's own vendor.
func (f *file) redirect() {
	sdks := f.multiBackend()
	for _, id := range slices.Sorted(maps.Keys(sdks)) {
		s := sdks[id]
		if slices.ContainsFunc(s.vendors, f.callsDirectly) {
			continue
		}
		urls := f.otherURLs(s)
		if len(urls) == 0 || len(urls) > maxRedirects || s.names.Len() > maxNames {
			continue
		}
		c := construct.Of(f.name, f.data, s.names)
		for _, t := range urls {
			if c.RedirectedBy(search.URLStart(f.data, t.At)) {
				t.confidence, t.context = Confirmed, ""
			}
		}
		if !c.Any() || c.Others() {
			continue
		}
		for i := range f.found.hits {
			if t := &f.found.hits[i]; f.redirectable(t) && f.sdkOf(t) == id {
				t.demote(isUnused)
			}
		}
	}
}

// maxRedirects and maxNames are the numbers of URLs and names above which a file redirects nothing: looking would take too long.
const maxRedirects, maxNames = 100, 300

// otherURLs returns the hits that are URLs of other vendors than those of an SDK.
func (f *file) otherURLs(s *sdk) (out []*weighed) {
	for i := range f.found.hits {
		t := &f.found.hits[i]
		if t.Kind == search.HostName && !slices.Contains(s.vendors, t.Vendor) && t.Host != search.ScriptHost && (t.confidence >= Likely || t.context == asPage) && !f.named(t, s) {
			out = append(out, t)
		}
	}
	return out
}

// named reports whether the host of a URL has the name of an SDK's vendor as a label, as in posthog.acme.com: it passes calls on to that
// vendor, or is somebody's installation of its software.
func (f *file) named(t *weighed, s *sdk) bool {
	labels := strings.FieldsFunc(strings.ToLower(string(f.data[t.At:t.End])), func(r rune) bool { return r == '.' || r == '-' })
	return slices.ContainsFunc(s.vendors, func(vendor int) bool { return slices.Contains(labels, f.tree.c.ID(vendor)) })
}

// sdk is an SDK that a file imports: packages of one vendor, or of one Go module with packages for several vendors.
type sdk struct {
	vendors []int
	names   construct.Names
}

// multiBackend returns the imported SDKs that can call other vendors, or nil.
func (f *file) multiBackend() map[string]*sdk {
	var out map[string]*sdk
	for i := range f.found.hits {
		t := &f.found.hits[i]
		if !f.redirectable(t) {
			continue
		}
		if out == nil {
			out = map[string]*sdk{}
		}
		id := f.sdkOf(t)
		if out[id] == nil {
			out[id] = &sdk{}
		}
		out[id].vendors = append(out[id].vendors, t.Vendor)
		out[id].names.Add(path.Ext(f.name), f.data, t.At, t.End)
	}
	return out
}

func (f *file) redirectable(t *weighed) bool {
	return t.kind == KindImport && t.MultiBackend && t.confidence == Confirmed
}

// sdkOf identifies the SDK that an import belongs to.
func (f *file) sdkOf(t *weighed) string {
	const repository = 3 // host, owner and name
	if parts := strings.Split(string(f.data[t.At:t.End]), "/"); t.Ecosystem == "golang" && len(parts) >= repository {
		return strings.Join(parts[:repository], "/")
	}
	return f.tree.c.ID(t.Vendor)
}

// callsDirectly reports whether a file names the API host of a vendor.
func (f *file) callsDirectly(vendor int) bool {
	return slices.ContainsFunc(f.found.hits, func(t weighed) bool {
		return t.Vendor == vendor && t.kind == KindHost && t.confidence == Confirmed
	})
}
