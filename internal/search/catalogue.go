package search

import (
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/vendorgate/vendorgate/internal/choice"
	"github.com/vendorgate/vendorgate/internal/deps"
)

// Catalogue is the compiled entries of all vendors. It is immutable and safe for concurrent use.
type Catalogue struct {
	entries    []Entry
	vendors    []int          // number of the vendor of each entry
	ids        []string       // by number
	numbers    map[string]int // of the vendors, by id
	registries map[int]bool
	selfHosted map[int]bool // vendors of software that anyone may run
	guarded    map[int]bool
	hosts      map[string]host
	labels     labelSet // top-level domains of the hosts
	env        envNames
	urls       []sharedURL
	regional   map[string]int32 // vendors of hosts with a computed label
	resources  map[string]int32 // vendors of types of resources, permissions and commands, by glob
	tools      map[string]bool  // first words of the commands
	files      fileNames
	symbols    map[string]*symbols // by language
	ecosystems sync.Map            // by kind, *names of packages
	languages  sync.Map            // by kind, *names of imports
}

// Compile builds a catalogue. If two vendors claim the same name, it belongs to the later entry, so the organisation's records must
// come after the embedded ones. An import that is only derived from the names of different packages of two vendors belongs to neither.
func Compile(entries []Entry) *Catalogue {
	hosts, globs := 0, 0
	for i := range entries {
		hosts += len(entries[i].API) + len(entries[i].Brand) + len(entries[i].Script)
		globs += len(entries[i].Env)
	}
	c := &Catalogue{
		entries: entries, vendors: make([]int, len(entries)), ids: make([]string, 0, len(entries)),
		hosts: make(map[string]host, hosts), env: newEnvNames(globs), numbers: make(map[string]int, len(entries)), registries: map[int]bool{}, selfHosted: map[int]bool{}, guarded: map[int]bool{}, regional: map[string]int32{}, resources: map[string]int32{}, tools: map[string]bool{},
		files: newFileNames(), symbols: map[string]*symbols{},
	}
	numbers := c.numbers
	for i := range entries {
		e := &entries[i]
		number, ok := numbers[e.ID]
		if !ok {
			number = len(c.ids)
			numbers[e.ID] = number
			c.ids = append(c.ids, e.ID)
		}
		c.vendors[i] = number
		if len(e.SelfHosted) > 0 {
			c.selfHosted[number] = true
		}
		if e.Guarded {
			c.guarded[number] = true
		}
		if slices.ContainsFunc(e.API, packages) {
			c.registries[number] = true
		}
		c.addHosts(e, int32(number)) //nolint:gosec // there are not that many
		for _, glob := range e.Env {
			c.env.add(glob, number)
		}
		c.addMarks(e, int32(number)) //nolint:gosec // there are not that many
		for _, glob := range e.Resources {
			c.resources[strings.ToLower(glob)] = int32(number) //nolint:gosec // there are not that many
			if tool, _, ok := strings.Cut(glob, " "); ok {
				c.tools[tool] = true
			}
		}
	}
	c.labels = lastLabels(c.hosts)
	return c
}

// Registry reports whether a vendor is a registry of packages or images, which builds name without calling its API.
func (c *Catalogue) Registry(vendor int) bool { return c.registries[vendor] }

// SelfHosted reports whether a vendor runs software that anyone may run, too.
func (c *Catalogue) SelfHosted(vendor int) bool { return c.selfHosted[vendor] }

// Guarded reports whether a host below a vendor's domains that looks like an API is one, although no entry lists it.
func (c *Catalogue) Guarded(vendor int) bool { return c.guarded[vendor] }

// HostOf returns the vendor of a host in lower case, and what the host does for it. It is Unknown for one that no vendor has.
func (c *Catalogue) HostOf(name string) (vendor int, does Strength) {
	return c.vendorOf([]byte(name), false)
}

// Placeholder reports whether a host in lower case is a placeholder or a local name. What an entry lists is none, whatever words it has:
// of a host below a listed name, only the labels before that name count.
func (c *Catalogue) Placeholder(name string) bool {
	for at := 0; ; {
		if _, listed := c.hosts[name[at:]]; listed {
			return invented(name[:at]) || strings.HasPrefix(name[:at], "my-") || name[:at] == "company."
		}
		dot := strings.IndexByte(name[at:], '.')
		if dot < 0 {
			return Placeholder(name)
		}
		at += dot + 1
	}
}

