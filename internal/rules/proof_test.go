package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/record"
)

const (
	hashed  = "sha256: 5f2a91c07d3be86412f0a9cd8b64e37150d2c8f6a19be4730c5d6f8e2b1a9c44"
	linked  = "url: https://trust.acme.example/report.pdf"
	arrived = "received: 2026-06-01"
)

// TestTraces: evidence proves something only if somebody can find or recognise the document, and knows its age.
func TestTraces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ evidence, want string }{
		{linked + ", " + arrived, ""},
		{hashed + ", " + arrived, ""},
		{linked + ", received: 2024-11-23", ""},
		{linked + ", received: 2024-11-22", "is of 2024-11-22, and counted through 2026-11-22 (evidence_max_age)"},
		{linked + ", issued: 2024-11-22, received: 2026-06-01", "is of 2024-11-22, and counted through 2026-11-22 (evidence_max_age)"},
		{linked + ", received: 2020-06-01, expires: 2026-11-23", ""},
		{linked + ", received: 2020-06-01, expires: 2026-11-22", "expired on 2026-11-22"},
		{linked + ", issued: 2026-05-01", ""},
		{arrived, "has neither an address nor a hash, so it proves nothing"},
		{linked, "has no date (issued or received), so it proves nothing"},
		{hashed, "has no date (issued or received), so it proves nothing"},
		{"access: public", "has neither an address nor a hash, and no date, so it proves nothing"},
		{"file: evidence/report.pdf, " + arrived, "has neither an address nor a hash, so it proves nothing"},
	} {
		f := asked(t, "VG-REG-006", "logging: {retention: P90D}\nevidence: [{id: dpa-2026, type: attestation, assurance: attested, supports: [logging], "+c.evidence+"}]\n", "assurance: {logging.retention: attested}\n")
		got := gatetest.Only(gatetest.Findings(t, f, gatetest.Today, gatetest.Repository), "VG-REG-006")
		want := []string{}
		if c.want != "" {
			want = append(want, `error VG-REG-006 vendors.yaml:5:9 claims in the record of "acme-pay" lack evidence: logging.retention is only asserted by the vendor, but this use requires attested evidence; evidence "dpa-2026" `+c.want)
		}
		gatetest.Diff(t, c.evidence, want, got)
	}
}

// TestTypesLimit: whatever a piece of evidence states, it proves what its type and its other attributes allow.
func TestTypesLimit(t *testing.T) {
	t.Parallel()
	levels := []string{"documented", "attested", "audited", "tested"}
	proves := func(kind, stated, more, need string) string {
		f := asked(t, "VG-REG-006", "aliases: [Zipcharge]\ndomains: [acme-pay.example]\nlogging: {retention: P90D}\nevidence: [{id: e, type: "+kind+", assurance: "+stated+", supports: [logging], "+arrived+", "+more+"}]\n", "assurance: {logging.retention: "+need+"}\n")
		found := gatetest.Only(gatetest.Findings(t, f, gatetest.Today, gatetest.Repository), "VG-REG-006")
		return strings.Join(found, "\n")
	}
	most := func(kind, stated, more string) string {
		best := "asserted"
		for _, level := range levels {
			if proves(kind, stated, more, level) == "" {
				best = level
			}
		}
		return best
	}
	const vendor, third = linked + ", signed_by: CISO", linked + ", issuer: Harrow LLP"
	const kept = hashed + ", file: evidence/report.pdf"
	for _, c := range []struct{ kinds, plain, signed, issued, compared string }{ // what evidence that says it is tested proves
		{"attestation", "attested", "attested", "audited", "attested"},
		{"certification-report pentest-report", "audited", "audited", "audited", "audited"},
		{"risk-assessment threat-model dynamic-analysis-report static-analysis-report evidence other", "documented", "attested", "audited", "tested"},
		{"vulnerability-assertion poam", "documented", "attested", "documented", "documented"},
		{"documentation model-card rfc-9116 security-contact license", "documented", "documented", "documented", "documented"},
	} {
		for kind := range strings.FieldsSeq(c.kinds) {
			got := []string{most(kind, "tested", linked), most(kind, "tested", vendor), most(kind, "tested", third), most(kind, "tested", hashed+", "+linked), most(kind, "tested", kept), most(kind, "tested", hashed)}
			gatetest.Diff(t, kind, []string{c.plain, c.signed, c.issued, c.compared, c.compared, c.plain}, got)
			if got := most(kind, "documented", hashed+", signed_by: CISO, issuer: Harrow LLP"); got != "documented" {
				t.Errorf("%s: got %s, want what it states", kind, got)
			}
		}
	}
	for issuer, want := range map[string]string{
		"Acme Pay Ltd": "attested", "Zipcharge GmbH": "attested", "acme-pay.example": "attested", "\"https://trust.acme-pay.example/\"": "attested",
		"not-acme-pay.example": "audited", "Harrow LLP": "audited",
	} {
		if got := most("attestation", "audited", linked+", issuer: "+issuer); got != want {
			t.Errorf("issued by %s: got %s, want %s", issuer, got, want)
		}
	}
	tested := 0
	for _, kind := range record.EvidenceTypes() {
		tested += len(kind.Names)
	}
	if tested != 16 {
		t.Errorf("there are %d types of evidence, and the test knows 16", tested)
	}
	const why = `evidence "e" is only documented: documents of the type documentation are documented`
	if got := proves("documentation", "audited", linked, "audited"); !strings.HasSuffix(got, "; "+why) {
		t.Errorf("got %q, want it to end with %q", got, why)
	}
}

