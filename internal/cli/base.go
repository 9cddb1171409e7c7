package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/source"
)

// base is the tree as it was before the change.
type base struct {
	name  string                                               // as reports call it
	read  func(path string) (name string, b []byte, err error) // a manifest; one that was not there is fs.ErrNotExist
	find  func() (manifest.Found, error)                       // nil where there is nothing to search
	files fs.FS                                                // nil where it is no directory
	tree  func() (fs.FS, error)                                // all files; nil where it is a single one
}

// openBase finds what the change is compared with. Where there is nothing, why says so to the reader, and the base is what the
// organisation has agreed on, for the settings alone; nil if that is what is judged. A base that cannot be read is one whose
// read says why.
func openBase(ctx context.Context, env Env, s settings, h head) (b *base, why string, err error) {
	switch {
	case s.base != "":
		b, err = baseOnDisk(env, s)
		return b, "", err
	case s.own == nil:
		return nil, "no --base is given", nil
	case s.own.event.Deleted:
		return nil, "", nil
	case s.own.event.NoBase != "":
		if s.own.event.RulesBranch != "" {
			b = baseByAPI(ctx, s, h, "", s.own.event.RulesBranch)
		}
		return b, s.own.event.NoBase, nil
	}
	return baseByAPI(ctx, s, h, s.own.event.Base, s.own.event.BaseBranch), "", nil
}

// baseOnDisk is a directory, or one manifest.
func baseOnDisk(env Env, s settings) (*base, error) {
	isDir, err := env.IsDir(s.base)
	if err != nil {
		return nil, usagef("name the directory, or the manifest, as it was before the change", "--base %s: %s", s.base, source.Reason(err))
	}
	if err := s.trustBase(env, isDir); err != nil {
		return nil, err
	}
	if !isDir {
		data, err := env.ReadFile(s.base, source.MaxFile)
		if err != nil {
			return nil, usagef("", "--base %s: %s", s.base, source.Reason(err))
		}
		return &base{name: s.base, read: func(string) (string, []byte, error) { return s.base, data, nil }}, nil
	}
	files, err := env.Open(s.base)
	if err != nil {
		return nil, usagef("", "--base %s: %s", s.base, source.Reason(err))
	}
	display := func(name string) string { return path.Join(s.base, name) }
	return &base{
		name: s.base, files: files, tree: func() (fs.FS, error) { return files, nil },
		read: func(name string) (string, []byte, error) {
			data, err := source.ReadFile(files, name)
			return display(name), data, err
		},
		find: func() (manifest.Found, error) {
			return s.search(files, display, within(env, s.base, s.registry))
		},
	}, nil
}

// trustBase refuses a base that the pull request could bring along.
func (s settings) trustBase(env Env, isDir bool) error {
	if s.own == nil || s.own.event.Rules == "" && s.own.event.RulesBranch == "" {
		return nil
	}
	inside, below := placeIn(env, s.dir, s.base)
	if !below {
		return nil
	}
	if workspace, err := env.Open(s.dir); err == nil && isDir {
		if found, ok := source.ReadCheckout(workspace, inside); ok && found.Commit == s.own.event.Base && found.Commit != "" {
			return nil
		}
	}
	return usagef("leave out base, and the action reads it from the repository; or check out the base commit there", "--base %s lies in what the pull request can change", s.base)
}

// baseByAPI is the repository at a commit, or at the tip of a branch.
func baseByAPI(ctx context.Context, s settings, h head, commit, branch string) *base {
	o := s.own
	commit, failed := o.tip(ctx, commit, branch)
	b := &base{name: o.event.Repository}
	if commit != "" {
		b.name = o.at(commit)
	}
	b.tree = func() (fs.FS, error) {
		if failed != nil {
			return nil, failed
		}
		return o.tree(ctx, commit)
	}
	display := func(name string) string { return path.Join(b.name, name) }
	b.read = func(name string) (string, []byte, error) {
		if failed != nil {
			return b.name, nil, failed
		}
		data, err := o.file(ctx, h.inRepository(name), commit)
		return display(name), data, err
	}
	b.find = func() (manifest.Found, error) {
		files, err := b.tree()
		if err != nil {
			return manifest.Found{}, err
		}
		return s.search(files, display)
	}
	return b
}

// baseline is what the manifests said before the change.
type baseline struct {
	manifests map[string]manifest.Manifest // by manifest.Manifest.Path; nil if there is nothing to compare with
	settings  map[string]manifest.Settings // of the manifests, likewise; nil if those that are judged count
	lost      string                       // why it cannot be read; every use then counts as introduced, and what follows from that is no certain no
}

// readBase parses the manifests as they were before the change. What is wrong with them is not this change's fault: what
// can be read of them is the baseline.
func readBase(b *base, why string, s settings, h head, found *foundManifests, rep *diag.Report) (baseline, error) {
	if why != "" && s.scopeChanged {
		rep.Notices = append(rep.Notices, why+", so every use counts as changed")
	}
	if b == nil {
		return baseline{}, nil
	}
	if why == "" {
		rep.Baseline = b.name
	}
	out := baseline{manifests: map[string]manifest.Manifest{}}
	lose := func(err error) {
		if out.lost == "" {
			out.lost = err.Error()
			rep.Notices = append(rep.Notices, fmt.Sprintf("the base %s could not be read, so every use counts as introduced: %s", b.name, err))
		}
	}
	if b.find == nil && len(found.manifests) > 1 {
		return out, usagef("give --base a directory", "--base %s is one file, and there are %d manifests to compare", b.name, len(found.manifests))
	}
	if found.nothing != "" && found.allowed {
		had, err := b.had()
		if err != nil {
			lose(err)
		}
		rep.Gaps = append(rep.Gaps, had.Gaps...)
		found.gone(had.Paths, b.name)
	}
	for _, m := range found.manifests {
		name, data, err := b.read(m.Path)
		switch {
		case err == nil:
			out.manifests[m.Path] = manifest.Parse(m.Path, name, data)
		case errors.Is(err, source.ErrNotRegular):
			rep.Notices = append(rep.Notices, fmt.Sprintf("%s is a link or not a plain file, so its uses count as changed", name))
		case !errors.Is(err, fs.ErrNotExist):
			lose(fmt.Errorf("%s: %s", name, because(err)))
		}
	}
	if err := out.agreed(b, h, found.manifests); err != nil {
		lose(err)
	}
	if why != "" {
		out.manifests = nil
	}
	return out, nil
}

// compare says of the traces which of their files the change touched.
func (was *baseline) compare(b *base, h head, traces *gate.Traces, declared []string, rep *diag.Report) {
	if traces == nil {
		return
	}
	var err error
	if traces.Changed, err = changed(b, h, traces, declared); err != nil && was.lost == "" {
		was.lost = err.Error()
		rep.Notices = append(rep.Notices, fmt.Sprintf("the base %s could not be read, so every use counts as introduced: %s", b.name, because(err)))
	}
}

// had are the manifests that there were.
func (b *base) had() (manifest.Found, error) {
	if b.find != nil {
		return b.find()
	}
	name, data, err := b.read("")
	if err == nil && len(data) > 0 {
		return manifest.Found{Paths: []string{path.Base(name)}}, nil
	}
	return manifest.Found{}, err
}

// gone withdraws the permission to have no manifest where the base had one: a declaration must not end by being deleted.
func (f *foundManifests) gone(had []string, where string) {
	if len(had) > 0 {
		f.allowed = false
		f.nothing = "there is no manifest any more; " + where + " has " + strings.Join(had, ", ") + "; keep one, with `vendors: []` if the repository uses no API vendor any more"
	}
}
