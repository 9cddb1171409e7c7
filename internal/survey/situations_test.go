package survey_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// situation is a record and a use of it in which some attributes count. Changing any other one there shows nothing new.
type situation struct {
	name     string
	tree     *yamltree.Node
	manifest manifest.Manifest
	policy   *policy.Policy
	day      time.Time
	ignores  []manifest.Ignore // entries of the default branch, in a search of the code that met the vendor
	counts   []string          // beginnings of paths; empty for all attributes
}

// ownEvidence is the evidence of an assessment.
var ownEvidence = regexp.MustCompile(`evidence: [a-z0-9-]+\}`)

// concerns reports whether an attribute counts.
func (s *situation) concerns(row *attr.Row) bool {
	return s.counts == nil || slices.ContainsFunc(s.counts, func(c string) bool { return strings.HasPrefix(row.Path, c) })
}

// situations are records and uses in which, between them, every attribute counts that any rule or requirement of a preset reads.
func situations(t *testing.T) []situation {
	t.Helper()
	p := gatetest.Load(t, gatetest.Extends(append([]string{"vendorgate/strict@1"}, policy.Overlays()...)...)+gatetest.AcmeApprovers)
	good := gatetest.Full(t)["registry/vendors/calderwick-payments.yaml"]
	add := func(name, record, use string, counts ...string) situation {
		tree, problems := yamltree.Parse(recordFile, []byte(record))
		m := manifest.Parse("vendors.yaml", "vendors.yaml", []byte(use))
		if len(problems)+len(m.Problems) > 0 {
			t.Fatalf("%s: %v %v", name, problems, m.Problems)
		}
		return situation{name: name, tree: tree, manifest: m, policy: p, day: gatetest.Instant(t, gatetest.Today), counts: counts}
	}
	with := func(name string, pairs []string, counts ...string) situation {
		return add(name, gatetest.Edit(t, good, pairs...), gatetest.CalderwickManifest, counts...)
	}
	onTestData := gatetest.Edit(t, gatetest.CalderwickManifest, "staging, prod", "sandbox", "class: cardholder", "class: synthetic", "class: personal", "class: public", "https://api.calderwick.example/v3", "https://api.sandbox.calderwick.example/v3")
	sendingHealth := gatetest.Edit(t, gatetest.CalderwickManifest, "class: personal, direction: both", "class: health, direction: send")
	byVersion := gatetest.Edit(t, gatetest.PlainManifest, "data: [personal]", "data: [personal]\n    api: {id: core, version: \"2.1.0\"}")
	versions := "apis: [{id: core, versions: [{id: 2.1.0, status: current}]}]\napi_version_scheme: semver\nstatus: approved\n"
	unbacked := gatetest.Edit(t, gatetest.CalderwickManifest, "    exit: {fallback_vendor: second-source-pay, abstraction: internal/payments}\n", "")
	withKey := gatetest.Edit(t, gatetest.CalderwickManifest, "auth_method: oauth2-client-credentials", "auth_method: api-key-header")
	between := func(from, to string) string { return good[strings.Index(good, from):strings.Index(good, to)] }
	soc2 := between("  - {id: soc2-2026, type: soc2-type2", "  - {id: iso27001, type: iso27001")
	iso := between("  - {id: iso27001, type: iso27001", "  - {id: pci-aoc, type: pci-dss-aoc")
	const backed = "supports: [encryption.*, logging.*, access.*, threat_detection.*]"
	aoc := between("  - {id: pci-aoc, type: pci-dss-aoc", "  - {id: pentest-2026, type: pentest")
	pentest := between("  - {id: pentest-2026, type: pentest", "  - {id: caiq, type: csa-star-1")
	caiq := between("  - {id: caiq, type: csa-star-1", "vulnerability_management:\n")
	const stated = "supports: [data.*, vulnerability_management.*]"
	const everything = "supports: [compliance.*, exit.*, pilot.*, data.*, encryption.*, logging.*, access.*, authentication.revocation]"
	attacks := between("  attacks:\n", "  breach_simulation:\n")
	fedramp := "  - {id: fedramp, type: fedramp, authorization: authorized, performed: {end: 2026-03-01}, scope_services: [core], evidence: soc2-2026}\n"
	byTeam := with("a team approves", []string{"{user: m.oduya, role: privacy-officer}", "{user: eve, role: privacy-officer, team: acme/privacy}"}, "approval.approved_by")
	byTeam.policy = gatetest.Load(t, gatetest.Extends("vendorgate/strict@1")+strings.Replace(gatetest.AcmeApprovers, "m.oduya", "acme/privacy", 1))
	attested := gatetest.Load(t, gatetest.Extends("vendorgate/strict@1")+gatetest.AcmeApprovers+"assurance: {encryption.at_rest: attested, logging: attested, access: attested}\n")
	// One piece of evidence proves everything that any rule wants to see proven, and an assessment says how long it counts.
	holding := func(name string, by *policy.Policy, papers string, counts ...string) situation {
		from, to := strings.Index(good, "assessments:\n"), strings.Index(good, "vulnerability_management:\n")
		out := with(name+" as evidence", []string{
			good[from:to], "assessments:\n" + ownEvidence.ReplaceAllString(papers, "evidence: soc2-2026}"), backed, everything, stated, "supports: [links]",
			"responsibility_matrix: pci-matrix-2026", "responsibility_matrix: soc2-2026", "used_for_training: false", "used_for_training: opt-out",
		}, counts...)
		out.policy = by
		return out
	}
	unlinked := []string{soc2, strings.Replace(soc2, ", evidence: soc2-2026", "", 1), "type: attestation, assurance: audited,"}
	signed := with("a signature", append(slices.Clone(unlinked), "type: evidence, assurance: attested, signed_by: Head of Security,"), "evidence[].signed_by")
	signed.policy = attested
	renewed := []string{"certified_on: 2025-03-14, expires: 2028-03-13,", "certified_on: 2025-03-14, expires: 2028-06-13, renews: 2025-06-14,"}
	lettered := []string{"period: {start: 2025-10-01, end: 2026-09-30}", "period: {start: 2024-10-01, end: 2025-09-30}, bridge_letter: {issued: 2026-11-23, covers_through: 2026-11-23}"}
	ignored := with("ignored", nil, "status")
	ignored.ignores = manifest.Parse("vendors.yaml", "vendors.yaml", []byte(gatetest.CalderwickManifest+"ignore: [{vendor: calderwick-payments, reason: A mock, expires: 2026-12-31}]\n")).Ignores
	alike := gatetest.Edit(t, gatetest.PlainManifest, "data: [personal]", "data: [personal]\n    api: {version: v1}")
	old := "apis: [{id: core, versions: [{id: 1.0.0, status: deprecated, sunset: 2026-11-20}]}]\nstatus: approved\n"
	twoAPIs := strings.NewReplacer("scope_services: [core]", "scope_services: [core, extra]", "apis:\n", "apis:\n  - {id: extra, versions: [{id: \"2026-04\", status: current}]}\n").Replace(good)
	return []situation{
		byTeam,
		add("good", good, gatetest.CalderwickManifest),
		with("tier 3", []string{"  tier: 1\n", "  tier: 3\n"}),
		with("tier 4", []string{"  tier: 1\n", "  tier: 4\n"}),
		add("bad", gatetest.Quillnest, gatetest.QuillnestManifest),
		add("bare", gatetest.Edit(t, gatetest.PlainRecord, "tier: 2", "tier: 1", "personal, financial", "personal, cardholder, health"),
			gatetest.Edit(t, gatetest.PlainManifest, "data: [personal]", "data: [personal, cardholder, health]")),
		add("pilot", gatetest.Edit(t, good, "status: approved\n", "status: pilot\n", "pilot:\n", "pilot:\n  until: 2027-02-01\n"), onTestData, "status", "pilot.until", "scope.repos"),
		with("deprecated", []string{"status: approved\n", "status: deprecated\nsunset: 2027-03-01\n"}, "status", "sunset", "replaced_by"),
		with("unreviewed", []string{"status: approved\n", ""}, "status", "name", "category", "links.", "replaced_by"),
		with("denied", []string{"status: approved\n", "status: denied\nstatus_reason: Too slow\n"}, "status", "replaced_by"),
		with("incident over", []string{"incidents: []", "incidents: [{date: 2026-05-20, severity: sev1, resolved_on: 2026-05-21}]"}, "incidents"),
		with("condition met", []string{"  decision_ref:", "  conditions: [{id: rotate, text: Rotate the keys, due: 2026-11-01, status: met, met_on: 2026-10-20}]\n  decision_ref:"}, "approval.conditions"),
		with("no attacks", []string{attacks, ""}, "pilot.attacks"),
		with("in review", []string{"status: approved\n", "status: in-review\n"}, "approval.decision_ref"),
		add("versions", gatetest.Edit(t, gatetest.PlainRecord, "status: approved\n", versions, "scope:\n", "scope:\n  api_versions: [\">=2\"]\n"), byVersion, "api_version_scheme", "scope.api_versions", "apis"),
		add("alike versions", gatetest.Edit(t, gatetest.PlainRecord, "status: approved\n", old, "scope:\n", "scope:\n  api_versions: [1.0.0, v1]\n"), alike, "api_version_scheme", "scope.api_versions", "apis"),
		add("two APIs", twoAPIs, gatetest.Edit(t, gatetest.CalderwickManifest, "{id: core, version", "{version"), "apis", "scope.api_versions", "assessments[].scope_services"),
		ignored, signed,
		with("only a hash", []string{" url: https://evidence.acme.example/pilot-2026.pdf,", ""}, "evidence[].sha256"),
		with("a copy in the registry", []string{" url: https://evidence.acme.example/pilot-2026.pdf,", " file: evidence/pilot-2026.pdf,"}, "evidence[].file"),
		with("an issuer", append(slices.Clone(unlinked), "type: attestation, assurance: audited, issuer: Harrow & Voss CPA LLP,"), "evidence[].issuer"),
		with("user tokens", []string{"  methods: [oauth2-client-credentials, mtls,", "  methods: [oauth2-authorization-code-pkce, oauth2-client-credentials, mtls,", "refresh_rotation: n/a", "refresh_rotation: true"}, "authentication."),
		with("data abroad", []string{"processing_locations: [IE, DE]", "processing_locations: [US]", "transfer_mechanism: not-required", "transfer_mechanism: scc"}, "compliance.dpa."),
		add("health data", gatetest.Edit(t, good, "baa: {status: not-required}", "baa: {status: signed, signed_on: 2026-05-28, breach_notice_days: 30}"), sendingHealth, "compliance.baa.", "contract.", "encryption.at_rest.", "authentication."),
		with("bridge letter", []string{iso, "", aoc, "", lettered[0], lettered[1]}, "assessments[].bridge_letter."),
		with("renewed certificate", []string{soc2, "", renewed[0], renewed[1]}, "assessments[].renews"),
		with("only PCI DSS", []string{soc2, "", iso, ""}, "assessments[].standard"),
		with("authorization", []string{soc2, "", iso, fedramp, aoc, ""}, "assessments[].authorization", "assessments[].performed"),
		with("time zone", []string{"  end: 2028-05-31\n", "  end: 2026-11-23\n"}, "contract."),
		with("automatic renewal", []string{"renewal: {type: manual", "renewal: {type: auto"}, "contract.renewal."),
		with("one identifier", []string{", euid: IECRO.000000", ""}, "provider."),
		with("other identifier", []string{"lei: 9999CALDERWICKPAY098, ", ""}, "provider."),
		with("notice on a page", []string{"subprocessor_notice: P30D, ", ""}, "data.subprocessors."),
		with("notice in the contract", []string{"notice: P30D, reviewed_on", "reviewed_on"}, "contract.security_terms."),
		with("security page", []string{"  trust_center: https://trust.calderwick.example\n", ""}, "links."),
		with("trust centre", []string{"  security: https://calderwick.example/security\n", ""}, "links."),
		add("no substitute", gatetest.Edit(t, good, "substitutability: medium-complexity", "substitutability: not-substitutable"), unbacked, "exit.", "risk.substitutability"),
		add("no alternative", gatetest.Edit(t, good, "  alternatives: [second-source-pay]\n", ""), unbacked, "risk.substitutability"),
		with("no limits", []string{
			"  api_versions: [\"2026-04\", \"2025-10\", \"2024-02\"]\n", "", "  hosts: [api.calderwick.example, api.sandbox.calderwick.example]\n", "",
			"  auth_methods: [oauth2-client-credentials, mtls]\n", "",
		}, "api_hosts", "authentication.methods", "apis"),
		with("never reviewed", []string{"  last_review: 2026-06-01\n", ""}, "approval."),
		with("opt-out", []string{"used_for_training: false", "used_for_training: opt-out"}, "data.used_for_training", "evidence[]", "assessments[]"),
		holding("a report", p, soc2, "assessments[].period.", "assessments[].evidence", "assessments[].type"),
		holding("a report with a letter", p, gatetest.Edit(t, soc2, lettered...), "assessments[].bridge_letter."),
		holding("a letter that suffices", attested, gatetest.Edit(t, soc2, lettered...), "assessments[].bridge_letter."),
		holding("a certificate", p, iso, "assessments[].certified_on", "assessments[].expires", "assessments[].surveillance"),
		holding("a renewed certificate", p, gatetest.Edit(t, iso, renewed...), "assessments[].renews"),
		holding("a withdrawn certificate", p, gatetest.Edit(t, iso, `standard: "2022"`, `standard: "2013"`), "assessments[].standard"),
		holding("an attestation", p, aoc, "assessments[].standard", "assessments[].issued", "assessments[].expires"),
		holding("a penetration test", p, pentest, "assessments[].performed.", "assessments[].independent"),
		holding("an authorization", p, fedramp, "assessments[].authorization", "assessments[].performed."),
		holding("a questionnaire", attested, caiq, "assessments[].issued", "assessments[].expires"),
		with("two questionnaires", []string{
			soc2, "", iso, "", aoc, "", pentest, "",
			"  - {id: caiq, type: csa-star-1,", "  - {id: old, type: csa-star-1, issued: 2026-02-10, opinion: qualified}\n  - {id: caiq, type: csa-star-1, opinion: unqualified,",
		}, "assessments[].issued"),
		with("two reports", []string{iso, strings.NewReplacer("soc2-2026, type", "soc2-old, type", "2025-10-01", "2025-09-01", "2026-09-30", "2026-08-31", "unqualified", "qualified", "2026-11-10", "2026-10-10").Replace(soc2)}, "assessments[].period.", "assessments[].issued"),
		add("static keys", gatetest.Edit(t, good, "  auth_methods: [oauth2-client-credentials, mtls]", "  auth_methods: [api-key-header]", "  methods: [oauth2-client-credentials, mtls, private-key-jwt]", "  methods: [api-key-header]"), withKey, "authentication."),
	}
}
