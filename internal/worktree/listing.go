// Package worktree decides which files in a directory belong to a repository: the files that git tracks, and those that it
// neither tracks nor ignores. It does not read the files.
//
// # Why
//
// Manifests and code are looked for in the same files. Two searches that each decide for themselves would disagree about
// submodules, build output and folders of packages, and walking a deep tree twice at once is slow.
//
// A tracked file always belongs to the repository, whatever its folder is called and whatever .gitignore says. Untracked files
// count because a new manifest should be found before `git add`. A CI checkout has everything that matters in the index.
package worktree

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"github.com/vendorgate/vendorgate/internal/gitindex"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Listing is what a directory holds of a repository. All lists are sorted by path.
type Listing struct {
	Files   []string  // regular files that belong to the repository
	Folders []string  // folders that were listed, without the root
	Skipped []Skipped // everything else that is in the directory or that git tracks
	Repos   []string  // folders that are checkouts, with a .git folder of their own; "." for the root
}

// Skipped is a path that is not read, or not to its end.
type Skipped struct{ Path, Reason string }

// Reasons for not reading a path.
const (
	NotThere   = "not in the working tree"
	Sparse     = "sparse checkout: not in the working tree"
	Link       = "symbolic link"
	Submodule  = "submodule: another repository"
	Repository = "another repository"
	Ignored    = "ignored by git"
	Installed  = "installed packages"
)

// Unread begins the reason of a path that belongs to the repository and could not be read.
const Unread = "cannot be read: "

// Absent reports whether git tracks the path and the directory does not have it.
func (s Skipped) Absent() bool { return s.Reason == NotThere || s.Reason == Sparse }

// Irregular reports whether the path is there and is neither a file nor a folder, such as a link.
func (s Skipped) Irregular() bool {
	return s.Reason == Link || s.Reason == source.ErrNotRegular.Error()
}

// Outside reports whether the path is there and does not belong to the repository.
func (s Skipped) Outside() bool {
	return slices.Contains([]string{Submodule, Repository, Ignored, Installed}, s.Reason)
}

// List lists a directory. Where there is no git index that can be read, everything counts but folders of installed packages. The
// error means that the directory could not be listed.
func List(files fs.FS) (Listing, error) {
	return list(&walker{files: files})
}

// ListCommit lists the tree of a commit, in which everything is tracked.
func ListCommit(files fs.FS) (Listing, error) {
	return list(&walker{files: files, commit: true})
}

func list(w *walker) (Listing, error) {
	found, err := fs.ReadDir(w.files, ".")
	if err != nil {
		return Listing{}, fmt.Errorf("list the files: %w", err)
	}
	w.folder(".", found, scope{})
	byPath := func(a, b Skipped) int { return cmp.Compare(a.Path, b.Path) }
	slices.Sort(w.out.Files)
	slices.Sort(w.out.Folders)
	slices.SortStableFunc(w.out.Skipped, byPath)
	return w.out, nil
}

// maxIndex is the maximum size of a git index: some 500,000 files.
const maxIndex = 64 << 20

// readIndex reads the index of the checkout in a folder. It returns false if there is none. An index that is there and cannot be
// read is listed as skipped.
func (w *walker) readIndex(dir string) ([]gitindex.Entry, bool) {
	name := join(dir, ".git/index")
	if info, err := source.Lstat(w.files, name); err != nil || !info.Mode().IsRegular() {
		return nil, false
	}
	data, err := readWhole(w.files, name)
	if err != nil {
		w.skip(name, instead+Unread+source.Reason(err))
		return nil, false
	}
	entries, err := gitindex.Parse(data)
	if err != nil {
		w.skip(name, instead+err.Error())
		return nil, false
	}
	return entries, true
}

// instead begins the reason of an index that is not used.
const instead = "searched all files instead: "

func readWhole(files fs.FS, name string) ([]byte, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	data, err := io.ReadAll(io.LimitReader(f, maxIndex+1))
	if err == nil && len(data) > maxIndex {
		err = errors.New("larger than 64 MiB")
	}
	return data, err
}

// join is path.Join for a folder that may be ".".
func join(dir, name string) string {
	if dir == "." {
		return name
	}
	return dir + "/" + name
}
