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

// Before is what the manifests said before the change.
type Before struct {
	Name      string                       // of the base; empty if the change is compared with nothing
	Unchanged string                       // why no change is judged, so that every use counts as existing; empty if one is
	Manifests map[string]manifest.Manifest // by manifest.Manifest.Path; nil if there is nothing to compare with
	Settings  map[string]manifest.Settings // of the manifests, likewise; nil if those that are judged count
	Lost      string                       // why it cannot be read; every use then counts as introduced, and what follows from that is no definite finding
	Account

	had []string // manifests of the base, where the head has none
}

// lose notes the first reason why the base cannot be read.
func (b *Before) lose(err error) {
	if b.Lost == "" {
		b.Lost = err.Error()
		b.Account = b.Account.plus(notice(unreadBase(b.Name, err.Error())))
	}
}

func unreadBase(name, reason string) string {
	return fmt.Sprintf("the base %s could not be read, so every use counts as introduced: %s", name, reason)
}

// readBefore parses the manifests as they were before the change. What is wrong with them is not this change's fault: what
// can be read of them is what it is compared with.
func (r Request) readBefore(base *Base, unchanged string, h Head, d Declared) (Before, error) {
	out := Before{Unchanged: unchanged}
	if base == nil {
		return out, nil
	}
	out.Name = base.Name
	if base.find == nil && len(d.Manifests) > 1 {
		return out, usagef("give --base a directory", "--base %s is one file, and there are %d manifests to compare", base.Name, len(d.Manifests))
	}
	if d.Nothing != "" && d.Allowed {
		had, err := base.manifests()
		if err != nil {
			out.lose(err)
		}
		out.had, out.Account = had.Paths, out.Account.plus(Account{Gaps: had.Gaps})
	}
	out.Manifests = map[string]manifest.Manifest{}
	for _, m := range d.Manifests {
		name, data, err := base.read(m.Path)
		switch {
		case err == nil:
			out.Manifests[m.Path] = manifest.Parse(m.Path, name, data)
		case errors.Is(err, source.ErrNotRegular):
			out.Account = out.Account.plus(notice(fmt.Sprintf("%s is a link or not a plain file, so its uses count as changed", name)))
		case !errors.Is(err, fs.ErrNotExist):
			out.lose(fmt.Errorf("%s: %s", name, Because(err)))
		}
	}
	settings, err := settingsBefore(out.Manifests, base, h, d.Manifests)
	if err != nil {
		out.lose(err)
	}
	out.Settings = settings
	return out, nil
}

// settingsBefore finds what the manifests asked for before the change. A new one may be an old one under another name, so it
// bears the settings of all that are gone.
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

// stricter joins two settings.
func stricter(a, b manifest.Settings) manifest.Settings {
	if policy.Laxer(a.FailOn, b.FailOn) {
		a.FailOn = b.FailOn
	}
	a.All = a.All || b.All
	return a
}

// after withdraws the permission to have no manifest where the base had one: a declaration must not end by being deleted.
func (d Declared) after(b Before) Declared {
	if len(b.had) > 0 {
		d.Allowed = false
		d.Nothing = "there is no manifest any more; " + b.Name + " has " + strings.Join(b.had, ", ") + "; keep one, with `vendors: []` if the repository uses no API vendor any more"
	}
	return d
}
