package gate_test

import (
	"cmp"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/explain"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/rules"
)

var update = flag.Bool("update", false, "rewrite testdata/*.out")

// scene is an evaluation whose findings are pinned by golden files.
type scene struct {
	name string
	gatetest.Files
	asOf   string // empty for the day of the tests
	traces *gate.CodeScan
	rule   string // of which the scene is an example; it shows findings of no other rule
}

// findings evaluates a scene.
func (s scene) findings(t *testing.T) []diag.Finding {
	t.Helper()
	repository := gatetest.Repository
	if s.rule != "" {
		repository = "acme/checkout" // as the pages have it
	}
	in := gatetest.Input(t, s.Files, cmp.Or(s.asOf, gatetest.Today), repository)
	in.CodeScan = s.traces
	r := gate.Evaluate(in)
	gatetest.CheckResult(t, s.withTraces(), in.Policy, r)
	out := slices.DeleteFunc(r.Findings, func(f diag.Finding) bool { return s.rule != "" && f.Rule != s.rule })
	if len(out) == 0 {
		t.Errorf("%s: got no findings", s.name)
	}
	return out
}

// withTraces returns the files of a scene and the files in which traces were found, so that their positions can be checked.
func (s scene) withTraces() gatetest.Files {
	out := maps.Clone(s.Files)
	for _, name := range []string{"src/pay.js", "src/mail.js", "src/old.js"} {
		out[name] = strings.Repeat(strings.Repeat("x", 80)+"\n", 40)
	}
	return out
}

// worlds returns scenes that show what findings contain.
func worlds(t *testing.T) []scene {
	t.Helper()
	quill := gatetest.Files{
		"vendors.yaml": gatetest.QuillnestManifest, "registry/vendors/quillnest-messaging.yaml": gatetest.Quillnest,
		"registry/policy.yaml": gatetest.Extends("vendorgate/strict@1") + gatetest.AcmeApprovers,
	}
	broken := gatetest.Files{
		"vendors.yaml":                   gatetest.Edit(t, gatetest.PlainManifest, "data: [personal]", "data: [personal, nonsense]", "purpose: Charge cards at checkout", "purpos: Charge cards"),
		"registry/vendors/acme-pay.yaml": gatetest.Edit(t, gatetest.PlainRecord, "category: payments", "categry: payments"), "registry/waivers/WVR-1.yaml": gatetest.PlainWaiver,
	}
	lapsing := gatetest.World(t, "expires: 2027-05-31", "expires: 2026-11-20", "internal, personal, ", "", "last_review: 2026-06-01", "last_review: 2026-06-01\n  review_cadence: P3M").Using(t, "[prod]", "[prod, test]")
	expired := gatetest.Files{"registry/waivers/WVR-1.yaml": gatetest.Edit(t, gatetest.PlainWaiver, "expires: 2026-12-31", "expires: 2026-11-22")}
	unvetted := gatetest.Files{"vendors.yaml": gatetest.Edit(t, gatetest.PlainManifest, "id: acme-pay", "id: acme-pya"), "registry/vendors/acme-pay.yaml": gatetest.PlainRecord}
	const request = "request_url: https://github.com/acme/registry/issues/new?template=vendor.yml\n"
	condition := "  conditions: [{id: rotate, text: Rotate the keys, due: 2026-11-20, status: open}, {id: pin, text: Pin the version, due: 2026-12-01, status: open}]\n"
	private := gatetest.World(t, "risk:", condition+"risk:", "status: approved", "status: approved\nstatus_since: 2026-12-24")
	private["registry/vendors/acme-pay.yaml"] += "evidence: [{id: report, type: evidence, assurance: documented, access: nda}]\n"
	secretive := private.With(gatetest.Files{"jobs/vendors.yaml": gatetest.Edit(t, gatetest.PlainManifest, "[personal]", "[health]"), "registry/waivers/WVR-1.yaml": gatetest.Edit(t, gatetest.PlainWaiver, "VG-APR-002", "VG-SCP-001")})
	shared := gatetest.World(t, "risk:", "api_hosts: [api.acme.example]\nrisk:")
	shared["registry/vendors/acme-bank.yaml"] = gatetest.Edit(t, shared["registry/vendors/acme-pay.yaml"], "id: acme-pay", "id: acme-bank")
	shared["vendors.yaml"] += "    endpoints: [https://api.acme.example]\n  - {id: acme-bank, purpose: Pay out, environments: [prod], data: [personal], endpoints: [https://api.acme.example]}\n"
	deciding := gatetest.Edit(t, private["registry/vendors/acme-pay.yaml"], "status: approved", "status: in-review", "approval:\n", "approval:\n  decision_ref: https://t.example/7\n")
	return []scene{
		{name: "quillnest", Files: quill},
		{name: "broken", Files: broken},
		{name: "lapsing", Files: lapsing.With(expired)},
		{name: "lapsing, unchanged, in the grace period", Files: lapsing.Rules("params: {grace: P30D}\n").Unchanged()},
		{name: "lapsing, with a waiver", Files: lapsing.With(gatetest.Files{"registry/waivers/WVR-1.yaml": gatetest.PlainWaiver})},
		{name: "unvetted", Files: unvetted},
		{name: "unvetted, with a form", Files: unvetted.Rules(request)},
		{name: "suspended", Files: gatetest.World(t, "status: approved", "status: suspended")},
		{name: "denied, private", Files: private.With(gatetest.Files{"registry/vendors/acme-pay.yaml": gatetest.Edit(t, private["registry/vendors/acme-pay.yaml"], "status: approved", "status: denied\nstatus_reason: A breach")})},
		{name: "private", Files: private},
		{name: "private, broken", Files: private.With(gatetest.Files{"registry/vendors/acme-pay.yaml": private["registry/vendors/acme-pay.yaml"] + "statsu: denied\n"})},
		{name: "confidential", Files: secretive.Rules("confidential: true\ncontact: vendor-security\n")},
		{name: "confidential, broken", Files: broken.Rules("confidential: true\n")},
		{name: "confidential, with a waiver", Files: lapsing.Rules("confidential: true\n").With(gatetest.Files{"registry/waivers/WVR-1.yaml": gatetest.PlainWaiver})},
		{name: "in review, private", Files: private.With(gatetest.Files{"registry/vendors/acme-pay.yaml": deciding})},
		{name: "unreviewed", Files: gatetest.World(t, "status: approved\n", "")},
		{name: "a waiver that ends soon", Files: lapsing.With(gatetest.Files{"registry/waivers/WVR-1.yaml": gatetest.Edit(t, gatetest.PlainWaiver, "expires: 2026-12-31", "expires: 2026-11-24")})},
		{name: "waivers that nothing needs", Files: gatetest.World(t).With(expired).With(gatetest.Files{"registry/waivers/WVR-2.yaml": gatetest.Edit(t, gatetest.PlainWaiver, "id: WVR-1", "id: WVR-2")})},
		{name: "two vendors with one host", Files: shared},
		{name: "a secret rotated tomorrow", Files: gatetest.Full(t).Using(t, "rotated_on: 2026-10-05", "rotated_on: 2026-11-24")},
		{name: "undeclared", Files: gatetest.World(t).Rules(request).With(gatetest.Files{"vendors.yaml": ignoring}), traces: traces(t)},
		{name: "no trace in the code", Files: gatetest.Full(t), traces: &gate.CodeScan{Result: &detect.Result{Files: 3}, Name: func(file string) string { return file }}},
		{name: "calderwick, later", Files: gatetest.Full(t), asOf: "2028-11-23"},
	}
}

