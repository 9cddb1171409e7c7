package inputs

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path"
	"slices"

	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// Limits of the manifests of one repository. Within them, a check of ordinary entries takes 100 MB, and one of entries that are
// made to be large takes 500 MB.
const (
	maxManifests = 1000
	maxEntries   = 10_000
	maxBytes     = 4 << 20
)

// candidates reads files with the name of a manifest, each once.
type candidates struct {
	files fs.FS
	most  int // files
	known map[string]candidate
	bytes int
	full  bool // a file was not read, because there are too many
}

type candidate struct {
	data []byte
	err  error
}

var errTooMuch = errors.New("too many manifests")

func newCandidates(files fs.FS) *candidates {
	return &candidates{files: files, most: maxManifests, known: map[string]candidate{}}
}

func (c *candidates) read(name string) ([]byte, error) {
	if known, ok := c.known[name]; ok {
		return known.data, known.err
	}
	if c.bytes > maxBytes || len(c.known) > c.most { // one more for the manifest at the root
		c.full = true
		return nil, errTooMuch
	}
	data, err := source.ReadFile(c.files, name)
	c.bytes += len(data)
	c.known[name] = candidate{data, err}
	return data, err
}

// checkParts is the next step for a repository with too many manifests.
const checkParts = "leave fixtures out with exclude_manifests, or check parts of the repository with --manifest"

// tooMany says why so many manifests are not checked; empty if they are.
func (c *candidates) tooMany(n int) string {
	switch {
	case n > c.most && c.most < maxManifests:
		return fmt.Sprintf("it has %d manifests, and at most %d are read by API; check out the repository before this step", n, c.most)
	case n > c.most, c.full && c.bytes <= maxBytes:
		return fmt.Sprintf("it has more than %d manifests, which are not checked at once; %s", c.most, checkParts)
	case c.full:
		return fmt.Sprintf("its manifests have more than %d MiB in all, which are not checked at once; %s", maxBytes>>20, checkParts)
	}
	return ""
}

// rootNames are the paths of the manifest at the root of a repository.
func rootNames() []string {
	return []string{"vendors.yaml", "vendors.yml", ".github/vendors.yaml", ".github/vendors.yml"}
}

// exclusions are the manifests that a repository's root manifest leaves out. They count as they are in the base, so a change cannot
// leave out a manifest. Without a base, or where that is what is judged, they count at once.
type exclusions struct {
	files []string // of the tree, sorted
	read  func(path string) ([]byte, error)
	base  *Base
	roots []string // folders of the repositories in the tree; "." for the usual one
	globs map[string]manifest.Excludes
	Account
}

func newExclusions(listing worktree.Listing, read func(path string) ([]byte, error), base *Base) *exclusions {
	e := &exclusions{files: listing.Files, read: read, base: base, roots: []string{"."}}
	if !slices.Contains(listing.Repos, ".") {
		e.roots = append(e.roots, listing.Repos...)
	}
	return e
}

// cover reports whether a manifest is left out. The root manifests are read when another manifest turns up.
func (e *exclusions) cover(name string) bool {
	if slices.ContainsFunc(e.roots, func(root string) bool {
		return slices.ContainsFunc(rootNames(), func(base string) bool { return path.Join(root, base) == name })
	}) {
		return false
	}
	if e.globs == nil {
		e.globs = map[string]manifest.Excludes{}
		for _, root := range e.roots {
			e.globs[root] = e.agreed(root)
		}
	}
	for _, root := range e.roots {
		below, ok := relative(root, name)
		if ok && e.globs[root].Cover(below) {
			return true
		}
	}
	return false
}

// agreed is what the manifest at a root leaves out. A root without a manifest leaves nothing out, whatever the base has.
func (e *exclusions) agreed(root string) manifest.Excludes {
	names := rootNames()
	i := slices.IndexFunc(names, func(name string) bool {
		_, there := slices.BinarySearch(e.files, path.Join(root, name))
		if !there {
			return false
		}
		data, err := e.read(path.Join(root, name))
		return err == nil && manifest.Recognize(data)
	})
	if i < 0 {
		return nil
	}
	data, _ := e.read(path.Join(root, names[i])) //nolint:errcheck // it was read above
	asked := manifest.Parse(names[i], names[i], data).Excludes
	if e.base == nil {
		return asked
	}
	names[0], names[i] = names[i], names[0] // the likeliest in the base, too
	agreed := manifest.Excludes(nil)
	for _, name := range names {
		_, data, err := e.base.read(path.Join(root, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, source.ErrNotRegular) {
			if len(asked) > 0 {
				e.Account = e.Account.plus(gap(e.base.Name, fmt.Sprintf("exclude_manifests counts as it is in %s there, which could not be read: %s", name, Because(err))))
			}
			return asked
		}
		if err == nil && manifest.Recognize(data) {
			agreed = manifest.Parse(name, name, data).Excludes
			break
		}
	}
	if !asked.Same(agreed) {
		e.Account = e.Account.plus(notice("the change edits exclude_manifests: that takes effect after merge"))
	}
	return agreed
}

// relative is a path below a folder, which may be ".".
func relative(folder, name string) (string, bool) {
	if folder == "." {
		return name, true
	}
	if len(name) > len(folder) && name[len(folder)] == '/' && name[:len(folder)] == folder {
		return name[len(folder)+1:], true
	}
	return "", false
}

// findBefore finds the manifests that a base on disk had.
func (r Request) findBefore(b *Base, display func(string) string, without ...string) (manifest.Found, error) {
	return r.findIn(b.files, display, false, func(name string) ([]byte, error) {
		_, data, err := b.read(name)
		return data, err
	}, without...)
}

// findAtCommit finds the manifests that a base on a Forge had. The contents of its files are a request each, unless the head has the
// same: beyond a limit they count by their names.
func (r Request) findAtCommit(b *Base, h Head, files fs.FS, display func(string) string) (manifest.Found, error) {
	left := maxAway
	return r.findIn(files, display, true, func(name string) ([]byte, error) {
		if h.Away == "" && h.Files != nil {
			if data, err := source.ReadFile(h.Files, name); err == nil && sameBlob(files, name, data) {
				return data, nil
			}
		}
		if left--; left < 0 {
			return nil, errTooMuch
		}
		_, data, err := b.read(name)
		return data, err
	})
}

func (r Request) findIn(files fs.FS, display func(string) string, commit bool, read func(string) ([]byte, error), without ...string) (manifest.Found, error) {
	listing, err := listedOnce(files, commit)()
	if err != nil {
		return manifest.Found{}, fmt.Errorf("%s: %s", display("."), Because(err))
	}
	excluded := newExclusions(listing, read, nil)
	return r.find(files, manifest.Search{Files: listing, Display: display, Read: read, Exclude: excluded.cover, Most: math.MaxInt, Without: without})
}
