package detect

import (
	"bytes"
	"iter"
	"path"
	"regexp"
	"strings"

	"github.com/vendorgate/vendorgate/internal/lexer"
)

// isWorkflow tells that a file is a workflow of GitHub Actions, or an action.
func isWorkflow(name string) bool {
	ext := path.Ext(name)
	if ext != ".yml" && ext != ".yaml" {
		return false
	}
	base := strings.TrimSuffix(path.Base(name), ext)
	return strings.HasPrefix(name, ".github/workflows/") || strings.HasPrefix(name, ".github/actions/") || base == "action"
}

// actions finds the steps of a workflow that run a vendor's action.
func (f *file) actions() {
	for pos := 0; ; {
		i := bytes.Index(f.data[pos:], []byte("uses:"))
		if i < 0 {
			return
		}
		at := pos + i + len("uses:")
		pos = at
		for at < len(f.data) && (f.data[at] == ' ' || f.data[at] == '"' || f.data[at] == '\'') {
			at++
		}
		_, to := lineAround(f.data, at)
		if end := bytes.IndexAny(f.data[at:to], "@ \"'#"); end >= 0 {
			to = at + end
		}
		name := string(f.data[at:to])
		if vendor, ok := f.c.actionOf(name); ok {
			f.found.traces = append(f.found.traces, trace{kind: KindAction, vendor: vendor, at: at, end: to, confidence: Likely})
		}
	}
}

// actionOf is the vendor of an action, by its repository.
func (c *Catalogue) actionOf(name string) (int, bool) {
	parts := strings.SplitN(name, "/", 3)
	if len(parts) < 2 {
		return 0, false
	}
	for _, ecosystem := range []string{"githubactions", "github"} {
		if vendor, ok := c.packageOf(ecosystem, parts[0]+"/"+parts[1]); ok {
			return vendor, true
		}
	}
	return 0, false
}

// providerSource and providerBlock are how Terraform names a provider.
func providerSource() *regexp.Regexp { return regexp.MustCompile(`\bsource\s*=\s*"([\w.\-/]+)"`) }

func providerBlock() *regexp.Regexp { return regexp.MustCompile(`(?m)^\s*provider\s+"([\w\-]+)"\s*\{`) }

// terraform finds providers. The one of a vendor bears the vendor's id, or is among its packages.
func (f *file) terraform() {
	var found []trace
	var places []int
	add := func(m []int) {
		name := strings.ToLower(string(f.data[m[2]:m[3]]))
		vendor, ok := f.c.packageOf("terraform", name)
		if parts := strings.Split(name, "/"); !ok && len(parts) <= 3 {
			vendor, ok = f.c.idOf(parts[len(parts)-1])
		}
		if ok {
			found = append(found, trace{kind: KindTerraform, vendor: vendor, at: m[2], end: m[3], confidence: Confirmed})
		}
	}
	required := bytes.Index(f.data, []byte("required_providers"))
	for _, m := range providerSource().FindAllSubmatchIndex(f.data, -1) {
		if required >= 0 && m[0] > required && bytes.IndexByte(f.data[m[0]:m[3]], '.') < 0 { // ./x is a module
			add(m)
		}
	}
	for _, m := range providerBlock().FindAllSubmatchIndex(f.data, -1) {
		add(m)
	}
	sortTraces(found)
	for _, t := range found {
		places = append(places, t.at)
	}
	for i, span := range lexer.At(lexer.Terraform, f.data, places) {
		switch {
		case f.class != "":
			found[i].lower(f.class)
		case span.State == lexer.Comment:
			found[i].lower(inComment)
		}
	}
	f.found.traces = append(f.found.traces, found...)
}

// isDescription tells that a file describes an API in OpenAPI or Swagger.
func (f *file) isDescription() bool {
	switch path.Ext(f.name) {
	case ".yaml", ".yml", ".json":
	default:
		return false
	}
	head := f.data[:min(len(f.data), 3000)]
	for _, mark := range []string{"\nopenapi:", "\nswagger:", `"openapi":`, `"swagger":`} {
		if bytes.Contains(head, []byte(mark)) {
			return true
		}
	}
	return bytes.HasPrefix(head, []byte("openapi:")) || bytes.HasPrefix(head, []byte("swagger:"))
}

// servers finds where a described API is served. A server of a known vendor is a trace: the repository keeps the
// vendor's description. Any other is the repository's own.
func (f *file) servers() {
	if !f.isDescription() {
		return
	}
	url := regexp.MustCompile(`\burl"?\s*:\s*["']?https?://([\w.\-]+)`)
	for at := range eachIndex(f.data, "servers") {
		const longest = 2000
		block := f.data[at:min(len(f.data), at+longest)]
		for _, word := range []string{"servers", "paths"} {
			if end := bytes.Index(block[1:], []byte(word)); end >= 0 {
				block = block[:end+1]
			}
		}
		for _, u := range url.FindAllSubmatchIndex(block, -1) {
			f.server(at+u[2], at+u[3])
		}
	}
	host := regexp.MustCompile(`^host"?\s*:\s*["']?([\w.\-]+)`)
	for at := range eachIndex(f.data, "host") {
		if m := host.FindSubmatchIndex(f.data[at:min(len(f.data), at+longestHost)]); m != nil && f.data[max(0, at-1)] <= '"' {
			f.server(at+m[2], at+m[3])
		}
	}
}

// eachIndex yields the places of a word.
func eachIndex(data []byte, word string) iter.Seq[int] {
	return func(yield func(int) bool) {
		for pos := 0; ; {
			i := bytes.Index(data[pos:], []byte(word))
			if i < 0 || !yield(pos+i) {
				return
			}
			pos += i + len(word)
		}
	}
}

func (f *file) server(at, end int) {
	name := strings.ToLower(string(f.data[at:end]))
	if vendor, s := f.c.vendorOf([]byte(name), false); s != noHost {
		t := trace{kind: KindOpenAPI, vendor: vendor, at: at, end: end, confidence: Likely}
		if f.class != "" {
			t.lower(f.class)
		}
		f.found.traces = append(f.found.traces, t)
		return
	}
	if domain, ok := registrable(name); ok && f.class == "" {
		f.found.own = append(f.found.own, stranger{domain: domain, host: name, at: at})
	}
}
