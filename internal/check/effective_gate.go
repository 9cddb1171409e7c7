package check

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// effectiveGate joins what the run, the policy and the manifests themselves ask for. The strictest of them wins: a run may not
// be laxer than the policy, and a manifest may only tighten. The settings of a manifest are those that it had before the
// change, where there was one; doubt says that they are not known.
func (in Inputs) effectiveGate(doubt bool) (gate.Threshold, remarks) {
	threshold, said := leastGate(in.Settings, in.Trusted.Policy)
	for _, m := range in.Declared.Manifests {
		settings := m.Settings
		if in.Before.Settings != nil && !doubt {
			if settings = in.Before.Settings[m.Path]; settings != m.Settings {
				said = said.plus(noticed(fmt.Sprintf("%s: the change edits its settings: that takes effect after merge", m.File)))
			}
		}
		if settings != (manifest.Settings{}) {
			threshold.Files[m.File] = gate.Stricter{FailOn: settings.FailOn, All: settings.All}
		}
	}
	return threshold, said
}

// leastGate joins what the run and the policy ask for.
func leastGate(s Settings, rules *policy.Policy) (gate.Threshold, remarks) {
	threshold, said := gate.Threshold{FailOn: s.FailOn, Changed: s.ChangedOnly, Files: map[string]gate.Stricter{}}, remarks{}
	if rules == nil {
		return threshold, said
	}
	if least := rules.MinimumGate; policy.Laxer(threshold.FailOn, least.FailOn.Value) {
		said = noticed(fmt.Sprintf("the run asks for fail-on %s, and the policy for %s; the stricter wins", threshold.FailOn, least.FailOn.Value))
		threshold.FailOn = least.FailOn.Value
	}
	if threshold.Changed && rules.MinimumGate.All.Value {
		said = said.plus(noticed("the run asks for fail-scope changed, and the policy for all; the stricter wins"))
		threshold.Changed = false
	}
	return threshold, said
}
