// Package search finds the names of vendors in a source tree: hosts, environment variables, packages, imports.
// It reports each name where it stands and does not say how much the name counts.
//
// # Why
//
// Files are searched by hand-written loops that run from dot to dot and from underscore to underscore and look each name
// up in one map. An automaton over all names takes five times as long and finds x.com in box.com.
//
// A catalogue looks most names up in a tree that has few of them. So the packages and imports of an ecosystem are compiled
// when the first file of that ecosystem turns up.
package search

import (
	"path"

	"github.com/vendorgate/vendorgate/internal/deps"
)

// Kind says in what form a name was found.
type Kind int8

// The kinds of names.
const (
	HostName  Kind = iota // a dotted name; it may be no host
	EnvName               // an environment variable
	Import                // a statement in code
	Package               // a direct dependency
	Action                // a step of a workflow
	Terraform             // a provider
	Server                // a server in an API description
)

// Unknown is the vendor of a host that belongs to no vendor of the catalogue.
const Unknown = -1

// Hit is a name that was found in a file.
type Hit struct {
	Kind    Kind
	Vendor  int    // number in the catalogue, or Unknown
	At, End int    // offsets in the file
	Text    string // the name, if it is not what stands there

	Host     Strength // of a HostName: what it is to the vendor
	URL      bool     // of a HostName: behind ://
	Partial  bool     // of a HostName: something unknown stands to its left
	Constant bool     // of an Import: a constant that is named like a package, in a language that needs no import
	Dev      bool     // of a Package: for development only
	Indirect bool     // of a Package: needed by another dependency

	Ecosystem    string // of a Package or an Import: where the package comes from
	Derived      bool   // of an Import: the name only suggests the package, and other packages may have it, too
	MultiBackend bool   // of a Package or an Import: the package can be turned towards another vendor's service
}

// Found is what one file holds.
type Found struct {
	Hits    []Hit  // hosts last; otherwise in the order in which the kinds are looked for
	Bare    int    // names that look like hosts and stand in no URL
	Problem string // what of the file could not be looked at
}

// MaxHits of one file are kept. Only tables have more.
const MaxHits = 5000

// maxManifest is the size in bytes above which dependencies are not read: nobody writes so many.
const maxManifest = 1 << 20

// finder searches one file.
type finder struct {
	c     *Catalogue
	name  string
	data  []byte
	found Found
	hosts []Hit
}

// File searches the text of a file. With unknown it also keeps URLs of hosts that belong to no vendor, if the host may be
// one that somebody runs for others.
func (c *Catalogue) File(name string, data []byte, unknown bool) Found {
	f := &finder{c: c, name: name, data: data}
	f.found.Bare = c.findHosts(data, func(h Hit) bool {
		if h.Host != NoHost || unknown && Plausible(data, h) {
			f.hosts = append(f.hosts, h)
		}
		return f.room()
	})
	c.findEnv(data, func(at, end, vendor int) bool {
		f.add(Hit{Kind: EnvName, Vendor: vendor, At: at, End: end})
		return f.room()
	})
	c.findImports(name, data, func(h Hit) {
		if f.room() {
			f.add(h)
		}
	})
	f.dependencies()
	switch ext := path.Ext(name); {
	case ext == ".tf":
		f.terraform()
	case IsWorkflow(name):
		f.actions()
	case ext == ".yaml" || ext == ".yml" || ext == ".json":
		f.servers()
	}
	f.found.Hits = append(f.found.Hits, f.hosts...)
	return f.found
}

func (f *finder) add(h Hit) { f.found.Hits = append(f.found.Hits, h) }

// room reports whether more hits are kept.
func (f *finder) room() bool {
	if len(f.hosts)+len(f.found.Hits) < MaxHits {
		return true
	}
	f.found.Problem = "more than 5000 names; those behind them were not looked at"
	return false
}

// Packages returns the vendors' packages that a manifest of a package manager names.
func (c *Catalogue) Packages(name string, data []byte) []Hit {
	f := &finder{c: c, name: name, data: data}
	f.dependencies()
	return f.found.Hits
}

// dependencies finds the packages that a manifest of a package manager names.
func (f *finder) dependencies() {
	if !deps.Is(f.name) {
		return
	}
	if len(f.data) > maxManifest {
		f.found.Problem = "its dependencies were not read: larger than 1 MiB"
		return
	}
	found, err := deps.Read(f.name, f.data)
	if err != nil {
		f.found.Problem = "its dependencies were not read to the end: " + err.Error()
	}
	for _, d := range found {
		if found, ok := f.c.packageOf(d.Ecosystem, d.Name); ok {
			f.add(Hit{
				Kind: Package, Vendor: int(found.vendor), At: d.Offset, Text: d.Name, Dev: d.Dev, Indirect: d.Indirect,
				Ecosystem: d.Ecosystem, MultiBackend: found.multiBackend,
			})
		}
	}
}
