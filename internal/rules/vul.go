package rules

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Rules about vulnerabilities.
const (
	SlowPatches  = "VG-VUL-001"
	NoDisclosure = "VG-VUL-002"
)

func vulnerabilityRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: SlowPatches, Title: "vulnerabilities are sought or fixed too slowly, or nobody promised to", Levels: tiered("EEW-"), Waivable: true, Optional: true},
			Judge:    slowPatches, Questions: scanQuestions, Documents: patchTerms,
		},
		{
			RuleInfo: policy.RuleInfo{ID: NoDisclosure, Title: "no way to report a vulnerability", Levels: tiered("WWN-"), Waivable: true, Optional: true},
			Judge:    noDisclosure, Documents: disclosurePolicy,
		},
	}
}

// scanQuestions are what VG-VUL-001 accepts.
func scanQuestions(p *policy.Policy, tier int) []Question {
	return []Question{{Path: "vulnerability_management.scanning.cadence", Accepted: "at least every " + p.Params.Period("scan_interval", tier).Value.Words()}}
}

// patchTerms are what the contract must promise.
func patchTerms(*Subject) []string {
	return []string{"In the contract: vulnerability scanning, and the times within which vulnerabilities are fixed."}
}

// disclosurePolicy is the way to report a vulnerability.
func disclosurePolicy(*Subject) []string {
	return []string{"A policy for reporting vulnerabilities, a security.txt, or a bug bounty."}
}

// slowPatches: VG-VUL-001: what the vendor does, and what it promised to do.
func slowPatches(u *Subject) []Fault {
	w := u.shortfalls(SlowPatches)
	const cadence = "vulnerability_management.scanning.cadence"
	if limit, set := u.Limit("scan_interval"); set {
		if v, ok := w.claim(cadence); ok && interval(v.Text).Compare(limit.Value) > 0 {
			w.addLimit(cadence, limit.Pos, "scans are %s (at least every %s)", v.Text, limit.Value.Words())
		}
	}
	for _, severity := range []struct{ id, words string }{{"critical", "critical fixes take"}, {"high", "high fixes take"}, {"medium", "medium fixes take"}, {"kev", "fixes of what is being exploited take"}} {
		w.requireAtMost("vulnerability_management.patch_sla."+severity.id, "patch_"+severity.id, severity.words)
	}
	for _, term := range []struct{ path, words string }{{"contract.security_terms.scanning", "scanning"}, {"contract.security_terms.patch_sla", "patch times"}} {
		if !u.Attr(term.path).True() {
			w.add(term.path, "the contract does not promise %s", term.words)
		}
	}
	return w.fault(u.subject("vulnerability management"), u.ownerMust("puts it into the contract%s.", u.atRenewal()))
}

// interval is the time between two scans.
func interval(cadence string) scalar.Period {
	return map[string]scalar.Period{"daily": {Days: 1}, "weekly": {Weeks: 1}, "monthly": {Months: 1}, "quarterly": {Months: 3}, "annual": {Years: 1}}[cadence]
}

// atRenewal says when a contract can be changed.
func (u *Subject) atRenewal() string {
	if end := u.Attr("contract.end"); end.Known() {
		return fmt.Sprintf(" at renewal (%s)", end.Text)
	}
	return ""
}

// noDisclosure: VG-VUL-002. What a vendor publishes is there or not.
func noDisclosure(u *Subject) []Fault {
	w := u.shortfalls(NoDisclosure)
	const disclosure = "vulnerability_management.disclosure."
	for _, page := range []string{"policy_url", "security_txt", "bug_bounty"} {
		if u.Attr(disclosure + page).Known() {
			return nil
		}
	}
	w.add(disclosure+"policy_url", "no policy, no security.txt, no bug bounty")
	return w.fault(u.subject("reporting a vulnerability"), u.ownerMust("asks the vendor for an address, and records it."))
}
