package detect

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/lexer"
	"github.com/vendorgate/vendorgate/internal/search"
)

// weighed is a hit and how much it counts.
type weighed struct {
	search.Hit
	kind       Kind
	confidence Confidence
	context    string
}

// unknownHost is a URL of a host that belongs to no known vendor.
type unknownHost struct {
	domain, host, why string
	at                int
}

// found is what one file holds.
type found struct {
	hits    []weighed
	unknown []unknownHost
	own     []unknownHost // servers of an API description
	problem string        // what of the file could not be looked at
}

// file is a file whose hits are being weighed.
type file struct {
	name   string
	data   []byte
	path   string // class of the path
	class  string // class of the path or, if it has none, of the content
	family lexer.Family
	found  found

	table       bool // a list of names
	description bool // of an API
	switches    bool // something in it may be switched off
}

// weighFile says how much each hit of a file counts. class is that of the file's path.
func weighFile(name string, data []byte, class string, hits search.Found) found {
	f := &file{name: name, data: data, path: class, class: class, family: lexer.Of(name)}
	f.found.problem = hits.Problem
	switch {
	case hits.Unread == "":
	case class == "" && !isTemplate(data):
		f.found.problem = Unread + hits.Unread
	default: // no dependency of the repository
		f.found.problem = "not read: " + hits.Unread
	}
	if len(hits.Hits) == 0 {
		return f.found
	}
	if f.class == "" {
		f.class = classOfContent(name, data)
	}
	f.table, f.description, f.switches = isTable(hits, len(data)), search.IsDescription(name, data), !f.family.Code() && hasSwitch(data)
	f.weighAll(hits.Hits)
	return f.found
}

// isTemplate reports whether a file is to be filled in before a package manager can read it.
func isTemplate(data []byte) bool {
	return bytes.Contains(data, []byte("{{")) || bytes.Contains(data, []byte("<%")) || bytes.Contains(data, []byte("{%"))
}

// weighAll weighs the hits in the order of the file. The lexer is asked once for the state of all their places, and only
// where the class of the file has not decided already.
func (f *file) weighAll(hits []search.Hit) {
	slices.SortStableFunc(hits, func(a, b search.Hit) int { return cmp.Compare(a.At, b.At) })
	spans := make([]lexer.Span, len(hits))
	if f.class == "" || f.path == "" && f.family == lexer.Terraform {
		places := make([]int, len(hits))
		for i, h := range hits {
			places[i] = h.At
		}
		spans = lexer.At(f.family, f.data, places)
	}
	f.found.hits = make([]weighed, 0, len(hits))
	for i, h := range hits {
		t := weighed{Hit: h}
		if f.weigh(&t, spans[i]) {
			f.found.hits = append(f.found.hits, t)
		}
	}
	f.redirected()
}

// weigh gives a hit its kind and confidence. It is false for a hit that is no evidence.
func (f *file) weigh(t *weighed, span lexer.Span) bool {
	switch t.Kind {
	case search.HostName:
		if t.Host == search.NoHost {
			if f.class == "" && span.State != lexer.Comment {
				f.keepUnknown(t.Hit, span)
			}
			return false
		}
		return f.weighHost(t, span)
	case search.Server:
		return f.weighServer(t)
	case search.Import:
		return f.weighImport(t, span)
	case search.Package:
		f.weighPackage(t)
	case search.Action:
		t.kind, t.confidence = KindAction, Likely
	case search.Terraform:
		f.weighProvider(t, span)
	default:
		f.weighEnv(t, span)
	}
	return true
}

// weighServer judges a server of a described API. One of a known vendor is evidence: the repository keeps the vendor's
// description. Any other is the repository's own.
func (f *file) weighServer(t *weighed) bool {
	if t.Host == search.NoHost {
		name := strings.ToLower(string(f.data[t.At:t.End]))
		if domain, ok := search.Registrable(name); ok && f.path == "" {
			f.found.own = append(f.found.own, unknownHost{domain: domain, host: name, at: t.At})
		}
		return false
	}
	if t.kind, t.confidence = KindOpenAPI, Likely; f.path != "" {
		t.demote(f.path)
	}
	return true
}

func (f *file) weighPackage(t *weighed) {
	t.kind, t.confidence = KindPackage, Likely
	switch {
	case f.path != "":
		t.demote(f.path)
	case t.Dev:
		t.demote(inDevelopment)
	case t.Indirect:
		t.demote(isIndirect)
	}
}

func (f *file) weighProvider(t *weighed, span lexer.Span) {
	t.kind, t.confidence = KindTerraform, Confirmed
	switch {
	case f.path != "":
		t.demote(f.path)
	case span.State == lexer.Comment:
		t.demote(inComment)
	}
}

func (f *file) weighImport(t *weighed, span lexer.Span) bool {
	const scheme = len("package:")
	t.kind = KindImport
	switch {
	case f.class != "":
		t.demote(f.class)
	case span.State == lexer.Comment:
		t.demote(inComment)
	case span.State == lexer.String && t.At-span.Start > scheme: // text in a longer string
		return false
	case t.Constant:
		t.demote(isNameOnly)
	default:
		t.confidence = Confirmed
	}
	return true
}

// demote makes a hint of a hit.
func (t *weighed) demote(reason string) { t.confidence, t.context = Hint, reason }

// shown is the name that was found.
func (t *weighed) shown(data []byte) string {
	if t.Text != "" {
		return clip([]byte(t.Text))
	}
	return clip(data[t.At:t.End])
}

// redirected demotes the import of a package where the same file gives it another vendor's host as its base URL.
func (f *file) redirected() {
	var to []int
	for _, t := range f.found.hits {
		if t.kind == KindHost && t.confidence == Confirmed && f.isBaseURL(t.At) {
			to = append(to, t.Vendor)
		}
	}
	if len(to) == 0 {
		return
	}
	for i := range f.found.hits {
		t := &f.found.hits[i]
		own := slices.ContainsFunc(f.found.hits, func(o weighed) bool {
			return o.Vendor == t.Vendor && o.kind == KindHost && o.confidence == Confirmed
		})
		if t.kind == KindImport && t.confidence == Confirmed && !own && !slices.Contains(to, t.Vendor) {
			t.demote(isUnused)
		}
	}
}

// isBaseURL reports whether the line of a place sets the address of a client.
func (f *file) isBaseURL(at int) bool {
	from, _ := search.Line(f.data, at)
	line := strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(string(f.data[from:at])))
	for _, word := range []string{"baseurl", "basepath", "apibase", "endpoint", "serverurl", "baseuri"} {
		if strings.Contains(line, word) {
			return true
		}
	}
	return false
}
