package cli

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/source"
)

// head is the tree that is judged. What stands in it is the author's.
type head struct {
	files fs.FS
	dir   string // how reports call it
	away  string // the commit, where it was read by API
	gone  bool   // the push deleted it
}

// name is the path of a file as a reader finds it.
func (h head) name(file string) string { return path.Join(h.dir, file) }

// openHead opens the tree that is judged. A tree that cannot be opened, or is not the one that the event is about, is a
// gap, and files is nil. A directory that is not there is a wrong setting.
func openHead(ctx context.Context, env Env, s settings, rep *diag.Report) (head, error) {
	if s.own != nil && s.own.event.Deleted {
		return head{gone: true}, nil
	}
	if s.own == nil {
		files, err := env.Open(s.dir)
		if err != nil {
			return head{}, usagef("name a directory that exists", "check %s: %s", s.dir, source.Reason(err))
		}
		return head{files: files, dir: s.dir}, nil
	}
	event := s.own.event
	workspace, checkedOut := checkout(env, s.dir)
	switch {
	case checkedOut && wrongCheckout(workspace, s.own) != "":
		rep.Gaps = append(rep.Gaps, diag.Gap{Target: "the workspace", Reason: wrongCheckout(workspace, s.own)})
		return head{}, nil
	case checkedOut && !event.Away:
		return head{files: workspace, dir: s.dir}, nil
	case event.Head == "":
		return head{}, usagef("check out the repository before this step", "nothing is checked out, and the event names no commit")
	}
	files, err := s.own.tree(ctx, event.Head)
	if err != nil {
		rep.Gaps = append(rep.Gaps, diag.Gap{Target: s.own.at(event.Head), Reason: "the tree to judge cannot be read: " + err.Error()})
		return head{}, nil //nolint:nilerr // the report says so
	}
	return head{files: files, dir: s.dir, away: event.Head}, nil
}

// inRepository is the path of a file in its repository, which a step may have checked out into a folder of the workspace.
func (h head) inRepository(file string) string {
	for at := path.Dir(file); at != "."; at = path.Dir(at) {
		if _, ok := source.ReadCheckout(h.files, at); ok {
			return strings.TrimPrefix(file, at+"/")
		}
	}
	return file
}

// paths are where manifests stand in their repository, by the names that findings have them under.
func (h head) paths(manifests []manifest.Manifest) map[string]string {
	out := map[string]string{}
	for _, m := range manifests {
		out[m.File] = h.inRepository(m.Path)
	}
	return out
}

// checkout is what earlier steps put into the workspace; false if that is nothing.
func checkout(env Env, dir string) (fs.FS, bool) {
	files, err := env.Open(dir)
	if err != nil {
		return nil, false
	}
	entries, err := fs.ReadDir(files, ".")
	return files, err != nil || len(entries) > 0
}

// wrongCheckout says why the workspace is not the tree of the event; empty if nothing speaks against it.
func wrongCheckout(workspace fs.FS, o *own) string {
	found, ok := source.ReadCheckout(workspace, ".")
	if !ok || found.Commit == "" || !o.isOurs(found.Remote) {
		return ""
	}
	switch {
	case found.Commit == o.event.Never:
		return fmt.Sprintf("the head of the pull request (%s) is checked out in a run for %s, which has secrets and a token that writes; remove the checkout: the manifest is read by API", found.Commit[:7], o.event.Name)
	case len(o.event.Tips) > 0 && !slices.Contains(o.event.Tips, found.Commit):
		return fmt.Sprintf("commit %s is checked out, and the event is about %s; check out without `ref:`", found.Commit[:7], o.event.Tips[0][:7])
	}
	return ""
}

// isOurs reports whether a checkout may be of the repository of the run, or of the fork that the change comes from.
func (o *own) isOurs(remote string) bool {
	return remote == "" || sameRepository(remote, o.event.Repository) || sameRepository(remote, o.event.HeadRepo)
}
