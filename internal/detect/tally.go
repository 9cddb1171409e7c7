package detect

import (
	"cmp"
	"maps"
	"path"
	"slices"
)

// tally counts the sightings of one vendor in a file or in the tree.
type tally struct {
	number    int
	sightings []Sighting
	names     map[name]Sighting
	counts    map[Kind]int
	lowered   map[string]int
	likely    map[Kind]bool       // kinds with a likely sighting
	imports   int                 // confirmed imports
	off       int                 // imports in files that switch the package off
	constants int                 // uses of a constant that is named like a package
	full      map[Kind]int        // sightings that nothing lowered
	traced    bool                // code or configuration names the vendor, too
	hosted    bool                // something other than a package or a name of a credential shows the service itself
	elsewhere bool                // names of its credentials belong to another service
	packages  map[string]packaged // by ecosystem
	turned    turned
	files     []string // with a likely sighting
	others    []string // with hints only
}

// name is a name of a vendor. Packages of two managers may have the same.
type name struct {
	kind       Kind
	text, file string // the last part of the file's path
}

// packaged is what is known of the packages of an ecosystem.
type packaged struct {
	likely, imported bool
	hidden           bool // one of them may be used without an import of its name
	dev, runs        bool // there are development dependencies, and others
}

func newTally(number int) *tally {
	return &tally{number: number, counts: map[Kind]int{}, lowered: map[string]int{}, likely: map[Kind]bool{}, packages: map[string]packaged{}, full: map[Kind]int{}}
}

func (v *tally) note(t weighed) {
	v.counts[t.kind]++
	v.elsewhere = v.elsewhere || t.elsewhere
	if t.context != "" {
		v.lowered[t.context]++
	} else {
		v.full[t.kind]++
	}
	switch {
	case t.kind == KindPackage || t.kind == KindImport:
	case t.context == isNameOnly, t.context == asPage, t.context == inSkeleton, t.confidence > Hint:
		v.traced = true
	}
	switch p := v.packages[t.Ecosystem]; t.kind {
	case KindPackage:
		p.likely = p.likely || t.confidence >= Likely
		p.hidden = p.hidden || t.Hidden
		p.dev, p.runs = p.dev || t.context == inDevelopment, p.runs || t.context != inDevelopment
		v.packages[t.Ecosystem] = p
	case KindImport:
		p.imported = true
		v.packages[t.Ecosystem] = p
	case KindEnv, KindSecret:
	default:
		v.hosted = v.hosted || t.confidence >= Likely
	}
	switch {
	case t.confidence == Likely && t.context != "": // lowered: it confirms nothing
	case t.confidence == Likely && t.kind == KindSecret:
		v.likely[KindEnv] = true // both are names of credentials
	case t.confidence == Likely:
		v.likely[t.kind] = true
		v.turned.note(t)
	case t.kind == KindImport && t.context == isUnused:
		v.turned.note(t)
	case t.kind == KindImport && t.context == isDisabled:
		v.off++
	case t.kind == KindImport && t.context == isNameOnly:
		v.constants++
	case t.kind == KindImport && t.confidence == Confirmed:
		v.imports++
	}
}

// keep keeps the best place of each name that an entry of a manifest lists.
func (v *tally) keep(s Sighting) {
	switch key := (name{s.Kind, s.Text, path.Base(s.File)}); s.Kind {
	case KindHost, KindPackage, KindEnv, KindSecret:
		if old, known := v.names[key]; (known || len(v.names) < MaxNames) && old.Confidence < s.Confidence {
			if v.names == nil {
				v.names = map[name]Sighting{}
			}
			v.names[key] = s
		}
	default:
	}
}

// sorted returns the places of the names.
func (v *tally) sorted() []Sighting {
	return slices.SortedFunc(maps.Values(v.names), func(a, b Sighting) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Text, b.Text), cmp.Compare(a.File, b.File))
	})
}

// add adds the sightings of a file.
func (v *tally) add(file string, of *tally) {
	v.sightings = best(append(v.sightings, of.sightings...))
	if of.sightings[0].Confidence >= Likely {
		v.files = append(v.files, file)
	} else {
		v.others = append(v.others, file)
	}
	for _, s := range of.sorted() {
		v.keep(s)
	}
	for kind, n := range of.counts {
		v.counts[kind] += n
	}
	for context, n := range of.lowered {
		v.lowered[context] += n
	}
	maps.Copy(v.likely, of.likely)
	v.imports, v.constants, v.off = v.imports+of.imports, v.constants+of.constants, v.off+of.off
	v.turned.add(of.turned)
	for kind, n := range of.full {
		v.full[kind] += n
	}
	v.hosted, v.traced, v.elsewhere = v.hosted || of.hosted, v.traced || of.traced, v.elsewhere || of.elsewhere
	for ecosystem, p := range of.packages {
		known := v.packages[ecosystem]
		v.packages[ecosystem] = packaged{known.likely || p.likely, known.imported || p.imported, known.hidden || p.hidden, known.dev || p.dev, known.runs || p.runs}
	}
}

// unimported reports whether nothing but packages in manifests speaks for the vendor, and code imports none of them, in languages where
// imports name packages. code returns the ecosystems of such languages that the tree has code for.
func (v *tally) unimported(code func() map[string]bool) bool {
	unused := false
	if len(v.likely) > 1 {
		return false
	}
	for ecosystem, p := range v.packages {
		switch {
		case !p.likely:
		case p.imported || p.hidden || !code()[ecosystem]:
			return false
		default:
			unused = true
		}
	}
	return unused
}

// developed reports whether manifests name packages of the vendor for development only, in languages whose programs need the others to run.
func (v *tally) developed() bool {
	dev := false
	for ecosystem, p := range v.packages {
		if p.imported && (ecosystem == "npm" || p.runs || !p.dev) { // bundlers include development dependencies
			return false
		}
		dev = dev || p.imported
	}
	return dev
}