// Tenant reports whether a host in lower case is that of a customer, on a domain where the vendor has pages and all of whose subdomains
// are API hosts: north.acme.example for *.acme.example.
func (c *Catalogue) Tenant(name string) bool {
	label, base, ok := strings.Cut(name, ".")
	if _, listed := c.hosts[name]; !ok || listed || label == "api" {
		return false
	}
	h := c.hosts[base]
	if h.below == 0 || h.belowScript {
		return false
	}
	domain, _ := Registrable(base)
	return c.hosts[domain].brand == h.below
}

// ID returns the id of the vendor of a hit.
func (c *Catalogue) ID(vendor int) string { return c.ids[vendor] }

func (c *Catalogue) addHosts(e *Entry, vendor int32) {
	for _, name := range e.Brand {
		name, _ = strings.CutPrefix(name, "*.")
		h := c.hosts[name]
		h.brand = vendor + 1
		c.hosts[name] = h
	}
	for _, url := range e.URLs {
		c.addURL(strings.TrimPrefix(strings.ToLower(url), "https://"), vendor)
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
				if pattern := regional(name); pattern != "" {
					c.regional[pattern] = vendor
				}
			}
			c.hosts[name] = h
		}
	}
}

func (c *Catalogue) addURL(url string, vendor int32) {
	end := strings.IndexByte(url, '/')
	if end <= 0 {
		return
	}
	c.urls = append(c.urls, sharedURL{url[:end], url[end:], vendor})
	h := c.hosts[url[:end]]
	h.urls = true
	c.hosts[url[:end]] = h
}

// names maps the packages of an ecosystem, or the imports of a language, to vendors. It is filled by the first lookup.
type names struct {
	once   sync.Once
	claims map[string]claim
}

// claim is a vendor's claim to a name.
type claim struct {
	vendor       int32 // -1 for a derived name of two vendors
	derived      bool  // the name only follows from the name of a package; others may use it, too
	short        bool  // a record lists the name, but others may use it, too
	packaged     bool  // the vendor has packages in the ecosystem of a short name
	multiBackend bool  // the package can call other vendors
	local        bool  // the package calls nobody
	selfHosted   bool  // the package calls software that anyone may run
	driver       bool  // of a package that no entry lists: one of a family, whose name names the vendor
}

// packages returns the packages of an ecosystem.
func (c *Catalogue) packages(kind string) map[string]claim {
	n := load(&c.ecosystems, kind)
	n.once.Do(func() {
		n.claims = map[string]claim{}
		for p := range c.purls(kind) {
			n.claims[deps.Key(kind, p.name)] = p.claim
		}
		if kind == "terraform" { // configurations name a provider without its namespace
			for p := range c.purls(kind) {
				last := deps.Key(kind, p.name[strings.LastIndexByte(p.name, '/')+1:])
				if _, ok := n.claims[last]; !ok {
					n.claims[last] = p.claim
				}
			}
		}
	})
	return n.claims
}

// imports returns the imports of a language: those derived from names of packages, and those in records.
func (c *Catalogue) imports(kind string) map[string]claim {
	n := load(&c.languages, kind)
	n.once.Do(func() {
		n.claims = map[string]claim{}
		ecosystem, packaged := ecosystemOf(kind), map[int32]bool{}
		owners := c.packages(ecosystem)
		for p := range c.purls(ecosystem) {
			packaged[p.claim.vendor] = true
			if owners[deps.Key(ecosystem, p.name)].vendor != p.claim.vendor {
				continue // a later entry has the package
			}
			for _, key := range derivedImports(ecosystem, p.name, p.entry) {
				known, ok := n.claims[key]
				if ok && known.vendor != p.claim.vendor {
					n.claims[key] = claim{vendor: -1}
					continue
				}
				mine := p.claim
				mine.derived, mine.multiBackend = sharesNamespaces(ecosystem), mine.multiBackend || known.multiBackend
				mine.local, mine.selfHosted = mine.local && (!ok || known.local), mine.selfHosted || known.selfHosted
				n.claims[key] = mine
			}
		}
		c.addListed(n.claims, kind, packaged)
	})
	return n.claims
}

