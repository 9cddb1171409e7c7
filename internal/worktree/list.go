package worktree

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
)

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
