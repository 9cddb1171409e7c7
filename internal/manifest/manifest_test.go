package manifest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

const head = "apiVersion: vendorgate/v1\nkind: VendorManifest\n"

func lines(problems []diag.Problem) string {
	var out strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&out, "%s: %s | %s\n", p.Pos, p.Message, p.Hint)
	}
	return out.String()
}

func parse(t *testing.T, text string) manifest.Manifest {
	t.Helper()
	m := manifest.Parse("a/vendors.yaml", "r/a/vendors.yaml", []byte(text))
	if len(m.Problems) > 0 {
		t.Fatalf("Parse(%q): got problems\n%s", text, lines(m.Problems))
	}
	return m
}

const minimal = head + `vendors:
  - id: calderwick-payments
    purpose: Charge customer cards at checkout
    owner: team-checkout
    environments: [prod]
    data: [cardholder, personal]
`

const full = head + `component: checkout-web
owner: team-checkout
registry: acme-sec/vendor-registry@v1
vendors:
  - id: calderwick-payments
    purpose: payment-acceptance
    criticality: tier-1
    environments: [staging, prod]
    api: { id: core, version: "2026-04" }
    endpoints: ["https://api.calderwick.example/v3"]
    auth_method: oauth2-client-credentials
    data:
      - { class: cardholder, direction: send, name: card data }
      - { class: personal, direction: both, subjects: [customer] }
    secrets:
      - { name: CALDERWICK_CLIENT_KEY, store: github-environment, rotated_on: 2026-10-05, max_age: P90D }
      - CALDERWICK_OTHER_KEY
    waiver: WVR-2026-014
ignore:
  - { host: "*.acme.example", reason: first-party }
`

func TestParseMinimal(t *testing.T) {
	t.Parallel()
	m := parse(t, minimal)
	if m.Path != "a/vendors.yaml" || m.File != "r/a/vendors.yaml" || len(m.Uses) != 1 {
		t.Fatalf("Parse(minimal): got %+v", m)
	}
	u := m.Uses[0]
	at := func(value string, line, col int) diag.At[string] {
		return diag.At[string]{Value: value, Pos: diag.Pos{File: "r/a/vendors.yaml", Line: line, Col: col}}
	}
	missing := at("", 4, 5) // the entry
	want := manifest.Use{
		ID: at("calderwick-payments", 4, 9), Purpose: at("Charge customer cards at checkout", 5, 14), Owner: at("team-checkout", 6, 12),
		Environments: []diag.At[string]{at("prod", 7, 20)}, Data: []diag.At[string]{at("cardholder", 8, 12), at("personal", 8, 24)},
		APIID: missing, APIVersion: missing, AuthMethod: missing, Waiver: missing, Label: missing,
	}
	if diff := cmp.Diff(want, u, ignoreRecord()); diff != "" {
		t.Errorf("Parse(minimal): want, got:\n%s", diff)
	}
}

func ignoreRecord() cmp.Option {
	return cmp.Options{
		cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".record" }, cmp.Ignore()),
		cmp.Comparer(func(a, b scalar.Date) bool { return a == b }),
	}
}

func TestParseFull(t *testing.T) {
	t.Parallel()
	m := parse(t, full)
	u := m.Uses[0]
	texts := func(values []diag.At[string]) (out []string) {
		for _, v := range values {
			out = append(out, v.Value)
		}
		return out
	}
	got := []any{
		u.ID.Value, u.Owner.Value, u.Owner.Pos.Line, u.Purpose.Value, u.Component, texts(u.Environments), texts(u.Data), u.APIID.Value, u.APIVersion.Value,
		texts(u.Endpoints), u.AuthMethod.Value, u.Criticality, u.Secrets, u.Waiver.Value, u.Data[1].Pos.Line, u.Data[1].Pos.Col,
	}
	want := []any{
		"calderwick-payments", "team-checkout", 4, "payment-acceptance", "checkout-web",
		[]string{"staging", "prod"},
		[]string{"cardholder", "personal"},
		"core", "2026-04",
		[]string{"https://api.calderwick.example/v3"},
		"oauth2-client-credentials", 1,
		[]string{"CALDERWICK_CLIENT_KEY", "CALDERWICK_OTHER_KEY"},
		"WVR-2026-014", 16, 18,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Parse(full): want, got:\n%s", diff)
	}
}

