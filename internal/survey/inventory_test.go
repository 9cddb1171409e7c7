package survey_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/survey"
)

func take(tb testing.TB, f gatetest.Files) inventory.Inventory {
	tb.Helper()
	out, err := survey.Of(gatetest.Load(tb, f["registry/policy.yaml"]), gatetest.Open(tb, f), gatetest.Instant(tb, gatetest.Today))
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

func lapseLines(v inventory.Inventory) []string {
	var out []string
	for _, l := range v.Lapses {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s (%d, warn %d) %s", l.Last, l.Vendor, l.Kind, l.Rule, l.What, l.Days, l.Warn, l.Item)))
	}
	return out
}

// richRecord is the good record with everything that can lapse.
func richRecord(tb testing.TB, pairs ...string) gatetest.Files {
	tb.Helper()
	return gatetest.Full(tb, append([]string{
		"  decision_ref:", "  conditions: [{id: rotate, text: Rotate the keys, due: 2027-01-15, status: open}, {id: done, text: Done, due: 2026-12-01, status: met, met_on: 2026-11-01}]\n  decision_ref:",
	}, pairs...)...).With(gatetest.Files{"registry/waivers/WVR-1.yaml": gatetest.Edit(tb, gatetest.PlainWaiver, "vendor: acme-pay", "vendor: calderwick-payments")})
}

// What lapses in a record, soonest first.
func TestInventoryLapses(t *testing.T) {
	t.Parallel()
	gatetest.Diff(t, "lapses", []string{
		"2026-12-31 calderwick-payments waiver VG-WVR-001 waiver WVR-1 for VG-APR-002 in acme/shop (38, warn 7) WVR-1",
		"2027-01-15 calderwick-payments condition VG-APR-005 the condition \"Rotate the keys\" (53, warn 14) rotate",
		"2027-02-28 calderwick-payments sunset VG-SCP-003 version 2024-02 of the API core (97, warn 180) core/2024-02",
		"2027-04-24 calderwick-payments pentest VG-AUD-002 the independent penetration test (pentest-2026) (152, warn 60) pentest-2026",
		"2027-05-12 calderwick-payments exercise VG-DET-001 the alert test (170, warn 30) threat_detection.anomaly_alerts.tested_on",
		"2027-05-12 calderwick-payments exercise VG-PIL-002 the breach drill (170, warn 30) pilot.breach_simulation",
		"2027-05-31 calderwick-payments approval VG-APR-002 the approval (189, warn 30)",
		"2027-05-31 calderwick-payments review VG-APR-003 the review (189, warn 30)",
		"2027-07-15 calderwick-payments assessment VG-CMP-001 the PCI DSS attestation of compliance (pci-aoc) (234, warn 60) pci-aoc",
		"2027-09-30 calderwick-payments evidence VG-REG-006 the evidence soc2-2026 (311, warn 60) soc2-2026", // the report that it holds
		"2027-10-02 calderwick-payments sub-processors VG-DAT-001 the subprocessor review (313, warn 30) data.subprocessors.reviewed_on",
		"2027-11-16 calderwick-payments evidence VG-REG-006 the evidence pilot-2026 (358, warn 30) pilot-2026",
		"2027-11-20 calderwick-payments evidence VG-AUD-005 the evidence review-2026 (362, warn 30) review-2026",
		"2027-12-31 calderwick-payments certificate VG-AUD-001 the independent audit (iso27001), which needs a surveillance audit (403, warn 90) iso27001",
		"2028-01-20 calderwick-payments evidence VG-CMP-001 the evidence pci-matrix-2026 (423, warn 30) pci-matrix-2026",
		"2028-05-06 calderwick-payments exercise VG-EXT-001 the exit plan test (530, warn 30) exit.plan_tested_on",
		"2028-05-30 calderwick-payments contract VG-CMP-003 the data processing agreement, which ends with the contract (2028-05-31 in Europe/Dublin) (554, warn 90) compliance.dpa",
		"2028-05-30 calderwick-payments contract VG-CON-001 the contract (2028-05-31 in Europe/Dublin) (554, warn 90) end",
	}, lapseLines(take(t, richRecord(t))))
}

// What cannot be judged is listed, and what is not asked is counted as such.
func TestInventoryStandings(t *testing.T) {
	t.Parallel()
	f := gatetest.Files{
		"registry/vendors/acme-pay.yaml": gatetest.PlainRecord,
		"registry/vendors/broken.yaml":   "apiVersion: vendorgate/v1\nkind: Vendor\nid: broken\nstats: approved\ncolour: red\n",
		"registry/vendors/denied.yaml":   gatetest.Edit(t, gatetest.PlainRecord, "id: acme-pay", "id: denied", "status: approved", "status: denied"),
		"registry/vendors/identity.yaml": "apiVersion: vendorgate/v1\nkind: Vendor\nid: identity\n",
		"registry/vendors/Bad Name.yaml": gatetest.Edit(t, gatetest.PlainRecord),
		"registry/vendors/late.yml":      gatetest.PlainRecord,
		"registry/vendors/vague.yaml":    gatetest.Edit(t, gatetest.PlainRecord, "id: acme-pay", "id: vague", `encryption: {in_transit: {min_tls: "1.2"}}`, "encryption: {in_transit: {min_tls: unknown}}"),
		"registry/waivers/WVR-2.yaml":    "apiVersion: vendorgate/v1\n",
	}
	v := take(t, f)
	var rows []string
	for _, r := range v.Records {
		rows = append(rows, fmt.Sprintf("%s: %s, tier %d, through %s, review %s, %v", r.ID, r.Status, r.Tier, r.Through, r.Review, r.Owners))
	}
	gatetest.Diff(t, "records", []string{
		"Bad Name: not judged, tier 0, through , review , []",
		"acme-pay: approved, tier 1, through 2027-05-31, review 2027-05-31, [a.ferreira (security-architect)]",
		"broken: not judged, tier 0, through , review , []",
		"denied: denied, tier 1, through 2027-05-31, review , [a.ferreira (security-architect)]",
		"identity: unreviewed, tier 0, through , review , []",
		"vague: approved, tier 1, through 2027-05-31, review 2027-05-31, [a.ferreira (security-architect)]",
	}, rows)
	var gaps []string
	for _, g := range v.Unjudged {
		gaps = append(gaps, g.Target+": "+g.Reason)
	}
	gatetest.Diff(t, "not judged", []string{
		"registry/vendors/Bad Name.yaml: line 1: the name of the file, \"Bad Name\", is not an id",
		"registry/vendors/broken.yaml: line 4: unknown key \"stats\" (and 1 more)",
		"registry/vendors/late.yml: vendorgate does not read a file with this name; rename it to late.yaml",
		"registry/waivers/WVR-2.yaml: line 1: \"kind\" is missing (and 9 more)",
	}, gaps)
	var covered []string
	for _, c := range v.Coverage {
		if n := c.Pass + c.Fail + c.Unknown + c.NotAsked; n != len(v.Records)-2 {
			t.Errorf("%s counts %d of %d records", c.Rule, n, len(v.Records)-2)
		}
		if slices.Contains([]string{"VG-APR-001", "VG-REG-003", "VG-REG-005", "VG-ENC-001"}, c.Rule) {
			covered = append(covered, fmt.Sprintf("%s %d pass %d fail %d unknown %d not asked", c.Rule, c.Pass, c.Fail, c.Unknown, c.NotAsked))
		}
	}
	gatetest.Diff(t, "coverage", []string{
		"VG-APR-001 2 pass 1 fail 0 unknown 1 not asked",
		"VG-ENC-001 0 pass 0 fail 2 unknown 2 not asked",
		"VG-REG-003 2 pass 0 fail 0 unknown 2 not asked",
		"VG-REG-005 1 pass 0 fail 1 unknown 2 not asked",
	}, covered)
}

// What is due soon passes, and what a rule only warns of fails.
func TestCoverageOfWarnings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rule  string
		edits []string
		fails bool
	}{
		{"VG-AUT-003", nil, false},
		{"VG-AUT-003", []string{"sender_constrained: [mtls]", "sender_constrained: [none]"}, true},
		{"VG-APR-002", []string{"  expires: 2027-05-31\n", "  expires: 2026-11-24\n"}, false},
		{"VG-APR-002", []string{"  expires: 2027-05-31\n", "  expires: 2026-11-22\n"}, true},
	} {
		covered := take(t, richRecord(t, c.edits...)).Coverage
		i := slices.IndexFunc(covered, func(row inventory.Coverage) bool { return row.Rule == c.rule })
		if failed := covered[i].Fail == 1; failed != c.fails || covered[i].Pass+covered[i].Fail != 1 {
			t.Errorf("%q: got %+v, want a failure: %v", c.edits, covered[i], c.fails)
		}
	}
}