// addListed adds the imports of a language that entries list. packaged are the vendors with packages in its ecosystem.
func (c *Catalogue) addListed(claims map[string]claim, kind string, packaged map[int32]bool) {
	ecosystem := ecosystemOf(kind)
	for i := range c.entries {
		e := &c.entries[i]
		for _, text := range e.Imports {
			if language, name, ok := strings.Cut(text, ":"); ok && language == kind {
				name, vendor := strings.ToLower(name), int32(c.vendors[i]) //nolint:gosec // there are not that many
				derived := claims[name]
				claims[name] = claim{
					vendor: vendor, local: derived.local && derived.vendor == vendor, short: short(kind, name), packaged: packaged[vendor],
					multiBackend: hasOf(e.MultiBackend, ecosystem), selfHosted: hasOf(e.SelfHosted, ecosystem),
				}
			}
		}
	}
}

// short reports whether a listed import is so short that other packages, and the repository's own code, may have the name, too: one word
// in a language with namespaces that anyone may use, the reversed domain of a whole company, or a common word.
func short(language, name string) bool {
	switch language {
	case "csharp", "elixir", "php", "swift":
		return !strings.ContainsAny(name, `.\`)
	case "java":
		return strings.Count(name, ".") < 2
	case "python", "ruby":
		return choice.Common(name)
	}
	return false
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
				mine := claim{ //nolint:gosec // there are not that many vendors
					vendor: int32(c.vendors[i]), multiBackend: slices.Contains(e.MultiBackend, purl),
					local: slices.Contains(e.Local, purl), selfHosted: slices.Contains(e.SelfHosted, purl),
				}
				if name, ok := deps.Unescape(rest); ok && !yield(sdk{name, e, mine}) {
					return
				}
			}
		}
	}
}

// packageOf returns the claim to a package. A Go module belongs to the vendor with the longest prefix of its path, and a driver that no
// entry lists to the service in its name.
func (c *Catalogue) packageOf(kind, name string) (claim, bool) {
	claims, key := c.packages(kind), deps.Key(kind, name)
	for {
		if found, ok := claims[key]; ok {
			return found, true
		}
		i := strings.LastIndexByte(key, '/')
		if kind != "golang" || i < 0 {
			service := deps.Driver(kind, name)
			vendor, _, ok := c.firstOf(choice.IDs(service))
			return claim{vendor: int32(vendor), driver: true}, ok && !choice.Ordinary(service) //nolint:gosec // there are not that many
		}
		key = key[:i]
	}
}

// importOf returns the claim to an import: the one with the longest prefix, cut at the separators of the language.
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

// idOf returns the vendor with an id.
func (c *Catalogue) idOf(id string) (int, bool) {
	number, ok := c.numbers[id]
	return number, ok
}

// namedIn returns the vendor whose distinctive id is a word, or two, in the name of somebody else's package, such as
// nodemailer-mailgun-transport and Foundatio.AzureStorage. The last part of a Go module may be nothing else.
func (c *Catalogue) namedIn(ecosystem, name string) (int, bool) {
	const distinctive = 6 // letters
	words := wordsOf(name[strings.LastIndexByte(name, '/')+1:])
	double := func(word string) bool {
		return slices.Contains([]string{"noop", "op", "mock", "mocks", "fake", "stub", "types", "test", "tests", "testing", "eslint", "emulator", "example"}, word)
	}
	if len(words) < 2 && ecosystem != "golang" || slices.ContainsFunc(words, double) {
		return 0, false
	}
	for i, word := range words {
		if i+1 < len(words) && len(word)+len(words[i+1]) >= distinctive-1 {
			for _, joint := range []string{"-", ""} {
				if number, ok := c.numbers[word+joint+words[i+1]]; ok {
					return number, true
				}
			}
		}
		if number, ok := c.numbers[word]; ok && len(word) >= distinctive && !choice.Ordinary(word) {
			return number, true
		}
	}
	return 0, false
}

// wordsOf returns the words of the name of a package in lower case. Those of a name without joints begin with capitals.
func wordsOf(name string) []string {
	var out strings.Builder
	for i := range len(name) {
		if c := name[i]; byteClass[c]&upper != 0 && i > 0 && byteClass[name[i-1]]&(upper|letter) == letter {
			out.WriteByte('-')
		}
		out.WriteByte(name[i])
	}
	return strings.FieldsFunc(strings.ToLower(out.String()), func(r rune) bool { return r == '-' || r == '_' || r == '.' })
}
