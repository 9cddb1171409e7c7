package inputs

import (
	"context"
	"errors"
	"io/fs"
	"path"

	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// baseInJob finds what the change of a CI job is compared with; nil outside of one. It is what the organisation has agreed on:
// never a commit that the author could have pushed. Where no change is judged, unchanged says why. A base that cannot be read is
// one whose read says why.
func (r Request) baseInJob(ctx context.Context, h Head, rules *policy.Policy) (b *Base, unchanged string) {
	switch {
	case r.Job == nil:
		return nil, "no --base is given"
	case r.Job.Event.Deleted:
		return nil, ""
	case r.Job.Event.Unchanged != "":
		return nil, r.Job.Event.Unchanged
	}
	commit, err := r.Job.base(ctx, h.Commit, rules)
	return r.baseOnForge(ctx, h, commit, err), ""
}

// base is the commit to compare with: the one that the event names, or else the merge base of what is judged with the branch
// that is agreed on.
func (j *Job) base(ctx context.Context, head string, rules *policy.Policy) (string, error) {
	switch e := j.Event; {
	case e.Base != "" || e.BaseBranch != "":
		return j.tip(ctx, e.Base, e.BaseBranch)
	case j.Unavailable != nil:
		return "", j.Unavailable
	case head == "":
		return "", errors.New("the event names no commit, so it is unknown what changed")
	}
	return j.Forge.MergeBase(ctx, j.agreedBranch(rules), head)
}

// agreedBranch is the branch that a change is compared with: the one that it goes into if the policy trusts it, and otherwise the
// default branch. Anyone who can push to another branch could agree with themselves there.
func (j *Job) agreedBranch(rules *policy.Policy) string {
	if target := j.Event.Target; target != "" && rules != nil && rules.TrustsBranch(target) {
		return target
	}
	return j.Event.Default
}

// baseOnForge is the repository of the job at the commit that the change is compared with. failed is why that is not known.
func (r Request) baseOnForge(ctx context.Context, h Head, commit string, failed error) *Base {
	job := r.Job
	b := &Base{Name: job.Event.Repository}
	if commit != "" {
		b.Name = job.at(commit)
	}
	b.tree = func() (fs.FS, error) {
		if failed != nil {
			return nil, failed
		}
		return job.tree(ctx, commit)
	}
	display := func(name string) string { return path.Join(b.Name, name) }
	b.read = func(name string) (string, []byte, error) {
		if failed != nil {
			return b.Name, nil, failed
		}
		data, err := job.Forge.File(ctx, h.InRepository(name), commit)
		return display(name), data, err
	}
	b.find = func() (manifest.Found, error) {
		files, err := b.tree()
		if err != nil {
			return manifest.Found{}, err
		}
		return r.find(files, display)
	}
	return b
}
