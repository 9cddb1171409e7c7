package detect

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/lexer"
	"github.com/vendorgate/vendorgate/internal/search"
)

// weighed is a hit with its confidence.
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

// found is the result for one file.
type found struct {
	hits    []weighed
	unknown []unknownHost
	own     []unknownHost // servers of an API description
	problem string        // what could not be searched
}

// file is a file whose hits are being weighed.
type file struct {
	tree   *tree
	name   string
	data   []byte
	path   string // class by path
	class  string // class by path or, if that is empty, by content
	family lexer.Family
	found  found

	table       bool // a list of names
	description bool // an API description
	switches    bool // it may contain sections that are switched off

	calls map[int]bool // vendors that count in full whatever the folder is called; see callsOf
}

// weighFile weighs the hits of a file. class is the class of the file by its path; folder reports whether only the name of a
// folder decided it.
func (t *tree) weighFile(name string, data []byte, class string, folder bool, hits search.Found) found {
	f := &file{tree: t, name: name, data: data, path: class, class: class, family: lexer.Of(name)}
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
	if f.class == "" && published(name, data) {
		f.class, folder = inVendored, true
	}
	f.table, f.description, f.switches = isTable(hits, len(data)), search.IsDescription(name, data), !f.family.Code() && hasSwitch(data)
	if folder {
		f.calls = f.callsOf(hits.Hits)
	}
	f.weighAll(hits.Hits)
	return f.found
}

// isTemplate reports whether a file has placeholders, so that no package manager can read it.
func isTemplate(data []byte) bool {
	return bytes.Contains(data, []byte("{{")) || bytes.Contains(data, []byte("<%")) || bytes.Contains(data, []byte("{%"))
}

// weighAll weighs the hits in the order of the file. The lexer runs once for all of them, and only if the class of the file does
// not decide already.
func (f *file) weighAll(hits []search.Hit) {
	slices.SortStableFunc(hits, func(a, b search.Hit) int { return cmp.Compare(a.At, b.At) })
	spans := make([]lexer.Span, len(hits))
	if f.class == "" || f.path == "" && f.family == lexer.Terraform || len(f.calls) > 0 {
		places := make([]int, len(hits))
		for i, h := range hits {
			places[i] = h.At
		}
		spans = lexer.At(f.family, f.data, places)
	}
	f.found.hits = make([]weighed, 0, len(hits))
	for i, h := range hits {
		t := weighed{Hit: h}
		weigh := f.weigh
		if f.calls[h.Vendor] {
			weigh = f.weighCall
		}
		if weigh(&t, spans[i]) {
			f.found.hits = append(f.found.hits, t)
		}
	}
	f.redirect()
}

// weigh sets the kind and confidence of a hit. It returns false if the hit is not a sighting.
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

// weighServer weighs a server in an API description. The server of a known vendor is a sighting, because the repository contains
// that vendor's description. Any other server is the repository's own.
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
	case !t.Constant && f.tree.defines(f.name, string(f.data[t.At:t.End]), t):
		return false
	case f.class != "":
		t.demote(f.class)
	case span.State == lexer.Comment:
		t.demote(inComment)
	case span.State == lexer.String && t.At-span.Start > scheme: // part of a longer string
		return false
	case t.Constant:
		t.demote(isNameOnly)
	case t.Derived && !f.tree.depends(t.Vendor, t.Ecosystem):
		t.demote(isUnlisted)
	default:
		t.confidence = Confirmed
	}
	return true
}

// demote turns a hit into a hint.
func (t *weighed) demote(reason string) { t.confidence, t.context = Hint, reason }

// shown returns the name that was found.
func (t *weighed) shown(data []byte) string {
	if t.Text != "" {
		return clip([]byte(t.Text))
	}
	return clip(data[t.At:t.End])
}
