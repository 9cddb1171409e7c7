package survey_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/survey"
)

// proofOf returns what a registry proves about one vendor.
func proofOf(t *testing.T, f gatetest.Files, id string) inventory.VendorProof {
	t.Helper()
	for _, p := range take(t, f).Prove().Vendors {
		if p.ID == id {
			return p
		}
	}
	t.Fatalf("there is no proof of %s", id)
	return inventory.VendorProof{}
}

func demandOf(t *testing.T, p inventory.VendorProof, rule string) inventory.Demand {
	t.Helper()
	for _, d := range p.Demands {
		if d.Rule == rule {
			return d
		}
	}
	t.Fatalf("%s is not asked about %s", rule, p.ID)
	return inventory.Demand{}
}

const wholeWaiver = `apiVersion: vendorgate/v1
kind: Waiver
id: WVR-1
vendor: calderwick-payments
repos: ["acme/*"]
rules: [VG-APR-002]
reason: Migration
requested_by: s.marchetti
approved_by: [{user: k.nakagawa, role: security-architect}, {user: m.oduya, role: privacy-officer}]
approved_on: 2026-11-16
expires: 2026-11-30
`

// The evidence says of each rule and requirement what a check of the widest use says, and the coverage counts the same.
func TestEvidenceAgreesWithCheck(t *testing.T) {
	t.Parallel()
	lapsed := []string{"  expires: 2027-05-31\n", "  expires: 2026-11-20\n"}
	for name, f := range map[string]gatetest.Files{
		"good":           gatetest.Full(t),
		"weak TLS":       gatetest.Full(t, `min_tls: "1.2"`, `min_tls: "1.0"`),
		"waived":         gatetest.Full(t, lapsed...).With(gatetest.Files{"registry/waivers/WVR-1.yaml": wholeWaiver}),
		"waived in one":  gatetest.Full(t, lapsed...).With(gatetest.Files{"registry/waivers/WVR-1.yaml": strings.Replace(wholeWaiver, `"acme/*"`, "acme/checkout-web", 1)}),
		"lapsed":         gatetest.Full(t, lapsed...),
		"lapses soon":    gatetest.Full(t, "  expires: 2027-05-31\n", "  expires: 2026-11-24\n"),
		"denied":         gatetest.Full(t, "status: approved", "status: denied"),
		"suspended":      gatetest.Full(t, "status: approved", "status: suspended"),
		"no evidence":    gatetest.Full(t, "assurance: audited, access: nda, tlp: AMBER", "assurance: asserted, access: nda, tlp: AMBER"),
		"unknown":        gatetest.Full(t, "at_rest: {encrypted: true", "at_rest: {encrypted: unknown"),
		"overdue review": gatetest.Full(t, "last_review: 2026-06-01", "last_review: 2025-06-01"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const id = "calderwick-payments"
			p, in := proofOf(t, f, id), gatetest.Input(t, f, gatetest.Today, gatetest.Checkout)
			v, err := in.Registry.Vendor(id)
			if err != nil || v == nil {
				t.Fatal(err)
			}
			environments, classes := v.Record.Get("scope.environments").Texts(), v.Record.Get("scope.data_classes").Texts()
			f["vendors.yaml"] = fmt.Sprintf("apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: team-checkout\nvendors:\n  - {id: %s, purpose: Take payments, environments: [%s], data: [%s]}\n", id, strings.Join(environments, ", "), strings.Join(classes, ", "))
			checked := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Checkout)
			want := map[string]diag.Outcome{}
			for _, a := range checked.Uses[0].Asked {
				want[a.Rule] = a.Outcome
			}
			compared := 0
			for _, d := range p.Demands {
				r, structural := rules.ByID(d.Rule)
				if structural && r.Public == rules.AboutUse || d.Rule == gate.Incomplete { // a use states more, or less
					continue
				}
				compared++
				expected, asked := want[d.Rule]
				partly := d.Outcome == diag.Failed && expected == diag.Excused && len(d.Waivers) > 0 && !d.Waivers[0].Whole // excused in this repository only
				if !asked && d.Outcome != diag.NotAsked || asked && d.Outcome != expected && !partly {
					t.Errorf("%s: the evidence says %s (%q), a check %q", d.Rule, d.Outcome, d.Why, expected)
				}
			}
			if compared < 40 {
				t.Errorf("only %d rules were compared", compared)
			}
		})
	}
}