// The smallest registry is an inventory too, and each preset can be surveyed.
func TestInventoryOfNothing(t *testing.T) {
	t.Parallel()
	for _, preset := range policy.Presets() {
		v := take(t, gatetest.Files{"registry/policy.yaml": gatetest.Extends(preset)})
		if len(v.Records)+len(v.Lapses)+len(v.Unjudged) != 0 || len(v.Coverage) < 8 {
			t.Errorf("%s: %+v", preset, v)
		}
	}
}

// What no rule finds and becomes a problem later is noted: a list that nobody has checked, records without an owner, days on which many
// approvals end.
func TestNotes(t *testing.T) {
	t.Parallel()
	f := gatetest.Files{"registry/policy.yaml": gatetest.PolicyHead + "params: {approvers_needed: 0}\nadequate_countries: [CH]\n"}
	for i := range 6 {
		id := fmt.Sprintf("vendor-%c", 'a'+i)
		f["registry/vendors/"+id+".yaml"] = gatetest.Edit(t, gatetest.PlainRecord, "id: acme-pay", "id: "+id)
	}
	f["registry/vendors/nobody.yaml"] = gatetest.Edit(t, gatetest.PlainRecord, "id: acme-pay", "id: nobody", "  approved_by: [{user: a.ferreira, role: security-architect}]\n", "", "2027-05-31", "2027-04-30")
	f["registry/vendors/denied.yaml"] = gatetest.Edit(t, f["registry/vendors/nobody.yaml"], "id: nobody", "id: denied", "status: approved", "status: denied")
	var got []string
	for _, n := range take(t, f).Notes {
		got = append(got, n.Message+" | "+n.Hint)
	}
	gatetest.Diff(t, "notes", []string{
		"adequate_countries does not say when it was last checked | Compare it with the adequacy decisions in force, and add adequate_countries_checked with the day.",
		"denied, nobody: nobody answers for the record: it names neither who approved the vendor nor who requested it | Add approval.requested_by, or approval.approved_by.",
		"6 approvals end on 2027-05-31: vendor-a, vendor-b, vendor-c, vendor-d, vendor-e, vendor-f | Renew some of them earlier, so that they are not all due at once.",
	}, got)
}

// An approval that nobody gave has no last day: it does not count now.
func TestApprovalOfNobody(t *testing.T) {
	t.Parallel()
	const by = "  approved_by: [{user: a.ferreira, role: security-architect}]\n"
	for text, want := range map[string]bool{by: true, "": false, "  approved_by: []\n": false} {
		v := take(t, gatetest.World(t, by, text))
		listed := slices.ContainsFunc(v.Lapses, func(l inventory.Lapse) bool { return l.Kind == inventory.Approval })
		if listed != want || v.Records[0].Through.IsZero() == want {
			t.Errorf("%q: the forecast has the approval: %v, the overview %s; want %v", text, listed, v.Records[0].Through, want)
		}
	}
}
