package manifest

import (
	"path"
	"slices"
	"strings"

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

// excludeProblem says why an entry of exclude_manifests leaves out no manifest, and what to write instead. Both are empty if it may: the
// last part of a path can be the name of a folder.
func excludeProblem(pattern string) (problem, hint string) {
	const folders = "name the folder of the manifests, such as `testdata/**`"
	if slices.Contains(RootPaths(), pattern) {
		return "the manifest at the root is always checked", folders
	}
	parts := strings.Split(pattern, "/")
	instead := func(parts ...string) string {
		if len(parts) == 1 {
			return folders
		}
		return "write `" + strings.Join(parts, "/") + "`"
	}
	for i, part := range parts[:len(parts)-1] {
		if HasName(part) {
			return part + " is a file, and no folder", instead(parts[:i+1]...)
		}
	}
	name := strings.ToLower(parts[len(parts)-1])
	endings := []string{".yaml", ".yml", ".json", ".txt", ".md", ".js", ".ts", ".go", ".py", ".rb", ".java", ".toml", ".tf", ".sh", ".xml", ".lock"}
	isManifest := func(base string) bool { return doublestar.MatchUnvalidated(name, base) }
	if !slices.Contains(endings, path.Ext(name)) || slices.ContainsFunc([]string{"vendors.yaml", "vendors.yml"}, isManifest) || slices.Contains(nearNames(), name) {
		return "", ""
	}
	parts[len(parts)-1] = "vendors.yaml"
	return "no manifest has this name", instead(parts...)
}
