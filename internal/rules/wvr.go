package rules

import (
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
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

// WaiverEnd returns the last day of a waiver as seen from today. The tier of the use decides how early to warn. Check, lint,
// forecast, calendar and renewal all take the day from here.
func WaiverEnd(p *policy.Policy, today policy.Today, tier int, w *registry.Waiver) LastDay {
	u := &Subject{Policy: p, Today: today, Tier: tier}
	return u.LastDay(w.Expires.Value, "warn_before_waiver_end")
}
