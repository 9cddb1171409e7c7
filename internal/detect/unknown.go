package detect

import (
	"bytes"
	"slices"
	"strings"

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
	path := search.Path(f.data, h.End)
	start := search.URLStart(f.data, h.At)
	why := f.whyAPI(name, domain, path, start, h)
	if why == "" || document(path) || inPolicy(f.data, h.At) || prose(f.data, start, true, span) || f.disabled(h.At) || f.description {
		return
	}
	if reason := linked(f.data, start); reason != "" || image(path) {
		return
	}
	f.found.unknown = append(f.found.unknown, unknownHost{domain: domain, host: name, at: h.At, why: why})
}

// whyAPI returns the reason why a URL looks like an API; empty if it does not.
func (f *file) whyAPI(name, domain, path string, start int, h search.Hit) string {
	place := "URL in code"
	if !f.family.Code() {
		place = "URL in configuration"
	}
	documents := search.PageHost([]byte(name)) && !strings.HasPrefix(name, "www.")
	if segment := apiSegment(path); segment != "" && !documents {
		return place + ", `/" + segment + "` in its path"
	}
	if documents || name == domain && !h.Partial || strings.HasPrefix(name, "www.") {
		if f.isScript(h.At) {
			return "script of a page"
		}
		return ""
	}
	for label := range strings.SplitSeq(strings.TrimSuffix(name, domain), ".") {
		for word := range strings.SplitSeq(label, "-") {
			switch word {
			case "api", "apis", "rest", "graphql", "gateway", "hooks", "webhook", "webhooks", "ingest", "oauth", "auth", "collector", "collect", "rpc", "ws", "wss", "socket", "events", "telemetry", "login", "token", "sts", "identity", "sandbox", "services", "service":
				return place + ", `" + word + "` in its name"
			}
		}
	}
	if f.isScript(h.At) {
		return "script of a page"
	}
	if call := callOn(f.data, start); call != "" {
		return place + ", called by `" + call + "`"
	}
	if word := nameOn(f.data, start, "BASE_URL", "BASEURL", "API_URL", "APIURL", "ENDPOINT", "API_HOST", "APIHOST", "API_BASE", "BASE_URI", "BASEURI", "SERVER_URL", "WEBHOOK"); word != "" {
		return place + ", assigned to a name with `" + word + "`"
	}
	return ""
}

// callOn returns the library function that calls a URL on its line; empty if there is none.
func callOn(data []byte, start int) string {
	from, _ := search.Line(data, start)
	from += bytes.LastIndexByte(data[from:start], ';') + 1
	for _, call := range []string{"fetch(", "axios", "requests.", "http.Get", "http.Post", "http.NewRequest", "NewRequest", "HttpClient", "HTTPoison", "Req.", "Faraday", "HTTParty", "Net::HTTP", "URLSession", "Http::", "curl_init", "urlopen", "httpx", "got(", "$http", "$.get", "$.post", "$.ajax", "RestTemplate", "WebClient", "reqwest", "superagent", "ky."} {
		if i := bytes.Index(data[from:start], []byte(call)); i >= 0 && (from+i == 0 || !search.WordByte(data[from+i-1])) {
			return strings.Trim(call, "(.:")
		}
	}
	return ""
}

// nameOn returns the first of some words that the line has before a URL, such as in the name that it is assigned to.
func nameOn(data []byte, start int, words ...string) string {
	from, _ := search.Line(data, start)
	before := strings.ToUpper(string(data[from:start]))
	before = before[strings.LastIndexAny(before, ";,{}")+1:]
	for _, word := range words {
		if strings.Contains(before, word) {
			return strings.ToLower(word)
		}
	}
	return ""
}

// download reports whether a path is that of a file to download.
func download(path string) bool {
	return ends(path, ".zip", ".tar.gz", ".tgz", ".gz", ".xz", ".bz2", ".deb", ".rpm", ".dmg", ".exe", ".msi", ".jar", ".whl", ".sh", ".git", ".asc", ".gpg", ".apk", ".tar", ".pkg", ".appimage")
}

// document reports whether a path is that of a file that is not the answer of an API.
func document(path string) bool {
	return download(path) || ends(path, ".html", ".htm", ".md", ".xsd", ".dtd", ".xml", ".txt", ".css", ".rss", ".ics", ".pem", ".pdf", ".csv")
}

func ends(path string, endings ...string) bool {
	path, _, _ = strings.Cut(path, "?")
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(path, e) })
}

// isScript reports whether a URL is the source of a script in a page.
func (f *file) isScript(at int) bool {
	tag, attribute := tagOf(f.data, search.URLStart(f.data, at))
	return (tag == "script" || tag == "iframe") && attribute == "src"
}
