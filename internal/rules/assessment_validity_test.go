package rules_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// paper is the rest of an evidence entry that somebody can find and date.
const paper = "url: https://trust.acme.example/paper.pdf, received: 2026-10-01"

// asked is the plain world, with more in its record, under a policy that asks one rule. Assessments have evidence.
func asked(t *testing.T, rule, record, policy string) gatetest.Files {
	t.Helper()
	f := gatetest.World(t).Rules("rules: {" + rule + ": {severity: error}}\n" + policy)
	if strings.HasPrefix(record, "data:") {
		f["registry/vendors/acme-pay.yaml"] = gatetest.Edit(t, f["registry/vendors/acme-pay.yaml"], "data: {storage_locations: [IE], processing_locations: [IE]}\n", "")
	}
	if strings.Contains(record, "assessments:") && !strings.Contains(record, "evidence:") {
		record = strings.ReplaceAll(record, "scope_services:", "evidence: paper, scope_services:") + "evidence: [{id: paper, type: attestation, assurance: audited, " + paper + "}]\n"
	}
	f["registry/vendors/acme-pay.yaml"] += record
	return f
}

// ruling is what a rule finds: the severities, joined by blanks.
func ruling(t *testing.T, f gatetest.Files, asOf, rule string) string {
	t.Helper()
	var out []string
	for _, line := range gatetest.Only(gatetest.Findings(t, f, asOf, gatetest.Repository), rule) {
		out = append(out, strings.Fields(line)[0])
	}
	return strings.Join(out, " ")
}

// lastDay holds a rule to a last valid day in UTC: nothing worse than a warning at the end of the last whole day of the zone, which
// begins some hours before the day in UTC or after it, and an error a second later.
func lastDay(t *testing.T, why string, f gatetest.Files, rule, last, zone string) {
	t.Helper()
	location, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	midnight := gatetest.Instant(t, last+"T00:00:00Z").AddDate(0, 0, 1)
	year, month, day := midnight.In(location).Date()
	end := time.Date(year, month, day, 0, 0, 0, 0, location).UTC()
	for _, c := range []struct {
		at   time.Time
		want string
	}{{end.Add(-time.Second), "warning"}, {end, "error"}} {
		if got := ruling(t, f, c.at.Format(time.RFC3339), rule); got != c.want {
			t.Errorf("%s at %s: got %q, want %q", why, c.at.Format(time.RFC3339), got, c.want)
		}
	}
}

