package detect

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/vendorgate/vendorgate/internal/owner"
)

// summary is the result that is kept for a file: for each vendor, the counts and the best sightings.
type summary struct {
	skipped string
	vendors []tally
	unknown []UnknownHost
	own     []FirstParty
}

func summarize(f found, name string, data []byte) *summary {
	s := &summary{skipped: f.problem}
	if len(f.hits)+len(f.unknown)+len(f.own) == 0 {
		if f.problem == "" {
			return nil
		}
		return s
	}
	lines := lineCounter{data: data}
	byVendor := map[int]*tally{}
	for _, t := range f.hits {
		v := byVendor[t.Vendor]
		if v == nil {
			v = newTally(t.Vendor)
			byVendor[t.Vendor] = v
		}
		v.note(t)
		line, col := lines.at(t.At)
		place := Sighting{Kind: t.kind, Confidence: t.confidence, File: name, Line: line, Col: col, Text: t.shown(data), Context: t.context}
		v.keep(place)
		v.sightings = append(v.sightings, place)
		if len(v.sightings) > 8*MaxShown {
			v.sightings = best(v.sightings)
		}
	}
	for _, number := range slices.Sorted(maps.Keys(byVendor)) {
		v := byVendor[number]
		v.sightings = best(v.sightings)
		s.vendors = append(s.vendors, *v)
	}
	s.unknown = firstOfEach(name, data, f.unknown)
	for _, own := range firstOfEach(name, data, f.own) {
		s.own = append(s.own, FirstParty{own.Domain, own.File, own.Line})
	}
	return s
}

// firstOfEach returns the first host of each domain, with a count.
func firstOfEach(name string, data []byte, hosts []unknownHost) []UnknownHost {
	slices.SortStableFunc(hosts, func(a, b unknownHost) int { return cmp.Compare(a.at, b.at) })
	lines := lineCounter{data: data}
	var out []UnknownHost
	index := map[string]int{}
	for _, s := range hosts {
		i, ok := index[s.domain]
		if !ok {
			i = len(out)
			index[s.domain] = i
			line, col := lines.at(s.at)
			out = append(out, UnknownHost{Domain: s.domain, Host: clip([]byte(s.host)), File: name, Line: line, Col: col, Why: s.why})
		}
		out[i].Count++
	}
	return out
}

// best returns the sightings to show: the most certain ones, in the order of the tree.
func best(all []Sighting) []Sighting {
	slices.SortStableFunc(all, func(a, b Sighting) int { return cmp.Compare(b.Confidence, a.Confidence) })
	return slices.Clip(all[:min(len(all), MaxShown)])
}

// merger joins the results of files in order. The result of a file waits for those before it.
type merger struct {
	lock    sync.Mutex
	next    int // file to be added
	waiting map[int]waiting

	c       *Catalogue
	o       Options
	tallies map[int]*tally
	outside map[int]*tally // of the files in which the vendor is not declared
	hosts   map[string]*UnknownHost
	own     map[string][]FirstParty // by domain, the first places
	code    func() map[string]bool  // ecosystems whose code imports the packages that it uses
	owner   func() owner.Owner
	files   atomic.Int64 // scanned
	bytes   atomic.Int64
	out     Result
}

type waiting struct {
	name string
	s    *summary
}

func newMerger(c *Catalogue, o Options) *merger {
	return &merger{c: c, o: o, waiting: map[int]waiting{}, tallies: map[int]*tally{}, outside: map[int]*tally{}, hosts: map[string]*UnknownHost{}, own: map[string][]FirstParty{}}
}

// put adds the result of a file, by its number. The result is nil if nothing was found.
func (m *merger) put(number int, name string, s *summary) {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.waiting[number] = waiting{name, s}
	for {
		w, ok := m.waiting[m.next]
		if !ok {
			return
		}
		if w.s != nil {
			m.add(w.name, w.s)
		}
		delete(m.waiting, m.next)
		m.next++
	}
}

func (m *merger) add(name string, s *summary) {
	if s.skipped != "" {
		m.out.Skipped = append(m.out.Skipped, Skipped{Path: name, Reason: s.skipped})
	}
	for i := range s.vendors {
		v := &s.vendors[i]
		tallyOf(m.tallies, v.number).add(name, v)
		if m.o.Declared == nil || !m.o.Declared(m.c.ID(v.number), name) {
			tallyOf(m.outside, v.number).add(name, v)
		}
	}
	for _, h := range s.unknown {
		if known := m.hosts[h.Domain]; known != nil {
			known.Count, known.Others = known.Count+h.Count, append(known.Others, h)
			continue
		}
		m.hosts[h.Domain] = &h
	}
	for _, own := range s.own {
		if places := m.own[own.Domain]; len(places) < MaxShown {
			m.own[own.Domain] = append(places, own)
		}
	}
}

