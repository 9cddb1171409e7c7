package policytest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/policytest"
)

// try runs the cases of a text by a policy: a line for each expectation, or the problems.
func try(t *testing.T, rules, cases string) []string {
	t.Helper()
	p := gatetest.Load(t, gatetest.PolicyHead+rules)
	read, problems := policytest.Cases(p, policytest.TestTable(), "policy_test.yaml", []byte(gatetest.CaseHead+cases), gatetest.Open(t, gatetest.World(t)))
	out := gatetest.ProblemLines(problems)
	for i := range read {
		trial := policytest.Try(p, &read[i])
		for _, s := range trial.Said {
			out = append(out, fmt.Sprintf("%s: %s at tier %d: %s, got %s: %s", s.ID.Pos, s.ID.Value, trial.Tier, s.Want, s.Got, s.Why))
		}
	}
	return out
}

func TestTry(t *testing.T) {
	t.Parallel()
	const mfa = "requirements: [{id: MFA, attr: access.mfa.enforced, eq: true, when: {tier: {lte: 2}, environment: prod}, message: no factor}]\n"
	for _, test := range []struct {
		name, rules, text string
		want              []string
	}{
		{"each outcome", mfa, `- {name: a, as_of: 2026-11-23, record: {access: {mfa: {enforced: true}}}, expect: {pass: [MFA]}}
- {name: b, as_of: 2026-11-23, record: {access: {mfa: {enforced: false}}}, expect: {fail: [MFA]}}
- {name: c, as_of: 2026-11-23, record: {}, expect: {unknown: [MFA]}}
- {name: d, as_of: 2026-11-23, record: {}, use: {tier: 3}, expect: {not_asked: [MFA]}}
- {name: e, as_of: 2026-11-23, record: {}, use: {environments: [dev]}, expect: {pass: [MFA]}}
`, []string{
			"policy_test.yaml:4:91: MFA at tier 1: pass, got pass: ",
			"policy_test.yaml:5:92: MFA at tier 1: fail, got fail: no factor",
			"policy_test.yaml:6:63: MFA at tier 1: unknown, got unknown: access.mfa.enforced is unknown",
			"policy_test.yaml:7:81: MFA at tier 3: not asked, got not asked: its `when` does not match the use",
			"policy_test.yaml:8:88: MFA at tier 4: pass, got not asked: its `when` does not match the use",
		}},
		{"rules", "rules: {VG-APR-003: {severity: off}, VG-AUT-001: {tiers: [1]}}\n", `- name: a
  as_of: 2027-06-01
  vendor: acme-pay
  use: {data: [financial], repository: acme/shop}
  expect: {pass: [VG-SCP-001], fail: [VG-APR-002], not_asked: [VG-APR-003, VG-IAM-001]}
- name: b
  as_of: 2027-05-31
  vendor: acme-pay
  expect: {pass: [VG-APR-002, VG-REG-001, VG-REG-005]}
- name: c
  as_of: 2026-11-23
  record: {id: other, status: denied, risk: {tier: 4}, scope: {data_classes: [internal]}}
  expect: {fail: [VG-APR-001], unknown: [MIN-TLS], pass: [VG-REG-005]}
- name: d
  as_of: 2026-11-23
  record: {risk: {tier: 4}, authentication: {methods: [api-key-header]}}
  use: {tier: 1}
  expect: {unknown: [VG-AUT-001, VG-REG-005]}
`, []string{
			"policy_test.yaml:8:19: VG-SCP-001 at tier 1: pass, got pass: ",
			`policy_test.yaml:8:39: VG-APR-002 at tier 1: fail, got fail: the approval of "acme-pay" expired on 2027-05-31 (1 day ago)`,
			"policy_test.yaml:8:64: VG-APR-003 at tier 1: not asked, got not asked: it is off at tier 1",
			"policy_test.yaml:8:76: VG-IAM-001 at tier 1: not asked, got not asked: it is off at tier 1",
			`policy_test.yaml:12:19: VG-APR-002 at tier 2: pass, got fail: the approval of "acme-pay" expires on 2027-05-31 (today)`,
			"policy_test.yaml:12:31: VG-REG-001 at tier 2: pass, got pass: ",
			"policy_test.yaml:12:43: VG-REG-005 at tier 2: pass, got pass: ",
			"policy_test.yaml:16:59: VG-REG-005 at tier 4: pass, got not asked: the status of the vendor already forbids the use",
			`policy_test.yaml:16:19: VG-APR-001 at tier 4: fail, got fail: "other" is denied`,
			"policy_test.yaml:16:42: MIN-TLS at tier 4: unknown, got not asked: the status of the vendor already forbids the use",
			"policy_test.yaml:21:22: VG-AUT-001 at tier 1: unknown, got unknown: authentication.scopes.granularity is unknown; ...",
			`policy_test.yaml:21:34: VG-REG-005 at tier 1: unknown, got unknown: the policy requires attributes that are unknown for "example": ...`,
		}},
	} {
		got := try(t, test.rules, test.text)
		for i := range got {
			if i < len(test.want) && strings.HasSuffix(test.want[i], "...") && strings.HasPrefix(got[i], strings.TrimSuffix(test.want[i], "...")) {
				got[i] = test.want[i]
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: want, got:\n%s", test.name, diff)
		}
	}
}

func TestCaseProblems(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, want string }{
		{"- {name: a, as_of: 2026-11-23, record: {}}\n", `4:10: the case "a" has no expectations`},
		{"- {name: a, as_of: 2026-11-23, expect: {pass: [MIN-TLS]}}\n", "4:3: the case has neither record nor vendor"},
		{"- {name: a, as_of: 2026-11-23, record: {}, vendor: acme-pay, expect: {pass: [MIN-TLS]}}\n", "4:52: a case cannot have both record and vendor"},
		{"- {name: a, as_of: 2026-11-23, vendor: acme-pai, expect: {pass: [MIN-TLS]}}\n", `4:40: the registry has no vendor "acme-pai" | did you mean "acme-pay"?`},
		{"- {name: a, as_of: 2026-11-23, record: [], expect: {pass: [MIN-TLS]}}\n", "4:40: record is not a mapping"},
		{"- {name: a, as_of: 2026-11-23, record: {}, use: prod, expect: {pass: [MIN-TLS]}}\n", "4:49: use is not a mapping"},
		{"- {name: a, as_of: 2026-11-23, record: {acess: {}}, expect: {pass: [MIN-TLS]}}\n", `4:41: unknown key "acess" | did you mean "access"?`},
		{"- {name: a, as_of: 2026-11-23, record: {access: {mfa: {enforced: 'yes'}}}, expect: {pass: [MIN-TLS]}}\n", `4:66: access.mfa.enforced: "yes" is not a yes/no value`},
		{"- {name: a, as_of: 2026-11-23, record: {}, use: {teir: 1}, expect: {pass: [MIN-TLS]}}\n", `4:50: unknown key "teir" | did you mean "tier"?`},
		{"- {name: a, as_of: 2026-11-23, record: {}, use: {data: [persnal]}, expect: {pass: [MIN-TLS]}}\n", `4:57: unknown data class "persnal"`},
		{"- {name: a, as_of: 2026-11-23, record: {}, use: {id: b}, expect: {pass: [MIN-TLS]}}\n", `4:54: the use has the id "b", but the record has the id "example"`},
		{"- {name: a, as_of: 2026-11-23, record: {}, expect: {pass: [MIN-TSL]}}\n", `4:60: a case cannot test "MIN-TSL" | did you mean "MIN-TLS"?`},
		{"- {name: a, as_of: 2026-11-23, record: {}, expect: {pass: [VG-MAN-002]}}\n", `4:60: a case cannot test "VG-MAN-002"`},
		{"- {name: a, as_of: 2026-11-23, record: {}, expect: {pass: [MIN-TLS], fail: [MIN-TLS]}}\n", "4:77: MIN-TLS is listed twice"},
		{"- {name: a, as_of: 2026-11-23, record: {}, expect: {pass: [MIN-TLS]}}\n- {name: a, as_of: 2026-11-23, record: {}, expect: {pass: [MIN-TLS]}}\n", `5:10: two cases have the name "a"; the first is on line 4`},
		{"- {name: a, record: {}, expect: {pass: [MIN-TLS]}}\n", `4:3: "as_of" is missing`},
	} {
		got := strings.Join(try(t, "", test.text), "\n")
		if !strings.HasPrefix(got, "policy_test.yaml:"+strings.Replace(test.want, ": ", " ", 1)) || strings.Contains(got, "\n") {
			t.Errorf("%s\ngot  %s\nwant %s", test.text, got, test.want)
		}
	}
}

