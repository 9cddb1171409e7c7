package around

import (
	"regexp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/search"
)

// Form is what a text does with a URL or host.
type Form int8

// The forms.
const (
	Other    Form = iota
	Called        // the argument of a function or command that sends requests
	Assigned      // the value of a name for addresses, such as endpoint or api_base
	Rendered      // shown to people, or raised as a message
)

// Use is the form of a value, with the name that decides it: that of the function, or that of the variable, key or argument.
type Use struct {
	Form Form
	Name string
}

// UseOf returns the form of the value that starts at an offset, with or without a quote before it. It follows names from right to
// left, as in requests.get(urljoin("https://…")) and os.environ.get("ACME_URL", "https://…").
func UseOf(data []byte, start int) Use {
	// deepest is how many calls around calls count.
	const deepest = 3
	if before := data[max(0, start-len("{t`")):start]; string(before) == "{t`" || string(before) == "(t`" || string(before) == " t`" { // a text that is translated
		return Use{Rendered, "message"}
	}
	if opened := OpenedBy(data, start); opened != "" {
		return Use{Rendered, opened}
	}
	use := useOf(data, start, deepest)
	if use.Form == Called || use.Form == Rendered || use.Form == Assigned && Strong(use.Name) {
		return use
	}
	if use.Form == Assigned { // $.ajax({url: "https://…"})
		if around := callAround(data, start, deepest); around.Form == Called {
			return around
		}
	}
	if called := passedOn(data, start); called != "" {
		return Use{Called, called}
	}
	return use
}

func useOf(data []byte, start, deeper int) Use {
	const reach, most = 400, 6
	from := max(0, start-reach)
	rest := withoutType(withoutPrefix(string(data[from:start])))
	if command := commandIn(rest[strings.LastIndexByte(rest, '\n')+1:]); command != "" {
		return Use{Called, command}
	}
	passed := false // a name that only says what the value is
	for range most {
		name, joint, before := lastName(withoutGeneric(rest))
		if name == "" {
			return Use{}
		}
		call := strings.HasSuffix(joint, "(") || strings.HasSuffix(joint, "<")
		words := Words(name)
		last := words[len(words)-1]
		switch {
		case renders(last), localised(name, words):
			return Use{Rendered, name}
		case (call || joint == "") && sends(name, last, before): // get "https://…" in Ruby has no bracket
			return Use{Called, name}
		case call && sets(words):
			return Use{Assigned, name}
		case call && !wraps(last) && !reads(last):
			return Use{}
		case call && wraps(last): // Uri.parse("https://…")
			before = withoutReceiver(before)
		case !call && name == "new" && joint == "":
		case !call && name == "do": // def base_url(x), do: "https://…"
			before = strings.TrimRight(before, " ,")
			if open := strings.LastIndexByte(before, '('); strings.HasSuffix(before, ")") && open > 0 {
				before = before[:open]
			}
		case !call && name == "return" && joint == "":
			if function := returnedBy(before); isAddress(Words(function)) && Strong(function) {
				return Use{Assigned, function}
			}
			return Use{}
		case !call && (joint != "" || passed || strings.HasSuffix(before, "@") || strings.HasSuffix(before, "def ") && Strong(name)) && isAddress(words): // @endpoint "https://…" in Elixir has no sign
			return Use{Assigned, name}
		case !call && strings.Contains(joint, ","):
			return callAround(data, start, deeper)
		case !call && (joint == "" || !passes(last)):
			return Use{}
		}
		rest, passed = before, true
	}
	return Use{}
}

// returning matches the start of a function, or of a computed property, up to what it returns.
var returning = regexp.MustCompile(`(?:\b(?:func|fun|fn|def|function|get|static|public|private|protected|internal|override|async)\b[^\n(){]*|[ \t.])\b(\w+)\s*(?:\([^()\n]*\)[^\n(){;=]*|:\s*[A-Z]\w*\s*)[{:]\s*$`)

// returnedBy returns the name of the function that returns, as its first statement, the value after a text; empty if none does.
func returnedBy(before string) string {
	m := returning.FindStringSubmatch(before)
	if m == nil {
		return ""
	}
	return m[1]
}