// What the coverage counts is what the evidence says of the records.
func TestEvidenceAgreesWithCoverage(t *testing.T) {
	t.Parallel()
	f := gatetest.Full(t).With(gatetest.Files{
		"registry/vendors/acme-pay.yaml": gatetest.PlainRecord,
		"registry/vendors/denied.yaml":   gatetest.Edit(t, gatetest.PlainRecord, "id: acme-pay", "id: denied", "status: approved", "status: denied"),
		"registry/vendors/identity.yaml": "apiVersion: vendorgate/v1\nkind: Vendor\nid: identity\n",
	})
	v := take(t, f)
	got := map[string]map[diag.Outcome]int{}
	for _, p := range v.Prove().Vendors {
		for _, d := range p.Demands {
			if got[d.Rule] == nil {
				got[d.Rule] = map[diag.Outcome]int{}
			}
			got[d.Rule][d.Outcome]++
		}
	}
	for _, c := range v.Coverage {
		g := got[c.Rule]
		if g[diag.Passed] != c.Pass || g[diag.Failed]+g[diag.Excused] != c.Fail || g[diag.Unknown] != c.Unknown || g[diag.NotAsked] != c.NotAsked {
			t.Errorf("%s: the evidence says %v, the coverage %+v", c.Rule, g, c)
		}
	}
}

// The level of evidence is the one that it can give, with the one that the record states beside it if that is another.
func TestEvidenceLevels(t *testing.T) {
	t.Parallel()
	const soc2 = "{id: soc2-2026, type: attestation, assurance: audited,"
	for _, c := range []struct{ why, id, old, replacement, level, stated string }{
		{"as stated", "soc2-2026", soc2, soc2, "audited", ""},
		{"a page of the vendor", "caiq-2026", "{id: caiq-2026, type: attestation, assurance: attested,", "{id: caiq-2026, type: documentation, assurance: tested,", "documented", "tested"},
		{"a document that nobody can date", "dpa-2026", "assurance: documented, access: public, received: 2026-05-28,", "assurance: documented, access: public,", "asserted", "documented"},
		{"a test report that can be compared", "pilot-2026", soc2, soc2, "tested", ""},
		{"a test report that is not in the registry", "pilot-2026", "url: https://evidence.acme.example/pilot-2026.pdf", "file: evidence/pilot-2026.pdf", "asserted", "tested"},
		{"a test report that was changed", "pilot-2026", "url: https://evidence.acme.example/pilot-2026.pdf", "file: evidence/changed.pdf", "asserted", "tested"},
		{
			"a test report in the registry", "pilot-2026", "url: https://evidence.acme.example/pilot-2026.pdf,\n      sha256: e5111a17a93d0ba112a68f6539869ef7637fa0bfc98b1bb83db7e65a6d6be0f7,",
			"file: evidence/changed.pdf, sha256: " + sha("changed") + ",", "tested", "",
		},
		{"a hash of nobody knows what", "pilot-2026", " url: https://evidence.acme.example/pilot-2026.pdf,", "", "documented", "tested"},
		{"a signed report, and only its hash", "pilot-2026", " url: https://evidence.acme.example/pilot-2026.pdf,", " signed_by: Lead tester,", "attested", "tested"},
		{"a test report without a hash", "pilot-2026", "sha256: e5111a17a93d0ba112a68f6539869ef7637fa0bfc98b1bb83db7e65a6d6be0f7, ", "", "documented", "tested"},
		{"answers of the vendor", "caiq-2026", "{id: caiq-2026, type: attestation, assurance: attested,", "{id: caiq-2026, type: attestation, assurance: audited,", "attested", "audited"},
		{"a test that is not independent", "pentest-2026", "independent: true", "independent: false", "attested", "audited"},
		{"a certificate that the vendor issued", "soc2-2026", soc2, "{id: soc2-2026, type: certification-report, assurance: audited, issuer: Calderwick,", "attested", "audited"},
		{"a test that the vendor issued", "pilot-2026", "{id: pilot-2026, type: dynamic-analysis-report,", "{id: pilot-2026, type: dynamic-analysis-report, signed_by: Tester, issuer: Calderwick,", "attested", "tested"},
		{"a status that permits no use", "caiq-2026", "status: approved\n", "", "attested", ""},
	} {
		f := gatetest.Full(t).With(gatetest.Files{"registry/evidence/changed.pdf": "changed"})
		const name = "registry/vendors/calderwick-payments.yaml"
		f[name] = strings.Replace(f[name], c.old, c.replacement, 1)
		if f[name] == gatetest.Full(t)[name] && c.old != c.replacement {
			t.Errorf("%s: the record does not say %s", c.why, c.old)
		}
		for _, e := range proofOf(t, f, "calderwick-payments").Evidence {
			if e.ID == c.id && (e.Level != c.level || e.Stated != c.stated) {
				t.Errorf("%s: %s is %q, stated %q; want %q, %q", c.why, e.ID, e.Level, e.Stated, c.level, c.stated)
			}
		}
	}
}