// Every case that is proposed for a gap shows what it says, and what is proposed closes every gap of the essentials.
func TestProposals(t *testing.T) {
	t.Parallel()
	const rules = `requirements:
  - {id: MFA, attr: access.mfa.enforced, eq: true, when: {tier: 3, data_class: internal, category: email, environment: dev}}
  - {id: KEYS, attr: encryption.at_rest.key_management, gte: byok}
  - {id: NOTICE, attr: contract.incident.notify_hours, lte: 24}
  - {id: EITHER, any_of: [{attr: links.docs, matches: "^https://acme"}, {attr: data.retention.default, lte: P30D}]}
  - {id: FRESH, attr: risk.assessed_on, within: P1Y}
  - {id: ENDS, attr: contract.end, valid_for: P90D}
  - {id: WHERE, attr: data.storage_locations, subset_of: [IE, "NO"]}
  - {id: EVENTS, attr: logging.events, contains: [crud]}
  - {id: UPTIME, attr: contract.sla.uptime_pct, gte: 99.9}
  - {id: NOT, attr: data.tenant_isolation, not_in: [none]}
  - {id: REPORT, any: {list: assessments, where: {type: {in: [c5, iso27001]}}, attr: valid_until, valid_for: P0D}}
  - {id: TESTED, any: {list: assessments, where: {type: pentest, valid_until: {valid_for: P0D}}}}
  - {id: SHARED, all: {list: assessments, where: {categories: security}, attr: shared, ne: refused}}
  - {id: SOLVED, all: {list: incidents, attr: severity, ne: sev1}}
  - {id: ONE, any_of: [{any: {list: evidence, attr: access, eq: public}}, {attr: risk.residual, eq: low}]}
`
	p, known := gatetest.Load(t, gatetest.PolicyHead+rules), gatetest.Open(t, gatetest.World(t))
	proposals := policytest.Propose(p, known, gatetest.Date(t, "2026-11-23"))
	text := gatetest.CaseHead
	for _, gap := range policytest.Covered(p, nil).Gaps {
		one, found := proposals.Case(gap)
		structural := strings.HasPrefix(gap.ID, "VG-")
		if !found && !structural {
			t.Errorf("nothing closes %v", gap)
		}
		if found {
			text += one
		}
	}
	cases, problems := policytest.Cases(p, policytest.TestTable(), "f", []byte(text), known)
	if len(problems) > 0 {
		t.Fatalf("%v\n%s", gatetest.ProblemLines(problems), text)
	}
	for i := range cases {
		if trial := policytest.Try(p, &cases[i]); !trial.Passed() {
			t.Errorf("%s: %+v", cases[i].Name.Value, trial.Said)
		}
	}
}

