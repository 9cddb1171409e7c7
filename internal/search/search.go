// Package search finds the names of vendors in a source tree: hosts, environment variables, packages, imports.
// It reports the position of each name and does not decide how much it counts.
//
// # Why
//
// Hand-written loops run from dot to dot and from underscore to underscore and look up each name in a map. An automaton over all
// names takes five times as long, and finds x.com in box.com.
//
// Most trees use few ecosystems, so the packages and imports of an ecosystem are compiled when its first file is searched.
package search

import (
	"path"

	"github.com/vendorgate/vendorgate/internal/deps"
)

// Kind is the form in which a name was found.
type Kind int8

// The kinds of names.
const (
	HostName  Kind = iota // a dotted name, which may not be a host
	EnvName               // an environment variable
	Import                // a statement in code
	Package               // a direct dependency
	Action                // a step of a workflow
	Terraform             // a provider
	Server                // a server in an API description
)

// Unknown is the vendor of an unknown host.
const Unknown = -1

// Hit is a name that was found in a file.
type Hit struct {
	Kind    Kind
	Vendor  int    // number in the catalogue, or Unknown
	At, End int    // offsets in the file
	Text    string // the name, if it differs from the text in the file

	Host     Strength // of a HostName: what it does for the vendor
	URL      bool     // of a HostName: it follows ://
	Partial  bool     // of a HostName: labels on its left are unknown
	Constant bool     // of an Import: a constant that is named like a package, in a language without imports for packages
	Dev      bool     // of a Package: a development dependency
	Indirect bool     // of a Package: an indirect dependency

	Ecosystem    string // of a Package or an Import: the ecosystem of the package
	Derived      bool   // of an Import: it only resembles the name of the package; other packages may use it, too
	MultiBackend bool   // of a Package or an Import: the package can call other vendors
}

// Found is the result for one file.
type Found struct {
	Hits    []Hit  // grouped by kind, hosts last
	Bare    int    // names outside URLs that look like hosts
	Problem string // what could not be searched
	Unread  string // why not all of its dependencies are known; empty if they are
}

// MaxHits is the number of hits that are kept for a file. Only tables have more.
const MaxHits = 5000

// maxManifest is the size in bytes above which dependencies are not read.
const maxManifest = 1 << 20

// finder searches one file.
type finder struct {
	c     *Catalogue
	name  string
	data  []byte
	found Found
	hosts []Hit
}

// File searches the text of a file. With unknown, it also keeps URLs of plausible unknown hosts.
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

// room reports whether there is room for more hits.
func (f *finder) room() bool {
	if len(f.hosts)+len(f.found.Hits) < MaxHits {
		return true
	}
	f.found.Problem = "more than 5000 names; the rest was not searched"
	return false
}

// Packages returns the vendors' packages in a manifest of a package manager.
func (c *Catalogue) Packages(name string, data []byte) []Hit {
	f := &finder{c: c, name: name, data: data}
	f.dependencies()
	return f.found.Hits
}

// dependencies finds the packages in a manifest of a package manager.
func (f *finder) dependencies() {
	if !deps.Is(f.name) {
		return
	}
	if len(f.data) > maxManifest {
		f.found.Unread = "its dependencies: larger than 1 MiB"
		return
	}
	found, err := deps.Read(f.name, f.data)
	if err != nil {
		f.found.Unread = "its dependencies: " + err.Error()
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
