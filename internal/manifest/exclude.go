package manifest

import (
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
