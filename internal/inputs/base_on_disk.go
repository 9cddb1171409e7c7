package inputs

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/source"
)

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
		if !slices.Contains([]string{".yaml", ".yml"}, strings.ToLower(path.Ext(r.Base))) {
			return nil, Usagef("pass a directory or a manifest from before the change", "--base %s is neither a directory nor a manifest", r.Base)
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
