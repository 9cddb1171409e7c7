package detect

import (
	"bytes"
	"path"
	"strings"

	"github.com/vendorgate/vendorgate/internal/lexer"
)

// weighHost judges a host of a known vendor. It is false for a name in code that is no host: a property, a package.
func (f *file) weighHost(t *trace, span lexer.Span) bool {
	name := strings.ToLower(string(f.data[t.at:t.end]))
	h := t.host
	if !h.url && (reversed(name) || interpolated(f.data, t.at) || f.modulePath(t.at) || f.class == "" && f.family.Code() && span.State == lexer.Code) {
		return false
	}
	path := pathAt(f.data, t.end)
	api := apiSegment(path) != "" && !docLike([]byte(name))
	if owner, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/"); api && codeHost(name) && !strings.Contains(path, "/oauth") {
		api = apiSegment("/"+owner) != "" // the rest are names of repositories
	}
	script := h.url && f.isScript(h.at)
	t.confidence = Confirmed
	switch {
	case h.strength == apiHost:
	case h.strength == scriptHost, h.strength == pathHost && script:
		t.kind = KindScript
	case h.strength == pathHost && api:
	case h.strength == pathHost && f.called(h, path):
		t.confidence = Likely
	case h.strength == brandHost && sharedBelow(name):
		t.kind = KindPage
		t.lower(asShared)
		if f.class == "" && span.State != lexer.Comment && f.plausible(h) {
			f.stranger(h, span)
		}
	case h.strength == brandHost && (api || script):
		t.kind, t.confidence = KindPage, Likely
	default:
		t.kind = KindPage
		t.lower(asPage)
	}
	if reason := f.lowering(h, name, path, span); reason != "" {
		t.lower(reason)
	}
	return true
}

// codeHost tells that the paths of a host begin with the names of owners and repositories.
func codeHost(name string) bool {
	switch strings.TrimPrefix(name, "www.") {
	case "github.com", "ghcr.io", "raw.githubusercontent.com", "gist.githubusercontent.com", "gitlab.com", "bitbucket.org", "codeberg.org", "huggingface.co", "sourceforge.net":
		return true
	}
	return false
}

// modulePath tells that a name begins the path of a Go module: in go.mod, or on a line of an import, which ends with the
// string where a value would go on.
func (f *file) modulePath(at int) bool {
	switch base := path.Base(f.name); {
	case base == "go.mod", base == "go.work":
		return true
	case path.Ext(base) != ".go":
		return false
	}
	from, to := lineAround(f.data, at)
	before := f.data[from:at]
	after, rest, _ := bytes.Cut(bytes.TrimRight(f.data[at:to], " \t\r"), []byte(`"`))
	return bytes.HasSuffix(before, []byte(`"`)) && bytes.IndexByte(after, '/') > 0 && !bytes.ContainsAny(before, "=(,:{") &&
		(len(rest) == 0 || bytes.HasPrefix(bytes.TrimLeft(rest, " \t"), []byte("//")))
}

// isScript tells that a URL is the source of a script in a page.
func (f *file) isScript(at int) bool {
	tag, attribute := tagOf(f.data, urlStart(f.data, at))
	return (tag == "script" || tag == "iframe") && attribute == "src"
}

// called tells that a program calls a URL: it has a path that is none of pages, and its line calls or names it.
func (f *file) called(h hostHit, path string) bool {
	if !h.url || len(path) < 2 || pageSegment(path) || codeHost(f.hostName(h)) {
		return false
	}
	start := urlStart(f.data, h.at)
	return callOn(f.data, start) != "" || nameOn(f.data, start, "URL", "ENDPOINT", "API", "URI") != ""
}

// lowering says why a host counts for less where it stands.
func (f *file) lowering(h hostHit, name, path string, span lexer.Span) string {
	start := h.at
	if h.url || h.partial {
		start = urlStart(f.data, h.at)
	}
	switch {
	case f.class != "":
		return f.class
	case span.State == lexer.Comment:
		return inComment
	case f.family.Code() && span.State == lexer.Code: // the text of a page in JSX
		return inText
	case placeholder(name), sample(f.data, h.at, path):
		return isPlaceholder
	case image(path):
		return asAsset
	case !h.url && containerImage(f.data, h.at, h.end):
		return asImage
	case f.family == lexer.HTML && pageText(f.name, f.data, start):
		return inText
	case f.table && !h.url:
		return inTable
	case f.description:
		return inDescription
	case inPolicy(f.data, h.at):
		return inCSP
	case f.disabled(h.at):
		return isDisabled
	case prose(f.data, start, span), f.inBlockText(start):
		return inText
	case f.family.Code() && compared(f.data, start, h.end):
		return isCompared
	case h.strength == apiHost && pageOfAPI(path):
		return asPage
	}
	return linked(f.data, start)
}

