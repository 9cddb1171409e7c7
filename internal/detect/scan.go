// Package detect finds traces of vendors in a source tree: hosts, credentials' names, packages, imports.
// It judges no use: whether a vendor is declared, and what follows if not, is the policy's to say.
//
// # Why
//
// Files are searched by hand-written loops that run from dot to dot and from underscore to underscore, each name looked
// up in one map: an automaton over all names takes five times as long and finds x.com in box.com. Context is asked for
// only where something was found.
//
// What lowers a weighed never removes it: a path, a comment or a sentence around a host make it a hint, which a strict
// check takes for a use. A list of paths that are not searched would be a way around the gate.
//
// # What cannot be seen
//
// Hosts that are put together from data, read from a database or reached through a proxy or a gateway; vendors of
// transitive packages; what is obfuscated on purpose; dependencies that a program computes (Gemfile, setup.py,
// build.gradle); imports by a name that is no literal; files that git does not track, submodules, content in LFS. Names
// inside a longer word are not looked for. The gate stops forgetting, not malice.
package detect

import (
	"io/fs"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/vendorgate/vendorgate/internal/search"
)

// Options of a scan. The zero value is the usual one.
type Options struct {
	FirstParty []string // the organisation's own domains; they are no unknown hosts
	Strict     bool     // a vendor of whom there are hints only counts as likely

	Listed   func() (Listing, error) // what List returned for the tree; nil to list it now
	Exclude  func(file string) bool  // files that are no part of what is searched; nil for none
	Progress func(done, total int)   // called after each file, by several goroutines; nil for nobody
	// Ignore reports whether a name is none of a vendor's in a file, or, where vendor is empty, a host that needs no attention.
	// It is called by several goroutines. Nil ignores nothing.
	Ignore func(vendor string, kind Kind, name, file string) bool
}

// workers search at a time. More only wait for the disk and each other, and each holds a file.
const workers = 2

// Listing is the files of a tree, and what of it is not searched.
type Listing struct {
	names   []string
	skipped []Skipped
}

// List begins to list a tree for a scan that comes later. What it returns waits for the end of that.
func List(files fs.FS) func() (Listing, error) {
	listed := sync.OnceValues(func() (l Listing, err error) {
		l.names, l.skipped, err = search.List(files)
		return l, err
	})
	go listed() //nolint:errcheck // whoever waits hears of it
	return listed
}

// Scan searches a tree. The file system must not follow symbolic links out of the tree, as that of os.Root does not.
// An error means that the tree could not be listed; files that cannot be read are in the result.
func Scan(files fs.FS, c *Catalogue, o Options) (*Result, error) {
	if o.Listed == nil {
		o.Listed = List(files)
	}
	listing, err := o.Listed()
	if err != nil {
		return nil, err
	}
	names, skipped := listing.names, listing.skipped
	if o.Exclude != nil {
		names = slices.DeleteFunc(names, o.Exclude)
		skipped = slices.DeleteFunc(skipped, func(s Skipped) bool { return o.Exclude(s.Path) })
	}
	t, m := newTree(files, c, names), newMerger(c, o)
	var next atomic.Int64
	var wait sync.WaitGroup
	for range workers {
		wait.Go(func() {
			var buffer []byte
			for {
				i := int(next.Add(1)) - 1
				if i >= len(names) {
					return
				}
				if o.Progress != nil {
					o.Progress(i, len(names))
				}
				var s *summary
				s, buffer = m.scanOne(t, names[i], buffer)
				m.put(i, names[i], s)
			}
		})
	}
	wait.Wait()
	return m.result(skipped), nil
}

// scanOne reads and searches a file. It hands the buffer back that it has read into.
func (m *merger) scanOne(t *tree, name string, buffer []byte) (*summary, []byte) {
	data, buffer, reason := search.Read(t.files, name, buffer)
	if reason != "" {
		return &summary{skipped: reason}, buffer
	}
	m.files.Add(1)
	m.bytes.Add(int64(len(data)))
	class, folder := t.classOf(name)
	found := t.weighFile(name, data, class, folder, m.c.File(name, data, class == ""))
	if ignore := m.o.Ignore; ignore != nil {
		found.hits = slices.DeleteFunc(found.hits, func(t weighed) bool { return ignore(m.c.ID(t.Vendor), t.kind, t.shown(data), name) })
		found.unknown = slices.DeleteFunc(found.unknown, func(h unknownHost) bool { return ignore("", KindHost, h.host, name) })
	}
	return summarize(found, name, data), buffer
}
