package detect

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/around"
	"github.com/vendorgate/vendorgate/internal/lexer"
	"github.com/vendorgate/vendorgate/internal/search"
)

// weighEnv weighs the name of a variable.
func (f *file) weighEnv(t *weighed, span lexer.Span) {
	t.kind = KindEnv
	t.elsewhere = f.class == "" && span.State != lexer.Comment && (f.namesOther(t) || f.storesElsewhere(t))
	before := f.data[max(0, t.At-60):t.At]
	before = before[bytes.LastIndexByte(before, '\n')+1:]
	switch {
	case f.class != "":
		t.demote(f.class)
	case span.State == lexer.Comment:
		t.demote(inComment)
	case f.tree.c.Registry(t.Vendor) && !f.family.Code(): // to publish or fetch packages
		t.demote(asRegistry)
	case !f.family.Code() && (around.ToldByPlatform(string(f.data[t.At:t.End])) || around.Titled(f.data, t.At, t.End)):
		t.demote(isNameOnly)
	case search.IsWorkflow(f.name) && around.PlatformToken(f.data, t.At, t.End):
		t.demote(asPlatform)
	case !f.family.Code() && around.Dummy(f.data, t.End), f.family == lexer.YAML && around.Unset(f.name, f.data, t.End), search.IsWorkflow(f.name) && f.forTests(t):
		t.demote(isPlaceholder)
	case search.IsWorkflow(f.name) && bytes.HasSuffix(before, []byte("secrets.")):
		t.kind, t.confidence = KindSecret, Likely
	case t.Read && (span.State != lexer.String || !f.family.Code()):
		t.confidence = Likely
	case f.family.Code() && (around.ReadsEnv(before) || around.Destructured(f.data, t.End)),
		(f.family == lexer.HTML || around.Notebook(f.name)) && around.ReadsEnv(before), // scripts in pages, cells
		!f.family.Code() && around.ExpandsEnv(path.Base(f.name), before),
		(f.family == lexer.Shell || strings.HasSuffix(path.Base(f.name), "gitlab-ci.yml")) && f.shellReads(before, t.End):
		if t.confidence = Likely; f.disabled(t.At) {
			t.demote(isDisabled)
		}
	case f.family.Code() && span.State != lexer.Comment && (f.readsSetting(t.At, t.End, span) || around.Requests(f.data, t.At, t.End)), !f.family.Code() && f.setsEnv(t.At, t.End):
		if t.confidence = Likely; f.disabled(t.At) {
			t.demote(isDisabled)
		}
	default:
		t.demote(isNameOnly)
	}
}

// forTests reports whether a workflow gives a short value to the name of a secret, which it would not do with one that is valid.
func (f *file) forTests(t *weighed) bool {
	const longest = 15
	value := around.Value(f.data, t.End)
	name := strings.ToUpper(string(f.data[t.At:t.End]))
	return search.Secret(name) && !strings.Contains(name, "PUBLI") && !strings.Contains(name, "DSN") && value != "" && len(value) <= longest && !strings.ContainsAny(value, "$|>{")
}

