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
	files    contents
	c        *Catalogue
	names    []string        // sorted
	projects map[string]bool // folders with a manifest of a package manager

	dependencies func(ecosystem string) map[int]bool
	vendored     func(dir string) bool
	holds        func(pattern string) bool
	resolves     func(project string) bool
}

// contents are the files of a tree.
type contents interface {
	// read returns the text of a file for a search, as search.Read does.
	read(name string, buffer []byte) (text, raw []byte, reason string)
	// size returns the size of a file in bytes. It is false if there is none.
	size(name string) (int64, bool)
	// searched returns the length of a text that was searched before and has nothing to weigh.
	searched(name string) (length int64, ok bool)
}

// onDisk are the files of a file system.
type onDisk struct{ files fs.FS }

func (d onDisk) read(name string, buffer []byte) (text, raw []byte, reason string) {
	return search.Read(d.files, name, buffer)
}

func (d onDisk) size(name string) (int64, bool) {
	info, err := fs.Stat(d.files, name)
	if err != nil {
		return 0, false
	}
	return info.Size(), true
}

func (onDisk) searched(string) (int64, bool) { return 0, false }

func newTree(files contents, c *Catalogue, names []string) *tree {
	if !slices.IsSorted(names) {
		names = slices.Sorted(slices.Values(names))
	}
	t := &tree{files: files, c: c, names: names, projects: map[string]bool{}}
	for _, name := range names {
		if deps.Is(name) && path.Ext(name) != ".txt" {
			t.projects[path.Dir(name)] = true
		}
	}
	t.dependencies = remembered(t.readDependencies)
	t.vendored = remembered(t.isVendored)
	t.holds = remembered(t.isNamed)
	t.resolves = remembered(t.isBaseFolder)
	return t
}

// remembered caches the answers to a question. It is safe for concurrent use, and asks once.
func remembered[T any](ask func(string) T) func(string) T {
	var answers sync.Map
	return func(question string) T {
		answer, ok := answers.Load(question)
		if !ok {
			answer, _ = answers.LoadOrStore(question, sync.OnceValue(func() T { return ask(question) }))
		}
		return answer.(func() T)() //nolint:forcetypeassert // nothing else is stored
	}
}

// depends reports whether a manifest of the tree names a package of a vendor.
func (t *tree) depends(vendor int, ecosystem string) bool { return t.dependencies(ecosystem)[vendor] }

// readDependencies returns the vendors with packages of an ecosystem in the manifests and lock files of the tree.
func (t *tree) readDependencies(ecosystem string) map[int]bool {
	out := map[int]bool{}
	also := ecosystem
	if ecosystem == "cocoapods" { // both are imported in the same way
		also = "swift"
	}
	var buffer []byte
	for _, name := range t.names {
		manifest := deps.Is(name)
		if !manifest && !search.Mentions(name, ecosystem) && !search.Mentions(name, also) || installed(name) {
			continue
		}
		var data []byte
		var reason string
		if data, buffer, reason = t.files.read(name, buffer); reason != "" {
			continue // the scan reports it
		}
		read := t.c.Mentioned
		if manifest {
			read = t.c.Packages
		}
		for _, h := range read(name, data) {
			if h.Ecosystem == ecosystem || h.Ecosystem == also {
				out[h.Vendor] = true
			}
		}
	}
	return out
}

// consulted reports whether the content of a file, size bytes long, can matter for others: all that a tree reads.
func consulted(name string, size int64) bool {
	return deps.Is(name) || search.MentionsAny(name) || size <= maxConsulted && (isLicence(name) || isSettings(name))
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
