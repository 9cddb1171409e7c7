// Package detect finds out which vendors a source tree uses, and how certain that is.
// It does not know which vendors are declared, and does not report findings.
//
// # Why
//
// Package search finds names, and this package looks at the text around each of them. It does so only for names that were found,
// because most files contain none.
//
// The text around a name can lower its confidence but never removes it. A host in a comment, in a sentence or in a test is a hint,
// which a strict scan treats as a use. A list of paths that are not searched would be a way around the gate.
//
// # What it cannot see
//
// Hosts that are computed, read from a database or reached through a proxy or gateway; vendors of transitive dependencies;
// obfuscated code; dependencies that a program computes (Gemfile, setup.py, build.gradle); imports whose name is not a literal;
// files that git ignores, submodules, and content in LFS. It does not look for names inside longer words. It catches
// oversights, not deliberate evasion.
package detect

import (
	"io/fs"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/vendorgate/vendorgate/internal/deps"
	"github.com/vendorgate/vendorgate/internal/search"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// workers is the number of concurrent searches. More would mostly wait for the disk and each other, and each keeps a file in
// memory.
const workers = 2

// Scan searches a tree. The file system must not follow symbolic links out of the tree, as with os.Root. It returns an error if
// the tree cannot be listed; files that cannot be read are in the result.
func Scan(files fs.FS, c *Catalogue, o Options) (*Result, error) {
	if o.Listed == nil {
		o.Listed = func() (worktree.Listing, error) { return worktree.List(files) }
	}
	names, skipped, err := o.listed()
	if err != nil {
		return nil, err
	}
	return scan(onDisk{files}, names, skipped, c, o), nil
}

// listed returns the files to search, and the paths that are skipped.
func (o Options) listed() (names []string, skipped []Skipped, err error) {
	listing, err := o.Listed()
	if err != nil || o.Exclude == nil {
		return listing.Files, listing.Skipped, err
	}
	names = slices.DeleteFunc(slices.Clone(listing.Files), o.Exclude) // the listing is shared
	skipped = slices.DeleteFunc(slices.Clone(listing.Skipped), func(s Skipped) bool { return o.Exclude(s.Path) })
	return names, skipped, nil
}

func scan(files contents, names []string, skipped []Skipped, c *Catalogue, o Options) *Result {
	t, m := newTree(files, c, names), newMerger(c, o)
	t.trust(o.Before)
	m.owner, m.code = t.trusted, sync.OnceValue(func() map[string]bool { return deps.Imported(names, t.read) })
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
	return m.result(skipped)
}

// scanOne reads and searches a file. It returns the buffer for the next file.
func (m *merger) scanOne(t *tree, name string, buffer []byte) (*summary, []byte) {
	if length, ok := t.files.searched(name); ok {
		m.files.Add(1)
		m.bytes.Add(length)
		return nil, buffer
	}
	data, buffer, reason := t.files.read(name, buffer)
	place := t.classOf(name)
	if (reason == search.Binary || reason == search.TooLarge) && deps.Is(name) && place.class == "" {
		reason = Unread + "its dependencies: " + reason // a byte or a blank is no way to hide a dependency
	}
	if reason != "" {
		return &summary{skipped: reason}, buffer
	}
	m.files.Add(1)
	m.bytes.Add(int64(len(data)))
	found := t.weighFile(name, data, place, m.c.File(name, data, place.class == ""))
	if ignore := m.o.Ignore; ignore != nil {
		found.hits = slices.DeleteFunc(found.hits, func(t weighed) bool { return ignore(m.c.ID(t.Vendor), t.kind, t.shown(data), name) })
		found.unknown = slices.DeleteFunc(found.unknown, func(h unknownHost) bool { return ignore("", KindHost, h.host, name) })
	}
	return summarize(found, name, data), buffer
}
