package edit_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/edit"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

func apply(t *testing.T, text string, changes ...edit.Change) string {
	t.Helper()
	out, err := edit.Apply("r.yaml", []byte(text), record.Table().Order(), changes)
	if err != nil {
		t.Fatalf("%v of\n%s: %v", changes, text, err)
	}
	return string(out)
}

func TestApply(t *testing.T) {
	t.Parallel()
	const head = "apiVersion: vendorgate/v1\nkind: Vendor\nid: x\n"
	for _, c := range []struct {
		name, text, path, value, want string
	}{
		{"a scalar", "status: proposed # until June\nname: X\n", "status", "approved", "status: approved # until June\nname: X\n"},
		{"in quotes", "status: 'pro#posed' # a\n", "status", "approved", "status: approved # a\n"},
		{"the same", "status:   approved  # a\n", "status", "approved", "status:   approved  # a\n"},
		{"over several lines", "description: a\n  b\n  c # d\nname: X\n", "description", `"e"`, "description: \"e\" # d\nname: X\n"},
		{"a block of text", "description: |\n  a\n  # b\n\n# about the name\nname: X\n", "description", "c", "description: c\n\n# about the name\nname: X\n"},
		{"nothing", "description:\nname: X\n", "description", "c", "description: c\nname: X\n"},
		{"nothing, with a comment", "description: # a\nname: X\n", "description", "c", "description: c # a\nname: X\n"},
		{"null", "description: null # a\n", "description", "c", "description: c # a\n"},
		{"tilde", "description: ~\n", "description", "c", "description: c\n"},
		{"a new key", "name: X\n\n# the risk\nrisk:\n  tier: 3\n", "status", "approved", "name: X\nstatus: approved\n\n# the risk\nrisk:\n  tier: 3\n"},
		{"a new key at the end", "name: X\n# the end\n", "status", "approved", "name: X\nstatus: approved\n# the end\n"},
		{"without a line end", "name: X", "status", "approved", "name: X\nstatus: approved\n"},
		{"below a key", "approval:\n  # who\n  approved_by: [{user: a, role: b}]\nrisk: {tier: 1}\n", "approval.expires", "2027-05-31", "approval:\n  # who\n  approved_by: [{user: a, role: b}]\n  expires: 2027-05-31\nrisk: {tier: 1}\n"},
		{"first below a key", "approval: # by us\n  # until\n  expires: 2027-05-31\n", "approval.approved_on", "2026-06-01", "approval: # by us\n  approved_on: 2026-06-01\n  # until\n  expires: 2027-05-31\n"},
		{"below nothing", "approval: # by us\nrisk: {tier: 1}\n", "approval.expires", "2027-05-31", "approval: # by us\n  expires: 2027-05-31\nrisk: {tier: 1}\n"},
		{"new keys", "name: X\nrisk: {tier: 1}\n", "encryption.in_transit.min_tls", `"1.2"`, "name: X\nrisk: {tier: 1}\nencryption:\n  in_transit:\n    min_tls: \"1.2\"\n"},
		{"after a deep mapping", "encryption:\n  in_transit:\n    min_tls: \"1.2\"\n    # of the tests\n  # about rest\nx-a: 1\n", "encryption.at_rest.encrypted", "true", "encryption:\n  in_transit:\n    min_tls: \"1.2\"\n    # of the tests\n  at_rest:\n    encrypted: true\n  # about rest\nx-a: 1\n"},
		{"in braces", "approval: {approved_on: 2026-06-01, expires: 2027-05-31} # a\n", "approval.expires", "2028-05-31", "approval: {approved_on: 2026-06-01, expires: 2028-05-31} # a\n"},
		{"new in braces", "approval: {approved_on: 2026-06-01, decision_ref: \"a, }\"}\n", "approval.expires", "2028-05-31", "approval: {approved_on: 2026-06-01, expires: 2028-05-31, decision_ref: \"a, }\"}\n"},
		{"first in braces", "approval: {expires: 2027-05-31}\n", "approval.approved_on", "2026-06-01", "approval: {approved_on: 2026-06-01, expires: 2027-05-31}\n"},
		{"in empty braces", "approval: {}\n", "approval.expires", "2027-05-31", "approval: {expires: 2027-05-31}\n"},
		{"deep in braces", "encryption: {in_transit: {min_tls: unknown}}\n", "encryption.at_rest.encrypted", "true", "encryption: {in_transit: {min_tls: unknown}, at_rest: {encrypted: true}}\n"},
		{"braces over lines", "approval: {\n  approved_on: 2026-06-01, # a\n  expires: 2027-05-31, # b\n}\n", "approval.decision_ref", "c", "approval: {\n  approved_on: 2026-06-01, # a\n  expires: 2027-05-31, decision_ref: c, # b\n}\n"},
		{"a block list", "approval:\n  approved_by:\n    # the lead\n    - {user: a, role: b} # away\n    - user: 'c # d'\n      role: b\n  expires: 2027-05-31\n", "approval.approved_by", "[{user: e, role: f}]", "approval:\n  approved_by: [{user: e, role: f}]\n  expires: 2027-05-31\n"},
		{"a block list of which an item stays", "approval:\n  approved_by: # people\n    # the lead\n    - {user: a, role: b} # away\n\n    # the other\n    - user: c # new\n      role: b\n    # nobody else\n  expires: 2027-05-31\n", "approval.approved_by", "[{user: c, role: b}, {user: e, role: f}]", "approval:\n  # the other\n  # new\n  # nobody else\n  approved_by: [{user: c, role: b}, {user: e, role: f}] # people\n  expires: 2027-05-31\n"},
		{"a list over lines of which an item stays", "approval:\n  approved_by: [\n    {user: a, role: b}, # away\n    # the other\n    {user: c, role: b}, # new\n    # nobody else\n  ]\n  expires: 2027-05-31\n", "approval.approved_by", "[{user: c, role: b}]", "approval:\n  # the other\n  # new\n  # nobody else\n  approved_by: [{user: c, role: b}]\n  expires: 2027-05-31\n"},
		{"a list with a text", "incidents:\n  - |\n    # a\n  - b # c\nname: X\n", "incidents", "[]", "incidents: []\nname: X\n"},
		{"a list at the margin of its key", "name: X\napi_hosts: # all\n- a\n- b\nstatus: proposed\n", "api_hosts", "[c]", "name: X\napi_hosts: [c] # all\nstatus: proposed\n"},
		{"a mapping", "risk:\n  tier: 1\nstatus: proposed\n", "risk", "unknown", "risk: unknown\nstatus: proposed\n"},
		{"unknown becomes a mapping", "approval: unknown\n", "approval.expires", "2027-05-31", "approval: {expires: 2027-05-31}\n"},
		{"removed", "status: suspended\n# why\nstatus_reason: a # b\nname: X\n", "status_reason", "", "status: suspended\n# why\n# b\nname: X\n"},
		{"removed in braces", "approval: {approved_on: 2026-06-01, expires: 2027-05-31}\n", "approval.expires", "", "approval: {approved_on: 2026-06-01}\n"},
		{"the first removed in braces", "approval: {approved_on: 2026-06-01, expires: 2027-05-31}\n", "approval.approved_on", "", "approval: {expires: 2027-05-31}\n"},
		{"removed below", "approval:\n  expires: 2027-05-31\n  # a\n  last_review: 2026-06-01\nx-a: 1\n", "approval.last_review", "", "approval:\n  expires: 2027-05-31\n  # a\nx-a: 1\n"},
		{"removed and never there", "name: X\n", "approval.last_review", "", "name: X\n"},
		{"Windows", "status: proposed\r\nname: X\r\n", "status_since", "2026-06-01", "status: proposed\r\nstatus_since: 2026-06-01\r\nname: X\r\n"},
		{"a key in quotes", "\"status\": proposed\n", "status", "approved", "\"status\": approved\n"},
		{"the end of the document", "name: X\n...\n", "status", "approved", "name: X\nstatus: approved\n...\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			start, ends := head, c.text
			if strings.Contains(c.text, "\r") {
				start = strings.ReplaceAll(head, "\n", "\r\n")
			}
			if got := apply(t, start+ends, edit.Change{Path: c.path, Value: c.value}); got != start+c.want {
				t.Error(cmp.Diff(start+c.want, got))
			}
		})
	}
}

func TestApplyRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, path, value, want string }{
		{"a mistake", "id: x\nid: y\n", "status", "approved", "r.yaml:2:1: "},
		{"nothing", "# a\n", "status", "approved", "r.yaml"},
		{"a list", "- a\n", "status", "approved", "r.yaml has no attributes"},
		{"two lines", "id: x\n", "status", "a\nb: c", "is not one value on one line"},
		{"no value", "id: x\n", "status", "[a", "the value of status"},
		{"kept blank lines", "description: |+\n  a\n\n", "status", "approved", "by hand"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			out, err := edit.Apply("r.yaml", []byte(c.text), record.Table().Order(), []edit.Change{{Path: c.path, Value: c.value}})
			if err == nil || !strings.Contains(err.Error(), c.want) || out != nil {
				t.Errorf("%s, %v; want %q", out, err, c.want)
			}
		})
	}
}

// ours is what the commands of a registry change.
func ours() []edit.Change {
	return []edit.Change{
		{"status", "approved"},
		{"status_since", "2026-12-01"},
		{"status_reason", ""},
		{"status_reason", `"a # b: [c"`},
		{"approval.approved_by", "[{user: a.ferreira, role: security-architect}, {user: k.nakagawa, role: security-architect}]"},
		{"approval.approved_on", "2026-12-01"},
		{"approval.expires", "2027-12-01"},
		{"approval.last_review", "2026-12-01"},
		{"encryption.in_transit.min_tls", `"1.3"`},
	}
}

