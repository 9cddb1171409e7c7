package detect

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/vendorgate/vendorgate/internal/around"
	"github.com/vendorgate/vendorgate/internal/lexer"
	"github.com/vendorgate/vendorgate/internal/search"
)

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
	f.table, f.description, f.switches = isTable(hits, len(data)), search.IsDescription(name, data), !f.family.Code() && around.HasSwitch(data)
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
