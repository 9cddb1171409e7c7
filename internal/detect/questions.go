package detect

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/deps"
	"github.com/vendorgate/vendorgate/internal/owner"
	"github.com/vendorgate/vendorgate/internal/search"
)

// tree answers questions about other files while a file is weighed. It reads those files when the first question comes up.
type tree struct {
	files    contents
	c        *Catalogue
	names    []string        // sorted
	projects map[string]bool // folders with a manifest of a package manager

	dependencies func(ecosystem string) dependencies
	vendored     func(dir string) bool
	holds        func(pattern string) bool
	resolves     func(project string) bool
	aliased      func(question string) bool
	loads        func(question string) bool
	tested       func(dir string) bool
	buildNames   func(dir string) bool
	onlyManifest func(languages string) string
	builds       func() (builds []deps.Build, all bool)
	owners       func() owner.Owner // according to its files
	trusted      func() owner.Owner // likewise, before the change
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

// depends reports whether a manifest of the tree names a package of a vendor.
func (t *tree) depends(vendor int, ecosystem string) bool {
	return t.dependencies(ecosystem).vendors[vendor]
}

// namesPackage reports whether a manifest or lock file names a package that an import may come from: one of the vendor that calls
// somebody, or one that has the name of the import's vendor in its own.
func (t *tree) namesPackage(vendor int, ecosystem string, imported []byte) bool {
	known := t.dependencies(ecosystem)
	if known.calling[vendor] {
		return true
	}
	parts := strings.FieldsFunc(strings.ToLower(string(imported)), func(r rune) bool { return r == '.' || r == '\\' })
	at := 0
	if ecosystem == "maven" {
		at = 1 // after the top-level domain
	}
	return at < len(parts) && slices.ContainsFunc(known.names, func(name string) bool { return strings.Contains(name, parts[at]) })
}

// listed reports whether the tree has a file that lists dependencies of an ecosystem.
func (t *tree) listed(ecosystem string) bool { return t.dependencies(ecosystem).listed }

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
