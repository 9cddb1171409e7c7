package bom_test

import (
	"bytes"
	"encoding/json"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/vendorgate/vendorgate/internal/bom"
	"github.com/vendorgate/vendorgate/internal/corpus"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

const uses = `apiVersion: vendorgate/v1
kind: VendorManifest
owner: team-checkout
vendors:
  - id: acme-pay
    purpose: Charge cards at checkout
    environments: [staging, prod]
    data: [{class: cardholder, direction: send, name: card}, {class: personal, direction: both}, {class: public, direction: receive}, internal]
    api: {version: "2026-04"}
    endpoints: ["https://api.acme-pay.example/v3"]
    auth_method: oauth2-client-credentials
    sdks: ["pkg:npm/%40acme/sdk"]
  - id: acme-pay
    use: reports
    purpose: "Reports </script> ##[error]"
    environments: [sandbox]
    data: [none]
    auth_method: none
    sdks: ["pkg:npm/%40acme/sdk", "pkg:golang/acme.example/pay"]
`

const recordOf = `apiVersion: vendorgate/v1
kind: Vendor
id: acme-pay
name: Acme Pay
provider: {id: acme, legal_name: Acme Pay plc, country: IE, website: "https://acme-pay.example"}
links: {docs: "https://docs.acme-pay.example", trust_center: none}
evidence:
  - {id: report, type: pentest-report, assurance: audited, url: "https://acme-pay.example/pentest.pdf", sha256: 5f2a91c07d3be86412f0a9cd8b64e37150d2c8f6a19be4730c5d6f8e2b1a9c44, issued: 2026-05-01}
  - {id: paper, type: attestation, assurance: attested, sha256: 6f2a91c07d3be86412f0a9cd8b64e37150d2c8f6a19be4730c5d6f8e2b1a9c44, issued: 2026-05-01}
`

func bill(t *testing.T, record string) *bom.Bill {
	t.Helper()
	m := manifest.Parse("services/pay/vendors.yaml", "services/pay/vendors.yaml", []byte(uses))
	tree, problems := yamltree.Parse("acme-pay.yaml", []byte(record))
	if len(m.Problems)+len(problems) > 0 {
		t.Fatal(m.Problems, problems)
	}
	known := registry.SingleAt("acme-pay", "acme-pay.yaml", tree)
	return &bom.Bill{
		Name: "acme/checkout", Manifests: []manifest.Manifest{m},
		Vendor: func(id string) *registry.Vendor {
			if id != "acme-pay" {
				return nil
			}
			v, err := known.Vendor(id)
			if err != nil {
				t.Fatal(err)
			}
			return v
		},
		Title: func(rule string) string { return "about " + rule },
		Report: &diag.Report{
			Version: "1.2.3", Policy: "acme", AsOf: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC),
			Vendors: []diag.Vendor{
				{ID: "acme-pay", Status: "approved", Tier: 1, Expires: "2027-05-31", Verdict: diag.Fail},
				{ID: "other-mail", Status: "undeclared, unregistered", Verdict: diag.Fail},
			},
			Uses: []diag.Use{{Vendor: "acme-pay", Pos: m.Uses[0].ID.Pos, Asked: []diag.Asked{
				{Rule: "VG-APR-002", Outcome: diag.Passed},
				{Rule: "VG-LOG-001", Outcome: diag.Failed},
				{Rule: "VG-AUD-001", Outcome: diag.Excused, Waiver: "WVR-1", Until: "2026-12-31"},
				{Rule: "VG-PIL-001", Outcome: diag.Unknown},
				{Rule: "VG-CMP-002", Outcome: diag.NotAsked},
			}}},
		},
	}
}

// A bill is valid under the published schema of each version, and the same bill has the same bytes.
func TestBillIsValid(t *testing.T) {
	t.Parallel()
	for name, schema := range map[string]string{"cyclonedx-1.7": corpus.CycloneDX, "cyclonedx-1.6": corpus.CycloneDX6} {
		document, err := bom.Formats().Render(name, bill(t, recordOf), false)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := bom.Formats().Render(name, bill(t, recordOf), false)
		if !bytes.Equal(document.Bytes(), again.Bytes()) {
			t.Errorf("%s: two renderings differ", name)
		}
		valid(t, schema, document.Bytes())
	}
}

