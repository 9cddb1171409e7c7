package detect

import (
	"bytes"
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/around"
	"github.com/vendorgate/vendorgate/internal/lexer"
	"github.com/vendorgate/vendorgate/internal/search"
)

// weighFile weighs the hits of a file.
func (t *tree) weighFile(name string, data []byte, place standing, hits search.Found) found {
	if place.class == inSkeleton && path.Base(name) == "app.json" && bytes.Contains(data, []byte(`"expo"`)) {
		place = standing{} // the settings of an app, and not Heroku's template
	}
	class := place.class
	f := &file{tree: t, name: name, data: data, path: class, class: class, family: lexer.Of(name), stock: class == "" && stockFile(strings.ToLower(name))}
	f.found.problem = hits.Problem
	switch {
	case hits.Unread == "":
	case class == "" && (!hits.Broken || !t.uninstalled(name, data)):
		f.found.problem = Unread + hits.Unread
	default: // no dependency of the repository
		f.found.problem, f.broken = Uninstalled+hits.Unread, true
	}
	if len(hits.Hits) == 0 {
		return f.found
	}
	if f.class == "" {
		f.class = classOfContent(name, data)
	}
	if f.class == "" && published(name, data) {
		f.class, place.folder = inVendored, true
	}
	f.weak = place.weak && classOfContent(name, data) == "" && !declaresTests(data)
	f.table, f.description, f.switches = isTable(hits, len(data)), search.IsDescription(name, data), !f.family.Code() && around.HasSwitch(data)
	if place.folder {
		f.calls = f.callsOf(hits.Hits)
	}
	f.weighAll(hits.Hits)
	return f.found
}

// weighAll weighs the hits in the order of the file. The lexer runs once for all of them, and only if the class of the file does
// not decide already.
func (f *file) weighAll(hits []search.Hit) {
	slices.SortStableFunc(hits, func(a, b search.Hit) int { return cmp.Compare(a.At, b.At) })
	spans := make([]lexer.Span, len(hits))
	if f.class == "" || f.path == "" && f.family == lexer.Terraform || len(f.calls) > 0 || f.weak {
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
		switch {
		case f.calls[h.Vendor]:
			weigh = f.weighCall
		case f.weak && h.Kind != search.Package:
			weigh = f.weighWeakly
		case f.stock && stock(string(f.data[h.At:h.End])):
			weigh = f.weighStock
		}
		if weigh(&t, spans[i]) {
			f.found.hits = append(f.found.hits, t)
		}
	}
	f.redirect()
}

// weighWeakly weighs a hit without the class of its file, which then lowers it by one step.
func (f *file) weighWeakly(t *weighed, span lexer.Span) bool {
	class := f.class
	if t.Kind == search.HostName && t.Host == search.NoHost || !f.weighCall(t, span) {
		return false
	}
	if t.confidence > Hint {
		t.confidence, t.context = t.confidence-1, class
	}
	return true
}

// weighStock weighs a name that comes with a framework.
func (f *file) weighStock(t *weighed, span lexer.Span) bool {
	f.class, f.path = inSkeleton, inSkeleton
	counts := f.weigh(t, span)
	f.class, f.path = "", ""
	return counts
}
