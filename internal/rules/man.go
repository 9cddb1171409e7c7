package rules

import (
	"github.com/vendorgate/vendorgate/internal/policy"
)

// Rules about the manifest.
const (
	ManifestInvalid   = "VG-MAN-001"
	ManifestSecret    = "VG-MAN-002"
	ManifestMisplaced = "VG-MAN-003"
	IgnoreIdle        = "VG-MAN-004"
)

func manifestRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: ManifestInvalid, Title: "the manifest cannot be read as it is written", Levels: tiered("EEEE"), Fixed: true},
			Public:   AboutUse,
		},
		{
			RuleInfo: policy.RuleInfo{ID: ManifestSecret, Title: "the manifest holds what looks like a credential", Levels: tiered("EEEE"), Fixed: true},
			Public:   AboutUse,
		},
		{
			RuleInfo: policy.RuleInfo{ID: ManifestMisplaced, Title: "more than one manifest, or one under a wrong name", Levels: tiered("EEEE"), Fixed: true},
			Public:   AboutUse,
		},
		{
			RuleInfo: policy.RuleInfo{ID: IgnoreIdle, Title: "an ignore entry that has lapsed, or is about nothing", Levels: tiered("WWWW")},
			Actor:    Author, Public: AboutUse,
		},
	}
}
