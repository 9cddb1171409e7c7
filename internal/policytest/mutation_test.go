package policytest_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/policytest"
	"github.com/vendorgate/vendorgate/internal/rules"
)

const (
	mutatedPolicy = `  - {id: MFA, attr: access.mfa.enforced, eq: true, when: {tier: {lte: 2}}}
  - {id: STATUS, attr: contract.status, ne: draft}
  - {id: KEYS, attr: encryption.at_rest.key_management, gte: byok}
  - {id: NOTICE, attr: contract.incident.notify_hours, lte: 24}
  - {id: UPTIME, attr: contract.sla.uptime_pct, gte: 99.9}
  - {id: RETENTION, attr: data.retention.default, lte: P30D}
  - {id: CADENCE, attr: vulnerability_management.scanning.cadence, in: [daily, weekly]}
  - {id: ISOLATION, attr: data.tenant_isolation, not_in: [none]}
  - {id: EVENTS, attr: logging.events, contains: [crud, authn-failure]}
  - {id: WHERE, attr: data.storage_locations, subset_of: [IE, DE]}
  - {id: FRESH, attr: risk.assessed_on, within: P30D}
  - {id: ENDS, attr: contract.end, valid_for: P30D}
  - {id: CIPHER, attr: encryption.at_rest.algorithm, matches: "^AES-256-"}
  - {id: REPORT, any: {list: assessments, where: {type: {in: [soc2-type2, iso27001]}}, attr: valid_until, valid_for: P0D}}
  - {id: SHARED, all: {list: assessments, where: {type: pentest}, attr: shared, ne: refused}}
  - {id: RESIDUAL, attr: risk.residual, present: true}
`
)

// mutants are the ways in which one line of the policy can be wrong.
func mutants(line string) []string {
	out := []string{""} // dropped
	for _, pair := range [][2]string{{"eq:", "ne:"}, {"in:", "not_in:"}, {"lte:", "gte:"}, {"contains:", "subset_of:"}, {"within:", "valid_for:"}, {"any:", "all:"}} {
		for i, op := range pair {
			if old := ", " + op; strings.Contains(line, old) {
				out = append(out, strings.Replace(line, old, ", "+pair[1-i], 1))
			}
		}
	}
	for old, others := range map[string][]string{
		": true": {": false"}, "draft": {"active"}, "byok": {"hyok", "vendor"}, ": 24": {": 23", ": 25"}, "99.9": {"99.89", "99.91"},
		"soc2-type2, iso27001": {"soc2-type2", "iso27001", "soc2-type2, iso27001, c5"}, "P0D": {"P1D"}, "where: {type: pentest}, ": {""}, "refused": {"summary"},
		"P30D": {"P29D", "P31D"}, "daily, weekly": {"daily", "weekly", "daily, weekly, monthly"}, "[none]": {"[logical]", "[none, logical]"},
		"crud, authn-failure": {"crud", "authn-failure", "crud, authn-failure, config-change"}, "IE, DE": {"IE", "DE", "IE, DE, FR"}, "256": {"128", "..."},
		"{lte: 2}": {"{lte: 1}", "{lte: 3}", "{gte: 2}"}, ", when: {tier: {lte: 2}}": {""}, "MFA,": {"MFA, severity: off,"},
	} {
		for _, other := range others {
			if strings.Contains(line, old) && !strings.Contains(line, "present") {
				out = append(out, strings.Replace(line, old, other, 1))
			}
		}
	}
	return out
}

// A policy whose cases cover it is held to every character: whatever is wrong in a requirement, a case fails.
func TestMutants(t *testing.T) {
	t.Parallel()
	known := gatetest.Open(t, gatetest.World(t))
	failing := func(requirements string) (failed int, c policytest.Coverage) {
		p, problems := rules.LoadPolicy("policy.yaml", []byte(gatetest.PolicyHead+"requirements:\n"+requirements), "0.1.0")
		if len(problems) > 0 {
			return len(problems), c // a case never runs by a policy that cannot be read
		}
		cases, problems := policytest.Cases(p, policytest.TestTable(), "f", []byte(gatetest.CaseHead+mutatedCases), known)
		failed = len(problems)
		var trials []policytest.Trial
		for i := range cases {
			trial := policytest.Try(p, &cases[i])
			trials = append(trials, trial)
			for _, s := range trial.Said {
				if !s.Met() {
					failed++
				}
			}
		}
		return failed, policytest.Covered(p, trials)
	}
	failed, coverage := failing(mutatedPolicy)
	for _, gap := range coverage.Gaps {
		if !regexp.MustCompile(`^VG-|^RISK-TIER$|^MIN-TLS$`).MatchString(gap.ID) {
			t.Errorf("no case shows %v", gap)
		}
	}
	if failed > 0 {
		t.Fatalf("%d expectations are not met by the policy as it is", failed)
	}
	tried := 0
	for line := range strings.Lines(mutatedPolicy) {
		for _, mutant := range mutants(line) {
			tried++
			if failed, _ := failing(strings.Replace(mutatedPolicy, line, mutant, 1)); failed == 0 {
				t.Errorf("no case fails though %s", cmpLine(line, mutant))
			}
		}
	}
	if tried < 55 {
		t.Errorf("%d mutants; the test has lost its way", tried)
	}
}

func cmpLine(line, mutant string) string {
	if mutant == "" {
		return "this is gone: " + line
	}
	return fmt.Sprintf("\n%s became\n%s", line, mutant)
}
