package around

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/search"
)

// Locates reports whether a name is one for the address of something that programs call, such as order_url or ORDER_HOST, and not only
// a word for any address, nor one for a page or the program itself.
func Locates(name string) bool {
	words := Words(name)
	return len(words) > 1 && slices.Contains([]string{"url", "uri", "host", "endpoint", "base"}, words[len(words)-1]) && !slices.ContainsFunc(words[:len(words)-1], forPeople)
}

// Default reports whether a name is one for the address that a program calls unless another is set: defaultAcmeURL, DEFAULT_HOST.
func Default(name string) bool { return Locates(name) && slices.Contains(Words(name), "default") }

// NamedAfter reports whether a name says whose the address is that it holds, and nothing else: spotify_url for open.spotify.com. In code that
// calls an API, its name speaks of one; this is more often the address of a page there.
func NamedAfter(name, host string) bool {
	words := Words(name)
	labels := strings.FieldsFunc(host, func(r rune) bool { return r == '.' || r == '-' })
	return !slices.ContainsFunc(words[:len(words)-1], func(word string) bool { return !slices.Contains(labels, word) })
}

// NamesItem reports whether a name is one for the address of a page about one item, such as build_url and commitUrl, which is filled in for
// people to follow.
func NamesItem(name string) bool {
	words := Words(name)
	if len(words) < 2 || words[len(words)-1] != "url" && words[len(words)-1] != "uri" {
		return false
	}
	switch words[len(words)-2] {
	case "build", "job", "run", "pipeline", "commit", "compare", "diff", "pull", "pr", "branch", "tree", "blob":
		return true
	}
	return false
}

// NamesAPI reports whether a name is one for the address of an API: API_URL, SHIP_API, apiHost, api_domain.
func NamesAPI(name string) bool {
	words := Words(name)
	switch words[len(words)-1] {
	case "apihost", "apiurl", "apibase", "apidomain":
		return true
	case "api", "url", "uri", "host", "hostname", "domain", "base", "endpoint", "server", "address", "gateway":
		return slices.Contains(words, "api") && !slices.ContainsFunc(words[:len(words)-1], forPeople)
	}
	return false
}

// forPeople reports whether a word of a name speaks of a page, of a file, or of where the program itself is.
func forPeople(word string) bool {
	switch word {
	case "home", "site", "page", "web", "app", "frontend", "front", "public", "canonical", "base", "root", "self", "own", "client", "domain", "local", "dev", "demo", "landing",
		"doc", "docs", "support", "status", "login", "signin", "signup", "logout", "profile", "contact", "privacy", "policy", "terms", "tos", "legal", "guideline", "guidelines", "eula", "imprint", "about", "blog", "cookie", "cookies", "disclaimer", "feedback", "newsletter", "faq", "forum", "chat", "discord", "guide", "tutorial", "info", "news", "report", "issue", "issues", "tracker", "donate", "sponsor", "membership", "member", "cta", "buy", "purchase", "pricing", "upgrade", "document", "documents", "file", "files", "invite", "share", "social",
		"build", "job", "run", "pipeline", "commit", "compare", "diff", "pull", "branch", "tree", "blob",
		"git", "repo", "project", "source", "release", "mirror", "download", "downloads", "dl", "install", "package", "maven", "archive", "clone", "scm", "vcs", "github",
		"img", "photo", "picture", "video", "media", "asset", "assets", "cdn", "static", "font", "banner", "cover", "preview", "schema", "ns", "namespace", "type",
		"review", "appstore", "callback", "return", "success", "cancel", "next", "referrer", "referer", "redirect", "external", "database", "db", "redis", "test", "backup":
		return true
	}
	return renders(word)
}

// fallback matches what stands before the default of a setting that ends in URL or HOST: a call that reads it, an alternative to its value, a
// typed field of a class with settings, or the tag of a field.
var fallback = regexp.MustCompile(`(?:(?i:env|environ|setting|settings|config|fetch|get|getenv|env_?str|env_?or)[.\w:]*[([]\s*["']([A-Z][A-Z0-9_]*_(?:URL|HOST))["']\]?\s*(?:,|\|\||\?\?|or|\?:)\s*(?:default\s*[=:]\s*)?` +
	`|(?i:env|environ)\.([A-Z][A-Z0-9_]*_(?:URL|HOST))\s*(?:\|\||\?\?)\s*` +
	`|(?i:env|environ|get|getenv)\w*\(\s*["']([A-Z][A-Z0-9_]*_(?:URL|HOST))["']\s*\)\s*(?:\|\||\?\?|or|\?:)\s*` +
	`|^\s*([A-Z][A-Z0-9_]*_(?:URL|HOST))\s*:\s*[A-Za-z][\w\[\]|. ]*=\s*(?:Field\((?:default=)?)?` +
	`|\b(?:env|envconfig|conf)\w*:"([A-Z][A-Z0-9_]*_(?:URL|HOST))[^"]*"\s+(?:\w+:"[^"]*"\s+)*(?:default|envDefault):)["'` + "`]$")

// Fallback returns the setting whose default is the URL at an offset; empty if there is none, or if the setting is for a page or the
// program's own address.
func Fallback(data []byte, start int) string {
	const longest = 300
	from, _ := search.Line(data, start)
	from = max(from, start-longest)
	if before := data[from:start]; !bytes.Contains(before, []byte("_URL")) && !bytes.Contains(before, []byte("_HOST")) {
		return "" // the usual case, quickly
	}
	m := fallback.FindSubmatch(data[from:start])
	if m == nil {
		return ""
	}
	name := string(bytes.Join(m[1:], nil))
	if !Locates(name) {
		return ""
	}
	return name
}

