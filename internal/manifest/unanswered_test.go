package manifest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/manifest"
)

func TestPlaceholder(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"TODO": true, "todo": true, "Todo.": true, "<TODO>": true, "TBD": true, "FIXME": true, "xxx": true, "?": true, "...": true, "TODO: ask the team": true, "[tbd]": true, "n/a": true, "none": true, "Unknown": true, "<purpose>": true, "later": true, "nobody": true,
		"": false, "Sync the todo list": false, "todo-list": false, "todoist": false, "team-todo": false, "payments: cards": false, "Charge cards": false, "nobody else does it": false, "a": false, "x": false,
	} {
		if got := manifest.Placeholder(text); got != want {
			t.Errorf("Placeholder(%q): got %v", text, got)
		}
	}
}

// Each placeholder is reported once, at its place.
func TestUnanswered(t *testing.T) {
	t.Parallel()
	m := parse(t, head+"owner: TODO\nvendors:\n"+
		"  - {id: a, purpose: TODO, environments: [prod], data: [none], not_in_code: tbd}\n"+
		"  - {id: b, purpose: Todo lists, environments: [prod], data: [none]}\n"+
		"  - {id: c, purpose: p, owner: FIXME, environments: [prod], data: [none]}\n"+
		"ignore:\n  - {host: x.example, reason: TODO}\n  - {host: y.example, reason: A mock}\n")
	want := "r/a/vendors.yaml:5:22: the purpose of \"a\" is \"TODO\", which is no answer | say what you use the vendor for, in a few words\n" +
		"r/a/vendors.yaml:3:8: the owner is \"TODO\", which is no answer | name the team that owns the use\n" +
		"r/a/vendors.yaml:5:77: not_in_code of \"a\" is \"tbd\", which is no answer | say why the code shows no trace of the vendor\n" +
		"r/a/vendors.yaml:7:32: the owner of \"c\" is \"FIXME\", which is no answer | name the team that owns the use\n" +
		"r/a/vendors.yaml:9:5: the reason of an ignore entry is \"TODO\", which is no answer | say why the match is not a use of a vendor\n"
	if diff := cmp.Diff(want, lines(m.Unanswered())); diff != "" {
		t.Errorf("want, got:\n%s", diff)
	}
}
