package detect

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/deps"
	"github.com/vendorgate/vendorgate/internal/lexer"
)

// trace is something found at a place of a file.
type trace struct {
	kind       Kind
	vendor     int
	at, end    int
	confidence Confidence
	context    string
	host       hostHit // of hosts
	weak       bool    // of imports
	text       string  // to show, if it is not what stands there
}

// stranger is a host of no known vendor.
type stranger struct {
	domain, host, why string
	at                int
}

// found is what one file holds.
type found struct {
	traces    []trace
	strangers []stranger
	own       []stranger // servers of an API description
	problem   string     // what of the file could not be looked at
}

// file is a file that is being scanned.
type file struct {
	c      *Catalogue
	name   string
	data   []byte
	class  string
	family lexer.Family
	names  int // that look like hosts and are in no URL
	hits   []hostHit
	found  found

	table       bool // a list of names
	description bool // of an API
	switches    bool // something in it may be switched off
}

// maxTraces of one file are looked at. More stand in tables only.
const maxTraces = 5000

// maxManifest is the size in bytes above which dependencies are not read: nobody writes so many.
const maxManifest = 1 << 20

func scanFile(c *Catalogue, name string, data []byte, class string) found {
	f := &file{c: c, name: name, data: data, class: class, family: lexer.Of(name)}
	f.collect()
	if len(f.found.traces)+len(f.hits) == 0 {
		return f.found
	}
	if f.class == "" {
		f.class = classOfContent(name, data)
	}
	f.table, f.description, f.switches = f.isTable(), f.isDescription(), !f.family.Code() && hasSwitch(data)
	f.judge()
	return f.found
}

// collect finds what may be a trace.
func (f *file) collect() {
	room := func() bool {
		if len(f.hits)+len(f.found.traces) < maxTraces {
			return true
		}
		f.found.problem = "more than 5000 names; those behind them were not looked at"
		return false
	}
	f.names = f.c.findHosts(f.data, func(h hostHit) bool {
		if h.strength != noHost || f.class == "" && f.plausible(h) {
			f.hits = append(f.hits, h)
		}
		return room()
	})
	f.c.findEnv(f.data, func(at, end, vendor int) bool {
		f.found.traces = append(f.found.traces, trace{kind: KindEnv, vendor: vendor, at: at, end: end})
		return room()
	})
	f.c.findImports(f.name, f.data, func(at, end, vendor int, weak bool) {
		if room() {
			f.found.traces = append(f.found.traces, trace{kind: KindImport, vendor: vendor, at: at, end: end, weak: weak})
		}
	})
	f.dependencies()
	switch ext := path.Ext(f.name); {
	case ext == ".tf":
		f.terraform()
	case isWorkflow(f.name):
		f.actions()
	case ext == ".yaml" || ext == ".yml" || ext == ".json":
		f.servers()
	}
}

func (f *file) dependencies() {
	if !deps.Is(f.name) {
		return
	}
	if len(f.data) > maxManifest {
		f.found.problem = "its dependencies were not read: larger than 1 MiB"
		return
	}
	found, err := deps.Read(f.name, f.data)
	if err != nil {
		f.found.problem = "its dependencies were not read to the end: " + err.Error()
	}
	for _, d := range found {
		vendor, ok := f.c.packageOf(d.Ecosystem, d.Name)
		if !ok {
			continue
		}
		t := trace{kind: KindPackage, vendor: vendor, at: d.Offset, text: d.Name, confidence: Likely}
		switch {
		case f.class != "":
			t.lower(f.class)
		case d.Dev:
			t.lower(inDevelopment)
		case d.Indirect:
			t.lower(isIndirect)
		}
		f.found.traces = append(f.found.traces, t)
	}
}

func (t *trace) lower(context string) { t.confidence, t.context = Hint, context }

// judge gives every trace its confidence. The state of places is asked for once, and only where the class of the file
// has not decided already.
func (f *file) judge() {
	for _, h := range f.hits {
		f.found.traces = append(f.found.traces, trace{kind: KindHost, vendor: h.vendor, at: h.at, end: h.end, host: h})
	}
	slices.SortStableFunc(f.found.traces, func(a, b trace) int { return cmp.Compare(a.at, b.at) })
	places := make([]int, len(f.found.traces))
	for i, t := range f.found.traces {
		places[i] = t.at
	}
	var spans []lexer.Span
	if f.class == "" {
		spans = lexer.At(f.family, f.data, places)
	}
	kept := f.found.traces[:0]
	for i, t := range f.found.traces {
		span := lexer.Span{End: len(f.data)}
		if spans != nil {
			span = spans[i]
		}
		if t.confidence != None || f.weigh(&t, span) {
			kept = append(kept, t)
		}
	}
	f.found.traces = kept
	f.redirected()
}

// weigh gives a trace its confidence. It is false if the trace is none.
func (f *file) weigh(t *trace, span lexer.Span) bool {
	switch t.kind {
	case KindHost:
		if t.host.strength == noHost {
			if f.class == "" && span.State != lexer.Comment {
				f.stranger(t.host, span)
			}
			return false
		}
		return f.weighHost(t, span)
	case KindImport:
		return f.weighImport(t, span)
	default:
		f.weighEnv(t, span)
		return true
	}
}

func (f *file) weighImport(t *trace, span lexer.Span) bool {
	const scheme = len("package:")
	switch {
	case f.class != "":
		t.lower(f.class)
	case span.State == lexer.Comment:
		t.lower(inComment)
	case span.State == lexer.String && t.at-span.Start > scheme: // text in a longer string
		return false
	case t.weak:
		t.lower(isNameOnly)
	default:
		t.confidence = Confirmed
	}
	return true
}

// redirected lowers the import of a package where the same file gives it another vendor's host as its base URL.
func (f *file) redirected() {
	var to []int
	for _, t := range f.found.traces {
		if t.kind == KindHost && t.confidence == Confirmed && f.isBaseURL(t.at) {
			to = append(to, t.vendor)
		}
	}
	if len(to) == 0 {
		return
	}
	for i := range f.found.traces {
		t := &f.found.traces[i]
		own := slices.ContainsFunc(f.found.traces, func(o trace) bool {
			return o.vendor == t.vendor && o.kind == KindHost && o.confidence == Confirmed
		})
		if t.kind == KindImport && t.confidence == Confirmed && !own && !slices.Contains(to, t.vendor) {
			t.lower(isUnused)
		}
	}
}

// isBaseURL tells that the line of a place sets the address of a client.
func (f *file) isBaseURL(at int) bool {
	from, _ := lineAround(f.data, at)
	line := strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(string(f.data[from:at])))
	for _, word := range []string{"baseurl", "basepath", "apibase", "endpoint", "serverurl", "baseuri"} {
		if strings.Contains(line, word) {
			return true
		}
	}
	return false
}