// TestAssessments: until when a paper counts, to the second, in zones on both sides of UTC.
func TestAssessments(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ why, paper, last string }{
		{"SOC 2", "type: soc2-type2, period: {end: 2025-09-30}", "2026-09-30"},
		{"SOC 2, from a leap day", "type: soc2-type2, period: {end: 2024-02-29}", "2025-02-28"},
		{"SOC 2, across a leap day", "type: soc2-type2, period: {end: 2023-03-01}", "2024-03-01"},
		{"SOC 2, issued late", "type: soc2-type2, period: {end: 2025-09-30}, issued: 2026-06-30", "2026-09-30"},
		{"SOC 2, a letter", "type: soc2-type2, period: {end: 2025-09-30}, bridge_letter: {issued: 2026-11-15, covers_through: 2026-11-15}", "2026-11-15"},
		{"SOC 2, a letter to the end of the three months", "type: soc2-type2, period: {end: 2025-09-30}, bridge_letter: {issued: 2026-12-30, covers_through: 2026-12-30}", "2026-12-30"},
		{"SOC 2, a letter that looks ahead", "type: soc2-type2, period: {end: 2025-09-30}, bridge_letter: {issued: 2026-07-01, covers_through: 2026-07-02}", "2026-09-30"},
		{"SOC 2, a letter for days that need none", "type: soc2-type2, period: {end: 2025-09-30}, bridge_letter: {issued: 2026-07-01, covers_through: 2026-07-01}", "2026-09-30"},
		{"C5", "type: c5, period: {end: 2025-09-30}", "2026-09-30"},
		{"ISO, all audits", "type: iso27001, certified_on: 2025-03-14, expires: 2028-03-13, surveillance: [2026-03-14, 2027-03-01]", "2028-03-13"},
		{"ISO, to the anniversary", "type: iso27001, certified_on: 2025-03-14, expires: 2028-03-14, surveillance: [2026-03-14, 2027-03-01]", "2028-03-14"},
		{"ISO, no audit", "type: iso27001, certified_on: 2025-03-14, expires: 2028-03-13", "2026-03-14"},
		{"ISO, the first audit a day late", "type: iso27001, certified_on: 2025-03-14, expires: 2028-03-13, surveillance: [2026-03-15]", "2026-03-14"},
		{"ISO, an audit on the day of the decision", "type: iso27001, certified_on: 2025-03-14, expires: 2028-03-13, surveillance: [2025-03-14]", "2026-03-14"},
		{"ISO, no second audit", "type: iso27001, certified_on: 2025-03-14, expires: 2028-03-13, surveillance: [2026-03-03]", "2027-12-31"},
		{"ISO, two audits in one year", "type: iso27001, certified_on: 2025-03-14, expires: 2028-03-13, surveillance: [2025-12-01, 2027-01-05]", "2026-12-31"},
		{"ISO, none in the last year", "type: iso27001, certified_on: 2025-01-02, expires: 2027-12-31, surveillance: [2025-12-01, 2026-12-01]", "2027-12-31"},
		{"ISO, renewed before the old one ended", "type: iso27001, certified_on: 2025-02-01, renews: 2025-03-14, expires: 2028-03-14, surveillance: [2026-01-05, 2027-01-05]", "2028-03-14"},
		{"ISO, renewed after the old one ended", "type: iso27001, certified_on: 2025-03-14, renews: 2024-12-31, expires: 2028-03-13, surveillance: [2026-03-14, 2027-03-01]", "2028-03-13"},
		{"ISO of 2013", `type: iso27001, standard: "2013", certified_on: 2023-12-01, expires: 2026-11-30, surveillance: [2024-11-18, 2025-10-01]`, "2025-10-31"},
		{"ISO of 2013, in full", `type: iso27001, standard: "2013/Cor 2:2015", certified_on: 2023-12-01, expires: 2026-11-30, surveillance: [2024-11-18, 2025-10-01]`, "2025-10-31"},
		{"PCI DSS", `type: pci-dss-aoc, standard: "4.0.1", issued: 2025-07-15`, "2026-07-15"},
		{"FedRAMP", "type: fedramp, authorization: authorized, performed: {end: 2026-01-10}", "2027-01-10"},
		{"STAR level 2", "type: csa-star-2, issued: 2026-01-10", "2027-01-10"},
		{"HITRUST, which has an end", "type: hitrust-r2, issued: 2025-01-10, expires: 2027-01-09", "2027-01-09"},
	} {
		for _, zone := range []string{"UTC", "Pacific/Auckland", "America/Los_Angeles"} {
			f := asked(t, "VG-AUD-001", "assessments: [{id: paper, scope_services: [acme-pay], "+c.paper+"}]\n", "timezone: "+zone+"\n")
			lastDay(t, c.why+" in "+zone, f, "VG-AUD-001", c.last, zone)
		}
	}
	for _, c := range []struct{ why, paper string }{
		{"SOC 2 type 1", "type: soc2-type1, period: {end: 2026-09-30}, issued: 2026-10-01"},
		{"SOC 2 without a period", "type: soc2-type2, issued: 2026-10-01"},
		{"ISO for three years and a day", "type: iso27001, certified_on: 2025-03-14, expires: 2028-03-15, surveillance: [2026-03-14]"},
		{"ISO without a decision", "type: iso27001, expires: 2028-03-15"},
		{"PCI DSS 4.0", `type: pci-dss-aoc, standard: "4.0", issued: 2026-07-15`},
		{"PCI DSS of no edition", "type: pci-dss-aoc, issued: 2026-07-15"},
		{"FedRAMP in process", "type: fedramp, authorization: in-process, performed: {end: 2026-01-10}"},
		{"a questionnaire", "type: caiq, issued: 2026-10-01"},
		{"a penetration test", "type: pentest, independent: true, performed: {end: 2026-10-01}"},
	} {
		f := asked(t, "VG-AUD-001", "assessments: [{id: paper, scope_services: [acme-pay], "+c.paper+"}]\n", "")
		if got := ruling(t, f, gatetest.Today, "VG-AUD-001"); got != "error" {
			t.Errorf("%s: got %q, want an error", c.why, got)
		}
	}
}

