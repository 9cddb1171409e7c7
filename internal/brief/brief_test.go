package brief_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/brief"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/policytest"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// What a brief asks of every vendor is what VG-REG-005 misses in a record that says nothing, by every preset, with the
// overlays and without, at every tier, for every class of data; and each has words of its own.
func TestBriefAsksWhatIsMissed(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	known := gatetest.Open(t, gatetest.World(t))
	asked := 0
	for _, preset := range policy.Presets() {
		for _, extends := range []string{preset, "[" + preset + ", " + strings.Join(policy.Overlays(), ", ") + "]"} {
			p := gatetest.Load(t, gatetest.PolicyHead+"extends: "+extends+"\n")
			for tier := 1; tier <= 4; tier++ {
				for _, class := range vocab.DataClasses() {
					profile := brief.Profile{Tier: tier, Category: "email", Classes: []string{class.Name}, Environments: []string{"prod"}}
					var got []string
					for _, q := range brief.Questions(p, profile) {
						asked++
						if !record.HasQuestion(q.Path) {
							t.Errorf("%s has no question", q.Path)
						}
						if !q.Judged && q.Given == "" && !q.Background {
							got = append(got, q.Path)
						}
					}
					slices.Sort(got)
					if diff := cmp.Diff(missed(t, p, known, profile), got); diff != "" {
						t.Errorf("%s, tier %d, %s: missed, asked:\n%s", extends, tier, class.Name, diff)
					}
				}
			}
		}
	}
	if asked < 2000 {
		t.Errorf("%d questions; the test has lost its way", asked)
	}
}

// missed are the attributes that VG-REG-005 names for an empty record, sorted.
func missed(t *testing.T, p *policy.Policy, known *registry.Registry, profile brief.Profile) []string {
	t.Helper()
	text := fmt.Sprintf("- {name: a, as_of: 2026-11-23, record: {category: %s}, use: {tier: %d, data: %s, environments: [prod]}, expect: {fail: [VG-REG-005]}}\n", profile.Category, profile.Tier, profile.Classes)
	cases, problems := policytest.Cases(p, policytest.TestTable(), "f", []byte(gatetest.CaseHead+text), known)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	said := policytest.Try(p, &cases[0]).Said[0]
	var out []string
	for part := range strings.SplitSeq(said.Why, "; ") { // a finding for those that a requirement makes more severe
		list, ok := strings.CutPrefix(part, `the policy requires attributes that are unknown for "example": `)
		if !ok {
			t.Fatalf("VG-REG-005: %v, %q", said.Got, said.Why)
		}
		out = append(out, strings.Split(list, ", ")...)
	}
	slices.Sort(out)
	return out
}

// Questions and what they accept are measurable: they hold no vague phrase. A requirement of one's own is asked for, with
// what it accepts; what nobody wrote a question for is asked by its documentation.
func TestBriefOfOwnRequirements(t *testing.T) {
	t.Parallel()
	p := gatetest.Load(t, gatetest.PolicyHead+`extends: vendorgate/standard@1
assurance: {access.scim: {tier-1: attested}}
requirements:
  - {id: SCIM, attr: access.scim, eq: true, when: {tier: 1}}
  - {id: NOTICE, attr: contract.incident.notify_hours, lte: 24, when: {environment: prod}}
  - {id: EITHER, any_of: [{attr: access.mfa.phishing_resistant, eq: true}, {attr: access.sso.enforceable, eq: true}], when: {data_class: health}}
`)
	lines := func(profile brief.Profile) (out []string) {
		for _, q := range brief.Questions(p, profile) {
			for _, by := range q.By {
				if slices.Contains([]string{"SCIM", "NOTICE", "EITHER"}, by.ID) {
					out = append(out, fmt.Sprintf("%s %v %v %s: %s", q.Path, q.Or, q.Accepted, q.Proof, record.Question(q.Path)))
				}
			}
		}
		return out
	}
	const either = "[access.mfa.phishing_resistant is true, or access.sso.enforceable is true] audited: "
	want := []string{
		"access.sso.enforceable [access.mfa.phishing_resistant] " + either + "Please tell us whether other ways to sign in can be turned off.",
		"access.mfa.phishing_resistant [access.sso.enforceable] " + either + "Can the second factor be a passkey or a hardware key?",
		"access.scim [] [true] audited: Please tell us whether SCIM can provision accounts.",
		"contract.incident.notify_hours [] [at most 24] asserted: Within how many hours do you notify us of a security incident?",
	}
	gatetest.Diff(t, "tier 1, health, prod", want, lines(brief.Profile{Tier: 1, Classes: []string{"health"}, Environments: []string{"prod"}}))
	gatetest.Diff(t, "tier 2, internal, dev", nil, lines(brief.Profile{Tier: 2, Classes: []string{"internal"}, Environments: []string{"dev"}}))
}

// Nothing that a brief says could be judged vague in a record.
func TestBriefIsMeasurable(t *testing.T) {
	t.Parallel()
	p := gatetest.Load(t, gatetest.PolicyHead+"extends: [vendorgate/strict@1, "+strings.Join(policy.Overlays(), ", ")+"]\n")
	profile := brief.Profile{Tier: 1, Category: "email", Classes: p.Classes()}
	var texts []string
	for _, q := range brief.Questions(p, profile) {
		texts = append(append(texts, record.Question(q.Path)), q.Accepted...)
	}
	for _, paper := range brief.Documents(p, profile) {
		texts = append(texts, paper.Want)
	}
	var cases strings.Builder
	for i, text := range texts {
		fmt.Fprintf(&cases, "- {name: '%d', as_of: 2026-11-23, record: {access: {notes: %q}}, expect: {pass: [VG-REG-004]}}\n", i, text)
	}
	read, problems := policytest.Cases(p, policytest.TestTable(), "f", []byte(gatetest.CaseHead+cases.String()), gatetest.Open(t, gatetest.World(t)))
	if len(problems) > 0 || len(read) < 80 {
		t.Fatalf("%d texts: %v", len(read), problems)
	}
	for i := range read {
		if trial := policytest.Try(p, &read[i]); !trial.Passed() {
			t.Errorf("%q: %s", texts[i], trial.Said[0].Why)
		}
	}
}

// The papers that are wanted follow the tier and the data.
func TestBriefPapers(t *testing.T) {
	t.Parallel()
	p := gatetest.Load(t, gatetest.PolicyHead+"extends: [vendorgate/standard@1, vendorgate/health-us@1]\n")
	ids := func(tier int, classes ...string) (out []string) {
		for _, paper := range brief.Documents(p, brief.Profile{Tier: tier, Classes: classes}) {
			if !slices.Contains(out, paper.By.ID) {
				out = append(out, paper.By.ID)
			}
		}
		return out
	}
	gatetest.Diff(t, "tier 1, health and card data", []string{
		"VG-AUD-001", "VG-AUD-002", "VG-AUD-003", "VG-AUD-004", "VG-AUD-005", "VG-CMP-001", "VG-CMP-002", "VG-CON-001", "VG-CON-002", "VG-DAT-001",
		"VG-EXT-001", "VG-PIL-002", "VG-VUL-001", "VG-VUL-002",
	}, ids(1, "health", "cardholder"))
	gatetest.Diff(t, "tier 3, personal", []string{"VG-AUD-001", "VG-AUD-002", "VG-AUD-003", "VG-AUD-004", "VG-CMP-003", "VG-CON-001", "VG-EXT-001", "VG-VUL-001", "VG-VUL-002"}, ids(3, "personal"))
	gatetest.Diff(t, "tier 4", nil, ids(4, "public"))
}
