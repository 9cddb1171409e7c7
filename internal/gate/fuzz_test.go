package gate_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/corpus"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/source"
)

const plainPolicy = gatetest.PolicyHead + `extends: vendorgate/standard@1
required_version: ">= 0.1"
timezone: Pacific/Auckland
contact: "#vendors"
approvers: {security-architect: [a.ferreira]}
data_classes: {trade-secret: {tier: 2}}
params: {grace: {tier-2: P7D}, approvers_needed: 1}
requirements:
  - {id: AUTH-METHODS, severity: {tier-2: note}}
  - id: REST
    when: {tier: {lte: 3}, data_class: [personal, trade-secret], category: {ne: maps}, environment: prod}
    any_of:
      - {attr: encryption.at_rest.encrypted, eq: true}
      - {attr: authentication.client_credential.max_age, lte: P90D, ne: never}
      - {attr: risk.assessed_on, within: P12M}
      - {attr: access.sso.protocols, contains: [oidc], subset_of: [oidc, saml2], matches: "^o"}
    message: "{vendor} {value}"
    fix: "{owner}"
    docs: https://d.example/x
rules: {VG-APR-003: {severity: warning}, REST: {tiers: [1, 2]}}
`

// checkProblems holds what is true of the problems of every policy.
func checkProblems(t *testing.T, text string, p *policy.Policy, problems []diag.Problem) {
	t.Helper()
	if (p == nil) != (len(problems) > 0) {
		t.Errorf("Load(%.200q): got policy %v and %d problems", text, p, len(problems))
	}
	for _, problem := range problems {
		if problem.Pos.File != "registry/policy.yaml" || !gatetest.Within(text, problem.Pos) {
			t.Errorf("Load(%.200q): position %v lies outside the file", text, problem.Pos)
		}
		if problem.Message == "" || len(problem.Message) > 600 || len(problem.Hint) > 3000 {
			t.Errorf("Load(%.200q): unfit message %.700q", text, problem.Message)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(plainPolicy)
	for _, text := range append(corpus.YAMLSeeds(f),
		"", "\ufeff"+gatetest.PolicyHead, strings.ReplaceAll(plainPolicy, "\n", "\r\n"), "---\n", "[]", "x", "{", gatetest.PolicyHead+"rules: []\n", gatetest.PolicyHead+"rules: {VG-APR-002: null}\n",
		gatetest.PolicyHead+"params: {grace: {tier-1: [}}\n", gatetest.PolicyHead+"requirements: [{}]\n", gatetest.PolicyHead+"requirements: [{id: AB, attr: a, eq: {}}]\n",
		gatetest.PolicyHead+"requirements: [{id: AB, any_of: [{attr: category, matches: '('}]}]\n", gatetest.PolicyHead+"approvers: {a: null, b: x, c: [[]]}\n",
		gatetest.PolicyHead+"extends: "+strings.Repeat("x", 1500)+"\n", gatetest.PolicyHead+"params: {grace: "+strings.Repeat("9", 5000)+"}\n",
		gatetest.PolicyHead+"rules: {"+strings.Repeat("X", 900)+": {severity: off}}\n", gatetest.PolicyHead+"requirements: [{id: AB, message: '{"+strings.Repeat("é{", 90)+"'}]\n",
	) {
		f.Add(text)
	}
	f.Fuzz(checkLoad)
}

// The YAML test suite breaks no promise of Load.
func TestYAMLTestSuite(t *testing.T) {
	t.Parallel()
	for _, c := range corpus.YAMLCases(t) {
		checkLoad(t, c.YAML)
	}
}

func checkLoad(t *testing.T, text string) {
	t.Helper()
	p, problems := rules.LoadPolicy("registry/policy.yaml", []byte(text), "0.1.0")
	checkProblems(t, text, p, problems)
}

// fuzzPolicy loads a policy, the common ones once; nil if it has problems.
func fuzzPolicy(t *testing.T, text string) *policy.Policy {
	t.Helper()
	if text == plainPolicy || text == gatetest.PolicyHead {
		return gatetest.Load(t, text)
	}
	p, problems := rules.LoadPolicy("registry/policy.yaml", []byte(text), "0.1.0")
	checkProblems(t, text, p, problems)
	return p
}

func FuzzEvaluate(f *testing.F) {
	lapsed := strings.Replace(gatetest.PlainRecord, "2027-05-31", "2026-11-20", 1)
	f.Add(gatetest.PlainManifest, gatetest.PlainRecord, plainPolicy, gatetest.PlainWaiver)
	f.Add(gatetest.PlainManifest, lapsed, gatetest.PolicyHead, gatetest.PlainWaiver)
	f.Add(gatetest.PlainManifest, strings.ReplaceAll(gatetest.Quillnest, "quillnest-messaging", "acme-pay"), plainPolicy, gatetest.PlainWaiver)
	f.Add(strings.Replace(gatetest.PlainManifest, "data: [personal]", "waiver: WVR-1\n    api: {id: core, version: \"2019\"}\n    endpoints: [https://api.quillnest.example]\n    auth_method: none\n    secrets: [KEY]", 1), gatetest.Quillnest, gatetest.PolicyHead, strings.Replace(gatetest.PlainWaiver, "2026-12-31", "2036-12-31", 1))
	for _, status := range []string{"pilot", "deprecated", "suspended", "proposed"} {
		f.Add(gatetest.PlainManifest, strings.Replace(lapsed, "approved\n", status+"\nsunset: 2026-11-20\npilot: {until: 2026-11-20}\n", 1), plainPolicy, strings.Replace(gatetest.PlainWaiver, "VG-APR-002", "VG-APR-001, NO", 1))
	}
	known := strings.NewReplacer("calderwick-payments", "acme-pay")
	f.Add(known.Replace(gatetest.CalderwickManifest), known.Replace(gatetest.Calderwick), plainPolicy, gatetest.PlainWaiver)
	f.Add(gatetest.PlainManifest, known.Replace(gatetest.Calderwick), gatetest.Extends("vendorgate/strict@1", "vendorgate/fintech-eu@1"), gatetest.PlainWaiver)
	f.Add("", "", "", "")
	f.Add(gatetest.PlainManifest+"  - {id: acme-pay}\n  - {id: other}\n  - x\n", "apiVersion: vendorgate/v1\nkind: Vendor\nid: acme-pay\n", plainPolicy, "acme-pay")
	f.Add(gatetest.PlainManifest, strings.Replace(gatetest.PlainRecord, "risk:", "api_version_scheme: semver\nrisk:", 1)+"apis: [{id: a, versions: [{id: ' ', status: retired}]}]\n", gatetest.PolicyHead, gatetest.PlainWaiver)
	for i, text := range corpus.YAMLSeeds(f) {
		switch i % 4 {
		case 0:
			f.Add(text, gatetest.PlainRecord, plainPolicy, gatetest.PlainWaiver)
		case 1:
			f.Add(gatetest.PlainManifest, text, plainPolicy, gatetest.PlainWaiver)
		case 2:
			f.Add(gatetest.PlainManifest, gatetest.PlainRecord, text, gatetest.PlainWaiver)
		case 3:
			f.Add(gatetest.PlainManifest, lapsed, gatetest.PolicyHead, "# acme-pay\n"+text)
		}
	}
	f.Fuzz(func(t *testing.T, declared, record, rules, waiver string) {
		p := fuzzPolicy(t, rules)
		if p == nil {
			p, rules = gatetest.Load(t, plainPolicy), plainPolicy
		}
		tree := fstest.MapFS{
			"vendors/acme-pay.yaml": &fstest.MapFile{Data: []byte(record)}, "waivers/WVR-1.yaml": &fstest.MapFile{Data: []byte(waiver)},
		}
		known, err := registry.Open(source.New("registry", "", tree).Trust(source.Apart), source.New("embedded", "", fstest.MapFS{}).Trust(source.BuiltIn))
		if err != nil {
			t.Fatal(err)
		}
		all := gatetest.Files{"vendors.yaml": declared, "registry/vendors/acme-pay.yaml": record, "registry/policy.yaml": rules, "registry/waivers/WVR-1.yaml": waiver}
		in := gate.Input{
			Manifests: []manifest.Manifest{manifest.Parse("vendors.yaml", "vendors.yaml", []byte(declared))},
			Registry:  known, Policy: p, AsOf: gatetest.Instant(t, gatetest.Today), Repository: gatetest.Repository,
		}
		fresh := gate.Evaluate(in)
		gatetest.CheckResult(t, all, p, fresh)
		in.Base = map[string]manifest.Manifest{"vendors.yaml": in.Manifests[0]}
		old := gate.Evaluate(in)
		gatetest.CheckResult(t, all, p, old)
		for _, g := range old.Findings {
			if g.Introduced && !strings.HasPrefix(g.Rule, "VG-MAN-") {
				t.Errorf("%s of an unchanged use counts as introduced", g.Rule)
			}
		}
		gate.Threshold{FailOn: diag.Error}.Vendors(fresh.Vendors, fresh.Findings)
		for _, v := range fresh.Vendors {
			if v.Verdict == diag.Pass && (v.Status == "unregistered" || v.Status == "suspended" || v.Status == "denied") {
				t.Errorf("%s passes with the status %s", v.ID, v.Status)
			}
		}
	})
}