// TestLetters: a bridge letter speaks for the days up to its own, and for three months at most.
func TestLetters(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ letter, asOf, want string }{
		{"{issued: 2026-11-20, covers_through: 2026-11-20}", "2026-11-19", "error"}, // it is not written yet
		{"{issued: 2026-11-20, covers_through: 2026-11-20}", "2026-11-20", "warning"},
		{"{issued: 2026-11-20, covers_through: 2026-11-19}", "2026-11-20", "error"},
		{"{issued: 2026-11-20, covers_through: 2026-11-21}", "2026-11-20", "error"},
		{"{issued: 2026-12-31, covers_through: 2026-12-31}", "2026-12-31", "error"},
		{"{issued: 2026-11-20}", "2026-11-20", "error"},
	} {
		f := asked(t, "VG-AUD-001", "assessments: [{id: a, type: soc2-type2, scope_services: [acme-pay], period: {end: 2025-09-30}, bridge_letter: "+c.letter+"}]\n", "")
		if got := ruling(t, f, c.asOf, "VG-AUD-001"); got != c.want {
			t.Errorf("%s on %s: got %q, want %q", c.letter, c.asOf, got, c.want)
		}
	}
}

// TestAnnounced: the first day of the warning, and the day before it.
func TestAnnounced(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ rule, record, first string }{
		{"VG-AUD-001", "assessments: [{id: a, scope_services: [acme-pay], type: soc2-type2, period: {end: 2026-09-30}}]\n", "2027-08-01"},                                                           // 60 days
		{"VG-AUD-001", "assessments: [{id: a, scope_services: [acme-pay], type: iso27001, certified_on: 2025-03-14, expires: 2028-03-13, surveillance: [2026-03-14, 2027-03-01]}]\n", "2027-12-14"}, // 90 days
		{"VG-AUD-002", "assessments: [{id: a, scope_services: [acme-pay], type: pentest, independent: true, performed: {end: 2026-04-24}}]\n", "2027-02-23"},
		{"VG-CON-001", "contract: {status: active, signed_on: 2026-05-28, start: 2026-06-01, end: 2028-05-31, renewal: {type: manual, notice: P90D}}\n", "2028-03-02"}, // 90 days
		{"VG-CON-001", "contract: {status: active, signed_on: 2026-05-28, start: 2026-06-01, end: 2028-05-31, renewal: {type: auto, notice: P60D}}\n", "2028-03-02"},   // 30 days before 2028-04-01
	} {
		f := asked(t, c.rule, c.record, "")
		first := gatetest.Instant(t, c.first)
		for day, want := range map[int]string{-1: "", 0: "warning"} {
			if got := ruling(t, f, first.AddDate(0, 0, day).Format(time.RFC3339), c.rule); got != want {
				t.Errorf("%s, %d days from %s, %s: got %q, want %q", c.rule, day, c.first, c.record, got, want)
			}
		}
	}
}

