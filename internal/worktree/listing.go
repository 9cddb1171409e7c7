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
	"slices"
	"strings"

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
	Replaced   = "not in the working tree: something else has its name"
	Sparse     = "sparse checkout: not in the working tree"
	Link       = "symbolic link"
	Submodule  = "submodule: another repository"
	Repository = "another repository"
	Ignored    = "ignored by git"
	Installed  = "installed packages"
)

// Unread starts the reason of a path that belongs to the repository but could not be read.
const Unread = "cannot be read: "

// instead starts the reason of an index that is not used.
const instead = "searched all files instead: "

// Absent reports whether git tracks the path and the directory does not have it.
func (s Skipped) Absent() bool {
	return s.Reason == NotThere || s.Reason == Replaced || s.Reason == Sparse
}

// Irregular reports whether the path is there and is neither a file nor a folder, such as a link.
func (s Skipped) Irregular() bool {
	return s.Reason == Link || s.Reason == source.ErrNotRegular.Error()
}

// Unindexed reports whether the path is a git index that could not be used, so that it is unknown what is absent.
func (s Skipped) Unindexed() bool { return strings.HasPrefix(s.Reason, instead) }

// Outside reports whether the path is there and does not belong to the repository.
func (s Skipped) Outside() bool {
	return slices.Contains([]string{Submodule, Repository, Ignored, Installed}, s.Reason)
}
