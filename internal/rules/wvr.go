package rules

import (
	"github.com/vendorgate/vendorgate/internal/policy"
)

// Rules about waivers.
const (
	WaiverInvalid = "VG-WVR-001"
)

func waiverRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: WaiverInvalid, Title: "a waiver is not valid", Levels: tiered("EEEE")},
			Public:   AboutUse,
		},
	}
}