// TestAssessmentsNeedEvidence: an assessment on which a rule rests names evidence that counts.
func TestAssessmentsNeedEvidence(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ named, evidence, want string }{
		{", evidence: e", "id: e, type: attestation, assurance: audited, " + hashed + ", " + arrived, ""},
		{", evidence: e", "id: e, type: other, assurance: attested, signed_by: CISO, " + hashed + ", " + arrived, ""},
		{", evidence: e", "id: e, type: attestation, assurance: audited, " + hashed + ", received: 2026-05-30", `a rests on evidence "e", which is of 2026-05-30, before 2026-05-31 (period.end)`},
		{", evidence: e", "id: e, type: attestation, assurance: audited, " + hashed + ", issued: 2026-05-30, received: 2026-05-31", ""},
		{"", "id: e, type: attestation, assurance: audited, " + hashed + ", " + arrived, "a names no evidence"},
		{", evidence: e", "id: e, type: attestation, assurance: audited, " + arrived, `a rests on evidence "e", which has neither an address nor a hash, so it proves nothing`},
		{", evidence: e", "id: e, type: documentation, assurance: audited, " + linked + ", " + arrived, `a rests on evidence "e", which is only documented: documents of the type documentation are documented`},
		{", evidence: e", "id: e, type: attestation, assurance: documented, " + linked + ", " + arrived, `a rests on evidence "e", which is only documented`},
		{", evidence: e", "id: e, type: attestation, assurance: audited, expires: 2026-11-22, " + linked + ", " + arrived, "a was valid through 2026-11-22 (the last day of its evidence)"},
	} {
		f := asked(t, "VG-AUD-001", "assessments: [{id: a, type: soc2-type2, scope_services: [acme-pay], period: {end: 2026-05-31}"+c.named+"}]\nevidence: [{"+c.evidence+"}]\n", "")
		got := gatetest.Only(gatetest.Findings(t, f, gatetest.Today, gatetest.Repository), "VG-AUD-001")
		want := []string{}
		if c.want != "" {
			want = append(want, `error VG-AUD-001 vendors.yaml:5:9 no current independent audit covers "acme-pay" as it is used here: `+c.want)
		}
		gatetest.Diff(t, c.named+" "+c.evidence, want, got)
	}
}

// TestPapersNeedTraces: what a rule reads in a document that a record names counts only if the document does.
func TestPapersNeedTraces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ id, rule, want string }{
		{"pci-aoc-2026", "VG-CMP-001", `pci-aoc rests on evidence "pci-aoc-2026", which has`},
		{"pci-matrix-2026", "VG-CMP-001", `no current responsibility matrix: evidence "pci-matrix-2026" has`},
		{"pentest-2026", "VG-AUD-002", `pentest-2026 rests on evidence "pentest-2026", which has`},
		{"exit-plan-2026", "VG-EXT-001", `no exit plan: evidence "exit-plan-2026" has`},
		{"pilot-2026", "VG-PIL-001", `its results are not on file: evidence "pilot-2026" has`},
		{"review-2026", "VG-AUD-005", `: evidence "review-2026" has`},
	} {
		f := gatetest.Full(t)
		const name = "registry/vendors/calderwick-payments.yaml"
		at := strings.Index(f[name], "\nevidence:\n")
		at += strings.Index(f[name][at:], "{id: "+c.id+",")
		end := at + strings.Index(f[name][at:], "}")
		entry := f[name][at:end]
		hash := strings.Index(entry, "sha256: ")
		f[name] = f[name][:at] + strings.NewReplacer(entry[hash:hash+len("sha256: ")+64], "x-none: true", "url: https://evidence.acme.example/pilot-2026.pdf", "x-no-address: true").Replace(entry) + f[name][end:]
		got := strings.Join(gatetest.Only(gatetest.Findings(t, f, gatetest.Today, gatetest.Checkout), c.rule), "\n")
		if want := fmt.Sprintf("%s neither an address nor a hash, so it proves nothing", c.want); !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want in it %q", c.id, got, want)
		}
	}
}
