package inputs

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/source"
)

// workspace describes what earlier steps put into the folder that the job runs in.
type workspace struct {
	files fs.FS
	empty bool     // it does not contain the tree to check
	alien string   // says that something else is checked out at the root than the job's repository or the fork; empty if not
	root  string   // commit of those repositories that is checked out at the root; empty if unknown
	in    []string // commits of those repositories that are checked out in folders
	other bool     // there are files outside these folders
}

// readWorkspace finds out what is checked out. Checkouts of other repositories, and those that the settings name as registry
// or base, are not the tree to check.
func (r Request) readWorkspace() workspace {
	files, err := r.Host.Open(r.Dir)
	if err != nil {
		return workspace{empty: true}
	}
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return workspace{files: files, other: true}
	}
	w := workspace{files: files, empty: true}
	switch found, ok := source.ReadCheckout(files, "."); {
	case !ok:
	case !r.Job.ours(found.Remote) && !found.Local:
		w.alien = fmt.Sprintf("a checkout of %s is at the root of the workspace, but the event is about %s; check out %s there, and other repositories in folders", found.Remote, r.Job.Event.Repository, r.Job.Event.Repository)
	case found.NoHead:
		w.alien = "the .git folder at the root of the workspace has no HEAD, so it is unknown what is checked out; check out the repository before this step"
	default:
		w.root = found.Commit
	}
	for _, entry := range entries {
		found, ok := source.ReadCheckout(files, entry.Name())
		switch {
		case !ok, found.NoHead:
			w.empty, w.other = false, true
		case !r.Job.ours(found.Remote):
		default:
			w.in = append(w.in, found.Commit)
			w.empty = w.empty && r.namesFolder(entry.Name())
		}
	}
	return w
}

// namesFolder reports whether the settings name a folder of the workspace as registry or base.
func (r Request) namesFolder(folder string) bool {
	return slices.ContainsFunc([]string{r.Registry, r.Base}, func(dir string) bool {
		return strings.HasPrefix(r.Host.within(r.Dir, dir)+"/", folder+"/")
	})
}

// commit returns the commit that is checked out or, if that is unknown, the one that the event expects.
func (w workspace) commit(event Event) string {
	found := w.root
	for _, commit := range w.in {
		if found == "" && slices.Contains(event.Tips, commit) {
			found = commit
		}
	}
	return cmp.Or(found, append(slices.Clone(event.Tips), event.Head)[0])
}

// unknown returns a notice if the workspace is the tree of an event, and nothing says of which commit.
func (w workspace) unknown(event Event) Account {
	if w.root != "" || len(event.Tips) == 0 || slices.ContainsFunc(w.in, func(commit string) bool { return commit != "" }) {
		return Account{}
	}
	return notice(fmt.Sprintf("the workspace does not say which commit is checked out, so it is taken for that of the event (%s)", event.Tips[0][:7]))
}

// wrong says why the workspace cannot be the tree of an event; empty if it can.
func (w workspace) wrong(event Event) string {
	if event.Forbidden != "" && (w.root == event.Forbidden || slices.Contains(w.in, event.Forbidden)) {
		return fmt.Sprintf("the head of the change (%s) is checked out in a job for %s, which has secrets and a token with write access; remove the checkout, and vendorgate reads the manifests through the API", event.Forbidden[:7], event.Name)
	}
	if w.alien != "" && !event.Away {
		return w.alien
	}
	stray := ""
	switch {
	case w.root != "":
		stray = w.root
	case !w.empty && !w.other && !slices.ContainsFunc(w.in, func(commit string) bool { return commit == "" || slices.Contains(event.Tips, commit) }):
		stray = w.in[0]
	}
	if stray == "" || len(event.Tips) == 0 || slices.Contains(event.Tips, stray) {
		return ""
	}
	return fmt.Sprintf("commit %s is checked out, but the event is about %s; check out without `ref:`", stray[:7], event.Tips[0][:7])
}
