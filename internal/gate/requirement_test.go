package gate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// unencrypted is the plain world with a record that requirements on encryption at rest find wanting.
func unencrypted(t *testing.T) gatetest.Files {
	t.Helper()
	return gatetest.World(t, `{min_tls: "1.2"}`, `{min_tls: "1.2"}, at_rest: {encrypted: false}`)
}

func TestWhen(t *testing.T) {
	t.Parallel()
	// The use: tier 2, payments, personal and internal data, staging and prod.
	for _, c := range []struct {
		when string
		want bool
	}{
		{"tier: 2", true},
		{`tier: "2"`, true},
		{"tier: 1", false},
		{"tier: [1, 2]", true},
		{"tier: [1, 3]", false},
		{"tier: {eq: 2}", true},
		{"tier: {ne: 2}", false},
		{"tier: {ne: 1}", true},
		{"tier: {in: [2, 3]}", true},
		{"tier: {not_in: [2, 3]}", false},
		{"tier: {not_in: [1]}", true},
		{"tier: {lte: 2}", true},
		{"tier: {lte: 1}", false},
		{"tier: {gte: 2}", true},
		{"tier: {gte: 3}", false},
		{"data_class: personal", true},
		{"data_class: health", false},
		{"data_class: [health, internal]", true},
		{"data_class: {in: [health]}", false},
		{"data_class: {in: personal}", true},
		{"data_class: {ne: personal}", false},
		{"data_class: {not_in: [health, public]}", true},
		{"data_class: {not_in: [health, internal]}", false},
		{"category: payments", true},
		{"category: [email, maps]", false},
		{"category: {ne: email}", true},
		{"category: {not_in: [payments]}", false},
		{"environment: prod", true},
		{"environment: staging", true},
		{"environment: [dev, sandbox]", false},
		{"environment: {ne: prod}", false},
		{"environment: {not_in: [dev]}", true},
		{"tier: 2, category: payments, environment: prod, data_class: personal", true},
		{"tier: 2, category: email", false},
		{"tier: 2, data_class: personal, environment: dev", false},
		{"", true},
	} {
		f := unencrypted(t).Using(t, "[prod]", "[staging, prod]", "[personal]", "[personal, internal]").
			Rules("requirements: [{id: AT-REST, attr: encryption.at_rest.encrypted, eq: true, when: {" + c.when + "}}]\n")
		if got := gatetest.Short(gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)) == "error AT-REST"; got != c.want {
			t.Errorf("when {%s}: got asked %v, want %v", c.when, got, c.want)
		}
	}
	none := unencrypted(t).Using(t, "[personal]", "[none]")
	for when, want := range map[string]string{"{ne: personal}": "error AT-REST", "personal": ""} {
		f := none.Rules("requirements: [{id: AT-REST, attr: encryption.at_rest.encrypted, eq: true, when: {data_class: " + when + "}}]\n")
		if got := gatetest.Short(gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)); got != want {
			t.Errorf("no data, when data_class %s: got %q, want %q", when, got, want)
		}
	}
}

func TestRequirementSeverity(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		severity, rules string
		want            [5]string
	}{
		{"", "", [5]string{"", "error", "error", "error", "error"}},
		{"severity: warning", "", [5]string{"", "warning", "warning", "warning", "warning"}},
		{"severity: off", "", [5]string{}},
		{"severity: {tier-1: error, tier-2: warning, tier-3: note, tier-4: off}", "", [5]string{"", "error", "warning", "note", ""}},
		{"severity: {tier-2: note}", "", [5]string{"", "error", "note", "error", "error"}},
		{"", "{severity: note}", [5]string{"", "note", "note", "note", "note"}},
		{"", "{tiers: [1, 3]}", [5]string{"", "error", "", "error", ""}},
		{"severity: {tier-1: warning, tier-2: off}", "{tiers: [1, 2]}", [5]string{"", "warning", "error", "", ""}},
		{"", "{severity: warning, tiers: [2]}", [5]string{"", "", "warning", "", ""}},
	} {
		rules := "requirements:\n  - id: AT-REST\n    attr: encryption.at_rest.encrypted\n    eq: true\n    " + c.severity + "\n"
		if c.rules != "" {
			rules += "rules: {AT-REST: " + c.rules + "}\n"
		}
		for tier := 1; tier <= 4; tier++ {
			f := gatetest.Tiered(t, tier, `{min_tls: "1.2"}`, `{min_tls: "1.2"}, at_rest: {encrypted: false}`).Rules(rules)
			want := ""
			if c.want[tier] != "" {
				want = c.want[tier] + " AT-REST"
			}
			if got := gatetest.Short(gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)); got != want {
				t.Errorf("%q %q, tier %d: got %q, want %q", c.severity, c.rules, tier, got, want)
			}
		}
	}
}

