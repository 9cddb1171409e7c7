package detect

import (
	"bytes"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/vendorgate/vendorgate/internal/lexer"
)

// registrable is the domain that somebody has registered, or been given below a shared one. It is false for a name
// below no public suffix: an address, a name of a local network.
func registrable(name string) (string, bool) {
	suffix, official := publicsuffix.PublicSuffix(name)
	if !official && !strings.Contains(suffix, ".") {
		return "", false
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(name)
	return domain, err == nil
}

// hostName is the text of a hit in lower case.
func (f *file) hostName(h hostHit) string {
	return strings.Trim(strings.ToLower(string(f.data[h.at:h.end])), "-_")
}

// plausible tells that a host of no known vendor may be one at all. It needs no context.
func (f *file) plausible(h hostHit) bool {
	name := f.hostName(h)
	if labels := strings.Split(name, "."); len(labels) > 1 && reserved(labels[len(labels)-2]) {
		return false // without asking for the public suffix
	}
	domain, ok := registrable(name)
	return h.url && ok && webScheme(f.data, h) && !strings.Contains(domain, "_") && !placeholder(name) && !reserved(domain)
}

// stranger keeps a plausible host of no known vendor if something speaks for an API and nothing against it.
func (f *file) stranger(h hostHit, span lexer.Span) {
	if f.family.Code() && span.State != lexer.String {
		return
	}
	name := f.hostName(h)
	domain, _ := registrable(name)
	path := pathAt(f.data, h.end)
	start := urlStart(f.data, h.at)
	why := f.speaksForAPI(name, domain, path, start, h)
	if why == "" || download(path) || inPolicy(f.data, h.at) || prose(f.data, start, span) || f.disabled(h.at) || f.description {
		return
	}
	if reason := linked(f.data, start); reason != "" || image(path) {
		return
	}
	f.found.strangers = append(f.found.strangers, stranger{domain: domain, host: name, at: h.at, why: why})
}

// speaksForAPI says what makes a URL look like one that a program calls.
func (f *file) speaksForAPI(name, domain, path string, start int, h hostHit) string {
	place := "URL in code"
	if !f.family.Code() {
		place = "URL in configuration"
	}
	documents := docLike([]byte(name)) && !strings.HasPrefix(name, "www.")
	if segment := apiSegment(path); segment != "" && !documents {
		return place + ", `/" + segment + "` in its path"
	}
	if documents || name == domain && !h.partial || strings.HasPrefix(name, "www.") {
		if f.isScript(h.at) {
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
	if f.isScript(h.at) {
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

// callOn is what calls a URL on its line, in the usual libraries.
func callOn(data []byte, start int) string {
	from, _ := lineAround(data, start)
	from += bytes.LastIndexByte(data[from:start], ';') + 1
	for _, call := range []string{"fetch(", "axios", "requests.", "http.Get", "http.Post", "http.NewRequest", "NewRequest", "HttpClient", "HTTPoison", "Req.", "Faraday", "HTTParty", "Net::HTTP", "URLSession", "Http::", "curl_init", "urlopen", "httpx", "got(", "$http", "$.get", "$.post", "$.ajax", "RestTemplate", "WebClient", "reqwest", "superagent", "ky."} {
		if i := bytes.Index(data[from:start], []byte(call)); i >= 0 && (from+i == 0 || !wordByte(data[from+i-1])) {
			return strings.Trim(call, "(.:")
		}
	}
	return ""
}

// nameOn is a word in what stands before a URL on its line: the name that it is assigned to.
func nameOn(data []byte, start int, words ...string) string {
	from, _ := lineAround(data, start)
	before := strings.ToUpper(string(data[from:start]))
	before = before[strings.LastIndexAny(before, ";,{}")+1:]
	for _, word := range words {
		if strings.Contains(before, word) {
			return strings.ToLower(word)
		}
	}
	return ""
}

// webScheme tells that the URL of a host is one of http or websockets, or has no scheme of its own.
func webScheme(data []byte, h hostHit) bool {
	from, _ := lineAround(data, h.at)
	i := bytes.LastIndex(data[from:h.at], []byte("://"))
	if i < 0 {
		return false
	}
	scheme := data[max(from, from+i-5) : from+i]
	for _, ending := range []string{"http", "https", "ws", "wss"} {
		if bytes.HasSuffix(bytes.ToLower(scheme), []byte(ending)) {
			return true
		}
	}
	return false
}

// download tells that a path ends in a file that is fetched once.
func download(path string) bool {
	path, _, _ = strings.Cut(path, "?")
	for _, ending := range []string{".zip", ".tar.gz", ".tgz", ".gz", ".xz", ".bz2", ".deb", ".rpm", ".dmg", ".exe", ".msi", ".jar", ".whl", ".html", ".htm", ".md", ".xsd", ".dtd", ".xml", ".sh", ".txt", ".css", ".git", ".rss", ".ics", ".asc", ".gpg", ".pem", ".apk", ".pdf", ".csv"} {
		if strings.HasSuffix(path, ending) {
			return true
		}
	}
	return false
}

// reserved tells that a domain is one of standards, of code, of packages, of examples or of documentation: named in
// programs without being called by them. Domains of one name under many suffixes are told by the name.
func reserved(domain string) bool {
	name, _, _ := strings.Cut(domain, ".")
	switch name {
	case "npmjs", "pypi", "pythonhosted", "rubygems", "crates", "nuget", "packagist", "maven", "sonatype", "gradle", "hex", "hexdocs", "pub", "jitpack", "cocoapods",
		"golang", "goproxy", "yarnpkg", "unpkg", "debian", "ubuntu", "alpinelinux", "archlinux", "fedoraproject", "centos", "docker", "ghcr", "quay", "gcr",
		"git-scm", "github", "githubusercontent", "githubassets", "gitlab", "bitbucket", "sourceforge", "codeberg", "gitea", "launchpad", "githubapp",
		"w3", "ietf", "rfc-editor", "iana", "schema", "json-schema", "schemastore", "xmlsoap", "oasis-open", "openid", "purl", "dublincore", "ogp", "xmlns",
		"whatwg", "unicode", "iso", "ecma-international", "opengis", "openapis", "swagger", "asyncapi", "cyclonedx", "spdx", "slsa", "in-toto", "opencontainers",
		"apache", "mozilla", "gnu", "kernel", "linuxfoundation", "eclipse", "springframework", "jboss", "hibernate", "python", "ruby-lang", "rust-lang", "nodejs",
		"php", "typescriptlang", "reactjs", "react", "vuejs", "angular", "svelte", "nextjs", "laravel", "rubyonrails", "djangoproject", "symfony", "kotlinlang",
		"wikipedia", "wikimedia", "stackoverflow", "stackexchange", "medium", "example", "httpbin", "localhost", "test", "domain", "mysite", "foo", "bar", "site",
		"creativecommons", "opensource", "choosealicense", "contributor-covenant", "keepachangelog", "semver", "editorconfig", "eslint", "prettier", "babeljs":
		return true
	}
	return false
}
