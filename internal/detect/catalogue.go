package detect

import (
	"slices"
	"strings"
)

// Catalogue is what is looked for of all vendors, ready to be looked up. It is immutable.
type Catalogue struct {
	ids      []string
	hosts    map[string]host
	labels   labelSet // last labels of the hosts
	packages map[string]int
	imports  map[string]claim
	env      envNames
}

// claim is whose an import is. One that was derived from a package's name gives way to what a record says, and is
// nobody's (-1) if two vendors have such a package.
type claim struct {
	vendor  int
	derived bool
}

// Compile builds a catalogue. Entries of one id add up. Where two ids claim one thing, the later entry has it: the
// organisation's records come behind the embedded ones. A name that was only taken from a package's and that two
// vendors would have belongs to none.
func Compile(entries []Entry) *Catalogue {
	c := &Catalogue{
		hosts: make(map[string]host, 8*len(entries)), packages: make(map[string]int, 16*len(entries)),
		imports: make(map[string]claim, 16*len(entries)), env: envNames{first: map[string][]envName{}, last: map[string][]envName{}},
	}
	numbers := make(map[string]int, len(entries))
	for _, e := range entries {
		if _, ok := numbers[e.ID]; !ok {
			numbers[e.ID] = len(c.ids)
			c.ids = append(c.ids, e.ID)
		}
		c.add(e, numbers[e.ID])
	}
	c.labels = lastLabels(c.hosts)
	return c
}

func (c *Catalogue) add(e Entry, vendor int) {
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
	for _, key := range e.Packages {
		c.packages[key] = vendor
	}
	for _, key := range e.Imports {
		key, derived := strings.CutPrefix(key, "+")
		old, taken := c.imports[key]
		switch {
		case !derived || !taken:
			c.imports[key] = claim{vendor, derived}
		case old.derived && old.vendor != vendor:
			c.imports[key] = claim{-1, true}
		}
	}
	for _, glob := range e.Env {
		c.env.add(glob, vendor)
	}
}

// packageOf is the vendor of a package. A Go module belongs to the vendor of the longest path in front of it.
func (c *Catalogue) packageOf(ecosystem, name string) (int, bool) {
	key := packageKey(ecosystem, name)
	for {
		if vendor, ok := c.packages[key]; ok {
			return vendor, true
		}
		i := strings.LastIndexByte(key, '/')
		if ecosystem != "golang" || i < len("golang/") {
			return 0, false
		}
		key = key[:i]
	}
}

// importOf is the vendor of an import: of the longest name in front of it, cut at the separators of the language.
func (c *Catalogue) importOf(language, name, separator string) (int, bool) {
	key := importKey(language, name)
	for {
		if claimed, ok := c.imports[key]; ok && claimed.vendor >= 0 {
			return claimed.vendor, true
		}
		i := strings.LastIndex(key, separator)
		if i < len(language)+1 {
			return 0, false
		}
		key = key[:i]
	}
}

// idOf finds a vendor by its id.
func (c *Catalogue) idOf(id string) (int, bool) {
	i := slices.Index(c.ids, id)
	return i, i >= 0
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
