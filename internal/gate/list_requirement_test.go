package gate_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// A record's assessments and incidents, and what a policy asks of them.
const (
	reports = `assessments:
  - {id: soc2-2024, type: soc2-type2, period: {start: 2023-10-01, end: 2024-09-30}}
  - {id: soc2-2026, type: soc2-type2, period: {start: 2025-10-01, end: 2026-09-30}, findings_open: {critical: 0}}
  - {id: pentest-2026, type: pentest, performed: {start: 2026-05-01, end: 2026-05-10}, shared: summary}
`
	currentSOC2 = "any: {list: assessments, where: {type: {in: [soc2-type2, iso27001]}}, attr: valid_until, valid_for: P0D}"
)

// asked evaluates a requirement SOC2 of a record with some more lines; what it says, of VG-REG-005 too.
func asked(t *testing.T, condition, record, day string) []string {
	t.Helper()
	f := gatetest.World(t, "risk: {tier: 2}\n", "risk: {tier: 2}\n"+record).Rules("params: {assessment_max_age: P1Y, pentest_max_age: P1Y}\nrequirements:\n  - {id: SOC2, " + condition + "}\n")
	f = f.With(gatetest.Files{"registry/vendors/acme-pay.yaml": strings.Replace(f["registry/vendors/acme-pay.yaml"], "2027-05-31", "2030-05-31", 1)})
	var out []string
	for _, line := range gatetest.Findings(t, f, day, gatetest.Repository) {
		fields := strings.SplitN(line, " ", 4)
		if fields[1] == "SOC2" || fields[1] == "VG-REG-005" {
			out = append(out, fields[1]+" "+fields[3])
		}
	}
	return out
}

