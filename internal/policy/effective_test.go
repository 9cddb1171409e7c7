package policy_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// richPolicy sets something of everything.
const richPolicy = `apiVersion: vendorgate/v1
kind: Policy
id: rich
extends: [vendorgate/standard@1, vendorgate/health-us@1]
timezone: Europe/Dublin
registry_max_age: P7D
fail_on: warning
fail_scope: all
missing_manifest: fail
scan: required
allow_as_of: true
trusted_branches: [release/*, "1.x"]
contact: "#vendor: security"
request_url: https://acme.example/request?template=a&b=c
approvers:
  security-architect: [a.ferreira]
  "on": []
data_classes:
  recipes: {tier: 3}
  internal: {tier: 1}
stack: [splunk, "yes"]
adequate_countries: [IE, "NO", HOME]
assurance:
  encryption: {tier-1: tested}
severity_limit: warning
rules:
  VG-IAM-001: {severity: {tier-3: error}}
  VG-LOG-002: {tiers: [1]}
  VG-PIL-001: {severity: off}
  MIN-TLS: {severity: {tier-4: note}}
params:
  uptime_pct: {tier-1: 99.99}
  approvers_needed: 3
  grace: P14D
requirements:
  - {id: RISK-TIER, message: "{vendor} has \"no\" tier"}
  - id: MFA
    when: {tier: {lte: 2}, data_class: [personal, recipes], category: {ne: email}, environment: prod}
    attr: access.mfa.enforced
    eq: true
    severity: {tier-1: error, tier-2: warning, tier-3: off}
    message: "##[error]no\nfactor: '{value}'"
    fix: ask
    docs: https://acme.example/mfa
    controls: [MVSP 4.2, "OWASP API2:2023"]
  - id: EITHER
    any_of:
      - {attr: data.retention.default, lte: P30D, ne: unlimited}
      - {attr: contract.sla.uptime_pct, gte: 99.9}
      - {attr: logging.events, contains: [crud, authn-failure]}
      - {attr: logging.export.targets, subset_of: ["on", splunk]}
      - {attr: risk.assessed_on, within: P1Y}
      - {attr: contract.end, valid_for: P90D, gte: 2027-01-01}
      - {attr: encryption.at_rest.algorithm, matches: '^AES-(128|256)\b'}
      - {attr: encryption.in_transit.min_tls, in: ["1.2", "1.3"]}
      - {attr: contract.incident.notify_hours, not_in: [72, 96]}
      - {attr: risk.residual, present: true}
      - {any: {list: assessments, where: {type: {in: [soc2-type2, iso27001]}, standard: {eq: "2022", ne: "yes"}}, attr: valid_until, valid_for: P0D}}
      - {all: {list: assessments, where: {type: [pentest, c5], categories: security}, attr: findings_open.critical, eq: 0}}
  - id: SOME
    any: {list: evidence}
country_groups: {NORDICS: [DK, FI, IS, NO, SE], HOME: [EU, CH]}
manifest_paths: [vendors.yaml, "services/*/vendors.yaml"]
first_party: ["*.acme.example"]
ignore: {vendors: forbid, hosts: forbid}
confidential: true
renew_url: https://acme.example/renew
waiver_url: https://acme.example/waiver
adequate_countries_checked: 2026-10-01
adequate_countries_source: https://acme.example/adequacy
comment: on-warning
`

// A setting that is added to the language is added here, too.
func TestRichPolicySetsEverything(t *testing.T) {
	t.Parallel()
	r, problems := policy.Table().Parse("f", []byte(richPolicy))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	elsewhere := []string{"required_version", "severity_limit"} // they are about the file itself
	for _, name := range policy.Table().Paths() {
		top, _, _ := strings.Cut(name, ".")
		top, list := strings.CutSuffix(top, "[]")
		if strings.Contains(name, "*") || list || slices.Contains([]string{"params", "tests"}, top) {
			continue
		}
		if !r.Get(name).Known() && !slices.Contains(elsewhere, name) {
			t.Errorf("%s is not set", name)
		}
	}
}

// A policy that is written out and read back applies as before, its keys are in order, and it is written out as before.
func TestStandalone(t *testing.T) {
	t.Parallel()
	texts := []string{"", richPolicy}
	for _, preset := range policy.Presets() {
		texts = append(texts, gatetest.PolicyHead+"extends: "+preset+"\n", gatetest.PolicyHead+"extends: ["+preset+", "+strings.Join(policy.Overlays(), ", ")+"]\n")
	}
	origin := func(pos diag.Pos) string { return pos.File }
	for _, text := range texts {
		p := gatetest.Load(t, text)
		written := p.Standalone(origin)
		again := gatetest.Load(t, written)
		if diff := cmp.Diff(sayings(p), sayings(again)); diff != "" {
			t.Errorf("%.120s: before, after:\n%s", text, diff)
		}
		if formatted, problems := registry.Format(policy.Table(), "f", []byte(written)); string(formatted) != written || len(problems) > 0 {
			t.Errorf("not in order: %v\n%s", problems, cmp.Diff(written, string(formatted)))
		}
		if twice := again.Standalone(func(diag.Pos) string { return "x" }); twice != p.Standalone(func(diag.Pos) string { return "x" }) {
			t.Error("written out again it is another")
		}
	}
}