func sha(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// judgedWrong compares what the export, a renewal and the page of a vendor say about its record and the files around it.
func judgedWrong(t *testing.T, why string, f gatetest.Files, id string, want diag.Outcome) {
	t.Helper()
	if d := demandOf(t, proofOf(t, f, id), rules.RecordContradicts); d.Outcome != want {
		t.Errorf("%s: the export of %s says %s %q, want %s", why, id, d.Outcome, d.Why, want)
	}
	in := gatetest.Input(t, f, gatetest.Today, gatetest.Repository)
	v, err := in.Registry.Vendor(id)
	if err != nil {
		t.Fatal(err)
	}
	around, err := survey.Around(in.Registry, id)
	if err != nil {
		t.Fatal(err)
	}
	listed := slices.ContainsFunc(survey.Renew(in.Policy, in.Registry, survey.Question{Vendor: v, Around: around[id]}, in.AsOf).Tasks, func(task survey.Task) bool { return task.Rule == rules.RecordContradicts })
	shown := len(survey.PermitOf(in.Policy, in.Registry, v, around[id], in.AsOf).Wrong) > 0
	if wrong := want == diag.Failed; listed != wrong || shown != wrong {
		t.Errorf("%s: %s: the renewal lists it: %v; its page shows it: %v; want %v", why, id, listed, shown, wrong)
	}
}

// Where lint has an error of VG-REG-003 about a record, the export says that the rule fails: also for both of two records that share a host.
// So do the renewal and the page of the vendor, which do not read all records.
func TestContradictionsOfTheRegistry(t *testing.T) {
	t.Parallel()
	edited := func(id string, pairs ...string) string {
		return gatetest.Edit(t, gatetest.PlainRecord, append([]string{"id: acme-pay", "id: " + id}, pairs...)...)
	}
	add := func(text string) []string { return []string{"status: approved\n", "status: approved\n" + text + "\n"} }
	evidence := func(file, hash string) []string {
		return add("evidence: [{id: report, type: evidence, assurance: tested, issued: 2026-10-01, file: " + file + ", sha256: " + hash + "}]")
	}
	for _, c := range []struct {
		why   string
		pairs []string
		want  diag.Outcome
	}{
		{"a replacement without a record", add("replaced_by: nosuch"), diag.Failed},
		{"a replacement with a record", add("replaced_by: calderwick-payments"), diag.Passed},
		{"a file that does not exist", evidence("evidence/none.pdf", sha("kept")), diag.Failed},
		{"a file that was changed", evidence("evidence/kept.pdf", sha("was")), diag.Failed},
		{"a file as it was reviewed", evidence("evidence/kept.pdf", sha("kept")), diag.Passed},
	} {
		f := gatetest.Full(t).With(gatetest.Files{"registry/vendors/aaa-one.yaml": edited("aaa-one", c.pairs...), "registry/evidence/kept.pdf": "kept"})
		judgedWrong(t, c.why, f, "aaa-one", c.want)
	}
	hosts := add("api_hosts: [api.shared.example]")
	one, two := edited("aaa-one", add("api_hosts: [api.shared.example]\nreplaced_by: zzz-two")...), edited("zzz-two", hosts...)
	circle := edited("zzz-two", add("replaced_by: aaa-one")...)
	wide := edited("zzz-two", add("api_hosts: [\"*.shared.example\"]")...)
	odd := edited("zzz-two", add("\"api_hosts\": [\"api.\\x73hared.example\"]")...) // which is not of the form that records are written in
	for why, second := range map[string]string{"a host": two, "a cycle": circle, "a pattern of hosts": wide, "a host that is written oddly": odd} {
		f := gatetest.Full(t).With(gatetest.Files{
			"registry/vendors/aaa-one.yaml": one, "registry/vendors/zzz-two.yaml": second,
			"registry/vendors/huge.yaml": strings.Repeat("#", source.MaxFile+1), // which cannot be read
		})
		for _, id := range []string{"aaa-one", "zzz-two"} {
			judgedWrong(t, why, f, id, diag.Failed)
		}
	}
	for _, c := range [][2]string{{"scope.repos", "acme/shop.git"}, {"scope.teams", "**"}} {
		f := gatetest.Full(t)
		const name = "registry/vendors/calderwick-payments.yaml"
		key := strings.TrimPrefix(c[0], "scope.")
		f[name] = strings.Replace(f[name], "\n  "+key+": [", "\n  "+key+": [\""+c[1]+"\", ", 1)
		if !strings.Contains(f[name], c[1]) {
			f[name] = strings.Replace(f[name], "\nscope:\n", "\nscope:\n  "+key+": [\""+c[1]+"\"]\n", 1)
		}
		if d := demandOf(t, proofOf(t, f, "calderwick-payments"), rules.RecordContradicts); d.Outcome != diag.Failed {
			t.Errorf("%s: %s", c[1], d.Outcome)
		}
	}
}

// A proof says what was asked and found, by which evidence, who waived it, and which bytes were judged.
func TestEvidence(t *testing.T) {
	t.Parallel()
	f := gatetest.Full(t, "  expires: 2027-05-31\n", "  expires: 2026-11-20\n").With(gatetest.Files{"registry/waivers/WVR-1.yaml": wholeWaiver})
	v := take(t, f)
	p := proofOf(t, f, "calderwick-payments")
	sum := sha256.Sum256([]byte(f["registry/vendors/calderwick-payments.yaml"]))
	if want := (inventory.Source{Name: "vendors/calderwick-payments.yaml", SHA256: hex.EncodeToString(sum[:])}); p.File != want {
		t.Errorf("the record is %v, want %v", p.File, want)
	}
	approval := demandOf(t, p, rules.ApprovalLapsed)
	if approval.Outcome != diag.Excused || len(approval.Waivers) != 1 || approval.Waivers[0].By[0].User != "k.nakagawa" || approval.Waivers[0].Until.String() != "2026-11-30" || !approval.Waivers[0].Whole {
		t.Errorf("got %+v", approval)
	}
	tls := demandOf(t, p, rules.WeakTransport)
	if tls.Asked[0] != "encryption.in_transit.min_tls: 1.2 or 1.3" || tls.Found[0] != (inventory.Value{Path: "encryption.in_transit.min_tls", Text: "1.2"}) {
		t.Errorf("asked %q, found %v", tls.Asked, tls.Found)
	}
	audit := demandOf(t, p, "VG-AUD-001")
	if d := cmp.Diff([]string{"soc2-2026", "iso27001-cert", "pci-aoc-2026", "pentest-2026", "caiq-2026"}, audit.Evidence); d != "" || audit.Outcome != diag.Passed {
		t.Errorf("%s: evidence (-want +got):\n%s", audit.Outcome, d)
	}
	if len(approval.Controls) == 0 || approval.Controls[0].Edition() == "" {
		t.Errorf("no controls with an edition: %v", approval.Controls)
	}
	if again := take(t, f); cmp.Diff(fmt.Sprint(v.Prove()), fmt.Sprint(again.Prove())) != "" {
		t.Error("two runs differ")
	}
	unreviewed := proofOf(t, f.With(gatetest.Files{"registry/vendors/identity.yaml": "apiVersion: vendorgate/v1\nkind: Vendor\nid: identity\n"}), "identity")
	for _, d := range unreviewed.Demands {
		if d.Outcome != diag.NotAsked || d.Why[0] != "nobody has reviewed the vendor" {
			t.Errorf("%s: %s %q", d.Rule, d.Outcome, d.Why)
		}
	}
}
