package inputs

import (
	"context"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// Head is the tree to check. The author of the change controls its files.
type Head struct {
	Files   fs.FS              // nil if it cannot be read, or if the event deleted it
	Dir     string             // as reports show it
	Away    string             // the commit, if it is read from the Forge, one file at a time
	Commit  string             // the commit in a CI job, as far as it is known; empty elsewhere
	Archive source.ReadArchive // reads all files at once; nil if that is not necessary, because to read Files takes no requests
	Plain   bool               // it is a directory without a git checkout, so it is unknown whether files are missing
	deleted bool               // by the event
	commit  func(ctx context.Context) (Head, error)
	listed  func() (worktree.Listing, error)
	Account
}

// Listed lists the files of the repository. Callers share the lists and must not modify them.
func (h Head) Listed() (worktree.Listing, error) {
	if h.listed == nil {
		return worktree.Listing{}, nil
	}
	return h.listed()
}

// Complete returns the head to search if all of its files must be there. In a CI job, that is the commit, which is read from the Forge if
// the workspace is not a checkout. Elsewhere, it is the head itself.
func (h Head) Complete(ctx context.Context) (Head, error) {
	if !h.Plain || h.commit == nil {
		return h, nil
	}
	return h.commit(ctx)
}

// Name returns the path of a file as reports show it. It escapes bytes that are not UTF-8, and what a Forge lists in their place.
func (h Head) Name(file string) string { return path.Join(h.Dir, source.Escaped(file)) }

// headOnDisk returns the head in the directory to check.
func (r Request) headOnDisk(files fs.FS) Head {
	listed, plain := r.listing(files)
	return Head{Files: files, Dir: r.Dir, Plain: plain, listed: listed}
}

// OpenHead opens the tree to check. A tree that cannot be opened, or that is not the tree of the event, is a gap. A directory
// that does not exist is a UsageError.
func (r Request) OpenHead(ctx context.Context) (Head, error) {
	if r.Job == nil {
		files, err := r.Host.Open(r.Dir)
		if err != nil {
			return Head{}, Usagef("pass a directory that exists", "%q cannot be opened: %s", r.Dir, source.Reason(err))
		}
		return r.headOnDisk(files), nil
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
		h := r.headOnDisk(w.files)
		h.Commit, h.Account, h.Plain = w.commit(event), w.unknown(event), h.Plain && len(w.in) == 0
		h.commit = func(ctx context.Context) (Head, error) { return r.headAt(ctx, h.Commit) }
		return h, nil
	case event.Head == "":
		return Head{}, Usagef("check out the repository before this step", "nothing is checked out, and the event names no commit")
	}
	commit, err := r.Job.merged(ctx)
	var h Head
	if err == nil {
		h, err = r.headAt(ctx, commit)
	}
	if err != nil {
		return Head{Account: gap(r.Job.at(event.Head), "cannot be read: "+err.Error())}, nil //nolint:nilerr // the error is in the account
	}
	return h, nil
}

// headAt returns a commit of the job's repository, which is read from the Forge.
func (r Request) headAt(ctx context.Context, commit string) (Head, error) {
	files, err := r.Job.tree(ctx, commit)
	if err != nil {
		return Head{}, err
	}
	h := Head{Files: files, Dir: r.Dir, Away: commit, Commit: commit, listed: listedOnce(files, true)}
	h.Archive = func(ctx context.Context, most source.ArchiveLimits, visit func(file string, data []byte)) (source.Shortfall, error) {
		return r.Job.Forge.Archive(ctx, commit, most, visit)
	}
	return h, nil
}

// InRepository returns the path of a file in its repository, which may be checked out in a folder of the workspace.
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

// Paths returns the paths of manifests in their repository, by their names in findings.
func (h Head) Paths(manifests []manifest.Manifest) map[string]string {
	out := map[string]string{}
	for _, m := range manifests {
		out[m.File] = h.InRepository(m.Path)
	}
	return out
}