// Whatever a file of cases holds, reading and judging it ends, and problems lie in the file or in the registry.
func FuzzCases(f *testing.F) {
	for _, seed := range []string{
		mutatedCases,
		"- {name: a, as_of: 2026-11-23, record: {id: , status: null}, use: {id: x, data: [{class: none}]}, expect: {pass: [MIN-TLS]}}\n",
		"- {name: a, as_of: 2026-11-23, record: {id: A/b}, expect: {fail: [VG-REG-001]}}\n",
		"- {name: a, as_of: 9999-12-31, record: {approval: {expires: 0001-01-01}}, use: {environments: []}, expect: {not_asked: [VG-APR-002]}}\n",
	} {
		f.Add(seed)
	}
	p, known := gatetest.Load(f, gatetest.PolicyHead+"extends: vendorgate/strict@1\n"), gatetest.Open(f, gatetest.World(f))
	f.Fuzz(func(t *testing.T, text string) {
		cases, problems := policytest.Cases(p, policytest.TestTable(), "f", []byte(gatetest.CaseHead+text), known)
		for _, problem := range problems {
			if problem.Pos.File != "f" && !strings.HasPrefix(problem.Pos.File, "registry/") || problem.Pos.Line < 1 {
				t.Errorf("%v: %s", problem.Pos, problem.Message)
			}
		}
		for i := range cases {
			policytest.Try(p, &cases[i])
		}
	})
}

