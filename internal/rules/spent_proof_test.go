package rules_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// Of a good record, one document is issued by the vendor where an independent one is asked, has expired, or is older than what it shows.
func TestSpentProof(t *testing.T) {
	t.Parallel()
	const plan, dpa, pilot = "id: exit-plan-2026, type: evidence,", "id: dpa-2026, type: evidence,", "id: pilot-2026, type: dynamic-analysis-report,"
	tested := "  threat_detection.anomaly_alerts.tested_on: tested\n"
	for _, c := range []struct{ name, old, new, assurance, rule, want string }{
		{"an audit of the vendor's own, beside a certificate", "id: soc2-2026, type: attestation,", "id: soc2-2026, type: attestation, issuer: Calderwick Payments Ltd,", "", "VG-AUD-001", ""},
		{"a test of the vendor's own", "id: pentest-2026, type: pentest-report,", "id: pentest-2026, type: pentest-report, issuer: Calderwick Payments Ltd,", "", "VG-AUD-002", `rests on evidence "pentest-2026", whose issuer, Calderwick Payments Ltd, is the vendor`},
		{"an AOC of the vendor's own", "id: pci-aoc-2026, type: certification-report,", "id: pci-aoc-2026, type: certification-report, issuer: Calderwick Payments Ltd,", "", "VG-CMP-001", `rests on evidence "pci-aoc-2026", whose issuer, Calderwick Payments Ltd, is the vendor`},
		{"an AOC of an assessor", "id: pci-aoc-2026, type: certification-report,", "id: pci-aoc-2026, type: certification-report, issuer: Northgate QSA Ltd,", "", "VG-CMP-001", ""},
		{"the last day of the plan", plan, plan + " expires: 2026-11-23,", "", "VG-EXT-001", ""},
		{"the day after it", plan, plan + " expires: 2026-11-22,", "", "VG-EXT-001", `no exit plan: evidence "exit-plan-2026" expired on 2026-11-22`},
		{"an agreement that expired", dpa, dpa + " expires: 2026-11-22,", "", "VG-CMP-003", `the evidence of the data processing agreement, "dpa-2026", expired on 2026-11-22`},
		{"the results of a pilot that expired", pilot, pilot + " expires: 2026-11-22,", "", "VG-PIL-001", `its results are not on file: evidence "pilot-2026" expired on 2026-11-22`},
		{"a report of a test", "vendors", "vendors", tested, "VG-REG-006", ""},
		{"a report that is older than the test", "tested_on: 2026-05-12", "tested_on: 2026-06-12", tested, "VG-REG-006", `evidence "pilot-2026" is of 2026-05-16, before 2026-06-12 (threat_detection.anomaly_alerts.tested_on)`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var f gatetest.Files
			if c.old == c.new {
				f = gatetest.Full(t)
			} else {
				f = gatetest.Full(t, c.old, c.new)
			}
			if c.assurance != "" {
				f["registry/policy.yaml"] += "assurance:\n" + c.assurance
			}
			got := strings.Join(gatetest.Only(gatetest.Findings(t, f, gatetest.Today, gatetest.Repository), c.rule), "\n")
			if c.want == "" && strings.Contains(got, "error") || !strings.Contains(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
