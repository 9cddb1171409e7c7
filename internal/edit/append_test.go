package edit_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/edit"
	"github.com/vendorgate/vendorgate/internal/record"
)

func TestAppend(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"no list", "id: x\nrisk: {tier: 1}\n", "id: x\nrisk: {tier: 1}\nevidence:\n  - {id: a}\n"},
		{"in braces", "{id: x}\n", "{id: x, evidence: [{id: a}]}\n"},
		{"a block list", "id: x\nevidence:\n  # one\n  - id: b # c\n    type: other\n# end\nx-a: 1\n", "id: x\nevidence:\n  # one\n  - id: b # c\n    type: other\n  - {id: a}\n# end\nx-a: 1\n"},
		{"at the margin of its key", "evidence:\n- id: b\nx-a: 1\n", "evidence:\n- id: b\n- {id: a}\nx-a: 1\n"},
		{"without a line end", "evidence:\n  - {id: b}", "evidence:\n  - {id: b}\n  - {id: a}\n"},
		{"in brackets", "evidence: [{id: b}] # c\nx-a: 1\n", "evidence: [{id: b}, {id: a}] # c\nx-a: 1\n"},
		{"in brackets over lines", "evidence: [\n  {id: b}, # c\n]\n", "evidence: [\n  {id: b}, {id: a} # c\n]\n"},
		{"empty", "evidence: []\n", "evidence: [{id: a}]\n"},
		{"nothing", "id: x\nevidence: # c\nx-a: 1\n", "id: x\nevidence: [{id: a}] # c\nx-a: 1\n"},
		{"Windows", "id: x\r\nevidence:\r\n  - {id: b}\r\nx-a: 1\r\n", "id: x\r\nevidence:\r\n  - {id: b}\r\n  - {id: a}\r\nx-a: 1\r\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := edit.Append("r.yaml", []byte(c.text), record.Table().Order(), "evidence", "{id: a}")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAppendRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, item string }{
		{"id: x\nid: y\n", "{id: a}"},
		{"# a\n", "{id: a}"},
		{"id: x\n", "{id: a"},
		{"id: x\n", ""},
	} {
		if got, err := edit.Append("r.yaml", []byte(c.text), record.Table().Order(), "evidence", c.item); err == nil {
			t.Errorf("%q in %q: got %q", c.item, c.text, got)
		}
	}
}