// TestCovers: an audit speaks of the API in use, or it is none.
func TestCovers(t *testing.T) {
	t.Parallel()
	const apis = "apis: [{id: core}, {id: reports}]\n"
	for _, c := range []struct {
		record, scope, api string
		want               string
	}{
		{"", "[acme-pay]", "", ""},
		{"", "[other]", "", "error"},
		{"", "", "", "error"},
		{apis, "[core]", "{id: core}", ""},
		{apis, "[core]", "{id: reports}", "error"},
		{apis, "[core]", "", "error"}, // which one is used nobody says
		{apis, "[core, reports]", "", ""},
		{apis, "[acme-pay]", "{id: reports}", ""},
	} {
		scope := ""
		if c.scope != "" {
			scope = ", scope_services: " + c.scope
		}
		f := asked(t, "VG-AUD-001", c.record+"assessments: [{id: a, type: soc2-type2, period: {end: 2026-09-30}"+scope+"}]\n", "")
		if c.api != "" {
			f = f.Using(t, "    data:", "    api: "+c.api+"\n    data:")
		}
		if got := ruling(t, f, gatetest.Today, "VG-AUD-001"); got != c.want {
			t.Errorf("scope %s of %q, use of %q: got %q, want %q", c.scope, c.record, c.api, got, c.want)
		}
	}
}

// TestPentest: VG-AUD-002 counts from the last day of the test, and only tests by others.
func TestPentest(t *testing.T) {
	t.Parallel()
	paper := func(text string) gatetest.Files {
		return asked(t, "VG-AUD-002", "assessments: [{id: a, type: pentest, scope_services: [acme-pay], "+text+"}]\n", "")
	}
	lastDay(t, "a test", paper("independent: true, performed: {end: 2025-11-23}, issued: 2026-03-01"), "VG-AUD-002", "2026-11-23", "UTC")
	for _, text := range []string{"independent: false, performed: {end: 2026-10-01}", "performed: {end: 2026-10-01}", "independent: true, issued: 2026-10-01"} {
		if got := ruling(t, paper(text), gatetest.Today, "VG-AUD-002"); got != "error" {
			t.Errorf("%s: got %q, want an error", text, got)
		}
	}
}

// TestGraces: unchanged uses have time where the artefact has a grace of its own, and new ones never.
func TestGraces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ rule, record, last string }{ // last day of the grace
		{"VG-AUD-001", "assessments: [{id: a, scope_services: [acme-pay], type: fedramp, authorization: authorized, performed: {end: 2025-11-01}}]\n", "2026-12-01"},
		{"VG-PIL-002", "pilot: {vendor_authorised: true, attacks: [{scenario: a, owasp: \"API1:2023\", result: blocked}, {scenario: b, owasp: \"API2:2023\", result: blocked}, {scenario: c, owasp: \"API8:2023\", result: blocked}], breach_simulation: [{scenario: leaked-credential, performed_on: 2025-11-01, revoke_seconds: 1, recover_seconds: 1}]}\nrisk: {tier: 1}\n", "2026-12-01"},
		{"VG-DAT-001", "data: {stores_customer_data: false, storage_locations: [IE], subprocessors: {url: https://a.example/x, notice: P30D, reviewed_on: 2025-11-01}}\n", "2026-11-15"},
	} {
		record, first := strings.CutSuffix(c.record, "risk: {tier: 1}\n")
		f := asked(t, c.rule, record, "")
		if first { // drills are repeated in tier 1 only
			f["registry/vendors/acme-pay.yaml"] = gatetest.Edit(t, f["registry/vendors/acme-pay.yaml"], "risk: {tier: 2}", "risk: {tier: 1}")
		}
		end := gatetest.Instant(t, c.last+"T00:00:00Z").Add(24 * time.Hour)
		for _, at := range []struct {
			f    gatetest.Files
			at   time.Time
			want string
		}{{f.Unchanged(), end.Add(-time.Second), "warning"}, {f.Unchanged(), end, "error"}, {f, end.Add(-time.Second), "error"}} {
			if got := ruling(t, at.f, at.at.Format(time.RFC3339), c.rule); got != at.want {
				t.Errorf("%s at %s: got %q, want %q", c.rule, at.at.Format(time.RFC3339), got, at.want)
			}
		}
	}
}

