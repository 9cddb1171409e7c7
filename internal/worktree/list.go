package worktree

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Checkout is a folder of a checkout whose root, or whose index, may be elsewhere.
type Checkout struct {
	Files  fs.FS  // of the root
	Git    fs.FS  // git's own files, such as the index
	Common fs.FS  // those that all checkouts of the repository share, such as its objects; nil if they cannot be opened
	Folder string // the folder to list; "." for the root
}

// ListCheckout is List for a folder of a checkout. If git tracks nothing in the folder, the listing is that of List.
func ListCheckout(c Checkout) (Listing, error) {
	w := &walker{files: c.Files}
	root, tracked := w.readScope(c.Git, ".")
	if c.Folder == "." {
		if tracked {
			w.out.Repos = []string{"."}
		}
		return list(w, c.Folder, root)
	}
	s, tracked := root.below(c.Files, c.Folder)
	if !tracked {
		files, err := fs.Sub(c.Files, c.Folder)
		if err != nil {
			return Listing{}, fmt.Errorf("list the files: %w", err)
		}
		out, err := List(files)
		out.Skipped = append(out.Skipped, w.out.Skipped...) // why the index is not used
		return out, err
	}
	out, err := list(w, c.Folder, s)
	return out.in(c.Folder), err
}

// List lists a directory. Without a readable git index, it lists all files except those in folders of installed packages. It
// returns an error if the directory cannot be listed.
func List(files fs.FS) (Listing, error) {
	return list(&walker{files: files}, ".", scope{})
}

// ListCommit lists the tree of a commit. All of its files are tracked.
func ListCommit(files fs.FS) (Listing, error) {
	return list(&walker{files: files, commit: true}, ".", scope{})
}

func list(w *walker, dir string, s scope) (Listing, error) {
	found, err := fs.ReadDir(w.files, dir)
	if err != nil {
		return Listing{}, fmt.Errorf("list the files: %w", err)
	}
	w.folder(dir, found, s)
	byPath := func(a, b Skipped) int { return cmp.Compare(a.Path, b.Path) }
	slices.Sort(w.out.Files)
	slices.Sort(w.out.Folders)
	slices.SortStableFunc(w.out.Skipped, byPath)
	w.out.Skipped = slices.Compact(w.out.Skipped) // an index that cannot be used may have been read twice
	return w.out, nil
}

// in returns the listing with the paths relative to a folder, which contains them all.
func (l Listing) in(folder string) Listing {
	relative := func(names []string) []string {
		var out []string
		for _, name := range names {
			if rest, below := strings.CutPrefix(name, folder+"/"); below {
				out = append(out, rest)
			}
		}
		return out
	}
	out := Listing{Files: relative(l.Files), Folders: relative(l.Folders), Repos: relative(l.Repos)}
	for _, s := range l.Skipped {
		if rest, below := strings.CutPrefix(s.Path, folder+"/"); below {
			out.Skipped = append(out.Skipped, Skipped{rest, s.Reason})
		}
	}
	return out
}
