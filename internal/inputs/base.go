package inputs

import (
	"io/fs"
	"path"
	"slices"

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

	onDefaultBranch bool // it is a commit of the default branch, read from the Forge
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

// baseOnDisk returns the base in a directory, or in a single manifest. It returns nil if --base is not set.
func (r Request) baseOnDisk() (*Base, error) {
	if r.Base == "" {
		return nil, nil //nolint:nilnil // absence is an answer
	}
	isDir, err := r.Host.IsDir(r.Base)
	if err != nil {
		return nil, Usagef("pass a directory or a manifest from before the change", "--base %s: %s", r.Base, source.Reason(err))
	}
	if err := r.trustBase(isDir); err != nil {
		return nil, err
	}
	if !isDir {
		data, err := r.Host.ReadFile(r.Base, source.MaxFile)
		if err != nil {
			return nil, Usagef("", "--base %s: %s", r.Base, source.Reason(err))
		}
		return &Base{Name: r.Base, read: func(string) (string, []byte, error) { return r.Base, data, nil }}, nil
	}
	files, err := r.Host.Open(r.Base)
	if err != nil {
		return nil, Usagef("", "--base %s: %s", r.Base, source.Reason(err))
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
		if found, ok := source.ReadCheckout(workspace, inside); ok && found.Commit != "" && slices.Contains([]string{r.Job.Event.Base, r.Job.Event.Rules}, found.Commit) {
			return nil
		}
	}
	return Usagef("leave out --base so that the base is read from the repository, or check out the base commit there", "--base %s is inside the workspace, which the change can modify", r.Base)
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