// made returns the class of an object that is made with the address of what it stands for; empty if it is another object or a call:
// new RateSource("x", "https://…"), and RateSource => new("x", "https://…").
func made(data []byte, e Enclosure) string {
	const reach = 100
	before := strings.TrimRight(string(data[max(0, e.At-reach):e.At]), " ")
	class := e.Chain[len(e.Chain)-1]
	if class == "new" { // of the type before the name that it is given
		_, _, before = lastName(strings.TrimRight(before, "=> "))
		class, _, _ = lastName(before)
	} else if !strings.HasSuffix(before, "new") {
		return ""
	}
	words := Words(class)
	if len(words) < 2 || !slices.ContainsFunc(words, func(word string) bool {
		return word == "service" || word == "source" || word == "endpoint" || word == "provider" || word == "api"
	}) {
		return ""
	}
	return class
}

// withoutReceiver removes the names before a dot at the end of a text.
func withoutReceiver(text string) string {
	for strings.HasSuffix(text, ".") || strings.HasSuffix(text, "::") {
		text = strings.TrimRight(text, ".:")
		for text != "" && search.NameByte(text[len(text)-1]) {
			text = text[:len(text)-1]
		}
	}
	return text
}

// withoutGeneric removes the type between a function and its bracket at the end of a text: http.get<User[]>("https://…").
func withoutGeneric(text string) string {
	const longest = 80
	bare := strings.TrimRight(text, "\"'` \t\r\n")
	open := strings.LastIndexByte(bare, '<')
	if !strings.HasSuffix(bare, ">(") || open < 0 || len(bare)-open > longest || strings.ContainsAny(bare[open:len(bare)-1], "(;") {
		return text
	}
	return bare[:open] + "("
}

// withoutPrefix removes the letters that say what kind of string follows, as in Python's f"…" and Scala's s"…".
func withoutPrefix(text string) string {
	bare := strings.TrimRight(text, "\"'")
	kind := strings.TrimRight(bare, "fFrRbBuUs")
	if n := len(bare) - len(kind); len(bare) == len(text) || n == 0 || n > 2 || kind != "" && search.NameByte(kind[len(kind)-1]) {
		return text
	}
	return kind + text[len(bare):]
}

// callAround returns the form of a value that is not the first argument of a call.
func callAround(data []byte, start, deeper int) Use {
	for _, e := range Enclosing(data, start) {
		if len(e.Chain) == 0 {
			continue
		}
		name := e.Chain[len(e.Chain)-1]
		words := Words(name)
		switch last := words[len(words)-1]; {
		case sends(name, last, strings.Join(e.Chain[:len(e.Chain)-1], ".")+"."):
			return Use{Called, name}
		case renders(last), renders(words[0]): // link_to
			return Use{Rendered, name}
		case deeper > 0 && (reads(last) || wraps(last)):
			return useOf(data, e.At, deeper-1)
		}
		if class := made(data, e); class != "" {
			return Use{Called, class}
		}
		return Use{}
	}
	return Use{}
}

// lastName returns the last name of a text, what joins it to what follows, without quotes and blanks, and the text before it. A joint
// has no other text in it.
func lastName(text string) (name, joint, before string) {
	end := len(text)
	for end > 0 && (!search.NameByte(text[end-1]) || text[end-1] == '-' && (end == 1 || !search.NameByte(text[end-2]))) {
		if text[end-1] != '-' && strings.IndexByte(" \t\r\n\"'`=:,({[<>?|$@.+&!\\", text[end-1]) < 0 {
			return "", "", ""
		}
		end--
	}
	from := end
	for from > 0 && search.NameByte(text[from-1]) {
		from--
	}
	joint = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\n\"'`\\$@&", r) {
			return -1
		}
		return r
	}, text[end:])
	return text[from:end], joint, text[:from]
}

// Words returns the words of a name in lower case: api and base of apiBase, API_BASE and api-base.
func Words(name string) (words []string) {
	from := 0
	for i := 1; i <= len(name); i++ {
		cut := i == len(name) || name[i] == '_' || name[i] == '-' || name[i-1] == '_' || name[i-1] == '-' ||
			upper(name[i]) && !upper(name[i-1]) || upper(name[i]) && i+1 < len(name) && lower(name[i+1]) && upper(name[i-1])
		if !cut {
			continue
		}
		if word := strings.Trim(name[from:i], "_-"); word != "" {
			words = append(words, strings.ToLower(word))
		}
		from = i
	}
	if len(words) == 0 {
		return []string{""}
	}
	return words
}