func TestListRequirement(t *testing.T) {
	t.Parallel()
	const (
		requires = `; the policy requires: `
		soc2     = `valid_until is today or later in an item of assessments where type in [soc2-type2, iso27001]`
		unknown  = `VG-REG-005 the policy requires attributes that are unknown for "acme-pay": `
	)
	for _, c := range []struct{ name, condition, record, day, want string }{
		{"a current report", currentSOC2, reports, "2026-11-23", ""},
		{"its last day", currentSOC2, reports, "2027-09-30", ""},
		{"the day after", currentSOC2, reports, "2027-10-01", `SOC2 assessments[soc2-2026].valid_until of "acme-pay" is 2027-09-30` + requires + soc2},
		{
			"no such report", currentSOC2, "assessments:\n  - {id: p, type: pentest, performed: {end: 2026-05-10}}\n", "2026-11-23",
			`SOC2 assessments of "acme-pay" has no item where type in [soc2-type2, iso27001]` + requires + soc2,
		},
		{"none at all", currentSOC2, "assessments: []\n", "2026-11-23", `SOC2 assessments of "acme-pay" has no item where type in [soc2-type2, iso27001]` + requires + soc2},
		{"nothing said", currentSOC2, "", "2026-11-23", unknown + "assessments"},
		{"no period", currentSOC2, "assessments: [{id: a, type: soc2-type2}]\n", "2026-11-23", unknown + "assessments[a].period.end"},
		{"a certificate without its date", currentSOC2, "assessments: [{id: a, type: iso27001, certified_on: 2026-01-01}]\n", "2026-11-23", unknown + "assessments[a].expires"},
		{"one current, one without period", currentSOC2, "assessments: [{id: a, type: soc2-type2}, {id: b, type: soc2-type2, period: {end: 2026-09-30}}]\n", "2026-11-23", ""},
		{"one old, one without period", currentSOC2, "assessments: [{id: a, type: soc2-type2, period: {end: 2020-09-30}}, {id: b, type: soc2-type2}]\n", "2026-11-23", unknown + "assessments[b].period.end"},
		{
			"a certificate of five years", currentSOC2, "assessments: [{id: a, type: iso27001, certified_on: 2026-01-01, expires: 2031-01-01}]\n", "2026-11-23",
			`SOC2 assessments[a].valid_until of "acme-pay" is never, because the assessment runs longer than three years` + requires + soc2,
		},

		{"the date as a selector", "any: {list: assessments, where: {type: soc2-type2, valid_until: {valid_for: P90D}}}", reports, "2026-11-23", ""},
		{
			"the date as a selector, too soon", "any: {list: assessments, where: {type: soc2-type2, valid_until: {valid_for: P90D}}}", reports, "2027-08-01",
			`SOC2 assessments of "acme-pay" has no item where type is soc2-type2 and valid_until valid for P90D` + requires + "an item of assessments where type is soc2-type2 and valid_until valid for P90D",
		},
		{"an unknown selector", "any: {list: assessments, where: {type: pentest, independent: true}}", reports, "2026-11-23", unknown + "assessments[pentest-2026].independent"},
		{
			"an unknown selector of an item that fails", "any: {list: assessments, where: {opinion: unqualified}, attr: type, eq: hitrust-r2}", reports, "2026-11-23",
			`SOC2 assessments of "acme-pay" has no item where opinion is unqualified` + requires + "type is hitrust-r2 in an item of assessments where opinion is unqualified",
		},
		{"any item", "any: {list: assessments}", reports, "2026-11-23", ""},
		{"any item of none", "any: {list: assessments}", "assessments: []\n", "2026-11-23", `SOC2 assessments of "acme-pay" is empty` + requires + "an item of assessments"},
		{"a list in an item", "any: {list: assessments, where: {categories: security}}", "assessments: [{id: a, type: soc2-type2, categories: [security, privacy]}]\n", "2026-11-23", ""},
		{
			"a list in an item, another", "any: {list: assessments, where: {categories: {contains: [availability]}}}", "assessments: [{id: a, type: soc2-type2, categories: [security]}]\n", "2026-11-23",
			`SOC2 assessments of "acme-pay" has no item where categories contains [availability]` + requires + "an item of assessments where categories contains [availability]",
		},

		{"every pentest is shared", "all: {list: assessments, where: {type: pentest}, attr: shared, ne: refused}", reports, "2026-11-23", ""},
		{
			"one is refused", "all: {list: assessments, where: {type: pentest}, attr: shared, ne: refused}", strings.Replace(reports, "summary", "refused", 1), "2026-11-23",
			`SOC2 assessments[pentest-2026].shared of "acme-pay" is refused` + requires + "shared is not refused in every item of assessments where type is pentest",
		},
		{"nobody says", "all: {list: assessments, where: {type: pentest}, attr: shared, ne: refused}", strings.Replace(reports, ", shared: summary", "", 1), "2026-11-23", unknown + "assessments[pentest-2026].shared"},
		{"every item of none", "all: {list: assessments, attr: shared, ne: refused}", "assessments: []\n", "2026-11-23", ""},
		{"every item, nothing said", "all: {list: assessments, attr: shared, ne: refused}", "", "2026-11-23", unknown + "assessments"},
		{"no item is selected", "all: {list: assessments, where: {type: c5}, attr: shared, ne: refused}", reports, "2026-11-23", ""},
		{"open findings", "all: {list: assessments, where: {type: soc2-type2}, attr: findings_open.critical, eq: 0}", reports, "2026-11-23", unknown + "assessments[soc2-2024].findings_open.critical"},
		{
			"items without an id", "all: {list: approval.approved_by, attr: role, in: [ciso]}", "", "2026-11-23",
			`SOC2 approval.approved_by[1].role of "acme-pay" is security-architect` + requires + "role in [ciso] in every item of approval.approved_by",
		},

		{"an alternative to a list", "any_of: [{" + currentSOC2 + "}, {attr: risk.residual, eq: low}]", "assessments: []\n", "2026-11-23", unknown + "risk.residual"},
		{"an alternative that holds", "any_of: [{" + currentSOC2 + "}, {attr: description, present: true}]", "description: Cards\nassessments: []\n", "2026-11-23", ""},
		{"a list as the alternative that holds", "any_of: [{attr: risk.residual, eq: low}, {" + currentSOC2 + "}]", reports, "2026-11-23", ""},
	} {
		if got := strings.Join(asked(t, c.condition, c.record, c.day), "\n"); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// A finding points at the item and at the requirement, and its message can use both.
func TestListRequirementPlaces(t *testing.T) {
	t.Parallel()
	rules := "params: {assessment_max_age: P1Y}\nrequirements:\n  - id: SOC2\n    " + currentSOC2 + "\n    message: \"{attribute} is {value}\"\n"
	f := gatetest.World(t, "risk: {tier: 2}\n", "risk: {tier: 2}\n"+reports).Rules(rules)
	r := gatetest.Evaluate(t, f, "2027-10-01", gatetest.Repository)
	if got, want := gatetest.One(t, r, "SOC2").Message, "assessments[soc2-2026].valid_until is 2027-09-30"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	gatetest.Diff(t, "places", []string{
		"registry/vendors/acme-pay.yaml:15:72 in the record",
		"registry/policy.yaml:6:9 the requirement",
	}, gatetest.Related(r, "SOC2"))
	f = f.With(gatetest.Files{"registry/vendors/acme-pay.yaml": strings.ReplaceAll(f["registry/vendors/acme-pay.yaml"], "soc2-type2, period: {start: 2025-10-01, end: 2026-09-30}", "soc2-type2")})
	r = gatetest.Evaluate(t, f, "2027-05-01", gatetest.Repository)
	gatetest.Diff(t, "places of what is unknown", []string{
		"registry/vendors/acme-pay.yaml:15:5 missing here",
		"registry/policy.yaml:6:9 the policy asks for assessments[soc2-2026].period.end",
	}, gatetest.Related(r, "VG-REG-005"))
}

// Saying less of an item never meets a requirement that was not met before.
func TestListRequirementSayingLess(t *testing.T) {
	t.Parallel()
	facts := []string{"type: soc2-type2", "period: {end: 2025-10-31}", "bridge_letter: {issued: 2026-11-10, covers_through: 2026-11-10}", "opinion: qualified", "shared: refused", "categories: [security]", "findings_open: {critical: 1}"}
	item := func(without int) string {
		out := "id: a"
		for i, fact := range facts {
			if i != without {
				out += ", " + fact
			}
		}
		return "assessments: [{" + out + "}]\n"
	}
	unmet := 0
	for _, condition := range []string{
		currentSOC2,
		"any: {list: assessments, where: {opinion: unqualified}}",
		"any: {list: assessments, where: {opinion: {ne: qualified}}, attr: valid_until, valid_for: P0D}",
		"any: {list: assessments, where: {valid_until: {valid_for: P30D}}}",
		"any: {list: assessments, attr: categories, contains: [availability]}",
		"all: {list: assessments, attr: shared, ne: refused}",
		"all: {list: assessments, where: {opinion: qualified}, attr: shared, ne: refused}",
		"all: {list: assessments, where: {categories: security}, attr: findings_open.critical, lte: 0}",
		"all: {list: assessments, where: {opinion: {ne: unqualified}, shared: refused}, attr: valid_until, valid_for: P0D}",
	} {
		if len(asked(t, condition, item(-1), "2026-11-23")) == 0 {
			t.Errorf("%s: met by %s", condition, item(-1))
		}
		for i := 1; i < len(facts); i++ { // the type is required
			unmet++
			if len(asked(t, condition, item(i), "2026-11-23")) == 0 {
				t.Errorf("%s: met without %s", condition, facts[i])
			}
		}
		if got := asked(t, condition, "", "2026-11-23"); len(got) == 0 {
			t.Errorf("%s: met by a record that says nothing", condition)
		}
	}
	if unmet < 40 {
		t.Errorf("%d records; the test has lost its way", unmet)
	}
}