// namesOther reports whether the name of an address begins with a word that anyone may use and has a value on another domain, so that
// names like it belong to another service: SEGMENT_API_URL = env("SEGMENT_API_URL", default="https://api.segmentcrm.example").
func (f *file) namesOther(t *weighed) bool {
	name := strings.ToUpper(string(f.data[t.At:t.End]))
	if word, _, _ := strings.Cut(name, "_"); !search.Everyday(strings.ToLower(word)) {
		return false
	}
	if !slices.ContainsFunc([]string{"_API_URL", "_API_HOST", "_API_BASE", "_API_BASE_URL", "_API_ENDPOINT", "_ENDPOINT"}, func(end string) bool { return strings.HasSuffix(name, end) }) {
		return false
	}
	_, to := search.Line(f.data, t.End)
	value := f.data[t.End:to]
	_, url, ok := bytes.Cut(value, []byte("://"))
	host := strings.ToLower(string(url[:len(url)-len(bytes.TrimLeft(url, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"))]))
	if _, registrable := search.Registrable(host); !ok || !registrable || f.tree.c.Placeholder(host) {
		return false
	}
	vendor, strength := f.tree.c.HostOf(host)
	return strength == search.NoHost || vendor != t.Vendor
}

// storesElsewhere reports whether a file with a name of an access key sends it to another address than Amazon's. Every storage with the
// protocol of S3 takes its keys under these names.
func (f *file) storesElsewhere(t *weighed) bool {
	name := strings.ReplaceAll(strings.ToUpper(string(f.data[t.At:t.End])), "-", "_")
	if !strings.Contains(name, "AWS_ACCESS_KEY") && !strings.Contains(name, "AWS_SECRET_ACCESS_KEY") {
		return false
	}
	if f.storage == nil { // not asked before
		elsewhere := slices.ContainsFunc(storageEndpoint().FindAllSubmatch(f.data, -1), func(m [][]byte) bool {
			return len(m[1]) > 0 && !bytes.Contains(bytes.ToLower(m[1]), []byte("amazonaws"))
		})
		f.storage = &elsewhere
	}
	return *f.storage
}

func storageEndpoint() *regexp.Regexp {
	return regexp.MustCompile(`(?im)(?:endpoint_?url|s3_?endpoint|_ENDPOINT_URL_S3)["']?[ \t]*[:=][ \t]*["']?([^\s"'#]*)`)
}

// readsSetting reports whether code reads or defines a setting by its name: it is the whole argument of a function or index, a struct
// tag, a member of the settings, or an entry in a file of settings.
func (f *file) readsSetting(at, end int, span lexer.Span) bool {
	if span.State != lexer.String {
		return around.Member(f.data, at) || around.SettingsFile(f.name) && around.Defines(f.data, at, end)
	}
	return around.Argument(f.data, at, end) || around.SettingsFile(f.name) && around.ComputedKey(f.data, at, end)
}

// setsEnv reports whether a file of infrastructure or settings hands a variable to a program: it is a whole key or value.
func (f *file) setsEnv(at, end int) bool {
	base := strings.ToLower(path.Base(f.name))
	switch f.family {
	case lexer.YAML, lexer.Terraform:
		return around.Alone(f.data, at, end)
	case lexer.Settings:
		return around.Alone(f.data, at, end) && around.HasValue(f.data, end)
	case lexer.JSON:
		infrastructure := strings.HasSuffix(base, ".tf.json") || strings.HasPrefix(base, "task") || strings.HasPrefix(base, "appsettings") || strings.HasPrefix(base, "template") || strings.HasPrefix(base, "serverless") ||
			base == "turbo.json" || base == "custom-environment-variables.json" || base == "vercel.json" || base == "local.settings.json"
		return infrastructure && around.Alone(f.data, at, end)
	default: // only a Dockerfile sets variables for a program
		return (strings.HasPrefix(base, "dockerfile") || strings.HasSuffix(base, ".dockerfile")) && around.Alone(f.data, at, end)
	}
}

// shellReads reports whether a script reads a variable, or a .env file sets it.
func (f *file) shellReads(before []byte, end int) bool {
	if bytes.HasSuffix(before, []byte("$")) || bytes.HasSuffix(before, []byte("${")) || bytes.HasSuffix(before, []byte("$env:")) {
		return true
	}
	if !strings.HasPrefix(path.Base(f.name), ".env") || end >= len(f.data) || f.data[end] != '=' {
		return false
	}
	_, to := search.Line(f.data, end)
	value := strings.ToLower(strings.Trim(string(f.data[end+1:to]), " \t\r\"'"))
	return value != "" && !search.Placeholder(value) && !strings.HasPrefix(value, "<") && !strings.HasPrefix(value, "#") && !strings.Contains(value, "xxx")
}
