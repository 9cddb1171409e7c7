package attr_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/attr"
)

func TestStructure(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, text, want string }{
		{"unknown key, near", "txet: a\n", `f:1:1: unknown key "txet" | did you mean "text"?`},
		{"unknown key, other case", "Text: a\n", `f:1:1: unknown key "Text" | did you mean "text"?`},
		{"unknown key in a mapping", "claim:\n  yse: true\n", `f:2:3: unknown key "yse" in claim | did you mean "yes"?`},
		{"unknown key, not near", "claim: {colour: red}\n", `f:1:9: unknown key "colour" in claim | use one of yes, int, rotation, life, age, risk, methods, deep`},
		{"key that belongs elsewhere", "inner: a\n", `f:1:1: unknown key "inner" | move it to claim.deep`},
		{"key that belongs elsewhere, from a mapping", "claim: {inner: a}\n", `f:1:9: unknown key "inner" in claim | move it to claim.deep`},
		{"key of an item that belongs elsewhere", "people: [{user: a, country: IE}]\n", `f:1:20: unknown key "country" in people[] | move it to people[].home`},
		{"key that several have", "claim: {deep: {yes: true}}\n", `f:1:16: unknown key "yes" in claim.deep | use one of inner`},
		{
			"unknown key, long and odd", "claim: {deep: {\"" + strings.Repeat("ä\\t", 40) + "\": 1}}\n",
			`f:1:16: unknown key "` + strings.Repeat(`ä\t`, 20) + `..." in claim.deep | use one of inner`,
		},
		{"map for a scalar", "text: {a: b}\n", `f:1:7: text is a mapping where one value is expected`},
		{"list for a scalar", "id: [a]\n", `f:1:5: id is a list where one value is expected`},
		{"scalar for a list", "words: a\n", "f:1:8: words is a single value where a list is expected | put it in brackets: `words: [a]`"},
		{"several words for a list", "words: a, b c\n", "f:1:8: words is a single value where a list is expected | put it in brackets: `words: [a, \"b c\"]`"},
		{"unknown word for a list", "levels: hgih\n", "f:1:9: levels is a single value where a list is expected | put it in brackets: `levels: [high]`"},
		{"scalar for a list without example", "levels: low\n", "f:1:9: levels is a single value where a list is expected | put it in brackets: `levels: [low]`"},
		{"map for a list", "words: {a: b}\n", "f:1:8: words is a mapping where a list is expected | start each item with `- `"},
		{"list in a list", "words: [[a], b]\n", "f:1:9: an item of words is a list where one value is expected"},
		{"an empty list", "some: []\n", "f:1:7: some is empty | add `some: [a]`, or remove the key"},
		{"an empty list that is required", "must: [{some: [], items: [{key: a}]}]\n", "f:1:15: must[].some is empty | add `some: [a]`"},
		{"an empty list of mappings", "must: [{some: [a], items: []}]\n", "f:1:27: must[].items is empty | add `items: [{key: a}]`"},
		{"null in a list", "words:\n  - a\n  -\n", "f:3:4: an item of words is empty where one value is expected"},
		{"bad item in a list", "levels:\n  - low\n  - hgih\n", `f:3:5: levels: "hgih" is not allowed | did you mean "high"? use one of low, medium, high, any`},
		{"twice in a list", "words: [a, b, \"a\"]\n", `f:1:15: words holds "a" twice | remove one`},
		{"scalar for a mapping", "claim: true\n", "f:1:8: claim is a single value where a mapping is expected | use the keys yes, int, rotation, life, age, risk, methods, deep"},
		{"list for a mapping", "claim:\n- yes: true\n", "f:2:1: claim is a list where a mapping is expected | use the keys yes, int, rotation, life, age, risk, methods, deep"},
		{"null for a mapping", "claim:\ntext: a\n", "f:1:1: claim is empty where a mapping is expected | use the keys yes, int, rotation, life, age, risk, methods, deep"},
		{"null for a scalar", "text:\n", "f:1:1: text has no value | write one, such as `text: some text`, or remove the key"},
		{"null word for a scalar", "word: null\n", "f:1:7: word has no value | write one, such as `word: ...`, or remove the key"},
		{"tilde for a list", "words: ~\n", "f:1:8: words has no value | write one, such as `words: [a, b]`, or remove the key"},
		{"unknown in quotes, claim", "claim: {yes: 'Unknown'}\n", `f:1:14: claim.yes: "Unknown" is not a yes/no value | write true or false, without quotes, or unknown`},
		{"unknown, no claim", "int: unknown\n", `f:1:6: int: "unknown" is not a whole number | write it in digits, without quotes`},
		{"claim, wrong", "claim: {int: many}\n", `f:1:14: claim.int: "many" is not a whole number | write it in digits, without quotes, or unknown`},
		{"unknown in a list of a claim", "claim: {methods: [unknown]}\n", `f:1:19: claim.methods: "unknown" is not allowed | use one of oidc, mtls`},
		{"also word, mistyped", "claim: {age: Never}\n", `f:1:14: claim.age: "Never" is not a period | write never`},
		{"map for a list of mappings", "people: {user: a}\n", "f:1:9: people is a mapping where a list is expected | start each item with `- `"},
		{"scalar for a list of mappings", "people: a\n", "f:1:9: people is a single value where a list is expected | put it in brackets: `people: [a]`"},
		{"null for a list of mappings", "people:\n", "f:1:1: people is empty where a list is expected | start each item with `- `"},
		{"list as an item", "people: [[a]]\n", "f:1:10: an item of people is a list where a mapping is expected | use the keys user, role, phones, home"},
		{"null as an item", "people:\n  - a\n  -\n", "f:3:4: an item of people is empty where a mapping is expected | use the keys user, role, phones, home"},
		{"scalar as an item without shorthand", "plain: [a]\n", "f:1:9: an item of plain is a single value where a mapping is expected | use the keys key"},
		{"missing in an item", "people:\n  - role: a\n", "f:2:5: \"user\" is missing | add `user: a.ferreira`"},
		{"missing in a nested item", "people: [{user: a, phones: [{}]}]\n", "f:1:29: \"number\" is missing | add `number: ...`"},
		{"bad shorthand", "people: ['a b']\n", `f:1:10: people[].user: "a b" is not a name | write a name of letters, digits and _ . / @ -, without spaces`},
		{"free mapping, wrong kind", "roles: [a]\n", "f:1:8: roles is a list where a mapping is expected"},
		{"free mapping, scalar for a list", "roles: {security: a}\n", "f:1:19: roles.* is a single value where a list is expected | put it in brackets: `[a]`"},
		{"free mapping, null", "roles: {security: }\n", "f:1:9: roles.* has no value | write one, such as `...`, or remove the key"},
		{"free mapping with fields, scalar", "classes: {recipes: 2}\n", "f:1:20: an entry of classes is a single value where a mapping is expected | use the keys tier, note"},
		{"free mapping with fields, missing", "classes: {recipes: {note: a}}\n", "f:1:20: \"tier\" is missing | add `tier: 2`"},
		{"unknown beside the key that it looks like", "claim: {yes: true, yess: true}\n", `f:1:20: unknown key "yess" in claim | remove it, because there is "yes"`},
		{"free mapping with fields, unknown", "classes: {recipes: {teir: 1, tier: 2}}\n", `f:1:21: unknown key "teir" in classes.* | remove it, because there is "tier"`},
		{"scalar as a file", "text\n", "f:1:1: the file is a single value where a mapping is expected | start with `apiVersion: vendorgate/v1`"},
		{"list as a file", "- text: a\n", "f:1:1: the file is a list where a mapping is expected | start with `apiVersion: vendorgate/v1`"},
		{"null as a file", "---\n~\n", "f:2:1: the file is empty where a mapping is expected | start with `apiVersion: vendorgate/v1`"},
		{"all at once", "int: a\nnaem: b\nwords: c\n", `f:1:6: int: "a" is not a whole number | write it in digits, without quotes
f:2:1: unknown key "naem" | use one of text, id, word, level, wide, min_tls, yes, int, number and more
f:3:8: words is a single value where a list is expected | put it in brackets: ` + "`words: [c]`"},
	} {
		_, problems := sample().Parse("f", []byte(test.text))
		if diff := cmp.Diff(strings.TrimSpace(test.want), strings.TrimSpace(lines(problems))); diff != "" {
			t.Errorf("%s: Parse(%q): want, got:\n%s", test.name, test.text, diff)
		}
	}
}