// What a bill says of a use, of its record, and of what is not declared.
func TestBillSays(t *testing.T) {
	t.Parallel()
	document, err := bom.Formats().Render("cyclonedx-1.7", bill(t, recordOf), false)
	if err != nil {
		t.Fatal(err)
	}
	got := compact(t, document.Bytes())
	for _, want := range []string{
		`"specVersion":"1.7"`,
		`"bom-ref":"vendor:acme-pay","provider":{"name":"Acme Pay plc","url":["https://acme-pay.example"],"address":{"country":"IE"}},"group":"acme","name":"acme-pay","version":"2026-04"`,
		`"authenticated":true,"x-trust-boundary":true,"trustZone":"external"`,
		`{"flow":"inbound","classification":"cardholder","name":"card","governance":{"owners":[{"organization":{"name":"team-checkout"}}]}}`,
		`{"flow":"bi-directional","classification":"personal"`, `{"flow":"outbound","classification":"public"`, `{"flow":"unknown","classification":"internal"`,
		`{"url":"https://acme-pay.example/pentest.pdf","type":"pentest-report","comment":"report, audited","hashes":[{"alg":"SHA-256","content":"5f2a`,
		`{"name":"vendorgate:use:declared_at","value":"services/pay/vendors.yaml:5"}`, `{"name":"vendorgate:approval:expires","value":"2027-05-31"}`,
		`"bom-ref":"vendor:acme-pay:reports"`, `"authenticated":false`,
		`"bom-ref":"vendor:other-mail:undeclared","name":"other-mail"`, `{"name":"vendorgate:use:declared","value":"false"}`,
		`{"ref":"pkg:npm/%40acme/sdk","dependsOn":["vendor:acme-pay","vendor:acme-pay:reports"]}`,
		`{"type":"library","bom-ref":"pkg:npm/%40acme/sdk","group":"@acme","name":"sdk","purl":"pkg:npm/%40acme/sdk"}`,
		`{"requirement":"rule:VG-APR-002","claims":["claim:vendor:acme-pay:VG-APR-002"],"conformance":{"score":1,`,
		`{"requirement":"rule:VG-LOG-001","counterClaims":["claim:vendor:acme-pay:VG-LOG-001"],"conformance":{"score":0,`,
		`"the check failed it; WVR-1 waives that through 2026-12-31"`,
		`"aggregate":"unknown"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	for _, not := range []string{"VG-PIL-001", "VG-CMP-002", `"classification":"none"`, "paper"} {
		if strings.Contains(got, not) {
			t.Errorf("%s in\n%s", not, got)
		}
	}
}

// A record with evidence that is not public does not say where any of it is, and a bill says when it is incomplete.
func TestBillKeepsSecrets(t *testing.T) {
	t.Parallel()
	b := bill(t, strings.Replace(recordOf, "type: pentest-report,", "type: pentest-report, access: nda,", 1))
	b.Report.Gaps = []diag.Gap{{Target: "vendors", Reason: "cannot be read"}}
	document, err := bom.Formats().Render("cyclonedx-1.7", b, false)
	if err != nil {
		t.Fatal(err)
	}
	if got := compact(t, document.Bytes()); strings.Contains(got, "pentest") || !strings.Contains(got, `"aggregate":"incomplete"`) {
		t.Errorf("got\n%s", got)
	}
}

func compact(t *testing.T, document []byte) string {
	t.Helper()
	var out bytes.Buffer
	if err := json.Compact(&out, document); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// valid fails if a document is not valid under a schema.
func valid(t *testing.T, name string, document []byte) {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	const base = "http://cyclonedx.org/schema/"
	for _, part := range slices.Concat(corpus.CycloneDXParts(), []string{name}) {
		schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(corpus.Read(t, part)))
		if err != nil {
			t.Fatal(err)
		}
		if err := compiler.AddResource(base+path.Base(part), schema); err != nil {
			t.Fatal(err)
		}
	}
	compiled, err := compiler.Compile(base + path.Base(name))
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(value); err != nil {
		t.Errorf("not valid under %s: %v\n%s", name, err, document)
	}
}
