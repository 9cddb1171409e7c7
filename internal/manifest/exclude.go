package manifest

import (
	"path"
	"slices"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// Excludes are the globs of exclude_manifests, relative to the folder of the manifest.
type Excludes []diag.At[string]

// Cover reports whether one of the globs matches a path.
func (e Excludes) Cover(file string) bool {
	return slices.ContainsFunc(e, func(glob diag.At[string]) bool { return InPlace([]string{glob.Value}, file) })
}

// Same reports whether two lists have the same globs.
func (e Excludes) Same(other Excludes) bool {
	return slices.EqualFunc(e, other, func(a, b diag.At[string]) bool { return a.Value == b.Value })
}

// InPlace reports whether one of the globs matches a path, or a folder above it.
func InPlace(globs []string, file string) bool {
	return slices.ContainsFunc(globs, func(glob string) bool {
		glob, problem, _ := filePattern(glob)
		return problem == "" && (doublestar.MatchUnvalidated(glob, file) || doublestar.MatchUnvalidated(glob+"/**", file))
	})
}

// PlaceProblem says why no manifest can be in a place that a policy allows, and what to write instead. Both are empty if one can.
func PlaceProblem(glob string) (problem, hint string) {
	pattern, problem, hint := filePattern(glob)
	folder, name := path.Split(pattern)
	switch {
	case leadsOut(glob):
		return "it leads out of the repository", "write a path from the root of the repository"
	case problem != "":
		return problem, hint
	case !doublestar.ValidatePattern(pattern):
		return "it is not a valid glob", "use ** for any number of folders, * for one name, {a,b} for either"
	case slices.Contains([]string{".yaml", ".yml", ".json"}, path.Ext(name)) && !slices.ContainsFunc(RootPaths(), func(p string) bool { return doublestar.MatchUnvalidated(name, path.Base(p)) }):
		return "no manifest has this name", "write `" + folder + path.Base(RootPaths()[0]) + "`, or the folder alone"
	}
	return "", ""
}
