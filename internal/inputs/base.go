package inputs

import (
	"context"
	"io/fs"
	"path"

	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Base is the tree as it was before the change.
type Base struct {
	Name  string                                               // as reports call it
	read  func(path string) (name string, b []byte, err error) // a manifest; one that was not there is fs.ErrNotExist
	find  func() (manifest.Found, error)                       // nil where there is nothing to search
	files fs.FS                                                // nil where it is no directory
	tree  func() (fs.FS, error)                                // all files; nil where it is a single one
}

// openBase finds what the change is compared with. Where there is nothing, why says so to the reader, and the base is what the
// organisation has agreed on, for the settings alone; nil if that is what is judged. A base that cannot be read is one whose
// read says why.
func (r Request) openBase(ctx context.Context, h Head) (b *Base, why string, err error) {
	switch {
	case r.Base != "":
		b, err = r.baseOnDisk()
		return b, "", err
	case r.Job == nil:
		return nil, "no --base is given", nil
	case r.Job.Event.Deleted:
		return nil, "", nil
	case r.Job.Event.NoBase != "":
		if r.Job.Event.RulesBranch != "" {
			b = r.baseOnForge(ctx, h, "", r.Job.Event.RulesBranch)
		}
		return b, r.Job.Event.NoBase, nil
	}
	return r.baseOnForge(ctx, h, r.Job.Event.Base, r.Job.Event.BaseBranch), "", nil
}

// remembering reads each manifest of a base once.
func remembering(read func(path string) (string, []byte, error)) func(string) (string, []byte, error) {
	type answer struct {
		name string
		data []byte
		err  error
	}
	known := map[string]answer{}
	return func(path string) (string, []byte, error) {
		a, ok := known[path]
		if !ok {
			a.name, a.data, a.err = read(path)
			known[path] = a
		}
		return a.name, a.data, a.err
	}
}

// baseOnDisk is a directory, or one manifest.
func (r Request) baseOnDisk() (*Base, error) {
	isDir, err := r.Host.IsDir(r.Base)
	if err != nil {
		return nil, usagef("name the directory, or the manifest, as it was before the change", "--base %s: %s", r.Base, source.Reason(err))
	}
	if err := r.trustBase(isDir); err != nil {
		return nil, err
	}
	if !isDir {
		data, err := r.Host.ReadFile(r.Base, source.MaxFile)
		if err != nil {
			return nil, usagef("", "--base %s: %s", r.Base, source.Reason(err))
		}
		return &Base{Name: r.Base, read: func(string) (string, []byte, error) { return r.Base, data, nil }}, nil
	}
	files, err := r.Host.Open(r.Base)
	if err != nil {
		return nil, usagef("", "--base %s: %s", r.Base, source.Reason(err))
	}
	display := func(name string) string { return path.Join(r.Base, name) }
	b := &Base{Name: r.Base, files: files, tree: func() (fs.FS, error) { return files, nil }}
	b.read = func(name string) (string, []byte, error) {
		data, err := source.ReadFile(files, name)
		return display(name), data, err
	}
	b.find = func() (manifest.Found, error) {
		return r.findBefore(b, display, r.Host.within(r.Base, r.Registry))
	}
	return b, nil
}

// trustBase refuses a base that the change could bring along.
func (r Request) trustBase(isDir bool) error {
	if r.Job == nil || r.Job.Event.agreed() {
		return nil
	}
	inside, below := r.Host.Inside(r.Dir, r.Base)
	if !below {
		return nil
	}
	if workspace, err := r.Host.Open(r.Dir); err == nil && isDir {
		if found, ok := source.ReadCheckout(workspace, inside); ok && found.Commit == r.Job.Event.Base && found.Commit != "" {
			return nil
		}
	}
	return usagef("leave out base, and the action reads it from the repository; or check out the base commit there", "--base %s lies in what the pull request can change", r.Base)
}

// baseOnForge is the repository of the job at a commit, or at the tip of a branch.
func (r Request) baseOnForge(ctx context.Context, h Head, commit, branch string) *Base {
	job := r.Job
	commit, failed := job.tip(ctx, commit, branch)
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
	b.read = remembering(func(name string) (string, []byte, error) {
		if failed != nil {
			return b.Name, nil, failed
		}
		data, err := job.Forge.File(ctx, h.InRepository(name), commit)
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

// manifests are the paths of the manifests that there were.
func (b *Base) manifests() (manifest.Found, error) {
	if b.find != nil {
		return b.find()
	}
	name, data, err := b.read("")
	if err == nil && len(data) > 0 {
		return manifest.Found{Paths: []string{path.Base(name)}}, nil
	}
	return manifest.Found{}, err
}
