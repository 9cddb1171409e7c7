package inputs

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// exclusions are the manifests that the root manifest leaves out. The globs are those on the default branch, so a change cannot leave
// out a manifest. It can only remove all globs.
type exclusions struct {
	files []string // of the tree, sorted
	read  func(path string) ([]byte, error)
	base  func() *Base // on the default branch; nil if the globs in the head count
	roots []string     // folders of the repositories in the tree; "." for the usual one
	globs map[string]manifest.Excludes
	Account
}

func newExclusions(listing worktree.Listing, read func(path string) ([]byte, error), base func() *Base) *exclusions {
	e := &exclusions{files: listing.Files, read: read, base: base, roots: []string{"."}}
	if !slices.Contains(listing.Repos, ".") {
		e.roots = append(e.roots, listing.Repos...)
	}
	return e
}

// cover reports whether a manifest is left out. It reads the root manifests when it is first asked about another manifest.
func (e *exclusions) cover(name string) bool {
	if slices.ContainsFunc(e.roots, func(root string) bool {
		return slices.ContainsFunc(manifest.RootPaths(), func(base string) bool { return path.Join(root, base) == name })
	}) {
		return false
	}
	e.load()
	for _, root := range e.roots {
		below, ok := relative(root, name)
		if ok && e.globs[root].Cover(below) {
			return true
		}
	}
	return false
}

// load reads the root manifests, once.
func (e *exclusions) load() {
	if e.globs != nil {
		return
	}
	e.globs = map[string]manifest.Excludes{}
	for _, root := range e.roots {
		e.globs[root] = e.agreed(root)
	}
}

// agreed returns the globs of a root. If the head has none, the default branch does not matter.
func (e *exclusions) agreed(root string) manifest.Excludes {
	names := manifest.RootPaths()
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
	data, _ := e.read(path.Join(root, names[i])) // it was read above
	asked := manifest.Parse(names[i], names[i], data).Excludes
	if len(asked) == 0 {
		return nil
	}
	base := e.base()
	if base == nil {
		return asked
	}
	names[0], names[i] = names[i], names[0] // probably the same name in the base
	agreed := manifest.Excludes(nil)
	for _, name := range names {
		_, data, err := base.read(path.Join(root, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, source.ErrNotRegular) {
			e.Account = e.plus(gap(base.Name, fmt.Sprintf("its %s decides which manifests are excluded, but it could not be read: %s", name, Because(err))))
			return asked
		}
		if err == nil && manifest.Recognize(data) {
			agreed = manifest.Parse(name, name, data).Excludes
			break
		}
	}
	if !asked.Same(agreed) {
		e.Account = e.plus(notice("the change edits exclude_manifests: that takes effect after merge"))
	}
	return agreed
}

// idle returns a notice about the globs that leave out none of the manifests that were found.
func (e *exclusions) idle(excluded []string) Account {
	e.load()
	var out []string
	for _, root := range e.roots {
		for _, glob := range e.globs[root] {
			if !slices.ContainsFunc(excluded, func(name string) bool {
				below, ok := relative(root, name)
				return ok && manifest.Excludes{glob}.Cover(below)
			}) {
				out = append(out, glob.Value)
			}
		}
	}
	if out == nil {
		return Account{}
	}
	return notice("exclude_manifests has entries that match no manifest: " + strings.Join(out[:min(len(out), 10)], ", "))
}

// relative returns a path relative to a folder, which may be ".".
func relative(folder, name string) (string, bool) {
	if folder == "." {
		return name, true
	}
	if len(name) > len(folder) && name[len(folder)] == '/' && name[:len(folder)] == folder {
		return name[len(folder)+1:], true
	}
	return "", false
}
