package cli

import (
	"errors"
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/source"
)

// gateOf joins what the run, the policy and the manifests themselves ask for. The strictest of them wins: a run may not
// be laxer than the policy, and a manifest may only tighten. The settings of a manifest are those that it had before the
// change, where there was one.
func gateOf(s settings, rules *policy.Policy, found foundManifests, was baseline, rep *diag.Report) gate.Threshold {
	out := gate.Threshold{FailOn: s.failOn, Changed: s.scopeChanged, Files: map[string]gate.Stricter{}}
	if rules != nil {
		if least := rules.MinimumGate; policy.Laxer(out.FailOn, least.FailOn.Value) {
			rep.Notices = append(rep.Notices, fmt.Sprintf("the run asks for fail-on %s, and the policy for %s; the stricter wins", out.FailOn, least.FailOn.Value))
			out.FailOn = least.FailOn.Value
		}
		if out.Changed && rules.MinimumGate.All.Value {
			rep.Notices = append(rep.Notices, "the run asks for fail-scope changed, and the policy for all; the stricter wins")
			out.Changed = false
		}
	}
	for _, m := range found.manifests {
		settings := m.Settings
		if was.settings != nil && was.lost == "" {
			if settings = was.settings[m.Path]; settings != m.Settings {
				rep.Notices = append(rep.Notices, fmt.Sprintf("%s: the change edits its settings: that takes effect after merge", m.File))
			}
		}
		if settings != (manifest.Settings{}) {
			out.Files[m.File] = gate.Stricter{FailOn: settings.FailOn, All: settings.All}
		}
	}
	return out
}

// agreed finds what the manifests asked for before the change. A new one may be an old one under another name, so it bears
// the settings of all that are gone.
func (b *baseline) agreed(from *base, h head, manifests []manifest.Manifest) error {
	b.settings = map[string]manifest.Settings{}
	var added []string
	there := map[string]bool{}
	for _, m := range manifests {
		there[m.Path], there[h.inRepository(m.Path)] = true, true
		if before, had := b.manifests[m.Path]; had {
			b.settings[m.Path] = before.Settings
		} else {
			added = append(added, m.Path)
		}
	}
	if len(added) == 0 || from.find == nil {
		return nil
	}
	found, err := from.find()
	if err != nil {
		return err
	}
	if len(found.Gaps) > 0 {
		return fmt.Errorf("%s: %s", found.Gaps[0].Target, found.Gaps[0].Reason)
	}
	var gone manifest.Settings
	for _, path := range found.Paths {
		if there[path] {
			continue
		}
		name, data, err := from.read(path)
		if err != nil && !errors.Is(err, source.ErrNotRegular) {
			return fmt.Errorf("%s: %s", name, because(err))
		}
		gone = stricter(gone, manifest.Parse(path, name, data).Settings)
	}
	for _, path := range added {
		b.settings[path] = gone
	}
	return nil
}

// stricter joins two settings.
func stricter(a, b manifest.Settings) manifest.Settings {
	if policy.Laxer(a.FailOn, b.FailOn) {
		a.FailOn = b.FailOn
	}
	a.All = a.All || b.All
	return a
}

// strictest is the gate of a run that cannot know what would make it stricter.
func strictest() gate.Threshold { return gate.Threshold{FailOn: diag.Note} }

// enforce withdraws the permission to have no manifest where the policy asks for one.
func (f *foundManifests) enforce(rules *policy.Policy, rep *diag.Report) {
	if f.nothing != "" && f.allowed && rules != nil && rules.MinimumGate.Manifest.Value {
		f.allowed = false
		rep.Notices = append(rep.Notices, "the run asks for missing-manifest pass, and the policy for fail; the stricter wins")
	}
}

// asIfUnchanged is the baseline of a change that introduces nothing.
func asIfUnchanged(manifests []manifest.Manifest) map[string]manifest.Manifest {
	out := map[string]manifest.Manifest{}
	for _, m := range manifests {
		out[m.Path] = m
	}
	return out
}

// addGaps adds the gaps that are not known already.
func addGaps(rep *diag.Report, gaps []diag.Gap) {
	for _, gap := range gaps {
		if !slices.Contains(rep.Gaps, gap) {
			rep.Gaps = append(rep.Gaps, gap)
		}
	}
}
