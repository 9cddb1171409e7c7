package manifest

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Found is what a search for manifests came back with.
type Found struct {
	Paths    []string // with slashes, sorted
	Unused   []string // patterns that matched no file
	Problems []diag.Problem
	Gaps     []diag.Gap // folders that could not be read
}

// Find discovers the manifests of a tree: vendors.yaml or vendors.yml in any folder, or in its .github.
// Not searched are .git and the folders of installed dependencies (node_modules, vendor); links are not followed.
// Two manifests for one folder, and a name that differs only in case, are problems: one of the two would go unread.
func Find(fsys fs.FS, display func(string) string) Found {
	var found Found
	byFolder := map[string][]string{}
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			found.Gaps = append(found.Gaps, diag.Gap{Target: display(name), Reason: "cannot be read: " + source.Reason(err)})
			if entry != nil && entry.IsDir() {
				return fs.SkipDir
			}
		case entry.IsDir():
			return skip(name, entry.Name())
		case !strings.EqualFold(entry.Name(), "vendors.yaml") && !strings.EqualFold(entry.Name(), "vendors.yml"):
		case entry.Name() != strings.ToLower(entry.Name()):
			found.problem(display(name), fmt.Sprintf("the name %q is not read", entry.Name()), fmt.Sprintf("rename it to %q", strings.ToLower(entry.Name())))
		default:
			folder := path.Dir(name)
			if path.Base(folder) == ".github" {
				folder = path.Dir(folder)
			}
			byFolder[folder] = append(byFolder[folder], name)
		}
		return nil
	})
	if err != nil {
		found.Gaps = append(found.Gaps, diag.Gap{Target: display("."), Reason: "cannot be searched: " + source.Reason(err)})
	}
	for _, names := range byFolder {
		slices.SortFunc(names, func(a, b string) int { // .github last, vendors.yaml before vendors.yml
			return cmp.Or(cmp.Compare(len(path.Dir(a)), len(path.Dir(b))), cmp.Compare(a, b))
		})
		found.Paths = append(found.Paths, names...)
		for _, name := range names[1:] {
			found.problem(display(name), fmt.Sprintf("a second manifest for the same folder; the first is %s", display(names[0])), "keep one of them")
		}
	}
	slices.Sort(found.Paths)
	slices.SortFunc(found.Problems, func(a, b diag.Problem) int { return strings.Compare(a.Pos.File, b.Pos.File) })
	return found
}

// Match finds the manifests that patterns name: paths or globs, ** matching any number of folders.
func Match(fsys fs.FS, patterns []string) (Found, error) {
	var found Found
	for _, pattern := range patterns {
		names := []string{pattern}
		if strings.ContainsAny(pattern, "*?[{") {
			var err error
			if names, err = doublestar.Glob(fsys, pattern, doublestar.WithFilesOnly(), doublestar.WithNoFollow(), doublestar.WithFailOnIOErrors()); err != nil {
				return found, fmt.Errorf("match %q: %w", pattern, err)
			}
		} else if _, err := fs.Stat(fsys, pattern); err != nil {
			names = nil
		}
		if len(names) == 0 {
			found.Unused = append(found.Unused, pattern)
		}
		found.Paths = append(found.Paths, names...)
	}
	slices.Sort(found.Paths)
	found.Paths = slices.Compact(found.Paths)
	return found, nil
}

func skip(name, base string) error {
	if name != "." && (base == ".git" || base == "node_modules" || base == "vendor") {
		return fs.SkipDir
	}
	return nil
}

func (f *Found) problem(file, message, hint string) {
	f.Problems = append(f.Problems, diag.Problem{Pos: diag.Pos{File: file, Line: 1, Col: 1}, Message: message, Hint: hint})
}