var joined = regexp.MustCompile("new URL\\(\\s*[\"'`](/[^\"'`\\s]*)[\"'`]\\s*,\\s*[\"'`]$")

// JoinedPath returns the path that code joins to the URL at an offset: new URL("/v1/x", "https://…"). It is empty if there is none.
func JoinedPath(data []byte, start int) string {
	const longest = 200
	m := joined.FindSubmatch(data[max(0, start-longest):start])
	if m == nil {
		return ""
	}
	return strings.ToLower(string(m[1]))
}

// Base reports whether a function or a field takes the address that all requests of a client start with.
func Base(name string) bool {
	switch strings.ToLower(name) {
	case "create", "new", "extend", "baseurl", "base_url", "base_uri", "baseuri", "setbaseurl", "withbaseurl", "set_base_url", "baseaddress", "feignclient", "registerrestclient":
		return true
	}
	return false
}

// Names reports whether a text with the form of a URL is the name of something and no address: the audience or a claim of a token, or a
// module that code imports.
func Names(data []byte, start int, use Use) bool {
	from, _ := search.Line(data, start)
	line := data[from:start]
	before := bytes.TrimRight(line, "\"'`")
	if len(before) == len(line) {
		return audience(use)
	}
	text := bytes.TrimSpace(before)
	for _, word := range []string{"import", "export"} {
		if bytes.HasPrefix(text, []byte(word+" ")) && bytes.HasSuffix(text, []byte(" from")) || string(text) == "import" || bytes.HasSuffix(text, []byte("} from")) {
			return true
		}
	}
	if indexed, ok := bytes.CutSuffix(before, []byte("[")); ok && len(indexed) > 0 && search.WordByte(indexed[len(indexed)-1]) {
		return true // token["https://…/roles"]
	}
	return audience(use)
}

func audience(use Use) bool {
	words := Words(use.Name)
	return use.Form == Assigned && (words[len(words)-1] == "audience" || words[len(words)-1] == "aud")
}

// BesidePassword reports whether keys for a user and a password are beside the key of the URL at an offset, in the lines around it and as
// far to the right.
func BesidePassword(data []byte, start int) bool {
	const reach = 3 // lines
	from, to := search.Line(data, start)
	depth := indent(data[from:to])
	low, high := from, to
	for range reach {
		low, _ = search.Line(data, max(0, low-1))
		_, high = search.Line(data, min(len(data), high+1))
	}
	user, password := false, false
	for line := range bytes.Lines(data[low:high]) {
		if indent(line) != depth {
			continue
		}
		key, _, ok := bytes.Cut(bytes.TrimLeft(bytes.ToLower(line), " \t-\""), []byte(":"))
		user = user || ok && bytes.HasPrefix(key, []byte("user"))
		password = password || ok && bytes.HasPrefix(key, []byte("password"))
	}
	return user && password
}

// indent returns how far to the right the first key of a line is, after the sign of a list.
func indent(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " \t-")) }

// APILabel returns the word in the labels below a domain that speaks of an API; empty if there is none.
func APILabel(labels string) string {
	for word := range strings.FieldsFuncSeq(labels, func(r rune) bool { return r == '.' || r == '-' }) {
		switch bare := strings.TrimRight(word, "0123456789"); bare {
		case "api", "apis", "rest", "graphql", "gateway", "hooks", "webhook", "webhooks", "ingest", "oauth", "auth", "collector", "collect", "rpc", "ws", "wss", "socket", "events", "telemetry", "login", "token", "sts", "identity", "sandbox", "services", "service":
			return word
		default:
			if strings.HasSuffix(bare, "api") || strings.HasPrefix(bare, "api") {
				return word
			}
		}
	}
	return ""
}

// AdmitsOrigins reports whether the line of an offset lists hosts from which pages may call the program.
func AdmitsOrigins(data []byte, at int) bool {
	from, to := search.Line(data, at)
	return admitsOrigins(data[from:to])
}

func admitsOrigins(line []byte) bool {
	lower := bytes.ToLower(line)
	for _, word := range []string{"allowed_origin", "allowedorigin", "allowed_host", "allowedhost", "trusted_origin", "trustedorigin", "cors_origin", "corsorigin", "allow-origin", "origins", "@crossorigin"} {
		if bytes.Contains(lower, []byte(word)) {
			return true
		}
	}
	return false
}

// ForOrigins reports whether a line lists hosts that may call the program, or where it sends people back to, which are its owner's.
func ForOrigins(line []byte) bool {
	lower := bytes.ToLower(line)
	for _, word := range []string{"callback_url", "callbackurl", "redirect_ur", "redirectur", "return_url", "returnurl"} {
		if bytes.Contains(lower, []byte(word)) {
			return true
		}
	}
	return admitsOrigins(line) || (bytes.Contains(lower, []byte("_url")) || bytes.Contains(lower, []byte("_location"))) && ofSite.Match(lower)
}

// ofSite matches a setting for the address at which people find the program itself.
var ofSite = regexp.MustCompile(`(?:^|[^a-z0-9_])(?:next_public_|vite_)?(?:home_location|home_url|site_url|app_url|frontend_url|website_url|web_app_url)["']?\s*[:=]`)