// TestRuleSeverity: the policy changes what a structural rule weighs, and the finding says where.
func TestRuleSeverity(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t, "personal, ", "")
	for rules, want := range map[string]string{
		"{severity: warning}":                       "warning VG-SCP-001",
		"{severity: note}":                          "note VG-SCP-001",
		"{severity: off}":                           "",
		"{severity: {tier-2: note}}":                "note VG-SCP-001",
		"{severity: {tier-1: note}}":                "error VG-SCP-001",
		"{tiers: [1, 2]}":                           "error VG-SCP-001",
		"{tiers: [1, 3, 4]}":                        "",
		"{tiers: []}":                               "",
		"{severity: {tier-2: warning}, tiers: [2]}": "warning VG-SCP-001",
	} {
		r := gatetest.Evaluate(t, f.Rules("rules:\n  VG-SCP-001: "+rules+"\n"), gatetest.Today, gatetest.Repository)
		if got := gatetest.Short(r); got != want {
			t.Errorf("%s: got %q, want %q", rules, got, want)
		}
		if want != "" {
			gatetest.Diff(t, rules, []string{"registry/vendors/acme-pay.yaml:15:17 the approved data classes", "registry/policy.yaml:5:3 the policy sets this severity"}, gatetest.Related(r, "VG-SCP-001"))
		}
	}
	// Tiers alone bring back the built-in severity where a lower layer had switched the rule off: none does yet, but
	// the note of tier 4 stays a note.
	four := gatetest.Tiered(t, 4, "last_review: 2026-06-01", "last_review: 2026-06-01\n  review_cadence: P3M").Rules("rules: {VG-APR-003: {tiers: [4]}}\n")
	if got := gatetest.Short(gatetest.Evaluate(t, four, gatetest.Today, gatetest.Repository)); got != "note VG-APR-003" {
		t.Errorf("tiers alone: got %q, want the built-in note", got)
	}
}

func TestRequirementMessages(t *testing.T) {
	t.Parallel()
	const at = "error AT-REST vendors.yaml:5:9 "
	for _, c := range []struct{ words, message, hint string }{
		{"", `encryption.at_rest.encrypted of "acme-pay" is false; the policy requires: encryption.at_rest.encrypted is true`, "Ask the security team. No code change is needed."},
		{"message: No encryption", "No encryption", "Ask the security team. No code change is needed."},
		{`message: "{vendor} {name} {tier} {value} {attribute} {category} {owner}"`, "acme-pay Acme Pay 2 false encryption.at_rest.encrypted payments team-checkout", "Ask the security team. No code change is needed."},
		{`message: "{vendor}{vendor}}"`, "acme-payacme-pay}", "Ask the security team. No code change is needed."},
		{`fix: "Ask {owner} about {name}."`, `encryption.at_rest.encrypted of "acme-pay" is false; the policy requires: encryption.at_rest.encrypted is true`, "Ask team-checkout about Acme Pay."},
		{"fix: Wait.\n    docs: https://d.example/enc", `encryption.at_rest.encrypted of "acme-pay" is false; the policy requires: encryption.at_rest.encrypted is true`, "Wait. See https://d.example/enc."},
	} {
		f := unencrypted(t).Rules("requirements:\n  - id: AT-REST\n    attr: encryption.at_rest.encrypted\n    eq: true\n    " + c.words + "\n")
		r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)
		gatetest.Diff(t, c.words, []string{at + c.message}, gatetest.Lines(r))
		if len(r.Findings) == 1 && r.Findings[0].Hint != c.hint+" If it is urgent, ask for a waiver." {
			t.Errorf("%s: got hint %q, want %q", c.words, r.Findings[0].Hint, c.hint)
		}
		gatetest.Diff(t, c.words+", related", []string{"registry/vendors/acme-pay.yaml:16:65 in the record", "registry/policy.yaml:5:9 the requirement"}, gatetest.Related(r, "AT-REST"))
	}
	// A value of the record that looks like a placeholder is not filled again.
	f := gatetest.World(t, "Acme Pay", `"{owner}"`, `{min_tls: "1.2"}`, `{min_tls: "1.2"}, at_rest: {encrypted: false}`).
		Rules("requirements: [{id: AT-REST, attr: encryption.at_rest.encrypted, eq: true, message: \"{name}\"}]\n")
	gatetest.Diff(t, "placeholder in a value", []string{at + "{owner}"}, gatetest.Findings(t, f, gatetest.Today, gatetest.Repository))
}

