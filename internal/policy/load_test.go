package policy_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
)

func TestLoadProblems(t *testing.T) {
	t.Parallel()
	const versions = `write one or more, separated by commas: ">= 0.1, < 2.0"`
	for _, c := range []struct{ body, want string }{
		// the file itself
		{"extends: vendorgate/standards@1\n", `p.yaml:4:10 extends: unknown preset "vendorgate/standards@1" | did you mean "vendorgate/standard@1"?`},
		{"extends: vendorgate/standard@2\n", `p.yaml:4:10 extends: vendorgate/standard@2 is newer than this version of vendorgate, which has vendorgate/standard@1 | update vendorgate; in a workflow, raise the version of the action`},
		{"extends: ours\n", `p.yaml:4:10 extends: unknown preset "ours" | use one of vendorgate/essentials@1, vendorgate/standard@1, vendorgate/strict@1, vendorgate/rollout@1`},
		{"mystery: 1\nextends: vendorgate/strict@2\n", `p.yaml:5:10 extends: vendorgate/strict@2 is newer than this version of vendorgate, which has vendorgate/strict@1 | update vendorgate; in a workflow, raise the version of the action`},
		{"extends: vendorgate/strict@10\n", `p.yaml:4:10 extends: vendorgate/strict@10 is newer than this version of vendorgate, which has vendorgate/strict@1 | update vendorgate; in a workflow, raise the version of the action`},
		{"extends: [vendorgate/strict@1, vendorgate/health-us@2]\n", `p.yaml:4:32 extends: vendorgate/health-us@2 is newer than this version of vendorgate, which has vendorgate/health-us@1 | update vendorgate; in a workflow, raise the version of the action`},
		{"extends: vendorgate/strict@0\n", `p.yaml:4:10 extends: unknown preset "vendorgate/strict@0" | did you mean "vendorgate/strict@1"?`},
		{"extends: []\n", `p.yaml:4:10 extends names no preset | use one of vendorgate/essentials@1, vendorgate/standard@1, vendorgate/strict@1, vendorgate/rollout@1, or remove the key`},
		{"extends: vendorgate/health-us@1\n", "p.yaml:4:10 extends: vendorgate/health-us@1 is an overlay and needs a preset before it | write `extends: [vendorgate/standard@1, vendorgate/health-us@1]`"},
		{"extends: [vendorgate/standard@1, vendorgate/rollout@1]\n", `p.yaml:4:34 extends: vendorgate/rollout@1 is a preset, but only the first entry can be one | use an overlay here: vendorgate/fintech-eu@1, vendorgate/health-us@1`},
		{"extends: [vendorgate/standard@1, vendorgate/health-eu@1]\n", `p.yaml:4:34 extends: unknown preset "vendorgate/health-eu@1" | did you mean "vendorgate/health-us@1"?`},
		{"extends: [vendorgate/standard@1, vendorgate/health-us@1, vendorgate/health-us@1]\n", `p.yaml:4:58 extends names "vendorgate/health-us@1" twice | remove one`},
		{"severity_limit: error\n", `p.yaml:4:17 severity_limit: "error" is not allowed | `},
		{"assurance: {loging: audited}\n", `p.yaml:4:13 unknown attribute "loging" | `},
		{"assurance: {logging.retentio: audited}\n", `p.yaml:4:13 unknown attribute "logging.retentio" | did you mean "logging.retention"?`},
		{"assurance: {logging: proven}\n", `p.yaml:4:22 "proven" is not a valid value here | use one of asserted, documented, attested, audited, tested`},
		{"params: {uptime_pct: high}\n", `p.yaml:4:22 "high" is not a valid value here | write a number up to 1000000, in digits`},
		{"params: {uptime_pct: -1}\n", `p.yaml:4:22 "-1" is not a valid value here | `},
		{"params: {uptime_pct: NaN}\n", `p.yaml:4:22 "NaN" is not a valid value here | `},
		{"required_version: \">= 0.1 < 2\"\n", `p.yaml:4:19 required_version: ">= 0.1 < 2" is not a version constraint | ` + versions},
		{"required_version: latest\n", `p.yaml:4:19 required_version: "latest" is not a version constraint | ` + versions},
		{"required_version: \" \"\n", `p.yaml:4:19 required_version: the value is empty | write one, or remove the key`},
		{"required_version: \"\"\n", `p.yaml:4:19 required_version: the value is empty | write one, or remove the key`},
		{"required_version: \">= 0.2\"\n", `p.yaml:4:19 this policy needs vendorgate >= 0.2, but this is version 0.1.0 | use a version that the policy allows; in a workflow, that is the version of the action`},
		{"required_version: \">= 2023-01-01\"\n", `p.yaml:4:19 this policy needs vendorgate >= 2023-01-01, but this is version 0.1.0 | use a version that the policy allows; in a workflow, that is the version of the action`},
		{"required_version: \">= 0.2\"\nexemptions: {repos: [acme/docs]}\nparams: {grace: week}\nextends: ours\n", `p.yaml:4:19 this policy needs vendorgate >= 0.2, but this is version 0.1.0 | use a version that the policy allows; in a workflow, that is the version of the action`},
		{"required_version: \">= 0.1\"\nexemptions: {repos: [acme/docs]}\n", `p.yaml:5:1 unknown key "exemptions" | `},
		{"timezone: Mars/Olympus\n", `p.yaml:4:11 timezone: "Mars/Olympus" is not a zone | write an IANA zone, such as UTC or Europe/Dublin`},
		{"timezone: Local\n", `p.yaml:4:11 timezone: "Local" is not a zone | write an IANA zone, such as UTC or Europe/Dublin`},
		{"timezon: UTC\n", `p.yaml:4:1 unknown key "timezon" | did you mean "timezone"?`},
		{"ignore: {vendors: never}\n", `p.yaml:4:19 ignore.vendors: "never" is not allowed | `},
		{"params: {ignore_max_term: PT5H}\n", `p.yaml:4:27 "PT5H" is not a valid value here | `},
		{"request_url: http://x.example\n", `p.yaml:4:14 request_url: "http://x.example" is not a URL | `},
		// parameters
		{"params: {grace: 7}\n", `p.yaml:4:17 "7" is not a valid value here | `},
		{"params: {grace: {tier-5: P7D}}\n", `p.yaml:4:18 unknown key "tier-5" | use the keys tier-1, tier-2, tier-3, tier-4`},
		{"params: {grace: [P7D]}\n", `p.yaml:4:17 expected a single value`},
		{"params: {grace: {tier-1: {a: b}}}\n", `p.yaml:4:26 expected a single value`},
		{"params: {grace: null}\n", `p.yaml:4:17 expected a single value`},
		{"params: {approvers_needed: -1}\n", `p.yaml:4:28 "-1" is not a valid value here | write a whole number up to 1000`},
		{"params: {approvers_needed: 1001}\n", `p.yaml:4:28 "1001" is not a valid value here | write a whole number up to 1000`},
		{"params: {approvers: 2}\n", `p.yaml:4:10 unknown key "approvers" in params | `},
		// classes of data
		{"data_classes: {personal: {tier: 3}}\n", `p.yaml:4:33 data class "personal" is built in with tier 2; a policy can only make it stricter | define a class of your own`},
		{"data_classes: {secret-sauce: {tier: 5}}\n", `p.yaml:4:37 data_classes.*.tier: "5" is not allowed | `},
		{"data_classes: {secret-sauce: {}}\n", `p.yaml:4:30 "tier" is missing | add ` + "`tier: 2`"},
		// conditions on lists
		{"requirements: [{id: SOC, attr: \"assessments[].type\", eq: c5}]\n", `p.yaml:4:32 unknown attribute "assessments[].type" | assessments is a list: write ` + "`any: {list: assessments, attr: type, ...}` for one item, or `all:` for every item"},
		{"requirements: [{id: SOC, attr: assessments.type, eq: c5}]\n", `p.yaml:4:32 unknown attribute "assessments.type" | assessments is a list: write ` + "`any: {list: assessments, attr: type, ...}` for one item, or `all:` for every item"},
		{"requirements: [{id: SOC, attr: assessments, present: true}]\n", `p.yaml:4:32 unknown attribute "assessments" | it is a list: write ` + "`any: {list: assessments, where: {...}}`"},
		{"requirements: [{id: SOC, any: assessments}]\n", "p.yaml:4:31 any is not a mapping | write it as in `any: {list: assessments, where: {type: {in: [soc2-type2, iso27001]}}, attr: valid_until, valid_for: P0D}`"},
		{"requirements: [{id: SOC, any: {where: {type: c5}}}]\n", "p.yaml:4:31 \"list\" is missing | add `list: assessments`"},
		{"requirements: [{id: SOC, any: {list: asessments}}]\n", `p.yaml:4:38 unknown list "asessments" | did you mean "assessments"?`},
		{"requirements: [{id: SOC, any: {list: authentication.methods}}]\n", `p.yaml:4:38 unknown list "authentication.methods" | it has no items with attributes: write ` + "`attr: authentication.methods`"},
		{"requirements: [{id: SOC, any: {list: assessments, where: {typ: c5}}}]\n", `p.yaml:4:59 an item of assessments has no attribute "typ" | did you mean "type"?`},
		{"requirements: [{id: SOC, any: {list: assessments, where: {type: soc2}}}]\n", `p.yaml:4:65 assessments[].type eq: "soc2" is not a valid value | `},
		{"requirements: [{id: SOC, any: {list: assessments, where: {type: {is: c5}}}}]\n", `p.yaml:4:66 unknown operator "is" | `},
		{"requirements: [{id: SOC, any: {list: assessments, where: {type: {}}}}]\n", `p.yaml:4:65 assessments[].type has no operator | `},
		{"requirements: [{id: SOC, any: {list: assessments, where: {}}}]\n", `p.yaml:4:58 where names no attribute | `},
		{"requirements: [{id: SOC, any: {list: assessments, where: {categories: [a, b]}}}]\n", `p.yaml:4:71 assessments[].categories in: the operator does not work on a list | use contains or subset_of for a list`},
		{"requirements: [{id: SOC, any: {list: assessments, attr: valid_till, valid_for: P0D}}]\n", `p.yaml:4:57 an item of assessments has no attribute "valid_till" | did you mean "valid_until"?`},
		{"requirements: [{id: SOC, any: {list: assessments, where: {period: {end: {within: P1Y}}}}}]\n", `p.yaml:4:59 an item of assessments has no attribute "period" | use one of the attributes below it: period.start, period.end`},
		{"requirements: [{id: SOC, any: {list: assessments, where: {zzz: 1}}}]\n", `p.yaml:4:59 an item of assessments has no attribute "zzz" | run ` + "`vendorgate schema vendor` to see all attributes"},
		{"requirements: [{id: SOC, any: {list: evidence, attr: valid_until, valid_for: P0D}}]\n", `p.yaml:4:54 an item of evidence has no attribute "valid_until" | `},
		{"requirements: [{id: SOC, any: {list: assessments, attr: valid_until, valid_for: PT5H}}]\n", `p.yaml:4:81 assessments[].valid_until valid_for: "PT5H" is not a valid value | use days or longer units for a date, such as P30D`},
		{"requirements: [{id: SOC, any: {list: assessments, attr: type}}]\n", `p.yaml:4:57 type has no operator | `},
		{"requirements: [{id: SOC, any: {list: assessments, eq: c5}}]\n", "p.yaml:4:55 eq has no attribute | add `attr:`"},
		{"requirements: [{id: SOC, any: {list: assessments}, eq: c5}]\n", "p.yaml:4:56 eq has no attribute | move it into `any:`"},
		{"requirements: [{id: SOC, all: {list: assessments}}]\n", "p.yaml:4:31 all says nothing of the items | add `attr:` with an operator, or write `any:`"},
		{"requirements: [{id: SOC, attr: category, eq: email, any: {list: assessments}}]\n", "p.yaml:4:58 a requirement has only one of attr, any and all | use `any_of:` for alternatives, and a second requirement if both must hold"},
		{"requirements: [{id: SOC, all: {list: assessments, attr: type, eq: c5}, any: {list: assessments}}]\n", "p.yaml:4:77 a requirement has only one of attr, any and all | use `any_of:` for alternatives, and a second requirement if both must hold"},
		{"requirements: [{id: SOC, any: {lists: assessments}}]\n", `p.yaml:4:32 unknown key "lists" | did you mean "list"?`},
		// rules
		{"rules: {VG-APR-022: {severity: note}}\n", `p.yaml:4:9 unknown rule "VG-APR-022" | did you mean "VG-APR-002"?`},
		{"rules: {MIN-TSL: {severity: note}}\n", `p.yaml:4:9 unknown rule "MIN-TSL" | did you mean "MIN-TLS"?`},
		{"rules: {EVERYTHING: {severity: note}}\n", `p.yaml:4:9 unknown rule "EVERYTHING" | ` + "run `vendorgate explain` to list the rules"},
		{"rules: {VG-REG-007: {severity: note}}\n", `p.yaml:4:9 the severity of VG-REG-007 cannot be changed | remove it; this rule reports what vendorgate could not judge`},
		{"rules: {VG-ENC-001: {severity: {tier-3: off}}}\n", `p.yaml:4:9 VG-ENC-001 cannot be switched off | use severity note to report it without failing the check`},
		{"rules: {VG-WVR-001: {tiers: [1, 2]}}\n", `p.yaml:4:9 VG-WVR-001 cannot be switched off | use severity note to report it without failing the check`},
		{"rules: {VG-SCP-001: {severity: fatal}}\n", `p.yaml:4:32 "fatal" is not a valid value here | unknown severity "fatal"; use one of off, note, warning, error`},
		{"rules: {VG-SCP-001: {tiers: [5]}}\n", `p.yaml:4:30 rules.*.tiers: "5" is not allowed | `},
		{"rules: {VG-SCP-001: {level: note}}\n", `p.yaml:4:22 unknown key "level" in rules.* | use one of severity, tiers`},
	} {
		got := gatetest.Problems(t, c.body)
		if len(got) != 1 || got[0] != c.want && (!strings.HasSuffix(c.want, "| ") || !strings.HasPrefix(got[0], c.want)) {
			t.Errorf("Load(%q):\n got %q\nwant %q", c.body, got, c.want)
		}
	}
}

