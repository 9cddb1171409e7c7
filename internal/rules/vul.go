package rules

import (
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Rules about vulnerabilities.
const (
	SlowPatches  = "VG-VUL-001"
	NoDisclosure = "VG-VUL-002"
)

func vulnerabilityRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: SlowPatches, Title: "vulnerability scans or fixes are too slow, or not agreed in the contract", Levels: tiered("EEW-"), Waivable: true, Optional: true},
			Judge:    slowPatches, Documents: patchTerms,
		},
		{
			RuleInfo: policy.RuleInfo{ID: NoDisclosure, Title: "the vendor publishes no way to report a vulnerability", Levels: tiered("WWN-"), Waivable: true, Optional: true},
			Judge:    noDisclosure, Documents: disclosurePolicy,
		},
	}
}

// patchTerms asks for the commitments of the contract.
func patchTerms(*subject.Subject) []string {
	return []string{"In the contract: vulnerability scanning, and deadlines for fixing vulnerabilities."}
}

// disclosurePolicy asks for a way to report a vulnerability.
func disclosurePolicy(*subject.Subject) []string {
	return []string{"A vulnerability disclosure policy, a security.txt file, or a bug bounty program."}
}

// slowPatches implements VG-VUL-001: what the vendor does, and what it commits to in the contract.
func slowPatches(u *subject.Subject) []subject.Fault {
	w := u.Shortfalls(SlowPatches)
	const cadence = "vulnerability_management.scanning.cadence"
	if limit, set := u.Limit("scan_interval"); set {
		u.Wants("at most "+limit.Value.Words()+" apart", cadence)
		if v, ok := w.Claim(cadence); ok && interval(v.Text).Compare(limit.Value) > 0 {
			w.AddLimit(cadence, limit.Pos, "scans are %s (at most %s apart)", v.Text, limit.Value.Words())
		}
	}
	for _, severity := range []struct{ id, words string }{{"critical", "fixes for critical vulnerabilities take"}, {"high", "fixes for high-severity vulnerabilities take"}, {"medium", "fixes for medium-severity vulnerabilities take"}, {"kev", "fixes for exploited vulnerabilities take"}} {
		w.RequireAtMost("vulnerability_management.patch_sla."+severity.id, "patch_"+severity.id, severity.words)
	}
	inPractice := len(w.Reasons)
	var terms []string
	for _, term := range []struct{ path, words string }{{"contract.security_terms.scanning", "vulnerability scanning"}, {"contract.security_terms.patch_sla", "patch deadlines"}} {
		u.Wants("true", term.path)
		if !u.Attr(term.path).True() {
			w.Add(term.path, "the contract does not commit to %s", term.words)
			terms = append(terms, term.words)
		}
	}
	if inPractice == 0 && len(terms) > 0 {
		it := "it"
		if len(terms) > 1 || terms[0] != "vulnerability scanning" {
			it = "them"
		}
		message := fmt.Sprintf("the contract with %q does not commit to %s", u.ID.Value, strings.Join(terms, " or "))
		return w.FaultSaying(message, u.OwnerMust("agree on %s with the vendor and add %s to the contract%s.", strings.Join(terms, " and "), it, atRenewal(u)))
	}
	return w.Fault(u.About("vulnerability management at %q does not meet the policy"), u.OwnerMust("agree on better terms with the vendor and add them to the contract%s.", atRenewal(u)))
}

// interval returns the time between two scans.
func interval(cadence string) scalar.Period {
	return map[string]scalar.Period{"daily": {Days: 1}, "weekly": {Weeks: 1}, "monthly": {Months: 1}, "quarterly": {Months: 3}, "annual": {Years: 1}}[cadence]
}

// atRenewal says when the contract can be changed, as part of a sentence.
func atRenewal(u *subject.Subject) string {
	if end := u.Attr("contract.end"); end.Known() {
		return fmt.Sprintf(" at renewal (%s)", end.Text)
	}
	return ""
}

// noDisclosure implements VG-VUL-002. A missing page is a fault rather than unknown, because anyone can look it up.
func noDisclosure(u *subject.Subject) []subject.Fault {
	w := u.Shortfalls(NoDisclosure)
	const disclosure = "vulnerability_management.disclosure."
	u.Wants("an address", disclosure+"policy_url", disclosure+"security_txt", disclosure+"bug_bounty")
	for _, page := range []string{"policy_url", "security_txt", "bug_bounty"} {
		if u.Attr(disclosure + page).Known() {
			return nil
		}
	}
	w.Add(disclosure+"policy_url", "no disclosure policy, no security.txt, no bug bounty")
	return w.Fault(u.About("%q publishes no way to report a vulnerability"), u.OwnerMust("ask the vendor where to report vulnerabilities, and record the address of its policy, security.txt or bug bounty under vulnerability_management.disclosure."))
}
