package survey_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// resultsOf returns the outcomes of the rules for the widest use of a record; nil if it permits none. probes are what probes observed.
func resultsOf(t *testing.T, p *policy.Policy, tree *yamltree.Node, probes string) map[string]gate.RuleResult {
	t.Helper()
	const id = "calderwick-payments"
	files := gatetest.Files{"registry/vendors/" + id + ".yaml": yamlOf(tree)}
	if probes != "" {
		files["registry/probes/"+id+".json"] = probes
	}
	known := gatetest.Open(t, files)
	v, err := known.Vendor(id)
	if err != nil || v == nil || len(v.Problems) > 0 {
		return nil
	}
	u := gate.WidestUse(p, known, p.At(gatetest.Instant(t, gatetest.Today)), v)
	if u == nil {
		return nil
	}
	out := map[string]gate.RuleResult{}
	for _, r := range gate.JudgeRecord(u) {
		out[r.ID] = r
	}
	return out
}

// parsed is a record as a tree.
func parsed(t *testing.T, text string) *yamltree.Node {
	t.Helper()
	tree, problems := yamltree.Parse(recordFile, []byte(text))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return tree
}

// policies are those that ask everything, and those that ask less.
func policies(t *testing.T) map[string]*policy.Policy {
	t.Helper()
	out := map[string]*policy.Policy{"everything": gatetest.Load(t, gatetest.Extends(append([]string{"vendorgate/strict@1"}, policy.Overlays()...)...)+gatetest.AcmeApprovers)}
	for _, preset := range []string{"essentials", "standard", "strict"} {
		out[preset] = gatetest.Load(t, gatetest.Extends("vendorgate/"+preset+"@1")+gatetest.AcmeApprovers)
	}
	return out
}

// Every rule says what it asks of a record without problems, with the values of the policy, or why it does not apply.
func TestRulesSayWhatTheyAsk(t *testing.T) {
	t.Parallel()
	notAsked := map[string]string{
		"VG-APR-005": "the approval has no conditions", "VG-CMP-002": "the use has no health data",
	}
	for name, p := range policies(t) {
		results := resultsOf(t, p, parsed(t, gatetest.Full(t)["registry/vendors/calderwick-payments.yaml"]), gatetest.CalderwickProbes)
		for _, r := range rules.All() {
			got, judged := results[r.ID]
			if !judged || r.Public == rules.AboutUse {
				continue
			}
			switch {
			case got.Outcome == policy.NotAsked && (notAsked[r.ID] == "" || got.Excluded != notAsked[r.ID]):
				t.Errorf("%s: %s is not asked: %q", name, r.ID, got.Excluded)
			case got.Outcome != policy.NotAsked && (got.Outcome != policy.Holds || len(got.Criteria) == 0):
				t.Errorf("%s: %s: %s, asked %v, unknown %q", name, r.ID, got.Outcome, got.Criteria, got.UnknownTo())
			}
			for _, c := range got.Criteria {
				if c.Want == "" || strings.Contains(c.Want, r.Title) {
					t.Errorf("%s: %s asks %q", name, r.ID, c)
				}
				for _, path := range c.Paths {
					if _, _, ok := record.Table().Lookup(path); !ok && !slices.Contains(record.Table().Lists(), path) {
						t.Errorf("%s: %s asks for %s, which is no attribute", name, r.ID, path)
					}
				}
			}
		}
	}
	for rule, want := range map[string]string{
		"VG-ENC-001": "encryption.in_transit.min_tls: 1.2 or 1.3; encryption.in_transit.plaintext_http: closed or refuse",
		"VG-LOG-001": "logging.retention: at least 12 months",
		"VG-APR-003": "approval.last_review: at most 12 months ago",
		"VG-CON-002": "contract.sla.uptime_pct: at least 99.9",
		"VG-AUD-002": "assessments: independent penetration test (pentest) that covers the service and names its evidence, at most 12 months old",
		"VG-REG-006": "evidence for encryption.at_rest: at least audited",
	} {
		if got := demandOf(t, proofOf(t, gatetest.Full(t), "calderwick-payments"), rule).Asked; !strings.Contains(strings.Join(got, "; "), want) {
			t.Errorf("%s asks %q, want %q in it", rule, got, want)
		}
	}
}

