package detect

import (
	"bytes"
	"cmp"
	"strings"

	"github.com/vendorgate/vendorgate/internal/around"
	"github.com/vendorgate/vendorgate/internal/lexer"
	"github.com/vendorgate/vendorgate/internal/search"
)

// keepUnknown keeps an unknown host if it looks like an API.
func (f *file) keepUnknown(h search.Hit, span lexer.Span) {
	if f.family.Code() && span.State != lexer.String {
		return
	}
	name := search.HostOf(f.data, h)
	domain, _ := search.Registrable(name)
	if f.ofOrigins(h) {
		f.found.own = append(f.found.own, unknownHost{domain: domain, host: name, at: h.At})
		return
	}
	if why := f.unknownAPI(h, span); why != "" {
		f.found.unknown = append(f.found.unknown, unknownHost{domain: domain, host: name, at: h.At, why: why})
	}
}

// listsHosts reports whether a file has the URLs of many hosts of no known vendor, as data.
func listsHosts(hits []search.Hit, data []byte) bool {
	const most = 30
	return distinct(hits, func(h search.Hit) (string, bool) {
		if h.Host != search.NoHost {
			return "", false
		}
		return search.HostOf(data, h), true
	}) > most
}

// listsProfiles reports whether a file has the URLs of several sites where people have pages of their own.
func listsProfiles(hits []search.Hit, data []byte) bool {
	const several = 5
	return len(hits) >= several && distinct(hits, func(h search.Hit) (string, bool) {
		if !h.URL {
			return "", false
		}
		name := search.HostOf(data, h)
		return name, around.Profiles(name)
	}) >= several
}

// isAnswer reports whether data has so many URLs of one vendor that it is an answer of its API.
func isAnswer(hits []search.Hit) bool {
	const many = 20
	urls := map[int]int{}
	for _, h := range hits {
		if h.Kind == search.HostName && h.URL && h.Host != search.NoHost {
			if urls[h.Vendor]++; urls[h.Vendor] == many {
				return true
			}
		}
	}
	return false
}

// unknownAPI returns the reason why a host that no record lists looks like an API; empty if it does not.
func (f *file) unknownAPI(h search.Hit, span lexer.Span) string {
	name, rest, start := search.HostOf(f.data, h), around.Path(f.data, h.End), search.URLStart(f.data, h.At)
	domain, _ := search.Registrable(name)
	if rest == "" || rest == "/" {
		rest = cmp.Or(around.JoinedPath(f.data, start), rest)
	}
	why := f.whyAPI(name, domain, rest, start, h)
	switch {
	case why == "", f.profiles && around.Profiles(name) && around.APISegment(rest) == "", f.family.Code() && span.State != lexer.String, f.ofOrigins(h), f.tree.c.Receives(rest), around.IsDocument(rest), around.Distribution(name), around.NamesSchemas(name), f.disabled(h.At), f.description:
		return ""
	case around.Download(f.data, h.At), around.InPolicy(f.data, h.At), around.Prose(f.data, start, true, span), f.family.Code() && span.Start < start && f.says(span.Start):
		return ""
	case f.family.Code() && around.Compared(f.data, start, h.End), around.Names(f.data, start, around.UseOf(f.data, start)):
		return ""
	case around.Printed(f.data, start), f.family.Code() && (around.Admitted(f.data, start) || around.Mocked(f.data, start, h.End)), around.PackageSource(f.name, f.data, h.At) && !f.besideCredential(start, h.End), around.Namespace(f.data, start):
		return ""
	}
	if reason := linked(f.data, start); (reason != "" || around.IsImage(rest)) && (reason != asAsset || !f.drawn(h, name, rest, span)) {
		return ""
	}
	return why
}

// says reports whether the string that starts at an offset is a text for people.
func (f *file) says(start int) bool {
	use := around.UseOf(f.data, start)
	return use.Form == around.Rendered && around.Says(use.Name)
}

// ofOrigins reports whether the line of a host is one that around.ForOrigins speaks of.
func (f *file) ofOrigins(h search.Hit) bool {
	from, to := search.Line(f.data, h.At)
	return around.ForOrigins(f.data[from:to])
}