// TestProof: what a claim is worth is the best fresh evidence that supports it.
func TestProof(t *testing.T) {
	t.Parallel()
	const soc2 = "assessments: [{id: a, type: soc2-type2, evidence: e, period: {end: 2025-09-30}, bridge_letter: {issued: 2026-11-15, covers_through: 2026-11-15}}]\n"
	piece := func(assurance, supports, more string) string {
		return fmt.Sprintf("evidence: [{id: e, type: attestation, assurance: %s, supports: [%s], issuer: Harrow LLP, url: https://trust.acme.example/report.pdf, received: 2026-01-15%s}]\n", assurance, supports, more)
	}
	shown := map[string]string{"asserted": "is only asserted by the vendor", "attested": "has only attested evidence"}
	const past, weaker = `; evidence "e" belongs to an assessment that is not valid today`, `; evidence "e" belongs to an assessment that counts only as attested today`
	for _, c := range []struct{ why, record, need, asOf, have, doubt string }{ // have "": proven
		{"nothing", "", "documented", gatetest.Today, "asserted", ""},
		{"enough", piece("audited", "logging.retention", ""), "audited", gatetest.Today, "", ""},
		{"more than enough", piece("tested", `"logging.*"`, ""), "audited", gatetest.Today, "", ""},
		{"too little", piece("attested", "logging", ""), "audited", gatetest.Today, "attested", ""},
		{"of something else", piece("audited", "encryption", ""), "attested", gatetest.Today, "asserted", ""},
		{"the best of two", "evidence: [{id: e, type: evidence, assurance: documented, supports: [logging], " + paper + "}, {id: f, type: evidence, assurance: audited, issuer: Harrow LLP, supports: [logging], " + strings.Replace(paper, "2024", "2025", 1) + "}]\n", "audited", gatetest.Today, "", ""},
		{"the best of its two assessments", "assessments: [{id: a, type: soc2-type2, evidence: e, period: {end: 2026-09-30}}, {id: b, type: caiq, evidence: e, issued: 2026-02-20}]\n" + piece("audited", "logging", ""), "audited", gatetest.Today, "", ""},
		{"on its last day", piece("audited", "logging", ", expires: 2026-11-23"), "audited", "2026-11-23T23:59:59Z", "", ""},
		{"the day after", piece("audited", "logging", ", expires: 2026-11-23"), "audited", "2026-11-24T00:00:00Z", "asserted", `; evidence "e" expired on 2026-11-23`},
		{"a summary of a report", "assessments: [{id: a, type: soc2-type2, evidence: e, period: {end: 2026-09-30}}]\n" + piece("attested", "logging", ""), "audited", gatetest.Today, "attested", ""},
		{"a report, while its period counts", soc2 + piece("audited", "logging", ""), "audited", "2026-09-30T23:59:59Z", "", ""},
		{"a report that a letter carries", soc2 + piece("audited", "logging", ""), "audited", "2026-11-15T12:00:00Z", "attested", weaker},
		{"a report after its letter", soc2 + piece("audited", "logging", ""), "attested", "2026-11-16T00:00:00Z", "asserted", past},
		{"a questionnaire that calls itself audited", "assessments: [{id: a, type: caiq, evidence: e, issued: 2026-02-20}]\n" + piece("audited", "logging", ""), "audited", gatetest.Today, "attested", weaker},
		{"a questionnaire on its last day", "assessments: [{id: a, type: caiq, evidence: e, issued: 2026-02-20}]\n" + piece("attested", "logging", ""), "attested", "2027-02-20T23:59:59Z", "", ""},
		{"a questionnaire the day after", "assessments: [{id: a, type: mvsp, evidence: e, issued: 2026-02-20}]\n" + piece("attested", "logging", ""), "attested", "2027-02-21T00:00:00Z", "asserted", past},
		{"a test of its own", "assessments: [{id: a, type: pentest, evidence: e, independent: false, performed: {end: 2026-10-01}}]\n" + piece("audited", "logging", ""), "audited", gatetest.Today, "attested", weaker},
	} {
		f := asked(t, "VG-REG-006", "logging: {retention: P90D, tamper_protection: unknown}\n"+c.record, "assurance: {logging: "+c.need+"}\n")
		want := []string{}
		if c.have != "" {
			want = append(want, fmt.Sprintf(`error VG-REG-006 vendors.yaml:5:9 claims in the record of "acme-pay" lack evidence: logging %s, but this use requires %s evidence%s`, shown[c.have], c.need, c.doubt))
		}
		gatetest.Diff(t, c.why, want, gatetest.Only(gatetest.Findings(t, f, c.asOf, gatetest.Repository), "VG-REG-006"))
	}
	unknown := asked(t, "VG-REG-006", "logging: {retention: unknown}\n", "assurance: {logging: audited}\n")
	gatetest.Diff(t, "an unknown claim", []string{
		`error VG-REG-005 vendors.yaml:5:9 the policy requires attributes that are unknown for "acme-pay": logging.events, logging.fields, logging.retention, logging.immediately_available, logging.customer_access, logging.tamper_protection, logging.export.targets`,
	}, gatetest.Findings(t, unknown, gatetest.Today, gatetest.Repository))
	beside := asked(t, "VG-REG-006", "logging: {export: {formats: [json]}, immediately_available: P1D}\n"+piece("audited", "logging.retention", ""), "assurance: {logging.export: audited}\n")
	gatetest.Diff(t, "a claim that nobody judges", []string{}, gatetest.Only(gatetest.Findings(t, beside, gatetest.Today, gatetest.Repository), "VG-REG-006"))
	named := asked(t, "VG-REG-006", "logging: {export: {formats: [json]}}\n", "assurance: {logging.export.formats: audited}\n")
	gatetest.Diff(t, "a claim that the policy names", []string{
		`error VG-REG-006 vendors.yaml:5:9 claims in the record of "acme-pay" lack evidence: logging.export.formats is only asserted by the vendor, but this use requires audited evidence`,
	}, gatetest.Only(gatetest.Findings(t, named, gatetest.Today, gatetest.Repository), "VG-REG-006"))
}

