package cli

import (
	"context"
	"io/fs"
	"path"
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
	w := readWorkspace(env, s)
	switch wrong := w.wrong(event); {
	case wrong != "":
		rep.Gaps = append(rep.Gaps, diag.Gap{Target: "the workspace", Reason: wrong})
		return head{}, nil
	case !w.empty && !event.Away:
		return head{files: w.files, dir: s.dir}, nil
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