func TestRequired(t *testing.T) {
	t.Parallel()
	table := attr.New("t", "", []attr.Row{
		{Path: "id", Type: attr.ID, Required: true, Example: "acme"},
		{Path: "api.version", Type: attr.Text, Required: true},
		{Path: "api.name", Type: attr.Text},
	})
	for _, test := range []struct{ text, want string }{
		{"id: a\n", ""},
		{"id: a\napi: {version: '1'}\n", ""},
		{"id: a\napi: {name: x}\n", "f:2:6: \"version\" is missing | add `version: ...`\n"},
		{"# first\n\napi:\n  version: 1\n", "f:3:1: \"id\" is missing | add `id: acme`\n"},
		{"id: [a]\n", "f:1:5: id is a list where one value is expected\n"},
		{"{}\n", "f:1:1: \"id\" is missing | add `id: acme`\n"},
	} {
		_, problems := table.Parse("f", []byte(test.text))
		if got := lines(problems); got != test.want {
			t.Errorf("Parse(%q): got %q, want %q", test.text, got, test.want)
		}
	}
}

func TestLists(t *testing.T) {
	t.Parallel()
	record := parse(t, sample(), "words: [a, b]\nlevels: [low, any]\npeople:\n  - a.ferreira\n  - {user: k, role: lead, phones: [{number: '1'}, {number: '2'}], home: {country: IE}}\nroles: {security: [a, b], privacy: []}\nclasses: {recipes: {tier: 2}}\nplain: []\n")
	if got, want := record.Get("words").Texts(), []string{"a", "b"}; !cmp.Equal(got, want) {
		t.Errorf("words: got %q, want %q", got, want)
	}
	if v := record.Get("levels"); !v.Has("any") || v.Has("high") {
		t.Errorf("levels: got %q, want low and any", v.Texts())
	}
	people := record.Get("people").Records
	if len(people) != 2 {
		t.Fatalf("people: got %d records, want 2", len(people))
	}
	if user := people[0].Get("user"); user.Text != "a.ferreira" || user.Pos.Line != 4 || user.Pos.Col != 5 || people[0].Pos != user.Pos {
		t.Errorf("shorthand: got %+v in a record at %v", *user, people[0].Pos)
	}
	phones := people[1].Get("phones").Records
	if len(phones) != 2 || phones[1].Get("number").Text != "2" || people[1].Get("home.country").Text != "IE" {
		t.Errorf("nested list: got %d phones, country %q", len(phones), people[1].Get("home.country").Text)
	}
	roles := record.Get("roles").Records
	if len(roles) != 2 || roles[0].Key.Value != "security" || roles[0].Key.Pos.Col != 9 || !roles[0].Get("").Has("b") {
		t.Errorf("free mapping: got %d entries", len(roles))
	}
	classes := record.Get("classes").Records
	if len(classes) != 1 || classes[0].Key.Value != "recipes" || classes[0].Get("tier").Int != 1 {
		t.Errorf("free mapping with fields: got %+v", classes)
	}
	if v := record.Get("plain"); !v.Known() || len(v.Records) != 0 {
		t.Errorf("empty list: got %+v, want a known empty one", *v)
	}
}