// whyAPI returns the reason why a URL looks like an API; empty if it does not.
func (f *file) whyAPI(name, domain, path string, start int, h search.Hit) string {
	const shortest = 2 // a path
	place := "URL in code"
	if !f.family.Code() {
		place = "URL in configuration"
	}
	www := strings.HasPrefix(name, "www.")
	documents := search.PageHost([]byte(name)) && !www
	use := around.UseOf(f.data, start)
	if use.Form == around.Assigned && around.SetsTests(use.Name) {
		return ""
	}
	if segment := around.APISegment(path); segment != "" && !documents && !h.Target {
		if f.says(start) {
			return ""
		}
		return place + ", `/" + segment + "` in its path"
	}
	if h.Target {
		return f.whyTarget(use, name, domain, h, documents || www)
	}
	if (use.Form != around.Rendered || around.Picture(use.Name)) && !documents && around.AsksFor(path) && f.drawn(h, name, path, lexer.Span{State: lexer.String}) {
		return place + ", an image for data of the program"
	}
	page := around.PageSegment(path) && !strings.HasPrefix(path, "/search")
	switch {
	case use.Form == around.Rendered || page:
		return ""
	case use.Form == around.Called && (len(path) >= shortest || !www && (name != domain || around.Base(use.Name))):
		return place + ", called by `" + use.Name + "`"
	case use.Form == around.Assigned && !documents && !www && around.Strong(use.Name) && (h.Partial || name != domain || len(path) >= shortest || around.NamesAPI(use.Name) || around.Base(use.Name)):
		return place + ", assigned to `" + use.Name + "`"
	case use.Form == around.Assigned && !documents && !www && around.Locates(use.Name) && !around.NamedAfter(use.Name, name) && len(path) >= shortest:
		return place + ", assigned to `" + use.Name + "`"
	}
	if setting := around.Fallback(f.data, start); setting != "" && !documents && !www {
		return place + ", the default of `" + setting + "`"
	}
	if f.isScript(h.At) {
		if around.Library(path) {
			return ""
		}
		return "script of a page"
	}
	if documents || www {
		return ""
	}
	if word := around.APILabel(strings.TrimSuffix(name, domain)); word != "" {
		return place + ", `" + word + "` in its name"
	}
	if first, _, _ := strings.Cut(domain, "."); len(path) >= shortest && (strings.HasPrefix(first, "api") || strings.HasSuffix(first, "api")) {
		return place + ", `api` in its name"
	}
	if f.besideCredential(start, h.End) {
		return place + ", beside a credential"
	}
	return ""
}

// whyTarget returns the reason why a host outside of URLs is called: a function gets it, or it is the value of a name for an API, or of one
// for hosts and is itself called api, has the port of HTTPS or stands beside a credential.
func (f *file) whyTarget(use around.Use, name, domain string, h search.Hit, page bool) string {
	switch {
	case page:
		return ""
	case use.Form == around.Called:
		return "host called by `" + use.Name + "`"
	case use.Form == around.Assigned && around.NamesAPI(use.Name) && (name != domain || len(around.Words(use.Name)) > 1): // apis.read is a permission
		return "host assigned to `" + use.Name + "`"
	}
	if around.APILabel(strings.TrimSuffix(name, domain)) == "" && !bytes.HasPrefix(f.data[h.End:], []byte(":443")) {
		return ""
	}
	switch setting := around.Fallback(f.data, h.At); {
	case setting != "":
		return "host, the default of `" + setting + "`"
	case use.Form == around.Assigned && (around.Locates(use.Name) || around.Strong(use.Name)):
		return "host assigned to `" + use.Name + "`"
	}
	return ""
}

// besideCredential reports whether a credential goes with a URL: a user and password in it, or a name for one next to it.
func (f *file) besideCredential(start, end int) bool {
	if bytes.IndexByte(f.data[start:end], '@') > 0 {
		return true
	}
	from, to := search.Line(f.data, start)
	if to < len(f.data) {
		_, to = search.Line(f.data, to+1)
	}
	near := bytes.ToLower(f.data[from:to])
	for _, word := range []string{"secrets.", "authorization", "api_key", "apikey", "api-key", "access_key", "client_secret", "auth_token", "authtoken"} {
		if bytes.Contains(near, []byte(word)) {
			return true
		}
	}
	return bytes.Contains(near, []byte("username")) && bytes.Contains(near, []byte("password")) || !f.family.Code() && around.BesidePassword(f.data, start)
}

// isScript reports whether a URL is the source of a script in a page, or of one that code adds to it.
func (f *file) isScript(at int) bool {
	const reach = 600
	start := search.URLStart(f.data, at)
	if bytes.HasSuffix(bytes.TrimRight(f.data[:start], " \"'`="), []byte(".src")) { // of an element that code creates
		before := f.data[max(0, start-reach):start]
		made := bytes.LastIndex(before, []byte("reateElement("))
		return made >= 0 && (bytes.Contains(before[made:], []byte("script")) || bytes.Contains(before[made:], []byte(".async"))) // which has no other
	}
	if before := bytes.TrimRight(f.data[:start], " \"'`"); bytes.HasSuffix(bytes.TrimRight(before, " ,\"'"), []byte("script")) && bytes.HasSuffix(before, []byte(",")) {
		return true // (window, document, 'script', 'https://…')
	}
	tag, attribute := around.TagOf(f.data, start)
	return (tag == "script" || tag == "iframe") && attribute == "src"
}
