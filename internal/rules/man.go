package rules

import (
	"github.com/vendorgate/vendorgate/internal/policy"
)

// Rules about the manifest.
const (
	ManifestInvalid   = "VG-MAN-001"
	ManifestSecret    = "VG-MAN-002" //nolint:gosec // the id of a rule
	ManifestMisplaced = "VG-MAN-003"
	IgnoreIdle        = "VG-MAN-004"
	NoTrace           = "VG-MAN-005"
)

func manifestRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: ManifestInvalid, Title: "the manifest is not valid", Levels: tiered("EEEE"), Fixed: true},
			Public:   AboutUse,
		},
		{
			RuleInfo: policy.RuleInfo{ID: ManifestSecret, Title: "the manifest contains what looks like a credential", Levels: tiered("EEEE"), Fixed: true},
			Public:   AboutUse,
		},
		{
			RuleInfo: policy.RuleInfo{ID: ManifestMisplaced, Title: "a manifest is duplicated, misnamed or misplaced", Levels: tiered("EEEE"), Fixed: true},
			Public:   AboutUse,
		},
		{
			RuleInfo: policy.RuleInfo{ID: IgnoreIdle, Title: "an ignore entry has no effect", Levels: tiered("WWWW")},
			Actor:    Author, Public: AboutUse,
		},
		{
			RuleInfo: policy.RuleInfo{ID: NoTrace, Title: "a vendor is declared, but the code shows no trace of it", Levels: tiered("NNNN")},
			Actor:    Author, Public: AboutUse,
		},
	}
}