func TestLongList(t *testing.T) {
	t.Parallel()
	list := func(n int) string {
		var out strings.Builder
		out.WriteString("words:\n")
		for i := range n {
			fmt.Fprintf(&out, "- w%d\n", i)
		}
		return out.String()
	}
	if got := len(parse(t, sample(), list(1000)).Get("words").Items); got != 1000 {
		t.Errorf("1000 items: got %d", got)
	}
	record, problems := sample().Parse("f", []byte(list(1001)))
	if got, want := lines(problems), "f:2:1: words has 1001 items; at most 1000 are read\n"; got != want || record.Get("words").State != attr.Invalid {
		t.Errorf("1001 items: got %q and %+v, want %q", got, record.Get("words").State, want)
	}
}

// A wrong item is left out, the right ones stay, and so does the list.
func TestWrongItemLeftOut(t *testing.T) {
	t.Parallel()
	record, _ := sample().Parse("f", []byte("words: [a, 'b c', d, a]\npeople: [a, [b], {role: c}]\nroles: {x: [a], y: 1}\n"))
	if got, want := record.Get("words").Texts(), []string{"a", "d"}; !cmp.Equal(got, want) {
		t.Errorf("words: got %q, want %q", got, want)
	}
	broken, _ := sample().Parse("f", []byte("words: ['b c', [d]]\n"))
	if v := broken.Get("words"); v.State != attr.Invalid {
		t.Errorf("a list of nothing but wrong items: got %+v, want an invalid value", *v)
	}
	if people := record.Get("people").Records; len(people) != 2 || people[1].Get("user").State != attr.Absent {
		t.Errorf("people: got %d records, want that of a and that without user", len(people))
	}
	if roles := record.Get("roles").Records; len(roles) != 2 || roles[1].Get("").State != attr.Invalid {
		t.Errorf("roles: got %d entries, want x and an invalid y", len(roles))
	}
}
