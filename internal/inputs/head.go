package inputs

import (
	"context"
	"io/fs"
	"path"
	"strings"

	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Head is the tree that is judged. What stands in it is the author's.
type Head struct {
	Files   fs.FS  // nil if it cannot be read, or the event deleted it
	Dir     string // how reports call it
	Away    string // the commit, where it was read from the Forge; the contents of files are then read one by one
	Commit  string // that it is, as far as that is known; empty outside of a CI job
	deleted bool   // by the event
	Account
}

// Name is the path of a file as a reader finds it.
func (h Head) Name(file string) string { return path.Join(h.Dir, file) }

// OpenHead opens the tree that is judged. A tree that cannot be opened, or is not the one that the event is about, is a gap.
// A directory that does not exist is a UsageError.
func (r Request) OpenHead(ctx context.Context) (Head, error) {
	if r.Job == nil {
		files, err := r.Host.Open(r.Dir)
		if err != nil {
			return Head{}, usagef("name a directory that exists", "check %s: %s", r.Dir, source.Reason(err))
		}
		return Head{Files: files, Dir: r.Dir}, nil
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
		return Head{Files: w.files, Dir: r.Dir, Commit: w.commit(event)}, nil
	case event.Head == "":
		return Head{}, usagef("check out the repository before this step", "nothing is checked out, and the event names no commit")
	}
	commit, err := r.Job.merged(ctx)
	var files fs.FS
	if err == nil {
		files, err = r.Job.tree(ctx, commit)
	}
	if err != nil {
		return Head{Account: gap(r.Job.at(event.Head), "the tree to judge cannot be read: "+err.Error())}, nil //nolint:nilerr // the account says so
	}
	return Head{Files: files, Dir: r.Dir, Away: commit, Commit: commit}, nil
}

// InRepository is the path of a file in its repository, which a step may have checked out into a folder of the workspace.
func (h Head) InRepository(file string) string {
	for at := path.Dir(file); at != "."; at = path.Dir(at) {
		if _, ok := source.ReadCheckout(h.Files, at); ok {
			return strings.TrimPrefix(file, at+"/")
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
