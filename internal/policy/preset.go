package policy

import (
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// LoadPresets returns the policy that consists of a preset and overlays, as a policy.yaml that extends them and says nothing
// else. It returns a nil policy if there are problems with their names.
func LoadPresets(names []string, version string, structural []RuleInfo) (*Policy, []diag.Problem) {
	short, quoted := make([]string, len(names)), make([]string, len(names))
	for i, name := range names {
		short[i] = presetName(name)
		quoted[i] = "'" + strings.ReplaceAll(name, "'", "''") + "'"
	}
	text := "apiVersion: vendorgate/v1\nkind: Policy\nid: preset\nextends: [" + strings.Join(quoted, ", ") + "]\n"
	p, problems := Load("", []byte(text), version, structural)
	if p != nil {
		p.ID = strings.Join(short, "-")
	}
	return p, problems
}

// presetName returns the name of a built-in policy without its namespace and version.
func presetName(id string) string {
	return strings.TrimSuffix(strings.TrimPrefix(id, "vendorgate/"), "@1")
}