// sayings is what a policy comes to, without the places that say it.
func sayings(p *policy.Policy) policy.Effective {
	e := p.Effective()
	e.Extends = nil
	for _, list := range [][]policy.Setting{e.Settings, e.Classes, e.Groups, e.Approvers} {
		for i := range list {
			list[i].Origin = diag.Pos{}
		}
	}
	for _, list := range [][]policy.ByTier{e.Params, e.Assurance, e.Rules} {
		for i := range list {
			list[i].Origins = [5]diag.Pos{}
		}
	}
	for i := range e.Requirements {
		e.Requirements[i].Origin, e.Requirements[i].Origins = diag.Pos{}, [5]diag.Pos{}
	}
	return e
}

// Everything knows where it was set, tier by tier.
func TestOrigins(t *testing.T) {
	t.Parallel()
	e := gatetest.Load(t, richPolicy).Effective()
	got := map[string]string{}
	note := func(name string, origins ...diag.Pos) {
		var words []string
		for _, o := range origins {
			words = append(words, strings.TrimPrefix(o.String(), "registry/"))
		}
		got[name] = strings.Join(words, " ")
	}
	for _, list := range [][]policy.Setting{e.Settings, e.Classes, e.Groups, e.Approvers} {
		for _, s := range list {
			note(s.Name, s.Origin)
		}
	}
	for _, list := range [][]policy.ByTier{e.Params, e.Assurance, e.Rules} {
		for _, b := range list {
			note(b.Name, b.Origins[1:]...)
		}
	}
	for _, q := range e.Requirements {
		note(q.Name, q.Origins[1:]...)
		note(q.Name+" asks", q.Origin)
	}
	for name, want := range map[string]string{
		"timezone": "policy.yaml:5:11", "fail_on": "policy.yaml:7:10", "adequate_countries": "policy.yaml:22:21",
		"security-architect": "policy.yaml:16:3", "recipes": "policy.yaml:19:3", "internal": "policy.yaml:20:3",
		"uptime_pct": "policy.yaml:32:24 vendorgate/essentials@1:48:38", "approvers_needed": strings.TrimSpace(strings.Repeat("policy.yaml:33:21 ", 4)),
		"encryption": "policy.yaml:24:24",
		"VG-APR-002": strings.TrimSpace(strings.Repeat("policy.yaml:25:17 ", 4)),
		"VG-IAM-001": "policy.yaml:25:17 policy.yaml:25:17 policy.yaml:27:3",
		"VG-LOG-002": "vendorgate/standard@1:36:3 policy.yaml:28:3",
		"MIN-TLS":    "policy.yaml:25:17 policy.yaml:25:17 policy.yaml:25:17 policy.yaml:30:3",
		"RISK-TIER":  strings.TrimSpace(strings.Repeat("policy.yaml:25:17 ", 4)),
		"MFA":        "policy.yaml:41:15 policy.yaml:41:15",
		"MFA asks":   "policy.yaml:39:11", "RISK-TIER asks": "vendorgate/essentials@1:71:27",
	} {
		if strings.TrimSpace(got[name]) != want {
			t.Errorf("%s: got %q, want %q", name, got[name], want)
		}
	}
}

// A requirement has no severity at a tier that its condition excludes, and one at every tier at which it can be asked.
func TestAskedTiers(t *testing.T) {
	t.Parallel()
	for when, want := range map[string]string{
		"":                                   "1 2 3 4",
		"tier: 2":                            "2",
		"tier: {gte: 3}":                     "3 4",
		"data_class: cardholder":             "1",
		"data_class: [personal]":             "1 2",
		"data_class: [personal, cardholder]": "1 2",
		"data_class: {ne: personal}":         "1 2 3 4",
		"data_class: [public, personal]":     "1 2 3 4",
		"category: email":                    "1 2 3 4",
		"environment: dev":                   "1 2 3 4",
		"tier: [2, 3], data_class: personal": "2",
		"tier: 3, data_class: cardholder":    "",
	} {
		p := gatetest.Load(t, gatetest.PolicyHead+"requirements: [{id: MFA, attr: access.mfa.enforced, eq: true, when: {"+when+"}}]\n")
		all := p.Effective().Requirements
		shown := all[len(all)-1]
		var got []string
		for tier := 1; tier <= 4; tier++ {
			if shown.Values[tier] != "" {
				got = append(got, strconv.Itoa(tier))
			}
		}
		if text := strings.Join(got, " "); text != want || p.InForce("MFA") != (want != "") {
			t.Errorf("when {%s}: shown at the tiers %q, in force %v; want %q", when, text, p.InForce("MFA"), want)
		}
		q := &p.Requirements[len(p.Requirements)-1]
		for _, classes := range [][]string{nil, {"public"}, {"synthetic"}, {"internal"}, {"personal"}, {"cardholder"}, {"public", "personal"}} {
			for _, environment := range []string{"prod", "dev"} {
				for stated := 1; stated <= 4; stated++ {
					tier := p.Tier([]int{stated}, classes, []string{environment})
					if q.Admits(policy.Facts{Tier: tier, Category: "email", Classes: classes, Environments: []string{environment}}) && shown.Values[tier] == "" {
						t.Errorf("when {%s}: asked of %v in %s at tier %d, which is not shown", when, classes, environment, tier)
					}
				}
			}
		}
	}
}
