package detect

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/vendorgate/vendorgate/internal/deps"
	"github.com/vendorgate/vendorgate/internal/search"
)

// tree answers questions about other files while a file is weighed. It reads those files when the first question comes up.
type tree struct {
	files    fs.FS
	c        *Catalogue
	names    []string        // sorted
	projects map[string]bool // folders with a manifest of a package manager

	dependencies func() map[dependency]bool
	vendored     func(dir string) bool
	holds        func(pattern string) bool
}

// dependency says that a manifest names a package of a vendor.
type dependency struct {
	vendor    int
	ecosystem string
}

func newTree(files fs.FS, c *Catalogue, names []string) *tree {
	if !slices.IsSorted(names) {
		names = slices.Sorted(slices.Values(names))
	}
	t := &tree{files: files, c: c, names: names, projects: map[string]bool{}}
	for _, name := range names {
		if deps.Is(name) && path.Ext(name) != ".txt" {
			t.projects[path.Dir(name)] = true
		}
	}
	t.dependencies = sync.OnceValue(t.readDependencies)
	t.vendored = remembered(t.isVendored)
	t.holds = remembered(t.isNamed)
	return t
}

// remembered caches the answers to a question. It is safe for concurrent use.
func remembered(ask func(string) bool) func(string) bool {
	var answers sync.Map
	return func(question string) bool {
		answer, ok := answers.Load(question)
		if !ok {
			answer, _ = answers.LoadOrStore(question, ask(question))
		}
		return answer.(bool) //nolint:forcetypeassert // nothing else is stored
	}
}

// depends reports whether a manifest of the tree names a package of a vendor.
func (t *tree) depends(vendor int, ecosystem string) bool {
	return t.dependencies()[dependency{vendor, ecosystem}]
}

func (t *tree) readDependencies() map[dependency]bool {
	out := map[dependency]bool{}
	var buffer []byte
	for _, name := range t.names {
		read := t.c.Packages
		if !deps.Is(name) {
			read = t.c.Mentioned
		}
		if !deps.Is(name) && !search.Mentions(name) || installed(name) {
			continue
		}
		var data []byte
		var reason string
		if data, buffer, reason = search.Read(t.files, name, buffer); reason != "" {
			continue // the scan reports it
		}
		for _, h := range read(name, data) {
			out[dependency{h.Vendor, h.Ecosystem}] = true
			if h.Ecosystem == "swift" { // both are imported in the same way
				out[dependency{h.Vendor, "cocoapods"}] = true
			}
		}
	}
	return out
}

// has reports whether the tree has a file.
func (t *tree) has(name string) bool {
	_, found := slices.BinarySearch(t.names, name)
	return found
}

// below yields the files below a folder at any depth.
func (t *tree) below(dir string, yield func(name string) bool) {
	prefix := dir + "/"
	i, _ := slices.BinarySearch(t.names, prefix)
	for ; i < len(t.names) && strings.HasPrefix(t.names[i], prefix) && yield(t.names[i]); i++ {
	}
}

// hasBelow reports whether a folder has a file with one of some endings.
func (t *tree) hasBelow(dir string, endings ...string) bool {
	found := false
	t.below(dir, func(name string) bool {
		found = slices.Contains(endings, path.Ext(name))
		return !found
	})
	return found
}
