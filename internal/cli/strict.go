package cli

import (
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// gateOf joins what the run, the policy and the manifests themselves ask for. The strictest of them wins: a run may not
// be laxer than the policy, and a manifest may only tighten. The settings of a manifest are those that it had before the
// change, where there was one.
func gateOf(s settings, rules *policy.Policy, found foundManifests, was baseline, rep *diag.Report) policy.Gate {
	gate := policy.Gate{FailOn: s.failOn, Changed: s.scopeChanged, Files: map[string]policy.Stricter{}}
	if rules != nil {
		if least := rules.Least; policy.Laxer(gate.FailOn, least.FailOn.Value) {
			rep.Notices = append(rep.Notices, fmt.Sprintf("the run asks for fail-on %s, and the policy for %s; the stricter wins", gate.FailOn, least.FailOn.Value))
			gate.FailOn = least.FailOn.Value
		}
		if gate.Changed && rules.Least.All.Value {
			rep.Notices = append(rep.Notices, "the run asks for fail-scope changed, and the policy for all; the stricter wins")
			gate.Changed = false
		}
	}
	for _, m := range found.manifests {
		settings := m.Settings
		if was.manifests != nil && was.lost == "" {
			before, had := was.manifests[m.Path]
			if settings = before.Settings; settings != m.Settings {
				rep.Notices = append(rep.Notices, fmt.Sprintf("%s: the change edits its settings: that takes effect after merge", m.File))
			}
			if !had {
				settings = manifest.Settings{}
			}
		}
		if settings != (manifest.Settings{}) {
			gate.Files[m.File] = policy.Stricter{FailOn: settings.FailOn, All: settings.All}
		}
	}
	return gate
}

// strictest is the gate of a run that cannot know what would make it stricter.
func strictest() policy.Gate { return policy.Gate{FailOn: diag.Note} }

// allowMissing reports whether a tree without a manifest may pass.
func (f *foundManifests) enforce(rules *policy.Policy, rep *diag.Report) {
	if f.nothing != "" && f.allowed && rules != nil && rules.Least.Manifest.Value {
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

// contains reports whether a gap is known already.
func addGaps(rep *diag.Report, gaps []diag.Gap) {
	for _, gap := range gaps {
		if !slices.Contains(rep.Gaps, gap) {
			rep.Gaps = append(rep.Gaps, gap)
		}
	}
}
