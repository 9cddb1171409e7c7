// Package worktree lists the files of a directory that belong to its repository: the files that git tracks, and new files that it
// does not ignore. It does not read the files.
//
// # Why
//
// The searches for manifests and for vendors in code use the same list. Otherwise they would disagree about submodules, build
// output and installed packages. Two walks of a deep tree at the same time are also slow.
//
// A tracked file always belongs to the repository, regardless of the name of its folder and of .gitignore. Untracked files count,
// so that a new manifest is found before `git add`. In a CI checkout, all files of the commit are in the index.
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

// Listing is the result of List. All lists are sorted by path.
type Listing struct {
	Files   []string  // regular files that belong to the repository
	Folders []string  // folders that were listed, without the root
	Skipped []Skipped // all other paths in the directory or in the index
	Repos   []string  // folders that are checkouts, with a .git folder of their own; "." for the root
}

// Skipped is a path that is not read, or not completely.
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

// Unread starts the reason of a path that belongs to the repository but could not be read.
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

// List lists a directory. Without a readable git index, it lists all files except those in folders of installed packages. It
// returns an error if the directory cannot be listed.
func List(files fs.FS) (Listing, error) {
	return list(&walker{files: files})
}

// ListCommit lists the tree of a commit. All of its files are tracked.
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

// instead starts the reason of an index that is not used.
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