// A BOM and CRLF line ends move no position.
func TestParseWindows(t *testing.T) {
	t.Parallel()
	text := full + "bad: [1]\n  \nvendors: 2\n"
	want := manifest.Parse("p", "f", []byte(text))
	for name, other := range map[string]string{
		"CRLF": strings.ReplaceAll(text, "\n", "\r\n"), "BOM": "\ufeff" + text, "both": "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n"),
	} {
		got := manifest.Parse("p", "f", []byte(other))
		if diff := cmp.Diff(want, got, ignoreRecord()); diff != "" {
			t.Errorf("%s: want, got:\n%s", name, diff)
		}
	}
	if got := lines(want.Problems); !strings.Contains(got, "f:23:1: unknown key \"bad\"") || !strings.Contains(got, "f:25:1: key \"vendors\" is written twice; the first is on line 6 ") {
		t.Errorf("problems: got\n%s", got)
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	entry := func(text string) string { return head + "owner: o\nvendors:\n  - id: a\n    purpose: p\n" + text }
	for _, test := range []struct{ name, text, want string }{
		{"owner at the top", entry("    environments: [prod]\n    data: [none]\n"), ""},
		{"no owner", head + "vendors:\n  - id: a\n    purpose: p\n    environments: [prod]\n    data: [none]\n", "f:4:9: \"a\" has no owner | add `owner: team-name` here, or once at the top of the file\n"},
		{"owner that is wrong", head + "vendors:\n  - id: a\n    purpose: p\n    owner: the team\n    environments: [prod]\n    data: [none]\n", "f:6:12: vendors[].owner: \"the team\" is not a name | write a name of letters, digits and _ . / @ -, without spaces\n"},
		{"environments empty", entry("    environments: []\n    data: [none]\n"), "f:7:19: vendors[].environments is empty | add `environments: [prod]`\n"},
		{"environments missing", entry("    data: [none]\n"), "f:5:5: \"environments\" is missing | add `environments: [prod]`\n"},
		{"environments unknown", entry("    environments: [production]\n    data: [none]\n"), "f:7:20: vendors[].environments: \"production\" is not allowed | did you mean \"prod\"? use one of dev, test, sandbox, staging, prod\n"},
		{"data missing", entry("    environments: [prod]\n"), "f:5:5: \"data\" is missing | add `data: [personal]` with the classes that apply, or `data: [none]`\n"},
		{"data empty", entry("    environments: [prod]\n    data: []\n"), "f:8:11: vendors[].data is empty | add `data: [personal]` with the classes that apply, or `data: [none]`\n"},
		{"none and another", entry("    environments: [prod]\n    data: [none, personal]\n"), "f:8:12: \"none\" is listed with other data classes | remove `none`, or the other classes\n"},
		{"none as a mapping, last", entry("    environments: [prod]\n    data:\n    - personal\n    - class: none\n"), "f:10:14: \"none\" is listed with other data classes | remove `none`, or the other classes\n"},
		{"class twice", entry("    environments: [prod]\n    data: [personal, {class: personal, direction: send}]\n"), "f:8:30: data class \"personal\" is listed twice | remove one of them\n"},
		{"no vendors", head, "f:1:1: \"vendors\" is missing | add `vendors:` with one item for each API service, or `vendors: []` if the repository uses none\n"},
		{"vendors empty", head + "vendors: []\n", ""},
		{"vendors null", head + "vendors:\n", "f:3:1: vendors is empty where a list is expected | start each item with `- `\n"},
		{"ignore without target", head + "vendors: []\nignore:\n  - reason: x\n", "f:5:5: an ignore entry has no host, package or vendor | add `host:`, `package:` or `vendor:`\n"},
		{"ignore without reason", head + "vendors: []\nignore:\n  - host: x\n", "f:5:5: \"reason\" is missing | add `reason: first-party`\n"},
		{"id twice", entry("    environments: [staging, prod]\n    data: [none]\n  - {id: a, purpose: q, environments: [dev, prod], data: [public]}\n"), "f:9:10: vendor \"a\" is declared twice for prod; the first is on line 5 | merge the two entries, or name one of the uses, as in `use: reporting`\n"},
		{"use twice", entry("    use: b\n    environments: [prod]\n    data: [none]\n  - {id: a, use: b, purpose: q, environments: [prod], data: [public]}\n"), "f:10:10: use \"b\" of vendor \"a\" is declared twice for prod; the first is on line 5 | merge the two entries, or rename one of the uses\n"},
		{"a name that is wrong", entry("    environments: [prod]\n    data: [none]\n  - {id: a, use: My Use, purpose: q, environments: [prod], data: [public]}\n"), "f:9:18: vendors[].use: \"My Use\" is not an id | write \"my-use\", with lower-case letters, digits and - only\n"},
		{"told apart by environment", entry("    environments: [staging, prod]\n    data: [none]\n  - {id: a, purpose: q, environments: [dev], data: [public]}\n"), ""},
		{"told apart by name", entry("    environments: [prod]\n    data: [none]\n  - {id: a, use: b, purpose: q, environments: [prod], data: [public]}\n"), ""},
		{"ids that differ by case", entry("    environments: [prod]\n    data: [none]\n  - {id: A, purpose: q, environments: [dev], data: [public]}\n"), "f:9:10: vendors[].id: \"A\" is not an id | write \"a\", with lower-case letters, digits and - only\n"},
		{"not a mapping", "- a\n", "f:1:1: the file is a list where a mapping is expected | start with `apiVersion: vendorgate/v1`\n"},
	} {
		m := manifest.Parse("p", "f", []byte(test.text))
		if diff := cmp.Diff(test.want, lines(m.Problems)); diff != "" {
			t.Errorf("%s: Parse(%q): want, got:\n%s", test.name, test.text, diff)
		}
	}
}