func TestLoadRequirementProblems(t *testing.T) {
	t.Parallel()
	const anID = "use capital letters, digits and -, such as MFA-ENFORCED; VG- is reserved for built-in rules"
	const operators = "add an operator: eq, ne, in, not_in, contains, subset_of, lte, gte, matches, present, within, valid_for"
	for _, c := range []struct{ requirement, want string }{
		// id
		{"{id: VG-MINE-001, attr: category, present: true}", `5:10 "VG-MINE-001" cannot be the id of a requirement | ` + anID},
		{"{id: mfa, attr: category, present: true}", `5:10 "mfa" cannot be the id of a requirement | ` + anID},
		{"{id: M, attr: category, present: true}", `5:10 "M" cannot be the id of a requirement | ` + anID},
		{"{id: -MFA, attr: category, present: true}", `5:10 "-MFA" cannot be the id of a requirement | ` + anID},
		{"{id: MFA-, attr: category, present: true}", `5:10 "MFA-" cannot be the id of a requirement | ` + anID},
		{"{attr: category, present: true}", `5:5 "id" is missing | add ` + "`id: MFA-ENFORCED`"},
		{"{id: MFA, attr: category, present: true}\n  - {id: MFA, attr: risk.tier, present: true}", `6:10 requirement MFA is defined twice in this file | merge the two, or rename one`},
		// attribute
		{"{id: MFA, attr: acess.mfa.enforced, eq: true}", `5:21 unknown attribute "acess.mfa.enforced" | did you mean "access.mfa.enforced"?`},
		{"{id: MFA, attr: enforced, eq: true}", `5:21 unknown attribute "enforced" | did you mean "access.mfa.enforced"?`},
		{"{id: MFA, attr: lunch.menu, eq: true}", `5:21 unknown attribute "lunch.menu" | ` + "run `vendorgate schema vendor` to see all attributes"},
		{"{id: MFA, attr: access.mfa, eq: true}", `5:21 unknown attribute "access.mfa" | `},
		{"{id: MFA, attr: access.mfa.enforced}", "5:21 access.mfa.enforced has no operator | " + operators},
		{"{id: MFA, eq: true}", "5:19 eq has no attribute | add `attr:`"},
		{"{id: MFA}", "5:10 requirement MFA has no condition | add `attr:` with an operator, `any:` or `all:` with a list, or `any_of:`"},
		{"{id: MFA, any_of: []}", "5:10 requirement MFA has no condition | add `attr:` with an operator, `any:` or `all:` with a list, or `any_of:`"},
		{"{id: MFA, attr: category, present: true, any_of: [{attr: access.scim, eq: true}]}", "5:54 any_of cannot be combined with attr, any or all | move the other condition into any_of, or into a requirement of its own"},
		{"{id: MFA, any_of: [{attr: access.scim, eq: true}, {}]}", "5:55 this alternative has no attribute | add `attr:`, `any:` or `all:`"},
		// operator
		{"{id: MFA, attr: access.mfa.enforced, equals: true}", `5:42 unknown key "equals" in requirements[] | `},
		{"{id: MFA, attr: category, equ: email}", `5:31 unknown key "equ" in requirements[] | did you mean "eq"?`},
		{"{id: MFA, attr: access.sso.protocols, eq: oidc}", "5:47 access.sso.protocols eq: the operator does not work on a list | use contains or subset_of for a list"},
		{"{id: MFA, attr: category, contains: email}", "5:41 category contains: the operator does not work on an attribute of type choice | use eq or in for a single value"},
		{"{id: MFA, attr: category, lte: email}", "5:36 category lte: the operator does not work on an attribute of type choice | use it on an integer, number, period, date or ordered enumeration"},
		{"{id: MFA, attr: access.mfa.enforced, gte: true}", "5:47 access.mfa.enforced gte: the operator does not work on an attribute of type yes/no | use it on an integer, number, period, date or ordered enumeration"},
		{"{id: MFA, attr: category, within: P30D}", "5:39 category within: the operator does not work on an attribute of type choice | use it on a date"},
		{"{id: MFA, attr: access.rbac.roles_count, valid_for: P30D}", "5:57 access.rbac.roles_count valid_for: the operator does not work on an attribute of type integer | use it on a date"},
		{"{id: MFA, attr: access.mfa.enforced, matches: t}", "5:51 access.mfa.enforced matches: the operator does not work on an attribute of type yes/no | use it on text"},
		// operand
		{"{id: MFA, attr: access.mfa.enforced, eq: yes}", `5:46 access.mfa.enforced eq: "yes" is not a valid value | write true or false`},
		{`{id: MFA, attr: access.mfa.enforced, eq: "true"}`, `5:46 access.mfa.enforced eq: "true" is not a valid value | write true or false`},
		{"{id: MFA, attr: access.mfa.enforced, eq: unknown}", `5:46 access.mfa.enforced eq: "unknown" is not a valid value | write true or false`},
		{"{id: MFA, attr: access.mfa.enforced, eq: null}", `5:46 access.mfa.enforced eq: expected a single value`},
		{"{id: MFA, attr: access.mfa.enforced, eq: [true]}", `5:46 access.mfa.enforced eq: expected a single value`},
		{"{id: MFA, attr: access.mfa.enforced, present: false}", "5:51 access.mfa.enforced present: the only valid value is true | use another operator; vendorgate cannot verify that an attribute is absent"},
		{`{id: MFA, attr: access.mfa.enforced, present: "true"}`, "5:51 access.mfa.enforced present: the only valid value is true | use another operator; vendorgate cannot verify that an attribute is absent"},
		{"{id: MFA, attr: category, eq: emial}", `5:35 category eq: "emial" is not a valid value | did you mean "email"?`},
		{"{id: MFA, attr: category, in: email}", "5:35 category in: expected a list | write `in: [a, b]`"},
		{"{id: MFA, attr: category, in: []}", "5:35 category in: expected a list | write `in: [a, b]`"},
		{"{id: MFA, attr: category, in: [email, [maps]]}", "5:35 category in: expected a single value"},
		{"{id: MFA, attr: access.sso.protocols, contains: []}", "5:53 access.sso.protocols contains: expected a list | write `contains: [a, b]`"},
		{"{id: MFA, attr: access.sso.protocols, contains: ldap}", `5:53 access.sso.protocols contains: "ldap" is not a valid value | use one of saml2, oidc`},
		{"{id: MFA, attr: encryption.in_transit.min_tls, gte: 1.4}", `5:57 encryption.in_transit.min_tls gte: "1.4" is not a valid value | `},
		{"{id: MFA, attr: access.rbac.roles_count, gte: two}", `5:51 access.rbac.roles_count gte: "two" is not a valid value | write a whole number, in digits`},
		{"{id: MFA, attr: access.rbac.roles_count, eq: +9}", `5:50 access.rbac.roles_count eq: "+9" is not a valid value | write a whole number, in digits`},
		{"{id: MFA, attr: access.rbac.roles_count, gte: -1}", `5:51 access.rbac.roles_count gte: "-1" is not a valid value | write a whole number, in digits`},
		{"{id: MFA, attr: authentication.client_credential.max_age, gte: never}", `5:68 authentication.client_credential.max_age gte: "never" cannot be compared | use eq or ne`},
		{"{id: MFA, attr: authentication.client_credential.max_age, lte: never}", `5:68 authentication.client_credential.max_age lte: "never" cannot be compared | use eq or ne`},
		{"{id: MFA, attr: authentication.client_credential.max_age, lte: 90 days}", `5:68 authentication.client_credential.max_age lte: "90 days" is not a valid value | not an ISO 8601 period; write P90D`},
		{"{id: MFA, attr: approval.expires, lte: 2026-02-30}", `5:44 approval.expires lte: "2026-02-30" is not a valid value | there is no such day; check the month and day`},
		{"{id: MFA, attr: approval.expires, valid_for: 30d}", `5:50 approval.expires valid_for: "30d" is not a valid value | not an ISO 8601 period; write P30D`},
		{"{id: MFA, attr: approval.expires, valid_for: PT12H}", `5:50 approval.expires valid_for: "PT12H" is not a valid value | use days or longer units for a date, such as P30D`},
		{"{id: MFA, attr: links.docs, matches: \"[\"}", `5:42 links.docs matches: "[" is not an RE2 expression of at most 500 characters`},
		{"{id: MFA, attr: links.docs, matches: \"(?=a)\"}", `5:42 links.docs matches: "(?=a)" is not an RE2 expression of at most 500 characters`},
		// when
		{"{id: MFA, attr: category, present: true, when: {tier: 5}}", `5:59 "5" is not a tier | use 1, 2, 3 or 4; 1 is the most critical`},
		{"{id: MFA, attr: category, present: true, when: {tier: tier-1}}", `5:59 "tier-1" is not a tier | use 1, 2, 3 or 4; 1 is the most critical`},
		{"{id: MFA, attr: category, present: true, when: {tier: []}}", "5:59 when.tier matches no use | name a tier"},
		{"{id: MFA, attr: category, present: true, when: {tier: null}}", "5:59 when.tier has no value | remove it or give it a value"},
		{"{id: MFA, attr: category, present: true, when: {tier: {lt: 2}}}", "5:59 when.tier must have exactly one known operator | use one of eq, ne, in, not_in, lte, gte"},
		{"{id: MFA, attr: category, present: true, when: {tier: {lte: 2, gte: 1}}}", "5:59 when.tier must have exactly one known operator | use one of eq, ne, in, not_in, lte, gte"},
		{"{id: MFA, attr: category, present: true, when: {tier: {lte: [1, 2]}}}", "5:59 when.tier matches no use | name a tier"},
		{"{id: MFA, attr: category, present: true, when: {category: paymnets}}", `5:63 when.category: unknown value "paymnets" | did you mean "payments"?`},
		{"{id: MFA, attr: category, present: true, when: {environment: [production]}}", `5:67 when.environment: unknown value "production" | `},
		{"{id: MFA, attr: category, present: true, when: {environment: []}}", "5:66 when.environment matches no use | name at least one value"},
		{"{id: MFA, attr: category, present: true, when: {data_class: {gte: personal}}}", "5:65 when.data_class must have exactly one known operator | use one of eq, ne, in, not_in"},
		{"{id: MFA, attr: category, present: true, when: {data_class: persnal}}", `5:65 unknown data class "persnal" | did you mean "personal"?`},
		{"{id: MFA, attr: category, present: true, when: {data_class: trade-secret}}", `5:65 unknown data class "trade-secret" | define it under data_classes`},
		{"{id: MFA, attr: category, present: true, when: {region: IE}}", `5:53 unknown key "region" in requirements[].when | `},
		// words
		{"{id: MFA, attr: category, present: true, message: \"{vender}\"}", `5:55 unknown placeholder "{vender}" | did you mean {vendor}?`},
		{"{id: MFA, attr: category, present: true, fix: \"{}\"}", `5:51 unknown placeholder "{}" | use one of {vendor}, {name}, {tier}, {value}, {attribute}, {category}, {owner}`},
		{"{id: MFA, attr: category, present: true, fix: \"{vendor\"}", `5:51 unknown placeholder `},
		{"{id: MFA, attr: category, present: true, severity: high}", `5:56 "high" is not a valid value here | unknown severity "high"; use one of off, note, warning, error`},
		{"{id: MFA, attr: category, present: true, docs: wiki}", `5:52 requirements[].docs: "wiki" is not a URL | `},
	} {
		got := gatetest.Problems(t, "requirements:\n  - "+c.requirement+"\n")
		open := strings.HasSuffix(c.want, "| ") || strings.HasSuffix(c.want, "placeholder ")
		// A key that is no operator leaves a requirement that has no condition, which is a second problem.
		follows := strings.Contains(c.want, "unknown key \"equ") || strings.Contains(c.want, "eq has no attribute")
		if len(got) == 0 || len(got) > 1 && !follows || got[0] != "p.yaml:"+c.want && (!open || !strings.HasPrefix(got[0], "p.yaml:"+c.want)) {
			t.Errorf("requirement %s:\n got %q\nwant %q", c.requirement, got, c.want)
		}
	}
}

