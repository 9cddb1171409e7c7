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
	Name  string                                               // as reports show it
	read  func(path string) (name string, b []byte, err error) // reads a manifest; fs.ErrNotExist if there was none
	find  func() (manifest.Found, error)                       // finds the manifests; nil for a single file
	files fs.FS                                                // nil unless it is a directory
	tree  func() (fs.FS, error)                                // all files; nil for a single file
}

// openBase returns what the change is compared with. If that is nothing, why is the reason, and the base is only used for
// settings: it is the default branch, or nil if that is what is checked. If the base cannot be read, its functions return the
// error.
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

// remembering returns a function that calls read once for each path.
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

// baseOnDisk returns the base in a directory, or in a single manifest.
func (r Request) baseOnDisk() (*Base, error) {
	isDir, err := r.Host.IsDir(r.Base)
	if err != nil {
		return nil, usagef("pass a directory or a manifest from before the change", "--base %s: %s", r.Base, source.Reason(err))
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

// trustBase rejects a base that the change itself could contain.
func (r Request) trustBase(isDir bool) error {
	if r.Job == nil || r.Job.Event.onDefaultBranch() {
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
	return usagef("leave out --base so that the base is read from the repository, or check out the base commit there", "--base %s is inside the workspace, which the change can modify", r.Base)
}

// baseOnForge returns the repository of the job at a commit, or at the tip of a branch.
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

// manifests returns the paths of the manifests in the base.
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