// A record without the facts that a rule reads never passes the rule.
func TestNoFactsNoPass(t *testing.T) {
	t.Parallel()
	// What a rule about the record as a whole reads is never all missing.
	whole := []string{rules.StatusForbids, rules.RecordContradicts, rules.NotEstablished, rules.UseOutsideScope}
	records := map[string]string{"bare": gatetest.Edit(t, gatetest.PlainRecord, "id: acme-pay", "id: calderwick-payments")}
	good := gatetest.Full(t)["registry/vendors/calderwick-payments.yaml"]
	for name, pairs := range map[string][]string{
		"good": nil, "health data": {"data_classes: [personal, cardholder, financial]", "data_classes: [personal, health]"},
		"public data": {"data_classes: [personal, cardholder, financial]", "data_classes: [public]"},
		"static keys": {"  auth_methods: [oauth2-client-credentials, mtls]", "  auth_methods: [api-key-header]", "  methods: [oauth2-client-credentials, mtls, private-key-jwt]", "  methods: [api-key-header]"},
		"conditions":  {"  decision_ref:", "  conditions: [{id: rotate, text: Rotate the keys, due: 2027-11-01, status: open}]\n  decision_ref:"},
		"tier 3":      {"  tier: 1\n", "  tier: 3\n", "data_classes: [personal, cardholder, financial]", "data_classes: [internal]"},
	} {
		records[name] = gatetest.Edit(t, good, pairs...)
	}
	for policyName, p := range policies(t) {
		for name, text := range records {
			t.Run(policyName+", "+name, func(t *testing.T) {
				t.Parallel()
				for _, rule := range rules.All() {
					if rule.Judge == nil || slices.Contains(whole, rule.ID) || rule.Public == rules.AboutUse {
						continue
					}
					tree, probes := parsed(t, text), gatetest.CalderwickProbes
					if strings.HasPrefix(rule.ID, "VG-PRB-") {
						probes = ""
					}
					for i := range record.Table().Rows {
						row := &record.Table().Rows[i]
						if path, _, _ := strings.Cut(row.Path, "[]"); slices.Contains(row.JudgedBy, rule.ID) && path != "status" && path != "id" {
							put(tree, "", path, nil)
						}
					}
					got, judged := resultsOf(t, p, tree, probes)[rule.ID]
					switch {
					case !judged:
					case got.Outcome == policy.Holds:
						t.Errorf("%s passes without any of the facts that it reads; it asked %v of\n%s", rule.ID, got.Criteria, yamlOf(tree))
					case got.Outcome == policy.NotAsked && got.Excluded == "":
						t.Errorf("%s does not say why it is not asked", rule.ID)
					case got.Outcome == policy.IsUnknown && len(got.UnknownTo()) == 0:
						t.Errorf("%s does not say what is unknown", rule.ID)
					}
				}
			})
		}
	}
}

// What a rule finds in part of what it asks is no pass of the rest.
func TestPartOfTheFacts(t *testing.T) {
	t.Parallel()
	p := policies(t)["everything"]
	for _, c := range []struct {
		rule, path string
		want       policy.Outcome
		why        string
	}{
		{"VG-ENC-001", "encryption.in_transit.plaintext_http", policy.IsUnknown, "encryption.in_transit.plaintext_http is unknown"},
		{"VG-ENC-001", "encryption.in_transit.min_tls", policy.IsUnknown, "encryption.in_transit.min_tls is unknown"},
		{"VG-AUT-002", "authentication.methods", policy.IsUnknown, "authentication.methods is unknown"},
		{"VG-LOG-001", "logging.retention", policy.IsUnknown, "logging.retention is unknown"},
		{"VG-PRB-001", "encryption.in_transit.min_tls", policy.IsUnknown, "no recent probe is about a claim of the record"},
		{"VG-AUD-004", "assessments", policy.NotAsked, "the record has no assessments"},
		{"VG-CON-002", "contract", policy.NotAsked, "no contract is in force (VG-CON-001)"},
		{"VG-INC-001", "incidents", policy.NotAsked, "the record lists no incidents"},
		{"VG-VUL-002", "vulnerability_management.disclosure.bug_bounty", policy.Holds, ""},
		{"VG-DET-002", "threat_detection.automated_blocking.mechanisms", policy.IsUnknown, "threat_detection.automated_blocking.mechanisms is unknown"},
	} {
		tree := parsed(t, gatetest.Full(t)["registry/vendors/calderwick-payments.yaml"])
		put(tree, "", c.path, nil)
		got := resultsOf(t, p, tree, gatetest.CalderwickProbes)[c.rule]
		if why := got.Excluded + strings.Join(got.UnknownTo(), "; "); got.Outcome != c.want || why != c.why {
			t.Errorf("%s without %s: %s, %q; want %s, %q", c.rule, c.path, got.Outcome, why, c.want, c.why)
		}
	}
}