// TestLongExpressions: an expression has at most 500 characters.
func TestLongExpressions(t *testing.T) {
	t.Parallel()
	for length, want := range map[int]int{500: 0, 501: 1} {
		if got := gatetest.Problems(t, "requirements: [{id: MFA, attr: links.docs, matches: "+strings.Repeat("a", length)+"}]\n"); len(got) != want {
			t.Errorf("%d characters: got %q, want %d problems", length, got, want)
		}
	}
}

// TestLoadReportsAll: every problem of a policy at once, and no policy.
func TestLoadReportsAll(t *testing.T) {
	t.Parallel()
	got := gatetest.Problems(t, `extends: vendorgate/standards@1
required_version: latest
timezone: Mars
params: {grace: week}
data_classes: {health: {tier: 2}}
requirements:
  - {id: MFA, attr: acess.mfa.enforced, eq: true}
  - {id: SCIM, attr: access.scim, lte: 3, when: {tier: 9, data_class: x}}
  - {id: vg, attr: category, present: true}
rules: {VG-XYZ-001: {severity: note}, VG-REG-007: {severity: note}}
`)
	var at []string
	for _, line := range got {
		pos, _, _ := strings.Cut(line, " ")
		at = append(at, strings.TrimPrefix(pos, "p.yaml:"))
	}
	slices.Sort(at)
	gatetest.Diff(t, "positions", []string{"10:21", "11:40", "11:56", "11:71", "12:10", "13:39", "13:9", "4:10", "5:19", "6:11", "7:17", "8:31"}, at)
}