// What can be read is there, whatever else is wrong. A use without an id is not.
func TestParseKeepsTheRest(t *testing.T) {
	t.Parallel()
	m := manifest.Parse("p", "f", []byte(head+"vendors:\n  - {id: a, purpose: [x], data: [none, b]}\n  - {purpose: y}\n  - id: b\n  - {id: a}\n"))
	var ids []string
	for _, u := range m.Uses {
		ids = append(ids, u.ID.Value)
	}
	if diff := cmp.Diff([]string{"a", "b", "a"}, ids); diff != "" {
		t.Errorf("uses: want, got:\n%s", diff)
	}
	if got := m.Uses[0].Data; len(got) != 1 || got[0].Value != "b" {
		t.Errorf("data of a: got %v, want b", got)
	}
}

func TestSame(t *testing.T) {
	t.Parallel()
	use := func(top, entry string) manifest.Use {
		return parse(t, head+top+"vendors:\n  - {id: a, purpose: p, environments: [prod, dev], data: [public], "+entry+"}\n").Uses[0]
	}
	base := use("owner: o\n", "")
	for _, same := range []manifest.Use{
		use("", "owner: o"), use("owner: x\n", "owner: o"), use("", "owner: o, use: reporting"), use("# comment\nowner: 'o'\nregistry: r\n", ""),
		parse(t, head+"owner: o\nvendors:\n  - data: [{class: public}]\n    environments: [prod, dev]\n    id: 'a'\n    purpose: p\n").Uses[0],
	} {
		if !base.Same(same) || !same.Same(base) {
			t.Errorf("Same: got false for a use at %v", same.ID.Pos)
		}
	}
	for name, other := range map[string]manifest.Use{
		"owner": use("owner: x\n", ""), "component": use("owner: o\ncomponent: c\n", ""), "one more key": use("owner: o\n", "description: d"),
		"empty mapping's key": use("owner: o\n", "api: {version: '1'}"), "secret": use("owner: o\n", "secrets: [A]"),
		"data": parse(t, head+"owner: o\nvendors:\n  - {id: a, purpose: p, environments: [prod, dev], data: [personal]}\n").Uses[0],
	} {
		if base.Same(other) || other.Same(base) {
			t.Errorf("Same: got true although the %s differs", name)
		}
	}
}

// TestOneMistake: what a refused part of a file may say is not missed, and what nobody can merge is refused once.
func TestOneMistake(t *testing.T) {
	t.Parallel()
	const entry = "vendors:\n  - id: acme-pay\n    environments: [prod]\n    data: [personal]\n    purpose: Charge cards\n"
	for _, test := range []struct{ name, text, want string }{
		{"merge key", head + "owner: team-a\nx-base: &base {purpose: Charge cards, environments: [prod], data: [personal]}\nvendors:\n  - id: acme-pay\n    <<: *base\n", `7:5 a merge key ("<<")`},
		{"merge key at the top", head + "<<: {owner: team-a}\n" + entry, `3:1 a merge key ("<<")`},
		{"alias", head + "owner: team-a\nx-data: &d [personal]\n" + strings.Replace(entry, "[personal]", "*d", 1), "8:11 an alias (*name)"},
		{"alias in a list", head + "owner: team-a\nx-data: &d personal\n" + strings.Replace(entry, "[personal]", "[*d, internal]", 1), "8:12 an alias (*name)"},
		{"invisible characters", head + "owner: team-a\n" + strings.NewReplacer("acme-pay", "acme\u200b-pay", "data", "da\u2060ta").Replace(entry), "5:13 an invisible character (U+200B); 7:7 an invisible character (U+2060)"},
		{"invisible, as an escape", head + "owner: team-a\n" + strings.Replace(entry, "acme-pay", `"acme-pay\u200b"`, 1), "5:9 an invisible character (U+200B), written as an escape"},
		{"placeholder", head + "owner: {{ team }}\n" + entry, "3:9 a key that is a map or a list"},
	} {
		m := manifest.Parse("vendors.yaml", "vendors.yaml", []byte(test.text))
		var got []string
		for _, p := range m.Problems {
			got = append(got, fmt.Sprintf("%d:%d %s", p.Pos.Line, p.Pos.Col, p.Message))
		}
		if strings.Join(got, "; ") != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}