// ignoring is a manifest that declares nothing and has two entries in ignore.
const ignoring = `apiVersion: vendorgate/v1
kind: VendorManifest
owner: team-checkout
vendors: []
ignore:
  - {vendor: acme-old, reason: Only in tests, expires: 2026-11-20}
  - {host: "*.acme.example", path: "docs/**", reason: Our own hosts}
`

// traces returns what a scan found: an approved vendor, an unreviewed one and two unknown hosts. Only src/old.js is unchanged.
func traces(t *testing.T) *gate.CodeScan {
	t.Helper()
	f := gatetest.World(t).With(gatetest.Files{"vendors.yaml": ignoring})
	ignored := gatetest.Input(t, f, gatetest.Today, gatetest.Repository).Manifests[0].Ignores
	if len(ignored) != 2 {
		t.Fatalf("got %d ignore entries, want 2", len(ignored))
	}
	host := func(file string, line int) detect.Sighting {
		return detect.Sighting{Kind: detect.KindHost, Confidence: detect.Confirmed, File: file, Line: line, Col: 8, Text: "api.acme.example"}
	}
	return &gate.CodeScan{
		Name:    func(file string) string { return file },
		Changed: func(file string) bool { return file != "src/old.js" },
		Ignores: []*gate.IgnoreUse{{Ignore: ignored[0], Lapsed: true}, {Ignore: ignored[1]}},
		Result: &detect.Result{
			Files: 3,
			Undeclared: []detect.Vendor{
				{ID: "acme-hint", Confidence: detect.Hint, Sightings: []detect.Sighting{host("src/pay.js", 1)}},
				{ID: "acme-mail", Confidence: detect.Likely, Sightings: []detect.Sighting{{Kind: detect.KindEnv, Confidence: detect.Likely, File: "src/mail.js", Line: 3, Col: 5, Text: "ACME_MAIL_KEY"}}},
				{ID: "acme-pay", Confidence: detect.Confirmed, Sightings: []detect.Sighting{host("src/old.js", 7), host("src/pay.js", 12)}, Files: []string{"src/old.js", "src/pay.js"}},
			},
			UnknownHosts: []detect.UnknownHost{
				{Domain: "stormwright.example", Host: "api.stormwright.example", File: "src/pay.js", Line: 9, Col: 2, Why: "`fetch` calls it"},
				{Domain: "tidewell.example", Host: "api.tidewell.example", File: "src/old.js", Line: 4, Col: 2, Why: "`fetch` calls it"},
			},
		},
	}
}

// examples returns a scene for each rule that an evaluation judges: the example of its page that fails.
func examples(t *testing.T) []scene {
	t.Helper()
	setup := gatetest.Files{}
	for _, name := range []string{"vendors.yaml", "registry/vendors/calderwick-payments.yaml"} {
		data, err := os.ReadFile(filepath.Join("../cli/testdata/explain", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		setup[name] = string(data)
	}
	var out []scene
	for _, r := range rules.All() {
		if slices.Contains([]string{rules.ManifestMisplaced, rules.IgnoreIdle, rules.NoTrace, rules.Undeclared, rules.UnknownHost, rules.Unreadable}, r.ID) {
			continue // their examples need what package gate does not read; worlds has them
		}
		page, _ := explain.Page(r.ID)
		out = append(out, scene{name: "example of " + r.ID, Files: setup.With(explain.Example(page, "fails")), rule: r.ID})
	}
	return out
}

// golden compares text with a golden file, or rewrites the file.
func golden(t *testing.T, file, got string) {
	t.Helper()
	file = filepath.Join("testdata", file)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	gatetest.Diff(t, file, strings.Split(string(want), "\n"), strings.Split(got, "\n"))
}
