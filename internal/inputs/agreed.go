package inputs

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Agreed is what the organisation has agreed on: the manifests as they stand on the default branch.
type Agreed struct {
	Head      bool                         // the head itself is what is agreed
	Manifests map[string]manifest.Manifest // by manifest.Manifest.Path; nil if Head is set
	Account
}

// readAgreed reads the manifests that exemptions count from. It asks the Forge only where it matters: if a manifest has ignore
// entries.
func (r Request) readAgreed(ctx context.Context, h Head, d Declared, base *Base, before Before) Agreed {
	switch {
	case r.Job == nil && base == nil, r.Job != nil && r.Job.Event.onDefaultBranch():
		return Agreed{Head: true}
	case before.Unreadable != "":
		return Agreed{} // the account of the base says why
	case r.Job == nil && base.tip == nil:
		return agreedAt(base, h, d, before)
	case r.Job != nil && r.Job.Event.Deleted, !ignores(d.Manifests) && !ignores(slices.Collect(maps.Values(before.Manifests))):
		return Agreed{}
	}
	tip := r.agreedBase(ctx, h, base)
	if tip == base {
		return agreedAt(base, h, d, before)
	}
	now := Before{Manifests: map[string]manifest.Manifest{}}
	for _, m := range d.Manifests {
		name, data, err := tip.read(m.Path)
		switch {
		case err == nil:
			now.Manifests[m.Path] = manifest.Parse(m.Path, name, data)
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, source.ErrNotRegular):
		default:
			return unreadIgnores(name, err)
		}
	}
	return agreedAt(tip, h, d, now)
}

// agreedAt is what a base says that is on the default branch. If the change adds a manifest with ignore entries, it may be an old one
// under another name, so the others of the base are read too.
func agreedAt(base *Base, h Head, d Declared, before Before) Agreed {
	for i := range d.Manifests {
		if _, had := before.Manifests[d.Manifests[i].Path]; had || len(d.Manifests[i].Ignores) == 0 {
			continue
		}
		all, err := base.all(h, before.Manifests)
		if err != nil {
			return unreadIgnores(base.Name, err)
		}
		return Agreed{Manifests: all}
	}
	return Agreed{Manifests: before.Manifests}
}

func unreadIgnores(name string, err error) Agreed {
	return Agreed{Account: gap(name, "the ignore entries of the default branch cannot be read: "+Because(err))}
}

// ignores reports whether any manifest has ignore entries.
func ignores(manifests []manifest.Manifest) bool {
	for i := range manifests {
		if len(manifests[i].Ignores) > 0 {
			return true
		}
	}
	return false
}

// all adds the manifests of the base that the head does not have to those that were read, by path.
func (b *Base) all(h Head, read map[string]manifest.Manifest) (map[string]manifest.Manifest, error) {
	out := maps.Clone(read)
	if b.find == nil {
		return out, nil
	}
	there := map[string]bool{}
	for name := range read {
		there[name], there[h.InRepository(name)] = true, true
	}
	found, err := b.find()
	if err != nil {
		return out, err
	}
	for i, name := range found.Paths {
		if there[name] {
			continue
		}
		if i >= maxAway {
			return out, fmt.Errorf("it has more than %d manifests", maxAway)
		}
		file, data, err := b.read(name)
		switch {
		case err == nil:
			out[name] = manifest.Parse(name, file, data)
		case !errors.Is(err, source.ErrNotRegular):
			return out, err
		}
	}
	return out, nil
}