func TestLoadWithoutFile(t *testing.T) {
	t.Parallel()
	p, problems := rules.LoadPolicy("p.yaml", nil, "0.1.0")
	if len(problems) > 0 || p.ID != "essentials" || p.Zone.String() != "UTC" || len(p.Requirements) != 2 {
		t.Errorf("Load(nil) = %+v, %v; want the essentials", p, problems)
	}
	for _, preset := range policy.Presets() {
		gatetest.Load(t, gatetest.PolicyHead+"extends: "+preset+"\n")
	}
	for _, empty := range []string{"", "# nothing\n", "[]\n", "---\n---\n"} {
		if p, problems := rules.LoadPolicy("p.yaml", []byte(empty), "0.1.0"); p != nil || len(problems) == 0 {
			t.Errorf("Load(%q) = %v, %v; want problems", empty, p, problems)
		}
	}
	for version, ok := range map[string]bool{"0.1.0": true, "0.1": true, "0.0.9": false, "2.0.0": false, "": false, "devel": false} {
		_, problems := rules.LoadPolicy("p.yaml", []byte(gatetest.PolicyHead+"required_version: \">= 0.1, < 2.0\"\n"), version)
		if got := len(problems) == 0; got != ok {
			t.Errorf("vendorgate %q under >= 0.1, < 2.0: got %v, want %v", version, problems, ok)
		}
	}
}

func TestRulesAreInOrder(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, r := range rules.All() {
		ids = append(ids, r.ID)
		if r.Title == "" {
			t.Errorf("%s has no title", r.ID)
		}
	}
	if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Errorf("the rules are not sorted, or one stands twice: %v", ids)
	}
	if _, ok := rules.ByID("VG-APR-000"); ok {
		t.Error("RuleByID finds a rule that there is none of")
	}
}
