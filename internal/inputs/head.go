package inputs

import (
	"context"
	"io/fs"
	"path"
	"strings"

	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Head is the tree to check. The author of the change controls its files.
type Head struct {
	Files   fs.FS  // nil if it cannot be read, or if the event deleted it
	Dir     string // as reports show it
	Away    string // the commit, if it is read from the Forge, one file at a time
	Commit  string // the commit in a CI job, as far as it is known; empty elsewhere
	deleted bool   // by the event
	Account
}

// Name returns the path of a file as reports show it.
func (h Head) Name(file string) string { return path.Join(h.Dir, file) }

// OpenHead opens the tree to check. A tree that cannot be opened, or that is not the tree of the event, is a gap. A directory
// that does not exist is a UsageError.
func (r Request) OpenHead(ctx context.Context) (Head, error) {
	if r.Job == nil {
		files, err := r.Host.Open(r.Dir)
		if err != nil {
			return Head{}, usagef("pass a directory that exists", "check %s: %s", r.Dir, source.Reason(err))
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
		return Head{Account: gap(r.Job.at(event.Head), "cannot be read: "+err.Error())}, nil //nolint:nilerr // the error is in the account
	}
	return Head{Files: files, Dir: r.Dir, Away: commit, Commit: commit}, nil
}

// InRepository returns the path of a file in its repository, which may be checked out in a folder of the workspace.
func (h Head) InRepository(file string) string {
	for at := path.Dir(file); at != "."; at = path.Dir(at) {
		if _, ok := source.ReadCheckout(h.Files, at); ok {
			return strings.TrimPrefix(file, at+"/")
		}
	}
	return file
}

// Paths returns the paths of manifests in their repository, by their names in findings.
func (h Head) Paths(manifests []manifest.Manifest) map[string]string {
	out := map[string]string{}
	for _, m := range manifests {
		out[m.File] = h.InRepository(m.Path)
	}
	return out
}
