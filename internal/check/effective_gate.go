package check

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// effectiveGate combines the settings of the run, the policy and the manifests. The strictest wins: a run cannot be laxer than
// the policy, and a manifest can only be stricter. A changed manifest counts with its settings from before the change; doubt
// means that those are unknown.
func (in Inputs) effectiveGate(doubt bool) (gate.Threshold, remarks) {
	threshold, said := minimumGate(in.Settings, in.Trusted.Policy)
	for _, m := range in.Declared.Manifests {
		settings := m.Settings
		if in.Before.Settings != nil && !doubt {
			if settings = in.Before.Settings[m.Path]; settings != m.Settings {
				said = said.plus(noticed(fmt.Sprintf("%s: the changes to its settings take effect after merge", m.File)))
			}
		}
		if settings != (manifest.Settings{}) {
			threshold.Files[m.File] = gate.Stricter{FailOn: settings.FailOn, All: settings.All}
		}
	}
	return threshold, said
}

// minimumGate combines the settings of the run and the policy.
func minimumGate(s Settings, rules *policy.Policy) (gate.Threshold, remarks) {
	threshold, said := gate.Threshold{FailOn: s.FailOn, Changed: s.ChangedOnly, Files: map[string]gate.Stricter{}}, remarks{}
	if rules == nil {
		return threshold, said
	}
	if least := rules.MinimumGate; policy.Laxer(threshold.FailOn, least.FailOn.Value) {
		said = noticed(fmt.Sprintf("fail-on is %s, not %s, because the policy is stricter", least.FailOn.Value, threshold.FailOn))
		threshold.FailOn = least.FailOn.Value
	}
	if threshold.Changed && rules.MinimumGate.All.Value {
		said = said.plus(noticed("fail-scope is all, not changed, because the policy is stricter"))
		threshold.Changed = false
	}
	return threshold, said
}