// An edit keeps all other bytes: every line of a record, except for the one with the attribute, and every comment.
func TestOtherLinesStay(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../vendors/*.yaml")
	more, err2 := filepath.Glob("../../examples/*/vendors/*.yaml")
	if err != nil || err2 != nil || len(files) < 1000 || len(more) < 2 {
		t.Fatalf("%d records, %d examples: %v %v", len(files), len(more), err, err2)
	}
	for i := 0; i < len(files); i += 97 {
		more = append(more, files[i])
	}
	for _, name := range append(more, "../gate/gatetest/testdata/calderwick.yaml") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range ours() {
			onlyChanges(t, string(data), c)
		}
	}
}

// onlyChanges applies a change and compares the lines with those before it.
func onlyChanges(t *testing.T, text string, c edit.Change) {
	t.Helper()
	out := apply(t, text, c)
	before, after := strings.Split(text, "\n"), strings.Split(out, "\n")
	start := 0
	for start < min(len(before), len(after)) && before[start] == after[start] {
		start++
	}
	end := 0
	for end < min(len(before), len(after))-start && before[len(before)-1-end] == after[len(after)-1-end] {
		end++
	}
	if gone, fresh := len(before)-start-end, len(after)-start-end; gone > 1 && c.Path != "approval.approved_by" || fresh > 3 {
		t.Errorf("%v replaces %d lines with %d:\n%s", c, gone, fresh, cmp.Diff(text, out))
	}
	if again := apply(t, out, c); again != out {
		t.Errorf("%v is not the same again:\n%s", c, cmp.Diff(out, again))
	}
}

func FuzzApply(f *testing.F) {
	for _, text := range []string{
		"id: x\nstatus: proposed # a\n", "{id: x, approval: {expires: 2027-05-31}}", "id: x\napproval:\n  approved_by:\n  - {user: a, role: b}\n\n# c\nrisk: {tier: 1}\n",
		"description: |\n  a\n # b\nid: x\n...\n", "\uFEFFid: x\r\nname: \"a\\\n  b\"\r\n", "? id\n: x\n", "id:\n  - |+\n    a\n\n", "a: 'b\n  # c'\n", "approval: {a: b # c\n }\n",
	} {
		for i := range ours() {
			f.Add([]byte(text), i)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, which int) {
		all := ours()
		c := all[max(which%len(all), 0)]
		out, err := edit.Apply("r.yaml", data, record.Table().Order(), []edit.Change{c})
		if err != nil {
			return
		}
		if _, problems := yamltree.Parse("r.yaml", out); len(problems) > 0 {
			t.Fatalf("%q becomes %q: %v", data, out, problems)
		}
		again, err := edit.Apply("r.yaml", out, record.Table().Order(), []edit.Change{c})
		if err != nil || string(again) != string(out) {
			t.Fatalf("%q becomes %q, then %q: %v", data, out, again, err)
		}
	})
}