// TestWanted is how each operator is put into words.
func TestWanted(t *testing.T) {
	t.Parallel()
	for condition, want := range map[string]string{
		"attr: access.rbac.roles_count, gte: 2, lte: 5":                        "access.rbac.roles_count at most 5 and at least 2",
		"attr: category, in: [email, maps]":                                    "category in [email, maps]",
		"attr: category, not_in: [email]":                                      "category not in [email]",
		"attr: category, eq: email":                                            "category is email",
		"attr: category, ne: email":                                            "category is not email",
		"attr: access.sso.protocols, contains: oidc":                           "access.sso.protocols contains [oidc]",
		"attr: access.sso.protocols, subset_of: [oidc]":                        "access.sso.protocols subset of [oidc]",
		"attr: category, matches: ^e":                                          "category matches ^e",
		"attr: category, present: true":                                        "category is known",
		"attr: risk.assessed_on, within: P30D":                                 "risk.assessed_on within P30D",
		"attr: approval.expires, valid_for: P30D":                              "approval.expires valid for P30D",
		"any_of: [{attr: access.scim, eq: true}, {attr: category, eq: email}]": "access.scim is true, or category is email",
	} {
		p := gatetest.Load(t, gatetest.PolicyHead+"extends: vendorgate/essentials@1\nrequirements: [{id: ASKED, "+condition+"}]\n")
		last := p.Requirements[len(p.Requirements)-1]
		if got := last.Asks(); got != want {
			t.Errorf("Asks of %s: got %q, want %q", condition, got, want)
		}
	}
}

// TestAskedOnce: what several rules need and nobody has established is one finding.
func TestAskedOnce(t *testing.T) {
	t.Parallel()
	const age = "authentication.client_credential.max_age"
	f := gatetest.World(t, "encryption:", "authentication: {methods: [api-key-header], scopes: {granularity: fine}, revocation: {supported: true, max_propagation: PT1M}, client_credential: {overlap_rotation: false, per_environment: true, ip_allowlist: true}}\nencryption:").
		Using(t, "    data:", "    auth_method: api-key-header\n    data:").Rules("rules: {VG-AUT-001: {tiers: [1, 2, 3, 4]}}\nrequirements:\n  - {id: AGE-1, attr: " + age + ", lte: P90D}\n  - {id: AGE-2, attr: " + age + ", present: true}\n  - {id: AGE-3, any_of: [{attr: " + age + ", ne: never}]}\n  - {id: ROLES, attr: access.rbac.supported, eq: true}\n")
	gatetest.Diff(t, "four ask", []string{`error VG-REG-005 vendors.yaml:5:9 the policy requires attributes that are unknown for "acme-pay": ` + age + `, access.rbac.supported`}, gatetest.Findings(t, f, gatetest.Today, gatetest.Repository))
	// An answer that is missing weighs at least as much as a bad one, unless the policy sets the severity of VG-REG-005.
	const roles = "{id: ROLES, attr: access.rbac.supported, eq: true"
	for _, c := range []struct {
		rules string
		want  [4]string
	}{
		{"requirements: [" + roles + "}]\n", [4]string{"error", "error", "error", "error"}},
		{"requirements: [" + roles + ", severity: note}]\n", [4]string{"error", "error", "warning", "note"}},
		{"rules: {VG-REG-005: {severity: warning}}\nrequirements: [" + roles + "}]\n", [4]string{"warning", "warning", "warning", "error"}},
		{"rules: {VG-REG-005: {severity: note}}\nrequirements: [" + roles + "}]\n", [4]string{"note", "note", "note", "note"}},
	} {
		for i, want := range c.want {
			f := gatetest.Tiered(t, i+1).Rules(c.rules)
			if got := gatetest.Short(gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)); got != want+" VG-REG-005" {
				t.Errorf("%s at tier %d: got %q, want %s", c.rules, i+1, got, want)
			}
		}
	}
}

// TestOverride changes a requirement of the preset.
func TestOverride(t *testing.T) {
	t.Parallel()
	const asked = `error VG-REG-005 vendors.yaml:5:9 the policy requires attributes that are unknown for "acme-pay": encryption.in_transit.min_tls`
	for _, c := range []struct{ why, override, want string }{
		{"as it is", "{id: MIN-TLS}", asked},
		{"severity only", "{id: MIN-TLS, severity: off}", ""},
		{"severity at another tier", "{id: MIN-TLS, severity: {tier-1: off}}", asked},
		{"message only", "{id: MIN-TLS, message: \"{vendor}!\"}", asked},
		{"when only", "{id: MIN-TLS, when: {tier: 2}}", asked},
		{"when only, not asked", "{id: MIN-TLS, when: {tier: 1}}", ""},
		{
			"new conditions replace it all", "{id: MIN-TLS, attr: risk.tier, eq: \"1\", message: \"{vendor}: {value}\"}",
			"error MIN-TLS vendors.yaml:5:9 acme-pay: 2",
		},
	} {
		f := gatetest.World(t, "encryption: {in_transit: {min_tls: \"1.2\"}}\n", "").Rules("requirements: [" + c.override + "]\n")
		want := []string{}
		if c.want != "" {
			want = append(want, c.want)
		}
		r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)
		gatetest.Diff(t, c.why, want, gatetest.Lines(r))
		for _, rule := range []string{"VG-REG-005", "MIN-TLS"} {
			at := fmt.Sprintf("registry/policy.yaml:4:%d ", len("requirements: [{id: ")+1)
			if got := gatetest.Related(r, rule); len(got) > 0 && !strings.HasPrefix(got[1], at) {
				t.Errorf("%s: the requirement is at %q, want the policy's own file", c.why, got[1])
			}
		}
	}
}