const (
	mutatedCases = `- name: the least that passes
  as_of: 2026-11-23
  use: {tier: 2}
  record:
    access: {mfa: {enforced: true}}
    contract: {status: active, end: 2026-12-23, incident: {notify_hours: 24}, sla: {uptime_pct: 99.9}}
    encryption: {at_rest: {key_management: byok, algorithm: AES-256-GCM}}
    data: {retention: {default: P30D}, tenant_isolation: logical, storage_locations: [IE, DE]}
    vulnerability_management: {scanning: {cadence: weekly}}
    logging: {events: [crud, authn-failure]}
    risk: {assessed_on: 2026-10-24, residual: low}
    assessments: [{id: a, type: soc2-type2, period: {end: 2025-11-23}}, {id: b, type: pentest, shared: summary, performed: {end: 2020-01-01}}]
  expect: {pass: [REPORT, SHARED, MFA, STATUS, KEYS, NOTICE, UPTIME, RETENTION, CADENCE, ISOLATION, EVENTS, WHERE, FRESH, ENDS, CIPHER, RESIDUAL]}
- name: the most that fails
  as_of: 2026-11-23
  use: {tier: 2}
  record:
    access: {mfa: {enforced: false}}
    contract: {status: draft, end: 2026-12-22, incident: {notify_hours: 25}, sla: {uptime_pct: 99.89}}
    encryption: {at_rest: {key_management: vendor, algorithm: AES-128-GCM}}
    data: {retention: {default: P31D}, tenant_isolation: none, storage_locations: [IE, FR]}
    vulnerability_management: {scanning: {cadence: monthly}}
    logging: {events: [crud]}
    risk: {assessed_on: 2026-10-23}
    assessments: [{id: a, type: soc2-type2, period: {end: 2025-11-22}}, {id: b, type: c5, period: {end: 2026-11-01}, shared: refused}, {id: c, type: pentest, shared: refused}]
  expect:
    fail: [REPORT, SHARED, MFA, STATUS, KEYS, NOTICE, UPTIME, RETENTION, CADENCE, ISOLATION, EVENTS, WHERE, FRESH, ENDS, CIPHER]
    unknown: [RESIDUAL]
- {name: a certificate is as good, as_of: 2026-11-23, record: {assessments: [{id: a, type: iso27001, certified_on: 2026-01-01, expires: 2027-01-01}]}, expect: {pass: [REPORT, SHARED]}}
- {name: a report without dates, as_of: 2026-11-23, record: {assessments: [{id: a, type: soc2-type2}, {id: b, type: pentest}]}, expect: {unknown: [REPORT, SHARED]}}
- {name: no reports, as_of: 2026-11-23, record: {assessments: []}, expect: {fail: [REPORT], pass: [SHARED]}}
- {name: another refusal, as_of: 2026-11-23, record: {assessments: [{id: a, type: c5, shared: refused}]}, expect: {pass: [SHARED]}}
- {name: nobody says, as_of: 2026-11-23, record: {}, expect: {unknown: [REPORT, SHARED]}}
- {name: daily is as good, as_of: 2026-11-23, record: {vulnerability_management: {scanning: {cadence: daily}}}, expect: {pass: [CADENCE]}}
- {name: one country alone, as_of: 2026-11-23, record: {data: {storage_locations: [IE]}}, expect: {pass: [WHERE]}}
- {name: failures alone, as_of: 2026-11-23, record: {logging: {events: [authn-failure]}}, expect: {fail: [EVENTS]}}
- {name: what matters less, as_of: 2026-11-23, record: {}, use: {tier: 3}, expect: {not_asked: [MFA]}}
- {name: what matters most, as_of: 2026-11-23, record: {}, use: {tier: 1}, expect: {unknown: [MFA]}}
`
)

// Who expects a failure where nobody knows gets the actual outcome, and a hint at it.
func TestFailureThatIsUnknown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		want, got policy.Outcome
		hint      string
	}{
		{policy.Fails, policy.IsUnknown, "the record lacks an answer, which is not a wrong one: list VG-REG-005 under `unknown`, or state the answer in the record"},
		{policy.Holds, policy.IsUnknown, ""},
		{policy.IsUnknown, policy.Fails, ""},
	} {
		said := policytest.Said{Expectation: policytest.Expectation{ID: diag.At[string]{Value: "VG-REG-005"}, Want: c.want}, Got: c.got}
		if got := said.Hint(); got != c.hint {
			t.Errorf("%s instead of %s: %q, want %q", c.got, c.want, got, c.hint)
		}
	}
}
