package inputs

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Before is the content of the manifests before the change.
type Before struct {
	Name       string                       // of the base; empty if the change is compared with nothing
	Unchanged  string                       // why the run checks no change, so that every use counts as existing; empty if it does
	Manifests  map[string]manifest.Manifest // by manifest.Manifest.Path; nil if there is nothing to compare with
	Settings   map[string]manifest.Settings // likewise; nil to use the settings of the head
	Unreadable string                       // why the base cannot be read; every use then counts as introduced, and findings that depend on that are not definite
	Account

	had []string // manifests of the base, if the head has none
}

// setUnreadable records the first reason why the base cannot be read.
func (b *Before) setUnreadable(err error) {
	if b.Unreadable == "" {
		b.Unreadable = err.Error()
		b.Account = b.plus(notice(unreadBase(b.Name, err.Error())))
	}
}

func unreadBase(name, reason string) string {
	return fmt.Sprintf("the base %s could not be read, so every use counts as new or changed: %s", name, reason)
}

// readBefore parses the manifests as they were before the change. It ignores problems in them, which this change did not
// cause.
func (r Request) readBefore(base *Base, unchanged string, h Head, d Declared) (Before, error) {
	out := Before{Unchanged: unchanged}
	if base == nil {
		return out, nil
	}
	out.Name = base.Name
	if base.find == nil && len(d.Manifests) > 1 {
		return out, Usagef("pass a directory with --base", "--base %s is a single file, but there are %d manifests to compare", base.Name, len(d.Manifests))
	}
	if d.Nothing != "" && d.Allowed {
		had, err := base.manifests()
		if err != nil {
			out.setUnreadable(err)
		}
		out.had, out.Account = had.Paths, out.plus(Account{Gaps: had.Gaps})
	}
	out.Manifests = map[string]manifest.Manifest{}
	for _, m := range d.Manifests {
		name, data, err := base.read(m.Path)
		switch {
		case err == nil:
			out.Manifests[m.Path] = manifest.Parse(m.Path, name, data)
		case errors.Is(err, source.ErrNotRegular):
			out.Account = out.plus(notice(fmt.Sprintf("%s is a link or not a plain file, so its uses count as changed", name)))
		case !errors.Is(err, fs.ErrNotExist):
			out.setUnreadable(fmt.Errorf("%s: %s", name, Because(err)))
		}
	}
	var gone []manifest.Manifest
	if slices.ContainsFunc(d.Manifests, func(m manifest.Manifest) bool { _, had := out.Manifests[m.Path]; return !had }) {
		var err error
		if gone, err = base.gone(h, d.Manifests); err != nil {
			out.setUnreadable(err)
		}
	}
	out.Settings = settingsBefore(out.Manifests, gone, d.Manifests)
	return out, nil
}

// settingsBefore returns the settings of the manifests before the change. A new manifest may be a renamed one, so it gets the
// strictest settings of all that are gone.
func settingsBefore(before map[string]manifest.Manifest, gone, manifests []manifest.Manifest) map[string]manifest.Settings {
	out := map[string]manifest.Settings{}
	var strictest manifest.Settings
	for i := range gone {
		strictest = stricter(strictest, gone[i].Settings)
	}
	for i := range manifests {
		if was, had := before[manifests[i].Path]; had {
			out[manifests[i].Path] = was.Settings
		} else {
			out[manifests[i].Path] = strictest
		}
	}
	return out
}

// gone returns the manifests of the base that the head does not have, with their paths as in the head.
func (b *Base) gone(h Head, manifests []manifest.Manifest) ([]manifest.Manifest, error) {
	if b.find == nil {
		return nil, nil
	}
	there, folder := map[string]bool{}, ""
	for i := range manifests {
		name := manifests[i].Path
		in := h.InRepository(name)
		there[name], there[in] = true, true
		folder = strings.TrimSuffix(name, in) // of the checkout
	}
	found, err := b.find()
	switch {
	case err != nil:
		return nil, err
	case len(found.Gaps) > 0:
		return nil, fmt.Errorf("%s: %s", found.Gaps[0].Target, found.Gaps[0].Reason)
	}
	var out []manifest.Manifest
	for _, path := range found.Paths {
		if there[path] {
			continue
		}
		if len(out) >= maxAway {
			return out, fmt.Errorf("the change removes more than %d manifests", maxAway)
		}
		name, data, err := b.read(path)
		if err != nil && !errors.Is(err, source.ErrNotRegular) {
			return out, fmt.Errorf("%s: %s", name, Because(err))
		}
		out = append(out, manifest.Parse(folder+path, name, data))
	}
	return out, nil
}

// stricter returns the stricter of two settings, key by key.
func stricter(a, b manifest.Settings) manifest.Settings {
	if policy.Laxer(a.FailOn, b.FailOn) {
		a.FailOn = b.FailOn
	}
	a.All = a.All || b.All
	return a
}

// after withdraws the permission to have no manifest if the base had one, so that deleting it does not pass.
func (d Declared) after(b Before) Declared {
	if len(b.had) > 0 {
		d.Allowed = false
		d.Nothing = "the change removes the last manifest (" + b.Name + " has " + strings.Join(b.had, ", ") + "); keep it, with `vendors: []` if the repository no longer uses API vendors"
	}
	return d
}
