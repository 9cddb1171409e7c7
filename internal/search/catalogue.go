package search

import (
	"iter"
	"slices"
	"strings"
	"sync"
)

// Entry is what a vendor is recognised by. An entry whose id another entry has adds to that one.
type Entry struct {
	ID      string
	API     []string // hosts that answer API calls; *.name stands for all below
	Brand   []string // domains of the vendor's pages
	Script  []string // hosts of browser scripts
	SDKs    []string // packages, as purls without a version
	Imports []string // language:name, where the name of the package does not give it away
	Env     []string // globs of environment variables

	MultiBackend []string // the SDKs that can be turned towards another vendor's service
}

// Catalogue holds what vendors are recognised by, ready to be looked up. It does not change once it is made, and several
// may ask it at once.
type Catalogue struct {
	entries    []Entry
	vendors    []int    // number of the vendor of each entry
	ids        []string // by number
	hosts      map[string]host
	labels     labelSet // last labels of the hosts
	env        envNames
	ecosystems sync.Map // by kind, *names of packages
	languages  sync.Map // by kind, *names of imports
}

// Compile builds a catalogue. Entries of one id add up. If two ids claim the same name, the later entry has it, so the
// organisation's records belong behind the embedded ones. A name that was only derived from a package's name, and that two
// vendors would have, belongs to neither.
func Compile(entries []Entry) *Catalogue {
	hosts, globs := 0, 0
	for i := range entries {
		hosts += len(entries[i].API) + len(entries[i].Brand) + len(entries[i].Script)
		globs += len(entries[i].Env)
	}
	c := &Catalogue{
		entries: entries, vendors: make([]int, len(entries)), ids: make([]string, 0, len(entries)),
		hosts: make(map[string]host, hosts), env: newEnvNames(globs),
	}
	numbers := make(map[string]int, len(entries))
	for i := range entries {
		e := &entries[i]
		number, ok := numbers[e.ID]
		if !ok {
			number = len(c.ids)
			numbers[e.ID] = number
			c.ids = append(c.ids, e.ID)
		}
		c.vendors[i] = number
		c.addHosts(e, int32(number)) //nolint:gosec // there are not that many
		for _, glob := range e.Env {
			c.env.add(glob, number)
		}
	}
	c.labels = lastLabels(c.hosts)
	return c
}

// ID is the id of a vendor of a hit.
func (c *Catalogue) ID(vendor int) string { return c.ids[vendor] }

func (c *Catalogue) addHosts(e *Entry, vendor int32) {
	for _, name := range e.Brand {
		name, _ = strings.CutPrefix(name, "*.")
		h := c.hosts[name]
		h.brand = vendor + 1
		c.hosts[name] = h
	}
	for _, list := range []struct {
		names  []string
		script bool
	}{{e.Script, true}, {e.API, false}} {
		for _, name := range list.names {
			name, below := strings.CutPrefix(name, "*.")
			h := c.hosts[name]
			if below {
				h.below, h.belowScript = vendor+1, list.script
			} else {
				h.exact, h.exactScript = vendor+1, list.script
			}
			c.hosts[name] = h
		}
	}
}

// names are the packages of an ecosystem, or the imports of a language, and whose they are. They are compiled when the first
// one is looked up.
type names struct {
	once   sync.Once
	claims map[string]claim
}

// claim says whose a name is.
type claim struct {
	vendor       int32 // -1 for a derived name that two vendors would have
	derived      bool  // the name follows from a package's name, and other packages may have it, too
	multiBackend bool  // the package can be turned towards another vendor's service
}

// packages are those of an ecosystem.
func (c *Catalogue) packages(kind string) map[string]claim {
	n := load(&c.ecosystems, kind)
	n.once.Do(func() {
		n.claims = map[string]claim{}
		for p := range c.purls(kind) {
			n.claims[packageKey(kind, p.name)] = p.claim
		}
	})
	return n.claims
}

// imports are those of a language: what follows from the names of packages, and what records state.
func (c *Catalogue) imports(kind string) map[string]claim {
	n := load(&c.languages, kind)
	n.once.Do(func() {
		n.claims = map[string]claim{}
		ecosystem := ecosystemOf(kind)
		for p := range c.purls(ecosystem) {
			for _, key := range derivedImports(ecosystem, p.name, p.entry) {
				known, ok := n.claims[key]
				if ok && known.vendor != p.claim.vendor {
					n.claims[key] = claim{vendor: -1}
					continue
				}
				n.claims[key] = claim{vendor: p.claim.vendor, derived: sharesNamespaces(ecosystem), multiBackend: p.claim.multiBackend || known.multiBackend}
			}
		}
		for i := range c.entries {
			e := &c.entries[i]
			for _, text := range e.Imports {
				if language, name, ok := strings.Cut(text, ":"); ok && language == kind {
					n.claims[strings.ToLower(name)] = claim{vendor: int32(c.vendors[i]), multiBackend: e.hasMultiBackend(ecosystem)} //nolint:gosec // there are not that many
				}
			}
		}
	})
	return n.claims
}

// hasMultiBackend reports whether a package of an ecosystem can be turned towards another vendor.
func (e *Entry) hasMultiBackend(ecosystem string) bool {
	return slices.ContainsFunc(e.MultiBackend, func(purl string) bool { return strings.HasPrefix(purl, "pkg:"+ecosystem+"/") })
}

func load(all *sync.Map, kind string) *names {
	n, ok := all.Load(kind)
	if !ok {
		n, _ = all.LoadOrStore(kind, &names{})
	}
	return n.(*names) //nolint:forcetypeassert // nothing else is stored
}

// sdk is a package of an ecosystem.
type sdk struct {
	name  string
	entry *Entry
	claim claim
}

// purls yields the packages of an ecosystem.
func (c *Catalogue) purls(kind string) iter.Seq[sdk] {
	prefix := "pkg:" + kind + "/"
	return func(yield func(sdk) bool) {
		for i := range c.entries {
			e := &c.entries[i]
			for _, purl := range e.SDKs {
				rest, ok := strings.CutPrefix(purl, prefix)
				if !ok {
					continue
				}
				mine := claim{vendor: int32(c.vendors[i]), multiBackend: slices.Contains(e.MultiBackend, purl)} //nolint:gosec // there are not that many
				if name, ok := unescape(rest); ok && !yield(sdk{name, e, mine}) {
					return
				}
			}
		}
	}
}

// packageOf says whose a package is. A Go module belongs to the vendor of the longest path in front of it.
func (c *Catalogue) packageOf(kind, name string) (claim, bool) {
	claims, key := c.packages(kind), packageKey(kind, name)
	for {
		if found, ok := claims[key]; ok {
			return found, true
		}
		i := strings.LastIndexByte(key, '/')
		if kind != "golang" || i < 0 {
			return claim{}, false
		}
		key = key[:i]
	}
}

// importOf says whose an import is: of the longest name in front of it, cut at the separators of the language.
func (c *Catalogue) importOf(kind, name, separator string) (claim, bool) {
	claims, key := c.imports(kind), strings.ToLower(name)
	for {
		if found, ok := claims[key]; ok && found.vendor >= 0 {
			return found, true
		}
		i := strings.LastIndex(key, separator)
		if i < 0 {
			return claim{}, false
		}
		key = key[:i]
	}
}

// idOf finds a vendor by its id.
func (c *Catalogue) idOf(id string) (int, bool) {
	for i, known := range c.ids {
		if known == id {
			return i, true
		}
	}
	return 0, false
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
