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
			git, err := h.gitFiles(at, files)
			if git != nil || err != nil {
				folder, _ := h.Inside(at, dir)
				return worktree.Checkout{Files: files, Git: git, Folder: folder}, err
			}
		}
		above := filepath.Join(at, "..")
		if h.Abs(above) == h.Abs(at) {
			return worktree.Checkout{}, nil
		}
		at = above
	}
}

// gitFiles opens git's own files for the checkout in a directory; nil if there is none. In a linked worktree and in a submodule, .git
// is a file that says where they are. A commit cannot contain either, so they do not come from a change.
func (h Host) gitFiles(dir string, files fs.FS) (fs.FS, error) {
	info, err := source.Lstat(files, ".git")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case info.IsDir():
		return fs.Sub(files, ".git")
	case !info.Mode().IsRegular():
		return nil, nil
	}
	data, err := source.ReadFile(files, ".git")
	if err != nil {
		return nil, err
	}
	place, ok := strings.CutPrefix(string(data), "gitdir: ")
	if place = strings.TrimRight(place, "\r\n"); !filepath.IsAbs(place) {
		place = filepath.Join(dir, place)
	}
	git, err := h.Open(place)
	if err != nil || !ok {
		return nil, errElsewhere
	}
	return git, nil
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