func upper(c byte) bool { return 'A' <= c && c <= 'Z' }
func lower(c byte) bool { return 'a' <= c && c <= 'z' }

// sends reports whether a function of this name sends requests. before is the text before the name, where its receiver stands.
func sends(name, last, before string) bool {
	switch strings.ToLower(name) {
	case "fetch", "axios", "ky", "got", "ofetch", "urlopen", "urlretrieve", "httpget", "httppost", "curl_init", "file_get_contents", "fopen", "fsockopen", "getjson", "sendbeacon",
		"newrequest", "newrequestwithcontext", "eventsource", "websocket", "importscripts", "grpcdial", "dialcontext", "secure_channel", "xmlhttprequest", "httprequest", "http_request", "usefetch", "usedata", "getforentity", "getforobject",
		"postforentity", "postforobject", "postform", "getstringasync", "getstreamasync", "getbytearrayasync", "getasync", "postasync", "putasync", "sendasync", "getfromjsonasync", "postasjsonasync", "post_form", "postjson", "read_json", "read_html", "setuphttp", "httpuriget", "loadscript":
		return true
	case "baseurl", "setbaseurl", "withbaseurl", "base_url", "set_base_url", "base_uri", "baseuri", "rooturl", "withendpoint", "setendpoint", "wp_remote_get", "wp_remote_post", "wp_remote_request", "wp_safe_remote_get", "curl_setopt", "ajax",
		"feignclient", "registerrestclient", "useswr", "httprequestmessage", "httplink", "createhttplink", "batchhttplink", "createclient":
		return true
	}
	switch last {
	case "client":
		return true // creates one
	case "connection": // HTTPSConnection
		return strings.HasPrefix(strings.ToLower(name), "http")
	case "create", "new", "builder", "extend", "build", "url":
		return buildsClient(before)
	case "get", "post", "put", "patch", "delete", "head", "request", "dial", "connect", "open", "ajax", "send", "retrieve", "fetch", "exchange", "execute", "post!", "get!":
	default:
		return false
	}
	receiver := before
	if i := len(strings.TrimRight(receiver, ".:>-?!")); i < len(receiver) {
		receiver = receiver[:i]
	} else {
		return false
	}
	from := len(receiver)
	for from > 0 && (search.NameByte(receiver[from-1]) || strings.IndexByte("._:)(", receiver[from-1]) >= 0) {
		from--
	}
	receiver = strings.ToLower(receiver[from:])
	for _, word := range []string{"http", "request", "axios", "client", "session", "faraday", "rest", "api", "conn", "req", "agent", "got", "ky", "urllib", "url", "uri", "$", "net", "ws", "websocket", "grpc", "fetch", "curl", "guzzle", "unirest", "okhttp", "tesla", "finch", "needle", "web", "browser"} {
		if strings.Contains(receiver, word) {
			return true
		}
	}
	return strings.HasSuffix(before, "$.")
}

// buildsClient reports whether a function creates a client, or a request, for an address: WebClient.create, Faraday.new, Request.Builder().url.
func buildsClient(before string) bool {
	receiver := strings.TrimRight(before, " \t\r\n")
	if len(strings.TrimRight(receiver, ".:?!")) == len(receiver) {
		return false
	}
	from := strings.LastIndexAny(receiver, " \t\n=,;{[") + 1
	receiver = strings.ToLower(receiver[from:])
	for _, word := range []string{"client", "faraday", "retrofit", "axios", "httparty", "excon", "finch", "request", "http"} {
		if strings.Contains(receiver, word) {
			return true
		}
	}
	return false
}

// sets reports whether a function gives an address to what it belongs to, as in builder.withApiUrl("https://…").
func sets(words []string) bool {
	return len(words) > 2 && (words[0] == "with" || words[0] == "set") && isAddress(words[1:])
}