// isTable tells that a file is a list of names: many of them, and little else.
func (f *file) isTable() bool {
	const many, dense, vendors = 30, 200, 8
	if f.names > many && f.names*dense > len(f.data) {
		return true
	}
	seen := map[int]bool{}
	for _, h := range f.hits {
		if h.strength != noHost && !h.url {
			seen[h.vendor] = true
		}
	}
	return len(seen) >= vendors
}

// weighEnv judges the name of a variable.
func (f *file) weighEnv(t *trace, span lexer.Span) {
	before := f.data[max(0, t.at-60):t.at]
	before = before[bytes.LastIndexByte(before, '\n')+1:]
	switch {
	case f.class != "":
		t.lower(f.class)
	case span.State == lexer.Comment:
		t.lower(inComment)
	case isWorkflow(f.name) && bytes.HasSuffix(before, []byte("secrets.")):
		t.kind, t.confidence = KindSecret, Likely
	case f.family.Code() && (readsEnv(before) || f.destructured(t.end)),
		f.family == lexer.HTML && readsEnv(before), // scripts in pages
		!f.family.Code() && f.expandsEnv(before),
		f.family == lexer.Shell && f.shellReads(before, t.end):
		if t.confidence = Likely; f.disabled(t.at) {
			t.lower(isDisabled)
		}
	default:
		t.lower(isNameOnly)
	}
}

// readsEnv tells that what stands before a name reads the environment: process.env.X, ENV["X"], os.environ.get('X'),
// getenv("X"), env('X'), System.get_env("X"), env::var("X"), Environment.GetEnvironmentVariable("X"), ${env:X}.
func readsEnv(before []byte) bool {
	text := strings.ToLower(string(before))
	text = strings.TrimRight(text, "\"'`")
	text = strings.TrimRight(text, " \t")
	trimmed := strings.TrimRight(text, "([{.:$= ")
	if trimmed == text {
		return false
	}
	i := len(trimmed)
	for i > 0 && (byteClass[trimmed[i-1]]&hostByte != 0 || strings.IndexByte(".:!?", trimmed[i-1]) >= 0) {
		i--
	}
	for word := range strings.FieldsFuncSeq(trimmed[i:], func(r rune) bool { return strings.ContainsRune(".:!?_", r) }) {
		switch word {
		case "env", "getenv", "environ", "lookupenv", "environment", "getenvironmentvariable", "fetchenv", "mustgetenv", "requireenv", "dotenv", "fromenvironment", "envs":
			return true
		}
	}
	return false
}

// expandsEnv tells that a file of settings takes a value from the environment: ${env:X}, %env(X)%, and ${X} in the
// settings of Spring.
func (f *file) expandsEnv(before []byte) bool {
	if bytes.HasSuffix(before, []byte("${env:")) || bytes.HasSuffix(before, []byte("%env(")) || bytes.HasSuffix(before, []byte("${env.")) {
		return true
	}
	base := path.Base(f.name)
	return bytes.HasSuffix(before, []byte("${")) && (strings.HasPrefix(base, "application") || strings.HasPrefix(base, "bootstrap"))
}

// destructured tells that a name is taken out of the environment at the end of its statement:
// const { X, Y } = process.env.
func (f *file) destructured(end int) bool {
	const reach = 300
	rest := f.data[end:min(len(f.data), end+reach)]
	i := bytes.IndexByte(rest, '}')
	if i < 0 || bytes.ContainsAny(rest[:i], ";(") {
		return false
	}
	after := strings.TrimLeft(string(rest[i+1:]), " ")
	value := strings.TrimLeft(strings.TrimPrefix(after, "="), " ")
	return value != after && (strings.HasPrefix(value, "process.env") || strings.HasPrefix(value, "import.meta.env") || strings.HasPrefix(value, "Deno.env"))
}

// shellReads tells that a script reads a variable, or that a file of variables gives it a value.
func (f *file) shellReads(before []byte, end int) bool {
	if bytes.HasSuffix(before, []byte("$")) || bytes.HasSuffix(before, []byte("${")) || bytes.HasSuffix(before, []byte("$env:")) {
		return true
	}
	if !strings.HasPrefix(path.Base(f.name), ".env") || end >= len(f.data) || f.data[end] != '=' {
		return false
	}
	_, to := lineAround(f.data, end)
	value := strings.ToLower(strings.Trim(string(f.data[end+1:to]), " \t\r\"'"))
	return value != "" && !placeholder(value) && !strings.HasPrefix(value, "<") && !strings.HasPrefix(value, "#") && !strings.Contains(value, "xxx")
}
