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
	"errors"
	"path"

	"github.com/vendorgate/vendorgate/internal/deps"
)

// maxManifest is the size in bytes above which dependencies are not read.
const maxManifest = 1 << 20

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
	if nested(name) {
		c.findNested(data, func(at, end, vendor int) bool {
			f.add(Hit{Kind: EnvName, Vendor: vendor, At: at, End: end})
			return f.room()
		})
	}
	if hasAccessors(name) {
		c.findAccessors(name, data, func(at, end, vendor int) bool {
			f.add(Hit{Kind: EnvName, Vendor: vendor, At: at, End: end, Read: true})
			return f.room()
		})
	}
	if settings(name) || namesSettings(name, data) {
		c.findLower(data, func(at, end, vendor int) bool {
			f.add(Hit{Kind: EnvName, Vendor: vendor, At: at, End: end})
			return f.room()
		})
	}
	c.findImports(name, data, func(h Hit) {
		if f.room() {
			f.add(h)
		}
	})
	f.dependencies()
	switch ext := path.Ext(name); {
	case isTerraform(name):
		f.terraform()
		f.resources()
		f.stored()
	case IsWorkflow(name):
		f.actions()
	case ext == ".yaml" || ext == ".yml" || ext == ".json":
		f.servers()
		f.resources()
		f.stored()
	case ext == ".template":
		f.resources()
	}
	f.served()
	f.commands()
	f.marks()
	f.choices()
	f.found.Hits = append(f.found.Hits, f.hosts...)
	return f.found
}

// finder searches one file.
type finder struct {
	c     *Catalogue
	name  string
	data  []byte
	found Found
	hosts []Hit
}

func (f *finder) add(h Hit) { f.found.Hits = append(f.found.Hits, h) }

// room reports whether there is room for more hits.
func (f *finder) room() bool {
	if len(f.hosts)+len(f.found.Hits) < MaxHits {
		return true
	}
	f.found.Problem = TooMany
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
		f.found.Unread, f.found.Broken = "its dependencies: "+err.Error(), !errors.Is(err, deps.ErrDeep)
	}
	for _, d := range found {
		if vendor, ok := f.community(d); ok {
			f.add(Hit{Kind: Package, Vendor: vendor, At: d.Offset, Text: d.Name, Ecosystem: d.Ecosystem, Community: true})
			continue
		}
		if found, ok := f.c.packageOf(d.Ecosystem, d.Name); ok {
			f.add(Hit{
				Kind: Package, Vendor: int(found.vendor), At: d.Offset, Text: d.Name, Dev: d.Dev, Indirect: d.Indirect, Hidden: d.Hidden() || found.driver,
				Ecosystem: d.Ecosystem, MultiBackend: found.multiBackend, Local: found.local, SelfHosted: found.selfHosted,
			})
		}
	}
}

// community returns the vendor that somebody else's package is for, by its name.
func (f *finder) community(d deps.Dependency) (int, bool) {
	if _, known := f.c.packageOf(d.Ecosystem, d.Name); known || d.Dev || d.Indirect {
		return 0, false
	}
	return f.c.namedIn(d.Ecosystem, d.Name)
}