// TestQuestionnaires: what a vendor says of itself is attested at most, whatever its form.
func TestQuestionnaires(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]string{
		"csa-star-1": "error", "caiq": "error", "sig-core": "error", "sig-lite": "error", "vsaq": "error", "mvsp": "error", "hecvat": "error", "ssdf-attestation": "error", "hitrust-r2": "",
	} {
		f := asked(t, "VG-REG-006", "logging: {retention: P90D}\nassessments: [{id: a, type: "+kind+", evidence: e, issued: 2026-10-01}]\nevidence: [{id: e, type: other, assurance: audited, supports: [logging], "+paper+"}]\n", "assurance: {logging: audited}\n")
		if got := ruling(t, f, gatetest.Today, "VG-REG-006"); got != want {
			t.Errorf("%s: got %q, want %q", kind, got, want)
		}
	}
}

// TestManyPapers: a message names a few papers, however many there are.
func TestManyPapers(t *testing.T) {
	t.Parallel()
	var papers strings.Builder
	for i := range 7 {
		fmt.Fprintf(&papers, "  - {id: a%d, type: soc2-type2, scope_services: [acme-pay], period: {end: 2020-01-0%d}}\n", i, i+1)
	}
	five, _, _ := strings.Cut(papers.String(), "  - {id: a5")
	if got := gatetest.Findings(t, asked(t, "VG-AUD-001", "assessments:\n"+five, ""), gatetest.Today, gatetest.Repository); strings.Contains(got[0], "more") {
		t.Errorf("got %q, want five papers and no more", got)
	}
	got := gatetest.Findings(t, asked(t, "VG-AUD-001", "assessments:\n"+papers.String(), ""), gatetest.Today, gatetest.Repository)
	if len(got) != 1 || strings.Contains(got[0], "a5") || !strings.HasSuffix(got[0], "; and 2 more") {
		t.Errorf("got %q, want five papers and 2 more", got)
	}
}
