package inputs

import (
	"context"
	"errors"
	"io/fs"
	"path"

	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/source"
)

// baseInJob returns what the change of a CI job is compared with. It is always approved code, never a commit that the author
// could have pushed without review. If the run checks no change, the base is nil and unchanged is the reason. If the base cannot
// be read, its functions return the error.
func (r Request) baseInJob(ctx context.Context, h Head, rules *policy.Policy) (b *Base, unchanged string) {
	switch {
	case r.Job.Event.Deleted:
		return nil, ""
	case r.Job.Event.Unchanged != "":
		return nil, r.Job.Event.Unchanged
	}
	commit, err := r.Job.base(ctx, h.Commit, rules)
	return r.baseInJobAt(ctx, h, commit, err), ""
}

// base returns the commit to compare with: the one that the event names, or the merge base of the head and the approved branch.
func (j *Job) base(ctx context.Context, head string, rules *policy.Policy) (commit string, err error) {
	switch e := j.Event; {
	case e.Base != "" || e.BaseBranch != "":
		return j.tip(ctx, e.Base, e.BaseBranch)
	case j.Unavailable != nil:
		return "", j.Unavailable
	case head == "":
		return "", errors.New("the event names no commit, so it is unknown what changed")
	}
	return j.Forge.MergeBase(ctx, j.approvedBranch(rules), head)
}

// approvedBranch returns the branch to compare with: the target branch if the policy trusts it, and the default branch otherwise.
// On any other branch, anyone who can push could approve their own change.
func (j *Job) approvedBranch(rules *policy.Policy) string {
	if target := j.Event.Target; target != "" && rules != nil && rules.TrustsBranch(target) {
		return target
	}
	return j.Event.Default
}

// baseInJobAt returns the repository of the job at the commit to compare with. failed is the error if that commit is unknown.
func (r Request) baseInJobAt(ctx context.Context, h Head, commit string, failed error) *Base {
	name := r.Job.Event.Repository
	if commit != "" {
		name = r.Job.at(commit)
	}
	return r.baseAt(ctx, h, r.Job.Forge, place{name, commit, failed})
}

// commits reads the files of a repository at a commit, as a Forge does.
type commits interface {
	Tree(ctx context.Context, commit string) (fs.FS, error)
	Archive(ctx context.Context, commit string, most source.ArchiveLimits, visit func(file string, data []byte)) (source.Shortfall, error)
	File(ctx context.Context, path, commit string) ([]byte, error)
}

// place is a commit to compare with.
type place struct {
	name   string // as reports show it
	commit string // empty if failed says why it is unknown
	failed error
}

// baseAt returns the files at a commit.
func (r Request) baseAt(ctx context.Context, h Head, from commits, at place) *Base {
	b := &Base{Name: at.name, commit: at.commit}
	b.tree = func() (fs.FS, error) {
		if at.failed != nil {
			return nil, at.failed
		}
		return from.Tree(ctx, at.commit)
	}
	b.archive = func(ctx context.Context, most source.ArchiveLimits, visit func(file string, data []byte)) (source.Shortfall, error) {
		return from.Archive(ctx, at.commit, most, visit)
	}
	display := func(name string) string { return path.Join(b.Name, name) }
	b.read = remembering(func(name string) (string, []byte, error) {
		if at.failed != nil {
			return b.Name, nil, at.failed
		}
		data, err := from.File(ctx, h.InRepository(name), at.commit)
		return display(name), data, err
	})
	b.find = func() (manifest.Found, error) {
		files, err := b.tree()
		if err != nil {
			return manifest.Found{}, err
		}
		return r.findAtCommit(b, h, files, display)
	}
	return b
}

// agreedBase returns the tree that exemptions count from: the tip of the default branch, where they may have been removed since the
// change began. It is nil if that is the head.
func (r Request) agreedBase(ctx context.Context, h Head, base *Base) *Base {
	switch {
	case r.Job == nil && base != nil && base.tip != nil:
		return base.tip
	case r.Job == nil || r.Job.Event.Deleted:
		return base
	case r.Job.Event.onDefaultBranch():
		return nil
	}
	commit, failed := r.Job.agreedTip(ctx)
	if failed == nil && base != nil && base.commit == commit {
		return base
	}
	return r.baseInJobAt(ctx, h, commit, failed)
}
