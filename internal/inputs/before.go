package inputs

import (
	"errors"
	"fmt"
	"io/fs"
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
	settings, err := settingsBefore(out.Manifests, base, h, d.Manifests)
	if err != nil {
		out.setUnreadable(err)
	}
	out.Settings = settings
	return out, nil
}

// settingsBefore returns the settings of the manifests before the change. A new manifest may be a renamed one, so it gets the
// strictest settings of all that are gone.
func settingsBefore(before map[string]manifest.Manifest, base *Base, h Head, manifests []manifest.Manifest) (map[string]manifest.Settings, error) {
	out := map[string]manifest.Settings{}
	var added []string
	there := map[string]bool{}
	for _, m := range manifests {
		there[m.Path], there[h.InRepository(m.Path)] = true, true
		if was, had := before[m.Path]; had {
			out[m.Path] = was.Settings
		} else {
			added = append(added, m.Path)
		}
	}
	if len(added) == 0 || base.find == nil {
		return out, nil
	}
	found, err := base.find()
	if err != nil {
		return out, err
	}
	if len(found.Gaps) > 0 {
		return out, fmt.Errorf("%s: %s", found.Gaps[0].Target, found.Gaps[0].Reason)
	}
	var gone manifest.Settings
	for _, path := range found.Paths {
		if there[path] {
			continue
		}
		name, data, err := base.read(path)
		if err != nil && !errors.Is(err, source.ErrNotRegular) {
			return out, fmt.Errorf("%s: %s", name, Because(err))
		}
		gone = stricter(gone, manifest.Parse(path, name, data).Settings)
	}
	for _, path := range added {
		out[path] = gone
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
