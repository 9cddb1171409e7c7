package inputs

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// Head is the tree that is judged. What stands in it is the author's.
type Head struct {
	Files   fs.FS  // nil if it cannot be read, or the event deleted it
	Dir     string // how reports call it
	Away    string // the commit, where it was read from the Forge; the contents of files are then read one by one
	deleted bool   // by the event
	listed  func() (worktree.Listing, error)
	Account
}

// headOf is a tree to judge.
func headOf(files fs.FS, dir, away string) Head {
	return Head{Files: files, Dir: dir, Away: away, listed: listedOnce(files, away != "")}
}

// listedOnce lists a tree when it is first asked for it. commit says that it is the tree of a commit.
func listedOnce(files fs.FS, commit bool) func() (worktree.Listing, error) {
	return sync.OnceValues(func() (worktree.Listing, error) {
		if commit {
			return worktree.ListCommit(files)
		}
		return worktree.List(files)
	})
}

// Listed lists the files of the repository. All that look for files in the head share the list, so nobody may change it.
func (h Head) Listed() (worktree.Listing, error) {
	if h.listed == nil {
		return worktree.Listing{}, nil
	}
	return h.listed()
}

// Name is the path of a file as a reader finds it. Bytes that are not UTF-8 are escaped.
func (h Head) Name(file string) string { return path.Join(h.Dir, escaped(file)) }

// escaped writes bytes that are not UTF-8 as \xe9, so that two such names stay two in a report.
func escaped(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	var out strings.Builder
	for len(name) > 0 {
		r, size := utf8.DecodeRuneInString(name)
		if r == utf8.RuneError && size == 1 {
			fmt.Fprintf(&out, `\x%02x`, name[0])
		} else {
			out.WriteString(name[:size])
		}
		name = name[size:]
	}
	return out.String()
}

// OpenHead opens the tree that is judged. A tree that cannot be opened, or is not the one that the event is about, is a gap.
// A directory that does not exist is a UsageError.
func (r Request) OpenHead(ctx context.Context) (Head, error) {
	if r.Job == nil {
		files, err := r.Host.Open(r.Dir)
		if err != nil {
			return Head{}, usagef("name a directory that exists", "check %s: %s", r.Dir, source.Reason(err))
		}
		return headOf(files, r.Dir, ""), nil
	}
	event := r.Job.Event
	if event.Deleted {
		return Head{deleted: true}, nil
	}
	w := r.readWorkspace()
	switch wrong := w.wrong(event); {
	case wrong != "":
		return Head{Account: gap("the workspace", wrong)}, nil
	case !w.empty && !event.Away:
		return headOf(w.files, r.Dir, ""), nil
	case event.Head == "":
		return Head{}, usagef("check out the repository before this step", "nothing is checked out, and the event names no commit")
	}
	files, err := r.Job.tree(ctx, event.Head)
	if err != nil {
		return Head{Account: gap(r.Job.at(event.Head), "the tree to judge cannot be read: "+err.Error())}, nil //nolint:nilerr // the account says so
	}
	return headOf(files, r.Dir, event.Head), nil
}

// InRepository is the path of a file in its repository, which a step may have checked out into a folder of the workspace.
func (h Head) InRepository(file string) string {
	listing, err := h.Listed()
	if err != nil {
		return file
	}
	for _, folder := range slices.Backward(listing.Repos) { // the deepest last
		if rest, ok := strings.CutPrefix(file, folder+"/"); ok {
			return rest
		}
	}
	return file
}

// Paths are where manifests stand in their repository, by the names that findings have them under.
func (h Head) Paths(manifests []manifest.Manifest) map[string]string {
	out := map[string]string{}
	for _, m := range manifests {
		out[m.File] = h.InRepository(m.Path)
	}
	return out
}
