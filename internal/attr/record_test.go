package attr_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
)

func TestGetAbsent(t *testing.T) {
	t.Parallel()
	record := parse(t, sample(), "# comment\ntext: a\nclaim:\n  yes: true\n  deep: {}\npeople:\n  - user: a\n    home: {}\n")
	for _, test := range []struct {
		path string
		want diag.Pos
	}{
		{"int", diag.Pos{File: "f", Line: 2, Col: 1}},
		{"claim.int", diag.Pos{File: "f", Line: 4, Col: 3}},
		{"claim.deep.inner", diag.Pos{File: "f", Line: 5, Col: 9}},
		{"plain", diag.Pos{File: "f", Line: 2, Col: 1}},
		{"roles", diag.Pos{File: "f", Line: 2, Col: 1}},
	} {
		if got := record.Get(test.path); got.State != attr.Absent || got.Pos != test.want {
			t.Errorf("Get(%s): got state %d at %v, want absent at %v", test.path, got.State, got.Pos, test.want)
		}
		slot, _, _ := sample().Lookup(test.path)
		if record.Peek(slot) != nil {
			t.Errorf("Peek(%s): got a value, want nil", test.path)
		}
	}
	person := record.Get("people").Records[0]
	if got, want := person.Get("home.country").Pos, (diag.Pos{File: "f", Line: 8, Col: 11}); got != want {
		t.Errorf("Get(home.country) of an item: got %v, want %v", got, want)
	}
	if got, want := person.Get("role").Pos, (diag.Pos{File: "f", Line: 7, Col: 5}); got != want {
		t.Errorf("Get(role) of an item: got %v, want %v", got, want)
	}
	if got := parse(t, sample(), "text: a\n").Get("claim.deep.inner").Pos; got.Line != 1 || got.Col != 1 {
		t.Errorf("Get in a mapping that is not written: got %v, want that of the file", got)
	}
}

func TestGetUnknownPath(t *testing.T) {
	t.Parallel()
	record := parse(t, sample(), "text: a\n")
	for _, path := range []string{"", "nothing", "claim", "claim.deep", "text.a", "people.user", "people[].user"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("Get(%q): got no panic", path)
				}
			}()
			record.Get(path)
		}()
	}
}

func TestLookup(t *testing.T) {
	t.Parallel()
	table := sample()
	for _, path := range table.Paths() {
		slot, row, ok := table.Lookup(path)
		if !ok || row == nil || row.Path != path {
			t.Errorf("Lookup(%q): got slot %d, row %v, %t", path, slot, row, ok)
		}
	}
	if _, row, ok := table.Lookup("people"); !ok || row != nil {
		t.Errorf("Lookup(people): got row %v, %t; want none, true", row, ok)
	}
	if _, _, ok := table.Lookup("claim"); ok {
		t.Error("Lookup(claim): found a mapping")
	}
}

func TestInherit(t *testing.T) {
	t.Parallel()
	base := parse(t, sample(), "text: base\nid: base\nclaim: {yes: true, int: 1, deep: {inner: x}}\nwords: [a]\n")
	record := parse(t, sample(), "text: own\nclaim: {int: 2}\n")
	record.Inherit(base, "text", "claim", "words")
	got := map[string]string{}
	for _, path := range []string{"text", "id", "claim.yes", "claim.int", "claim.deep.inner"} {
		got[path] = record.Get(path).Text
	}
	want := map[string]string{"text": "own", "id": "", "claim.yes": "true", "claim.int": "2", "claim.deep.inner": "x"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Inherit: want, got:\n%s", diff)
	}
	if !record.Get("words").Has("a") || base.Get("claim.int").Text != "1" {
		t.Error("Inherit: words not taken, or the base changed")
	}
	broken, _ := sample().Parse("f", []byte("text: [wrong]\n"))
	broken.Inherit(base, "text")
	if v := broken.Get("text"); v.State != attr.Invalid {
		t.Errorf("Inherit over an invalid value: got %+v, want it kept", *v)
	}
	other := parse(t, sample(), "word: x\n")
	other.Inherit(base, "tex", "claim.dee")
	if other.Get("text").Known() || other.Get("claim.deep.inner").Known() {
		t.Error("Inherit: a name that is part of a path was taken for it")
	}
}

func TestSame(t *testing.T) {
	t.Parallel()
	same := [][2]string{
		{"text: a\nint: 1\n", "# comment\nint: 1\ntext: 'a'\n"},
		{"words: [a, b]\n", "words:\n- a\n- b\n"},
		{"people: [a]\n", "people:\n- user: a\n"},
		{"claim: {life: null}\n", "claim: {life: ~}\n"},
		{"roles: {x: [a]}\n", "roles:\n  x:\n  - a\n"},
		{"claim: {}\n", "claim: {deep: {}}\n"},
	}
	for _, pair := range same {
		if a, b := parse(t, sample(), pair[0]), parse(t, sample(), pair[1]); !a.Same(b) || !b.Same(a) {
			t.Errorf("Same(%q, %q): got false", pair[0], pair[1])
		}
	}
	different := [][2]string{
		{"text: a\n", "text: b\n"},
		{"text: a\n", "word: a\n"},
		{"words: [a, b]\n", "words: [b, a]\n"},
		{"words: [a]\n", "words: []\n"},
		{"words: []\n", "text: a\nwords: []\n"},
		{"people: [a]\n", "people: [{user: a, role: b}]\n"},
		{"people: [{user: a, phones: [{number: '1'}]}]\n", "people: [{user: a, phones: [{number: '2'}]}]\n"},
		{"roles: {x: [a]}\n", "roles: {y: [a]}\n"},
		{"classes: {x: {tier: 1}}\n", "classes: {x: {tier: 2}}\n"},
		{"claim: {int: unknown}\n", "claim: {int: 1}\n"},
		{"claim: {life: null}\n", "claim: {life: P0D}\n"},
		{"claim: {rotation: n/a}\n", "claim: {rotation: true}\n"},
		{"raw: {a: 1}\n", "raw: {a: 2}\n"},
		{"raw: [1]\n", "raw: [1, 2]\n"},
		{"raw: 1\n", "raw: '1'\n"},
	}
	for _, pair := range different {
		if a, b := parse(t, sample(), pair[0]), parse(t, sample(), pair[1]); a.Same(b) || b.Same(a) {
			t.Errorf("Same(%q, %q): got true", pair[0], pair[1])
		}
	}
	a, b := parse(t, sample(), "text: a\nclaim: {int: 1}\nid: x\n"), parse(t, sample(), "text: b\nclaim: {int: 1}\nid: x\n")
	if a.Same(b, "id") || !a.Same(b, "text") || !a.Same(b, "id", "text") {
		t.Error("Same with exceptions: got it wrong")
	}
}