func tallyOf(all map[int]*tally, number int) *tally {
	t := all[number]
	if t == nil {
		t = newTally(number)
		all[number] = t
	}
	return t
}

func (m *merger) result(skipped []Skipped) *Result {
	out := &m.out
	out.Files, out.Bytes = int(m.files.Load()), m.bytes.Load()
	out.Skipped = append(out.Skipped, skipped...)
	slices.SortStableFunc(out.Skipped, func(a, b Skipped) int { return cmp.Compare(a.Path, b.Path) })
	out.Vendors, out.Undeclared = m.vendors(m.tallies), m.vendors(m.outside)
	for _, domain := range slices.Sorted(maps.Keys(m.own)) {
		out.FirstParty = append(out.FirstParty, m.own[domain][0])
	}
	for _, domain := range slices.Sorted(maps.Keys(m.hosts)) {
		if !slices.ContainsFunc(m.own[domain], m.stood) && !m.owner().Owns(domain) && !m.owner().Stages(m.hosts[domain].Host, domain) {
			out.UnknownHosts = append(out.UnknownHosts, *m.hosts[domain])
		}
	}
	return out
}

// stood reports whether a file said before the change that a domain is the organisation's own.
func (m *merger) stood(own FirstParty) bool {
	if m.o.Before == nil {
		return true
	}
	earlier := m.o.Before(own.File)
	return !earlier.Changed || bytes.Contains(earlier.Data, []byte(own.Domain))
}

// vendors returns the vendors of tallies, by id.
func (m *merger) vendors(tallies map[int]*tally) []Vendor {
	var out []Vendor
	for _, t := range tallies {
		out = append(out, m.vendor(t))
	}
	slices.SortFunc(out, func(a, b Vendor) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// vendor combines the sightings of a vendor. Likely sightings of two kinds confirm each other, and so do a package and constants
// that are named like it. A package is only a hint if every file that imports it calls another vendor.
func (m *merger) vendor(t *tally) Vendor {
	v := Vendor{ID: m.c.ID(t.number), Sightings: t.sightings, Names: t.sorted(), Counts: t.counts, Lowered: t.lowered, Files: t.files}
	if len(t.files) == 0 {
		v.Files = t.others
	}
	switch {
	case t.imports > 0 && t.developed():
		v.lower(inDevelopment, t.full, KindImport)
	case t.imports == 0 && t.turned.all():
		delete(t.likely, KindPackage)
		v.lower(isUnused, t.full, KindPackage)
	case t.imports == 0 && t.off > 0:
		delete(t.likely, KindPackage)
		v.lower(isDisabled, t.full, KindPackage)
	}
	if t.unimported(m.code) {
		delete(t.likely, KindPackage)
		v.lower(isUnimported, t.full, KindPackage)
	}
	if t.traced {
		v.raise(isCommunity)
		v.raise(isUnlisted)
	}
	if t.elsewhere && !t.hosted && t.imports == 0 && !t.likely[KindPackage] {
		t.likely = nil
		v.lower(isElsewhere, t.full, KindEnv, KindSecret)
	}
	v.Confidence = v.Sightings[0].Confidence
	if m.c.SelfHosted(t.number) && !t.hosted {
		v.lower(atHome, t.full, KindPackage, KindImport, KindEnv, KindSecret)
		v.Confidence = v.Sightings[0].Confidence
		t.likely = nil
	}
	if v.Confidence != Confirmed && (len(t.likely) > 1 || t.likely[KindPackage] && t.constants > 0) {
		v.Confidence = Confirmed
	}
	if m.o.Strict && v.Confidence == Hint {
		v.Confidence = Likely
	}
	return v
}

// lower lowers sightings of some kinds by one step. full are the numbers of sightings that nothing has lowered yet.
func (v *Vendor) lower(reason string, full map[Kind]int, kinds ...Kind) {
	for _, kind := range kinds {
		if full[kind] > 0 {
			v.Lowered[reason] += full[kind]
		}
		full[kind] = 0
	}
	for _, places := range [][]Sighting{v.Sightings, v.Names} {
		for i := range places {
			if e := &places[i]; e.Confidence > Hint && slices.Contains(kinds, e.Kind) {
				e.Confidence--
				e.Context = reason
			}
		}
	}
	v.Sightings = best(v.Sightings)
}

// raise makes hints likely that are so for one reason.
func (v *Vendor) raise(reason string) {
	for _, places := range [][]Sighting{v.Sightings, v.Names} {
		for i := range places {
			if e := &places[i]; e.Confidence == Hint && e.Context == reason {
				e.Confidence = Likely
			}
		}
	}
	v.Sightings = best(v.Sightings)
}
