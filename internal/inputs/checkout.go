package inputs

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"

	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// errElsewhere means that git's own files are in a directory that cannot be opened.
var errElsewhere = errors.New("the index is in another directory")

// checkoutOf finds the checkout that a directory belongs to, which may begin in a folder above it. Its Git is nil if there is none.
func (h Host) checkoutOf(dir string) (worktree.Checkout, error) {
	for at := dir; ; {
		if files, err := h.Open(at); err == nil {
			git, common, err := h.gitFiles(at, files)
			if git != nil || err != nil {
				folder, _ := h.Inside(at, dir)
				return worktree.Checkout{Files: files, Git: git, Common: common, Folder: folder}, err
			}
		}
		above := filepath.Join(at, "..")
		if h.Abs(above) == h.Abs(at) {
			return worktree.Checkout{}, nil
		}
		at = above
	}
}

// gitFiles opens git's own files for the checkout in a directory, and those that it shares with other checkouts; nil if there are none. In a
// linked worktree and in a submodule, .git is a file that says where they are. A commit cannot contain either, so they do not come from a
// change.
func (h Host) gitFiles(dir string, files fs.FS) (git, common fs.FS, err error) {
	info, err := source.Lstat(files, ".git")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, nil
	case err != nil:
		return nil, nil, err
	case info.IsDir():
		git, err = fs.Sub(files, ".git")
		return git, git, err
	case !info.Mode().IsRegular():
		return nil, nil, nil
	}
	data, err := source.ReadFile(files, ".git")
	if err != nil {
		return nil, nil, err
	}
	place, ok := strings.CutPrefix(string(data), "gitdir: ")
	place = below(dir, place)
	if git, err = h.Open(place); err != nil || !ok {
		return nil, nil, errElsewhere
	}
	switch data, err = source.ReadFile(git, "commondir"); {
	case errors.Is(err, fs.ErrNotExist):
		return git, git, nil
	case err == nil:
		common, err = h.Open(below(place, string(data)))
	}
	if err != nil {
		return git, nil, nil //nolint:nilerr // the checkout has no history
	}
	return git, common, nil
}

// below returns a path that may be relative to a directory.
func below(dir, text string) string {
	if text = strings.TrimRight(text, "\r\n"); filepath.IsAbs(text) {
		return text
	}
	return filepath.Join(dir, text)
}

// listing lists the directory to check once. In a CI job, the directory is the workspace, and what is above it is not looked at. plain
// means that the directory belongs to no checkout.
func (r Request) listing(files fs.FS) (listed func() (worktree.Listing, error), plain bool) {
	c, err := r.Host.checkoutOf(r.Dir)
	if err != nil || c.Git == nil || r.Job != nil && c.Folder != "." {
		return listedOnce(files, false), err == nil
	}
	return sync.OnceValues(func() (worktree.Listing, error) { return worktree.ListCheckout(c) }), false
}

// listedOnce returns a function that lists a tree on its first call. commit means that the tree is that of a commit.
func listedOnce(files fs.FS, commit bool) func() (worktree.Listing, error) {
	return sync.OnceValues(func() (worktree.Listing, error) {
		if commit {
			return worktree.ListCommit(files)
		}
		return worktree.List(files)
	})
}
