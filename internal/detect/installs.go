package detect

import (
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/deps"
)

// uninstalled reports whether nothing installs the packages of a manifest that cannot be parsed: it is a template, or it is below the
// root, without code in its language, a lock file or a build in its folder, no build names that folder, and the code of the repository
// has another manifest. The name of the folder does not matter.
func (t *tree) uninstalled(name string, data []byte) bool {
	if deps.Template(name, data) {
		return true
	}
	dir := deps.Folder(name)
	return dir != "." && !t.hasUse(name, dir) && !t.buildNames(dir) && t.onlyManifest(deps.Sources(name)) != name
}

// hasUse reports whether the folder of a manifest has code in its language at any depth, or a lock file or a build of its own.
func (t *tree) hasUse(name, dir string) bool {
	used := false
	t.below(dir, func(other string) bool {
		base := strings.ToLower(path.Base(other))
		used = other != name && (deps.MayUse(name, other) || path.Dir(other) == dir && classOfBase(base, base, path.Base(other)) == inLocks ||
			deps.Folder(other) == dir && deps.IsBuild(other))
		return !used
	})
	return used
}

// isNamedByBuild reports whether a build of the repository names a folder, or there are too many builds to tell.
func (t *tree) isNamedByBuild(dir string) bool {
	builds, all := t.builds()
	return !all || slices.ContainsFunc(builds, func(b deps.Build) bool { return b.Names(dir) })
}
