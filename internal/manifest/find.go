package manifest

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Found is the result of a search for manifests.
type Found struct {
	Paths    []string // with slashes, sorted
	Unused   []string // patterns that matched no file
	Folders  []string // patterns without a wildcard that name a folder
	Problems []diag.Problem
	Gaps     []diag.Gap // what could not be read
}

// Find finds the manifests of a tree: vendors.yaml or vendors.yml in any folder, or in its .github. It does not search
// .git, folders of installed dependencies (node_modules, vendor), or the folders to skip, such as the registry's, and
// it does not follow links. Two manifests for a folder, a name that differs only in case, and a folder with that name
// are problems, because a manifest would not be read.
func Find(fsys fs.FS, display func(string) string, without ...string) Found {
	var found Found
	byFolder := map[string][]string{}
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			found.gap(display(name), "cannot be read", err)
			if entry != nil && entry.IsDir() {
				return fs.SkipDir
			}
		case entry.IsDir() && (slices.Contains(without, name) || skipped(name, entry.Name())):
			return fs.SkipDir
		case !strings.EqualFold(entry.Name(), "vendors.yaml") && !strings.EqualFold(entry.Name(), "vendors.yml"):
		case entry.IsDir():
			found.problem(display(name), fmt.Sprintf("%s is a folder", entry.Name()), "rename the folder; a manifest must be a file")
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
		found.gap(display("."), "cannot be searched", err)
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

// Match finds the manifests that match patterns: paths, or globs in which ** matches any number of folders. Globs do
// not search the folders to skip.
func Match(fsys fs.FS, patterns []string, display func(string) string, without ...string) (Found, error) {
	var found Found
	for _, pattern := range patterns {
		names := []string{pattern}
		if strings.ContainsAny(pattern, "*?[{") {
			var err error
			names, err = doublestar.Glob(fsys, pattern, doublestar.WithFilesOnly(), doublestar.WithNoFollow(), doublestar.WithFailOnIOErrors())
			if errors.Is(err, doublestar.ErrBadPattern) {
				return found, fmt.Errorf("match %q: %w", pattern, err)
			}
			if err != nil {
				found.gap(display(pattern), "cannot be searched", err)
				continue
			}
			names = slices.DeleteFunc(names, func(name string) bool {
				return slices.ContainsFunc(without, func(folder string) bool { return folder != "" && strings.HasPrefix(name, folder+"/") })
			})
		} else if info, err := source.Lstat(fsys, pattern); errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
			names = nil
		} else if err != nil {
			found.gap(display(pattern), "cannot be read", err)
			continue
		} else if info.IsDir() {
			found.Folders = append(found.Folders, pattern)
			continue
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

func skipped(name, base string) bool {
	return name != "." && (base == ".git" || base == "node_modules" || base == "vendor")
}

func (f *Found) gap(target, what string, err error) {
	f.Gaps = append(f.Gaps, diag.Gap{Target: target, Reason: what + ": " + source.Reason(err)})
}

func (f *Found) problem(file, message, hint string) {
	f.Problems = append(f.Problems, diag.Problem{Pos: diag.Pos{File: file, Line: 1, Col: 1}, Message: message, Hint: hint})
}
