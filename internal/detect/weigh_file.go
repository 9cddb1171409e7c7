package detect

import (
	"bytes"
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/around"
	"github.com/vendorgate/vendorgate/internal/lexer"
	"github.com/vendorgate/vendorgate/internal/library"
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
	vendors := vendorsOf(hits.Hits)
	f.setClass(place, vendors)
	f.sampled = f.class == inData || f.class == inCopies && vendors >= manyVendors
	f.catalogue = f.sampled && vendors >= catalogueVendors
	f.table, f.description, f.switches = isTable(hits, len(data)), search.IsDescription(name, data), !f.family.Code() && around.HasSwitch(data)
	if f.class != "" && (f.folder || f.made) {
		f.calls = f.callsOf(hits.Hits)
	}
	f.outside = around.OutsideCode(name, data)
	f.profiles = listsProfiles(hits.Hits, data)
	if f.class == "" && f.family == lexer.JSON && isAnswer(hits.Hits) {
		f.class = inFixtures
	}
	f.listing = f.family == lexer.JSON && listsHosts(hits.Hits, data)
	f.weighAll(hits.Hits)
	return f.found
}

// setClass sets the class of a file, by its content if its path does not say, and how much that lowers its hits. vendors is the number of
// vendors whose hosts it names: a script with many in a folder for libraries is a library that serves all of them.
func (f *file) setClass(place standing, vendors int) {
	content, weak := f.tree.classOfContent(f.name, f.data)
	f.folder = place.folder
	if content == inRegistry { // it declares, and calls nobody
		f.folder, place.weak = false, false
	}
	if f.class == "" {
		f.class, place.weak = content, weak
	}
	if (f.class == "" || f.class == inMinified || place.class == "" && weak) && library.Published(f.name, f.data) {
		f.class, f.folder, place.weak = inVendored, true, false
	}
	if table := vendors >= catalogueVendors && library.Folder(f.name, f.class == inMinified); (f.class == "" || f.class == inMinified) && (table || f.tree.copied(f.name, f.data)) {
		f.class, f.folder, place.weak = inCopies, true, f.family != lexer.CSS && f.family != lexer.Sass // a style sheet calls nobody
	}
	f.made = !f.folder && (f.class == inGenerated || f.class == inMinified)
	switch {
	case !place.weak, content != "" && !weak:
	case f.made:
		f.weak = f.class != inMinified || !f.tree.isBuilt(f.name, f.data)
	default:
		f.weak = !around.DeclaresTests(f.data)
	}
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
		if around.Notebook(f.name) && around.CellComment(f.data, h.At) {
			spans[i].State = lexer.Comment
		}
		switch {
		case f.calls[h.Vendor] && !f.made:
			weigh = f.weighCall
		case (f.weak || f.calls[h.Vendor]) && h.Kind != search.Package:
			weigh = f.weighWeakly
		case f.stock && stock(string(f.data[h.At:h.End])):
			weigh = f.weighStock
		}
		if weigh(&t, spans[i]) {
			if t.confidence > Hint && f.outside.Contain(h.At) {
				t.demote(f.reasonOutside())
			}
			f.found.hits = append(f.found.hits, t)
		}
	}
	f.redirect()
}

// reasonOutside returns why the parts of a file that are no code of the program count as hints.
func (f *file) reasonOutside() string {
	if around.Notebook(f.name) {
		return inOutput
	}
	return inTests
}

// weighWeakly weighs a hit without the class of its file, which then lowers it by one step.
func (f *file) weighWeakly(t *weighed, span lexer.Span) bool {
	class := f.class
	if t.Kind == search.HostName && t.Host == search.NoHost || !f.weighCall(t, span) {
		return false
	}
	switch {
	case t.confidence == Hint:
	case f.sampled && t.Kind == search.HostName && !f.usesSample(t.Hit):
		t.demote(class)
	default:
		t.confidence, t.context = t.confidence-1, class
	}
	return true
}

// usesSample reports whether a host among sample data is one that programs use: it is called, or the host of an API that a setting names
// as an address, in a file that does not list the hosts of many vendors.
func (f *file) usesSample(h search.Hit) bool {
	use := around.UseOf(f.data, f.startOf(h))
	setting := h.Host == search.APIHost && !f.family.Code() && !f.catalogue && use.Form == around.Assigned && around.Strong(use.Name)
	return use.Form == around.Called || setting
}

// How many vendors a file names whose hosts are a table of a library, or a catalogue of services.
const manyVendors, catalogueVendors = 3, 8

// vendorsOf counts the vendors whose hosts a file names.
func vendorsOf(hits []search.Hit) int {
	return distinct(hits, func(h search.Hit) (int, bool) { return h.Vendor, h.Host != search.NoHost })
}

// distinct counts the different keys of hosts.
func distinct[K comparable](hits []search.Hit, key func(h search.Hit) (K, bool)) int {
	seen := map[K]bool{}
	for _, h := range hits {
		if h.Kind != search.HostName {
			continue
		}
		if k, counts := key(h); counts {
			seen[k] = true
		}
	}
	return len(seen)
}

// weighStock weighs a name that comes with a framework.
func (f *file) weighStock(t *weighed, span lexer.Span) bool {
	f.class, f.path = inSkeleton, inSkeleton
	counts := f.weigh(t, span)
	f.class, f.path = "", ""
	return counts
}