// renders reports whether the last word of a name is one for what people see or read.
func renders(word string) bool {
	switch word {
	case "href", "link", "links", "anchor", "homepage", "website", "docs", "documentation", "help", "description", "desc", "title", "message", "msg", "text", "label", "placeholder", "tooltip", "hint", "error", "errorf",
		"exception", "print", "printf", "println", "puts", "log", "logger", "info", "warn", "warning", "debug", "render", "markdown", "logo", "icon", "image", "avatar", "thumbnail", "blog", "learn", "readme",
		"changelog", "license", "terms", "privacy", "visit", "more", "goto", "redirect", "see", "caption", "content", "body", "html", "example", "examples", "comment", "footer", "copyright", "author", "repository", "bugs":
		return true
	}
	return false
}

// wraps reports whether a function only converts or joins addresses.
func wraps(word string) bool {
	switch word {
	case "url", "uri", "parse", "create", "string", "format", "sprintf", "join", "urljoin", "of", "some", "just", "ptr", "pointer", "must", "raw", "value", "concat", "strip", "rstrip", "trim", "path", "resolve", "template", "interpolate", "freeze":
		return true
	}
	return false
}

// localised reports whether a name is one for a text in the language of a person: placeholderString, NSLocalizedString.
func localised(name string, words []string) bool {
	return name == "NSLocalizedString" || slices.Contains(words, "placeholder")
}

// Says reports whether a value of a name is a text for people, whatever address it starts with.
func Says(name string) bool {
	words := Words(name)
	if localised(name, words) {
		return true
	}
	switch words[len(words)-1] {
	case "placeholder", "label", "tooltip", "hint", "title", "description", "desc", "message", "msg", "caption", "error", "errorf", "exception", "print", "printf", "println", "puts", "log", "logger",
		"info", "warn", "warning", "debug", "example", "examples", "help":
		return true
	}
	return false
}

// reads reports whether a function reads a setting, so that its other argument is a default.
func reads(word string) bool {
	switch word {
	case "get", "getenv", "env", "environ", "fetch", "config", "option", "setting", "settings", "default", "value", "or", "coalesce", "field", "str", "property", "lookup", "cmp", "variable", "ref", "secret":
		return true
	}
	return false
}

// passes reports whether a name between another one and its value only says what the value is: name: String = "…".
func passes(word string) bool {
	switch word {
	case "default", "value", "fallback", "string", "str", "text", "else", "or", "url", "uri", "final", "const", "any", "optional", "static", "https", "http", "prod", "production", "sandbox", "live", "staging", "test", "eu", "us", "name":
		return true
	}
	return false
}

// isAddress reports whether the words of a name say that its value is an address that programs use.
func isAddress(words []string) bool {
	for i, word := range words {
		if renders(word) || word == "img" || word == "docs" || word == "page" || word == "photo" || word == "download" || word == "source" && i+1 < len(words) {
			return false
		}
	}
	last := words[len(words)-1]
	if len(words) > 1 && (last == "default" || last == "prod" || last == "production" || last == "sandbox" || last == "live" || last == "test" || last == "v1" || last == "v2" || last == "name" || last == "prefix" || last == "path") {
		last = words[len(words)-2]
	}
	if slices.Contains([]string{
		"url", "urls", "uri", "uris", "host", "hosts", "hostname", "endpoint", "endpoints", "base", "domain", "issuer", "authority", "api", "apis", "server", "servers", "origin", "baseurl", "baseuri", "apiurl", "apibase", "apihost",
		"rooturl", "webhook", "webhooks", "gateway", "audience", "authorize", "addr", "address", "root", "proxy", "upstream", "target", "registry", "tokenurl", "authurl", "serverurl", "endpointurl", "wsdl",
	}, last) {
		return true
	}
	for _, ending := range []string{"url", "uri", "endpoint", "apibase", "baseurl"} { // names in lower case without joints
		if strings.HasSuffix(last, ending) && len(words) == 1 {
			return true
		}
	}
	return false
}

// Strong reports whether a name speaks of an API and not only of an address.
func Strong(name string) bool {
	return slices.ContainsFunc(Words(name), func(word string) bool {
		switch word {
		case "api", "apis", "endpoint", "endpoints", "issuer", "authority", "authorize", "auth", "oauth", "token", "webhook", "webhooks", "gateway", "audience", "rest", "graphql", "apibase", "apihost", "apiurl", "smtp", "imap", "base", "baseurl", "baseuri", "server", "verify", "service", "prefix":
			return true
		}
		return strings.HasSuffix(word, "serverurl") || strings.HasSuffix(word, "apiurl") || strings.HasSuffix(word, "webhookurl")
	})
}
